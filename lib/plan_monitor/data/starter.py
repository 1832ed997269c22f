"""An empty data package for another place, with all that does not depend on the place.

Indicators, the nation, and rule books and rates that hold for the whole nation come along from an existing
package, with the documents they were read from. Every table has an example row, which is a comment. The same
tables stand in an Excel workbook for whoever would rather fill that in; rows of both are read together.
"""

import copy
import csv
import shutil
import tempfile
from datetime import date
from pathlib import Path

import pandas as pd
import xlsxwriter
import yaml
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from plan_monitor.data.descriptor import DESCRIPTOR, read_descriptor
from plan_monitor.data.package import load
from plan_monitor.data.tables import TABLES, Package
from plan_monitor.settle import defaults, divisions, labels
from reportkit.language import tr

WORKBOOK = "tables.xlsx"
_COMMENT = "#"  # a row that begins with it is no data
_CATALOGUE = "lists"  # sheet of what the drop-downs offer
_ROWS = 5000  # of a sheet that the drop-downs reach
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False}
_HEADING = {"bold": True, "border": 1, "border_color": "#c8c8c8"}
_FORMATS = {
    "needed": _HEADING | {"bg_color": "#cfe0f1"},
    "spared": _HEADING | {"bg_color": "#f2f4f6", "bold": False},
    "example": {"italic": True, "font_color": "#59616b", "num_format": "@"},
    "text": {"num_format": "@"},  # where Excel would make dates
}
_HEAD = """\
# A data package (https://datapackage.org): the tables of this folder and what each of their columns means.
# Change title, version and created when the data change: reports print them.
# A row that begins with # is a comment. Rows of tables.xlsx are read with those of the CSV files.
"""

Choices = dict[str, dict[str, str]]  # names by code, by table


def write(folder: Path, source: Path) -> None:
    """Write an empty data package; headings, names and choices of its workbook in the language that is set.

    The folder is created completely or not at all. Descriptor, catalogue and examples come from `source`, an
    existing package. Raises FileExistsError if the folder exists.
    """
    if folder.exists():
        raise FileExistsError(folder)
    package = load(source)
    descriptor = read_descriptor(source)
    resources = [resource for resource in descriptor["resources"] if "table" not in resource]
    entered_resources = [resource for resource in resources if TABLES[resource["name"]].entered]
    examples = _examples(descriptor["resources"], source)
    frames = _national_rows(package)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        draft = Path(scratch) / folder.name
        draft.mkdir()
        for resource in resources:
            columns = [field["name"] for field in resource["schema"]["fields"]]
            rows = frames.get(resource["name"], pd.DataFrame(columns=columns))
            _csv(draft / resource["path"], rows[columns], examples.get(resource["name"]))
        _workbook(draft / WORKBOOK, entered_resources, examples, package)
        text = yaml.safe_dump(
            _descriptor(folder.name, resources, entered_resources), allow_unicode=True, sort_keys=False
        )
        (draft / DESCRIPTOR).write_text(_HEAD + text, encoding="utf-8", newline="\n")
        shutil.move(draft, folder)


def _national_rows(package: Package) -> dict[str, pd.DataFrame]:
    """Rows that a new package starts with: those for the nation, and the documents that they name."""
    nation = package.regions[package.regions["level"].eq("nation")]
    frames = {}
    for table in (table for table, traits in TABLES.items() if traits.national):
        rows = getattr(package, table)
        if "region" in rows:
            rows = rows[rows["region"].isin(nation["code"])]
        frames[table] = rows[rows["plan"].isna()] if "plan" in rows else rows
    document_ids = pd.concat([rows["document"] for rows in frames.values()])
    documents = package.documents[package.documents["id"].isin(document_ids)]
    return frames | {"regions": nation, "indicators": package.indicators, "documents": documents}


def _examples(resources: list[dict], source: Path) -> dict[str, list[str]]:
    """The first row of every table, or of its sample where the table itself is empty."""
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


def _csv(path: Path, rows: pd.DataFrame, example: list[str] | None) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # with the mark that Excel knows UTF-8 by
        csv.writer(file).writerows([rows.columns, *([example] if example else [])])
        rows.to_csv(file, header=False, index=False, lineterminator="\r\n")


