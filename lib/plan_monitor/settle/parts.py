"""The files of a package's tables, and findings about their cells."""

from collections import defaultdict
from operator import attrgetter
from typing import NamedTuple

import pandas as pd

from reportkit.findings import Finding


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


def refused(part: Part, rows: pd.Series, column: str, zh: str, en: str) -> list[Finding]:
    """A finding for each of some rows (True), about one of their cells."""
    return faults(part, part.frame.loc[rows, column], {"zh": zh, "en": en})


def faults(part: Part, cells: pd.Series, expected: dict[str, str]) -> list[Finding]:
    """The same finding about some cells of a column, which may be a million."""
    column, title = cells.name, part.titles().get(cells.name)
    shown = map("{:.15g}".format, cells) if cells.dtype.kind == "f" else cells.tolist()
    values = [None if empty else value for value, empty in zip(shown, cells.isna(), strict=True)]
    return [
        Finding(part.file, row, column, value, expected, title)
        for row, value in zip(cells.index.tolist(), values, strict=True)
    ]


def faults_of_values(part: Part, column: str, expected: dict[str, dict[str, str]]) -> list[Finding]:
    """A finding for each cell of a column that has one of some values, with what was expected instead."""
    if not expected:
        return []
    title, cells = part.titles().get(column), part.frame[column]
    return [
        Finding(part.file, row, column, cell, expected[cell], title)
        for row, cell in zip(cells.index.tolist(), cells.tolist(), strict=True)
        if cell in expected
    ]


def with_texts(part: Part, column: str, texts: dict[str, str]) -> Part:
    """A table with other texts in a column, by those that are there."""
    cells = [texts.get(cell, cell) for cell in part.frame[column].tolist()]
    settled = pd.Series(cells, part.frame.index, dtype="str")
    return part._replace(frame=part.frame.assign(**{column: settled}))


def one_a_cell(findings: list[Finding], parts: dict[str, Part]) -> list[Finding]:
    """One finding a cell, by file and row, with the titles of their columns.

    The first about a cell holds: what is no number is not also out of bounds.
    """
    titles = {part.file: part.titles() for part in parts.values()}
    met: dict[tuple, set] = defaultdict(set)  # rows by file and column: a set of all cells takes more memory
    ordered = []
    for finding in findings:
        file, row, column, *_, title = finding
        rows = met[file, column]
        if row in rows:
            continue
        rows.add(row)
        ordered.append(finding if title else finding._replace(title=titles.get(file, {}).get(column)))
    ordered.sort(key=lambda finding: finding.row or 0)
    ordered.sort(key=attrgetter("file"))
    return ordered
