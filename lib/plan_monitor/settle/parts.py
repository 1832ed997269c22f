"""The files of a package's tables, and findings about their cells."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from reportkit.findings import Finding
from reportkit.wrong_cells import Findings, WrongCells, in_columns

Wrong = list[Finding | WrongCells]
"""What is wrong with some rows: single findings, and those about many cells of a column."""


class Part(NamedTuple):
    """One file of a table: most tables have one, some a second with a sample, or a sheet of a workbook."""

    table: str
    file: str
    frame: pd.DataFrame
    schema: dict
    readable: bool  # an empty table may be meant

    def titles(self) -> dict[str, str]:
        """Columns, as the descriptor calls them in Chinese."""
        return {field["name"]: field["title"] for field in self.schema["fields"] if "title" in field}


def joined(parts: dict[str, Part], table: str) -> pd.DataFrame:
    """All rows of a table."""
    frames = [part.frame for part in parts.values() if part.table == table]
    filled = [frame for frame in frames if not frame.empty] or frames[:1]
    if len(filled) == 1:  # whose cells need not be copied
        return filled[0].reset_index(drop=True)
    return pd.concat(filled, ignore_index=True)


def distinct(cells: pd.Series) -> list[str]:
    """The texts of a column, each once: most cells repeat others."""
    return [text for text in cells.unique().tolist() if isinstance(text, str)]


def factorized(cells: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """For each cell of a column its place among the distinct texts, -1 where empty; and these texts."""
    return pd.factorize(cells.to_numpy(dtype=object))  # five times as quick as of the column itself


def all_like(pattern: str, texts: np.ndarray) -> bool:
    """Whether all of some texts are as a pattern of one line has them; a look at all at once tells."""
    lines = "\n".join([*texts, ""])
    return lines.count("\n") == len(texts) and re.fullmatch(rf"(?:(?:{pattern})\n)*+", lines) is not None


def refused(part: Part, rows: pd.Series, column: str, zh: str, en: str) -> Wrong:
    """A finding for each of some rows (True), about one of their cells."""
    return faults(part, part.frame.loc[rows, column], {"zh": zh, "en": en}) if rows.any() else []


def faults(part: Part, cells: pd.Series, expected: Mapping[str, str]) -> Wrong:
    """The same finding about some cells of a column, which may be a million."""
    if cells.empty:
        return []
    return [_wrong_cells(part.file, part.titles().get(cells.name), cells, expected)]


def faults_of_values(part: Part, cells: pd.Series, expected: dict[str, Mapping[str, str]]) -> Wrong:
    """A finding for each cell of a column that has one of some values, with what was expected instead."""
    if not expected:
        return []
    said = np.fromiter(map(expected.get, cells.tolist()), object, len(cells))
    return faults_each(part.file, part.titles().get(cells.name), cells, said)


def faults_each(file: str, title: str | None, cells: pd.Series, expected: np.ndarray) -> Wrong:
    """A finding for each cell of a column of which something else was expected (not None)."""
    wrong = np.not_equal(expected, None)
    if not wrong.any():
        return []
    said = expected[wrong]
    one_for_all = said[0] if all(one is said[0] for one in said) else said
    return [_wrong_cells(file, title, some(cells, wrong), one_for_all)]


def _wrong_cells(
    file: str, title: str | None, cells: pd.Series, expected: Mapping[str, str] | np.ndarray
) -> WrongCells:
    """Findings about cells of a column, empty ones without a value."""
    texts = cells.map("{:.15g}".format) if cells.dtype.kind == "f" else cells
    values, empty = texts.to_numpy(dtype=object), cells.isna()
    if empty.any():
        values = np.where(empty, None, values)
    return WrongCells(file, cells.name, title, cells.index.to_numpy("int32"), values, expected)


def some(cells: pd.Series, chosen: np.ndarray) -> pd.Series:
    """The cells for which there is True; a million are not copied where that is all of them."""
    return cells if chosen.all() else cells[chosen]


def with_texts(part: Part, column: str, texts: dict[str, str]) -> Part:
    """A table with other texts in a column, by those that are there."""
    cells = [texts.get(cell, cell) for cell in part.frame[column].tolist()]
    settled = pd.Series(cells, part.frame.index, dtype="str")
    return part._replace(frame=part.frame.assign(**{column: settled}))


def one_a_cell(findings: Iterable[Finding | WrongCells], parts: dict[str, Part]) -> Findings:
    """One finding a cell, by file and row, with the titles of their columns.

    The first about a cell holds: what is no number is not also out of bounds.
    """
    titles = {part.file: part.titles() for part in parts.values()}
    met: dict[tuple, np.ndarray] = {}  # rows by file and column
    first = []
    for cells in in_columns(findings):
        place = cells.file, cells.column
        before = met.get(place, cells.rows[:0])
        again = len(before) > 0 or (cells.rows[:-1] >= cells.rows[1:]).any()
        if again:  # there may be a million of which none is
            cells = cells.only(~pd.Index(cells.rows).duplicated() & ~np.isin(cells.rows, before))
        met[place] = np.concatenate([before, cells.rows]) if len(before) else cells.rows
        if len(cells.rows):
            title = cells.title or titles.get(cells.file, {}).get(cells.column)
            first.append(replace(cells, title=title))
    return Findings(first)
