"""A package's tables held against the Table Schemas of its descriptor: types, constraints, keys."""

import re
from collections.abc import Callable, Iterable
from functools import cache, partial

import numpy as np
import pandas as pd

from plan_monitor.settle.labels import listed
from plan_monitor.settle.parts import Part, Wrong, all_like, distinct, factorized, faults, joined, some
from reportkit.findings import Finding

_NUMBERS = {"number": ("数字", "number"), "integer": ("整数", "whole number")}
_OF_A_COLUMN = ("required", "unique")  # constraints that say nothing of one text
_NUMBER_PATTERNS = {"number": r"-?[0-9]+(?:\.[0-9]+)?", "integer": "-?[0-9]+"}
_PERIODS = ("2020", "2020-06", "2020Q3", "2021/2025")


def typed(part: Part) -> tuple[Part, Wrong]:
    """A table of text with its types, every cell checked against the Table Schema.

    Numbers are float, everything else is text; where there are findings, the text is as it was.
    """
    text, schema, key = part.frame, part.schema, _key(part.schema)
    findings, columns = [], {}
    for field in schema["fields"]:
        cells, rule = text[field["name"]], field.get("constraints", {})
        if text.empty:  # as most tables of a package are
            columns[field["name"]] = np.empty(0) if field["type"] in _NUMBERS else cells
            continue
        places, texts = factorized(cells)  # what is asked of a million cells is asked of each text once
        empty = places < 0
        is_key = key == [field["name"]]  # of several columns, `keys` checks it over all files of the table
        if (is_key or rule.get("required")) and empty.any():
            title = field.get("title", field["name"])
            zh, en = f"必填（{title}）", "expected a value; this column may not be empty"
            findings += faults(part, some(cells, empty), {"zh": zh, "en": en})
        misfit = _misfits(field, texts)
        if misfit.any():
            findings += faults(part, some(cells, np.append(misfit, False)[places]), _expectation(field))
        if (is_key or rule.get("unique")) and len(texts) < len(cells) - empty.sum():
            findings += _repeated(part.file, cells[~empty])
        if not findings:
            number = field["type"] in _NUMBERS
            columns[field["name"]] = np.append(texts.astype("float64"), np.nan)[places] if number else cells
    if findings:
        return part, findings
    return part._replace(frame=pd.DataFrame(columns, text.index, copy=False)), []


def _misfits(field: dict, texts: np.ndarray) -> np.ndarray:
    """For each of some texts whether it is one that a field may not hold."""
    test, exact = _quick_test(field)
    if test is None:
        return np.zeros(len(texts), bool)
    misfit = ~np.fromiter(test(texts), bool, len(texts))
    if misfit.any() and not exact:
        exact_test = _exact_test(field)
        misfit[misfit] = [not exact_test(text) for text in texts[misfit]]
    return misfit


def _quick_test(field: dict) -> tuple[Callable[[np.ndarray], Iterable[bool]] | None, bool]:
    """A quick test of texts, which passes none that the field may not hold, or None where it may hold any;
    and whether a text that fails is certainly wrong: else the exact test decides."""
    rule = {name: limit for name, limit in field.get("constraints", {}).items() if name not in _OF_A_COLUMN}
    kind = field["type"] if field.get("format", "default") == "default" else None
    exact = "missingValues" not in field
    if kind == "string" and not rule:
        return None, exact
    if kind == "string" and set(rule) == {"enum"}:
        return partial(map, set(rule["enum"]).__contains__), exact
    if kind == "string" and set(rule) == {"pattern"}:
        match = re.compile(rule["pattern"]).fullmatch
        return lambda texts: (match(text) is not None for text in texts), exact
    if kind in _NUMBER_PATTERNS and {"minimum", "maximum"}.issuperset(rule):
        lower, upper = float(rule.get("minimum", "-inf")), float(rule.get("maximum", "inf"))
        return partial(_numbers_within, _NUMBER_PATTERNS[kind], lower, upper), False
    return partial(map, lambda text: False), False


def _numbers_within(pattern: str, lower: float, upper: float, texts: np.ndarray) -> Iterable[bool]:
    """For each text whether it is a number written by a pattern and within limits."""
    if all_like(pattern, texts):
        numbers = texts.astype("float64")
        return (lower <= numbers) & (numbers <= upper)
    match = re.compile(pattern).fullmatch
    return (match(text) is not None and lower <= float(text) <= upper for text in texts)


def _exact_test(field: dict) -> Callable[[str], bool]:
    """The test of frictionless, except for the pattern: Table Schema matches all of a text, but of several
    alternatives frictionless ties only the first to its beginning and only the last to its end."""
    from frictionless import Field  # a second to import, and what is right seldom needs it

    rule = {**field.get("constraints", {})}
    match = re.compile(rule.pop("pattern", "(?s:.*)")).fullmatch
    read_cell = Field.from_descriptor(field | {"constraints": rule}).create_cell_reader()

    def fits(text: str) -> bool:
        cell, notes = read_cell(text)
        return not notes and (cell is None or match(text) is not None)

    return fits


