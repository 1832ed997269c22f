"""What a figure of a sentence is of: the name before it, or composed with that of the figure it belongs to.

A third of all figures are growth, change, share or contribution: they belong to the level before them.
"""

import re
from typing import NamedTuple

from plan_monitor.reading.numbers import Number
from plan_monitor.reading.periods import Time


class Named(NamedTuple):
    """A figure's name and kind.

    ``whole`` tells whether the name stands in the text as it is; ``level`` is the place in the list of the figure
    that it belongs to: a growth to its level. ``kind`` is one of "level", "growth", "growth_annual", "change",
    "share", "contribution", "gap", "index", "ratio", "rank".
    """

    name: str
    kind: str
    negative: bool = False
    whole: bool = False
    level: int | None = None


_GROWS = "(?:增长|增幅|增速|上涨|上升|下降|下滑|回落|减少|降低|增加(?!值)|提高|提升|收窄|扩大|缩小|净增|减收|增收|增产|减产|增利|递增|降幅|涨幅|反弹|加快|放缓|翻|[减增降涨])"
_FALLS = re.compile(
    r"下降|下滑|回落|减少|降低|减收|减产|负增长|降幅为|缩小|放缓|负向|低于|少于|(?<![增升])[减降](?!幅)"
)
_SINCE = r"同比|环比|比|较|与|年均|年平均|平均每年|实际|名义|同口径|可比"
_CHANGE = re.compile(
    rf"^(?P<own>.*?)(?:(?:{_SINCE})[^，,。；;]*?)?(?:分别|各|(?<!平)均|将|又|再|约|净|累计|共)*{_GROWS}(?:了|幅度)?(?:约|近|超过?|达|为)?$"
)
_GAP = re.compile(
    r"^(?P<own>.*?)(?:比|较)?[^，,。；;]{0,14}?(?:(?<!不)(?:高于|低于|高出|快于|多于|少于)[^，,。；;]{0,16}|超[出过][^，,。；;]{0,12}(?:水平|平均|增[幅速]|目标))$"
)
_SHARE = re.compile(
    r"^(?P<own>.*?)占(?!地)(?P<of>[^，,。；;]{0,20}?)的?(?:比重|比例|比率|份额)?(?:分别)?(?:达到?|为|是|的|近|约|超过?|上升至?|提高到|下降到)*$"
)
_PULLS = re.compile(
    r"^(?P<own>.*?)(?:拉动|带动)(?P<of>[^，,。；;]{0,16}?)(?:增长|上涨|下降)?$|^(?P<own2>.*?)(?:对(?P<of2>[^，,。；;]{0,16}?)的?)?贡献率(?:分别)?[为达]?到?$"
)
_RANK = re.compile(r"(?:居|列|排|位)[^，,。；;]{0,10}第?$")
_INDUSTRIES = ("第一产业", "第二产业", "第三产业")

