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
    _mark(page, changes)
    headings = [*page.body.iter("h2")]
    part = E.div({"class": "since", "id": "since"}, E.h2(tr("与上一版相比", "Since the last edition")))
    part.extend(_told(changes))
    if len(headings) > 1:
        before = next(
            one for one in (headings[1], *headings[1].iterancestors()) if one.getparent() is page.body
        )
        before.addprevious(part)
    else:
        page.body.append(part)


def _told(changes: Changes) -> list[HtmlElement]:
    """The section's paragraphs and lists."""
    if not (told := passages(changes)):
        same = tr(
            "结论、表格和图都与上一版相同。",
            "The answer, the tables and the charts are those of the last edition.",
        )
        return [E.p(same)]
    parts, left = [], _MOST
    for passage in told:
        if shown := passage.sentences[:left]:
            parts += [E.p(E.strong(passage.heading)), E.ul(*map(E.li, shown))]
            left -= len(shown)
    if more := sum(len(passage.sentences) for passage in told) - (_MOST - left):
        parts.append(E.p(tr(f"另有 {more} 条没有列出。", f"{more} more are not listed.")))
    if any(row.cells for table in changes.tables for row in table.rows):
        told = "网页的表格中，改动的单元格标有 △，停留其上可见原值。"
        parts.append(
            E.p(tr(told, "In the page’s tables a △ marks what changed; its title says what stood there."))
        )
    return parts


def _mark(page: Page, changes: Changes) -> None:
    """Mark the cells that changed, and the names of rows that are new."""
    own = [
        table for table, data in zip(page.body.iter("table"), page.tables, strict=True) if data is not None
    ]
    for change in changes.tables:
        if not (change.before and change.after):
            continue
        rows = own[change.number].findall("tbody/tr")
        for row in change.rows:
            if row.before is None:
                _marked(rows[row.after][0], tr("上一版没有这一行", "a row that the last edition had not"))
            for cell in row.cells:
                was = cell.before or NOTHING
                _marked(rows[row.after][cell.column], tr(f"上一版：{was}", f"last edition: {was}"))


def _marked(cell: HtmlElement, said: str) -> None:
    """Give a cell its class and title; a link in it has one of its own, which would hide that of the cell."""
    cell.classes.add("changed")
    for part in (cell, *cell.iter("a")):
        part.set("title", "\n".join(filter(None, (said, part.get("title")))))
