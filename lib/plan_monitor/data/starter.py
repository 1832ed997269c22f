"""An empty data package for another place, with all that does not depend on the place.

Indicators, the nation, and rule books and rates that hold for the whole nation come along from an existing
package, with the documents they were read from. Every table has an example row, which is a comment; the
same tables stand in an Excel workbook, with headings, examples and drop-downs in the reader's words, for
whoever would rather fill that in: what must be filled in stands first. Rows of both are read together.
"""

import copy
import csv
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter
import yaml

from plan_monitor.data.package import DESCRIPTOR, load
from plan_monitor.data.tables import TABLES, Package
from plan_monitor.settle import defaults, divisions, labels
from reportkit.language import tr

WORKBOOK = "tables.xlsx"
_COMMENT = "#"
_CATALOGUE = "lists"  # sheet of what the drop-downs offer
_ROWS = 5000  # of a sheet that the drop-downs reach
_HEAD = """\
# A data package (https://datapackage.org): the tables of this folder and what each of their columns means.
# Change title, version and created when the data change: reports print them.
# A row that begins with # is a comment. Rows of tables.xlsx are read with those of the CSV files.
"""


def write(folder: Path, source: Path) -> None:
    """Write an empty data package; headings, names and choices of its workbook in the language that is set.

    Parameters
    ----------
    folder : Path
        Where to; made, and whole or not there at all.
    source : Path
        An existing package: its descriptor, catalogue and examples are taken over.

    Raises
    ------
    FileExistsError
        If the folder is there already.
    """
    if folder.exists():
        raise FileExistsError(folder)
    package = load(source)
    descriptor = yaml.safe_load((source / DESCRIPTOR).read_text(encoding="utf-8"))
    own = [resource for resource in descriptor["resources"] if "table" not in resource]
    examples = _examples(descriptor["resources"], source)
    kept = _kept(package)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        made = Path(scratch) / folder.name
        made.mkdir()
        for resource in own:
            name, columns = resource["name"], _columns(resource)
            _csv(made / resource["path"], columns, examples.get(name), kept.get(name))
        _workbook(made / WORKBOOK, own, examples, package)
        text = yaml.safe_dump(_descriptor(folder.name, descriptor, own), allow_unicode=True, sort_keys=False)
        (made / DESCRIPTOR).write_text(_HEAD + text, encoding="utf-8")
        shutil.move(made, folder)


def _columns(resource: dict[str, Any]) -> list[str]:
    return [field["name"] for field in resource["schema"]["fields"]]


def _kept(package: Package) -> dict[str, pd.DataFrame]:
    """Rows that come along: of the nation, and the documents that they name."""
    nation = package.regions[package.regions["level"].eq("nation")]
    kept = {"regions": nation, "indicators": package.indicators}
    national = [table for table, traits in TABLES.items() if traits.national]
    for table in national:
        rows = getattr(package, table)
        if "region" in rows:
            rows = rows[rows["region"].isin(nation["code"])]
        kept[table] = rows[rows["plan"].isna()] if "plan" in rows else rows
    named = {name for table in national for name in kept[table]["document"]}
    return kept | {"documents": package.documents[package.documents["id"].isin(named)]}


def _examples(resources: list[dict[str, Any]], source: Path) -> dict[str, list[str]]:
    """The first row of every table, of its sample where it has none of its own."""
    examples = {}
    for resource in resources:
        path, table = source / resource["path"], resource.get("table", resource["name"])
        if table not in examples and path.is_file():
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = csv.reader(file)
                next(rows)
                if row := next(rows, None):
                    examples[table] = [f"{_COMMENT} {row[0]}", *row[1:]]
    return examples


def _csv(path: Path, columns: list[str], example: list[str] | None, kept: pd.DataFrame | None) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # with the mark that Excel knows UTF-8 by
        writer = csv.writer(file)
        writer.writerow(columns)
        if example:
            writer.writerow(example)
        if kept is not None:
            kept[columns].to_csv(file, header=False, index=False, lineterminator="\r\n")


