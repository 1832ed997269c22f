"""How far a figure has come from its base towards its target: a small bar beside the figures."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from reportkit import words
from reportkit.language import tr

WIDTH, HEIGHT = 72, 10  # pixels
EDGE, _DOT = 4, 2.5
INK, TRACK, LEFT = "#3d444c", "#c4c9cf", "#c9807b"  # marks and the part covered; the line; the part left


class Way(NamedTuple):
    """Base, latest figure and target of one row, in one unit; NaN where there is none.

    The bar is a line from `lower` to `upper`, extended to the smallest or largest of the figures if these lie
    outside. With neither base nor latest figure there is nothing to show.
    """

    base: float
    now: float
    target: float
    lower: float = 0.0
    upper: float = float("nan")
    unit: str = ""  # as ``words.figure`` takes it

    def __bool__(self) -> bool:
        """Whether there is a bar to show: a target, and a base or latest figure."""
        return pd.notna(self.target) and (pd.notna(self.base) or pd.notna(self.now))

    @property
    def text(self) -> str:
        """What the bar shows, in words."""
        parts = (
            (tr("基期", "base"), self.base),
            (tr("最新", "latest"), self.now),
            (tr("目标", "target"), self.target),
        )
        phrases = [
            f"{name} {words.figure(value, self.unit, limits=[self.target])}"
            for name, value in parts
            if pd.notna(value)
        ]
        return tr("，", ", ").join(phrases)

    def places(self) -> tuple[float | None, ...]:
        """Positions of base, latest figure and target on the line, from 0 to 1; None for a missing one."""
        values = [value for value in self[:3] if pd.notna(value)]
        low = min(self.lower, *values)
        high = max([*values, *[self.upper] * pd.notna(self.upper)])
        length = (high - low) or 1.0
        return tuple(None if pd.isna(value) else (value - low) / length for value in self[:3])


def legend(ways: Iterable[Way | None]) -> str:
    """The legend of the marks on some bars; empty where there is no bar."""
    ways = [way for way in ways if way]
    if not ways:
        return ""
    marks = [tr("○ 基期", "○ base")] * any(pd.notna(way.base) for way in ways)
    marks += [tr("● 最新", "● latest")] * any(pd.notna(way.now) for way in ways)
    zh = f"{'　'.join(marks)}　┃ 目标；横线从 0 到 100 %，或到该行最大的数"
    en = f"{', '.join(marks)}, ┃ target; each line runs from 0 to 100 %, or to the row's largest figure"
    return tr(zh, en)


def svg(way: Way) -> Markup:
    """The bar as a picture for a page."""
    base, now, target = (
        None if place is None else round(EDGE + place * (WIDTH - 2 * EDGE), 1) for place in way.places()
    )
    shapes = [f'<path stroke="{TRACK}" d="M{EDGE} 5H{WIDTH - EDGE}"/>']
    shapes.append(f'<path stroke="{LEFT}" stroke-width="2" d="M{now or base:g} 5H{target:g}"/>')
    if base is not None and now is not None:
        shapes.append(f'<path stroke-width="2" d="M{base:g} 5H{now:g}"/>')
    shapes.append(f'<path stroke-width="2.5" d="M{target:g} 0v10"/>')
    if base is not None:
        shapes.append(f'<circle cx="{base:g}" cy="5" r="{_DOT}"/>')
    if now is not None:
        shapes.append(f'<circle cx="{now:g}" cy="5" r="{_DOT}" fill="{INK}"/>')
    attributes = f'class="way" width="{WIDTH}" height="{HEIGHT}" stroke="{INK}" fill="#fff" role="img"'
    head = Markup(f'<svg {attributes} aria-label="{{}}">').format(way.text)
    return head + Markup("".join(shapes)) + Markup("</svg>")
