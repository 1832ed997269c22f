"""Excel: the tables of a page, one sheet each, every figure a number that leads to its source."""

import io
import re
from datetime import datetime
from typing import NamedTuple

import xlsxwriter
from lxml.html import HtmlElement
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reportkit.formats.page import Page, grid
from reportkit.formats.paper import STATUS, cover
from reportkit.words import wide

_FIGURE = re.compile(
    r"(?P<before>[≥≤≈<>]\s?)?(?P<sign>[+\-−])?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<places>\.\d+)?"
    r"(?P<after>(?:\s?[^\d\s\-−.,:;/\"][^\d\"]{0,24}?)?(?:\s?[（(](?:19|20)\d\d(?:[-–]20\d\d)?[）)])?)"
)
_YEAR = re.compile(r"(19|20)\d\d(\s?年)?")
_WIDEST, _NARROWEST = 48, 8  # characters of a column
_TITLE = 31 - 4  # characters of a sheet's name that Excel allows, less its number
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_FONT = {"zh": "宋体", "en": "Times New Roman"}


class _Looks(NamedTuple):
    """Formats of a workbook, made as they are needed: there is one for each way to print a number."""

    book: xlsxwriter.Workbook
    font: str
    made: dict[tuple, Format]

    def __call__(self, **properties) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            usual = {
                "font_name": self.font,
                "text_wrap": True,
                "valign": "top",
                "border": 1,
                "border_color": "#c8c8c8",
            }
            self.made[key] = self.book.add_format({**usual, **properties})
        return self.made[key]


def workbook(page: Page) -> bytes:
    """The tables of a page as a workbook.

    The first sheet tells what the report is and lists the others; the last holds the source notes. A cell
    holds a number where the page prints nothing but one, and is text otherwise, whatever it begins with.
    """
    zh = page.about["lang"] == "zh"
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    # the same report is the same file
    book.set_properties({"title": page.about["title"], "created": datetime(2000, 1, 1)})
    looks = _Looks(book, _FONT[page.about["lang"]], {})
    book.formats[0].set_font_name(looks.font)
    front = book.add_worksheet("目录" if zh else "Contents")
    sources = ("资料来源" if zh else "Sources") if page.notes else ""
    names = []
    for number, table in enumerate(page.body.iter("table"), start=1):
        caption = "".join(said.text_content().strip() for said in table.xpath("../../figcaption"))
        same = "".join(table.xpath("../../figcaption/*[@class='same']//text()"))
        title = caption.removesuffix(same.strip()).strip()
        name = f"{number}. {_FORBIDDEN.sub(' ', title)[:_TITLE].strip()}".strip()
        names.append((name, title))
        _table(book.add_worksheet(name), table, caption, sources, looks)
    if sources:
        names.append((sources, sources))
        _sources(book.add_worksheet(sources), page, zh, looks)
    _front(front, page, names, looks)
    book.close()
    return stream.getvalue()


def _front(sheet: Worksheet, page: Page, names: list[tuple[str, str]], looks: _Looks) -> None:
    sheet.set_column(0, 0, 100)
    plain = looks(border=0)
    sheet.write_string(0, 0, page.about["title"], looks(border=0, bold=True, font_size=16))
    lines = [*cover(page), page.about["headline"]]
    for row, line in enumerate(filter(None, lines), start=1):
        sheet.write_string(row, 0, line, plain)
    link = looks(border=0, font_color="#1d5a8c", underline=1)
    for row, (name, caption) in enumerate(names, start=len(lines) + 2):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", link, caption or name)


