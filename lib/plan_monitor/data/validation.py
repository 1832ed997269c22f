"""A package's tables held against its descriptor: types, constraints, keys, units and bounds."""

from collections import defaultdict
from operator import attrgetter
from typing import NamedTuple

import pandas as pd
from frictionless import Field, Schema

from plan_monitor.data.labels import listed
from reportkit.findings import Finding

_LEVELS = 10  # more than any country has
_MISSING = "expected a value; this column may not be empty"
_VALUE_COLUMNS = {"targets": "value", "observations": "value", "standards": "threshold"}


class Part(NamedTuple):
    """One file of a table: most tables have one, some a second with a sample, or a sheet of a workbook."""

    table: str
    file: str
    frame: pd.DataFrame
    schema: dict
    readable: bool  # an empty table may be meant


def joined(parts: dict[str, Part], table: str) -> pd.DataFrame:
    """All rows of a table."""
    frames = [part.frame for part in parts.values() if part.table == table]
    filled = [frame for frame in frames if not frame.empty]
    return pd.concat(filled or frames[:1], ignore_index=True)


def refused(part: Part, rows: pd.Series, column: str, zh: str, en: str) -> list[Finding]:
    """A finding for each of some rows (True), about one of their cells."""
    return _found(part.file, part.schema, part.frame.loc[rows, column], {"zh": zh, "en": en})


def told(part: Part, column: str, expected: dict[str, dict[str, str]]) -> list[Finding]:
    """A finding for each cell of a column that has one of some values, with what was expected instead."""
    if not expected:
        return []
    file, title, cells = part.file, _titles(part.schema).get(column), part.frame[column]
    return [
        Finding(file, row, column, cell, expected[cell], title)
        for row, cell in zip(cells.index.tolist(), cells.tolist(), strict=True)
        if cell in expected
    ]


def _found(file: str, schema: dict, cells: pd.Series, expected: dict[str, str]) -> list[Finding]:
    """The same finding about some cells of a column, which may be a million."""
    column, title = cells.name, _titles(schema).get(cells.name)
    shown = map("{:.15g}".format, cells) if cells.dtype.kind == "f" else cells.tolist()
    values = [None if empty else value for value, empty in zip(shown, cells.isna(), strict=True)]
    rows = cells.index.tolist()
    return [
        Finding(file, row, column, value, expected, title) for row, value in zip(rows, values, strict=True)
    ]


def _titles(schema: dict) -> dict[str, str]:
    """Columns, as the descriptor calls them in Chinese."""
    return {field["name"]: field["title"] for field in schema["fields"] if "title" in field}


def settled(findings: list[Finding], parts: dict[str, Part]) -> list[Finding]:
    """One finding a cell, by file and row, with the titles of their columns.

    The first about a cell holds: what is no number is not also out of bounds.
    """
    titles = {part.file: _titles(part.schema) for part in parts.values()}
    told: dict[tuple, set] = defaultdict(set)  # rows by file and column: a set of all cells takes more memory
    ordered = []
    for finding in findings:
        file, row, column, *_, title = finding
        rows = told[file, column]
        if row in rows:
            continue
        rows.add(row)
        ordered.append(finding if title else finding._replace(title=titles.get(file, {}).get(column)))
    ordered.sort(key=lambda finding: finding.row or 0)
    ordered.sort(key=attrgetter("file"))
    return ordered


def typed(file: str, text: pd.DataFrame, schema: dict) -> tuple[pd.DataFrame, list[Finding]]:
    """Convert a table of text to its types and check every cell against the Table Schema.

    Returns
    -------
    (DataFrame, list of Finding)
        Numbers as float, everything else as text. Where there are findings, the text as it was.
    """
    key = _key(schema)
    findings = []
    fields = [] if text.empty else Schema.from_descriptor(schema).fields
    for field, described in zip(fields, schema["fields"], strict=not text.empty):
        cells, rule = text[field.name], described.get("constraints", {})
        alone = key == [field.name]  # of several columns, `keys` checks it over all files of the table
        if alone or rule.get("required"):
            missing = {"zh": f"必填（{described['title']}）", "en": _MISSING}
            findings += _found(file, schema, cells[cells.isna()], missing)
        wrong = _misfits(field, cells.dropna())
        if not wrong.empty:
            findings += _found(file, schema, wrong, _expectation(described))
        if alone or rule.get("unique"):
            findings += _repeated(file, cells.dropna())
    if findings:
        return text, findings
    numbers = [field["name"] for field in schema["fields"] if field["type"] == "number"]
    return text.astype(dict.fromkeys(numbers, "float64")), []


