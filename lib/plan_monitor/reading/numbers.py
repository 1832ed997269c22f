"""The numbers of a text with their units and comparators, as people write them in sentences."""

import re
from itertools import pairwise
from typing import NamedTuple

from plan_monitor.reading import masks


class Number(NamedTuple):
    """A number in a text.

    ``start`` and ``end`` are those of its digits, ``stop`` the end of its unit; ``value`` has the digits as printed, without
    separators of thousands; ``comparator`` is one of "=", ">=", ">", "<=", "<", "about"; ``ratio`` is the place
    among the parts of a ratio such as 3.9：59.5：36.6, counted from 1, or 0.
    """

    start: int
    end: int
    stop: int
    value: str
    unit: str
    comparator: str
    ratio: int = 0


_SCALE = "万亿|[十百千]?[万亿]|百|千|十"
_COUNTED = [
    "%",
    "％",
    "‰",
    "﹪",
    "百分点",
    "个百分点",
    "人公里",
    "吨公里",
    "吨标准煤",
    "标准煤",
    "千瓦时",
    "千瓦",
    "兆瓦",
    "吉瓦",
    "平方公里",
    "平方千米",
    "平方米",
    "立方米",
    "立方",
    "公里",
    "千米",
    "毫米",
    "厘米",
    "海里",
    "米",
    "公顷",
    "亩",
    "公斤",
    "千克",
    "毫克",
    "微克",
    "克",
    "吨",
    "斤",
    "标准箱",
    "标箱",
    "千升",
    "毫升",
    "升",
    "皮长公里",
    "芯公里",
    "元",
    "亿元",
    "美元",
    "欧元",
    "港元",
    "英镑",
    "日元",
    "人",
    "人次",
    "名",
    "位",
    "户",
    "户次",
    "家",
    "家次",
    "个",
    "所",
    "项",
    "项次",
    "处",
    "座",
    "套",
    "间",
    "栋",
    "幢",
    "头",
    "只",
    "担",
    "羽",
    "匹",
    "尾",
    "株",
    "棵",
    "册",
    "本",
    "件",
    "件次",
    "起",
    "宗",
    "例",
    "例次",
    "次",
    "场",
    "场次",
    "批",
    "批次",
    "枚",
    "辆",
    "艘",
    "架",
    "届",
    "架次",
    "列",
    "台",
    "台次",
    "部",
    "条",
    "条次",
    "张",
    "份",
    "篇",
    "期",
    "班",
    "班次",
    "组",
    "对",
    "群",
    "口",
    "门",
    "种",
    "类",
    "款",
    "片",
    "块",
    "支",
    "层",
    "床",
    "箱",
    "盒",
    "瓶",
    "袋",
    "站",
    "站次",
    "车次",
    "盏",
    "根",
    "扇",
    "床位",
    "学位",
    "车位",
    "词",
    "首",
    "幅",
    "档",
    "堂",
    "节",
    "孔",
    "眼",
    "盘",
    "卷",
    "字",
    "倍",
    "点",
    "年",
    "个月",
    "个工作日",
    "工作日",
    "周",
    "天",
    "日",
    "小时",
    "学时",
    "课时",
    "分钟",
    "秒",
    "岁",
    "周岁",
    "度",
    "分贝",
    "分",
    "成",
    "镇",
    "乡",
    "街道",
    "社区",
    "县市区",
    "县市",
    "县",
    "市",
    "区",
    "州",
    "省",
    "村民小组",
    "村",
    "师",
    "团",
    "校",
    "园",
    "kWh",
    "GWh",
    "MWh",
    "kW",
    "MW",
    "GW",
    "km²",
    "km2",
    "km",
    "m²",
    "m2",
    "m³",
    "m3",
    "hm2",
    "hm²",
    "mm",
    "cm",
    "kg",
    "mg",
    "TEU",
    "Gbps",
    "Mbps",
    "GB",
    "TB",
    "PB",
    "MB",
    "G",
    "M",
    "T",
    "t",
    "㎡",
    "㎞",
    "℃",
    "dB",
    "兆",
    "bps",
]
# a counter that is the beginning of another word there: 11万群众, 90分别
_NOT_BEFORE = {
    "分": "别之布工类期级配为解享散析",
    "群": "众",
    "口": "径岸",
    "片": "区",
    "支": "持撑",
    "层": "次面级",
    "条": "件",
    "期": "间",
    "组": "织",
    "幅": "度",
    "成": "立为果绩员功本",
    "日": "前起止至均",
    "年": "级",
    "区": "域间",
    "度": "假",
    "点": "击",
    "项": "目",
    "对": "口应接",
    "位": "于居",
    "市": "场",
    "团": "员队",
    "节": "约能水",
    "台": "账",
    "本": "级科地土专",
    "起": "到",
    "家": "庭",
    "园": "区",
    "校": "园",
    "场": "所地",
    "份": "额",
    "人": "均口工才民大社",
    "种": "植子养",
    "班": "级额子",
    "部": "门分",
    "站": "点",
    "户": "均口籍",
    "名": "单牌称",
    "批": "准复",
    "村": "民级",
}
_PER = r"(?:[/／](?:\d*[万百千]?(?:平方公里|平方米|立方米|公里|公斤|标准煤|[人亩户年月日天次头只斤吨米生班所县乡村栋床张间套台个件元千克名])))?"
_BASE = "|".join(
    re.escape(base) + (f"(?![{_NOT_BEFORE[base]}])" if _NOT_BEFORE.get(base) else "")
    for base in sorted(_COUNTED, key=len, reverse=True)
)
_UNIT = re.compile(
    rf"\s*(?P<odd>[余多来])?\s*(?P<scale>{_SCALE})?\s*(?P<more>[余多])?\s*"
    rf"(?P<base>{_BASE})?(?P<per>{_PER})(?:[（(](?P<also>次|套|间|户|台|组)[）)])?"
)
_ADMINISTRATIVE = re.compile("(?:镇|乡|街道|社区|县市区|县市|县|市|区|州|省|村民小组|村|校|园)$")
_PEOPLE = re.compile(
    r"[^，。；、\d]{0,8}?(人口|群众|劳动力|农民|学生|职工|居民|儿童|老人|村民|教师|党员|干部|游客|毕业生|人)"
)
_DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:[.．·]\d+)?")
# 5：1 and 3.9：59.5：36.6; times of day are covered before
_RATIO = re.compile(r"(\d+(?:\.\d+)?)((?:\s*[:：∶]\s*\d+(?:\.\d+)?)+)")
_NEXT = re.compile(r"\s*(?:、|和|与|及|以及|，|,|/)\s*(?=\d)")
_RANGE = re.compile(r"\s*(?:[-‐‑‒–—―−~～〜]+|至|到)\s*(?=\d)")

