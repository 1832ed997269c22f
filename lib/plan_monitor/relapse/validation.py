"""Rules for rows of ``households`` beyond their types: plausible persons, yuan, a line to judge by."""

import pandas as pd

from plan_monitor.relapse.groups import SOURCES
from plan_monitor.settle.parts import Part, Wrong, faults, joined, refused

_SOME = ("workers", "ill_members")  # of the members
_YUAN = 300  # net income a head; half the households of no county live on less than this a year


def _households(part: Part, parts: dict[str, Part], spoiled: set[str]) -> Wrong:
    findings = _persons(part) + _unit(part)
    if not spoiled & {"region", "period"} and parts["monitoring_lines"].readable:
        findings += _lines(part, parts)
    return findings


def _numbers(part: Part, column: str) -> pd.Series:
    """A column as numbers; a cell that is none has been reported as such."""
    return pd.to_numeric(part.frame[column], errors="coerce")


def _persons(part: Part) -> Wrong:
    numbers = {column: _numbers(part, column) for column in ("members", *_SOME)}
    findings = []
    for column in numbers:
        findings += refused(part, numbers[column] % 1 > 0, column, "应为整数", "expected a whole number")
    for column in _SOME:
        zh, en = "不应多于家庭人口", "expected no more than the household's members"
        findings += refused(part, numbers[column] > numbers["members"], column, zh, en)
    return findings


def _unit(part: Part) -> Wrong:
    """Incomes so small that they must be in 10 000 yuan; reported once for a region and year."""
    income = sum(_numbers(part, source).fillna(0) for source in SOURCES)  # one by one: they may be a million
    heads = (income / _numbers(part, "members")).dropna()
    years = part.frame[["region", "period"]]
    medians = heads.groupby([years[column].loc[heads.index] for column in years]).median()
    poor = medians.index[(medians > 0) & (medians < _YUAN)]
    if poor.empty:
        return []
    first = years.index.to_series().groupby([years[column] for column in years]).first()[poor]
    zh = f"该地区当年人均纯收入的中位数不足 {_YUAN} 元；收入应以元填写（不是万元）"
    en = f"half of the region's households live on less than {_YUAN} yuan a head; expected yuan"
    return faults(part, part.frame.loc[first, SOURCES[0]], {"zh": zh, "en": en})


def _lines(part: Part, parts: dict[str, Part]) -> Wrong:
    """Regions and years without a monitoring line of their own or of a region above, each reported once."""
    regions = joined(parts, "regions").drop_duplicates("code").set_index("code")["parent"]
    lines = set(joined(parts, "monitoring_lines")[["region", "period"]].itertuples(index=False, name=None))
    findings = []
    years = part.frame[["region", "period"]].drop_duplicates().dropna().sort_values(["region", "period"])
    for row, region, period in years.itertuples(name=None):
        places = [region]
        while pd.notna(above := regions.get(places[-1])) and above not in places:
            places.append(above)
        if not any((place, period) in lines for place in places):
            zh = f"{region} 在 {period} 年没有监测线；请在 monitoring_lines.csv 中填写"
            en = f"expected a line for {region} in {period}; add it to monitoring_lines.csv"
            findings += faults(part, part.frame.loc[[row], "period"], {"zh": zh, "en": en})
    return findings


RULES = {"households": _households}