def _misfits(field: Field, cells: pd.Series) -> pd.Series:
    """Those of some texts that a field may not hold."""
    plain = field.type == "string" and field.format == "default"
    if plain and set(field.constraints) <= {"required", "unique", "enum"}:
        listed = field.constraints.get("enum")
        return cells[~cells.isin(listed)] if listed else cells[:0]
    read = field.create_cell_reader()
    wrong = [text for text in cells.unique().tolist() if read(text)[1]]  # most cells repeat others
    return cells[cells.isin(wrong)] if wrong else cells[:0]


def _repeated(file: str, cells: pd.Series) -> list[Finding]:
    """Ids that a row above has already."""
    again = cells[cells.duplicated()]
    above = cells[cells.isin(again)].drop_duplicates()
    first = dict(zip(above.tolist(), above.index.tolist(), strict=True))
    findings = []
    for row, value in again.items():
        expected = {
            "zh": f"编号应唯一，与第 {first[value]} 行重复",
            "en": f"expected a unique id; row {first[value]} has the same",
        }
        findings.append(Finding(file, row, cells.name, value, expected))
    return findings


def _expectation(field: dict) -> dict[str, str]:
    """What a cell of this field should have held, that is not empty."""
    rule = field.get("constraints", {})
    if "enum" in rule:
        words = {lang: listed(field["name"], rule["enum"], lang) for lang in ("zh", "en")}
        return {"zh": f"应为以下之一：{words['zh']}", "en": f"expected one of: {words['en']}"}
    if field["type"] == "number":
        bounds = {"minimum": ("不小于", "at least"), "maximum": ("不大于", "at most")}
        given = {name: words for name, words in bounds.items() if name in rule}
        zh = "、".join(f"{words[0]} {rule[name]}" for name, words in given.items())
        en = " and ".join(f"{words[1]} {rule[name]}" for name, words in given.items())
        return {
            "zh": f"应为{zh} 的数字" if zh else "应为数字",
            "en": f"expected a number of {en}" if en else "expected a number",
        }
    if "period" in field["name"]:
        example = field.get("example", "2020, 2020-06, 2020Q3, 2021/2025")
        return {"zh": f"应为时期，如 {example}", "en": f"expected a period such as {example}"}
    return {"zh": f"应符合格式 {rule['pattern']}", "en": f"expected the form {rule['pattern']}"}


def keys(parts: dict[str, Part]) -> list[Finding]:
    """Cells that name a row which does not exist (foreign keys), and rows that are there twice."""
    findings = []
    for part in parts.values():
        for key in part.schema.get("foreignKeys", []):
            column, other = key["fields"][0], key["reference"]["resource"] or part.table
            if not parts[other].readable:
                continue  # which has been said already
            known = joined(parts, other)[key["reference"]["fields"][0]]
            cells = part.frame[column].dropna()
            file = parts[other].file
            expected = {"zh": f"在 {file} 中没有此编号", "en": f"expected an id listed in {file}"}
            findings += _found(part.file, part.schema, cells[~cells.isin(known)], expected)
    for table in dict.fromkeys(part.table for part in parts.values()):
        same_table = [part for part in parts.values() if part.table == table]
        schema = same_table[0].schema
        for columns in [_key(schema), *schema.get("uniqueKeys", [])]:
            if len(columns) > 1 or len(same_table) > 1:  # else it was checked with the file
                findings += _twice(same_table, columns)
    return findings


