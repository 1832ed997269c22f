"""How far a figure has come from where it began to where it is to be: a small bar beside the figures."""

from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from reportkit import words
from reportkit.language import tr

_WIDTH, _HEIGHT, _EDGE, _DOT = 64, 10, 4, 2.5  # pixels
_INK, _TRACK = "#4a525b", "#b9bfc6"


class Way(NamedTuple):
    """Base, latest figure and target of one row, in one unit; NaN where there is none.

    The bar is a line from `lower` to `upper`, where all of them lie between the two, else to the smallest or
    largest of them. With neither base nor latest figure there is nothing to show.
    """

    base: float
    now: float
    target: float
    lower: float = 0.0
    upper: float = float("nan")
    unit: str = ""  # as ``words.figure`` takes it

    def __bool__(self) -> bool:
        """Whether there is a way to show: a target, and something before it."""
        return pd.notna(self.target) and (pd.notna(self.base) or pd.notna(self.now))

    @property
    def text(self) -> str:
        """What the bar shows, in words."""
        parts = (
            (tr("基期", "base"), self.base),
            (tr("最新", "latest"), self.now),
            (tr("目标", "target"), self.target),
        )
        told = (f"{name} {words.figure(value, self.unit)}" for name, value in parts if pd.notna(value))
        return tr("，", ", ").join(told)

    def places(self) -> tuple[float | None, float | None, float]:
        """Where base, latest figure and target stand on the line, from 0 to 1."""
        known = [value for value in self[:3] if pd.notna(value)]
        low = min(self.lower, *known)
        high = max([*known, *[self.upper] * pd.notna(self.upper)])
        length = (high - low) or 1.0
        return tuple(None if pd.isna(value) else (value - low) / length for value in self[:3])


def legend() -> str:
    """What the marks of the bars are."""
    zh = "○ 基期　● 最新　┃ 目标；横线从 0 到 100 % 或该行的最大值"
    return tr(zh, "○ base  ● latest  ┃ target; each line from 0 to 100 % or to the row's largest figure")


def svg(way: Way) -> Markup:
    """The bar as a picture for a page."""
    base, now, target = (
        None if place is None else round(_EDGE + place * (_WIDTH - 2 * _EDGE), 1) for place in way.places()
    )
    shapes = [f'<path stroke="{_TRACK}" d="M{_EDGE} 5H{_WIDTH - _EDGE}"/>']
    if base is not None and now is not None:
        shapes.append(f'<path stroke-width="2" d="M{base:g} 5H{now:g}"/>')
    shapes.append(f'<path stroke-width="2.5" d="M{target:g} 0v10"/>')
    if base is not None:
        shapes.append(f'<circle cx="{base:g}" cy="5" r="{_DOT}"/>')
    if now is not None:
        shapes.append(f'<circle cx="{now:g}" cy="5" r="{_DOT}" fill="{_INK}"/>')
    looks = f'class="way" width="{_WIDTH}" height="{_HEIGHT}" stroke="{_INK}" fill="#fff" role="img"'
    head = Markup(f'<svg {looks} aria-label="{{}}">').format(way.text)
    return head + Markup("".join(shapes)) + Markup("</svg>")
