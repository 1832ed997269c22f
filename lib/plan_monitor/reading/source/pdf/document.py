"""A PDF document's paragraphs and tables, in reading order."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

from plan_monitor.reading.source.blocks import Block, Paragraph, Remark
from plan_monitor.reading.source.pdf import aligned, file, margins, ruled, striped, tables
from plan_monitor.reading.source.pdf.flow import Zone, zones
from plan_monitor.reading.source.pdf.geometry import Fragment, Rule, union
from plan_monitor.reading.source.pdf.lines import fragments, rows_of
from plan_monitor.reading.source.pdf.pages import Page
from plan_monitor.reading.source.pdf.paragraphs import Builder, Line
from plan_monitor.reading.source.pdf.tables import Part

_NOTE_SIZE = 0.88  # of the usual size, up to which lines at the end of a page are notes
_NOTE_FROM = 0.55  # of the page's height
_WIDE = 0.6  # of the width of most text, from which a column is one of that text
_FEW = 4  # lines that do not tell how wide their column is


class _Layout(NamedTuple):
    """A page in parts: fragments of text outside of tables, and the tables."""

    parts: list[Fragment]
    tables: list[Part]
    rules: list[Rule]
    height: float


def blocks(path: Path, ocr: bool = False) -> tuple[list[Block], list[Remark]]:
    """Paragraphs and tables of a document, and what was recognised from pictures.

    Raises
    ------
    Unreadable
        Where it is broken or has a password, or where pages hold no text, or text without a known encoding.
    """
    pages, remarks = file.read(path, ocr)
    layouts = [_layout(page) for page in pages]
    remaining = margins.without_margins(
        [layout.parts for layout in layouts], [layout.height for layout in layouts]
    )
    layouts = [layout._replace(parts=parts) for layout, parts in zip(layouts, remaining, strict=True)]
    return list(_Reader(layouts).read()), remarks


def _layout(page: Page) -> _Layout:
    chars = page.chars
    framed_tables = []
    for table in ruled.tables(page.horizontal, page.vertical):
        inner_chars = [char for char in chars if table.box.contains(char)]
        if not any(char.text.strip() for char in inner_chars):
            continue
        chars = [char for char in chars if not table.box.contains(char)]
        framed_tables.append(Part(table.box, ruled.grid(table, inner_chars)))
    rules = ruled.merge_rules(page.horizontal)
    striped_tables, parts = striped.split_tables(fragments(chars), rules)
    return _Layout(parts, [*framed_tables, *striped_tables], rules, page.height)


class _Reader:
    """Reads pages one after the other; joins paragraphs and tables over the end of a page."""

    def __init__(self, layouts: list[_Layout]) -> None:
        self.layouts = layouts
        parts = [part for layout in layouts for part in layout.parts]
        sizes: Counter[float] = Counter()
        for part in parts:
            sizes[round(part.size * 2) / 2] += len(part.text)
        self.usual = max(sizes, key=sizes.__getitem__, default=10.0)
        self.columns = zones([[*layout.parts, *layout.tables] for layout in layouts])
        self.gap = _usual_gap([zone for page in self.columns for zone in page], self.usual)
        self.left, self.right = _sides([part for part in parts if abs(part.size - self.usual) < 1])
        self.table: Part | None = None  # the last thing read, as long as nothing follows it
        self.recent: list[str] = []  # the texts above it
        self.continuation_signs: list[Paragraph] = []  # such as 续表, dropped if the table does continue

    def read(self) -> Iterator[Block]:
        builder = Builder(self.usual, self.gap)
        notes: list[Block] = []
        for layout, page in zip(self.layouts, self.columns, strict=True):
            page_notes: list[Line] = []
            for zone in page:
                for item in self._items(zone, layout, page_notes):
                    if isinstance(item, Part):
                        for paragraph in builder.end():
                            yield from self._text(paragraph)
                        yield from self._table(item)
                        if self.table is item:  # else notes stand behind all of it
                            yield from notes
                            notes = []
                        continue
                    paragraphs = list(builder.add(item))
                    for paragraph in paragraphs:
                        yield from self._text(paragraph)
                    if paragraphs:
                        yield from notes
                        notes = []
            notes += self._notes(page_notes)
        for paragraph in builder.end():
            yield from self._text(paragraph)
        yield from self._finish_table()
        yield from notes

    def _text(self, paragraph: Paragraph) -> Iterator[Block]:
        """A paragraph, behind the table that it ends; a mere sign that the table continues is held back."""
        if self.table and (tables.CONTINUED.fullmatch(paragraph.text) or paragraph.text in self.recent):
            self.continuation_signs.append(paragraph)
            return
        yield from self._finish_table()
        self.recent = [*self.recent[-2:], paragraph.text]
        yield paragraph

    def _table(self, part: Part) -> Iterator[Block]:
        if self.table and tables.continues(self.table, part) and part.box.top < self.table.box.bottom:
            self.table, self.continuation_signs = tables.join_parts(self.table, part), []
            return
        yield from self._finish_table()
        self.table = part

    def _finish_table(self) -> Iterator[Block]:
        if self.table:
            yield self.table.grid
            yield from self.continuation_signs
            self.table, self.recent, self.continuation_signs = None, [], []

    def _items(self, zone: Zone, layout: _Layout, notes: list[Line]) -> Iterator[Line | Part]:
        """Lines and tables of a column from the top down."""
        left, right = self._frame(zone)
        first = True
        for item in sorted(self._with_tables(zone, layout), key=_top):
            if isinstance(item, Part):
                first = False
                yield item
                continue
            line = _line(item, left, right, first)
            if (
                line.size < _NOTE_SIZE * self.usual
                and line.top > _NOTE_FROM * layout.height
                and not self._body_below(line, zone)
            ):
                notes.append(line)
                continue
            first = False
            yield line

    def _frame(self, zone: Zone) -> tuple[float, float]:
        """The sides of a column; for a column as wide as most text, the sides of most text."""
        usual = [
            part for part in zone.items if isinstance(part, Fragment) and abs(part.size - self.usual) < 1
        ]
        left = min((part.x0 for part in usual), default=zone.left)
        right = max((part.x1 for part in usual), default=zone.right)
        if right - left > _WIDE * (self.right - self.left) or len(usual) < _FEW:
            return min(self.left, left), max(self.right, right)
        return left, right

    def _body_below(self, line: Line, zone: Zone) -> bool:
        """Whether text of the usual size, or a table, follows in the column."""
        return any(
            (isinstance(item, Part) or item.size >= _NOTE_SIZE * self.usual) and _top(item) > line.top
            for item in zone.items
        )

    def _with_tables(self, zone: Zone, layout: _Layout) -> Iterator[Part | list[Fragment]]:
        drawn_tables = [item for item in zone.items if isinstance(item, Part)]
        yield from drawn_tables
        run: list[list[Fragment]] = []
        for row in rows_of([item for item in zone.items if isinstance(item, Fragment)]):
            if run and any(_top(run[-1]) < _top(table) < _top(row) for table in drawn_tables):
                yield from _aligned(run, layout.rules)
                run = []
            run.append(row)
        yield from _aligned(run, layout.rules)

    def _notes(self, lines: list[Line]) -> list[Block]:
        builder = Builder(self.usual * _NOTE_SIZE, self.gap)
        blocks: list[Block] = []
        for line in lines:
            blocks += builder.add(line)
        return [*blocks, *builder.end()]


def _usual_gap(columns: list[Zone], usual: float) -> float:
    """The median gap between lines of the usual size."""
    gaps = []
    for zone in columns:
        parts = [part for part in zone.items if isinstance(part, Fragment) and abs(part.size - usual) < 1]
        gaps += [union(lower).top - union(upper).bottom for upper, lower in pairwise(rows_of(parts))]
    return max(median(gaps), 0.0) if gaps else 0.0


def _aligned(rows: list[list[Fragment]], rules: list[Rule]) -> Iterator[Part | list[Fragment]]:
    for item in aligned.group_tables(rows, rules):
        yield Part(*item) if isinstance(item, aligned.Aligned) else item


def _top(item: Part | Fragment | list[Fragment]) -> float:
    return item.box.top if isinstance(item, Part) else item.top if isinstance(item, Fragment) else item[0].top


def _line(row: list[Fragment], left: float, right: float, first: bool) -> Line:
    text = " ".join(part.text for part in row)
    longest = max(row, key=lambda part: len(part.text))
    return Line(text, row[0].x0, row[-1].x1, longest.top, longest.bottom, longest.size, left, right, first)


def _sides(parts: list[Fragment]) -> tuple[float, float]:
    """The left and right side of the text, ignoring the outermost twentieth of lines."""
    if not parts:
        return 0.0, 0.0
    starts, ends = sorted(part.x0 for part in parts), sorted(part.x1 for part in parts)
    return starts[len(starts) // 20], ends[-1 - len(ends) // 20]
