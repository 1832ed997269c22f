"""The rule book of balanced compulsory education, as it stands in the table ``standards``."""

from typing import NamedTuple

import pandas as pd

from plan_monitor.methods.series import require_columns

# what the rule book counts: indicator, column of school totals, and for how many pupils it is stated
RESOURCES = pd.DataFrame(
    [
        ("teachers-above-degree-per-100", "teachers_above_degree", 100),
        ("backbone-teachers-per-100", "backbone_teachers", 100),
        ("pe-arts-teachers-per-100", "pe_arts_teachers", 100),
        ("teaching-area-per-student", "teaching_area", 1),
        ("sports-area-per-student", "sports_area", 1),
        ("equipment-value-per-student", "equipment_value", 1),
        ("multimedia-rooms-per-100", "multimedia_rooms", 100),
    ],
    columns=["indicator", "column", "per"],
)
TEACHERS = ("teachers_above_degree", "backbone_teachers", "pe_arts_teachers")
LEVELS = ("primary", "junior")


class Rules(NamedTuple):
    """Numbers of the rule book that resources are judged by."""

    thresholds: pd.DataFrame  # one row a level, one column an indicator
    waivable: int  # indicators a school may miss
    floor: float  # share of the threshold that a missed indicator must keep
    limits: pd.Series  # largest difference coefficient by level


def rules(standard: pd.DataFrame) -> Rules:
    """The thresholds for resources, of rows of ``standards``; ValueError unless each is given once."""
    require_columns(standard, ("group", "level", "indicator", "threshold"), "standards")
    table = standard[standard["group"].isin(["resource", "rule"])]

    def one(indicator: str, level: str) -> float:
        values = table.loc[(table["indicator"] == indicator) & (table["level"] == level), "threshold"]
        if len(values) != 1 or values.isna().any():
            raise ValueError(f"standards: {len(values)} thresholds for {indicator}, {level}; expected one")
        return float(values.iloc[0])

    indicators = RESOURCES["indicator"]
    thresholds = {indicator: [one(indicator, level) for level in LEVELS] for indicator in indicators}
    return Rules(
        pd.DataFrame(thresholds, index=pd.Index(LEVELS, name="level")),
        len(indicators) - int(one("resource-indicators-met", "compulsory")),
        one("remaining-indicator-floor", "compulsory") / 100,
        pd.Series({level: one("between-school-cv", level) for level in LEVELS}),
    )
