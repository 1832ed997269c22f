"""The workbook of an empty package: a sheet a table, headings that explain themselves, drop-downs."""

from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from plan_monitor.data.tables import Package
from plan_monitor.settle import defaults, divisions, labels
from reportkit.language import tr

COMMENT = "#"  # a row that begins with it is no data
_CATALOGUE = "lists"  # sheet of what the drop-downs offer
_ROWS = 5000  # of a sheet that the drop-downs reach
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False}

Offered = dict[str, dict[str, str]]  # names by code, by table


class _Looks(NamedTuple):
    needed: Format
    spared: Format
    example: Format
    text: Format  # where Excel would make dates


def write(path: Path, tables: list[dict[str, Any]], examples: dict[str, list[str]], package: Package) -> None:
    """Write the workbook, its headings, names and choices in the language that is set.

    Parameters
    ----------
    path : Path
    tables : list of dict
        Resources of the descriptor, a sheet each.
    examples : dict of str to list of str
        Cells of the example row by table, in the order of its columns.
    package : Package
        Its indicators are offered where a row names one.
    """
    with xlsxwriter.Workbook(path, _PLAIN) as book:
        head = {"bold": True, "border": 1, "border_color": "#c8c8c8"}
        looks = _Looks(
            book.add_format(head | {"bg_color": "#cfe0f1"}),
            book.add_format(head | {"bg_color": "#f2f4f6", "bold": False}),
            book.add_format({"italic": True, "font_color": "#59616b", "num_format": "@"}),
            book.add_format({"num_format": "@"}),
        )
        offered = _offered(package)
        for table in tables:
            _sheet(book.add_worksheet(table["name"]), table, examples.get(table["name"], []), offered, looks)
        _catalogue(book.add_worksheet(_CATALOGUE), offered, looks)


def _offered(package: Package) -> Offered:
    """What is offered in columns that name a row of another table."""
    indicators = package.indicators
    places = [unit for unit in divisions.today().values() if unit.level != "county"]
    return {
        "indicators": dict(zip(indicators["id"], indicators["name_zh"], strict=True)),
        "regions": {unit.code: unit.name for unit in places},
    }


def _sheet(
    sheet: Worksheet, table: dict[str, Any], example: list[str], offered: Offered, looks: _Looks
) -> None:
    """A sheet for a table; columns that must be filled in stand first."""
    schema = table["schema"]
    optional = defaults.spared(table["name"], schema)
    named = {key["fields"][0]: key["reference"]["resource"] for key in schema.get("foreignKeys", [])}
    cells = dict(zip((field["name"] for field in schema["fields"]), example, strict=False))
    sheet.freeze_panes(1, 1)
    for column, field in enumerate(sorted(schema["fields"], key=lambda one: one["name"] in optional)):
        name, title, spared = field["name"], field["title"], field["name"] in optional
        heading = tr(title, name)
        plain = None if field["type"] == "number" else looks.text
        sheet.set_column(column, column, max(12, 2 * len(heading) + 3), plain)
        sheet.write_string(0, column, heading, looks.spared if spared else looks.needed)
        must = "可不填 · may be left empty" if spared else "必填 · required"
        note = f"{title} · {name}\n{must}\n{field.get('description', '')}"
        sheet.write_comment(0, column, note, {"x_scale": 2, "y_scale": 1.5})
        if choice := _choice(field, named.get(name), offered):
            sheet.data_validation(1, column, _ROWS, column, choice)
        cell = _in_words(cells.get(name, ""), field, offered.get(named.get(name), {}))
        if example and (cell or not column):
            sheet.write_string(1, column, cell if column else f"{COMMENT} {cell}", looks.example)


def _choice(field: dict[str, Any], table: str | None, offered: Offered) -> dict[str, Any] | None:
    """A drop-down of a list's labels, or of a column of the catalogue, beside which others are accepted."""
    if codes := field.get("constraints", {}).get("enum"):
        return {"validate": "list", "source": [labels.shown(field["name"], code) for code in codes]}
    if table not in offered:
        return None
    letter = xlsxwriter.utility.xl_col_to_name(2 * list(offered).index(table))
    area = f"={_CATALOGUE}!${letter}$2:${letter}${len(offered[table]) + 1}"
    return {"validate": "list", "source": area, "error_type": "information"}


def _in_words(cell: str, field: dict[str, Any], names: dict[str, str]) -> str:
    """A cell of an example in the reader's words."""
    cell = cell.removeprefix(f"{COMMENT} ")
    if "enum" in field.get("constraints", {}):
        return labels.shown(field["name"], cell)
    return tr(names.get(cell, cell), cell)


def _catalogue(sheet: Worksheet, offered: Offered, looks: _Looks) -> None:
    """Names and codes in two columns a table; what the drop-downs offer stands first."""
    for number, (table, names) in enumerate(offered.items()):
        first = 2 * number
        sheet.write_row(0, first, [table, ""], looks.spared)
        sheet.set_column(first, first + 1, 36)
        for row, (code, name) in enumerate(names.items(), start=1):
            sheet.write_string(row, first, tr(name, code))
            sheet.write_string(row, first + 1, tr(code, name))
