"""Whether a figure is a target, an observation, an investment or something else.

Figures of a plan are targets, unless heading, time or words look back; figures of a bulletin are
observations, unless time and words look ahead.
"""

import re
from typing import NamedTuple

from plan_monitor.reading.frame import Frame
from plan_monitor.reading.phrases import last_clause
from plan_monitor.reading.rules import any_of, rule
from plan_monitor.reading.vocabulary import words

BACK = rule(
    "heading that looks back",
    any_of(words("looks back")),
    "一、发展⟦基础⟧",
)
AHEAD = rule(
    "heading that looks ahead",
    any_of(words("looks ahead")),
    "二、主要⟦目标⟧",
)
AIMS = rule(
    "words that aim",
    r"(?<!全面)(?:预期|计划)(?!生育|单列|经济)|拟(?=[建新安投])|要(?=[达实完在建])|应(?=[达不当])|将(?=[达建新投实])|"
    + any_of("力争 争取 确保 目标 不低于 不少于 不得 必须 原则上"),
    "⟦力争⟧新建12所",
)
DONE = rule(
    "words that look back",
    r"累计(?:投入|完成|建成|培训|建设)|了(?=\d)|" + any_of(words("done")),
    "⟦已⟧建成12所",
)
FUNDS = rule(
    "money for something",
    r"投资(?:金额|估算|概算|规模|[约共]?$)|(?:规划|计划|估算|概算|匡算|预算)投资|"
    + any_of("投入 总投资 资金 配套 补助 奖补 补贴 奖励 经费 拨款 贷款 融资 债券 捐赠 捐款"),
    "安排⟦资金⟧",
)
FLOWS = rule(
    "money that is an indicator",
    any_of(
        "固定资产投资 产业投资 工业投资 民间投资 地方投资 完成投资"
        " 投资额 投资完成额 开发投资 存款 贷款余额 收入"
    ),
    "全年⟦固定资产投资⟧",
)
STANDARD = rule("threshold", r"^(?:及|或)?(?:以上|以下|以内)的?[一-鿿]", "⟦以上的企⟧业")
RULES = [BACK, AHEAD, AIMS, DONE, FUNDS, FLOWS, STANDARD]
_MONEY = re.compile(r"元(?:/|$)")


class Statement(NamedTuple):
    """What a text says around a figure: its sentence before and behind it, the headings above, its period.

    ``dated`` tells whether the text states the period.
    """

    before: str
    after: str
    path: tuple[str, ...]
    period: str
    dated: bool
    unit: str


def role(statement: Statement, frame: Frame) -> str:
    """The role of a figure: "target", "observation", "investment" or "other"."""
    clause = last_clause(statement.before, "，,。；;：:")
    if STANDARD.pattern.match(statement.after) and statement.unit != "%":
        return "other"
    if _MONEY.search(statement.unit) and FUNDS.pattern.search(clause) and not FLOWS.pattern.search(clause):
        return "investment"
    last_year, year = _last_year(statement.period), frame.clock.year
    ahead = (
        last_year > year
        if statement.dated and last_year and year
        else is_target(statement.before, statement.path, frame)
    )
    return "target" if ahead else "observation"


def _last_year(period: str) -> int | None:
    year = re.search(r"\d{4}$", period) or re.match(r"\d{4}", period)
    return int(year[0]) if year else None


def is_target(before: str, path: tuple[str, ...], frame: Frame) -> bool:
    """Whether a figure without a date is a target, by the headings above and the words before it."""
    aims, done = bool(AIMS.pattern.search(before)), bool(DONE.pattern.search(before))
    back = looks_back(path)
    if frame.kind == "bulletin":
        return aims and not done and ("目标" in before or back is False)
    if back:
        return False
    if frame.kind == "report":
        return back is False
    return aims or not done


def looks_back(path: tuple[str, ...]) -> bool | None:
    """Whether the nearest heading that looks back or ahead looks back; None where no heading does either.

    >>> looks_back(("一、发展基础", "（一）办学条件")), looks_back(("二、目标",)), looks_back(("（一）教师",))
    (True, False, None)
    """
    for name in reversed(path):
        if BACK.pattern.search(name):
            return True
        if AHEAD.pattern.search(name):
            return False
    return None