_LISTED = re.compile("[、和及与]")
_SPAN = re.compile(r"[-‐‑‒–—―−~～〜]+|至")

_BEFORE = {
    "about": "大约|约为|约占|约有|约达|约|将近|接近|近",
    ">=": "≥|⩾|≧|不低于|不少于|不小于|至少|最低|大于等于|不得低于|不得少于|高于或等于",
    "<=": "≤|⩽|≦|不高于|不超过|不多于|不大于|至多|最多|小于等于|不得超过|不得高于|控制在",
    ">": ">|＞|超过了?|超出|突破|迈上|跨上|站上|逾|超|高于|大于|多于|高达(?=\\D)|超额",
    "<": "<|＜|不足|不到|低于|少于|小于|未满|不满",
}
_LEAD = re.compile(
    "(?:"
    + "|".join(f"(?P<c{number}>{words})" for number, words in enumerate(_BEFORE.values()))
    + r")\s*(?:人民币|全[省市州县国])?[达到为]?\s*$"
)
_SIGNS = list(_BEFORE)
_AFTER = [
    (re.compile(r"\s*[（(]?\s*(?:及|或|含)?以上"), ">="),
    (re.compile(r"\s*(?:[（(]含[）)])?\s*(?:及|或)?(?:以内|以下|之内)"), "<="),
    (re.compile(r"\s*(?:左右|上下)"), "about"),
]
_AFTERWARDS = re.compile("|".join(pattern.pattern for pattern, _ in _AFTER))
# 至少召开1次, 不低于本金的8%: a word or two stand between
_FURTHER = re.compile(
    r"(?P<least>至少|最少)[^，,。；、\d]{1,6}$|(?:(?P<no_less>不低于|不少于)|(?P<no_more>不超过|不高于)|(?P<more>超过))[^，,。；、\d]{1,8}的$"
)
_STEADY = re.compile(r"(?:控制|保持|稳定|维持)在\s*$")
# numbers without a unit that are figures: an index, a coefficient
_UNITLESS = re.compile(
    r"(?:指数|系数|比例?|得分|评分|排名|生师比|总数|总量|数量?)(?:[（(][^（）()]*[）)])?(?:[^，。；、\d]{0,6})?(?:分?别?[为达到至是]|[:：])+\s*$"
)
_PERCENT = re.compile(r"百分之(?P<digits>\d+(?:\.\d+)?|[一二三四五六七八九十百点]+)")
_CHINESE = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_MULTIPLE = re.compile(
    r"(?:增长|增加|提高|涨了?|扩大|增|上升|达到?|翻)了?(?:近|约|超过?)?(?P<digits>[一二两三四五六七八九十])(?:倍)"
)
_TENTHS = re.compile(
    r"(?<![一二三四五六七八九十第])(?P<digits>[一二三四五六七八九])成(?=左右|以[上下内]|[，,。；;、）)])"
)
_DOUBLED = re.compile(r"翻(?:了)?(?P<digits>[一两二三])番")
_BARE = re.compile(
    r"(?P<lead>近|约|超过?|突破|不足|不到|达到?|逾|累计|总计|共|了|建成|带动|安排|培训)?(?P<value>[十百千]?[万亿]|[百千])(?P<odd>余|多)?(?P<scale>亿|万)?"
    r"(?P<base>人次|人|名|户|元|个|亩|斤|吨|头|所|家|公里|册|平方米)(?:[（(](?P<also>次|套|间)[）)])?"
)
_POWERS = {"十": 10, "百": 100, "千": 1000}


