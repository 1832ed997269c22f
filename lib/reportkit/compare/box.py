"""What changed since the last edition, in the page of the later one: a section of sentences, marked cells."""

from lxml.html import HtmlElement
from lxml.html.builder import E

from reportkit.compare.changes import Changes
from reportkit.compare.sentences import passages
from reportkit.formats.page import Page
from reportkit.language import tr
from reportkit.words import NOTHING

_MOST = 40  # sentences; what is left is marked in the tables


def insert(page: Page, changes: Changes) -> None:
    """Say below the answer of a page what changed, and mark the cells that did.

    The section stands before the second heading, which is the first below the answer; the cells' marks are
    a class and a title, which only the page in the browser shows.
    """
    marks = _mark(page, changes)
    headings = [*page.body.iter("h2")]
    part = E.div({"class": "since", "id": "since"}, E.h2(tr("与上一版相比", "Since the last edition")))
    part.extend(_told(changes, marks))
    if len(headings) > 1:
        before = next(
            one for one in (headings[1], *headings[1].iterancestors()) if one.getparent() is page.body
        )
        before.addprevious(part)
    else:
        page.body.append(part)


def _told(changes: Changes, marks: int) -> list[HtmlElement]:
    """The section's paragraphs and lists."""
    parts, left, told = [], _MOST, passages(changes)
    if not changes.places:
        en = "The answer, the tables and the charts are those of the last edition."
        parts.append(E.p(tr("结论、表格和图都与上一版相同。", en)))
    for passage in told:
        if shown := passage.sentences[:left]:
            parts += [E.p(E.strong(passage.heading)), E.ul(*map(E.li, shown))]
            left -= len(shown)
    if more := sum(len(passage.sentences) for passage in told) - (_MOST - left):
        parts.append(E.p(tr(f"另有 {more} 条没有列出。", f"{more} more are not listed.")))
    if marks:
        en = "In the page’s tables a △ marks what changed; its title says what stood there."
        parts.append(E.p(tr("网页的表格中，改动的单元格标有 △，停留其上可见原值。", en)))
    return parts


def _mark(page: Page, changes: Changes) -> int:
    """Mark the cells that changed, and the names of rows that are new; how many there are."""
    marks, tables = 0, zip(page.body.iter("table"), page.tables, strict=True)
    drawn = [chart.data for chart in page.charts]
    own = [table for table, data in tables if data is not None and not any(data is of for of in drawn)]
    for change in changes.tables:
        if change.number is None or change.number >= len(own):  # of the first page
            continue
        rows = own[change.number].findall("tbody/tr") if change.rows else []
        for row in change.rows:
            if row.after is None:  # gone: nothing is left to mark
                continue
            if row.before is None:
                _marked(rows[row.after][0], tr("上一版没有这一行", "a row that the last edition had not"))
            for cell in row.cells:
                was = cell.before or NOTHING
                _marked(rows[row.after][cell.column], tr(f"上一版：{was}", f"last edition: {was}"))
            marks += len(row.cells) + (row.before is None)
    return marks


def _marked(cell: HtmlElement, said: str) -> None:
    """Give a cell its class and title; a link in it has one of its own, which would hide that of the cell."""
    cell.classes.add("changed")
    for part in (cell, *cell.iter("a")):
        part.set("title", "\n".join(filter(None, (said, part.get("title")))))
