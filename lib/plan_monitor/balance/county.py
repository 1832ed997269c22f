"""A county's verdict: schools, coefficients, government, quality, recognition, vetoes; and what is open."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from plan_monitor.balance.schools import FAILS, NO_STUDENTS, OPEN, PASSES, coefficients, evaluate_schools
from plan_monitor.balance.split import split_levels
from plan_monitor.balance.standard import LEVELS, RESOURCES, ROOMS
from plan_monitor.methods import pace
from plan_monitor.methods.series import require_columns

MET, NOT_MET, UNANSWERED = "met", "not_met", "unanswered"
ASPECTS = ("schools", "coefficients", "government", "quality", "recognition", "veto")
_OF_ITEMS = ASPECTS[2:]
_COMBINED = ("nine-year", "twelve-year")
_CLASSES_A_ROOM = 12
_REQUIRED = {"government": "government-items-met", "quality": "quality-items-met"}


class Verdict(NamedTuple):
    """Whether a county is balanced, and what the answer rests on.

    Aspects have one row for each of ``ASPECTS``: met, not_met, open and total (schools, coefficients or
    items) and status. A veto item is met if the situation that bars a county does not exist. Items are the
    standards of the last four aspects, one with two levels twice, with value and answer, source (``schools``:
    computed from their table; ``answers``; missing) and state: ``met``, ``not_met`` or ``unanswered``.
    """

    status: str  # ``passes``, ``fails`` (something certainly is not met) or ``open`` (something is missing)
    aspects: pd.DataFrame
    schools: pd.DataFrame  # of ``evaluate_schools``
    coefficients: pd.DataFrame  # of ``coefficients``
    items: pd.DataFrame


def evaluate_county(
    schools: pd.DataFrame, answers: pd.DataFrame, standard: pd.DataFrame, weights: pd.DataFrame | None = None
) -> Verdict:
    """Judge a county: all schools, all coefficients, all items, recognition, and no veto.

    `schools` are rows of ``schools`` of one county and year, `standard` of ``standards`` (source:
    教督〔2017〕6号, articles 6 to 10). `answers` have the columns standard (id of its row), value (for a
    standard with a number) and answer (``yes`` or ``no``, for one without; for a veto ``yes`` means that the
    situation exists); what schools say completely of sizes and rooms is taken from there. `weights` are for
    ``split_levels``, where a school has a row for the whole school. Raises ValueError if a column or
    threshold is missing, there are several counties, or a standard is answered twice.
    """
    require_columns(answers, ("standard", "value", "answer"), "answers")
    if schools["region"].nunique() > 1:
        raise ValueError("a verdict is on one county")
    repeated = answers.loc[answers["standard"].duplicated(), "standard"]
    if len(repeated):
        raise ValueError(f"answered twice: {', '.join(repeated)}")
    levels = schools if weights is None else split_levels(schools, weights)
    evaluated, differences = evaluate_schools(levels, standard), coefficients(levels, standard)
    items = _items(schools, answers, standard)
    judged = evaluated.loc[evaluated["status"] != NO_STUDENTS, "status"].replace(
        {PASSES: MET, FAILS: NOT_MET}
    )
    # a level without schools counts as open, not as balanced
    states = differences["state"].reindex(range(len(LEVELS) * len(RESOURCES)), fill_value=OPEN)
    counts = [_count("schools", judged), _count("coefficients", states)]
    counts += [_count(group, _by_item(items, group, standard)) for group in _OF_ITEMS]
    aspects = pd.DataFrame(counts, columns=["aspect", "met", "not_met", "open", "total", "status"])
    status = next((status for status in (FAILS, OPEN) if status in set(aspects["status"])), PASSES)
    return Verdict(status, aspects, evaluated, differences, items)


def _items(schools: pd.DataFrame, answers: pd.DataFrame, standard: pd.DataFrame) -> pd.DataFrame:
    """Every standard outside resources, with its value or answer and its state."""
    items = standard[standard["group"].isin(_OF_ITEMS)]
    joined = items.join(answers.set_index("standard")[["value", "answer"]], on="id")
    joined = joined.join(_facilities(schools).set_index(["indicator", "level"]), on=["indicator", "level"])
    rows = []
    for item in joined.itertuples():
        worst = MET if pd.isna(item.worst) else _state(item.worst, item)
        # one failing school decides, even if others lack figures
        if item.complete is True or worst == NOT_MET:
            rows.append((item.worst, None, "schools", worst))
        elif pd.notna(item.threshold) and pd.notna(item.value):
            rows.append((item.value, None, "answers", _state(item.value, item)))
        elif pd.isna(item.threshold) and pd.notna(item.answer):
            met = item.answer == ("no" if item.group == "veto" else "yes")
            rows.append((np.nan, item.answer, "answers", MET if met else NOT_MET))
        else:
            rows.append((np.nan, None, None, UNANSWERED))
    result = pd.DataFrame(rows, columns=["value", "answer", "source", "state"], index=items.index)
    return items.join(result.astype({"value": float}))


def _facilities(schools: pd.DataFrame) -> pd.DataFrame:
    """Standards that the school table itself answers: class size, school size, music and art rooms.

    Indicator and level as in ``standards``, worst (figure of the worst school; NaN if no school has one) and
    complete (whether no school's figure is missing). A school's size is its compulsory pupils; rooms are
    counted for each 12 of all its classes, and their area where it has any.
    """
    table = schools.reindex(columns=schools.columns.union(["classes", "largest_class", *ROOMS]))
    table = table[~(table["students"] == 0)]
    taught = table[table["level"].isin(LEVELS)]
    rows, has_schools = [], len(taught) > 0

    def add(
        indicator: str, level: str, figures: pd.Series, worst: str, has_schools: bool = has_schools
    ) -> None:
        complete = has_schools and bool(figures.notna().all())
        rows.append((indicator, level, figures.astype(float).agg(worst), complete))

    for level in LEVELS:
        largest = taught.loc[taught["level"] == level, "largest_class"]
        add("compulsory-class-size", level, largest, "max", has_schools=len(largest) > 0)
    by_school = taught.groupby("code")
    size, combined = by_school["students"].agg(_whole_sum), by_school["type"].first().isin(_COMBINED)
    add("school-size", "compulsory", size[~combined], "max")
    add("combined-school-size", "nine-and-twelve-year", size[combined], "max")

    table = table[table["code"].isin(taught["code"])].set_index("code")
    whole_schools, levels = table[table["level"] == "whole"], table[table["level"] != "whole"]
    columns = ["classes", "music_rooms", "art_rooms"]
    sums = levels.groupby("code")[columns].agg(_whole_sum)  # of a school's levels
    for room in ("music", "art"):
        number = whole_schools[f"{room}_rooms"].reindex(sums.index).fillna(sums[f"{room}_rooms"])
        provided = _CLASSES_A_ROOM * number / sums["classes"].where(sums["classes"] > 0)
        area = table.groupby("code")[f"smallest_{room}_room"].min()
        add(f"{room}-rooms-per-12-classes", "compulsory", provided, "min")
        add(f"{room}-room-area", "compulsory", area[~(number == 0)], "min")
    return pd.DataFrame(rows, columns=["indicator", "level", "worst", "complete"])


def _whole_sum(figures: pd.Series) -> float:
    """The sum of the levels of a school; NaN where one is not known."""
    return figures.sum(skipna=False)


def _state(value: float, item) -> str:
    return MET if pace.meets(value, item.threshold, item.comparator) else NOT_MET


def _by_item(items: pd.DataFrame, group: str, standard: pd.DataFrame) -> pd.Series:
    """States of the numbered items of a group: of one with several standards, the worst."""
    states = items["state"].astype(pd.CategoricalDtype([MET, UNANSWERED, NOT_MET], ordered=True))
    states = states[items["group"] == group].groupby(items["item"]).max()
    required = standard.loc[standard["indicator"] == _REQUIRED.get(group), "threshold"].tolist()
    if group in _REQUIRED and required != [len(states)]:
        raise ValueError(f"standards: {len(states)} items of {group}, {required} required")
    return states


def _count(aspect: str, states: pd.Series) -> tuple:
    """One row of ``Verdict.aspects``."""
    met, missed, total = int((states == MET).sum()), int((states == NOT_MET).sum()), len(states)
    status = FAILS if missed else PASSES if total and met == total else OPEN
    return aspect, met, missed, total - met - missed, total, status