def _descriptor(name: str, resources: list[dict], entered_resources: list[dict]) -> dict:
    """The new package's name, its tables, and the sheets of the workbook as further parts of the tables."""
    tables = [
        {key: value for key, value in resource.items() if key != "hash"}
        | {"dialect": {"commentChar": _COMMENT}}
        for resource in resources
    ]
    sheets = [
        {
            **{
                "name": f"{resource['name']}-sheet",
                "table": resource["name"],
                "path": WORKBOOK,
                "format": "xlsx",
            },
            "dialect": {"commentChar": _COMMENT, "sheet": resource["name"]},
            "schema": copy.deepcopy(
                resource["schema"]
            ),  # else YAML writes a reference, which is harder to read
        }
        for resource in entered_resources
    ]
    return {
        **{"name": "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower()), "title": name},
        **{"version": "0.1.0", "created": f"{date.today().isoformat()}T00:00:00Z"},
        "resources": [*tables, *sheets],
    }


def _workbook(path: Path, tables: list[dict], examples: dict[str, list[str]], package: Package) -> None:
    """The workbook: a sheet a table, headings that explain themselves, drop-downs."""
    places = {unit.code: unit.name for unit in divisions.today().values() if unit.level != "county"}
    choices = {"indicators": package.indicators.set_index("id")["name_zh"].to_dict(), "regions": places}
    with xlsxwriter.Workbook(path, _PLAIN) as book:
        formats = {name: book.add_format(properties) for name, properties in _FORMATS.items()}
        for table in tables:
            _sheet(
                book.add_worksheet(table["name"]), table, examples.get(table["name"], []), choices, formats
            )
        catalogue = book.add_worksheet(_CATALOGUE)  # what the drop-downs offer stands first
        for number, (table, names) in enumerate(choices.items()):
            catalogue.write_row(0, 2 * number, [table, ""], formats["spared"])
            catalogue.set_column(2 * number, 2 * number + 1, 36)
            catalogue.write_column(1, 2 * number, [tr(name, code) for code, name in names.items()])
            catalogue.write_column(1, 2 * number + 1, [tr(code, name) for code, name in names.items()])


def _sheet(
    sheet: Worksheet, table: dict, example: list[str], choices: Choices, formats: dict[str, Format]
) -> None:
    """A sheet for a table; columns that must be filled in stand first."""
    schema = table["schema"]
    optional = defaults.optional_columns(table["name"], schema)
    references = {
        name: key["reference"]["resource"] for key in schema.get("foreignKeys", []) for name in key["fields"]
    }
    cells = dict(zip((field["name"] for field in schema["fields"]), example, strict=False))
    sheet.freeze_panes(1, 1)
    for column, field in enumerate(sorted(schema["fields"], key=lambda one: one["name"] in optional)):
        name, title, is_optional = field["name"], field["title"], field["name"] in optional
        heading = tr(title, name)
        column_format = None if field["type"] == "number" else formats["text"]
        sheet.set_column(column, column, max(12, 2 * len(heading) + 3), column_format)
        sheet.write_string(0, column, heading, formats["spared" if is_optional else "needed"])
        requirement = "可不填 · may be left empty" if is_optional else "必填 · required"
        note = f"{title} · {name}\n{requirement}\n{field.get('description', '')}"
        sheet.write_comment(0, column, note, {"x_scale": 2, "y_scale": 1.5})
        if choice := _choice(field, references.get(name), choices):
            sheet.data_validation(1, column, _ROWS, column, choice)
        cell = _in_words(cells.get(name, ""), field, choices.get(references.get(name, ""), {}))
        if example and (cell or not column):
            sheet.write_string(1, column, cell if column else f"{_COMMENT} {cell}", formats["example"])


def _choice(field: dict, table: str | None, choices: Choices) -> dict | None:
    """A drop-down of a list's labels, or of a column of the catalogue, which accepts other texts too."""
    if codes := field.get("constraints", {}).get("enum"):
        return {"validate": "list", "source": [labels.shown(field["name"], code) for code in codes]}
    if table not in choices:
        return None
    letter = xl_col_to_name(2 * list(choices).index(table))
    area = f"={_CATALOGUE}!${letter}$2:${letter}${len(choices[table]) + 1}"
    return {"validate": "list", "source": area, "error_type": "information"}


def _in_words(cell: str, field: dict, names: dict[str, str]) -> str:
    """A cell of an example in the reader's words."""
    cell = cell.removeprefix(f"{_COMMENT} ")
    if "enum" in field.get("constraints", {}):
        return labels.shown(field["name"], cell)
    return tr(names.get(cell, cell), cell)
