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
import yaml

from plan_monitor.data import workbook
from plan_monitor.data.package import DESCRIPTOR, load
from plan_monitor.data.tables import TABLES, Package
from plan_monitor.data.workbook import COMMENT

WORKBOOK = "tables.xlsx"
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
    entered = [resource for resource in own if TABLES[resource["name"]].entered]
    examples = _examples(descriptor["resources"], source)
    kept = _kept(package)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        made = Path(scratch) / folder.name
        made.mkdir()
        for resource in own:
            name, columns = resource["name"], _columns(resource)
            _csv(made / resource["path"], columns, examples.get(name), kept.get(name))
        workbook.write(made / WORKBOOK, entered, examples, package)
        text = yaml.safe_dump(_descriptor(folder.name, own, entered), allow_unicode=True, sort_keys=False)
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
                    examples[table] = [f"{COMMENT} {row[0]}", *row[1:]]
    return examples


def _csv(path: Path, columns: list[str], example: list[str] | None, kept: pd.DataFrame | None) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # with the mark that Excel knows UTF-8 by
        writer = csv.writer(file)
        writer.writerow(columns)
        if example:
            writer.writerow(example)
        if kept is not None:
            kept[columns].to_csv(file, header=False, index=False, lineterminator="\r\n")


def _descriptor(name: str, own: list[dict[str, Any]], entered: list[dict[str, Any]]) -> dict[str, Any]:
    """What the new package is called, its tables, and the sheets of the workbook as further parts of them."""
    tables = [
        {key: value for key, value in one.items() if key != "hash"} | {"dialect": {"commentChar": COMMENT}}
        for one in own
    ]
    sheets = [
        {
            **{"name": f"{one['name']}-sheet", "table": one["name"], "path": WORKBOOK, "format": "xlsx"},
            "dialect": {"commentChar": COMMENT, "sheet": one["name"]},
            "schema": copy.deepcopy(one["schema"]),  # else YAML writes a reference, which is harder to read
        }
        for one in entered
    ]
    return {
        **{"name": "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower()), "title": name},
        **{"version": "0.1.0", "created": f"{date.today().isoformat()}T00:00:00Z"},
        "resources": [*tables, *sheets],
    }
