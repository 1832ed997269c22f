"""What rows must hold beyond their types: a domain has its rules in a module ``validation`` of its folder.

Those here are of the common tables: units and bounds, a number, who is responsible for a
promise, regions that do not run in a circle.
``RULES`` names a rule for each table that a module checks: a function of one file of the table, the files of
all tables, and the columns of this file in which something is wrong already; it gives findings.
"""

from collections import defaultdict
from functools import cache, partial
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd

from plan_monitor.settle.parts import Part, Wrong, faults, joined, refused

_LIBRARY = Path(__file__).parents[1]
_PROMISES = ("targets", "milestones", "projects")
_LEVELS = 10  # of regions: more than any country has


def findings(parts: dict[str, Part], earlier: Wrong) -> Wrong:
    """Everything wrong with the meaning of the rows of all tables, which have their types; `earlier` are the
    findings so far: rules learn from them which columns of a file are wrong already."""
    spoiled = defaultdict(set)
    for finding in earlier:
        spoiled[finding.file].add(finding.column)
    result = []
    for rules in _rules():
        for part in parts.values():
            if part.table in rules and not part.frame.empty:
                result += rules[part.table](part, parts, spoiled[part.file])
    return result


@cache
def _rules() -> list[dict]:
    rooms = sorted(path.parent.name for path in _LIBRARY.glob("*/validation.py"))
    return [import_module(f"{_LIBRARY.name}.{room}.validation").RULES for room in rooms]


def _figures(column: str, part: Part, parts: dict[str, Part], spoiled: set[str]) -> Wrong:
    """Figures in another unit than their indicator's, or out of its bounds."""
    definitions = (
        joined(parts, "indicators").drop_duplicates("id").set_index("id")[["unit", "lower", "upper"]]
    )
    frame = part.frame.join(definitions.rename(columns={"unit": "unit_defined"}), on="indicator")
    numbers = [column, "lower", "upper"]  # a cell that is no number has been reported as such
    frame[numbers] = frame[numbers].apply(pd.to_numeric, errors="coerce")
    result = []
    other_unit = frame["unit"] != frame["unit_defined"]
    # without those whose indicator is unknown: that has been reported
    for (indicator, unit), rows in frame[other_unit].groupby(["indicator", "unit_defined"]):
        zh, en = f"指标 {indicator} 的单位应为“{unit}”", f"expected the unit of {indicator}: {unit}"
        result += faults(part, rows["unit"], {"zh": zh, "en": en})
    outside = (frame[column] < frame["lower"]) | (frame[column] > frame["upper"])
    for _, rows in frame[outside].groupby(["lower", "upper"], dropna=False):
        (bounds,) = rows[["lower", "upper"]].drop_duplicates().to_numpy()
        low, high = ("" if np.isnan(bound) else f"{bound:.15g}" for bound in bounds)
        zh = f"应在指标的取值范围内：{low} 至 {high}"
        en = f"expected a value within the indicator's bounds: {low} to {high}"
        result += faults(part, rows[column], {"zh": zh, "en": en})
    return result


def _targets(part: Part, parts: dict[str, Part], spoiled: set[str]) -> Wrong:
    zh = "应为数字；只有 kind 为 text 的目标可以没有数值"
    en = "expected a number; only a target of kind text may go without"
    missing = part.frame["value"].isna() & (part.frame["kind"] != "text")
    return _figures("value", part, parts, spoiled) + refused(part, missing, "value", zh, en)


def _indicators(part: Part, parts: dict[str, Part], spoiled: set[str]) -> Wrong:
    """Indicators whose column alike names none that exists, or themselves; bounds with nothing between."""
    lookalikes = part.frame["alike"].dropna().astype("str").str.split().explode()
    wrong = ~lookalikes.isin(joined(parts, "indicators")["id"]) | lookalikes.eq(
        part.frame["id"].reindex(lookalikes.index)
    )
    zh = "应为 indicators 中其他指标的编号，以空格分隔"
    en = "expected ids of other indicators, separated by blanks"
    rows = part.frame.index.isin(lookalikes.index[wrong])
    unlike = refused(part, pd.Series(rows, index=part.frame.index), "alike", zh, en)
    lower, upper = (pd.to_numeric(part.frame[name], errors="coerce") for name in ("lower", "upper"))
    zh, en = "上限应大于下限", "expected an upper bound above the lower one"
    return unlike + refused(part, lower >= upper, "upper", zh, en)


def _regions(part: Part, parts: dict[str, Part], spoiled: set[str]) -> Wrong:
    """Regions that are, by way of their parents, above themselves."""
    parent = joined(parts, "regions").drop_duplicates("code").set_index("code")["parent"]
    ancestors = part.frame["parent"]
    for _ in range(_LEVELS):
        ancestors = ancestors.map(parent)
    zh, en = "上级不能绕回自身", "expected a region above; the chain of parents runs in a circle"
    return refused(part, ancestors.notna(), "parent", zh, en)


def _responsibilities(part: Part, parts: dict[str, Part], spoiled: set[str]) -> Wrong:
    """Units responsible for no promise, or for one of another document; units with two English names."""
    tables = [table for table in parts.values() if table.table in _PROMISES]
    if not all(table.readable for table in tables):
        return []  # there is a finding about their file already
    promises = pd.concat([table.frame[["id", "document"]] for table in tables]).drop_duplicates("id")
    document = part.frame["promise"].map(promises.set_index("id")["document"])
    zh, en = "应为目标、节点或项目的编号", "expected the id of a target, milestone or project"
    unknown = part.frame["promise"].notna() & ~part.frame["promise"].isin(promises["id"])
    findings = refused(part, unknown, "promise", zh, en)
    zh, en = "应与所指的承诺同属一份文件", "expected the document that makes the promise"
    findings += refused(part, document.notna() & document.ne(part.frame["document"]), "document", zh, en)
    usual_names = (
        joined(parts, part.table).groupby("unit_zh")["unit_en"].agg(lambda names: names.mode().min())
    )
    usual = part.frame["unit_zh"].map(usual_names)
    for name, rows in part.frame[part.frame["unit_en"].notna() & part.frame["unit_en"].ne(usual)].groupby(
        usual
    ):
        zh, en = f"同一单位的英文名应一致：{name}", f"expected one English name for each unit: {name}"
        findings += faults(part, rows["unit_en"], {"zh": zh, "en": en})
    return findings


RULES = {
    "responsibilities": _responsibilities,
    "targets": _targets,
    "observations": partial(_figures, "value"),
    "standards": partial(_figures, "threshold"),
    "indicators": _indicators,
    "regions": _regions,
}
