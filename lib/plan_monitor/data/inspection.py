"""The files of a package read, settled and checked: its tables, and everything that is wrong with them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import yaml

from plan_monitor.data import schema, validation
from plan_monitor.data.descriptor import DESCRIPTOR, read_descriptor
from plan_monitor.data.outline import flaws
from plan_monitor.data.reading import read_table, shown_name
from plan_monitor.data.tables import TABLES
from plan_monitor.settle import defaults
from plan_monitor.settle.defaults import Derived
from plan_monitor.settle.parts import Part, Wrong, first_per_cell, joined
from plan_monitor.settle.tables import settle
from reportkit.findings import Finding, by_the_million
from reportkit.wrong_cells import Findings, WrongCells, in_columns


class Settled(NamedTuple):
    """A folder's tables with names resolved; what could not be resolved, and what was filled in by rule."""

    parts: dict[str, Part]
    findings: Wrong
    derived: list[Derived]

    def each(self) -> Findings:
        """The findings, one by one."""
        return Findings(in_columns(self.findings))


def settled(folder: Path) -> Settled:
    """The tables of a folder, names resolved and gaps filled, not yet checked; none without a descriptor."""
    try:
        descriptor = read_descriptor(folder)
    except FileNotFoundError:
        en = f"expected this file, the package's description, in {folder}"
        return Settled({}, [_fault(f"{folder} 中应有此文件（数据包说明）", en)], [])
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problem = str(error).splitlines()[0]
        en = f"expected a valid data package descriptor: {problem}"
        return Settled({}, [_fault(f"应为有效的数据包说明：{problem}", en)], [])
    if descriptor_flaws := flaws(descriptor):
        return Settled({}, [*descriptor_flaws], [])
    resources = descriptor["resources"]
    schemas = {resource["name"]: resource["schema"] for resource in resources}
    paths = {resource["name"]: folder / resource["path"] for resource in resources}
    tables = {resource["name"]: resource.get("table", resource["name"]) for resource in resources}
    dialects = {resource["name"]: resource.get("dialect", {}) for resource in resources}
    absent = "数据包说明应列出此表", "expected this table in the descriptor"
    unknown = f"未知的表；应为：{', '.join(TABLES)}", f"expected one of: {', '.join(TABLES)}"
    required = [name for name, traits in TABLES.items() if not traits.new]
    findings = [_fault(*absent, name) for name in required if name not in schemas]
    findings += [_fault(*unknown, name) for name, table in tables.items() if table not in TABLES]
    if findings:
        return Settled({}, [*findings], [])
    parts = {}
    for name, fields in schemas.items():
        if name != tables[name] and not paths[name].is_file():
            continue  # who copies the descriptor may leave the samples behind
        optional = defaults.optional_columns(tables[name], fields)
        text, faults = read_table(paths[name], fields, dialects[name], optional)
        file, readable = shown_name(paths[name], dialects[name]), not (faults and text.empty)
        parts[name] = Part(tables[name], file, text, fields, readable)
        findings += faults
    parts, unsettled, derived = settle(parts)
    return Settled(parts, findings + unsettled, derived)


def _fault(zh: str, en: str, table: str | None = None) -> Finding:
    """A finding about the descriptor."""
    return Finding(DESCRIPTOR, None, table, None, {"zh": zh, "en": en})


@by_the_million()
def inspect(path: str | Path) -> tuple[dict[str, pd.DataFrame], Sequence[Finding], list[Derived]]:
    """All tables of a folder, everything that is wrong with them, and what was filled in by rule.

    Where something is wrong there are no tables, since nobody could use them.
    """
    result = settled(Path(path))
    parts, findings, derived = result
    if not parts:
        return {}, result.each(), derived
    for name, part in parts.items():
        typed, faults = schema.typed(part)
        if later_columns := [column for column in TABLES[part.table].added if column not in typed.frame]:
            typed = typed._replace(frame=typed.frame.reindex(columns=[*typed.frame, *later_columns]))
        parts[name] = typed
        findings += faults
    findings = _without_consequences(in_columns(findings))
    findings += schema.keys(parts)
    findings += validation.findings(parts, findings)
    if findings:
        return {}, first_per_cell(findings, parts), derived
    names = {part.table for part in parts.values()}
    tables = {
        table: joined(parts, table) if table in names else pd.DataFrame(columns=list(traits.added))
        for table, traits in TABLES.items()
    }
    return tables, [], derived


def _without_consequences(findings: list[WrongCells]) -> list[WrongCells]:
    """The findings, but for empty cells that would be filled if the row's indicator were right."""
    indicator_findings = [finding for finding in findings if finding.column == "indicator"]
    result = []
    for cells in findings:
        if cells.column in defaults.OF_A_FIGURE:
            rows = [finding.rows for finding in indicator_findings if finding.file == cells.file]
            empty = np.array([not value for value in cells.values])
            cells = cells.only(~(empty & np.isin(cells.rows, np.concatenate([cells.rows[:0], *rows]))))
        if len(cells.rows):
            result.append(cells)
    return result
