"""Tables as people write them, made into the tables that the package checks: names resolved, gaps derived.

Nothing is guessed: a name of several things, a unit that is not the indicator's, a comparator in the cell
that is not the one in its own column are findings, with both readings.
"""

from collections.abc import Callable
from functools import cache, partial

import numpy as np
import pandas as pd

from plan_monitor.grid.danger import danger
from plan_monitor.settle import defaults, divisions, labels
from plan_monitor.settle.defaults import Derived
from plan_monitor.settle.measured import measured
from plan_monitor.settle.names import Match, Names, aliases
from plan_monitor.settle.parts import Part, Wrong, distinct, faults_of_values, joined, with_texts
from plan_monitor.settle.quantity import Refused
from plan_monitor.settle.regions import Regions
from plan_monitor.settle.spans import NoPeriod, no_time, period
from reportkit.findings import Finding

# columns by which the rows of a table are called, beside their id
_NAME_COLUMNS = {
    "documents": ("title_zh", "title_en", "number"),
    "indicators": ("name_zh", "name_en", "aliases"),
    "milestones": ("label_zh", "label_en"),
}
_NEAREST_FOR = 20  # names of a column that the nearest are looked for; who has more has another fault
_SHOWN = 40  # characters of a note


def settle(parts: dict[str, Part]) -> tuple[dict[str, Part], Wrong, list[Derived]]:
    """The tables of a package with ids for names, codes for labels, plain numbers, ISO periods, and no gaps.

    Parameters
    ----------
    parts : dict of str to Part
        Tables of text, as read.

    Returns
    -------
    (dict of str to Part, list of Finding, list of Derived)
        The same tables; what could not be settled; and what was filled in by rule.
    """
    findings, derived = [], []

    def each(step: Callable, tables: Callable[[str], bool] = lambda table: True) -> None:
        for name, part in parts.items():
            if tables(part.table) and not part.frame.empty:
                parts[name], *results = step(part)
                for result in results:
                    (derived if result and isinstance(result[0], Derived) else findings).extend(result)

    parts = dict(parts)
    each(_only_rows)
    each(_places, lambda table: table == "regions")
    each(_coded)
    each(defaults.catalogue, lambda table: table in defaults.CATALOGUES)
    # made where a cell holds no id
    finders = {
        table: cache(partial(_names, joined(parts, table), table)) for table in (*_NAME_COLUMNS, "regions")
    }
    each(lambda part: _identified(part, parts, finders))
    parts = _with_divisions(parts)
    each(lambda part: measured(part, parts))
    each(lambda part: defaults.rows(part, parts), lambda table: table not in defaults.CATALOGUES)
    return parts, findings, derived


def _only_rows(part: Part) -> tuple[Part, Wrong]:
    """A table without lines that are no rows: notes, sources, totals that name nothing the table is about."""
    keys = {key["fields"][0] for key in part.schema.get("foreignKeys", [])}
    fields = part.schema["fields"]
    about = [f["name"] for f in fields if f["name"] in keys and f.get("constraints", {}).get("required")]
    if not about:
        return part, []
    without_subject = np.logical_and.reduce([part.frame[column].isna() for column in about])
    if not without_subject.any():
        return part, []
    zh, en = "、".join(_titles(part, about)), ", ".join(about)
    expected = {
        "zh": f"不是数据行（注、来源或合计？）：删去，或在行首加 #；是数据则补填{zh}",
        "en": f"expected a row of data, with {en}; delete a note or a total, or begin it with #",
    }
    rows = part.frame[without_subject]
    findings = []
    for row, *cells in zip(rows.index.tolist(), *(rows[column].tolist() for column in rows), strict=True):
        sample = next((cell[:_SHOWN] for cell in cells if pd.notna(cell)), None)
        findings.append(Finding(part.file, row, None, sample, expected))
    return part._replace(frame=part.frame[~without_subject]), findings


def _titles(part: Part, columns: list[str]) -> list[str]:
    titles = {field["name"]: field.get("title", field["name"]) for field in part.schema["fields"]}
    return [titles[column] for column in columns]


def _replaced(
    part: Part, column: str, settle_all: Callable[[list[str]], dict[str, str | dict]]
) -> tuple[Part, Wrong]:
    """A column whose distinct cells are replaced; a dict in place of a text says what was expected."""
    cells = part.frame[column]
    if not (values := distinct(cells)):
        return part, []
    results = settle_all(values)
    wrong = {cell: result for cell, result in results.items() if isinstance(result, dict)}
    findings = faults_of_values(part, cells, wrong)
    texts = {cell: result for cell, result in results.items() if isinstance(result, str) and result != cell}
    return with_texts(part, column, texts) if texts else part, findings


def _coded(part: Part) -> tuple[Part, Wrong]:
    """Codes for the labels of lists, ISO periods for times."""
    findings = []
    for field in part.schema["fields"]:
        name, allowed = field["name"], field.get("constraints", {}).get("enum")
        if name not in part.frame:
            continue
        if allowed and field["type"] == "string":
            part, faults = _replaced(part, name, lambda cells, f=name, a=allowed: labels.codes(f, cells, a))
        elif name in ("period", "base_period"):
            part, faults = _replaced(part, name, _periods)
        else:
            continue
        findings += faults
    return part, findings


def _periods(cells: list[str]) -> dict[str, str | dict]:
    return {cell: _period(cell) for cell in cells if not no_time(cell)}


