"""Rules for rows of the insurance funds beyond their types: one unit, no year left out, complete bands."""

import pandas as pd

from plan_monitor.fund.rows import SERIES, YUAN
from plan_monitor.settle.parts import Part, Wrong, refused

_AMOUNTS = ["enrollees", "income", "expenditure", "balance"]
_YEAR = 4  # characters of a period that is a year
_APART = 1000  # no fund grows so much; 亿元 and 万元, or 万人 and persons, are 10 000 apart


def _fund(part: Part, parts: dict[str, Part], spoiled: set[str]) -> Wrong:
    frame = part.frame.copy()
    # a cell that is no number has been reported as such
    frame[_AMOUNTS] = frame[_AMOUNTS].apply(pd.to_numeric, errors="coerce")
    findings = []
    units = frame["unit"].where(frame["unit"].isin(list(YUAN)))  # another has been reported
    first = units.groupby(frame["region"]).transform("first")
    mixed = units.notna() & (units != first)
    for unit, rows in frame[mixed].groupby(first):
        zh = f"金额单位应为“{unit}”，与该地区其他行一致；请换算"
        en = f"expected {unit}, the unit of the region's other rows; please convert"
        findings += refused(part, frame.index.isin(rows.index), "unit", zh, en)
    length = frame["period"].str.len()
    if not spoiled & {*SERIES, "period"}:
        for key, rows in frame[length == _YEAR].sort_values("period").groupby(SERIES):
            findings += _left_out(part, *key, rows)
    of_one_unit = frame[~mixed.groupby(frame["region"]).transform("any")]
    return findings + _outliers(part, of_one_unit, [*(of_one_unit[column] for column in SERIES), length])


def _left_out(part: Part, region: str, scheme: str, rows: pd.DataFrame) -> Wrong:
    """Years between the first and the last of a scheme that have no row: forgotten, or never published?"""
    years = rows["period"].astype(int)
    missing = sorted(set(range(years.min(), years.max())) - set(years))
    if not missing:
        return []
    listed = ", ".join(map(str, missing))
    zh = f"{region} 的 {scheme} 缺 {listed} 年的行；没有公布的年份也应有一行，数字留空"
    en = f"expected rows for {listed} too ({scheme}, {region}); with empty figures where none are published"
    after = next(iter(years.index[years > min(missing)]))
    return refused(part, part.frame.index == after, "period", zh, en)


def _outliers(part: Part, frame: pd.DataFrame, series: list[pd.Series]) -> Wrong:
    """Figures a thousand times what is usual for a series, or a thousandth of it: another unit."""
    findings = []
    for column in _AMOUNTS:
        amounts = frame[column].where(frame[column] > 0)
        ratio = amounts / amounts.groupby(series).transform("median")
        odd = amounts.index[(ratio > _APART) | (ratio < 1 / _APART)]
        zh = "与该列其他时期相差千倍以上；应为同一单位（亿元或万元，万人或人）"
        en = "a thousand times more or less than in other periods; expected the same unit"
        findings += refused(part, part.frame.index.isin(odd), column, zh, en)
    return findings


def _bands(part: Part, parts: dict[str, Part], spoiled: set[str]) -> Wrong:
    frame = part.frame
    limited = frame["upper"].notna()
    zh, en = "有上限时应为 < 或 <=", "expected < or <= beside an upper limit"
    findings = refused(part, limited & frame["comparator"].isna(), "comparator", zh, en)
    if spoiled & {"scheme", "ratio", "upper"}:
        return findings
    ratio = frame[["scheme", "ratio"]].fillna("").agg("/".join, axis=1)
    same = limited & frame.assign(ratio=ratio).duplicated(["ratio", "upper"])
    zh, en = "同一指标的上限应各不相同", "expected another upper limit; a band of this ratio has the same"
    findings += refused(part, same, "upper", zh, en)
    zh, en = "同一指标只应有一个没有上限的档", "expected one band without an upper limit for each ratio"
    findings += refused(part, ~limited & ratio.where(~limited).duplicated(), "upper", zh, en)
    zh, en = "同一指标应有一个没有上限的最高档", "expected a highest band too, without an upper limit"
    return findings + refused(part, limited & ~ratio.isin(ratio[~limited]), "upper", zh, en)


def _scenarios(part: Part, parts: dict[str, Part], spoiled: set[str]) -> Wrong:
    zh = "退休占比变动时应为退休人均支出倍数"
    en = "expected the cost of a retiree beside their share"
    lacking = part.frame["retiree_share"].notna() & part.frame["retiree_cost"].isna()
    return refused(part, lacking, "retiree_cost", zh, en)


RULES = {"fund": _fund, "fund_bands": _bands, "fund_scenarios": _scenarios}