def find(text: str) -> list[Number]:
    """The figures of a text, by place; dates, numbers of lists and their like are none.

    >>> [number[3:6] for number in find("2020年新建3.5万余平方米，占比不低于９０％以上".translate(FOLD))]
    [('3.5', '万平方米', '>'), ('90', '%', '>=')]
    """
    masked = masks.covered(text)
    numbers = [*_ratios(text, masked)]
    taken = {number.start for number in numbers} | {
        p for number in numbers for p in range(number.start, number.stop)
    }
    for match in _DIGITS.finditer(text):
        if match.start() in masked or match.start() in taken:
            continue
        if (number := _read(text, match, masked)) is not None:
            numbers.append(number)
    numbers += _in_words(text)
    return _ranges(text, sorted(numbers))


def _ranges(text: str, numbers: list[Number]) -> list[Number]:
    """30%—40% and 2—3个 are at least the first and at most the second; 45人、50人以内 are at most either."""
    for at, (low, high) in enumerate(pairwise(numbers)):
        between = text[low.stop : high.start]
        if (
            low.unit == high.unit
            and _SPAN.fullmatch(between)
            and not low.ratio
            and float(low.value) < float(high.value)
        ):
            numbers[at] = low._replace(comparator=">=")
            numbers[at + 1] = high._replace(comparator="<=")
    for at, (one, other) in reversed(list(enumerate(pairwise(numbers)))):
        listed = one.unit == other.unit and _LISTED.fullmatch(text[one.stop : other.start])
        if listed and one.comparator == "=" and _AFTERWARDS.match(text, other.stop):
            numbers[at] = one._replace(comparator=numbers[at + 1].comparator)
    return numbers


FOLD = {
    ord(wide): chr(ord(wide) - 0xFEE0)
    for wide in "０１２３４５６７８９％．＋－／ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ"
} | {ord("﹪"): "%"}


def _read(text: str, match: re.Match, masked: dict[int, str]) -> Number | None:
    unit = _UNIT.match(text, match.end())
    value = match[0].replace(",", "").replace("．", ".").replace("·", ".")
    name, stop = _unit(text, unit)
    sign = comparator(text, match.start(), stop, bool(unit["odd"] or unit["more"]))
    if not name:
        name, stop, after = _shared(text, match.end(), masked)
        sign = after or sign
    if not name:
        if not _UNITLESS.search(text[: match.start()]):
            return None
        following = text[match.end() : match.end() + 1]
        if following and following not in "，。；、,;（()）以左 ":
            return None
        stop = match.end()
    return Number(match.start(), match.end(), stop, value, name, sign)


def unit_after(text: str, end: int) -> tuple[str, int]:
    """The unit behind a number that ends at a place, as a statistics office writes it, and where it ends."""
    return _unit(text, _UNIT.match(text, end))


def _unit(text: str, unit: re.Match) -> tuple[str, int]:
    scale, base, per = unit["scale"] or "", unit["base"] or "", (unit["per"] or "").replace("／", "/")
    if text.startswith(("/10万", "／10万"), unit.end()):
        return "/10万", unit.end() + 4
    base = {"％": "%", "﹪": "%", "个百分点": "百分点", "㎡": "平方米"}.get(base, base)
    if not base and not scale:
        return "", unit.end()
    if _ADMINISTRATIVE.fullmatch(base) or base in ("校", "园"):
        base = "个"
    if not base:
        people = _PEOPLE.match(text, unit.end())
        return (scale + "人" if people and scale else scale), unit.end()
    return scale + base + (unit["also"] or "") + per, unit.end()


