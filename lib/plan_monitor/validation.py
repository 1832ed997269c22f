"""A package's tables held against its descriptor: types, constraints, keys, units and bounds."""

import warnings
from typing import NamedTuple

import pandas as pd
import pandera.pandas as pa
from frictionless import Schema
from pandera.io.pandas_io import from_frictionless_schema

from plan_monitor.findings import Finding

_LEVELS = 10  # more than any country has
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
    found = []
    for row in part.frame.index[rows]:
        value = part.frame.at[row, column]
        shown = None if pd.isna(value) else f"{value:g}" if isinstance(value, float) else str(value)
        found.append(Finding(part.file, row, column, shown, {"zh": zh, "en": en}))
    return found


def typed(file: str, text: pd.DataFrame, schema: dict) -> tuple[pd.DataFrame, list[Finding]]:
    """Convert a table of text to its types and check every cell against the Table Schema.

    Returns
    -------
    (DataFrame, list of Finding)
        Numbers as float, everything else as text. Where there are findings, the text as it was.
    """
    if len(_key(schema)) > 1:  # checked by `keys`, over all files of the table
        schema = {name: part for name, part in schema.items() if name != "primaryKey"}
    checks = from_frictionless_schema(Schema.from_descriptor(schema))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an all-empty column is no news to the user
            frame = checks.validate(text, lazy=True)
    except pa.errors.SchemaErrors as error:
        return text, _cell_findings(file, error.failure_cases, text, schema)
    categories = frame.select_dtypes("category").columns
    return frame.astype(dict.fromkeys(categories, "str")), []


def _cell_findings(file: str, cases: pd.DataFrame, text: pd.DataFrame, schema: dict) -> list[Finding]:
    """pandera's failure cases, one finding a cell."""
    fields = {field["name"]: field for field in schema["fields"]}
    findings = {}
    for case in cases.itertuples(index=False):
        row, column = case.index, case.column
        value = None if pd.isna(text.at[row, column]) else text.at[row, column]
        if case.check == "field_uniqueness":
            first = text.index[text[column] == value][0]
            if first == row:
                continue
            expected = {
                "zh": f"编号应唯一，与第 {first} 行重复",
                "en": f"expected a unique id; row {first} has the same",
            }
        else:
            expected = _expectation(fields[column], value)
        findings.setdefault((row, column), Finding(file, row, column, value, expected))
    return list(findings.values())


def _expectation(field: dict, value: str | None) -> dict[str, str]:
    """What a cell of this field should have held."""
    rule = field.get("constraints", {})
    if value is None:
        return {"zh": f"必填（{field['title']}）", "en": "expected a value; this column may not be empty"}
    if "enum" in rule:
        listed = ", ".join(map(str, rule["enum"]))
        return {"zh": f"应为以下之一：{listed}", "en": f"expected one of: {listed}"}
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
            listed = parts[other].file
            expected = {"zh": f"在 {listed} 中没有此编号", "en": f"expected an id listed in {listed}"}
            findings += [
                Finding(part.file, row, column, value, expected)
                for row, value in cells[~cells.isin(known)].items()
            ]
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
    first = rows.groupby(columns, sort=False)[place].transform("first")
    findings = []
    for cells in rows[rows.duplicated(columns)].itertuples():
        file, row = first.loc[cells.Index]
        expected = {
            "zh": f"同一 {shown} 只应有一行，与 {file} 第 {row} 行重复",
            "en": f"expected one row for each {shown}; row {row} of {file} has the same",
        }
        value = " · ".join(getattr(cells, column) for column in columns)
        findings.append(Finding(cells.file, cells.row, columns[-1], value, expected))
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
    for row, line in frame[
        frame["unit_defined"].notna() & (frame["unit"] != frame["unit_defined"])
    ].iterrows():
        expected = {
            "zh": f"指标 {line['indicator']} 的单位应为“{line['unit_defined']}”",
            "en": f"expected the unit of {line['indicator']}: {line['unit_defined']}",
        }
        findings.append(Finding(part.file, row, "unit", line["unit"], expected))
    for row, line in frame[(frame[column] < frame["lower"]) | (frame[column] > frame["upper"])].iterrows():
        low = "" if pd.isna(line["lower"]) else f"{line['lower']:g}"
        high = "" if pd.isna(line["upper"]) else f"{line['upper']:g}"
        expected = {
            "zh": f"应在指标的取值范围内：{low} 至 {high}",
            "en": f"expected a value within the indicator's bounds: {low} to {high}",
        }
        findings.append(Finding(part.file, row, column, f"{line[column]:g}", expected))
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
