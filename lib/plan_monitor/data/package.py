"""The data package: load it, check it, select from it."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import yaml

from plan_monitor.audit import validation as audit_rules
from plan_monitor.balance import validation as balance_rules
from plan_monitor.data import validation
from plan_monitor.data.reading import read_table, shown_name
from plan_monitor.fund import validation as fund_rules
from plan_monitor.relapse import validation as household_rules
from plan_monitor.settle import defaults
from plan_monitor.settle.defaults import Derived
from plan_monitor.settle.regions import Regions
from plan_monitor.settle.tables import settle
from reportkit.files import digest
from reportkit.findings import DataError, Finding, by_the_million

DESCRIPTOR = "datapackage.yaml"
_TABLES = (
    *("documents", "regions", "indicators", "targets", "observations", "milestones", "standards"),
    *("projects", "fund", "fund_bands", "fund_scenarios", "milestone_status"),
    *("schools", "answers", "unit_costs", "level_weights", "households", "monitoring_lines"),
    *("checks", "publication_lags", "requests"),
)
# columns that later editions of the descriptor added: a package written before them may lack them
_ADDED = {
    "indicators": ("nature", "alike", "unit_en", "aliases", "proposed"),
    "projects": ("other_reading",),
    "fund_scenarios": ("schemes",),
    "publication_lags": (
        *("id", "plan", "indicator", "months", "unit", "document", "locator", "note_zh", "note_en"),
    ),
    "requests": (
        *("id", "target", "asked", "asked_of", "state", "answered", "who", "observation"),
        *("reason_zh", "reason_en", "note_zh", "note_en"),
    ),
}
_YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where it was built with libyaml
# promises belong to the document that makes them; everything else is selected whoever published it
_PROMISES = ("targets", "milestones", "standards", "projects")


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
    documents: pd.DataFrame
    regions: pd.DataFrame
    indicators: pd.DataFrame
    targets: pd.DataFrame
    observations: pd.DataFrame
    milestones: pd.DataFrame
    standards: pd.DataFrame
    projects: pd.DataFrame
    fund: pd.DataFrame
    fund_bands: pd.DataFrame
    fund_scenarios: pd.DataFrame
    milestone_status: pd.DataFrame
    schools: pd.DataFrame
    answers: pd.DataFrame
    unit_costs: pd.DataFrame
    level_weights: pd.DataFrame
    households: pd.DataFrame
    monitoring_lines: pd.DataFrame
    checks: pd.DataFrame
    publication_lags: pd.DataFrame
    requests: pd.DataFrame

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
        known = ", ".join(f"{code} {name}" for code, name in near)
        raise KeyError(f"no region {region!r}; {'nearest' if match.candidates else 'known'}: {known}")

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
        rows = getattr(self, table)
        order = {code: number for number, code in enumerate([region, *self.above(region)])}
        known = rows[rows["region"].isin(list(order))]
        known = known.sort_values("region", key=lambda codes: codes.map(order), kind="stable")
        return known.drop_duplicates("period").sort_values("period").reset_index(drop=True)

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
            if table not in _PROMISES:
                columns -= {"document"}
            for column in columns:
                frame = frame[frame[column].isin(wanted[column])]
            return frame.reset_index(drop=True)

        return replace(self, **{table: part(table) for table in _TABLES[3:]})


def find_data(path: str | Path | None = None) -> Path:
    """The folder of the data package: the one given, else the nearest ``data/`` from here upwards.

    Raises
    ------
    FileNotFoundError
        If none of the folders above holds a data package.
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

    parts: dict[str, validation.Part]
    findings: list[Finding]
    derived: list[Derived]


