"""What changed since the last edition, in the page of the later one: a section of sentences, marked cells."""

from lxml.html import HtmlElement
from lxml.html.builder import E

from reportkit.compare.changes import Changes
from reportkit.compare.sentences import passages
from reportkit.formats.page import Page
from reportkit.language import tr
from reportkit.words import NOTHING

_MOST = 40  # sentences; further changes are only marked in the tables


def insert(page: Page, changes: Changes) -> None:
    """Insert what changed below the answer of a page, and mark the changed cells.

    The section comes before the second heading, the first one below the answer; the cells' marks are a class
    and a title, which only the page in the browser shows.
    """
    has_marks = _mark(page, changes)
    headings = [*page.body.iter("h2")]
    section = E.div({"class": "since", "id": "since"}, E.h2(tr("与上一版相比", "Since the last edition")))
    section.extend(_paragraphs(changes, has_marks))
    if len(headings) > 1:
        ancestors = (headings[1], *headings[1].iterancestors())
        anchor = next(element for element in ancestors if element.getparent() is page.body)
        anchor.addprevious(section)
    else:
        page.body.append(section)


def _paragraphs(changes: Changes, has_marks: bool) -> list[HtmlElement]:
    """The section's paragraphs and lists."""
    parts, room, groups = [], _MOST, passages(changes)
    if not changes.places:
        en = "The answer, the tables and the charts are those of the last edition."
        parts.append(E.p(tr("结论、表格和图都与上一版相同。", en)))
    for passage in groups:
        if sentences := passage.sentences[:room]:
            parts += [E.p(E.strong(passage.heading)), E.ul(*map(E.li, sentences))]
            room -= len(sentences)
    if unlisted := sum(len(passage.sentences) for passage in groups) - (_MOST - room):
        parts.append(E.p(tr(f"另有 {unlisted} 条没有列出。", f"{unlisted} more are not listed.")))
    if has_marks:
        en = "In the page’s tables a △ marks what changed; its title says what stood there."
        parts.append(E.p(tr("网页的表格中，改动的单元格标有 △，停留其上可见原值。", en)))
    return parts


def _mark(page: Page, changes: Changes) -> bool:
    """Mark the changed cells and the names of new rows; return whether there are any."""
    has_marks, tables = False, zip(page.body.iter("table"), page.tables, strict=True)
    chart_data = [chart.data for chart in page.charts]
    report_tables = [
        table for table, data in tables if data is not None and not any(data is chart for chart in chart_data)
    ]
    for change in changes.tables:
        if change.number is None or change.number >= len(report_tables):  # of the first page
            continue
        rows = report_tables[change.number].findall("tbody/tr") if change.rows else []
        for row in change.rows:
            if row.after is None:  # gone: nothing is left to mark
                continue
            if row.before is None:
                _mark_cell(rows[row.after][0], tr("上一版没有这一行", "a row that the last edition had not"))
            for cell in row.cells:
                old = cell.before or NOTHING
                _mark_cell(rows[row.after][cell.column], tr(f"上一版：{old}", f"last edition: {old}"))
            has_marks = True
    return has_marks


def _mark_cell(cell: HtmlElement, text: str) -> None:
    """Give a cell a class and a title, and its links too: a link's own title would hide that of the cell."""
    cell.classes.add("changed")
    for part in (cell, *cell.iter("a")):
        part.set("title", "\n".join(filter(None, (text, part.get("title")))))
