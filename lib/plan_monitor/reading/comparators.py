"""The comparator of a number (exactly, at least, more than, about …), by the words before and behind it."""

import re

from plan_monitor.reading.rules import Rule, any_of, rule
from plan_monitor.reading.vocabulary import words

BEFORE = {sign: words(sign) for sign in ("about", ">=", "<=", ">", "<")}
"""The words before a number for each comparator."""

AFTER = [
    rule(">=", r"\s?[（(]?\s?(?:[（(]?含[）)]?|及|或)?以上(?![年述])", "覆盖95%⟦以上⟧的乡镇"),
    rule("<=", r"\s?(?:[（(]?含[）)]?|及|或)?(?:以内|以下|之内)", "辍学率控制在2%⟦以内⟧"),
    rule("about", r"\s?(?:左右|上下)", "增长6%⟦左右⟧"),
]
"""The words behind a number and its unit."""

APART = [
    rule(
        ">=",
        r"(?:至少|最少)[^，,。；、\d]{1,6}$|(?:不低于|不少于)[^，,。；、\d]{1,8}的$",
        "每年⟦至少召开⟧1次",
    ),
    rule("<=", r"(?:不超过|不高于)[^，,。；、\d]{1,8}的$", "债务⟦不超过上年收入的⟧60%"),
    rule(">", r"超过[^，,。；、\d]{1,8}的$", "⟦超过总数的⟧50%"),
]
"""Words before a number, with other words between them and the number."""

_SIGNS = list(BEFORE)
_LEAD = re.compile(
    rf"(?:{'|'.join(f'(?P<c{place}>{any_of(before)})' for place, before in enumerate(BEFORE.values()))})"
    r"\s?(?:人民币)?[达到为]?\s?[¥￥$]?\s?$"
)
_NEAR, _FAR = 12, 14  # characters that words reach before a number


def comparator(text: str, start: int, stop: int, more: bool = False) -> str:
    """The comparator of a number; `stop` is the end of its unit; `more` where 余 or 多 stands in it.

    >>> [comparator(text, 3, 6) for text in ("不低于95%", "增长约95%左右", "巩固率95%", "已超过95%")]
    ['>=', 'about', '=', '>']
    """
    if rule_behind := next((candidate for candidate in AFTER if candidate.pattern.match(text, stop)), None):
        return rule_behind.name
    if more:
        return ">"
    if lead := _LEAD.search(text[max(0, start - _NEAR) : start]):
        return next(sign for place, sign in enumerate(_SIGNS) if lead[f"c{place}"])
    before = text[max(0, start - _FAR) : start]
    apart: Rule | None = next((candidate for candidate in APART if candidate.pattern.search(before)), None)
    return apart.name if apart else "="


def has_comparator_behind(text: str, stop: int) -> bool:
    """Whether a comparator follows a number."""
    return any(candidate.pattern.match(text, stop) for candidate in AFTER)
