"""Millions of findings: those about cells of one column are kept as arrays, not one by one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import overload

import numpy as np

from reportkit.findings import VALUE, Finding

NO_ROW = np.iinfo("int32").min  # of a finding about a whole file
_AT_ONCE = 100_000  # findings whose places are looked up together
_FIRST = 3  # findings of a group that are listed one by one


@dataclass(frozen=True)
class WrongCells:
    """Findings about cells of one column, in arrays of one length.

    rows : numbers of the rows, ``NO_ROW`` where a finding is of the whole file.
    values : texts of the cells, None where empty.
    expected : what was expected, for all of them or for each; ``VALUE`` in it stands for the cell's text.
    """

    file: str
    column: str | None
    title: str | None
    rows: np.ndarray
    values: np.ndarray
    expected: Mapping[str, str] | np.ndarray

    def finding(self, place: int) -> Finding:
        """One of the findings."""
        row, value = int(self.rows[place]), self.values[place]
        expected = self.expected[place] if isinstance(self.expected, np.ndarray) else self.expected
        if value is not None and VALUE in expected["en"]:
            expected = {code: sentence.replace(VALUE, value) for code, sentence in expected.items()}
        return Finding(self.file, None if row == NO_ROW else row, self.column, value, expected, self.title)

    def only(self, places: np.ndarray) -> "WrongCells":
        """Some of the findings, by their numbers or by a mask of booleans."""
        expected = self.expected[places] if isinstance(self.expected, np.ndarray) else self.expected
        return replace(self, rows=self.rows[places], values=self.values[places], expected=expected)

    def alike(self) -> Iterator[tuple[Mapping[str, str], int, np.ndarray]]:
        """Each text of what was expected, the number of its cells, and the places of the first of them."""
        if not isinstance(self.expected, np.ndarray):
            yield self.expected, len(self.rows), np.arange(min(len(self.rows), _FIRST))
            return
        text_ids = np.fromiter(map(id, self.expected), "int64", len(self.rows))
        order = np.argsort(text_ids, kind="stable")
        starts = np.flatnonzero(np.diff(text_ids[order], prepend=text_ids[order[0]] - 1))
        for start, end in zip(starts, [*starts[1:], len(order)], strict=True):
            places = order[start : min(end, start + _FIRST)]
            yield self.expected.item(places[0]), int(end - start), places


def in_columns(findings: Iterable[Finding | WrongCells]) -> list[WrongCells]:
    """The same findings in the same order; consecutive ones of one column become one ``WrongCells``."""
    columns = []
    for place, group in groupby(findings, _place):
        if place is None:
            columns += group
        else:
            _, rows, _, values, expected, _ = zip(*group, strict=True)
            numbers = np.array([NO_ROW if row is None else row for row in rows], "int32")
            columns.append(WrongCells(*place, numbers, _array(values), _array(expected)))
    return columns


def _place(finding: Finding | WrongCells) -> tuple[str, str | None, str | None] | None:
    return (finding.file, finding.column, finding.title) if isinstance(finding, Finding) else None


def _array(values: Sequence) -> np.ndarray:
    """Python's objects as they are, in an array."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


class Findings(Sequence[Finding]):
    """Findings ordered by file and row, within a row in the order of `columns`; made when they are accessed.

    It equals a list of the same findings.
    """

    def __init__(self, columns: Iterable[WrongCells]):
        self._columns = sorted(map(_by_row, columns), key=lambda cells: cells.file)
        self._starts = np.cumsum([0, *(len(cells.rows) for cells in self._columns)])

    def __len__(self) -> int:
        return int(self._starts[-1])

    @overload
    def __getitem__(self, place: int) -> Finding: ...
    @overload
    def __getitem__(self, place: slice) -> list[Finding]: ...
    def __getitem__(self, place: int | slice) -> Finding | list[Finding]:
        if isinstance(place, slice):
            return list(self._made(self._order[place]))
        return next(self._made(self._order[[place]]))

    def __iter__(self) -> Iterator[Finding]:
        for start in range(0, len(self), _AT_ONCE):
            yield from self._made(self._order[start : start + _AT_ONCE])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (Findings, list)):
            return NotImplemented
        return len(self) == len(other) and all(left == right for left, right in zip(self, other, strict=True))

    def __repr__(self) -> str:
        return repr(list(self))

    def groups(self) -> Iterator[tuple[Mapping[str, str], int, list[tuple[tuple, Finding]]]]:
        """Findings of a column grouped by the text of what was expected: this text, the number of findings,
        and the first of them with their places. In order of the first."""
        groups = []
        for number, cells in enumerate(self._columns):
            for expected, count, places in cells.alike():
                first = [(cells.file, row, number) for row in _in_order(cells.rows[places]).tolist()]
                groups.append((first[0], expected, count, first, cells, places))
        groups.sort(key=lambda group: group[0])
        for _, expected, count, first, cells, places in groups:
            yield expected, count, list(zip(first, map(cells.finding, places), strict=True))

    @cached_property
    def _order(self) -> np.ndarray:
        """Places in the concatenated columns, in the order of the list."""
        if not self._columns:
            return self._starts[:0]
        rank = {
            file: number for number, file in enumerate(dict.fromkeys(cells.file for cells in self._columns))
        }
        keys = [(rank[cells.file] << 32) + _in_order(cells.rows.astype("int64")) for cells in self._columns]
        return np.argsort(np.concatenate(keys), kind="stable")

    def _made(self, places: np.ndarray) -> Iterator[Finding]:
        numbers = np.searchsorted(self._starts, places, "right") - 1
        for number, place in zip(numbers.tolist(), (places - self._starts[numbers]).tolist(), strict=True):
            yield self._columns[number].finding(place)


def _by_row(cells: WrongCells) -> WrongCells:
    rows = _in_order(cells.rows)
    return cells if (rows[:-1] <= rows[1:]).all() else cells.only(np.argsort(rows, kind="stable"))


def _in_order(rows: np.ndarray) -> np.ndarray:
    """Sort keys of rows: findings about the whole file come before its rows."""
    return rows * (rows != NO_ROW)
