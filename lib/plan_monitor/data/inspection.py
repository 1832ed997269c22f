"""The files of a package read, settled and checked: its tables, and everything that is wrong with them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import yaml

from plan_monitor.data import schema, validation
from plan_monitor.data.descriptor import DESCRIPTOR, described
from plan_monitor.data.outline import flaws
from plan_monitor.data.reading import read_table, shown_name
from plan_monitor.data.tables import TABLES
from plan_monitor.settle import defaults
from plan_monitor.settle.defaults import Derived
from plan_monitor.settle.parts import Part, Wrong, joined, one_a_cell
from plan_monitor.settle.tables import settle
from reportkit.findings import Finding, by_the_million
from reportkit.wrong_cells import Findings, WrongCells, in_columns


class Settled(NamedTuple):
    """A folder's tables as written by people, settled; what could not be, and what was filled in by rule."""

    parts: dict[str, Part]
    findings: Wrong
    derived: list[Derived]

    def each(self) -> Findings:
        """The findings, one by one."""
        return Findings(in_columns(self.findings))


def settled(folder: Path) -> Settled:
    """The tables of a folder, names resolved and gaps filled, not yet checked; none without a descriptor."""
    try:
        descriptor = described(folder)
    except FileNotFoundError:
        en = f"expected this file, the package's description, in {folder}"
        return Settled({}, [_fault(f"{folder} 中应有此文件（数据包说明）", en)], [])
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problem = str(error).splitlines()[0]
        en = f"expected a valid data package descriptor: {problem}"
        return Settled({}, [_fault(f"应为有效的数据包说明：{problem}", en)], [])
    if found := flaws(descriptor):
        return Settled({}, [*found], [])
    resources = descriptor["resources"]
    schemas = {one["name"]: one["schema"] for one in resources}
    paths = {one["name"]: folder / one["path"] for one in resources}
    belongs = {one["name"]: one.get("table", one["name"]) for one in resources}
    dialects = {one["name"]: one.get("dialect", {}) for one in resources}
    absent = "数据包说明应列出此表", "expected this table in the descriptor"
    unknown = f"未知的表；应为：{', '.join(TABLES)}", f"expected one of: {', '.join(TABLES)}"
    needed = [name for name, traits in TABLES.items() if not traits.new]
    findings = [_fault(*absent, name) for name in needed if name not in schemas]
    findings += [_fault(*unknown, name) for name, table in belongs.items() if table not in TABLES]
    if findings:
        return Settled({}, [*findings], [])
    parts = {}
    for name, fields in schemas.items():
        if name != belongs[name] and not paths[name].is_file():
            continue  # who copies the descriptor may leave the samples behind
        spared = defaults.spared(belongs[name], fields)
        text, form = read_table(paths[name], fields, dialects[name], spared)
        file, readable = shown_name(paths[name], dialects[name]), not (form and text.empty)
        parts[name] = Part(belongs[name], file, text, fields, readable)
        findings += form
    parts, unsettled, derived = settle(parts)
    return Settled(parts, findings + unsettled, derived)


def _fault(zh: str, en: str, table: str | None = None) -> Finding:
    """One of the descriptor."""
    return Finding(DESCRIPTOR, None, table, None, {"zh": zh, "en": en})


@by_the_million()
def inspect(path: str | Path) -> tuple[dict[str, pd.DataFrame], Sequence[Finding], list[Derived]]:
    """All tables of a folder, everything that is wrong with them, and what was filled in by rule.

    Where something is wrong there are no tables, since nobody could use them.
    """
    read = settled(Path(path))
    parts, findings, derived = read
    if not parts:
        return {}, read.each(), derived
    for name, part in parts.items():
        typed, content = schema.typed(part)
        if late := [column for column in TABLES[part.table].added if column not in typed.frame]:
            typed = typed._replace(frame=typed.frame.reindex(columns=[*typed.frame, *late]))
        parts[name] = typed
        findings += content
    findings = _asked_for(in_columns(findings))
    findings += schema.keys(parts)
    findings += validation.findings(parts, findings)
    if findings:
        return {}, one_a_cell(findings, parts), derived
    given = {part.table for part in parts.values()}
    tables = {
        table: joined(parts, table) if table in given else pd.DataFrame(columns=list(traits.added))
        for table, traits in TABLES.items()
    }
    return tables, [], derived


def _asked_for(findings: list[WrongCells]) -> list[WrongCells]:
    """Findings without empty cells that would follow from the indicator, where that is wrong itself."""
    unnamed = [one for one in findings if one.column == "indicator"]
    asked = []
    for cells in findings:
        if cells.column in defaults.OF_A_FIGURE:
            rows = [one.rows for one in unnamed if one.file == cells.file]
            empty = np.array([not value for value in cells.values])
            cells = cells.only(~(empty & np.isin(cells.rows, np.concatenate([cells.rows[:0], *rows]))))
        if len(cells.rows):
            asked.append(cells)
    return asked
