"""A folder with a data package: find it, read it, check it, load it."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd

from plan_monitor.data import cache
from plan_monitor.data.descriptor import DESCRIPTOR, contents
from plan_monitor.data.tables import Package
from plan_monitor.settle.defaults import Derived
from reportkit.findings import DataError, Finding


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


def inspect(path: str | Path) -> tuple[dict[str, pd.DataFrame], Sequence[Finding], list[Derived]]:
    """All tables of a folder, everything that is wrong with them, and what was filled in by rule.

    Where something is wrong there are no tables. Valid tables are kept beside the package's files, and read
    from there until one of these changes.
    """
    folder = Path(path)
    return _inspected(folder, contents(folder))


def _inspected(
    folder: Path, digests: tuple[str, ...]
) -> tuple[dict[str, pd.DataFrame], Sequence[Finding], list[Derived]]:
    if (cached := cache.read(folder, digests)) is not None:
        tables, derived = cached
        return tables, [], derived
    from plan_monitor.data import inspection  # dear to import

    tables, findings, derived = inspection.inspect(folder)
    if not findings and contents(folder) == digests:  # else files were written while they were read
        cache.write(folder, digests, (tables, derived))
    return tables, findings, derived


def check(path: str | Path) -> Sequence[Finding]:
    """Everything that is wrong with a folder of ``datapackage.yaml`` and CSV files; else an empty list."""
    return inspect(path)[1]


def load(path: str | Path | None = None) -> Package:
    """Load and validate the data package in a folder; without it, in the nearest ``data/`` from here upwards.

    Loaded again in the same process, with its files unchanged, it is the same package, with all that was
    computed from it (``data.once``). Raises DataError if anything is wrong; its ``findings`` name file, row,
    column, value and what was expected. Raises FileNotFoundError if no path is given and no ``data/`` found.
    """
    folder = find_data(path)
    return _loaded(folder, folder.resolve(), contents(folder))


@lru_cache(maxsize=4)
def _loaded(folder: Path, place: Path, digests: tuple[str, ...]) -> Package:
    """The package of a folder that lies in a place and whose files have these contents."""
    tables, findings, _ = _inspected(folder, digests)
    if findings:
        raise DataError(findings)
    definitions = tables["indicators"].set_index("id")[["direction", "nature", "alike"]]
    tables["targets"] = tables["targets"].join(definitions, on="indicator")
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

    A row for the indicator takes precedence over one for the plan, and that over one for all promises.
    """
    for_all = lags.index[lags["plan"].isna() & lags["indicator"].isna()]
    ids = pd.Series(for_all[0] if len(for_all) else None, index=promises.index, dtype="str")
    for column, cells in (("document", lags["plan"]), ("indicator", lags["indicator"])):
        if column in promises:
            distinct_cells = cells.dropna().drop_duplicates()
            rows = pd.Series(distinct_cells.index, index=distinct_cells.to_numpy(), dtype="str")
            ids = promises[column].map(rows).astype("str").fillna(ids)
    return ids
