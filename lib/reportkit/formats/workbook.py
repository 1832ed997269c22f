"""Excel: the tables of a page, one sheet each; every figure is a number and links to its source."""

import io
import re
from collections.abc import Callable
from datetime import datetime
from functools import cache

import xlsxwriter
from lxml.etree import XPath
from lxml.html import HtmlElement
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reportkit.formats.jinja import STATUS
from reportkit.formats.page import Page
from reportkit.formats.paper import cover
from reportkit.formats.tables import grid
from reportkit.language import tr
from reportkit.table import Cell, unpack
from reportkit.words import wide

_WIDEST, _NARROWEST = 48, 8  # characters of a column
_TITLE = 31 - 4  # characters of a sheet's name that Excel allows, less its number
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)  # as Python prints it
_EXACT = 15  # digits that a spreadsheet's numbers have
_parts = "../../figcaption//text()[not(ancestor::span[{}])]"
_caption = XPath(_parts.format("@class = 'legend'"))  # of bars that are not here
_title = XPath(_parts.format("@class = 'legend' or @class = 'same' or @class = 'count'"))

_FormatFactory = Callable[..., Format]  # from properties to the format of a workbook that has them


def workbook(page: Page) -> bytes:
    """The tables of a page as a workbook.

    The first sheet has the cover of the report and lists the other sheets; the last has the source notes. A
    cell of a report's table is a number if its data (``table.TABLE``) say so; of another table, if it is
    printed as Python prints numbers. All else is text, whatever it begins with.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    # the same report is the same file
    book.set_properties({"title": page.about["title"], "created": datetime(2000, 1, 1)})
    font = tr("宋体", "Times New Roman")
    base = {"font_name": font, "text_wrap": True, "valign": "top", "border": 1, "border_color": "#c8c8c8"}
    format_with = cache(lambda **other: book.add_format(base | other))  # one for each way to print a number
    book.formats[0].set_font_name(font)
    front = book.add_worksheet(tr("目录", "Contents"))
    sources = tr("资料来源", "Sources") if page.notes else ""
    names = []
    for number, (table, data) in enumerate(zip(page.body.iter("table"), page.tables, strict=True), start=1):
        caption, title = ("".join(texts(table)).strip() for texts in (_caption, _title))
        name = f"{number}. {_FORBIDDEN.sub(' ', title)[:_TITLE].strip()}".strip()
        names.append((name, title))
        sheet = book.add_worksheet(name)
        sheet.write_string(0, 0, caption, format_with(border=0, bold=True, text_wrap=False))
        _table(sheet, table, data, sources, format_with)
    if sources:
        names.append((sources, sources))
        _sources(book.add_worksheet(sources), page, format_with)
    _front(front, page, names, format_with)
    book.close()
    return stream.getvalue()


def _front(sheet: Worksheet, page: Page, names: list[tuple[str, str]], format_with: _FormatFactory) -> None:
    sheet.set_column(0, 0, 100)
    plain = format_with(border=0)
    sheet.write_string(0, 0, page.about["title"], format_with(border=0, bold=True, font_size=16))
    lines = [*cover(page), page.about["headline"]]
    for row, line in enumerate(filter(None, lines), start=1):
        sheet.write_string(row, 0, line, plain)
    link = format_with(border=0, font_color="#1d5a8c", underline=1)
    for row, (name, caption) in enumerate(names, start=len(lines) + 2):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", link, caption or name)


def _table(
    sheet: Worksheet, table: HtmlElement, data: dict | None, sources: str, format_with: _FormatFactory
) -> None:
    for line in table.iter("br", "p", "div", "li"):  # each a line of its own, also where only its text counts
        line.tail = "\n" + (line.tail or "")
    rows, above = grid(table), max(len(table.findall("thead/tr")), 1)
    cells = [*([[]] * above), *unpack(data)] if data else []
    widest = [_NARROWEST] * max(map(len, rows), default=0)
    for row, parts in enumerate(rows, start=1):
        for column, part in enumerate(parts):
            text = "" if part is None else part.text_content().strip()
            if part is None:
                sheet.write_blank(row, column, None, format_with())
            elif part.tag == "th" and row <= above:
                sheet.write_string(row, column, text, format_with(bold=True, bg_color="#eef2f6"))
            else:
                cell = cells[row - 1][column] if data else foreign(text)
                _cell(sheet, (row, column), part, cell, sources, format_with)
            widest[column] = max(widest[column], wide(text) + 2)
    for column, width in enumerate(widest):
        sheet.set_column(column, column, min(width, _WIDEST))
    sheet.freeze_panes(above + 1, 1)
    if len(rows) > above:
        sheet.autofilter(above, 0, len(rows), len(rows[0]) - 1)
    sheet.repeat_rows(1, above)
    sheet.fit_to_pages(1, 0)
    sheet.set_paper(9)
    sheet.set_landscape()


def _cell(
    sheet: Worksheet,
    place: tuple[int, int],
    part: HtmlElement,
    cell: Cell,
    sources: str,
    format_with: _FormatFactory,
) -> None:
    """One cell: a number if it is one, in the status's colour, linked to its source."""
    text, shape, style = cell.text.strip(), cell.shape, {}
    status = next((name.removeprefix("status-") for name in part.classes if name.startswith("status-")), "")
    if status in STATUS:
        sign, colour = STATUS[status]
        text, style = f"{sign} {text}", {"font_color": colour, "bold": True}
        if shape:  # by default a spreadsheet prints the minus before everything else
            below = "" if ";" in shape else f";-{shape}"
            shape = ";".join(f'"{sign} "{part}' for part in f"{shape}{below}".split(";"))
    anchor = next((link for link in part.iterchildren("a") if "source" in link.classes), None)
    if anchor is not None and sources:
        note = int(anchor.get("href").removeprefix("#n"))
        hover = anchor.get("title", "")[:255]
        sheet.write_url(*place, f"internal:'{sources}'!A{note + 1}", format_with(**style), text, hover)
    if cell.value is None:
        sheet.write_string(*place, text, format_with(**style))
    else:
        sheet.write_number(*place, cell.value, format_with(num_format=shape, align="right", **style))


def foreign(text: str) -> Cell:
    """A cell of a table that is not a report's: a number only if it is printed as Python prints numbers.

    >>> foreign("1234.50")[:3], [foreign(text).value for text in ("1,234", "0012", "98 %", "nan")]
    (('1234.50', 1234.5, '0.00'), [None, None, None, None])
    """
    digits = text.replace("-", "").replace(".", "").lstrip("0")
    if not _NUMBER.fullmatch(text) or len(digits) > _EXACT:
        return Cell(text, None, None, [])
    places = len(text.partition(".")[2])
    return Cell(text, float(text), "0." + "0" * places if places else "0", [])


def _sources(sheet: Worksheet, page: Page, format_with: _FormatFactory) -> None:
    """Write one row for each note, to which links of figures refer."""
    head = (tr("号", "No."), tr("出处", "Source"), tr("算自", "Made of"))
    for column, (heading, width) in enumerate(zip(head, (8, 100, 24), strict=True)):
        sheet.write_string(0, column, heading, format_with(bold=True, bg_color="#eef2f6"))
        sheet.set_column(column, column, width)
    for row, note in enumerate(page.notes, start=1):
        sheet.write_number(row, 0, note.number, format_with())
        sheet.write_string(row, 1, note.text, format_with())
        sheet.write_string(row, 2, ", ".join(map(str, note.made_of)), format_with())
    sheet.freeze_panes(1, 0)
