"""Rules for rows of ``schools`` and ``answers`` beyond their types: no figure twice, no half of a school."""

import pandas as pd

from plan_monitor.balance.standard import ROOMS, SHARED, TEACHERS
from plan_monitor.settle.parts import Part, Wrong, joined, refused
from reportkit.findings import Finding

_LEVELS = {
    "primary": ["primary"],
    "teaching-point": ["primary"],
    "junior": ["junior"],
    "nine-year": ["primary", "junior"],
    "complete": ["junior", "senior"],
    "twelve-year": ["primary", "junior", "senior"],
}
_OF_A_LEVEL = ("students", "classes", "largest_class", *TEACHERS)
_OF_A_SCHOOL = (*SHARED, *ROOMS)
_COUNTED = (*_OF_A_LEVEL, "multimedia_rooms", "music_rooms", "art_rooms")


def _schools(part: Part, parts: dict[str, Part], spoiled: set[str]) -> Wrong:
    frame, findings = part.frame.copy(), []
    numbers = list(dict.fromkeys((*_COUNTED, *_OF_A_SCHOOL)))
    # a cell that is no number has been reported as such
    frame[numbers] = frame[numbers].apply(pd.to_numeric, errors="coerce")
    is_whole, filled = frame["level"] == "whole", frame[numbers].notna()
    school = frame[["region", "period", "code"]].fillna("").agg("/".join, axis=1)
    for kind, levels in _LEVELS.items():
        of_kind, several, listed = frame["type"] == kind, len(levels) > 1, ", ".join(levels)
        if not of_kind.any():
            continue
        invalid = of_kind & frame["level"].notna() & ~frame["level"].isin(levels) & ~(is_whole & several)
        zh = f"类型为 {kind} 的学校，学段应为：{listed}"
        findings += refused(part, invalid, "level", zh, f"expected, for the type {kind}, one of: {listed}")
        complete = [school.isin(school[frame["level"] == level]) for level in levels]
        lacking = of_kind & several & ~pd.concat(complete, axis=1).all(axis=1) & ~school.duplicated()
        zh = f"该校各学段都应有一行：{listed}"
        findings += refused(
            part, lacking, "level", zh, f"expected a row for each level of the school: {listed}"
        )
    zh, en = "应为在校生数；没有学生填 0", "expected the number of pupils; 0 where there are none"
    findings += refused(part, ~is_whole & ~filled["students"], "students", zh, en)
    for column in _COUNTED:
        findings += refused(part, frame[column] % 1 > 0, column, "应为整数", "expected a whole number")
    zh, en = (
        "应为空：此数按学段填，不填在 whole（全校）行",
        "expected nothing: this belongs in the rows of levels",
    )
    for column in _OF_A_LEVEL:
        findings += refused(part, is_whole & filled[column], column, zh, en)
    zh, en = (
        "应为空：该校 whole（全校）行已有此数",
        "expected nothing: the school's row whole has this figure",
    )
    for column in _OF_A_SCHOOL:
        twice = ~is_whole & filled[column] & school.isin(school[is_whole & filled[column]])
        findings += refused(part, twice, column, zh, en)
    return findings


def _answers(part: Part, parts: dict[str, Part], spoiled: set[str]) -> Wrong:
    standards = joined(parts, "standards").drop_duplicates("id").set_index("id")[["indicator", "threshold"]]
    bounds = joined(parts, "indicators").drop_duplicates("id").set_index("id")[["lower", "upper"]]
    frame = part.frame.join(standards, on="standard").join(bounds, on="indicator")
    numbers, findings = ["value", "threshold", "lower", "upper"], []
    frame[numbers] = frame[numbers].apply(pd.to_numeric, errors="coerce")

    def refuse(row: int, column: str, value: str | None, zh: str, en: str) -> None:
        findings.append(Finding(part.file, row, column, value, {"zh": zh, "en": en}))

    for row, line in frame[frame["indicator"].notna()].iterrows():
        cells = part.frame.loc[row]
        column, other, zh, en = "answer", "value", "应为 yes 或 no：此项标准没有数值", "expected yes or no"
        if pd.notna(line["threshold"]):
            column, other = other, column
            zh, en = "应为数字：此项标准有数值", "expected a number, as the standard has one"
        if pd.isna(cells[column]):
            refuse(row, column, None, zh, en)
        if pd.notna(cells[other]):
            refuse(
                row,
                other,
                str(cells[other]),
                f"应为空；请填 {column} 列",
                f"expected nothing; fill in {column}",
            )
        elif line["value"] < line["lower"] or line["value"] > line["upper"]:
            low, high = (f"{line[bound]:g}" for bound in ("lower", "upper"))
            zh = f"应在指标的取值范围内：{low} 至 {high}"
            en = f"expected a value within the indicator's bounds: {low} to {high}"
            refuse(row, "value", f"{line['value']:g}", zh, en)
    return findings


RULES = {"schools": _schools, "answers": _answers}
