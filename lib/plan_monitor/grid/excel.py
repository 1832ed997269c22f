"""Workbooks of Excel and WPS (.xlsx, .xlsm; ECMA-376) as the text that their cells show.

Read from the file's own parts: a formula that was never calculated, hidden rows, the number formats of
Chinese Excel and what a merged cell covers are all in there.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from plan_monitor.grid import content, shown
from plan_monitor.grid.formats import BUILT_IN
from plan_monitor.grid.sheet import Sheet, laid_out

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)")  # of a cell: column and row
_COLUMNS = 16_384  # that a sheet can have
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how a control character is written
_NOT_CALCULATED = {
    "zh": "公式还没有算过；请先用 Excel 或 WPS 打开并保存",
    "en": "expected a calculated formula; open the file in a spreadsheet program and save it first",
}
_ZERO = {
    "zh": "应显示出来；此工作表不显示零值，单元格看似空白，里面却是 0",
    "en": "expected to see what the cell holds; the sheet is set to hide zeros, and it holds 0",
}


class _Style(NamedTuple):
    format: str
    indent: str


class _Book(NamedTuple):
    file: str
    texts: list[str]
    styles: list[_Style]
    from_1904: bool
    calculated: bool


def read(path: Path, archive: zipfile.ZipFile) -> list[Sheet]:
    """The sheets of a workbook, in order."""
    workbook = next(target for kind, target in _relations(archive, "").values() if kind == "officeDocument")
    relations = _relations(archive, workbook)
    parts = dict(relations.values())
    root = _root(archive, workbook)
    properties = root.find("{*}workbookPr")
    calculation = root.find("{*}calcPr")
    book = _Book(
        path.name,
        _texts(archive, parts["sharedStrings"]) if "sharedStrings" in parts else [],
        _styles(archive, parts["styles"]) if "styles" in parts else [],
        properties is not None and _is_true(properties.get("date1904")),
        # written by a program that left the calculation to whoever opens it
        calculation is None or not _is_true(calculation.get("fullCalcOnLoad")),
    )
    sheets = []
    for sheet in root.iterfind("{*}sheets/{*}sheet"):
        key = next(value for name, value in sheet.attrib.items() if name.endswith("}id"))
        kind, target = relations[key]
        if kind == "worksheet":
            visible = sheet.get("state", "visible") == "visible"
            sheets.append(_sheet(archive, target, sheet.get("name"), visible, book))
    return sheets


def _root(archive: zipfile.ZipFile, part: str) -> etree._Element:
    with archive.open(part) as file:
        return etree.parse(file, etree.XMLParser(resolve_entities=False)).getroot()


def _elements(archive: zipfile.ZipFile, part: str, *tags: str) -> Iterator[etree._Element]:
    """Elements of a part one after the other; each is emptied before the next is read, to save memory."""
    with archive.open(part) as file:
        for _, element in etree.iterparse(file, tag=tags, resolve_entities=False):
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Kind and path of the parts that a part refers to, by the ids of the references."""
    folder, name = posixpath.split(part)
    targets = {}
    for relation in _root(archive, posixpath.join(folder, "_rels", f"{name}.rels")):
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target"))).lstrip("/")
        targets[relation.get("Id")] = relation.get("Type").rpartition("/")[2], target
    return targets


def _is_true(value: str | None) -> bool:
    return value in ("1", "true")


def _text(element: etree._Element) -> str:
    """Text with any formatting inside; the reading aid above Chinese or Japanese words is left out."""
    parts = []
    for child in element:
        if child.tag.endswith("}t"):
            parts.append(child.text or "")
        elif child.tag.endswith("}r"):
            parts += [part.text or "" for part in child if part.tag.endswith("}t")]
    text = "".join(parts)
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text


def _texts(archive: zipfile.ZipFile, part: str) -> list[str]:
    return [_text(item) for item in _elements(archive, part, "{*}si")]


def _styles(archive: zipfile.ZipFile, part: str) -> list[_Style]:
    root = _root(archive, part)
    formats = BUILT_IN | {
        int(item.get("numFmtId")): item.get("formatCode") for item in root.iterfind("{*}numFmts/{*}numFmt")
    }
    styles = []
    for item in root.iterfind("{*}cellXfs/{*}xf"):
        alignment = item.find("{*}alignment")
        indent = ""
        if alignment is not None and alignment.get("horizontal", "general") in ("general", "left"):
            indent = "　" * int(alignment.get("indent", "0"))
        styles.append(_Style(formats.get(int(item.get("numFmtId", 0)), "General"), indent))
    return styles


@cache
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _sheet(archive: zipfile.ZipFile, part: str, name: str, visible: bool, book: _Book) -> Sheet:
    cells, faults, merged, hidden, hidden_columns = {}, {}, [], set(), set()
    row, zeros = 0, True
    for element in _elements(archive, part, "{*}sheetView", "{*}col", "{*}row", "{*}mergeCell"):
        tag = etree.QName(element).localname
        if tag == "sheetView":
            zeros = _is_true(element.get("showZeros", "1"))
        elif tag == "col":
            if _is_true(element.get("hidden")):
                hidden_columns.update(
                    range(int(element.get("min")) - 1, min(int(element.get("max")), _COLUMNS))
                )
        elif tag == "mergeCell":
            first, _, last = element.get("ref").partition(":")
            (left, top), (right, bottom) = (
                _REFERENCE.fullmatch(end).groups() for end in (first, last or first)
            )
            merged.append((int(top), _column(left), int(bottom), _column(right)))
        else:
            row = int(element.get("r", row + 1))
            if _is_true(element.get("hidden")):
                hidden.add(row)
            column = -1
            for cell in element:
                reference = cell.get("r")  # may be left out of a cell beside the last one
                column = column + 1 if reference is None else _column(reference.rstrip("0123456789"))
                try:
                    if shown_text := _cell(cell, book, zeros):
                        cells[row, column] = shown_text
                except content.Fault as fault:
                    faults[row, column] = fault.expected
    return laid_out(book.file, name, cells, faults, merged, hidden, hidden_columns, visible)


def _cell(cell: etree._Element, book: _Book, zeros: bool) -> str:
    """The text that a cell shows, in a sheet that does or does not show zeros.

    Raises
    ------
    content.Fault
        Where it cannot be read.
    """
    stored, formula, inline = None, False, None
    for part in cell:
        tag = part.tag
        if tag.endswith("}v"):
            stored = part.text or ""
        elif tag.endswith("}f"):
            formula = True
        elif tag.endswith("}is"):
            inline = part
    kind = cell.get("t", "n")
    if formula and (not book.calculated or (stored is None and kind != "str")):
        raise content.Fault(**_NOT_CALCULATED)
    if not stored and inline is None:
        return ""
    style = book.styles[int(cell.get("s", 0))] if book.styles else _Style("General", "")
    if kind == "b":
        return "TRUE" if _is_true(stored) else "FALSE"
    if kind in ("s", "str", "inlineStr", "e"):
        text = book.texts[int(stored)] if kind == "s" else _text(inline) if inline is not None else stored
        text = shown.text(text, style.format)
        return style.indent + text if text else ""
    value = _day_number(stored, book.from_1904) if kind == "d" else content.stored_number(stored)
    if value == 0 and not zeros:
        raise content.Fault(**_ZERO)
    return shown.number(value, style.format, book.from_1904)


def _day_number(written: str, from_1904: bool) -> float:
    """A date in ISO 8601, as a strict workbook stores it, as the number of days others store."""
    moment = datetime.fromisoformat(written).replace(tzinfo=None)
    return (moment - (datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30))).total_seconds() / 86400
