"""A county's verdict: schools, coefficients, government, quality, recognition, vetoes; and what is open."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from plan_monitor.balance.coefficient import coefficients
from plan_monitor.balance.facilities import facilities
from plan_monitor.balance.schools import FAILS, NO_STUDENTS, OPEN, PASSES, evaluate_schools
from plan_monitor.balance.split import split_levels
from plan_monitor.balance.standard import LEVELS, RESOURCES
from plan_monitor.methods import pace
from plan_monitor.methods.series import require_columns

MET, NOT_MET, UNANSWERED = "met", "not_met", "unanswered"
ASPECTS = ("schools", "coefficients", "government", "quality", "recognition", "veto")
_OF_ITEMS = ASPECTS[2:]
_COEFFICIENTS = len(LEVELS) * len(RESOURCES)
_REQUIRED = {"government": "government-items-met", "quality": "quality-items-met"}


@dataclass(frozen=True)
class Verdict:
    """Whether a county is balanced, and what the answer rests on.

    Aspects have one row for schools, coefficients, government, quality, recognition and veto: met,
    not_met, open and total (schools, coefficients or items) and status. A veto item is met if the
    situation that bars a county does not exist. Items are the standards of the last four with value and
    answer, source (``schools``: computed from the school table; ``answers``; missing) and state: ``met``,
    ``not_met`` or ``unanswered``. An item with two levels is two standards.
    """

    status: str  # ``passes``, ``fails`` (something certainly is not met) or ``open`` (something is missing)
    aspects: pd.DataFrame
    schools: pd.DataFrame  # of ``evaluate_schools``
    coefficients: pd.DataFrame  # of ``coefficients``
    items: pd.DataFrame


def evaluate_county(
    schools: pd.DataFrame,
    answers: pd.DataFrame,
    standard: pd.DataFrame,
    weights: pd.DataFrame | None = None,
) -> Verdict:
    """Judge a county: all schools, all coefficients, all items, recognition, and no veto.

    Parameters
    ----------
    schools : DataFrame
        Rows of ``schools``: one county, one year.
    answers : DataFrame
        Columns standard (id of a row of ``standards``), value (for a standard with a number), answer
        (``yes`` or ``no``, for one without; for a veto ``yes`` means that the situation exists). Class
        size, school size and music and art rooms are computed from the schools where these are complete;
        an answer is used where they are not.
    standard : DataFrame
        Rows of ``standards``.
    weights : DataFrame, optional
        For ``split_levels``; needed where a school has a row for the whole school.

    Raises
    ------
    ValueError
        If a column or threshold is missing, there are several counties, or a standard is answered twice.

    Notes
    -----
    Source: 教督〔2017〕6号, articles 6 to 10.
    """
    require_columns(answers, ("standard", "value", "answer"), "answers")
    if schools["region"].nunique() > 1:
        raise ValueError("a verdict is on one county")
    twice = answers.loc[answers["standard"].duplicated(), "standard"]
    if len(twice):
        raise ValueError(f"answered twice: {', '.join(twice)}")
    levels = schools if weights is None else split_levels(schools, weights)
    evaluated, unequal = evaluate_schools(levels, standard), coefficients(levels, standard)
    items = _items(schools, answers, standard)
    judged = evaluated.loc[evaluated["status"] != NO_STUDENTS, "status"]
    # a level without schools is open, rather than balanced
    states = unequal["state"].reindex(range(_COEFFICIENTS), fill_value=OPEN)
    counts = [_count("schools", judged, PASSES, FAILS), _count("coefficients", states)]
    counts += [_count(group, _by_item(items, group, standard)) for group in _OF_ITEMS]
    aspects = pd.DataFrame(counts)
    statuses = set(aspects["status"])
    status = FAILS if FAILS in statuses else OPEN if OPEN in statuses else PASSES
    return Verdict(status, aspects, evaluated, unequal, items)


def _items(schools: pd.DataFrame, answers: pd.DataFrame, standard: pd.DataFrame) -> pd.DataFrame:
    """Every standard outside resources, with its value or answer and its state."""
    items = standard[standard["group"].isin(_OF_ITEMS)].reset_index(drop=True)
    given = items.join(answers.set_index("standard")[["value", "answer"]], on="id")
    given = given.join(facilities(schools).set_index(["indicator", "level"]), on=["indicator", "level"])
    rows = []
    for item in given.to_dict("records"):
        threshold, comparator, value, answer = (
            item[n] for n in ("threshold", "comparator", "value", "answer")
        )
        fails = pd.notna(item["worst"]) and not pace.meets(item["worst"], threshold, comparator)
        if item["complete"] is True or fails:  # one school that fails decides, whatever is missing of others
            rows.append((item["worst"], None, "schools", NOT_MET if fails else MET))
        elif pd.notna(threshold) and pd.notna(value):
            rows.append(
                (value, None, "answers", MET if pace.meets(value, threshold, comparator) else NOT_MET)
            )
        elif pd.isna(threshold) and pd.notna(answer):
            met = answer == ("no" if item["group"] == "veto" else "yes")
            rows.append((np.nan, answer, "answers", MET if met else NOT_MET))
        else:
            rows.append((np.nan, None, None, UNANSWERED))
    result = pd.DataFrame(rows, columns=["value", "answer", "source", "state"], index=items.index)
    return items.join(result.astype({"value": float}))


def _by_item(items: pd.DataFrame, group: str, standard: pd.DataFrame) -> pd.Series:
    """States of the numbered items of a group: one with several standards is met only if all are."""

    def of_item(states: pd.Series) -> str:
        return NOT_MET if (states == NOT_MET).any() else MET if (states == MET).all() else OPEN

    states = items[items["group"] == group].groupby("item", sort=False)["state"].agg(of_item)
    required = standard.loc[standard["indicator"] == _REQUIRED.get(group), "threshold"].tolist()
    if group in _REQUIRED and required != [len(states)]:
        raise ValueError(f"standards: {len(states)} items of {group}, {required} required")
    return states


def _count(aspect: str, states: pd.Series, met: str = MET, not_met: str = NOT_MET) -> dict:
    """One row of ``Verdict.aspects``."""
    good, bad, total = int((states == met).sum()), int((states == not_met).sum()), len(states)
    status = FAILS if bad else PASSES if total and good == total else OPEN
    counts = {"met": good, "not_met": bad, "open": total - good - bad, "total": total}
    return {"aspect": aspect, **counts, "status": status}
