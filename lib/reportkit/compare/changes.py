"""What changed between two reports: figures, rows, columns, sentences; and what changed beneath each."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from reportkit.compare import matching
from reportkit.compare.told import Table, Text, Told
from reportkit.table import Cell

Ids = set[str]  # of stored rows
One = TypeVar("One", Table, Text)
_DECIMALS = re.compile(r"\.0+")
CORRECTED, NEW, GONE, DATE, METHOD = "corrected", "new", "gone", "date", "method"


class CellChange(NamedTuple):
    """A cell that shows something else, and what changed beneath it, as far as that is known."""

    heading: str
    column: int  # in the later table
    before: str
    after: str
    why: tuple[str, ...]


class RowChange(NamedTuple):
    """A row of which cells changed, or that is new (no `before`) or gone (no `after`): places in tables."""

    name: str
    before: int | None
    after: int | None
    cells: list[CellChange]
    why: tuple[str, ...] = ()  # of a row that is new or gone


class TableChange(NamedTuple):
    """A table that is new (no `before`), gone (no `after`) or changed."""

    before: Table | None
    after: Table | None
    number: int | None  # among the tables of the later report
    rows: list[RowChange]
    added: list[str]  # headings of columns
    dropped: list[str]

    @property
    def shown(self) -> Table:
        """The table as it is, or was."""
        shown = self.after or self.before
        assert shown, "one of the two is there"
        return shown

    @property
    def places(self) -> int:
        """Cells that changed, rows and columns that came or went; one of a table that did."""
        if not (self.before and self.after):
            return 1
        headed = self.before.title != self.after.title or self.before.same != self.after.same
        rows = sum(len(row.cells) or 1 for row in self.rows)
        return headed + rows + len(self.added) + len(self.dropped)


class TextChange(NamedTuple):
    """A sentence, or the text of a chart, that is new (no `before`), gone (no `after`) or changed."""

    before: Text | None
    after: Text | None

    @property
    def shown(self) -> Text:
        """The text as it is, or was."""
        shown = self.after or self.before
        assert shown, "one of the two is there"
        return shown


class Changes(NamedTuple):
    """All that differs between two reports."""

    before: Told
    after: Told
    tables: list[TableChange]
    texts: list[TextChange]
    corrected: list[tuple[str, str]]  # stored rows that say another figure: before, after
    added: list[str]  # stored rows that the earlier report did not show
    withdrawn: list[str]  # and those that the later one does not

    @property
    def places(self) -> int:
        """How many cells, rows, columns, sentences and charts differ."""
        return sum(table.places for table in self.tables) + len(self.texts)

    @property
    def any(self) -> bool:
        """Whether the reports, or the stored rows that they show, differ."""
        return bool(self.places or self.corrected or self.added or self.withdrawn)


def compare(before: Told, after: Told) -> Changes:
    """What a report tells otherwise than one before it.

    Tables that only list where figures stand are left out where the stored rows are known of both: what
    changed in them is told as such.
    """
    known = before.quotes and after.quotes
    tables = []
    for old, new in matching.tables(before.tables, after.tables):
        pair = _at(before.tables, old), _at(after.tables, new)
        if not (known and any(table and table.sources for table in pair)):
            tables.append(_changed(before, after, *pair, new))
    pairs = matching.texts(before.texts, after.texts)
    texts = [TextChange(_at(before.texts, old), _at(after.texts, new)) for old, new in pairs]
    texts = [one for one in texts if not (one.before and one.after and one.before.text == one.after.text)]
    both = before.quotes.keys() & after.quotes.keys()
    return Changes(
        *(before, after, [table for table in tables if table.places], texts),
        [(before.quotes[row], after.quotes[row]) for row in sorted(both) if _corrected(row, before, after)],
        [after.quotes[row] for row in sorted(after.quotes.keys() - both)] if known else [],
        [before.quotes[row] for row in sorted(before.quotes.keys() - both)] if known else [],
    )


def _at(told: Sequence[One], place: int | None) -> One | None:
    return None if place is None else told[place]


def _changed(
    before: Told, after: Told, old: Table | None, new: Table | None, number: int | None
) -> TableChange:
    """What differs in a table, which may be nothing; `number` is that of the later one."""
    if old is None or new is None:
        return TableChange(old, new, number, [], [], [])
    return _Beneath(before, after, old, new).change(number)


def _corrected(row: str, before: Told, after: Told) -> bool:
    return before.quotes[row] != after.quotes[row]


class _Beneath:
    """One table of two reports: what differs in it, and what changed beneath that."""

    def __init__(self, before: Told, after: Told, old: Table, new: Table):
        self.old, self.new, self._before, self._after = old, new, before, after
        self._rows = before.rows, after.rows
        self._both = before.quotes.keys() & after.quotes.keys()
        # whether any of the data changed, as far as the reports say
        self._data = before.quotes != after.quotes or before.rows != after.rows
        self._data = self._data or _differ(before.edition, after.edition)

    def change(self, number: int | None) -> TableChange:
        """The change, which may be none; `number` is that of the later table."""
        old, new = self.old, self.new
        columns = matching.columns(old.headings, new.headings)
        both = [(i, k) for i, k in columns if i is not None and k is not None]
        later = [new.headings[k] for i, k in columns if i is None and k is not None]
        earlier = [old.headings[i] for i, k in columns if k is None and i is not None]
        added = [heading for heading in later if heading not in old.same]
        dropped = [heading for heading in earlier if heading not in new.same]
        return TableChange(old, new, number, [*self._changed(both)], added, dropped)

    def _changed(self, columns: list[tuple[int, int]]) -> Iterator[RowChange]:
        shown = [[row[i] for i, _ in columns] for row in self.old.rows]
        later = [[row[k] for _, k in columns] for row in self.new.rows]
        for old, new in matching.rows(shown, later):
            was = [] if old is None else self.old.rows[old]
            now = [] if new is None else self.new.rows[new]
            name, beneath = (now or was)[0].text, (_ids(was), _ids(now))
            if old is None or new is None:
                yield RowChange(name, old, new, [], self._why(*beneath))
                continue
            cells = []
            for (_, k), one, other in zip(columns, shown[old], later[new], strict=True):
                if not _alike(one, other):
                    own = bool(one.ids or other.ids)
                    ids = (_ids([one]), _ids([other])) if own else beneath
                    why = self._why(*ids, own)
                    cells.append(CellChange(self.new.headings[k], k, one.text, other.text, why))
            if cells:
                yield RowChange(name, old, new, cells)

    def _why(self, old: Ids, new: Ids, own: bool = True) -> tuple[str, ...]:
        """What changed of what a cell is made of: rows of the data; if none of them did, the date up to which
        the report looks, or the program, or both.

        A cell that names no rows is told those of its row, which are not its `own`: it may be any of all.
        Where there are none, and the data changed, nothing is known.
        """
        before, after = self._before, self._after
        rows = (
            (CORRECTED, any(_corrected(row, before, after) for row in old & new & self._both)),
            (NEW, not new <= self._rows[0]),
            (GONE, not old <= self._rows[1]),
        )
        why = [reason for reason, holds in rows if holds]
        if (why and own) or (not (old | new) and self._data):
            return tuple(why)
        dated = _differ(before.as_of, after.as_of)
        made = _differ(before.library, after.library) or self.old.source != self.new.source
        return (*why, *[DATE] * dated, *[METHOD] * made)


def _ids(cells: Iterable[Cell]) -> Ids:
    return {row for cell in cells for row in cell.ids}


def _differ(one: str, other: str) -> bool:
    """Whether two reports say otherwise of themselves; not where one of them says nothing."""
    return bool(one and other and one != other)


def _alike(one: Cell, other: Cell) -> bool:
    """Whether two cells say the same; a figure may have other decimals where its column's others do."""
    if one.text == other.text:
        return True
    shapes = (_DECIMALS.sub("", cell.shape or "") for cell in (one, other))
    return one.value is not None and one.value == other.value and len({*shapes}) == 1
