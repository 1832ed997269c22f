"""A folder with a data package: find it, read it, check it, load it."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import yaml

from plan_monitor.data import schema, validation
from plan_monitor.data.reading import read_table, shown_name
from plan_monitor.data.tables import TABLES, Package
from plan_monitor.settle import defaults
from plan_monitor.settle.defaults import Derived
from plan_monitor.settle.parts import Part, joined, one_a_cell
from plan_monitor.settle.tables import settle
from reportkit.files import digest
from reportkit.findings import DataError, Finding, by_the_million

DESCRIPTOR = "datapackage.yaml"
_YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C, where libyaml was at hand


def find_data(path: str | Path | None = None) -> Path:
    """The folder of the data package: the one given, else the nearest ``data/`` from here upwards.

    Raises FileNotFoundError where none of the folders above holds a data package.
    """
    if path:
        return Path(path)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "data" / DESCRIPTOR).is_file():
            return folder / "data"
    raise FileNotFoundError(f"no data/{DESCRIPTOR} in {here} or above it; name the data folder")


@lru_cache(maxsize=8)  # the longest part of reading a small package
def _described(text: str) -> dict:
    """A descriptor; who gets it leaves it as it is."""
    return yaml.load(text, Loader=_YAML)


class Settled(NamedTuple):
    """A folder's tables as written by people, settled; what could not be, and what was filled in by rule."""

    parts: dict[str, Part]
    findings: list[Finding]
    derived: list[Derived]


def settled(folder: Path) -> Settled:
    """The tables of a folder, names resolved and gaps filled, not yet checked; none without a descriptor."""
    try:
        text = (folder / DESCRIPTOR).read_text(encoding="utf-8")
        resources = _described(text)["resources"]
        schemas = {one["name"]: one["schema"] for one in resources}
        paths = {one["name"]: folder / one["path"] for one in resources}
        belongs = {one["name"]: one.get("table", one["name"]) for one in resources}
        dialects = {one["name"]: one.get("dialect", {}) for one in resources}
    except FileNotFoundError:
        en = f"expected this file, the package's description, in {folder}"
        return Settled({}, [_fault(f"{folder} 中应有此文件（数据包说明）", en)], [])
    except (yaml.YAMLError, KeyError, TypeError, UnicodeDecodeError) as error:
        problem = str(error).splitlines()[0]
        en = f"expected a valid data package descriptor: {problem}"
        return Settled({}, [_fault(f"应为有效的数据包说明：{problem}", en)], [])
    absent = "数据包说明应列出此表", "expected this table in the descriptor"
    unknown = f"未知的表；应为：{', '.join(TABLES)}", f"expected one of: {', '.join(TABLES)}"
    needed = [name for name, traits in TABLES.items() if not traits.new]
    findings = [_fault(*absent, name) for name in needed if name not in schemas]
    findings += [_fault(*unknown, name) for name, table in belongs.items() if table not in TABLES]
    if findings:
        return Settled({}, findings, [])
    parts = {}
    for name, described in schemas.items():
        if name != belongs[name] and not paths[name].is_file():
            continue  # who copies the descriptor may leave the samples behind
        spared = defaults.spared(belongs[name], described)
        text, form = read_table(paths[name], described, dialects[name], spared)
        file, readable = shown_name(paths[name], dialects[name]), not (form and text.empty)
        parts[name] = Part(belongs[name], file, text, described, readable)
        findings += form
    parts, unsettled, derived = settle(parts)
    return Settled(parts, findings + unsettled, derived)


def _fault(zh: str, en: str, table: str | None = None) -> Finding:
    """One of the descriptor."""
    return Finding(DESCRIPTOR, None, table, None, {"zh": zh, "en": en})


@by_the_million()
def inspect(path: str | Path) -> tuple[dict[str, pd.DataFrame], list[Finding], list[Derived]]:
    """All tables of a folder, everything that is wrong with them, and what was filled in by rule."""
    parts, findings, derived = settled(Path(path))
    if not parts:
        return {}, findings, derived
    for name, part in parts.items():
        typed, content = schema.typed(part)
        late = [column for column in TABLES[part.table].added if column not in typed.frame]
        parts[name] = typed._replace(frame=typed.frame.reindex(columns=[*typed.frame, *late]))
        findings += content
    unnamed = {(one.file, one.row) for one in findings if one.column == "indicator"}
    findings = [
        one
        for one in findings
        if one.column not in defaults.OF_A_FIGURE or one.value or (one.file, one.row) not in unnamed
    ]  # what would follow from the indicator is not asked for beside it
    findings += schema.keys(parts)
    findings += validation.findings(parts, findings)
    described = {part.table for part in parts.values()}
    tables = {
        table: joined(parts, table) if table in described else pd.DataFrame(columns=list(traits.added))
        for table, traits in TABLES.items()
    }
    return tables, one_a_cell(findings, parts), derived


def check(path: str | Path) -> list[Finding]:
    """Everything that is wrong with a folder of ``datapackage.yaml`` and CSV files; else an empty list."""
    return inspect(path)[1]


def load(path: str | Path | None = None) -> Package:
    """Load and validate the data package in a folder; without it, in the nearest ``data/`` from here upwards.

    A second time in the same process, its files unchanged, is the same package, with all that was computed of
    it (``data.once``). Raises DataError if anything is wrong; its ``findings`` name file, row, column, value
    and what was expected. Raises FileNotFoundError if no path is given and no ``data/`` is found.
    """
    folder = find_data(path)
    return _loaded(folder, folder.resolve(), digest(folder))


@lru_cache(maxsize=4)
def _loaded(folder: Path, place: Path, contents: str) -> Package:
    """The package of a folder that lies in a place and whose files have these contents."""
    tables, findings, _ = inspect(folder)
    if findings:
        raise DataError(findings)
    defined = tables["indicators"].set_index("id")[["direction", "nature", "alike"]]
    tables["targets"] = tables["targets"].join(defined, on="indicator")
    lags = tables["publication_lags"].assign(months=lambda rows: rows["months"].astype(float)).set_index("id")
    for table in ("targets", "milestones"):
        tables[table]["lag_id"] = _lag_ids(tables[table], lags)
        tables[table]["lag"] = tables[table]["lag_id"].map(lags["months"]).astype(float).fillna(0.0)
    proposed = tables["indicators"]["proposed"].notna()
    for column, mark in (("name_zh", "（拟定）"), ("name_en", " (proposed)")):
        names = tables["indicators"][column]
        tables["indicators"][column] = names.where(~proposed, names + mark)
    return Package(path=folder, **tables)


def _lag_ids(promises: pd.DataFrame, lags: pd.DataFrame) -> pd.Series:
    """The row of the publication lags for each promise; missing where there is none.

    A row for the indicator holds before one for the plan, and that before one for all.
    """
    for_all = lags.index[lags["plan"].isna() & lags["indicator"].isna()]
    ids = pd.Series(for_all[0] if len(for_all) else None, index=promises.index, dtype="str")
    for column, chosen in (("document", lags["plan"]), ("indicator", lags["indicator"])):
        if column in promises:
            named = chosen.dropna().drop_duplicates()
            rows = pd.Series(named.index, index=named.to_numpy(), dtype="str")
            ids = promises[column].map(rows).astype("str").fillna(ids)
    return ids
