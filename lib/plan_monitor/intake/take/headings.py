"""What a column of a table holds, told by its heading of one or several rows."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from plan_monitor.intake.take import labels
from plan_monitor.settle import spans
from plan_monitor.settle.quantity import Refused
from reportkit import periods

# whole headings, blanks removed; the first that fits counts
ROLES = {
    "number": r"序号?|编号|No\.?",
    "region": r"(?:所?属|行政)?(?:地区|区划|区域|行政区|州市|市州|县市区?|区县|市县|省份|省市|[省市县])"
    r"(?:名称)?|[县市区州]\([县市区州、/]+\)|州、?市|各?[县市区]别|Region",
    "period": r"年份|年度|年|时间|时期|日期|月份|季度|期别|报告期|(?:统计|数据|完成)时间|(?:完成)?时限"
    r"|目标年份?|Year|Period",
    "unit": r"(?:计量)?单位|Unit",
    "attribute": r"(?:指标)?(?:属性|性质)",
    "label": r"(?:主要|具体|监测|考核|统计|发展|目标|二级|三级|核心)?指标(?:名称|内容)?"
    r"|(?:项目|内容)(?:名称)?|(?:目标|工作|[重主]要|重点)任务|名称|Item|Indicators?",
    "group": r"类别|类型|分类|领域|大类|维度|一级指标|目标领域|方面",
    "aside": r"备注|说明|注释?|(?:(?:数据|资料)?来源|(?:责任|牵头|配合|填报|报送|统计)?(?:单位|部门)|联系人)"
    r"|指标(?:解释|说明|代码)|(?:行政区划)?代码",
    "value": r"数值|指标值|值|数据|数量|金额|绝对[数值量]|总量|本年[数累计]*|全年|本期|[年期]末[数值]|Value",
}
_ROLE = {role: re.compile(pattern, re.IGNORECASE) for role, pattern in ROLES.items()}
_PROMISED = re.compile(
    r"(?:分?年度|发展|[主重]要|规划|预期|总体|阶段性?|建设|工作|奋斗|约束性|预期性|量化|具体|考核)?目标(?:任务)?[值数]?|规划期?末?[值数目标]*|预期[值数]?|承诺[值数]?|计划完成数?|计划[值数]?|力争|拟达到"
)
_DONE = re.compile(
    r"实际完成[值数情况]*|实际[值数]?|现状[值数]?|基[期数年][值数]?|完成[值数情况]*|实绩|实现[值数]?|现值|统计[值数]"
)
_UNSURE = re.compile(
    r"[上下]限|最[高低]值?|预计(?:完成)?[值数]?|预测[值数]?|估计[值数]?|(?:目标|计划|规划)(?:完成|实现)情况"
)
_GROWTH = re.compile(
    r"(?:(?:年均|年平均)(?:(?:名义|实际|可比)?(?:增长率?|增速|增幅|递增|下降|降低)(?:率|速度)?)?"
    r"|(?:同比|(?:比|较)(?:上年|去年|\d{4}年)(?:同期)?)(?:名义|实际)?(?:增长|增减|增加|下降|±|增幅|增速)?(?:率|幅度)?%?"
    r"|(?:增长率?|增速|增幅|增长速度|增减率|涨幅))"
)
_SINCE = re.compile(r"[比较](\d{4})年")
_CHANGE = re.compile(r"增|减|涨|升|降")
_AVERAGE = re.compile(r"年均|年平均")
_SUMMED = r"[/／或]*\s*(?:五年)?累计(?:数|值|增加|完成)?\s*"
_CUMULATIVE = re.compile(rf"[\[〔【(（]\s*{_SUMMED}[\]〕】)）]|{_SUMMED}")
_BOTH = re.compile(  # above years of which some are reached and some aimed at
    r"(?:(?:现状|基期|实际|完成|规划|发展|目标|指标|任务|[主重]要|预期)+[值数]?[与及和、/]?)+"
)
_PART_OF_YEAR = re.compile(
    r"第?[一二三四1-4]季度?|[上下]半年|前[二三]季度|\d{1,2}(?:[-—–~～至]\d{1,2})?月(?:份|底|末)?"
)
_LAST = re.compile(r"(?:排名|位次|占比|比重|排序|名次)$")
_AT_END = re.compile(r"(?:目标|预期|规划|承诺|现状|实际|基期|完成)值$|(?:规划|预期)?目标$|基数$")
_IDLE = re.compile(r"年末|年底|末期|全年|当年|年度|情况|五年|累计")  # beside a period they add nothing
_TIMED = re.compile(  # a period, and what follows it
    r"(.*?(?:年(?:[底末初度]|(?!\d|第?[一二三四]季|上半|前|末|初|度|底))|年.*?(?:季度|月|半年)[底末]?|五[”\"]?末?))(\D+)"
)
_TIME_BEHIND = re.compile(r"(?P<name>.+)\((?P<time>[^()]+)\)")
_TIME = re.compile(r"(?:19|20)\d\d|[“\"]?十[一二三四五六七八]?五[”\"]?|[“\"]十")


_UNSURE_BOUND = {
    "zh": "这一列是上限或下限；应在单元格里写 ≤ 或 ≥，表头写“目标”",
    "en": "the column is a bound; expected ≤ or ≥ in the cells, and 目标 in the heading",
}
_HAN = re.compile(r"[一-鿿]")


class Heading(NamedTuple):
    """What the figures of a column are, or which part of a row's key stands there."""

    role: str  # a key of _ROLES, "figure" where a period or a growth is headed, or "other"
    text: str  # as it stands, for places and messages
    period: str = ""
    promised: bool | None = None  # a target, an actual; None: not said here
    with_period: bool = False  # `promised` stands with the period or below it, not above several periods
    growth: str = ""  # as worded: 年均增长
    cumulative: bool = False  # what stands in brackets is a sum over years
    unit: str = ""
    name: str = ""  # what is left: part of the indicator's name
    region: str = ""
    marks: str = ""
    fault: dict[str, str] | None = None  # why the column cannot be taken

    @property
    def yearly(self) -> bool:
        """Whether it says "a year" and not what: growth where the row's label says so, else a level."""
        return bool(_AVERAGE.fullmatch(self.growth))

    @property
    def average(self) -> bool:
        """Whether it is growth a year over several years."""
        return bool(_AVERAGE.search(self.growth))


