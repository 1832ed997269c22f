"""Items of government support that the school table itself answers: sizes, music and art rooms."""

import numpy as np
import pandas as pd

COMBINED = ("nine-year", "twelve-year")
_CLASSES_A_ROOM = 12
_LIMITED = {"primary": "compulsory-class-size", "junior": "compulsory-class-size"}
_ROOMS = ("music", "art")
COLUMNS = (
    "classes",
    "largest_class",
    *(c for kind in _ROOMS for c in (f"{kind}_rooms", f"smallest_{kind}_room")),
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
    table = schools.reindex(columns=[*schools.columns, *(c for c in COLUMNS if c not in schools)])
    taught = table[table["level"].isin(["primary", "junior"]) & ~(table["students"] == 0)]
    rows = []
    for level, indicator in _LIMITED.items():
        largest = taught.loc[taught["level"] == level, "largest_class"]
        worst, complete = _worst(largest, np.nanmax)
        rows.append((indicator, level, worst, complete and len(largest) > 0))
    by_school = taught.groupby("code", sort=False)
    size, kind = by_school["students"].sum(min_count=1), by_school["type"].first()
    combined = kind.isin(COMBINED)
    rows.append(("school-size", "compulsory", *_worst(size[~combined], np.nanmax)))
    rows.append(("combined-school-size", "nine-and-twelve-year", *_worst(size[combined], np.nanmax)))

    whole = table[table["code"].isin(taught["code"]) & ~(table["students"] == 0)]
    classes = (
        whole.loc[whole["level"] != "whole"].groupby("code")["classes"].agg(lambda c: c.sum(skipna=False))
    )
    for room in _ROOMS:
        figures = whole.set_index("code")[f"{room}_rooms"]
        of_all = whole["level"].eq("whole").to_numpy()
        by_level = figures[~of_all].groupby(level=0).agg(lambda c: c.sum(skipna=False))
        number = figures[of_all].reindex(by_level.index).fillna(by_level)
        area = whole.groupby("code")[f"smallest_{room}_room"].min()
        provided = _CLASSES_A_ROOM * number / classes.where(classes > 0)
        rows.append((f"{room}-rooms-per-12-classes", "compulsory", *_worst(provided, np.nanmin)))
        rows.append((f"{room}-room-area", "compulsory", *_worst(area[~(number == 0)], np.nanmin)))
    table = pd.DataFrame(rows, columns=["indicator", "level", "worst", "complete"])
    return table if len(taught) else table.assign(complete=False)


def _worst(figures: pd.Series, worst) -> tuple[float, bool]:
    """Worst figure, and whether none is missing; where no school is of the kind, none is."""
    known = figures.dropna()
    return (float(worst(known)) if len(known) else np.nan), bool(figures.notna().all())
