"""Figures that belong to another: its growth or change, its share, what it contributes, its gap or rank."""

import re
from typing import NamedTuple

from plan_monitor.reading.phrases import clean
from plan_monitor.reading.rules import any_of, rule
from plan_monitor.reading.vocabulary import words

BELONGING = ("growth", "growth_annual", "change", "contribution", "gap", "rank")
"""Kinds of figures that are of the level before them."""


class Related(NamedTuple):
    """A figure that belongs to another: its own name, else that of the other figure, and its kind."""

    name: str
    kind: str
    negative: bool = False
    verbatim: bool = False


_GROWS = "(?:增加(?!值)|" + any_of(words("grows")) + ")"
_SINCE = "(?:同比|环比|比|较|与|[两三四五]?年均|[两三四五]?年平均|平均每年|实际|名义|同口径|可比)"
_ABOUT = "[^，,。；;]"
_FALLS = re.compile(any_of(words("falls")) + r"|(?<![增升])[减降](?!幅)")

CHANGE = rule(
    "change",
    rf"""(?x) ^(?P<own>.*?)
    (?:{_SINCE}{_ABOUT}*?)?                                   # 比上年
    (?:分别|各|(?<!平)均|将|又|再|约|净|累计|共)*
    {_GROWS}(?:了|幅度)?(?:约|近|超过?|达|为)?[-−]?$""",
    "⟦产值比上年增长⟧",
)
GAP = rule(
    "gap",
    rf"""(?x) ^(?P<own>.*?)[比较]?{_ABOUT}{{0,14}}?
    (?: [比较]{_ABOUT}{{0,14}}[高低多少快慢]出?                # 比平均水平高
      | (?<!不)(?<!不得)(?:高于|低于|高出|快于|多于|少于){_ABOUT}{{0,16}}
      | 超[出过]{_ABOUT}{{0,12}}(?:水平|平均|增[幅速]|目标)
    )$""",
    "⟦增速高于平均水平⟧",
)
SHARE = rule(
    "share",
    rf"""(?x) ^(?P<own>.*?)占(?!地|比(?![重例]))(?P<of>{_ABOUT}{{0,20}}?)的?
    (?:比重|比例|比率|份额)?(?:分别)?
    (?:达到?|为|是|的|近|约|超过?|上升至?|提高到|下降到)*$""",
    "⟦民办学校占学校总数的⟧",
)
PULL = rule(
    "contribution",
    rf"""(?x) ^(?P<own>.*?)(?:拉动|带动)(?P<of>{_ABOUT}{{0,16}}?)(?:增长|上涨|下降)?$
    | ^(?P<own2>.*?)(?:对(?P<of2>{_ABOUT}{{0,16}}?)的?)?贡献率(?:分别)?[为达]?到?$""",
    "⟦服务业拉动产值增长⟧",
)
RANK = rule(
    "rank",
    rf"""(?x) ^(?P<own>.*?)
    (?:[由从稳跃]?[居列排位]|[由从]|进入|提升|上升|前移)
    {_ABOUT}{{0,10}}第?$""",
    "⟦旅游收入居全省第⟧",
)
RULES = [CHANGE, GAP, SHARE, PULL, RANK]
_GAP_WORDS = re.compile(r"高于|低于|高出|快于")
_THAN_BEFORE = re.compile(r"[比较][高低多少快慢]出?$")  # 比上年低, the time left out
_COMPARATORS = ("高于", "低于", "多于", "少于")
_BELOW = re.compile(r"低于|少于|[低少慢]出?$")
_YEARLY = re.compile(r"年均|年平均|递增")


def related(clause: str, unit: str, above: str) -> Related | None:
    """How the figure behind a clause relates to the figure named `above`; None where it does not.

    >>> related("比上年增长", "%", "产值")
    Related(name='产值', kind='growth', negative=False, verbatim=False)
    """
    if unit in ("百分点", "%") and (pull := PULL.pattern.match(clause)):
        own_name, target = (
            clean(pull["own"] or pull["own2"] or ""),
            (pull["of"] or pull["of2"] or "").removesuffix("增长"),
        )
        subject, pulls, _ = above.partition("拉动")
        name = above if pulls and not own_name and not target else f"{own_name or subject}拉动{target}增长"
        return Related(name, "contribution", "负" in clause)
    if unit in ("位", "名") and (rank := RANK.pattern.match(clause)):
        own_name = clean(rank["own"] or "")
        return Related(f"{(own_name or above).removesuffix('位次')}位次", "rank", verbatim=bool(own_name))
    if change := CHANGE.pattern.match(clause):
        own_name = re.sub(r"(?:的?增速|增幅|降幅|涨幅)$", "", clean(change["own"]))
        own_name = re.sub(f"{_SINCE}$", "", own_name)
        return Related(
            own_name or above, _change_kind(clause, unit), bool(_FALLS.search(clause)), bool(own_name)
        )
    compares = unit == "%" and clause.endswith(_COMPARATORS)  # 高于60%
    if unit in ("百分点", "%", "点") and not compares and (gap := GAP.pattern.match(clause)):
        own_name = clean(gap["own"])
        kind = "change" if _THAN_BEFORE.search(clause) else "gap"
        return Related(own_name or above, kind, bool(_BELOW.search(clause)), bool(own_name))
    if unit == "%" and (share := SHARE.pattern.match(clause)):
        own_name = clean(share["own"])
        return Related(f"{own_name or above}占{share['of']}的比重", "share", verbatim=bool(own_name))
    return None


def _change_kind(clause: str, unit: str) -> str:
    """What kind of change a clause tells."""
    if _GAP_WORDS.search(clause):
        return "gap"
    if unit not in ("%", "倍", "番"):
        return "change"
    return "growth_annual" if _YEARLY.search(clause) else "growth"


def without_since(clause: str) -> str:
    """A clause without the words that a comparison begins with: 同比, 比."""
    return re.sub(f"{_SINCE}$", "", clause)