def _twice(parts: list[Part], columns: list[str]) -> list[Finding]:
    """Rows of a table, whichever file they are in, that have the same key of several columns."""
    rows = pd.concat(
        [part.frame[columns].astype("str").assign(file=part.file, row=part.frame.index) for part in parts],
        ignore_index=True,
    ).dropna()
    shown, place = " · ".join(columns), ["file", "row"]
    again = rows[rows.duplicated(columns)]
    first = rows.groupby(columns, sort=False)[place].transform("first").loc[again.index]
    findings = []
    for key, file, row, other, earlier in zip(
        again[columns].itertuples(index=False, name=None),
        *(again[name] for name in place),
        *(first[name] for name in place),
        strict=True,
    ):
        expected = {
            "zh": f"同一 {shown} 只应有一行，与 {other} 第 {earlier} 行重复",
            "en": f"expected one row for each {shown}; row {earlier} of {other} has the same",
        }
        findings.append(Finding(file, row, columns[-1], " · ".join(key), expected))
    return findings


def _key(schema: dict) -> list[str]:
    """Columns of a table's primary key; Table Schema allows a plain name for one."""
    key = schema.get("primaryKey", [])
    return [key] if isinstance(key, str) else key


def meaning(parts: dict[str, Part]) -> list[Finding]:
    """Values that contradict a definition: another unit, out of bounds, no number, regions in a circle."""
    defined = joined(parts, "indicators").drop_duplicates("id").set_index("id")[["unit", "lower", "upper"]]
    defined = defined.rename(columns={"unit": "unit_defined"})
    findings = []
    for part in parts.values():
        if part.table in _VALUE_COLUMNS:
            findings += _values(part, _VALUE_COLUMNS[part.table], defined)
        if part.table == "indicators" and "alike" in part.frame:
            findings += _lookalikes(part, joined(parts, "indicators"))
        if part.table == "regions":
            findings += _circles(part, joined(parts, "regions"))
        if part.table == "targets":
            zh = "应为数字；只有 kind 为 text 的目标可以没有数值"
            en = "expected a number; only a target of kind text may go without"
            missing = part.frame["value"].isna() & (part.frame["kind"] != "text")
            findings += refused(part, missing, "value", zh, en)
    return findings


def _values(part: Part, column: str, defined: pd.DataFrame) -> list[Finding]:
    """Figures in another unit than their indicator's, or out of its bounds."""
    frame = part.frame.join(defined, on="indicator")
    numbers = [column, "lower", "upper"]  # a cell that is no number has been reported as such
    frame[numbers] = frame[numbers].apply(pd.to_numeric, errors="coerce")
    findings = []
    other_unit = frame["unit_defined"].notna() & (frame["unit"] != frame["unit_defined"])
    for (indicator, unit), rows in frame[other_unit].groupby(["indicator", "unit_defined"]):
        expected = {
            "zh": f"指标 {indicator} 的单位应为“{unit}”",
            "en": f"expected the unit of {indicator}: {unit}",
        }
        findings += _found(part.file, part.schema, rows["unit"], expected)
    outside = (frame[column] < frame["lower"]) | (frame[column] > frame["upper"])
    for (lower, upper), rows in frame[outside].groupby(["lower", "upper"], dropna=False):
        low, high = ("" if pd.isna(bound) else f"{bound:.15g}" for bound in (lower, upper))
        expected = {
            "zh": f"应在指标的取值范围内：{low} 至 {high}",
            "en": f"expected a value within the indicator's bounds: {low} to {high}",
        }
        findings += _found(part.file, part.schema, rows[column], expected)
    return findings


def _lookalikes(part: Part, indicators: pd.DataFrame) -> list[Finding]:
    """Indicators said to look like one that does not exist, or like themselves."""
    named = part.frame["alike"].dropna().str.split().explode()
    wrong = ~named.isin(indicators["id"]) | named.eq(part.frame["id"].reindex(named.index))
    zh, en = (
        "应为 indicators 中其他指标的编号，以空格分隔",
        "expected ids of other indicators, separated by blanks",
    )
    rows = part.frame.index.isin(named.index[wrong])
    return refused(part, pd.Series(rows, index=part.frame.index), "alike", zh, en)


def _circles(part: Part, regions: pd.DataFrame) -> list[Finding]:
    """Regions that lie, by way of their parents, in themselves."""
    parent = regions.drop_duplicates("code").set_index("code")["parent"]
    above = part.frame["parent"]
    for _ in range(_LEVELS):
        above = above.map(parent)
    zh, en = "上级不能绕回自身", "expected a region above; the chain of parents runs in a circle"
    return refused(part, above.notna(), "parent", zh, en)
