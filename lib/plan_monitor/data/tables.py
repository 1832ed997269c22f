"""The tables of a data package, each listed once with what the library knows of it, and what is selected."""

from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from plan_monitor.settle.defaults import CATALOGUES
from plan_monitor.settle.regions import Regions


class Traits(NamedTuple):
    """What holds of a table beside its schema, which stands in the descriptor.

    new : bool
        A package written before the table existed may lack it, and has it empty then.
    added : tuple of str
        Columns that came later: a package written before them has them empty. All columns of a new table.
    promises : bool
        A row belongs to the document that makes it; of other tables whoever published a row is no matter.
    national : bool
        Its rows hold for a nation and come along into a package for another place.
    entered : bool
        People fill it in, so that the workbook of an empty package has a sheet for it.
    number : str
        The column that holds the number of a row.
    called : tuple of str, optional
        What a row is called that has no name of its own, in Chinese and English.
    """

    new: bool = False
    added: tuple[str, ...] = ()
    promises: bool = False
    national: bool = False
    entered: bool = False
    number: str = "value"
    called: tuple[str, str] | None = None


_LAG = ("id", "plan", "indicator", "months", "unit", "document", "locator", "note_zh", "note_en")
_REQUEST = (
    *("id", "target", "asked", "asked_of", "state", "answered", "who", "observation"),
    *("reason_zh", "reason_en", "note_zh", "note_en"),
)
_READING = (
    *("document", "start", "digest", "role", "indicator_zh", "indicator", "region", "period", "comparator"),
    *("value", "unit", "kind", "locator", "decision", "row", "note_zh", "note_en"),
)