_GROUP = re.compile(
    r"市辖区|[省市州区县]直|[省市州区县]本级|各?(县市区?|市县|区县|县区|县\(市、?区?\)|市\(县、?区?\))|其中"
)


def read(parts: Iterable[str], is_region: Callable[[str], bool]) -> Heading:
    """A column's heading, from the texts of its rows, top down, each once.

    >>> nowhere = lambda text: False
    >>> read(["2025年", "目标值（%）"], nowhere)[:4], read(["2025年", "目标值（%）"], nowhere).unit
    (('figure', '2025年 目标值（%）', '2025', True), '%')
    >>> read(["年均增速〔累计〕"], nowhere).growth, read(["年均增速〔累计〕"], nowhere).cumulative
    ('年均增速', True)
    """
    text = " ".join(dict.fromkeys(re.sub(r"\s+", " ", part).strip() for part in parts if part.strip()))
    texts = [part for part in dict.fromkeys(parts) if part.strip()]
    if any(_HAN.search(part) for part in texts):  # a row that says the same in another language
        texts = [part for part in texts if _HAN.search(part) or not re.search(r"[a-z]", part)]
    heading, names = Heading("other", text), []
    for part in texts:
        heading, name = _add(heading, part, is_region)
        names.append(name)
    names = [name for name in names if name]
    if heading.region:  # what stands over several regions groups them; it is no indicator
        names = [name for name in names if not _GROUP.fullmatch(labels.plain(name))]
    for role, pattern in _ROLE.items():
        if names and pattern.fullmatch(labels.plain(names[-1])):
            if role in ("value", "number") or not (heading.period or heading.growth or heading.region):
                heading = heading._replace(role=role)
            names.pop()
            break
    since = _SINCE.match(heading.growth)
    if since and heading.period == str(int(since[1]) + 1):
        heading = heading._replace(growth=heading.growth.replace(since[0], "比上年", 1))
    if heading.role == "other" and any([heading.period, heading.growth, heading.region, heading.fault]):
        heading = heading._replace(role="figure")
    elif heading.role == "other" and not names and (heading.cumulative or heading.promised is not None):
        heading = heading._replace(role="value")
    return heading._replace(name=" · ".join(dict.fromkeys(names)))