def _shared(text: str, end: int, masked: dict[int, str]) -> tuple[str, int, str]:
    """The unit of the last of several numbers that share it: 0.9、5.9个百分点; 100—200人."""
    for between in (_NEXT, _RANGE):
        if (gap := between.match(text, end)) and gap.end() not in masked:
            following = _DIGITS.match(text, gap.end())
            unit = _UNIT.match(text, following.end())
            name, _ = _unit(text, unit)
            if not name:
                name, _, _ = _shared(text, following.end(), masked)
            if name and (between is _RANGE or "，" not in gap[0]):
                return name, end, ">=" if between is _RANGE else ""
    return "", end, ""


def comparator(text: str, start: int, stop: int, more: bool = False) -> str:
    """The comparator of a number: of the words before `start` or behind `stop`; `more` where 余 or 多 stands in it."""
    for pattern, sign in _AFTER:
        if pattern.match(text, stop):
            return sign
    if more:
        return ">"
    lead = _LEAD.search(text[max(0, start - 12) : start])
    if lead is None:
        further = _FURTHER.search(text[max(0, start - 14) : start])
        return {"least": ">=", "no_less": ">=", "no_more": "<=", "more": ">", None: "="}[
            further and further.lastgroup
        ]
    if _STEADY.search(text[max(0, start - 6) : start]):
        return "="
    return _signs(lead)


def _signs(lead: re.Match) -> str:
    return next(sign for number, sign in enumerate(_SIGNS) if lead[f"c{number}"])


def _ratios(text: str, masked: dict[int, str]) -> list[Number]:
    """Parts of a ratio that add up to 100, as shares; of one to 1, the first."""
    numbers = []
    for match in _RATIO.finditer(text):
        if match.start() in masked:
            continue
        parts = [(part.start() + match.start(), part[0]) for part in re.finditer(r"\d+(?:\.\d+)?", match[0])]
        total = sum(float(part) for _, part in parts)
        if 99 <= total <= 101 or 9.95 <= total <= 10.05:
            numbers += [
                Number(
                    start, start + len(part), start + len(part), part, "%" if total > 11 else "", "=", place
                )
                for place, (start, part) in enumerate(parts, 1)
            ]
        elif parts[-1][1] == "1":
            start, part = parts[0]
            numbers.append(Number(start, start + len(part), match.end(), part, "倍", "=", 1))
        elif parts[0][1] == "1" and len(parts) == 2:
            start, part = parts[1]
            numbers.append(Number(start, start + len(part), match.end(), part, "倍", "=", 1))
    return numbers


def _in_words(text: str) -> list[Number]:
    """Numbers in Chinese numerals that are figures: 涨了一倍, 突破百亿斤, 万余人（次）."""
    numbers = []
    for match in _MULTIPLE.finditer(text):
        start = match.start("digits")
        sign = comparator(text, start, match.end())
        numbers.append(Number(start, start + 1, match.end(), str(_CHINESE[match["digits"]]), "倍", sign))
    for match in _TENTHS.finditer(text):
        start = match.start("digits")
        sign = comparator(text, start, match.end())
        numbers.append(Number(start, start + 1, match.end(), f"{_CHINESE[match['digits']]}0", "%", sign))
    for match in _DOUBLED.finditer(text):
        start = match.start("digits")
        numbers.append(Number(start, start + 1, match.end(), str(_CHINESE[match["digits"]]), "番", "="))
    for match in _BARE.finditer(text):
        if text[match.start("value") - 1 : match.start("value")].isdigit() or not (
            match["lead"] or match["odd"]
        ):
            continue
        if text[match.start("value") - 1 : match.start("value")] in tuple(
            "一二三四五六七八九十两几数百千万每多余上"
        ):
            continue
        if (
            match["lead"] in ("达", "达到", "累计", "总计", "共", "了", "建成", "带动", "安排", "培训")
            and not match["odd"]
        ):
            continue
        written = match["value"]
        value, scale = (_POWERS.get(written[0], 1), written[1:] if len(written) > 1 else "")
        if written in ("万", "亿"):
            value, scale = 1, written
        unit = scale + (match["scale"] or "") + match["base"] + (match["also"] or "")
        sign = ">" if match["odd"] else comparator(text, match.start("value"), match.end())
        numbers.append(Number(match.start("value"), match.end("value"), match.end(), str(value), unit, sign))
    return numbers