@dataclass(frozen=True)
class Package:
    """The tables of a data package, one tidy DataFrame each, as its descriptor documents them.

    A table may be empty: its file then holds the header alone. A table may lie in several files: the
    resource of its own name, and others whose property ``table`` names it (a synthetic sample, a sheet of a
    workbook); those may be absent.
    ``targets`` also carries the indicator's ``direction``, ``nature`` and ``alike``; ``targets`` and
    ``milestones`` carry ``lag``, how many months after the period its outcome is to be expected in print, and
    ``lag_id``, where that stands.
    Missing numbers are NaN, missing text NA.
    """

    path: Path
    documents: pd.DataFrame = field(metadata={"entered": True})
    regions: pd.DataFrame = field(metadata={"entered": True})
    indicators: pd.DataFrame = field(
        metadata={"entered": True, "added": ("nature", "alike", "unit_en", "aliases", "proposed")}
    )
    targets: pd.DataFrame = field(metadata={"entered": True, "promises": True})
    observations: pd.DataFrame = field(metadata={"entered": True})
    standards: pd.DataFrame = field(metadata={"promises": True, "national": True, "number": "threshold"})
    projects: pd.DataFrame = field(
        metadata={"promises": True, "number": "count", "added": ("other_reading",)}
    )
    milestones: pd.DataFrame = field(metadata={"entered": True, "promises": True})
    milestone_status: pd.DataFrame = field(metadata={"entered": True})
    fund: pd.DataFrame = field(metadata={"entered": True, "called": ("基金账目", "accounts of the fund")})
    fund_bands: pd.DataFrame = field(metadata={"national": True})
    fund_scenarios: pd.DataFrame = field(metadata={"national": True, "added": ("schemes",)})
    schools: pd.DataFrame = field(metadata={"entered": True})
    answers: pd.DataFrame = field(metadata={"entered": True})
    unit_costs: pd.DataFrame = field(metadata={"national": True, "number": "unit_cost"})
    level_weights: pd.DataFrame = field(
        metadata={"national": True, "number": "weight", "called": ("学段权重", "weight of a level")}
    )
    households: pd.DataFrame = field(metadata={"entered": True})
    monitoring_lines: pd.DataFrame = field(
        metadata={"entered": True, "number": "line", "called": ("监测线", "monitoring line")}
    )
    checks: pd.DataFrame
    publication_lags: pd.DataFrame = field(
        metadata={
            "new": True,
            "added": _LAG,
            "national": True,
            "number": "months",
            "called": ("公布时滞", "publication lag"),
        }
    )
    requests: pd.DataFrame = field(metadata={"new": True, "added": _REQUEST})
    readings: pd.DataFrame = field(metadata={"new": True, "added": _READING, "promises": True})

    def synthetic(self, rows: pd.DataFrame) -> bool:
        """Whether some rows are from a document of made-up figures; every page that shows them says so."""
        kinds = self.documents.set_index("id")["type"]
        return bool(rows["document"].map(kinds).eq("synthetic").any())

    def region_code(self, region: str) -> str:
        """Code of a region given by its code or a name: whole or short, Chinese or English, with those above.

        Raises
        ------
        KeyError
            If no region of the package answers to it, or several do; the message lists those meant.
        """
        codes = self.regions["code"].tolist()
        if region in codes:
            return region
        match = Regions(self.regions.to_dict("records")).find(region)
        if match.id in codes:
            return match.id
        near = match.candidates or list(zip(codes, self.regions["name_zh"], strict=True))
        listed = ", ".join(f"{code} {name}" for code, name in near)
        raise KeyError(f"no region {region!r}; {'nearest' if match.candidates else 'known'}: {listed}")

    def above(self, region: str) -> list[str]:
        """Codes of the regions a region lies in, nearest first: prefecture, province, nation."""
        parent = self.regions.set_index("code")["parent"]
        chain = []
        while pd.notna(region := parent[region]):
            chain.append(region)
        return chain

    def within(self, region: str) -> list[str]:
        """Codes of a region and, after it, of all that lie in it."""
        return [region, *(code for code in self.regions["code"] if region in self.above(code))]

    def nearest(self, table: str, region: str) -> pd.DataFrame:
        """Rows of a table for a region and, for years it has none of, for the nearest region above that has.

        Parameters
        ----------
        table : str
            One with the columns region and period, such as ``monitoring_lines``.
        region : str
            Code.
        """
        order = {code: number for number, code in enumerate([region, *self.above(region)])}
        rows = getattr(self, table)
        rows = rows[rows["region"].isin(list(order))]
        rows = rows.sort_values("region", key=lambda codes: codes.map(order), kind="stable")
        return rows.drop_duplicates("period").sort_values("period").reset_index(drop=True)

    def select(
        self,
        *,
        domain: str | list[str] | None = None,
        document: str | list[str] | None = None,
        region: str | list[str] | None = None,
        indicator: str | list[str] | None = None,
    ) -> "Package":
        """The part of the package about some domains, documents, regions or indicators.

        ``document`` selects promises (targets, milestones, standards, projects); measured figures stay,
        whoever published them. ``domain`` is the indicator's. A region may be given by code or name.
        An unknown value selects nothing, except an unknown region, which raises KeyError.

        Examples
        --------
        ``load().select(document="education-plan", region="Some County").targets``
        """
        wanted = {"document": document, "region": region, "indicator": indicator}
        wanted = {column: [v] if isinstance(v, str) else v for column, v in wanted.items() if v is not None}
        if "region" in wanted:
            wanted["region"] = [self.region_code(name) for name in wanted["region"]]
        if domain is not None:
            domains = [domain] if isinstance(domain, str) else domain
            of_domain = self.indicators.loc[self.indicators["domain"].isin(domains), "id"]
            allowed = set(wanted.get("indicator", of_domain))
            wanted["indicator"] = [name for name in of_domain if name in allowed]

        def part(table: str) -> pd.DataFrame:
            frame = getattr(self, table)
            columns = set(wanted) & set(frame.columns)
            if not TABLES[table].promises:
                columns -= {"document"}
            for column in columns:
                frame = frame[frame[column].isin(wanted[column])]
            return frame.reset_index(drop=True)

        return replace(self, **{table: part(table) for table in TABLES if table not in CATALOGUES})


TABLES = {one.name: Traits(**one.metadata) for one in fields(Package) if one.type is pd.DataFrame}
"""Traits of every table, by its name."""