_WHOLE = "[国省市州县区镇乡盟旗]"
_LEADS = re.compile(
    rf"^(?:[，,、；;：:。）)]|[①-⑳]|[—-]|\d{{1,2}}[.．、](?!\d{{1,2}}[%万亿个])|实际|过渡期内|每年|五年内?|[各所]有?(?=[县市区乡])|其中|同时|此外|另外?|全年|目前|截至|截止|经?初步[核统][算计]|据[^，]{{1,8}}(?:统计|测算|数据|提供)|全{_WHOLE}|我{_WHOLE}|共有?|累计|预计|力争|争取|确保|将|已|要(?!素)|应(?!急)|拟|计划(?=[^生])|到(?!位)|至(?!少)|以及|和(?!谐)|及|与|并|且|使|把|即|[一二三四五六七八九十]是|又|再|还|实现|完成(?!率)|达到?(?!标)|有(?![效机色])|为|由|从|左右|的|以上)+"
)
_TAIL = re.compile(
    "(?:达到?|为|是|有|完成|实现|(?:提高|提升|增加|增长|上升|下降|降低|减少|缩小|扩大|发展|调整|涨|跌|降|增|扩)(?:[到至为])|(?:控制|保持|稳定|维持|巩固)在|超过|突破|不[低少高多]于|不超过|高达|仅[为有]?|只有"
    "|(?<!平)均|分别|共有?|总计|合计|累计|约|近|逾|超|大约|接近|至少|力争|争取|确保|全部|稳步|进一步|已|将|要|了|到|的|[：:]|每年|每个?月|平均|新(?=$)|各|一直|持续|不断|逐步|[原现]有的?|由|从|以上|至|迈上|跃上|[≥≤><=＞＜＝]|每[^，。]{1,4})+$"
)
_MIDDLE = re.compile(r"(?<=[一-鿿”])(?:实现|完成)(?=[一-鿿])")
_CLAUSE = re.compile(r"[，,。；;：:]|其中|持平、")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]|\[\d+\]")
_NOUN = re.compile(r"(?:左右|以上|以下|以内)?(?:的|余|多)?(?P<noun>[“《]?[^，,。；;、：:（(）)\d]{1,24})")
_NOUN_END = re.compile(
    "被|达到?|实现|通过|完成|参加|参与|进行|得到|全部|均|获|享受|投入|增收|脱贫|开展|实行|全面|进入|纳入|搬(?!迁)|提供|增长|同比|比上年|列入|用于|正常|已|拔|冲|摘帽|退出|出列|到(?!户|村)|选派|[和及与]$|等(?!级)"
)
_VERBS = "新?建|扩建|建成|建设|选派|培[训养]|选拔|引进|实施|创建|打造|覆盖|带动|惠及|招收|投入|安排|发放|完成|新增|改造|整治|建立|设立|组织|举办|评选|认定|命名|配备|拥有|修建|改建|培育|扶持|推广|打通|撤销|保留|恢复|公布|梳理集成|制定|形成|申报|培养|选拔培养|选拔培育|评选培训|评选|遴选|注册审批|命名|办好|开展|支持|创建|开办|组织|参加|巩固提升|巩固|提高"
_ACT = re.compile(f"(?:{_VERBS})+")
_ACTS = re.compile(f"(?:{_VERBS})$")
_MEASURES = sorted(
    [
        "增加值",
        "总产值",
        "产值",
        "产量",
        "在校生",
        "毕业生",
        "招生",
        "教职工",
        "专任教师",
        "面积",
        "收入",
        "支出",
        "人数",
        "户数",
        "利润",
        "零售额",
        "货运量",
        "客运量",
        "周转量",
        "货物周转量",
        "旅客周转量",
        "主营业务收入",
        "利税",
        "投资",
        "投资额",
        "销售收入",
        "营业收入",
        "占地面积",
        "建筑面积",
        "投资金额",
        "总投资",
        "惠及",
        "受益",
        "覆盖",
        "藏书",
        "读者",
        "利润总额",
        "销售额",
        "总收入",
        "总支出",
        "结存",
        "当期结存",
        "累计结存",
        "结余",
        "当期结余",
        "累计结余",
        "参保人数",
        "余额",
        "存栏",
        "出栏",
        "招生人数",
        "在校生人数",
        "在校学生",
        "毕业人数",
        "在园幼儿",
        "校舍面积",
        "建筑物面积",
    ],
    key=len,
    reverse=True,
)
_RATES = re.compile(r"(?:率|指数|比重|占比|位次|比)$")
_BELONGING = ("growth", "growth_annual", "change", "contribution", "gap", "rank")


def names(
    text: str, sentences: list[tuple[int, int]], numbers: list[Number], told: list[Time]
) -> list[Named]:
    """The name of each figure of a passage, in its order.

    `sentences` are the places of the passage's sentences; `told` the times in it, which are no part of a name.
    """
    shown = list(text)
    for time in told:
        shown[time.start : time.end] = "\0" * (time.end - time.start)
    shown = "".join(shown)
    starts = [start for start, _ in sentences]
    found: list[Named] = []
    after, first = 0, 0
    for place, number in enumerate(numbers):
        begun = max((start for start in starts if start <= number.start), default=0)
        if begun >= after:
            after = begun
            if not re.match(r"其中|同比|增速|增幅|分|按|比", shown[begun:].lstrip("，,\0")):
                first = place
        gap = shown[after : number.start]
        stop = numbers[place + 1].start if place + 1 < len(numbers) else len(text)
        following = text[number.stop : stop]
        found.append(_name(gap, following, number, found, first, numbers, text))
        after = number.stop + _used(following, found[-1])
    _share(found, numbers, shown, starts)
    return found


