"""The first page of a report on paper: at the beginning of the report, and as a one-page document of its own.

Typst finds the largest letters with which it fits; for Word, which does its own layout, they are estimated.
"""

import base64
import json
from pathlib import Path
from typing import Any

from lxml.html import HtmlElement

from reportkit.formats import first, pdf, word
from reportkit.formats.brief_word import Sheet
from reportkit.formats.charts import body_of
from reportkit.formats.first import Chart, First, Line, Source
from reportkit.formats.jinja import STATUS
from reportkit.formats.page import Page, kept_together
from reportkit.formats.pandoc import convert
from reportkit.formats.paper import cover
from reportkit.language import tr

_PLAIN = ("", "#4d4d4d")  # of a state that has no sign


class Brief:
    """The first page of a report; its chart and intermediate files are in the folder."""

    def __init__(self, page: Page, first_page: First, folder: Path):
        self._page, self._first_page, self._folder = page, first_page, folder
        self._chart = None if first_page.chart is None else _write_chart(page, first_page.chart, folder)

    def typst(self) -> dict[str, Any]:
        """Data for ``first.typ``, which prints it before the report."""
        return self._data(self._first_page, [], linked=True)

    def word(self) -> Sheet:
        """The first page of the report in Word."""
        return Sheet(self._page, self._first_page, self._chart)

    def alone(self) -> dict[str, bytes]:
        """The page as a document of its own: contents by the endings of the files."""
        first_page, sources = first.alone(self._first_page, self._page.notes)
        enclosure = self._enclosure()
        data = self._data(first_page, sources, linked=False) | {"attached": enclosure}
        data["named"] = pdf.absent(json.dumps(data, ensure_ascii=False))
        self._page.about["letters"] = "".join(data["named"])
        (self._folder / "brief.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        content = pdf.compiled(self._folder, "first.typ", '#alone(json("brief.json"))\n')
        sheet = Sheet(self._page, first_page, self._chart, sources, enclosure)
        options = {"docx": word.options(self._folder, contents=False, size=sheet.size)}
        converted = convert(self._page, "", self._folder, options, sheet.html(), annexed=False)
        return {"-brief.pdf": content, "-brief.docx": word.finished(converted["docx"])}

    def _enclosure(self) -> str:
        """The line that names the full report as an enclosure if the page is sent as a letter; else empty."""
        about = self._page.about
        if not {"to", "issuer"} & about["head"].keys():
            return ""
        name = " · ".join(filter(None, [about["title"], about["document"]]))
        return tr(f"附件：{name}（完整报告）", f"Enclosure: {name} (the full report)")

    def _data(self, first_page: First, sources: list[Source], *, linked: bool) -> dict[str, Any]:
        """Data of a page for ``first.typ``."""
        facts = []
        for fact in first_page.facts:
            sign, colour = STATUS.get(fact.state, _PLAIN)
            lines = dict(zip(("label", "figure", "word"), map(_pieces, fact[:3]), strict=True))
            facts.append(lines | {"sign": f"{sign} " if sign else "", "colour": colour})
        return {
            **{key: self._page.about[key] for key in ("title", "document", "lang", "head")},
            "cover": cover(self._page),
            "linked": linked,
            "first": {
                "answer": _pieces(first_page.answer),
                "facts": facts,
                "next": first_page.next,
                "steps": [*map(_pieces, first_page.steps)],
                "limits": _pieces(first_page.limits),
                "chart": self._chart._asdict() if self._chart else None,
            },
            "sources": [{"title": source.title, "places": source.places} for source in sources],
            "attached": "",
        }


def _pieces(line: Line) -> list[dict[str, Any]]:
    return [{"text": kept_together(piece.text), "numbers": piece.numbers} for piece in line]


def _write_chart(page: Page, figure: HtmlElement, folder: Path) -> Chart:
    """Write the chart of a first page to a folder."""
    number, names = figure.get("data-report-chart"), ("first.svg", "first.png")
    if number is not None:
        chart = page.charts[int(number)]
        *contents, (width, height) = body_of(chart)
        for name, content in zip(names, contents, strict=True):
            (folder / name).write_bytes(content)
        return Chart(*names, height / width, chart.text, chart.data["title"], chart.data["subtitle"])
    picture = figure.find(".//img")
    head, _, content = picture.get("src", "").partition(",")
    name = f"first.{head.partition('/')[2].partition(';')[0].partition('+')[0]}"
    (folder / name).write_bytes(base64.b64decode(content))
    shape = float(picture.get("height", 190)) / float(picture.get("width", 340))
    return Chart(name, name, shape, picture.get("alt", ""))
