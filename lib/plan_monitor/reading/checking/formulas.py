"""Arithmetic over drafted figures: an expression in the checks' language, and a number with its range."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from plan_monitor.methods.ranges import COUNTED, Side, verdict
from reportkit import measures

_SHARES = {"%", "‰", "百分点", "个百分点", "倍", "位", "岁", "年", "成"}
_NOT_SUMMED = re.compile(
    r"率|人均|平均|户均|生均|均[^衡]|占|比重|比例|增长|增速|增幅|指数|系数|以上|密度|排[名位]"
)


class Figure(NamedTuple):
    """A drafted figure: its number in the draft, its row's name in an expression (``ref``), its fields."""

    number: int
    ref: str
    value: float
    text: str
    unit: str
    kind: str
    name: str
    indicator: str
    region: str
    period: str
    comparator: str
    role: str
    start: int
    under: int | None
    document: str
    quote: str
    locator: str
    falls: bool = False

    @property
    def year(self) -> int | None:
        """The last year of its period."""
        years = re.findall(r"(?:19|20)\d\d", self.period)
        return int(years[-1]) if years else None

    @property
    def scale(self) -> tuple[float, str]:
        """The multiplier in its unit, and the rest of the unit: (10000, 人) of 万人."""
        power, thing = measures.scale(self.unit)
        return 10.0**power, thing

    @property
    def summed(self) -> bool:
        """Whether figures of its kind can be added up."""
        plain = self.kind == "level" and self.unit not in _SHARES and "/" not in self.unit
        return plain and not _NOT_SUMMED.search(self.name)

    @property
    def half(self) -> float:
        """Half a unit of its last printed digit; 0 for a count of single things."""
        if self.unit in COUNTED:
            return 0.0
        return 10.0 ** -len(self.text.partition(".")[2]) / 2


class Formula(NamedTuple):
    """Arithmetic over figures: ``text`` with ``{0}`` for the first, and the function that computes it."""

    text: str
    compute: Callable[..., float]
    figures: tuple[Figure, ...]

    @property
    def expression(self) -> str:
        """The formula in the language of the checks."""
        return self.text.format(*(f"[{figure.ref}]" for figure in self.figures))

    @property
    def shown(self) -> str:
        """The formula with the printed figures in place of the rows, and years in place of periods."""
        printed = [f"{figure.text} {figure.unit}".strip() for figure in self.figures]
        return _years(self.text, self.figures).format(*printed).replace(" * ", " × ").replace(" / ", " ÷ ")

    @property
    def side(self) -> Side:
        """Its value and range: the sum of how far each figure's rounding can move it, as in the audit."""
        values = [figure.value for figure in self.figures]
        exact, below, above = self.compute(*values), 0.0, 0.0
        for place, figure in enumerate(self.figures):
            for step in (-figure.half, figure.half):
                deviation = self.compute(*values[:place], values[place] + step, *values[place + 1 :]) - exact
                below, above = below + min(deviation, 0.0), above + max(deviation, 0.0)
        return Side(exact, exact + below, exact + above)


class Check(NamedTuple):
    """A check from a draft: its rule and kind, what is computed and what the document states."""

    rule: str
    kind: str
    computed: Formula
    relation: str
    stated: Formula

    @property
    def verdict(self) -> str:
        """As the audit has it: holds, rounding, contradicts."""
        return verdict(self.computed.side, self.relation, self.stated.side)

    @property
    def distance(self) -> float:
        """The difference of the two sides, as a share of the stated one."""
        stated = self.stated.side.value
        return abs(self.computed.side.value - stated) / abs(stated) if stated else float("inf")

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures of both sides."""
        return self.computed.figures + self.stated.figures


def _years(text: str, figures: Sequence[Figure]) -> str:
    text = re.sub(r"end\(\{(\d)\}\)", lambda match: str(figures[int(match[1])].year), text)
    return re.sub(r"years\(\{\d\}\)", "年数", text)


def single(figure: Figure, scale: float = 1.0) -> Formula:
    """A figure as it is, or in a smaller unit."""
    text = "{0}" if scale == 1 else f"{{0}} * {scale:.0f}"
    return Formula(text, lambda value: value * scale, (figure,))


def total(figures: Sequence[Figure]) -> Formula:
    """The sum of figures."""
    text = " + ".join(f"{{{place}}}" for place in range(len(figures)))
    return Formula(text, lambda *values: sum(values), tuple(figures))


def difference(later: Figure, earlier: Figure) -> Formula:
    """The difference between two figures."""
    return Formula("{0} - {1}", lambda one, other: one - other, (later, earlier))


def added(figure: Figure, addition: Figure) -> Formula:
    """The sum of two figures."""
    return Formula("{0} + {1}", lambda one, other: one + other, (figure, addition))


def percent(part: Figure, whole: Figure) -> Formula:
    """A figure as a share of another in %; 万人 and 人 are brought to one unit."""
    scale = part.scale[0] / whole.scale[0]
    if scale == 1:
        return Formula("{0} / {1} * 100", lambda one, other: one / other * 100, (part, whole))
    text = f"{{0}} * {scale:.0f} / {{1}} * 100" if scale > 1 else f"{{0}} / {1 / scale:.0f} / {{1}} * 100"
    return Formula(text, lambda one, other: one * scale / other * 100, (part, whole))


def growth(later: Figure, earlier: Figure) -> Formula:
    """The growth from one figure to another in %."""
    return Formula("({0} / {1} - 1) * 100", lambda one, other: (one / other - 1) * 100, (later, earlier))


def growth_from(change: Figure, later: Figure) -> Formula:
    """The growth (or fall) in %: a change divided by the level before it."""
    sign, text = (1, "+") if change.falls else (-1, "-")
    return Formula(
        f"{{0}} / ({{1}} {text} {{0}}) * 100", lambda d, one: d / (one + sign * d) * 100, (change, later)
    )


def yearly(figure: Figure, over: Figure) -> Formula:
    """An annual figure times the years of another figure's period, in the unit of that figure."""
    first, last = (int(year) for year in re.findall(r"\d{4}", over.period))
    scale, years = figure.scale[0] / over.scale[0], last - first + 1
    text = "{0} * years({1})" + (f" / {1 / scale:.0f}" if scale < 1 else "")
    return Formula(text, lambda one, _: one * years * scale, (figure, over))


def annual(later: Figure, earlier: Figure) -> Formula:
    """The average annual growth in %."""
    years = later.year - earlier.year
    text = "(({0} / {1}) ** (1 / (end({0}) - end({1}))) - 1) * 100"
    return Formula(text, lambda one, other: ((one / other) ** (1 / years) - 1) * 100, (later, earlier))


def least_step(figures: Sequence[Figure]) -> Formula:
    """The smallest step from each of three or more figures to the next; below 0 where one falls."""
    steps = ", ".join(f"{{{place + 1}}} - {{{place}}}" for place in range(len(figures) - 1))

    def compute(*values: float) -> float:
        return min(later - earlier for earlier, later in pairwise(values))

    return Formula(f"min({steps})", compute, tuple(figures))


def number(value: int) -> Formula:
    """A constant."""
    return Formula(str(value), lambda: float(value), ())
