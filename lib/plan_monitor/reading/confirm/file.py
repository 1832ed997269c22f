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
    """Write drafted figures, whole or not at all; what was written.

    Parameters
    ----------
    path : Path
        Ends with .xlsx or .csv; of a CSV file what is told in words goes to ``NAME-words.csv`` beside it.
    drafted : Drafted
    words : DataFrame
        What the document promises without a number.
    tables : dict of str to DataFrame, optional
        ``indicators`` and ``regions`` of a package, to choose from.
    """
    if path.suffix.lower() == ".xlsx":
        offered = tables or {}
        content = workbook.content(drafted.rows, words, offered.get("indicators"), offered.get("regions"))
        files.write(path, content)
        return [path]
    written = {path: _csv(drafted.rows)}
    if not words.empty:
        written[path.with_name(f"{path.stem}-words.csv")] = _csv(words)
    for one, content in written.items():
        files.write(one, content)
    return list(written)


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
    """Text that a spreadsheet would run as a formula, with an apostrophe before it; a sign alone is none."""
    runs = cell[:1] in ("=", "+", "@") or (cell[:1] == "-" and not cell[1:2].isdigit())
    return f"'{cell}" if runs and len(cell) > 1 else cell