def _table(sheet: Worksheet, table: HtmlElement, caption: str, sources: str, looks: _Looks) -> None:
    sheet.write_string(0, 0, caption, looks(border=0, bold=True, text_wrap=False))
    for line in table.iter("br", "p", "div", "li"):  # each a line of its own, also where only its text counts
        line.tail = "\n" + (line.tail or "")
    rows, above = grid(table), max(len(table.findall("thead/tr")), 1)
    texts = [["" if cell is None else cell.text_content().strip() for cell in cells] for cells in rows]
    for row, (cells, said) in enumerate(zip(rows, texts, strict=True), start=1):
        for column, (cell, text) in enumerate(zip(cells, said, strict=True)):
            if cell is None:
                sheet.write_blank(row, column, None, looks())
            elif cell.tag == "th" and row <= above:
                sheet.write_string(row, column, text, looks(bold=True, bg_color="#eef2f6"))
            else:
                _cell(sheet, (row, column), cell, text, sources, looks)
    for column, said in enumerate(zip(*texts, strict=True)):
        widest = max(map(wide, said))
        sheet.set_column(column, column, min(max(widest + 2, _NARROWEST), _WIDEST))
    sheet.freeze_panes(above + 1, 1)
    if len(rows) > above:
        sheet.autofilter(above, 0, len(rows), len(rows[0]) - 1)
    sheet.repeat_rows(1, above)
    sheet.fit_to_pages(1, 0)
    sheet.set_paper(9)
    sheet.set_landscape()


def _cell(
    sheet: Worksheet, place: tuple[int, int], cell: HtmlElement, text: str, sources: str, looks: _Looks
) -> None:
    """One cell: a number if it is nothing but that, in the status's colour, linked to its source."""
    style = {}
    status = next((name.removeprefix("status-") for name in cell.classes if name.startswith("status-")), "")
    if status in STATUS:
        sign, colour = STATUS[status]
        text, style = f"{sign} {text}", {"font_color": colour, "bold": True}
    anchor = next((link for link in cell.iterchildren("a") if "source" in link.classes), None)
    if anchor is not None and sources:
        note = int(anchor.get("href").removeprefix("#n"))
        text = text.removesuffix(f"[{note}]").strip()
        tip = anchor.get("title", "")[:255]
        sheet.write_url(*place, f"internal:'{sources}'!A{note + 1}", looks(**style), text, tip)
    value = number(text)
    if value is None:
        sheet.write_string(*place, text, looks(**style))
    else:
        figure, shape = value
        sheet.write_number(*place, figure, looks(num_format=shape, align="right", **style))


def number(text: str) -> tuple[float, str] | None:
    """A printed number and how Excel prints it the same way, unit and year and all; None for other text.

    >>> number("1,234.50"), number("≥ 91.2 %")
    ((1234.5, '#,##0.00'), (91.2, '"≥ "0.0" %"'))
    >>> number("+3 亿元"), number("2020"), number("3 / 7"), number("=1+1")
    ((3.0, '+0" 亿元";-0" 亿元"'), None, None, None)
    >>> number("≥ 98 %（2035）"), number("-1.95 (2015)")
    ((98.0, '"≥ "0" %（2035）"'), (-1.95, '0.00" (2015)"'))
    """
    match = _FIGURE.fullmatch(text)
    if match is None or _YEAR.fullmatch(text):
        return None
    places = match["places"] or ""
    shape = ("#,##0" if "," in match["digits"] else "0") + ("." + "0" * (len(places) - 1) if places else "")
    shape = (f'"{match["before"]}"' if match["before"] else "") + shape
    shape += f'"{match["after"]}"' if match["after"] else ""
    figure = float(match["digits"].replace(",", "") + places)
    if match["sign"] in ("-", "−"):
        return -figure, shape
    return figure, f"+{shape};-{shape}" if match["sign"] else shape


def _sources(sheet: Worksheet, page: Page, zh: bool, looks: _Looks) -> None:
    """One row a note, so that a figure's link leads to its own."""
    head = ("号", "出处", "算自") if zh else ("No.", "Source", "Made of")
    for column, (heading, width) in enumerate(zip(head, (8, 100, 24), strict=True)):
        sheet.write_string(0, column, heading, looks(bold=True, bg_color="#eef2f6"))
        sheet.set_column(column, column, width)
    for row, note in enumerate(page.notes, start=1):
        sheet.write_number(row, 0, note.number, looks())
        sheet.write_string(row, 1, note.text, looks())
        sheet.write_string(row, 2, ", ".join(map(str, note.made_of)), looks())
    sheet.freeze_panes(1, 0)