def _repeated(file: str, cells: pd.Series) -> Wrong:
    """Findings about ids that an earlier row has already."""
    repeats = cells[cells.duplicated()]
    firsts = cells[cells.isin(repeats)].drop_duplicates()
    first_row = dict(zip(firsts.tolist(), firsts.index.tolist(), strict=True))
    findings = []
    for row, value in zip(repeats.index.tolist(), repeats.tolist(), strict=True):
        zh = f"编号应唯一，与第 {first_row[value]} 行重复"
        expected = {"zh": zh, "en": f"expected a unique id; row {first_row[value]} has the same"}
        findings.append(Finding(file, row, str(cells.name), value, expected))
    return findings


def _expectation(field: dict) -> dict[str, str]:
    """What a cell of this field should hold, if it is not empty."""
    rule = field.get("constraints", {})
    if "enum" in rule:
        words = listed(field["name"], map(str, rule["enum"]))
        return {"zh": f"应为以下之一：{words['zh']}", "en": f"expected one of: {words['en']}"}
    if field["type"] in _NUMBERS:
        number = _NUMBERS[field["type"]]
        bounds = {"minimum": ("不小于", "at least"), "maximum": ("不大于", "at most")}
        labelled_bounds = [(*words, rule[name]) for name, words in bounds.items() if name in rule]
        if not labelled_bounds:
            return {"zh": f"应为{number[0]}", "en": f"expected a {number[1]}"}
        zh = "、".join(f"{word} {bound}" for word, _, bound in labelled_bounds)
        en = " and ".join(f"{word} {bound}" for _, word, bound in labelled_bounds)
        return {"zh": f"应为{zh} 的{number[0]}", "en": f"expected a {number[1]} of {en}"}
    if "period" in field["name"]:
        examples = [period for period in _PERIODS if re.fullmatch(rule.get("pattern", ".*"), period)]
        example = field.get("example") or ", ".join(examples)
        return {"zh": f"应为时期，如 {example}", "en": f"expected a period such as {example}"}
    if "pattern" in rule:
        return {"zh": f"应符合格式 {rule['pattern']}", "en": f"expected the form {rule['pattern']}"}
    limits = [f"{name} {limit}" for name, limit in rule.items() if name not in _OF_A_COLUMN]
    requirements = ", ".join([field["type"], *([field["format"]] if "format" in field else []), *limits])
    return {
        "zh": f"应符合 Table Schema 的规定：{requirements}",
        "en": f"expected what Table Schema calls {requirements}",
    }


def keys(parts: dict[str, Part]) -> Wrong:
    """Findings about cells that name a row which does not exist (foreign keys), and about repeated rows."""
    findings = []
    ids_of = cache(lambda table, column: {*distinct(joined(parts, table)[column])})
    filled = [part for part in parts.values() if not part.frame.empty]
    for part in filled:
        for key in part.schema.get("foreignKeys", []):
            target = key["reference"]["resource"] or part.table
            if not parts[target].readable:
                continue  # there is a finding about its file already
            file = parts[target].file
            for column, named in zip(key["fields"], key["reference"]["fields"], strict=False):
                cells, ids = part.frame[column], ids_of(target, named)
                if not all(text in ids for text in distinct(cells)):
                    unknown = (cells.notna() & ~cells.isin(ids)).to_numpy()
                    expected = {"zh": f"在 {file} 中没有此编号", "en": f"expected an id listed in {file}"}
                    findings += faults(part, some(cells, unknown), expected)
    for table in dict.fromkeys(part.table for part in filled):
        table_parts = [part for part in filled if part.table == table]
        schema = table_parts[0].schema
        for columns in [_key(schema), *schema.get("uniqueKeys", [])]:
            if len(columns) > 1 or len(table_parts) > 1:  # else it was checked with the file
                findings += _duplicates(table_parts, columns)
    # a note, a check and a trace name a row by its id alone
    parts_with_ids = [
        part for part in filled if {"id", "document"} <= {*part.frame} or part.table == "documents"
    ]
    return findings + (_duplicates(parts_with_ids, ["id"]) if parts_with_ids else [])


def _duplicates(parts: list[Part], columns: list[str]) -> Wrong:
    """Findings about rows of a table, in whichever of its files, that have the same values in key columns."""
    cells = pd.concat([part.frame[columns] for part in parts], ignore_index=True).astype("str")
    repeated = cells.duplicated(keep=False)
    if repeated.any():
        repeated &= cells.notna().all(axis=1)
    if not repeated.any():
        return []
    places = [pd.DataFrame({"file": part.file, "row": part.frame.index}) for part in parts]
    rows = cells.join(pd.concat(places, ignore_index=True))[repeated]
    repeats, key_columns = rows[rows.duplicated(columns)], " · ".join(columns)
    first = rows.groupby(columns)[["file", "row"]].transform("first").loc[repeats.index]
    cells = [frame.itertuples(index=False, name=None) for frame in (repeats, first)]
    findings = []
    for (*key, file, row), (first_file, first_row) in zip(*cells, strict=True):
        expected = {
            "zh": f"同一 {key_columns} 只应有一行，与 {first_file} 第 {first_row} 行重复",
            "en": f"expected one row for each {key_columns}; row {first_row} of {first_file} has the same",
        }
        findings.append(Finding(file, row, columns[-1], " · ".join(key), expected))
    return findings


def _key(schema: dict) -> list[str]:
    """Columns of a table's primary key; Table Schema allows a plain name for one."""
    key = schema.get("primaryKey", [])
    return [key] if isinstance(key, str) else key
