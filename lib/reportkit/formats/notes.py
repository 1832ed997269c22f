"""Source notes of a page: every figure of a table leads to the stored rows it was made of."""

from collections import Counter
from typing import NamedTuple

import nbformat
import pandas as pd
from lxml.html import Element, HtmlElement

from plan_monitor.report import codes
from reportkit import periods
from reportkit.table import TABLE, unpack
from reportkit.words import NOTHING

_LISTED = 12  # rows that a computed figure's note names one by one; of more it names the documents
_SHORT = 40  # characters; a longer cell gets a mark at its end in place of a link around all of it
_ACTUALS = ("observations", "fund", "documents")  # schools and households are quoted by their document
_HOVER = 3  # sources that show on hovering


class Note(NamedTuple):
    """One source note: its number, its text, and the numbers of the notes it was computed from."""

    number: int
    text: str
    made_of: list[int]


class Notes:
    """The notes of one page, numbered in the order of first use.

    Parameters
    ----------
    figures : dict
        Id of a stored row → its columns as of ``figures.stored``.
    lang : str
        "zh" or "en".
    documents, regions : dict
        Names by id and code, in this language.
    """

    def __init__(
        self, figures: dict[str, dict], documents: dict[str, str], regions: dict[str, str], lang: str
    ):
        self._figures, self._documents, self._regions, self._lang = figures, documents, regions, lang
        self._cited: dict[tuple[str, ...], tuple[int, str]] = {}
        self._notes: list[Note] = []

    def __iter__(self):
        return iter(self._notes)

    def documents(self) -> set[str]:
        """Ids of the documents that the notes lead to."""
        return {self._figures[row]["document"] for rows in self._cited for row in rows}

    def newest(self, region: str, as_of: str) -> tuple[str | None, str | None]:
        """Periods of the newest actuals that the notes lead to: of a region, and of all others; None without.

        Where the notes lead to promises, only figures of what is promised count, not others quoted beside. A
        page about all regions counts what is promised anywhere, whether it quotes the figure or not.

        Parameters
        ----------
        region : str
            Name; an empty one stands for all regions.
        as_of : str
            ISO 8601 period; later figures do not count.
        """
        cited = [self._figures[row] for row in {row for rows in self._cited for row in rows}]
        if not region and any(figure["table"] == "targets" for figure in cited):
            cited = self._figures.values()
        promised = {figure["indicator"] for figure in cited if figure["table"] == "targets"}
        newest: dict[bool, tuple[float, str]] = {}
        for figure in cited:
            if figure["table"] not in _ACTUALS or pd.isna(figure["period"]):
                continue
            if promised and figure["table"] == "observations" and figure["indicator"] not in promised:
                continue
            place, period = figure["region"], figure["period"].split("/")[-1]
            beside = bool(region) and pd.notna(place) and self._regions[place] != region
            when = periods.end(period)
            if when <= periods.end(as_of):
                newest[beside] = max(newest.get(beside, (when, period)), (when, period))
        return tuple(newest[side][1] if side in newest else None for side in (False, True))

    def cite(self, ids: list[str]) -> tuple[int, str] | None:
        """Number of the note on a figure made of some rows, and what shows on hovering; None without any."""
        known = tuple(dict.fromkeys(row for row in ids if row in self._figures))
        if not known:
            return None
        if known not in self._cited:
            named = 1 < len(known) <= _LISTED
            made_of = [self.cite([row])[0] for row in known] if named else []
            self._notes.append(Note(len(self._notes) + 1, self._text(known), made_of))
            self._cited[known] = len(self._notes), self._hover(known)
        return self._cited[known]

    def _text(self, rows: tuple[str, ...]) -> str:
        zh = self._lang == "zh"
        if len(rows) == 1:
            remark = self._figures[rows[0]].get(f"note_{self._lang}")
            return self._source(rows[0]) + ("" if pd.isna(remark) else f" · {remark}")
        if len(rows) <= _LISTED:
            return "计算自" if zh else "computed from"
        counts = Counter(self._documents[self._figures[row]["document"]] for row in rows)
        named = (f"{name}（{n} 处）" if zh else f"{name} ({n})" for name, n in counts.items())
        told = f"由 {len(rows)} 个数据行算出：" if zh else f"computed from {len(rows)} rows: "
        return told + ("；" if zh else "; ").join(named)

    def _hover(self, rows: tuple[str, ...]) -> str:
        if len(rows) > _LISTED:
            return self._text(rows)
        lines = [self._source(row) for row in rows[:_HOVER]]
        if len(rows) > _HOVER:
            lines.append(f"…… 共 {len(rows)} 处" if self._lang == "zh" else f"… {len(rows)} in all")
        return "\n".join(lines)

    def _source(self, row: str) -> str:
        """One stored row: what it says, where it stands, how good it is."""
        stored = self._figures[row]
        zh, region = self._lang == "zh", stored["region"]
        document = self._documents[stored["document"]]
        parts = [f"《{document}》" if zh else document]
        if stored["table"] != "documents":
            said = codes.said(stored)
            parts.insert(
                0, said if pd.isna(region) else f"{said}{'，' if zh else ', '}{self._regions[region]}"
            )
        parts += [stored["locator"]] if pd.notna(stored["locator"]) else []
        return " · ".join(filter(None, [*parts, codes.grade(stored)]))


def mark(notebook: nbformat.NotebookNode) -> list[dict]:
    """Number the traced tables of an executed notebook in place and return their traces in this order."""
    traces = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if TABLE in data and "text/html" in data:
                data["text/html"] = data["text/html"].replace(
                    "<table", f'<table data-trace="{len(traces)}"', 1
                )
                traces.append(data[TABLE])
    return traces


def link(body: HtmlElement, traces: list[dict], notes: Notes) -> None:
    """Lead every traced figure of the marked tables to its note."""
    for table in body.iter("table"):
        if "data-trace" not in table.attrib:
            continue
        rows = unpack(traces[int(table.attrib.pop("data-trace"))])
        for row, cells in zip(table.iterfind("tbody/tr"), rows, strict=True):
            for shown, cell in zip(row.findall("td"), cells, strict=True):
                if cell.ids and cell.text.strip() not in ("", NOTHING):
                    _link(shown, notes.cite(cell.ids))


def _link(cell: HtmlElement, cited: tuple[int, str] | None) -> None:
    if cited is None:
        return
    number, hover = cited
    anchor = Element("a", {"class": "source", "href": f"#n{number}", "title": hover})
    if len(cell.text_content()) <= _SHORT:
        anchor.text, cell.text = cell.text, None
        anchor.extend(list(cell))
    else:
        anchor.text = f"[{number}]"
        if len(cell):
            cell[-1].tail = (cell[-1].tail or "") + " "
        else:
            cell.text += " "
    cell.append(anchor)
