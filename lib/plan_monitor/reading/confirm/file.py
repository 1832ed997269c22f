"""Drafted figures as a file to decide in: a workbook, or a CSV file that spreadsheets open."""

import csv
import io
from pathlib import Path

import pandas as pd

from plan_monitor.reading.confirm import workbook
from plan_monitor.reading.confirm.drafted import Drafted
from reportkit import files

ENDINGS = (".xlsx", ".csv")


def write(
    path: Path, drafted: Drafted, words: pd.DataFrame, tables: dict[str, pd.DataFrame] | None = None
) -> list[Path]:
    """Write drafted figures, completely or not at all; returns the files written.

    Parameters
    ----------
    path : Path
        Ends with .xlsx or .csv; for a CSV file promises in words go to ``NAME-words.csv`` beside it.
    drafted : Drafted
    words : DataFrame
        What the document promises without a number.
    tables : dict of str to DataFrame, optional
        ``indicators`` and ``regions`` of a package, to choose from.
    """
    if path.suffix.lower() == ".xlsx":
        choices = tables or {}
        content = workbook.content(drafted.rows, words, choices.get("indicators"), choices.get("regions"))
        files.write(path, content)
        return [path]
    contents = {path: _csv(drafted.rows)}
    if not words.empty:
        contents[path.with_name(f"{path.stem}-words.csv")] = _csv(words)
    for file, content in contents.items():
        files.write(file, content)
    return list(contents)


def _csv(rows: pd.DataFrame) -> bytes:
    """A table in UTF-8 with the mark that Excel knows it by; no cell runs as a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(rows.columns)
    writer.writerows(
        [_harmless(str(cell)) for cell in row] for row in rows.itertuples(index=False, name=None)
    )
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """A text, with an apostrophe before it if a spreadsheet would run it as a formula, not a mere sign."""
    runs = cell[:1] in ("=", "+", "@") or (cell[:1] == "-" and not cell[1:2].isdigit())
    return f"'{cell}" if runs and len(cell) > 1 else cell
