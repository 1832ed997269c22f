"""Tables and charts of a page: numbered, framed, and prepared for sorting, filtering and unfolding."""

import re
from itertools import product

from lxml.etree import XPath
from lxml.html import HtmlElement
from lxml.html.builder import E

from reportkit.formats.jinja import STATUS
from reportkit.language import tr
from reportkit.table import Cell, unpack

LONG = 15  # rows of a table that a browser shows at first
COUNT = "count"  # class of the number of a table or a chart
_MOST = 1000  # columns that a cell may span, as in browsers
_BRIEF = "ancestor::*[contains(concat(' ', @class, ' '), ' brief ')]"
_charts = XPath(f".//figure[contains(concat(' ', @class, ' '), ' chart ')][not({_BRIEF})]")
_data = XPath("boolean(ancestor::details[@class='data'])")  # of a chart
_spans = XPath(".//@colspan | .//@rowspan")
_UNIT = re.compile(r'"[^"]*"')
_TIME = re.compile(r"[（(][^）)]*[）)]")
# in the order of reports; the empty one is for cells without a mark
_STATES = ("moving_away", "lost", "lagging", "slow", "overdue", "awaited", "", "not_due", "on_track", "kept")
_STATES += ("achieved",)


def frame(body: HtmlElement) -> None:
    """Number every table and chart; give tables a frame that scrolls within the page, reachable by
    keyboard."""
    count = 0
    for place, table in enumerate(list(body.iter("table")), start=1):
        number = f"c{place}"
        box = E.div({"class": "frame", "tabindex": "0", "role": "region", "aria-labelledby": number})
        figure = E.figure({"class": "table"}, box)
        table.addprevious(figure)
        box.append(table)
        figure.tail, table.tail = table.tail, None
        caption = table.find("caption")
        if caption is None:
            caption = E.caption()
        caption.tag, caption.tail = "figcaption", None
        caption.set("id", number)
        if not _data(table):
            count += 1
            figure.set("id", f"t{count}")
            _add_number(caption, tr(f"表 {count}", f"Table {count}"))
        box.addprevious(caption)
        above = len(table.findall("thead/tr"))
        for column in zip(*grid(table), strict=True):
            cells = [cell for cell in column[above:] if cell is not None]
            for heading in filter(lambda cell: cell is not None, column[:above]):
                heading.set("scope", "colgroup" if "colspan" in heading.attrib else "col")
                if cells and all("number" in cell.classes for cell in cells):
                    heading.classes.add("number")
    for number, chart in enumerate(_charts(body), start=1):
        caption = chart.find("figcaption")
        if caption is None:
            caption = E.figcaption()
            chart.append(caption)
        chart.set("id", f"f{number}")
        _add_number(caption, tr(f"图 {number}", f"Figure {number}"))


def _add_number(caption: HtmlElement, name: str) -> None:
    """Put the number of a table or chart at the beginning of its caption."""
    text = (caption.text or "").lstrip()
    count = E.span({"class": COUNT}, name + (tr("　", ". ") if text or len(caption) else ""))
    count.tail, caption.text = text, None
    caption.insert(0, count)


def sortable(body: HtmlElement, tables: list[dict | None]) -> None:
    """Mark the cells of tables that name their rows, and give headings what a browser needs for sorting.

    In a long table, the heading of a column of comparable figures or states has the ranks of its rows; other
    columns are sorted by their texts.
    """
    for table, data in zip(body.iter("table"), tables, strict=True):
        if data is None:
            continue
        rows = table.findall("tbody/tr")
        for row in rows:
            if "number" not in row[0].classes:
                row[0].tag = "th"
                row[0].set("scope", "row")
        cells = [*unpack(data)]
        if rows and "total" in rows[-1].classes:
            rows, cells = rows[:-1], cells[:-1]
        if len(rows) > LONG:
            table.getparent().getparent().classes.add("long")
            columns = zip(*map(list, rows), strict=True)
            for heading, column, figures in zip(
                table.iterfind("thead/tr/th"), columns, zip(*cells, strict=True), strict=True
            ):
                if ranks := _ranks(column, figures):
                    heading.set("data-ranks", ranks)


def _ranks(column: tuple[HtmlElement, ...], cells: tuple[Cell, ...]) -> str:
    """Ranks of the rows of a column, - for one without a value; empty for a column of texts."""
    keys: list[tuple | None] = [
        None if cell.value is None else (_unit(cell.shape or ""), cell.value) for cell in cells
    ]
    if any(keys) and all(
        key or not any(map(str.isalnum, cell.text)) for key, cell in zip(keys, cells, strict=True)
    ):
        pass
    elif any("status-" in cell.get("class", "") for cell in column):
        keys = [(_STATES.index(_state(part)), cell.text) for part, cell in zip(column, cells, strict=True)]
    else:
        return ""
    order = {key: str(rank) for rank, key in enumerate(sorted({key for key in keys if key}))}
    return " ".join(order[key] if key else "-" for key in keys)


def _unit(shape: str) -> str:
    """The unit in a number format, by which figures are sorted first, as different units do not compare; a
    time is no unit."""
    unit = "".join(_TIME.sub("", part.strip('"')) for part in _UNIT.findall(shape.partition(";")[0]))
    return unit.strip(" ≥≤><≈")


def _state(cell: HtmlElement) -> str:
    code = next((name.removeprefix("status-") for name in cell.classes if name.startswith("status-")), "")
    return code if code in STATUS else ""


def grid(table: HtmlElement) -> list[list[HtmlElement | None]]:
    """A table's cells by row and column; None where a row has none.

    A cell over several rows or columns, as in pandas' index of several levels, is repeated in each of them.
    """
    rows, occupied = [list(row.iterchildren("td", "th")) for row in table.iter("tr")], {}
    if len(set(map(len, rows))) == 1 and not _spans(table):
        return rows
    for top, row in enumerate(rows):
        left = 0
        for cell in row:
            while (top, left) in occupied:
                left += 1
            height, width = _span(cell, "rowspan"), min(_span(cell, "colspan"), _MOST)
            for place in product(range(top, min(top + height, len(rows))), range(left, left + width)):
                occupied[place] = cell
    width = 1 + max((left for _, left in occupied), default=-1)
    return [[occupied.get((top, left)) for left in range(width)] for top in range(len(rows))]


def _span(cell: HtmlElement, side: str) -> int:
    text = cell.get(side, "")
    return max(int(text), 1) if re.fullmatch(r"\d+", text, re.ASCII) else 1
