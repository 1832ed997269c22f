"""The first pages of all reports of a folder in one document a language: ``briefs-zh.pdf`` and ``.docx``.

One line for each report: its topic, its answer, its first figure with its state, its first step.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from lxml.html import HtmlElement
from lxml.html.builder import E

from reportkit import source
from reportkit.formats.all import formats
from reportkit.formats.page import Page
from reportkit.language import chosen, tr, using
from reportkit.render.store import Store
from reportkit.words import NOTHING

NAME = "briefs-"  # and the code of a language
_COLUMNS = (
    *(("报告", "Report"), ("结论", "Answer"), ("主要数字与状态", "Key figure and its state")),
    ("下一步", "What to do next"),
)


def write(store: Store, reports: dict[str, dict[str, Any]]) -> None:
    """Write them from the manifest's records of reports; none for a language without first pages."""
    entries = [(name, record["about"]) for name, record in reports.items() if "facts" in record["about"]]
    entries.sort(key=lambda entry: (entry[1]["lang"], entry[1]["rank"], entry[1]["domain"], entry[0]))
    for lang, group in groupby((about for _, about in entries), key=lambda about: about["lang"]):
        with using(lang):
            page = _page(lang, [*group])
            for ending, content in formats(page, ("docx", "pdf")).items():
                if ending != ".html":
                    store.write(f"{page.name}{ending}", content)


def _page(lang: str, reports: list[dict[str, Any]]) -> Page:
    subject = source.current()
    title = chosen(subject.TITLE) if subject else tr("报告", "Reports")
    body = E.article()
    for domain, group in groupby(reports, key=lambda about: about["domain"]):
        headings = E.thead(E.tr(*(E.th(chosen(heading)) for heading in _COLUMNS)))
        table = E.table(headings, E.tbody(*(E.tr(*_cells(about)) for about in group)))
        body.extend([E.h2(domain), E.figure({"class": "table"}, E.div(table))])
    # what is the same for all of them
    shared = {key: reports[0][key] for key in ("until", "edition", "region")}
    shared = {
        key: text if all(report[key] == text for report in reports) else "" for key, text in shared.items()
    }
    head = {
        key: text
        for key, text in reports[0]["head"].items()
        if key != "number" and all(report["head"].get(key) == text for report in reports)
    }
    count = tr(f"{len(reports)} 份报告的一页摘要", f"{len(reports)} reports, a line each")
    about = {"title": title, "document": "", "question": count, "lang": lang, "head": head, **shared}
    about["synthetic"] = any(report["synthetic"] for report in reports)
    return Page(f"{NAME}{lang}", about, body, [], [None] * len(body.findall("figure")), [])


def _cells(about: dict[str, Any]) -> Iterator[HtmlElement]:
    synthetic = tr("含合成数据", "synthetic data") if about["synthetic"] else ""
    fact, step = about["facts"][0], next(iter(about["steps"]), NOTHING)
    region = "" if about["region"].split(" ")[0] in about["document"] else about["region"]
    yield E.td(" · ".join(filter(None, [about["title"], about["document"], region, synthetic])))
    yield E.td(about["answer"][0])
    figure = tr("，", ", ").join(filter(None, [f"{fact['label']} {fact['figure']}", fact["word"]]))
    yield E.td({"class": f"status-{fact['state']}"} if fact["state"] else {}, figure)
    yield E.td(step)