def _add(heading: Heading, part: str, is_region: Callable[[str], bool]) -> tuple[Heading, str]:
    """A heading with what one of its rows adds, and the rest of that row as a name."""
    label = labels.read(part)
    heading = heading._replace(unit=label.unit or heading.unit, marks=heading.marks + label.marks)
    text = labels.plain(label.name)
    if _PART_OF_YEAR.fullmatch(text):
        fault = {
            "zh": f"应写全年份；“{text}”没有年份，请写如“2023年{text}”",
            "en": f'expected a period with its year; "{text}" has none',
        }
        return heading._replace(fault=fault), ""
    if any(pattern.fullmatch(text) for pattern in _ROLE.values()):
        promised = True if text.startswith("目标年") else heading.promised
        return heading._replace(promised=promised), label.name
    if is_region(label.name):
        return heading._replace(region=label.name), ""
    if _BOTH.fullmatch(text) and len({bool(words.search(text)) for words in (_PROMISED, _DONE)}) == 1:
        return heading, ""
    rest, promised, fault = text, None, None
    if _CUMULATIVE.search(rest) and re.search(r"[\[〔【(（/／]|^五年", rest):
        heading, rest = heading._replace(cumulative=True), _CUMULATIVE.sub("", rest)
    if growth_match := _GROWTH.search(rest):
        growth = re.sub(r"\(%\)|%|±", "", growth_match[0])
        if not _CHANGE.search(growth) and not _AVERAGE.search(growth):
            growth += "增长"
        heading = heading._replace(growth=growth, unit=heading.unit or "%")
        rest = rest.replace(growth_match[0], "", 1)
    if unsure := _UNSURE.search(rest):
        rest = rest.replace(unsure[0], "", 1)
        fault = _UNSURE_BOUND if unsure[0][0] in "上下最" else _either(unsure[0])
    else:
        promised, rest = _promise(rest)
    if promised is not None:
        heading = heading._replace(promised=promised, with_period=bool(heading.period or _TIME.search(rest)))
    heading = heading._replace(fault=fault or heading.fault)
    if _TIME.search(rest):
        return _timed(heading, rest)
    is_stated = promised is not None or fault or growth_match or rest != text
    rest = rest if is_stated else label.name
    return heading, rest if re.search(r"\w", rest) and not _IDLE.fullmatch(rest) else ""


def _either(word: str) -> dict[str, str]:
    return {
        "zh": f"“{word}”可以是实际数，也可以是目标；应在表头写明“实际”或“目标”",
        "en": f"“{word}” may mean an actual or a target; expected 实际 or 目标 in the heading",
    }


def _promise(rest: str) -> tuple[bool | None, str]:
    """Whether a text says target (True) or actual (False), and the text without that word.

    Next to a period any such word counts; in a name only one at its end does: 计划生育率 promises nothing.
    """
    for promised, words in ((True, _PROMISED), (False, _DONE)):
        match = words.search(rest)
        if match is None:
            continue
        is_suffix = rest.endswith(match[0]) and _AT_END.search(match[0])
        if _TIME.search(rest) or match[0] == rest or is_suffix:
            return promised, rest.replace(match[0], "", 1)
    return None, rest


def _timed(heading: Heading, rest: str) -> tuple[Heading, str]:
    """A heading with the period that is left of one of its rows, and the name that follows the period."""
    text = re.sub(r"[\[(（【]\s*%?\s*[)）\]】]", "", rest)
    text = re.sub(r"^[(（](.*)[)）]$", r"\1", text)
    text = re.sub(r"^[到至截]|[的、/:：-]+$", "", text)
    refused = None
    for time, name in _time_and_name(text):
        try:
            period = spans.period(time)
        except Refused as refusal:
            refused = refused or refusal.expected  # the whole text is what is refused
            continue
        label = labels.read(name)
        heading = _with_period(heading._replace(unit=heading.unit or label.unit), period)
        return heading, "" if _IDLE.fullmatch(label.name) else label.name
    return heading._replace(fault=heading.fault or refused), ""


def _time_and_name(text: str) -> Iterator[tuple[str, str]]:
    """What may be the time in a text, and the name it is of: 2020年末常住人口, 毛入园率(2020年)."""
    yield text, ""
    if (behind := _TIME_BEHIND.fullmatch(text)) and not _TIME.search(behind["name"]):
        yield behind["time"], behind["name"]
    if (before := _TIMED.fullmatch(text)) and not before[2].startswith("学"):
        yield before[1], before[2].lstrip("的、:：/-")


def _with_period(heading: Heading, period: str) -> Heading:
    """A heading with its period; target or actual, said of a longer period above, holds for it too."""
    outer = heading.period
    is_inner = (
        outer and periods.start(outer) <= periods.start(period) and periods.end(period) <= periods.end(outer)
    )
    return heading._replace(period=period, with_period=heading.with_period and (is_inner or not outer))


def derived(heading: Heading) -> bool:
    """Whether a column holds a rank or a share made of the row's figure, in no unit of the row."""
    return bool(_LAST.search(heading.name))
