"""Paragraphs and grids as a document's text, with the place of every passage and cell in it."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from plan_monitor.reading import passages
from plan_monitor.reading.passages import Cell, Passage, Table
from plan_monitor.reading.source.blocks import Block, Grid, Paragraph, Remark
from plan_monitor.reading.source.shape import parts_of_grid, repeated_labels

_BREAKS = str.maketrans(dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n") | {"\x00": None})


class Source(NamedTuple):
    """A document as it was read.

    text : a line for each paragraph and each row of a table, cells divided by TAB; plain text as in the file.
    parts : its passages and tables, with places in ``text``.
    remarks : what could not be read, and what was recognised from pictures.
    """

    text: str
    parts: list[Passage | Table]
    remarks: tuple[Remark, ...] = ()


class _Writer:
    """Collects the text, its parts and the headings above."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.length = 0
        self.parts: list[Passage | Table] = []
        self.path: list[tuple[int, str]] = []
        self.recent: list[str] = []

    def names(self) -> tuple[str, ...]:
        return tuple(name for _, name in self.path)

    def line(self, text: str) -> int:
        """Add a line; returns the place of its first character."""
        start = self.length
        self.lines.append(text)
        self.length += len(text) + 1
        return start

    def paragraph(self, text: str, level: int | None) -> None:
        start = self.line(text)
        passage = passages.folded([(start, text)])
        if not passage[0]:
            return
        level = passages.level_of(passage[0]) if level is None else level
        self.parts.append(Passage(*passage, level, self.names_above(level, passage[0])))
        self.recent.append(passage[0])

    def names_above(self, level: int, name: str) -> tuple[str, ...]:
        """The headings above a passage; one with a level is itself added to them for what follows."""
        above = passages.headings_above(self.path, level)
        self.path = [*above, (level, name)] if level else self.path
        return tuple(other for _, other in above)

    def table(self, grid: Grid) -> None:
        rows = []
        for row in grid.rows:
            start, cells = self.length, []
            for text in row:
                cells.append(Cell(text, start))
                start += len(text) + 1
            self.line("\t".join(row))
            rows.append(cells)
        for row, column, origin in repeated_labels(grid):
            rows[row][column] = rows[origin][column]
        self.parts.append(Table(rows, tuple(self.recent[-3:]), self.names()))
        self.recent = []


def compose(blocks: Iterable[Block], remarks: Iterable[Remark] = ()) -> Source:
    """A document's text and parts, from its blocks in order."""
    writer = _Writer()
    for block in _titled(list(_tabular(blocks))):
        for part in [block] if isinstance(block, Paragraph) else parts_of_grid(block):
            if isinstance(part, Grid):
                writer.table(part)
            else:
                for text in _passages(part):
                    writer.paragraph(text, part.level)
    return Source("".join(f"{line}\n" for line in writer.lines), writer.parts, tuple(remarks))


def _passages(paragraph: Paragraph) -> Iterator[str]:
    """The texts of a paragraph: a line break separates two, unless a sentence continues."""
    group: list[tuple[int, str]] = []
    for line in paragraph.text.translate(_BREAKS).replace("\t", " ").split("\n"):
        if not line.strip():
            continue
        if group and not paragraph.unbroken and not passages.continues(group, line):
            yield " ".join(text for _, text in group)
            group = []
        group.append((0, line.rstrip()))
    if group:
        yield " ".join(text for _, text in group)


def _titled(blocks: list[Block]) -> list[Block]:
    """Blocks with the title, the only heading of the highest level, as a paragraph: it heads no part."""
    headings = [at for at, block in enumerate(blocks) if isinstance(block, Paragraph) and block.level]
    if headings and [blocks[at].level for at in headings].count(1) == 1:
        first = blocks[headings[0]]
        if first.level == 1 and not passages.level_of(first.text.strip()):
            blocks[headings[0]] = first._replace(level=0)
    return blocks


def _tabular(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks, with consecutive paragraphs that TABs divide into cells made into a table."""
    for tabbed, group in groupby(blocks, _tabbed):
        run = list(group)
        if not tabbed or len(run) < 2:
            yield from run
            continue
        rows = [block.text.strip("\n ").split("\t") for block in run]
        width = max(map(len, rows))
        yield Grid([row + [""] * (width - len(row)) for row in rows])


def _tabbed(block: Block) -> bool:
    if not isinstance(block, Paragraph) or block.level or "\n" in block.text.strip():
        return False
    return "\t" in block.text.strip() and len([cell for cell in block.text.split("\t") if cell.strip()]) > 1
