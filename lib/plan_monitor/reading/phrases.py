"""Names in the words around a figure, without verbs, comparators and words for the whole place."""

import re
from itertools import pairwise

from plan_monitor.reading.rules import any_of
from plan_monitor.reading.vocabulary import words

_WHOLE = "[国省市州县区镇乡盟旗]"
_NUMERAL = "[一二三四五六七八九十]"

# words that stand before a name, again and again: 其中，全市共有…
_BEFORE = any_of(words("before a name"))
_LEADS = re.compile(
    rf"""^(?:
    [①-⑳] | [（(]{_NUMERAL}{{1,3}}[）)] | \d{{1,2}}[.．、](?!\d{{1,2}}[%万亿个])  # numbers of lists
    | [各所]有?(?=[县市区乡]) | 各(?=[新改扩建培招投]) | [全我]{_WHOLE}
    | 经?初步[核统][算计] | 据[^，]{{1,8}}(?:统计|测算|数据|提供)
    | 共有 | 达到 | {_NUMERAL}是
    | 完成(?!率) | 达到(?!标) | 有(?![效机色]) | 要(?!素) | 应(?!急)
    | 使(?!用) | 计划(?=[^生]) | 到(?!位) | 至(?!少) | 和(?!谐)
    | {_BEFORE}
    )+""",
    re.VERBOSE,
)
_VERBS_TO = any_of(
    "提高 提升 增加 增长 上升 下降 降低 减少 缩小 扩大 发展 调整 涨 跌 降 增 扩"
)  # … 到, 至, 为
# words that stand behind a name and before its figure: …率稳步提高到
_BEHIND = any_of(words("behind a name"))
_TAIL = re.compile(
    rf"""(?>(?:
    {_VERBS_TO}[到至为] | (?:控制|保持|稳定|维持|巩固)在 | (?<![平户])均 | 新(?=$) | 每[^，。建新培]{{1,4}}
    | {_BEHIND}
    )+)$""",
    re.VERBOSE,
)
_MIDDLE = re.compile(r"(?<=[一-鿿”])(?:实现|完成)(?=[一-鿿])")
_NOUN = re.compile(r"(?:左右|以上|以下|以内)?[的余多]?(?P<noun>[“《]?[^，,。；;、：:（(）)\d]{1,24})")
_NO_NOUN = re.compile(r"(?:以上|以下|左右|以内)?(?:[，,。；;、]|$)")
_NOUN_END = re.compile(any_of(words("behind a noun")) + "|搬(?!迁)|到(?!户|村)|[和及与]$|等(?!级)")
_REMARK = re.compile(r"(?<=[一-鿿])[（(][一-鿿]{1,3}[）)](?=[一-鿿])")
_PHRASE = re.compile(r"(?:左右|以上|以下|以内)?的?(?P<phrase>[^，,。；;、：:（()）\d]{2,24})")

VERBS = any_of(words("verbs"))
"""What is done to things that are counted: 新建50所学校."""

MEASURES = sorted(
    words("measures"),
    key=len,
    reverse=True,
)
"""What is measured of a thing, in names such as 普通高中招生: alone, it is that of the thing named before."""

_RATE = re.compile(r"(?:率|指数|系数|比重|比例|位次|比)$")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_LONGEST = 80  # characters before a figure that a name stands in


def clean(clause: str) -> str:
    """A clause before a figure, reduced to what is part of a name.

    >>> [clean(text) for text in ("其中，全市共有公办", "巩固率稳步提高到", "力争培训")]
    ['公办', '巩固率', '培训']
    """
    last, clause = None, clause.replace("\0", "")[-_LONGEST:]
    while clause != last:
        last = clause
        clause = _TAIL.sub("", _LEADS.sub("", clause).strip()).lstrip("）) ")
        clause = clause.rstrip(" " if re.search("[（(]", clause) else "）) ")
        clause = clause if "“" in clause else clause.strip("”")
    return _MIDDLE.sub("", clause)


def last_clause(before: str, marks: str = "，,。；;") -> str:
    """What stands behind the last of some marks.

    >>> last_clause("新建3所，改建")
    '改建'
    """
    return before[max(map(before.rfind, marks)) + 1 :]


def open_brackets(before: str) -> list[str]:
    """The words before a figure, parted where a bracket begins that is still open there.

    >>> [open_brackets(text) for text in ("小学（公办）", "全县（常住人口", "个）、初中")]
    [['小学（公办）'], ['全县', '常住人口'], ['、初中']]
    """
    ended, opened = -1, []  # the end of a bracket that began before, and the open ones
    for place, character in enumerate(before):
        if character in "（(":
            opened.append(place)
        elif character in "）)":
            ended = ended if opened else place
            opened = opened[:-1]
    return [before[start + 1 : stop] for start, stop in pairwise([ended, *opened, len(before)])]


def outside_brackets(before: str) -> list[str]:
    """The parts of ``open_brackets`` without what stands in closed ones.

    >>> outside_brackets("小学（公办）"), outside_brackets("小学（公办）（其中")
    (['小学'], ['小学', '其中'])
    """
    parts, previous = open_brackets(before), None
    while parts != previous:
        previous, parts = parts, [_ASIDE.sub("", part) for part in parts]
    return parts


def noun(text: str) -> str:
    """The noun behind a figure.

    >>> noun("社区卫生服务中心被授予称号"), noun("，比上年")
    ('社区卫生服务中心', '')
    """
    text = _REMARK.sub("", text[:_LONGEST])
    match = _NOUN.match(text)
    if match is None or _NO_NOUN.match(text):
        return ""
    result = match["noun"]
    if stop := _NOUN_END.search(result):
        result = result[: stop.start()]
    return result.strip("的“”")


def phrase(text: str) -> str:
    """What follows a share, up to the next mark.

    >>> phrase("的乡镇实现通达，")
    '乡镇实现通达'
    """
    match = _PHRASE.match(text)
    if match is None or re.match(r"(?:左右|以上|以下|以内)$", match[0]):
        return ""
    return "" if match["phrase"].startswith(("大关", "关口", "台阶")) else match["phrase"]


def is_rate(name: str) -> bool:
    """Whether a name ends as those of rates, indices and ranks do."""
    return bool(_RATE.search(name))


def is_measured(name: str) -> bool:
    """Whether a name ends with what is measured of a thing."""
    return any(name.endswith(measure) for measure in MEASURES) or is_rate(name)