def _name(
    gap: str, following: str, number: Number, found: list[Named], first: int, numbers: list[Number], text: str
) -> Named:
    inside = re.match(r"[（(]", gap)
    opened = max(gap.rfind("（"), gap.rfind("("))
    if opened > max(gap.rfind("）"), gap.rfind(")")):
        gap = ("其中" if inside else "") + gap[opened + 1 :]
    gap = _ASIDE.sub("", gap)
    clauses = _CLAUSE.split(gap)
    clause = clauses[-1].replace("\0", "")
    level = _level(found, first)
    above = found[level].name if level is not None else ""
    if related := _related(clause, number, level, above):
        return related
    own = _clean(clause)
    counts = number.unit[-1:] not in "%点倍番元" or number.unit.endswith("个百分点")
    noun = _noun(following)
    place = text[number.end : number.stop].lstrip("余多")
    if number.unit == "个" and not place.startswith("个") and place:
        what = _phrase(following)
        return Named(f"{what}的{place}数" if len(what) > 3 else f"{place}数", "level", whole=True)
    if not own and not noun and level is None and len(clauses) > 1:
        own = _clean(clauses[-2].replace("\0", ""))
    kind = _kind(own or above, number)
    act = _ACT.fullmatch(own)
    if noun and counts and (not own or act or len(own) > 6 or _ACTS.search(own)):
        listed = re.fullmatch(r"[、和及与]|以及", gap)
        lead = (
            own if act or _ACTS.search(own) else _ACT.match(above)[0] if listed and _ACT.match(above) else ""
        )
        return Named(lead + noun, kind, whole=True)
    if number.unit == "%" and not _RATES.search(own) and (what := _phrase(following)):
        return Named(own + what, kind, whole=True)
    if not own:
        return Named(above, kind, level=level)
    if level is not None:
        if act:
            return Named(own + _ACT.sub("", above, count=1), kind, level=level)
        if own in _MEASURES and (stem := _stem(found, first)):
            return Named(stem + own, kind, level=level)
        if not _measured(own) and number.unit == numbers[level].unit and (_parted(gap, own, found, level)):
            head = above.split("：")[0]
            return Named(f"{head}：{own}", kind, level=level)
    return Named(own, kind, whole=True)


def _used(following: str, named: Named) -> int:
    """How much of what follows a figure is its name: no part of the next one's."""
    noun = _noun(following)
    return following.find(noun) + len(noun) if noun and noun in following and named.name.endswith(noun) else 0


def _phrase(following: str) -> str:
    """What follows a share: 的县市实现基本均衡, up to the next mark."""
    match = re.match(r"(?:左右|以上|以下|以内)?的?([^，,。；;、：:（()）\d]{2,24})", following)
    return "" if match is None or re.match(r"(?:左右|以上|以下|以内)$", match[0]) else match[1]


def _parted(gap: str, own: str, found: list[Named], level: int) -> bool:
    """Whether a name is of a part of the figure before it: 其中, 按地域分."""
    return (
        "其中" in gap
        or bool(re.match(r"[（(]", gap))
        or bool(re.search(r"[分看]\W", gap))
        or "：" in found[level].name
    )


def _related(clause: str, number: Number, level: int | None, above: str) -> Named | None:
    """A figure that belongs to a level: its growth or change, its share, what it contributes, its rank."""
    unit = number.unit
    if unit in ("百分点", "%") and (pull := _PULLS.match(clause)):
        own, of = _clean(pull["own"] or pull["own2"] or ""), pull["of"] or pull["of2"] or ""
        return Named(f"{own or above}拉动{of}增长", "contribution", "负" in clause, level=level)
    if unit in ("位", "名") and _RANK.search(clause):
        return Named(f"{above}位次", "rank", level=level)
    if change := _CHANGE.match(clause):
        own = re.sub(r"(?:的?增速|增幅|降幅|涨幅)$", "", _clean(change["own"]))
        own = re.sub(rf"(?:{_SINCE})$", "", own)
        kind = "growth" if unit in ("%", "倍", "番") else "change"
        if re.search(r"高于|低于|高出|快于", clause):
            kind = "gap"
        elif kind == "growth" and re.search("年均|年平均|递增", clause):
            kind = "growth_annual"
        return Named(own or above, kind, bool(_FALLS.search(clause)), bool(own), None if own else level)
    if unit in ("百分点", "%", "点") and (gap := _GAP.match(clause)):
        own = _clean(gap["own"])
        return Named(
            own or above, "gap", bool(re.search("低于|少于", clause)), bool(own), None if own else level
        )
    if unit == "%" and (share := _SHARE.match(clause)):
        own = _clean(share["own"])
        return Named(f"{own or above}占{share['of']}的比重", "share", whole=bool(own), level=level)
    return None


