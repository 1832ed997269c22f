"""Positions on a page. Lengths are in points; y grows downwards from the page's top."""

from statistics import median
from typing import NamedTuple

from plan_monitor.reading.source.blocks import superscript

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

    def contains(self, char: Char) -> bool:
        """Whether the middle of a character lies in the box."""
        across, down = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
        return self.x0 <= across <= self.x1 and self.top <= down <= self.bottom


class Rule(NamedTuple):
    """A ruling line: its position (`at`), and where it starts and ends."""

    at: float
    start: float
    end: float


class Fragment(NamedTuple):
    """Characters on one line without a wide gap between them."""

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
    """The rectangle around some boxes."""
    return Box(
        min(box.x0 for box in boxes),
        max(box.x1 for box in boxes),
        min(box.top for box in boxes),
        max(box.bottom for box in boxes),
    )


def overlap(a, b) -> float:
    """The vertical overlap of two boxes, as a share of the height of the lower one."""
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared / max(min(a.bottom - a.top, b.bottom - b.top), 0.1)


def fragment(chars: list[Char]) -> Fragment:
    """Characters of a line, from left to right, as one text; raised ones as superscript."""
    size = median(char.bottom - char.top for char in chars if char.text.strip())
    box = union([char for char in chars if char.text.strip()])
    base = median(char.bottom for char in chars if char.bottom - char.top > _RAISED * size)
    parts: list[str] = []
    raised_text = ""
    previous: Char | None = None
    for char in chars:
        is_raised = char.bottom - char.top < _RAISED * size and base - char.bottom > _UP * size
        if raised_text and not is_raised:
            parts.append(superscript(raised_text))
            raised_text = ""
        if (
            previous is not None
            and char.text.strip()
            and previous.text.strip()
            and _is_blank_between(previous, char, size)
        ):
            parts.append(" ")
        if is_raised:
            raised_text += char.text
        else:
            parts.append(char.text)
        previous = char
    parts.append(superscript(raised_text) if raised_text else "")
    return Fragment("".join(parts).strip(), *box, size)


def _is_blank_between(previous: Char, char: Char, size: float) -> bool:
    """Whether a gap between characters is a blank."""
    letters = previous.text.isascii() and char.text.isascii()
    return char.x0 - previous.x1 > (_GAP if letters else _WIDER) * size
