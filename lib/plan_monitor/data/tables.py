"""The tables of a data package, each listed once with what the library knows of it, and what is selected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_type_hints

import numpy as np
import pandas as pd

from plan_monitor.data.once import once
from plan_monitor.settle.defaults import CATALOGUES
from plan_monitor.settle.regions import Regions


class Traits(NamedTuple):
    """What the library knows of a table beyond its schema, which is in the descriptor."""

    new: bool = False  # a package written before the table existed may lack it, and has it empty then
    added: tuple[str, ...] = ()  # columns that an older package has empty; all columns of a new table
    promises: bool = (
        False  # a row belongs to the document that makes it; else it is no matter who published it
    )
    national: bool = False  # its rows hold for a nation and come along into a package for another place
    entered: bool = False  # people fill it in: the workbook of an empty package has a sheet for it
    number: str = "value"  # the column that holds the number of a row
    called: tuple[str, str] | None = None  # a row that has no name of its own, in Chinese and English


_DEFINED_LATER = ("nature", "alike", "unit_en", "aliases", "proposed")
_LAG = ("id", "plan", "indicator", "months", "unit", "document", "locator", "note_zh", "note_en")
_REQUEST = (
    *("id", "target", "asked", "asked_of", "state", "answered", "who", "observation"),
    *("reason_zh", "reason_en", "note_zh", "note_en"),
)
_ACCOUNTS, _WEIGHT = ("基金账目", "accounts of the fund"), ("学段权重", "weight of a level")
_LINE, _PUBLISHED = ("监测线", "monitoring line"), ("公布时滞", "publication lag")
_READING = (
    *("document", "start", "digest", "role", "indicator_zh", "indicator", "region", "period", "comparator"),
    *("value", "unit", "kind", "locator", "decision", "row", "note_zh", "note_en"),
)
_UNIT = (
    *("id", "document", "promise", "unit_zh", "unit_en", "role", "locator", "reading"),
    *("note_zh", "note_en"),
)


@dataclass(frozen=True)
class Package:
    """The tables of a data package, one tidy DataFrame each, as its descriptor documents them.

    A table may be empty: its file then holds the header alone. It may lie in several files: the resource of
    its own name, and others whose property ``table`` names it (a synthetic sample, a sheet of a workbook),
    which may be absent. ``targets`` also carries the indicator's ``direction``, ``nature`` and ``alike``;
    ``targets`` and ``milestones`` carry ``lag``, how many months after the period its outcome is to be
    expected in print, and ``lag_id``, where that stands. Missing numbers are NaN, missing text NA.

    A package does not change: who asks for a table gets a copy, which costs nothing until it is written to
    (pandas' copy-on-write). ``dataclasses.replace(package, targets=…)`` is a package with another table.
    """

    path: Path
    documents: Annotated[pd.DataFrame, Traits(entered=True)]
    regions: Annotated[pd.DataFrame, Traits(entered=True)]
    indicators: Annotated[pd.DataFrame, Traits(entered=True, added=_DEFINED_LATER)]
    targets: Annotated[pd.DataFrame, Traits(entered=True, promises=True)]
    observations: Annotated[pd.DataFrame, Traits(entered=True)]
    standards: Annotated[pd.DataFrame, Traits(promises=True, national=True, number="threshold")]
    projects: Annotated[pd.DataFrame, Traits(promises=True, number="count", added=("other_reading",))]
    milestones: Annotated[pd.DataFrame, Traits(entered=True, promises=True)]
    milestone_status: Annotated[pd.DataFrame, Traits(entered=True)]
    fund: Annotated[pd.DataFrame, Traits(entered=True, called=_ACCOUNTS)]
    fund_bands: Annotated[pd.DataFrame, Traits(national=True)]
    fund_scenarios: Annotated[pd.DataFrame, Traits(national=True, added=("schemes",))]
    schools: Annotated[pd.DataFrame, Traits(entered=True)]
    answers: Annotated[pd.DataFrame, Traits(entered=True)]
    unit_costs: Annotated[pd.DataFrame, Traits(national=True, number="unit_cost")]
    level_weights: Annotated[pd.DataFrame, Traits(national=True, number="weight", called=_WEIGHT)]
    households: Annotated[pd.DataFrame, Traits(entered=True)]
    monitoring_lines: Annotated[pd.DataFrame, Traits(entered=True, number="line", called=_LINE)]
    checks: Annotated[pd.DataFrame, Traits()]
    publication_lags: Annotated[
        pd.DataFrame, Traits(new=True, added=_LAG, national=True, number="months", called=_PUBLISHED)
    ]
    responsibilities: Annotated[pd.DataFrame, Traits(new=True, added=_UNIT, promises=True)]
    requests: Annotated[pd.DataFrame, Traits(new=True, added=_REQUEST)]
    readings: Annotated[pd.DataFrame, Traits(new=True, added=_READING, promises=True)]

    computed: dict[tuple, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for table in TABLES:
            object.__setattr__(self, table, getattr(self, table))  # a copy: the caller's frame stays apart

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        return value.copy(deep=False) if isinstance(value, pd.DataFrame) else value

    def synthetic(self, rows: pd.DataFrame) -> bool:
        """Whether some rows are from a document of made-up figures; every page that shows them says so."""
        made_up = self.documents.loc[self.documents["type"].eq("synthetic"), "id"]
        return bool(rows["document"].isin(made_up).any())

    def region_code(self, region: str) -> str:
        """Code of a region given by its code or a name: full or short, Chinese or English, alone or behind
        the names of the regions above it.

        Raises KeyError if no region of the package has that name, or several have; it lists the candidates.
        """
        codes = _parents(self)
        if region in codes:
            return region
        match = _finder(self).find(region)
        if match.id is not None and match.id in codes:
            return match.id
        candidates = match.candidates or list(zip(codes, self.regions["name_zh"], strict=True))
        listed = ", ".join(f"{code} {name}" for code, name in candidates)
        raise KeyError(f"no region {region!r}; {'nearest' if match.candidates else 'known'}: {listed}")

    def above(self, region: str) -> list[str]:
        """Codes of the regions a region lies in, nearest first: prefecture, province, nation."""
        parents, chain = _parents(self), []
        next_above = parents[region]
        while next_above is not None:
            chain.append(next_above)
            next_above = parents[next_above]
        return chain

    def within(self, region: str) -> list[str]:
        """Codes of a region and of all regions in it: its own first, the others in the order of the table."""
        parts, descendants = _parts(self), []
        children = parts.get(region, [])
        while children:
            descendants += children
            children = [part for _, code in children for part in parts.get(code, [])]
        return [region, *(code for _, code in sorted(descendants))]

    def nearest(self, table: str, region: str) -> pd.DataFrame:
        """One row for each period of a table such as ``monitoring_lines``: that of a region (code), else that
        of the nearest region above it that has one."""
        places = _places(self, table, "region")
        rows = getattr(self, table).iloc[_row_numbers(places, [region, *self.above(region)])]
        return rows.drop_duplicates("period").sort_values("period").reset_index(drop=True)

    def rows(self, table: str, **values: Iterable[str]) -> pd.DataFrame:
        """Rows of a table whose columns have one of the given values each, in the order of the table:
        ``rows("observations", region=[region])``. An index finds them, not a search through the table."""
        numbers, *others = (np.sort(_row_numbers(_places(self, table, c), {*values[c]})) for c in values)
        for places in others:
            numbers = numbers[np.isin(numbers, places)]
        return getattr(self, table).iloc[numbers].reset_index(drop=True)

    def select(
        self,
        *,
        domain: str | list[str] | None = None,
        document: str | list[str] | None = None,
        region: str | list[str] | None = None,
        indicator: str | list[str] | None = None,
    ) -> "Package":
        """The part about some domains, documents, regions or indicators: ``select(document="our-plan")``.

        ``document`` selects promises (targets, milestones, standards, projects); measured figures stay,
        whoever published them. ``domain`` is the indicator's. A region may be given by code or name.
        An unknown value selects nothing, except an unknown region, which raises KeyError.
        """
        arguments = {"domain": domain, "document": document, "region": region, "indicator": indicator}
        values = {
            column: [v] if isinstance(v, str) else v for column, v in arguments.items() if v is not None
        }
        if "region" in values:
            values["region"] = [self.region_code(name) for name in values["region"]]
        if "domain" in values:
            indicators = self.indicators.loc[self.indicators["domain"].isin(values.pop("domain")), "id"]
            values["indicator"] = indicators[indicators.isin(values.get("indicator", indicators))].tolist()

        def part(table: str) -> pd.DataFrame:
            frame = getattr(self, table)
            columns = [c for c in values if c in frame and (c != "document" or TABLES[table].promises)]
            return self.rows(table, **{column: values[column] for column in columns}) if columns else frame

        return replace(self, **{table: part(table) for table in TABLES if table not in CATALOGUES})


@once
def _places(package: Package, table: str, column: str) -> Mapping[str, np.ndarray]:
    """Row numbers of a table by the values of a column: an index, so that a table is searched only once."""
    return getattr(package, table).groupby(column, sort=False).indices


def _row_numbers(places: Mapping[str, np.ndarray], values: Iterable[str]) -> np.ndarray:
    """Numbers of the rows that have one of the values, value by value."""
    return np.concatenate([np.empty(0, dtype=int), *(places[value] for value in values if value in places)])


@once
def _parents(package: Package) -> Mapping[str, str | None]:
    """The code of the region above, by the code of each region, in the order of the table."""
    regions = package.regions
    parents = regions["parent"].astype(object).where(regions["parent"].notna(), None)
    return dict(zip(regions["code"], parents, strict=True))


@once
def _parts(package: Package) -> Mapping[str | None, list[tuple[int, str]]]:
    """The regions directly below each region, as pairs of their place in the table and their code."""
    parts: dict[str | None, list[tuple[int, str]]] = {}
    for place, (code, parent) in enumerate(_parents(package).items()):
        parts.setdefault(parent, []).append((place, code))
    return parts


@once
def _finder(package: Package) -> Regions:
    """The regions, to be found by name."""
    return Regions(package.regions.to_dict("records"))


_HINTS = get_type_hints(Package, include_extras=True)
TABLES: dict[str, Traits] = {
    name: traits for name, hint in _HINTS.items() for traits in getattr(hint, "__metadata__", ())
}
"""Traits of every table, by its name."""
