"""Items of government support that the school table itself answers: sizes, music and art rooms."""

import numpy as np
import pandas as pd

from plan_monitor.balance.standard import LEVELS

_COMBINED = ("nine-year", "twelve-year")
_CLASSES_A_ROOM = 12
_ROOMS = ("music", "art")
_OPTIONAL = (
    *("classes", "largest_class"),
    *(column for kind in _ROOMS for column in (f"{kind}_rooms", f"smallest_{kind}_room")),
)


def facilities(schools: pd.DataFrame) -> pd.DataFrame:
    """The worst school's class size, school size, and music and art rooms.

    Parameters
    ----------
    schools : DataFrame
        Rows of ``schools`` of one county, with those for whole schools: columns code, type, level,
        students and, optional, classes, largest_class, music_rooms, smallest_music_room, art_rooms,
        smallest_art_room.

    Returns
    -------
    DataFrame
        Columns indicator, level (as in ``standards``), worst (figure of the worst school; NaN where no
        school has one) and complete (no school's figure is missing). A school's size is its compulsory
        pupils; rooms are counted for each 12 of all its classes, and their area where it has any.
    """
    table = schools.reindex(columns=schools.columns.union(_OPTIONAL, sort=False))
    table = table[~(table["students"] == 0)]
    taught = table[table["level"].isin(LEVELS)]
    rows = []
    for level in LEVELS:
        largest = taught.loc[taught["level"] == level, "largest_class"]
        worst, complete = _worst(largest, np.nanmax)
        rows.append(("compulsory-class-size", level, worst, complete and len(largest) > 0))
    by_school = taught.groupby("code", sort=False)
    size, combined = by_school["students"].sum(min_count=1), by_school["type"].first().isin(_COMBINED)
    rows.append(("school-size", "compulsory", *_worst(size[~combined], np.nanmax)))
    rows.append(("combined-school-size", "nine-and-twelve-year", *_worst(size[combined], np.nanmax)))

    table = table[table["code"].isin(taught["code"])].set_index("code")
    whole, levels = table[table["level"] == "whole"], table[table["level"] != "whole"]
    classes = _sums(levels["classes"])
    for room in _ROOMS:
        by_level = _sums(levels[f"{room}_rooms"])
        number = whole[f"{room}_rooms"].reindex(by_level.index).fillna(by_level)
        area = table.groupby("code")[f"smallest_{room}_room"].min()
        provided = _CLASSES_A_ROOM * number / classes.where(classes > 0)
        rows.append((f"{room}-rooms-per-12-classes", "compulsory", *_worst(provided, np.nanmin)))
        rows.append((f"{room}-room-area", "compulsory", *_worst(area[~(number == 0)], np.nanmin)))
    result = pd.DataFrame(rows, columns=["indicator", "level", "worst", "complete"])
    return result if len(taught) else result.assign(complete=False)


def _sums(figures: pd.Series) -> pd.Series:
    """Sum of each school's levels, missing where one is."""
    return figures.groupby(level=0).agg(lambda levels: levels.sum(skipna=False))


def _worst(figures: pd.Series, worst) -> tuple[float, bool]:
    """Worst figure, and whether none is missing; where no school is of the kind, none is."""
    given = figures.dropna()
    return (float(worst(given)) if len(given) else np.nan), len(given) == len(figures)