def settled(folder: Path) -> Settled:
    """The tables of a folder, names resolved and gaps filled, not yet checked; none without a descriptor."""
    try:
        text = (folder / DESCRIPTOR).read_text(encoding="utf-8")
        resources = _described(text)["resources"]
        schemas = {resource["name"]: resource["schema"] for resource in resources}
        paths = {resource["name"]: folder / resource["path"] for resource in resources}
        belongs = {resource["name"]: resource.get("table", resource["name"]) for resource in resources}
        dialects = {resource["name"]: resource.get("dialect", {}) for resource in resources}
    except FileNotFoundError:
        expected = {
            "zh": f"{folder} 中应有此文件（数据包说明）",
            "en": f"expected this file, the package's description, in {folder}",
        }
        return Settled({}, [Finding(DESCRIPTOR, None, None, None, expected)], [])
    except (yaml.YAMLError, KeyError, TypeError, UnicodeDecodeError) as error:
        problem = str(error).splitlines()[0]
        expected = {
            "zh": f"应为有效的数据包说明：{problem}",
            "en": f"expected a valid data package descriptor: {problem}",
        }
        return Settled({}, [Finding(DESCRIPTOR, None, None, None, expected)], [])
    absent = {"zh": "数据包说明应列出此表", "en": "expected this table in the descriptor"}
    unknown = {"zh": f"未知的表；应为：{', '.join(_TABLES)}", "en": f"expected one of: {', '.join(_TABLES)}"}
    needed = [name for name in _TABLES if name not in schemas and "id" not in _ADDED.get(name, ())]
    findings = [Finding(DESCRIPTOR, None, name, None, absent) for name in needed]
    findings += [
        Finding(DESCRIPTOR, None, name, None, unknown)
        for name, table in belongs.items()
        if table not in _TABLES
    ]
    if findings:
        return Settled({}, findings, [])
    parts = {}
    for name, schema in schemas.items():
        if name != belongs[name] and not paths[name].is_file():
            continue  # who copies the descriptor may leave the samples behind
        spared = defaults.spared(belongs[name], schema)
        text, form = read_table(paths[name], schema, dialects[name], spared)
        file = shown_name(paths[name], dialects[name])
        readable = not (form and text.empty)
        parts[name] = validation.Part(belongs[name], file, text, schema, readable)
        findings += form
    parts, unsettled, derived = settle(parts)
    return Settled(parts, findings + unsettled, derived)


@by_the_million()
def inspect(path: str | Path) -> tuple[dict[str, pd.DataFrame], list[Finding], list[Derived]]:
    """All tables of a folder, everything that is wrong with them, and what was filled in by rule."""
    parts, findings, derived = settled(Path(path))
    if not parts:
        return {}, findings, derived
    for name, part in parts.items():
        frame, content = validation.typed(part.file, part.frame, part.schema)
        parts[name] = part._replace(frame=frame)
        findings += content
    unnamed = {(found.file, found.row) for found in findings if found.column == "indicator"}
    findings = [
        found
        for found in findings
        if found.column not in defaults.OF_A_FIGURE or found.value or (found.file, found.row) not in unnamed
    ]  # what would follow from the indicator is not asked for beside it
    findings += validation.keys(parts) + validation.meaning(parts)
    findings += balance_rules.findings(parts) + fund_rules.findings(parts, findings)
    findings += household_rules.findings(parts, findings) + audit_rules.findings(parts)
    tables = {table: _whole(table, parts) for table in _TABLES}
    return tables, validation.settled(findings, parts), derived


def _whole(table: str, parts: dict[str, validation.Part]) -> pd.DataFrame:
    """All rows of a table, with the columns that its descriptor may be too old to have."""
    known = any(part.table == table for part in parts.values())
    rows = validation.joined(parts, table) if known else pd.DataFrame()
    return rows.reindex(columns=list(dict.fromkeys([*rows.columns, *_ADDED.get(table, ())])))


def check(path: str | Path) -> list[Finding]:
    """Everything that is wrong with a data folder; an empty list where nothing is.

    Parameters
    ----------
    path : str or Path
        A folder with ``datapackage.yaml`` and its CSV files.
    """
    return inspect(path)[1]


def load(path: str | Path | None = None) -> Package:
    """Load and validate a data package. A second time in the same process, its files unchanged, is a copy.

    Parameters
    ----------
    path : str or Path, optional
        Its folder; without it, the nearest ``data/`` from the working directory upwards.

    Raises
    ------
    DataError
        If anything is wrong; its ``findings`` name file, row, column, value and what was expected.
    FileNotFoundError
        If no path is given and no ``data/`` is found.
    """
    folder = find_data(path)
    package = _loaded(folder.resolve(), digest(folder))
    return replace(package, path=folder, **{table: getattr(package, table).copy() for table in _TABLES})


@lru_cache(maxsize=4)
def _loaded(folder: Path, contents: str) -> Package:
    """A package whose files have these contents, to be copied: whoever gets it may change its tables."""
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
    """The row of the publication lags that holds for each promise; missing where none does.

    A row for the indicator holds before one for the plan, and that before one for all.
    """
    for_all = lags.index[lags["plan"].isna() & lags["indicator"].isna()]
    found = pd.Series(for_all[0] if len(for_all) else None, index=promises.index, dtype="str")
    for column, chosen in (("document", lags["plan"]), ("indicator", lags["indicator"])):
        if column in promises:
            named = chosen.dropna().drop_duplicates()
            rows = pd.Series(named.index, index=named.to_numpy(), dtype="str")
            found = promises[column].map(rows).astype("str").fillna(found)
    return found