def _descriptor(name: str, source: dict[str, Any], own: list[dict[str, Any]]) -> dict[str, Any]:
    """What the new package is called, its tables, and the sheets of the workbook as further parts of them."""
    sheets = [
        {
            **{"name": f"{resource['name']}-sheet", "table": resource["name"]},
            **{"path": WORKBOOK, "format": "xlsx"},
            "dialect": {"commentChar": _COMMENT, "sheet": resource["name"]},
            "schema": copy.deepcopy(
                resource["schema"]
            ),  # else YAML writes a reference, which is harder to read
        }
        for resource in own
        if TABLES[resource["name"]].entered
    ]
    tables = [
        {key: value for key, value in one.items() if key != "hash"} | {"dialect": {"commentChar": _COMMENT}}
        for one in own
    ]
    return {
        **{"name": "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower()), "title": name},
        **{"version": "0.1.0", "created": f"{date.today().isoformat()}T00:00:00Z"},
        "resources": [*tables, *sheets],
    }


def _workbook(
    path: Path, own: list[dict[str, Any]], examples: dict[str, list[str]], package: Package
) -> None:
    """One sheet a table: headings that explain themselves, text where Excel would make dates, drop-downs."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        look = {"bold": True, "border": 1, "border_color": "#c8c8c8"}
        needed = book.add_format(look | {"bg_color": "#cfe0f1"})
        spared = book.add_format(look | {"bg_color": "#f2f4f6", "bold": False})
        grey = book.add_format({"italic": True, "font_color": "#59616b", "num_format": "@"})
        text = book.add_format({"num_format": "@"})
        offered = _offered(package)
        for resource in (one for one in own if TABLES[one["name"]].entered):
            name, fields = resource["name"], resource["schema"]["fields"]
            optional = defaults.spared(name, resource["schema"])
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 1)
            listed = resource["schema"].get("foreignKeys", [])
            keys = {key["fields"][0]: key["reference"]["resource"] for key in listed}
            example = dict(zip(_columns(resource), examples.get(name, []), strict=False))
            for column, field in enumerate(sorted(fields, key=lambda one: one["name"] in optional)):
                wanted, heading = field.get("constraints", {}), tr(field["title"], field["name"])
                plain = None if field["type"] == "number" else text
                sheet.set_column(column, column, max(12, 2 * len(heading) + 3), plain)
                sheet.write_string(0, column, heading, spared if field["name"] in optional else needed)
                must = "可不填 · may be left empty" if field["name"] in optional else "必填 · required"
                note = f"{field['title']} · {field['name']}\n{must}\n{field.get('description', '')}"
                sheet.write_comment(0, column, note, {"x_scale": 2, "y_scale": 1.5})
                reach, other = (1, column, _ROWS, column), keys.get(field["name"])
                if "enum" in wanted:
                    choices = [labels.shown(field["name"], code) for code in wanted["enum"]]
                    sheet.data_validation(*reach, {"validate": "list", "source": choices})
                elif other in offered:
                    sheet.data_validation(*reach, _choice(list(offered).index(other), len(offered[other])))
                cell = _example(example.get(field["name"], ""), field, offered.get(other, {}))
                if example and (cell or not column):
                    sheet.write_string(1, column, cell if column else f"{_COMMENT} {cell}", grey)
        sheet = book.add_worksheet(_CATALOGUE)
        for number, (table, names) in enumerate(offered.items()):
            sheet.write_row(0, 2 * number, [table, ""], spared)
            sheet.set_column(2 * number, 2 * number + 1, 36)
            for row, (code, name) in enumerate(names.items(), start=1):
                sheet.write_string(row, 2 * number, tr(name, code))
                sheet.write_string(row, 2 * number + 1, tr(code, name))


def _choice(place: int, length: int) -> dict[str, Any]:
    """A drop-down of a column of the catalogue's sheet; what is not in it is told, not refused."""
    letter = xlsxwriter.utility.xl_col_to_name(2 * place)
    area = f"={_CATALOGUE}!${letter}$2:${letter}${length + 1}"
    return {"validate": "list", "source": area, "error_type": "information"}


def _example(cell: str, field: dict[str, Any], names: dict[str, str]) -> str:
    """A cell of an example in the reader's words."""
    cell = cell.removeprefix(f"{_COMMENT} ")
    if "enum" in field.get("constraints", {}):
        return labels.shown(field["name"], cell)
    return tr(names.get(cell, cell), cell)


def _offered(package: Package) -> dict[str, dict[str, str]]:
    """What the drop-downs of columns that name a row of another table offer: names by code, by table."""
    indicators = package.indicators
    places = [unit for unit in divisions.today().values() if unit.level != "county"]
    return {
        "indicators": dict(zip(indicators["id"], indicators["name_zh"], strict=True)),
        "regions": {unit.code: unit.name for unit in places},
    }