def _period(cell: str) -> str | dict:
    try:
        return period(cell)
    except NoPeriod:
        return cell  # the table's own rule says which it expects
    except Refused as error:
        return error.expected


def _places(part: Part) -> tuple[Part]:
    """Regions of which only the code or the name is given, completed from the list of divisions."""
    frame = part.frame
    incomplete = frame[frame[["code", "name_zh", "level"]].isna().any(axis=1)]
    if incomplete.empty:
        return (part,)
    units, finder = divisions.today(), Regions([])
    names = incomplete["code"].fillna(incomplete["name_zh"]).dropna()
    codes = {row: finder.find(text, near=False).id for row, text in names.items()}
    official_rows = {row: divisions.region(units[code]) for row, code in codes.items() if code in units}
    if not official_rows:
        return (part,)
    completed = (
        pd.DataFrame.from_dict(official_rows, orient="index").reindex(columns=frame.columns).astype("str")
    )
    return (part._replace(frame=frame.fillna(completed)),)


def _names(rows: pd.DataFrame, table: str) -> Names | Regions:
    if table == "regions":
        return Regions(rows.dropna(subset=["code", "name_zh"]).to_dict("records"))
    columns = [column for column in _NAME_COLUMNS[table] if column in rows]
    entries = []
    for cells in rows.dropna(subset=["id"])[["id", *columns]].to_dict("records"):
        names = [str(cells[c]).strip("《》") for c in columns if pd.notna(cells[c])]
        if "aliases" in columns and pd.notna(cells["aliases"]):
            names += aliases(names.pop())
        entries.append((cells["id"], names))
    return Names(entries)


def _identified(
    part: Part, parts: dict[str, Part], finders: dict[str, Callable[[], Names | Regions]]
) -> tuple[Part, Wrong]:
    """Ids for the names of documents, indicators, regions and milestones."""
    findings = []
    for key in part.schema.get("foreignKeys", []):
        column, target = key["fields"][0], key["reference"]["resource"] or part.table
        if target not in finders or not parts[target].readable:
            continue
        ids = {*distinct(joined(parts, target)[key["reference"]["fields"][0]])}
        finder = _Finder(finders[target], ids, parts[target].file, target)
        part, faults = _replaced(part, column, finder.find_all)
        findings += faults
    return part, findings


class _Finder:
    """Ids for the names in one column, and the message about a name that is unknown."""

    def __init__(self, names: Callable[[], Names | Regions], ids: set[str], file: str, table: str):
        self.names, self.ids = names, ids
        self.file, self.table = file, table  # the file that lists them
        self.searches = 0  # how often the nearest names were looked for
        self.no_match = _unknown(Match(None, [], False), file, table)  # one sentence for however many

    def find_all(self, cells: list[str]) -> dict[str, str | dict[str, str]]:
        """Ids of the cells that are no ids themselves, or messages about them."""
        # there is a finding already about what is dangerous
        return {cell: self.find_one(cell) for cell in cells if cell not in self.ids and not danger(cell)}

    def find_one(self, cell: str) -> str | dict[str, str]:
        """The id that a name stands for, or the message about an unknown name."""
        match = self.names().find(cell.strip("《》"), self.searches < _NEAREST_FOR)
        self.searches += match.id is None
        if match.id is not None:
            return match.id
        return _unknown(match, self.file, self.table) if match.candidates else self.no_match


def _unknown(match: Match, file: str, table: str) -> dict[str, str]:
    shown = "、".join(f"{name}（{id_}）" for id_, name in match.candidates)
    english = ", ".join(f"{name} ({id_})" for id_, name in match.candidates)
    if match.ambiguous:
        zh = f"不止一个：{shown}；请写全称或代码"
        return {"zh": zh, "en": f"expected one of several: {english}; write the full name or code"}
    zh, en = f"在 {file} 中没有此编号或名称", f"expected an id or a name listed in {file}"
    if match.candidates:
        zh, en = f"{zh}；相近的有：{shown}", f"{en}; nearest: {english}"
    if table == "indicators":
        zh, en = f"{zh}；plan-monitor adopt 可起草新指标", f"{en}; plan-monitor adopt drafts a new one"
    return {"zh": zh, "en": en}


def _with_divisions(parts: dict[str, Part]) -> dict[str, Part]:
    """Regions that rows name and the package does not list, with the chain up to the nation."""
    listed_codes = {*distinct(joined(parts, "regions")["code"])}
    missing_codes = set()
    for part in parts.values():
        for key in part.schema.get("foreignKeys", []):
            if (key["reference"]["resource"] or part.table) == "regions" and key["fields"][0] in part.frame:
                codes = distinct(part.frame[key["fields"][0]])
                # the list of all divisions is read where a code is not listed
                missing_codes.update(
                    code for code in codes if code not in listed_codes and code in divisions.today()
                )
    units = {
        unit.code: unit
        for code in missing_codes
        for unit in divisions.chain(code)
        if unit.code not in listed_codes
    }
    if not units:
        return parts
    part = parts["regions"]
    added = pd.DataFrame([divisions.region(units[code]) for code in sorted(units)])
    added = added.replace("", pd.NA).reindex(columns=part.frame.columns).astype("str")
    added.index = range(-len(added), 0)  # rows of no file
    return parts | {"regions": part._replace(frame=pd.concat([part.frame, added]))}
