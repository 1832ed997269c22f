"""Paragraphs from lines, joined over the ends of columns and pages."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from plan_monitor.reading import passages
from plan_monitor.reading.source.blocks import Paragraph
from plan_monitor.reading.source.pdf.lines import join_lines

_SIZES = 0.12  # share by which sizes of one paragraph differ at most
_INDENT = 1.2  # of the size, from which a line begins a paragraph
_ROOM = 0.6  # of the size, beyond what the next word needs, that a full line leaves
_LEAD = 1.6  # of the usual gap between lines, from which one divides paragraphs
_TITLE = 1.15  # of the usual size, from which centred lines below each other are one title
_SAME = 0.5  # of the size, by which lines that begin alike differ
_CONTENTS = re.compile(r".*?(?:[.．·・…‥]\s*){4,}[-—\s]*\d{1,4}[-—\s]*")
_CONTENTS_HEAD = re.compile(r"目\s*[录次]|contents", re.I)
_ITEM = re.compile(r"[（(]?(\d{1,3})\s*[.．、)）](?!\d)")
_WORD = re.compile(r"[A-Za-z0-9.,%]+")


class Line(NamedTuple):
    """A line of a column, whose sides are `left` and `right`; `first` where the column begins with it."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    left: float
    right: float
    first: bool


class Builder:
    """Joins lines as they come; `usual` is the size of most characters, `gap` that between lines."""

    def __init__(self, usual: float, gap: float) -> None:
        self.usual = usual
        self.gap = gap
        self.lines: list[Line] = []

    def add(self, line: Line) -> Iterator[Paragraph]:
        """Add a line; yields the paragraph before it if the line begins another."""
        if _CONTENTS.fullmatch(line.text):
            if self.lines and _CONTENTS_HEAD.fullmatch(self.text()):
                self.lines = []
            yield from self.end()
            return
        if self.lines and not self._continues(line):
            yield from self.end()
        self.lines.append(line)

    def end(self) -> Iterator[Paragraph]:
        if self.lines:
            yield Paragraph(self.text(), unbroken=True)
            self.lines = []

    def text(self) -> str:
        return join_lines([line.text for line in self.lines])

    def _continues(self, line: Line) -> bool:
        previous = self.lines[-1]
        if abs(previous.size - line.size) > _SIZES * self.usual:
            return False
        if not line.first and line.top - previous.bottom > max(_LEAD * self.gap, self.gap + 0.4 * line.size):
            return False
        if _centred(line) and (_centred(previous) or line.size > _TITLE * self.usual):
            return line.size > _TITLE * self.usual and (_centred(previous) or _full(previous, line))
        if not _full(previous, line) or _next_item(self.lines[0].text, line.text):
            return False
        if line.x0 - line.left > _INDENT * line.size:
            return self._hangs(line)
        return not (passages.STARTS.match(line.text) and passages.END.search(previous.text))

    def _hangs(self, line: Line) -> bool:
        """Whether an indented line continues a paragraph with a hanging indent."""
        previous = self.lines[-1]
        # the column may be the next one
        above, indent = previous.x0 - previous.left, line.x0 - line.left
        if len(self.lines) > 1:
            return abs(indent - above) <= _SAME * line.size
        return (
            above <= _SAME * previous.size
            and bool(passages.STARTS.match(previous.text))
            and indent - above < 4 * line.size
        )


def _centred(line: Line) -> bool:
    left_gap, right_gap = line.x0 - line.left, line.right - line.x1
    return min(left_gap, right_gap) > 1.5 * line.size and abs(left_gap - right_gap) < 1.5 * line.size


def _next_item(first: str, line: str) -> bool:
    """Whether a line begins with the number that follows that of a paragraph."""
    numbers = [match and int(match[1]) for match in map(_ITEM.match, (first, line))]
    return None not in numbers and numbers[1] == numbers[0] + 1


def _full(previous: Line, line: Line) -> bool:
    """Whether a line was too full for the first word of the next one."""
    word = _WORD.match(line.text)
    need = 0.55 * len(word[0]) if word else 1.0
    if re.match(r".[，。、；：！？）》”’%]", line.text):
        need += 1
    return previous.right - previous.x1 < (need + _ROOM) * line.size