def _measured(own: str) -> bool:
    return any(own.endswith(measure) for measure in _MEASURES) or bool(_RATES.search(own))


def _stem(found: list[Named], first: int) -> str:
    """What the figures before are of, without the measure: 普通高中 of 普通高中招生."""
    for named in reversed(found[first:]):
        if named.kind in _BELONGING or _RATES.search(named.name):
            continue
        name = named.name.split("：")[0]
        return next((name[: -len(measure)] for measure in _MEASURES if name.endswith(measure)), name)
    return ""


def _level(found: list[Named], first: int) -> int | None:
    """The last figure that is a level: what a growth after it belongs to."""
    for place in range(len(found) - 1, first - 1, -1):
        if found[place].kind not in _BELONGING:
            return place
    return len(found) - 1 if len(found) > first else None


def _kind(name: str, number: Number) -> str:
    if number.ratio:
        return "share" if number.unit == "%" else "ratio"
    if re.search(r"指数$", name) and number.unit in ("", "点", "%"):
        return "index"
    return "share" if re.search(r"比重$|占比$", name) else "level"


def _clean(clause: str) -> str:
    """A clause without what is no part of a name: verbs, comparators, the place as a whole."""
    last = None
    clause = clause.replace("\0", "")
    while clause != last:
        last = clause
        clause = _TAIL.sub("", _LEADS.sub("", clause).strip()).strip("”）) ")
    return _MIDDLE.sub("", clause)


def _noun(text: str) -> str:
    """The noun behind a figure: 8所社区卫生服务中心被授予…"""
    text = re.sub(r"(?<=[一-鿿])[（(][一-鿿]{1,3}[）)](?=[一-鿿])", "", text)
    match = _NOUN.match(text)
    if match is None or re.match(r"(?:以上|以下|左右|以内)?(?:[，,。；;、]|$)", text):
        return ""
    noun = match["noun"]
    if stop := _NOUN_END.search(noun):
        noun = noun[: stop.start()]
    return noun.strip("的“”")


def _share(found: list[Named], numbers: list[Number], shown: str, starts: list[int]) -> None:
    """A和B分别达到x和y: each of as many figures as things has the name of its own."""
    at = 0
    while at < len(found):
        until = at + 1
        while until < len(found) and re.fullmatch(
            r"[、和及与：:]|以及", shown[numbers[until - 1].stop : numbers[until].start]
        ):
            until += 1
        run = range(at, until)
        begun = max(start for start in (*starts, 0) if start <= numbers[at].start)
        before = shown[max(numbers[at - 1].stop if at else 0, begun) : numbers[at].start]
        if len(run) == 3 and re.search("三次产业|一二三产", before) and "拉动" not in before:
            for place, industry in zip(run, _INDUSTRIES, strict=True):
                tail = re.sub(r"^.*三次?产业(?:结构|增加值)?的?", "", found[at].name)
                found[place] = found[place]._replace(
                    name=industry + (tail or "比重"), kind=found[at].kind, whole=False
                )
        elif len(run) > 1 and (each := re.search(r"分别|各", before)):
            clause = _CLAUSE.split(before[: each.start()].replace("\0", ""))[-1]
            things = re.split(r"[、和及与]|以及", _clean(re.sub(rf"(?:{_SINCE})$", "", clause)))
            if len(things) == len(run):
                tail = things[-1]
                for place, thing in zip(run, things, strict=True):
                    found[place] = found[place]._replace(
                        name=_with_tail(thing, tail), kind=found[at].kind, whole=False
                    )
            elif not things[0] and found[at].kind != "contribution":
                earlier = [place for place in range(at) if found[place].kind not in _BELONGING][-len(run) :]
                if len(earlier) == len(run):
                    for place, source in zip(run, earlier, strict=True):
                        found[place] = found[place]._replace(
                            name=found[source].name,
                            kind=found[at].kind,
                            negative=found[at].negative,
                            level=source,
                        )
        elif len(run) > 1 and found[at].kind in _BELONGING:
            for place in run:
                found[place] = found[place]._replace(kind=found[at].kind, negative=found[at].negative)
        at = until


def _with_tail(thing: str, tail: str) -> str:
    """小学 of 小学、初中在校生 with the measure that stands behind the last."""
    measure = next((measure for measure in _MEASURES if tail.endswith(measure)), None) or (
        rate[0] if (rate := re.search(r"[一-鿿]{0,4}率$", tail)) else ""
    )
    return thing if not measure or thing.endswith(measure[-1]) else thing + measure
