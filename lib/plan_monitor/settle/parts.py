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
    readable: bool  # False where the file has faults of form and no rows; an empty table may be intended

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
    """Whether all texts match a pattern of one line each; matched together, which is quick."""
    lines = "\n".join([*texts, ""])
    return lines.count("\n") == len(texts) and re.fullmatch(rf"(?:(?:{pattern})\n)*+", lines) is not None


def refused(part: Part, rows: pd.Series, column: str, zh: str, en: str) -> Wrong:
    """A finding about the cell in a column for each row where `rows` is True."""
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
    messages = np.fromiter(map(expected.get, cells.tolist()), object, len(cells))
    return faults_each(part.file, part.titles().get(cells.name), cells, messages)


def faults_each(file: str, title: str | None, cells: pd.Series, expected: np.ndarray) -> Wrong:
    """A finding for each cell of a column of which something else was expected (not None)."""
    wrong = pd.notna(expected)
    if not wrong.any():
        return []
    messages = expected[wrong]
    shared = messages[0] if all(message is messages[0] for message in messages) else messages
    return [_wrong_cells(file, title, some(cells, wrong), shared)]


def _wrong_cells(
    file: str, title: str | None, cells: pd.Series, expected: Mapping[str, str] | np.ndarray
) -> WrongCells:
    """Findings about cells of a column, empty ones without a value."""
    texts = cells.map("{:.15g}".format) if cells.dtype.kind == "f" else cells
    values, empty = texts.to_numpy(dtype=object), cells.isna()
    if empty.any():
        values = np.where(empty, None, values)
    return WrongCells(file, cells.name, title, cells.index.to_numpy("int32"), values, expected)


def some(cells: pd.Series, mask: np.ndarray) -> pd.Series:
    """The cells where a mask is True; where it is True throughout, a million are not copied."""
    return cells if mask.all() else cells[mask]


def with_texts(part: Part, column: str, texts: dict[str, str]) -> Part:
    """A table with texts of a column replaced: `texts` gives the new one by the old."""
    cells = [texts.get(cell, cell) for cell in part.frame[column].tolist()]
    column_cells = pd.Series(cells, part.frame.index, dtype="str")
    return part._replace(frame=part.frame.assign(**{column: column_cells}))


def first_per_cell(findings: Iterable[Finding | WrongCells], parts: dict[str, Part]) -> Findings:
    """One finding a cell, by file and row, with the titles of their columns.

    The first finding about a cell counts: what is no number is not also out of bounds.
    """
    titles = {part.file: part.titles() for part in parts.values()}
    rows_seen: dict[tuple, np.ndarray] = {}  # rows by file and column
    result = []
    for cells in in_columns(findings):
        place = cells.file, cells.column
        earlier = rows_seen.get(place, cells.rows[:0])
        repeated = len(earlier) > 0 or (cells.rows[:-1] >= cells.rows[1:]).any()
        if repeated:  # there may be a million of which none is
            cells = cells.only(~pd.Index(cells.rows).duplicated() & ~np.isin(cells.rows, earlier))
        rows_seen[place] = np.concatenate([earlier, cells.rows]) if len(earlier) else cells.rows
        if len(cells.rows):
            title = cells.title or titles.get(cells.file, {}).get(cells.column)
            result.append(replace(cells, title=title))
    return Findings(result)
