"""Opening a document's panel: its figures are drafted, and earlier decisions on them are loaded."""

import os
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from IPython import get_ipython

from plan_monitor.data.inspection import settled
from plan_monitor.data.package import find_data
from plan_monitor.grid.sheet import Unreadable
from plan_monitor.reading import confirm as confirming
from plan_monitor.reading import source
from plan_monitor.reading.panel import decisions
from plan_monitor.reading.panel.decisions import Entry
from plan_monitor.reading.panel.desk import Desk, is_certain
from plan_monitor.reading.panel.fields import Fields
from plan_monitor.reading.panel.ledger import Ledger
from plan_monitor.settle.parts import joined
from reportkit.findings import DataError, Finding
from reportkit.words import say

_TABLES = ("documents", "regions", "indicators", "readings")


class Opened(NamedTuple):
    """A document, its figures as drafted, and the desk with these figures."""

    file: Path
    text: str
    drafted: list[Entry]
    desk: Desk


def opened(
    file: str | Path = "",
    kept: str | Path = "",
    data: str | Path = "",
    *,
    region: str = "",
    year: int = 0,
    until: int = 0,
    title: str = "",
    example: str = "",
) -> Opened:
    """Read a document and put its figures on a desk, with earlier decisions on them.

    Parameters
    ----------
    file : path
        The document: txt, md, html, docx, pdf, xlsx, ods or csv.
    kept : path, optional
        The file of decisions; by default beside the document with a similar name, for an example in the
        working folder.
    data : path, optional
        The package whose indicators and regions are used; the nearest ``data/`` by default.
    region, year, until : optional
        The region that the document is about, the year that it looks back on, and the last year that it
        plans; by default from its title, number and date.
    title : str, optional
        Which document it is: an id or a title of the package; by default its own title.
    example : str, optional
        The file among that package's samples that is read where no file is given.

    Raises
    ------
    DataError
        If the document cannot be read, or if the file of decisions is damaged or was made for another text.
    """
    package = find_data(data)
    tables = _tables(package)
    folder = Path(file).parent if file else Path()
    file = Path(file) if file else package / "samples" / example
    kept = Path(kept) if kept else folder / f"{file.stem}-decisions.csv"
    document = _read(file)
    given = confirming.Given(region=region, year=year or None, until=until or None, document=title)
    rows = confirming.draft(document, given, tables).rows.astype(str).to_dict("records")
    drafted = sorted(map(decisions.entry, rows), key=lambda entry: entry.row.start)
    entries = _joined(drafted, decisions.read(kept), kept.name)
    fields = Fields(tables["indicators"], tables["regions"])
    return Opened(file, document.text, drafted, Desk(Ledger(kept, entries), fields))


def _read(file: Path) -> source.Source:
    """The text of a document; a ``DataError`` says in the reader's language why there is none."""
    if not file.is_file():
        missing = {"zh": "没有这个文件", "en": "there is no such file"}
        raise DataError([Finding(str(file), None, None, None, missing)])
    try:
        return source.read(file)
    except Unreadable as error:
        raise DataError([Finding(file.name, None, None, None, error.expected)]) from error


def _tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Tables of a package: documents, regions, indicators, and readings with earlier decisions."""
    parts, findings, _ = settled(folder)
    if not parts:
        raise DataError(findings)
    return {name: joined(parts, name) for name in _TABLES if name in parts}


def _joined(drafted: list[Entry], saved: list[Entry], name: str) -> list[Entry]:
    """The drafted entries, each replaced by the saved one of the same place.

    A saved entry that is no longer drafted stays if there is a decision on it.

    Raises
    ------
    DataError
        If the saved entries are of another text.
    """
    drafted_by_place = {entry.row.start: entry for entry in drafted}
    texts = {entry.cell("digest") for entry in drafted}
    for line, entry in enumerate(saved, 2):
        if texts and (digest := entry.cell("digest")) and digest not in texts:
            raise DataError([Finding(name, line, "digest", digest, _OTHER)])
    saved_by_place = {
        entry.row.start: entry for entry in saved if entry.decision or entry.row.start in drafted_by_place
    }
    return [entry for _, entry in sorted((drafted_by_place | saved_by_place).items())]


_OTHER = {
    "zh": "应为这份文件的文字：这里的决定是对另一份文字做的，请另起一个文件名",
    "en": "expected this document's text; these decisions are on another: name another file for this one",
}


def confirm(document: Opened | str | Path, *args: str | Path, **given: str | int) -> None:
    """Show the panel in which a person confirms the figures of a document.

    Outside of JupyterLab and VS Code nothing is shown.

    Parameters
    ----------
    document : Opened or path
        The result of ``opened``, or its first argument; its other arguments may follow.
    """
    if not _has_notebook():
        return
    from IPython.display import display

    from plan_monitor.reading.panel.widget import Panel  # slow, and a report needs none

    display(Panel(document if isinstance(document, Opened) else opened(document, *args, **given)))


def _has_notebook() -> bool:
    """Whether a notebook is open in JupyterLab or VS Code."""
    notebook = os.environ.get("JPY_SESSION_NAME", "").endswith(".ipynb")
    return notebook or "__vsc_ipynb_file__" in getattr(get_ipython(), "user_ns", {})


def headline(document: Opened) -> None:
    """Print how many figures were read, and how many of them are certain."""
    figures, certain = len(document.drafted), sum(map(is_certain, document.drafted))
    say(
        f"**读出 {figures} 个数字，{certain} 个有把握，{figures - certain} 个有要看的栏。**",
        f"**{figures} figures were read; {certain} are certain, {figures - certain} need a look.**",
    )
