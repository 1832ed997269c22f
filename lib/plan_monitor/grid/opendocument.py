"""OpenDocument spreadsheets (.ods) as the text that their cells show."""

import re
import zipfile
from datetime import datetime
from pathlib import Path

from lxml import etree

from plan_monitor.grid import content
from plan_monitor.grid.agreed import agreed
from plan_monitor.grid.sheet import Sheet, Unreadable, laid_out, refuse_too_large

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_GROUPS = {
    f"{_TABLE}table-{group}"
    for group in ("row-group", "rows", "header-rows", "column-group", "columns", "header-columns")
}
_MOST = {"rows": 1_048_576, "columns": 16_384}  # that a sheet can have
_LEVEL = 0.353  # cm by which a level of indentation moves a text: ten points
_CENTIMETRES = {"cm": 1, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72}


class _Styles:
    """What the styles of cells say: the indentation, and of dates the parts they show."""

    def __init__(self, *roots: etree._Element):
        self.dates = {
            style.get(_STYLE + "name"): {etree.QName(part).localname for part in style}
            for root in roots
            for style in root.iter(_NUMBER + "date-style")
        }
        self.cells = {
            style.get(_STYLE + "name"): style
            for root in roots
            for style in root.iter(_STYLE + "style")
            if style.get(_STYLE + "family") == "table-cell"
        }

    def date_parts(self, name: str | None) -> set[str]:
        while name in self.cells:
            if parts := self.dates.get(self.cells[name].get(_STYLE + "data-style-name")):
                return parts
            name = self.cells[name].get(_STYLE + "parent-style-name")
        return {"year", "month", "day"}

    def indent(self, name: str | None) -> str:
        properties = self.cells[name].find(_STYLE + "paragraph-properties") if name in self.cells else None
        margin = "" if properties is None else properties.get(_FO + "margin-left", "")
        if properties is None or properties.get(_FO + "text-align", "start") not in ("start", "left"):
            return ""
        match = re.fullmatch(r"([\d.]+)(cm|mm|in|pt)", margin)
        return "　" * round(float(match[1]) * _CENTIMETRES[match[2]] / _LEVEL) if match else ""


def read(path: Path, archive: zipfile.ZipFile) -> list[Sheet]:
    """The sheets of a spreadsheet, in order.

    Raises
    ------
    Unreadable
        Where it is protected by a password.
    """
    parser = etree.XMLParser(resolve_entities=False)
    names = archive.namelist()
    if "META-INF/manifest.xml" in names:
        manifest = etree.fromstring(archive.read("META-INF/manifest.xml"), parser)
        if next(manifest.iter(_MANIFEST + "encryption-data"), None) is not None:
            raise Unreadable(
                "文件有密码；请去掉密码后另存", "expected a file without a password; save it without one"
            )
    content = etree.fromstring(archive.read("content.xml"), parser)
    roots = [content]
    if "styles.xml" in names:
        roots.append(etree.fromstring(archive.read("styles.xml"), parser))
    styles = _Styles(*roots)
    hidden = {
        style.get(_STYLE + "name")
        for style in content.iter(_STYLE + "style")
        if (properties := style.find(_STYLE + "table-properties")) is not None
        and properties.get(_TABLE + "display") == "false"
    }
    body = content.find(f"{_OFFICE}body/{_OFFICE}spreadsheet")
    return [
        _sheet(path.name, table, styles, table.get(_TABLE + "style-name") not in hidden)
        for table in body.iterchildren(_TABLE + "table")
    ]


def _descend(element: etree._Element, tag: str):
    """Rows or columns of a table, out of the groups they may be in."""
    for child in element:
        if child.tag == _TABLE + tag:
            yield child
        elif child.tag in _GROUPS:
            yield from _descend(child, tag)


def _repeated(element: etree._Element, way: str) -> int:
    return min(int(element.get(_TABLE + f"number-{way}-repeated", 1)), _MOST[way])


def _sheet(file: str, table: etree._Element, styles: _Styles, visible: bool) -> Sheet:
    cells, faults, merged, hidden, hidden_columns = {}, {}, [], set(), set()
    column = 0
    for item in _descend(table, "table-column"):
        count = _repeated(item, "columns")
        if item.get(_TABLE + "visibility", "visible") != "visible":
            hidden_columns.update(range(column, column + count))
        column += count
    row = 1
    for item in _descend(table, "table-row"):
        count = _repeated(item, "rows")
        if item.get(_TABLE + "visibility", "visible") != "visible":
            hidden.update(range(row, row + count))
        column = 0
        for cell in item:
            if cell.tag not in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
                continue
            across = _repeated(cell, "columns")
            places = ((row + down, column + right) for down in range(count) for right in range(across))
            if cell.tag == _TABLE + "table-cell":
                rows, wide = (
                    int(cell.get(_TABLE + f"number-{way}-spanned", 1)) for way in ("rows", "columns")
                )
                if rows > 1 or wide > 1:
                    merged.append((row, column, row + rows - 1, column + wide - 1))
                try:
                    if text := _cell(cell, styles):
                        refuse_too_large(table.get(_TABLE + "name"), row + count - 1, column + across)
                        cells.update(dict.fromkeys(places, text))
                except content.Fault as fault:
                    faults.update(dict.fromkeys(places, fault.expected))
            column += across
        row += count
    return laid_out(file, table.get(_TABLE + "name"), cells, faults, merged, hidden, hidden_columns, visible)


def _cell(cell: etree._Element, styles: _Styles) -> str:
    """The text that a cell shows.

    Raises
    ------
    content.Fault
        Where it cannot be read.
    """
    text = "\n".join(_paragraph(part) for part in cell.iterchildren(_TEXT + "p"))
    kind = cell.get(_OFFICE + "value-type")
    formula = cell.get(_TABLE + "formula")
    content.refuse_error(text)
    figure = kind in ("float", "percentage", "currency")
    if not text and ((formula and kind is None) or (figure and cell.find(_TEXT + "p") is None)):
        raise content.Fault(
            "公式还没有算过；请先用 LibreOffice 或 WPS 打开并保存",
            "expected a calculated formula; open the file in a spreadsheet program and save it first",
        )
    style = cell.get(_TABLE + "style-name")
    if figure:
        return agreed(text, content.stored_number(cell.get(_OFFICE + "value", "")))
    if kind == "date":
        return _date(text, cell.get(_OFFICE + "date-value"), styles.date_parts(style))
    return styles.indent(style) + text if text else ""


def _paragraph(element: etree._Element) -> str:
    """Text of a paragraph, without notes and the reading aid above words."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == _TEXT + "s":
            parts.append(" " * int(child.get(_TEXT + "c", 1)))
        elif child.tag == _TEXT + "tab":
            parts.append("\t")
        elif child.tag == _TEXT + "line-break":
            parts.append("\n")
        elif child.tag not in (_OFFICE + "annotation", _TEXT + "ruby-text"):
            parts.append(_paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _date(text: str, stored: str, parts: set[str]) -> str:
    """A date in ISO 8601 as far as the cell shows it; without a year as it is shown."""
    if "year" not in parts:
        return text
    moment = datetime.fromisoformat(stored)
    day = (
        f"{moment:%Y-%m-%d}" if "day" in parts else f"{moment:%Y-%m}" if "month" in parts else f"{moment:%Y}"
    )
    has_time = "hours" in parts and (moment.hour or moment.minute or moment.second)
    return f"{day} {moment:%H:%M:%S}" if has_time else day
