"""The content of an executed notebook: its tables as data, its sentences and the texts of its charts."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import nbformat

from reportkit.brief import BRIEF
from reportkit.formats.page import in_language
from reportkit.language import current, tr, using
from reportkit.source import Data
from reportkit.table import TABLE, Cell, unpack

ABOUT = "reportkit"  # key of a published notebook's metadata
_HEADING = re.compile(r"^ {0,3}(#{1,3}) +(.+)", re.MULTILINE)
_PICTURE = "image/"


class Unreadable(ValueError):
    """A file that is no executed notebook; the message is its name."""


class Table(NamedTuple):
    """A table as it was shown."""

    section: str  # the heading above it
    source: str  # of the cell that shows it
    title: str
    same: str  # what stands behind the title for all rows
    headings: list[str]
    rows: list[list[Cell]]
    sources: bool  # whether it only lists where figures stand


class Text(NamedTuple):
    """A sentence as it was shown, or the text of a chart."""

    section: str
    source: str
    kind: str  # answer, step, sentence or chart
    text: str


@dataclass(frozen=True)
class Content:
    """What a report shows its readers, without pictures; a field is empty if the report does not state it."""

    name: str
    title: str
    lang: str = ""
    edition: str = ""  # of the data
    as_of: str = ""
    library: str = ""  # digest of what it was made by
    quotes: Mapping[str, str] = field(default_factory=dict)  # texts of its stored rows, by their ids
    sections: tuple[str, ...] = ("",)  # headings in their order, and what stands above the first
    tables: tuple[Table, ...] = ()
    texts: tuple[Text, ...] = ()

    @property
    def rows(self) -> set[str]:
        """Ids of the stored rows that its tables show or are computed from."""
        return {row for table in self.tables for cells in table.rows for cell in cells for row in cell.ids}


def read(path: Path) -> Content:
    """Content of the notebook in a file; Unreadable if there is none."""
    try:
        return extract(json.loads(path.read_text(encoding="utf-8")), path.stem)
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        raise Unreadable(str(path)) from None


def extract(notebook: Mapping[str, Any], name: str) -> Content:
    """Content of an executed notebook, in its own language, or the one that is set if it names none."""
    about = notebook["metadata"].get(ABOUT, {})
    settings = {key: about.get(key, "") for key in ("lang", "edition", "as_of", "library")}
    stored: Any = nbformat.from_dict(notebook["cells"])  # its type is of all that may stand in a notebook
    with using(settings["lang"] or current()):
        cells = in_language(stored)
        first = tr("一页摘要", "On one page")
    title, sections, tables, texts, figures = "", ["", first], [], [], []
    section = ""
    for cell in cells:
        source, tags = _joined(cell.source), cell.metadata.get("tags", [])
        if cell.cell_type == "markdown":
            for marks, text in _HEADING.findall(source):
                if len(marks) == 1:
                    title = title or text.strip()
                else:
                    section = text.strip()
                    sections.append(section)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if BRIEF in data:
                texts += _first(data[BRIEF], first, source)
                with using(settings["lang"] or current()):
                    figures.append(_figures(data[BRIEF], first, source))
            elif TABLE in data:
                tables.append(_table(data, section, source, "sources" in tags))
            elif "text/plain" in data or "text/markdown" in data:
                text = _joined(data.get("text/markdown", data.get("text/plain")))
                has_picture = any(kind.startswith(_PICTURE) for kind in data)
                kind = "chart" if has_picture else "answer" if "headline" in tags else "sentence"
                texts.append(Text(section, source, kind, " ".join(text.replace("**", "").split())))
    tables += figures  # behind the tables of the page, which are counted
    full_title = about.get("title") or title or name
    parts = {"sections": tuple(sections), "tables": tuple(tables), "texts": tuple(texts)}
    return Content(name, full_title, **settings, quotes=about.get("quotes", {}), **parts)


def quoted(rows: Iterable[str], data: Data) -> dict[str, str]:
    """Texts of stored rows, by their ids, in the language that is set."""
    quotes = {row: data.quote(row) for row in sorted(rows)}
    return {row: quote.message for row, quote in quotes.items() if quote}


def _table(data: Mapping[str, Any], section: str, source: str, sources: bool) -> Table:
    stored = data[TABLE]
    first = _joined(data.get("text/markdown", "")).partition("\n")[0]
    same = first.removeprefix(f"**{stored['title']}**").strip(" （）()")
    return Table(section, source, stored["title"], same, stored["headings"], [*unpack(stored)], sources)


def _first(brief: Mapping[str, Any], section: str, source: str) -> Iterator[Text]:
    """The sentences of a first page."""
    yield Text(section, source, "answer", brief["answer"])
    yield from (Text(section, source, "step", step) for step in brief["steps"])
    if brief["limits"]:
        yield Text(section, source, "sentence", brief["limits"])


def _figures(brief: Mapping[str, Any], section: str, source: str) -> Table:
    """The figures of a first page as a table, so that each can be matched by its name."""
    headings = [tr("名称", "name"), tr("数字", "figure"), tr("状态", "state")]
    rows = [
        [
            Cell(fact["label"], None, None, []),
            Cell(fact["figure"], None, None, fact["ids"]),
            Cell(fact["word"], None, None, []),
        ]
        for fact in brief["facts"]
    ]
    return Table(section, source, tr("主要数字", "key figures"), "", headings, rows, sources=False)


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)
