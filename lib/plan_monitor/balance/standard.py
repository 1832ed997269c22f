"""The rule book of balanced compulsory education, as it stands in the table ``standards``."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from plan_monitor.methods.series import require_columns

# resources that the rule book counts: indicator, column of school totals, number of pupils that the indicator
# is stated for, and the unit and words of a shortfall or a plan
RESOURCES = pd.read_csv(Path(__file__).with_name("resources.csv"), encoding="utf-8")
TEACHERS = ("teachers_above_degree", "backbone_teachers", "pe_arts_teachers")
SHARED = ("teaching_area", "sports_area", "equipment_value", "multimedia_rooms")  # by all levels of a school
ROOMS = ("music_rooms", "smallest_music_room", "art_rooms", "smallest_art_room")
LEVELS = ("primary", "junior")
_COLUMNS = ("indicator", "level", "threshold")


class Rules(NamedTuple):
    """Numbers of the rule book that resources are judged by."""

    thresholds: pd.DataFrame  # one row a level, one column an indicator
    waivable: int  # indicators a school may miss
    floor: float  # share of the threshold that a missed indicator must keep
    limits: pd.Series  # largest difference coefficient by level


def rules(standard: pd.DataFrame) -> Rules:
    """The thresholds for resources, of rows of ``standards``; ValueError unless each is given once."""
    require_columns(standard, ("group", *_COLUMNS), "standards")
    table = standard[standard["group"].isin(["resource", "rule"])]
    values_by_key: dict[tuple[str, str], list[float]] = {}
    for indicator, level, threshold in zip(*(table[name] for name in _COLUMNS), strict=True):
        values_by_key.setdefault((indicator, level), []).append(threshold)

    def single(indicator: str, level: str) -> float:
        values = values_by_key.get((indicator, level), [])
        if len(values) != 1 or pd.isna(*values):
            raise ValueError(f"standards: {len(values)} thresholds for {indicator}, {level}; expected one")
        return float(*values)

    thresholds = {name: [single(name, level) for level in LEVELS] for name in RESOURCES["indicator"]}
    return Rules(
        pd.DataFrame(thresholds, index=pd.Index(LEVELS, name="level")),
        len(RESOURCES) - int(single("resource-indicators-met", "compulsory")),
        single("remaining-indicator-floor", "compulsory") / 100,
        pd.Series({level: single("between-school-cv", level) for level in LEVELS}),
    )
