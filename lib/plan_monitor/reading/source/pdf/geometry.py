"""What lies where on a page. Lengths are points; y grows downwards from the page's top."""

from statistics import median
from typing import NamedTuple

from plan_monitor.reading.source.blocks import raised

_RAISED = 0.75  # of a line's size, below which characters are raised
_UP = 0.15  # of the size, by which they stand higher
_GAP = 0.3  # of the size, between words of letters or figures
_WIDER = 0.6  # the same where Chinese characters stand on a side, which lines stretch


class Char(NamedTuple):
    """A character and its box."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float


class Box(NamedTuple):
    """A rectangle."""

    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def holds(self, char: Char) -> bool:
        """Whether a character stands in it."""
        across, down = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
        return self.x0 <= across <= self.x1 and self.top <= down <= self.bottom


class Rule(NamedTuple):
    """A ruling line: where it lies across its way, and from where to where it goes."""

    at: float
    start: float
    end: float


class Fragment(NamedTuple):
    """Characters on one line that no wide gap divides."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def union(boxes: list) -> Box:
    """The rectangle around some."""
    return Box(
        min(box.x0 for box in boxes),
        max(box.x1 for box in boxes),
        min(box.top for box in boxes),
        max(box.bottom for box in boxes),
    )


def overlap(a, b) -> float:
    """How much of the lower of two boxes stands beside the other, as a share."""
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared / max(min(a.bottom - a.top, b.bottom - b.top), 0.1)


def fragment(chars: list[Char]) -> Fragment:
    """Characters of a line, from left to right, as one text; what is raised is written so."""
    size = median(char.bottom - char.top for char in chars if char.text.strip())
    box = union([char for char in chars if char.text.strip()])
    base = median(char.bottom for char in chars if char.bottom - char.top > _RAISED * size)
    parts: list[str] = []
    up = ""
    last: Char | None = None
    for char in chars:
        high = char.bottom - char.top < _RAISED * size and base - char.bottom > _UP * size
        if up and not high:
            parts.append(raised(up))
            up = ""
        if last is not None and char.text.strip() and last.text.strip() and _parted(last, char, size):
            parts.append(" ")
        if high:
            up += char.text
        else:
            parts.append(char.text)
        last = char
    parts.append(raised(up) if up else "")
    return Fragment("".join(parts).strip(), *box, size)


def _parted(last: Char, char: Char, size: float) -> bool:
    """Whether a gap between characters is a blank."""
    letters = last.text.isascii() and char.text.isascii()
    return char.x0 - last.x1 > (_GAP if letters else _WIDER) * size
