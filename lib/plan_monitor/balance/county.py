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
ITEM_GROUPS = ASPECTS[2:]
_COEFFICIENTS = len(LEVELS) * len(RESOURCES)
_ALL_MET = {"government": "government-items-met", "quality": "quality-items-met"}


@dataclass(frozen=True)
class Verdict:
    """Whether a county is balanced, and what the answer rests on.

    Attributes
    ----------
    status : str
        ``passes``, ``fails`` (something is known not to be met) or ``open`` (nothing is, but not
        everything is known).
    aspects : DataFrame
        One row for schools, coefficients, government, quality, recognition and veto: met, not_met, open
        and total (schools, coefficients or items) and status. A veto item is met if the situation that
        bars a county does not exist.
    schools : DataFrame
        Rows of ``evaluate_schools``.
    coefficients : DataFrame
        Rows of ``coefficients``.
    items : DataFrame
        The standards of government, quality, recognition and veto with value and answer, where from
        (``schools``: computed from the school table; ``answers``; missing) and state: ``met``,
        ``not_met`` or ``unanswered``. An item with two levels is two standards.
    """

    status: str
    aspects: pd.DataFrame
    schools: pd.DataFrame
    coefficients: pd.DataFrame
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
    if answers["standard"].duplicated().any():
        twice = ", ".join(answers.loc[answers["standard"].duplicated(), "standard"])
        raise ValueError(f"answered twice: {twice}")
    levels = schools if weights is None else split_levels(schools, weights)
    evaluated, unequal = evaluate_schools(levels, standard), coefficients(levels, standard)
    items = _items(schools, answers, standard)
    table = pd.DataFrame(
        [
            _count("schools", evaluated.loc[evaluated["status"] != NO_STUDENTS, "status"], PASSES, FAILS),
            # a level without schools is not known, rather than balanced
            _count(
                "coefficients", unequal["state"].reindex(range(_COEFFICIENTS), fill_value=OPEN), MET, NOT_MET
            ),
            *(_items_count(group, items[items["group"] == group], standard) for group in ITEM_GROUPS),
        ]
    )
    return Verdict(_overall(table["status"]), table, evaluated, unequal, items)


def _items(schools: pd.DataFrame, answers: pd.DataFrame, standard: pd.DataFrame) -> pd.DataFrame:
    """Every standard outside resources, with its value or answer and its state."""
    items = standard[standard["group"].isin(ITEM_GROUPS)].reset_index(drop=True)
    given = answers.set_index("standard").reindex(items["id"])
    computed = (
        facilities(schools)
        .set_index(["indicator", "level"])
        .reindex(pd.MultiIndex.from_frame(items[["indicator", "level"]]))
    )
    rows = []
    for item, value, answer, worst, complete in zip(
        items.to_dict("records"),
        given["value"],
        given["answer"],
        computed["worst"],
        computed["complete"].eq(True),
        strict=True,
    ):
        fails = pd.notna(worst) and not pace.meets(worst, item["threshold"], item["comparator"])
        if complete or fails:  # one school that fails decides, whatever is not known of the others
            rows.append((worst, None, "schools", NOT_MET if fails else MET))
        elif pd.notna(item["threshold"]) and pd.notna(value):
            met = pace.meets(value, item["threshold"], item["comparator"])
            rows.append((value, None, "answers", MET if met else NOT_MET))
        elif pd.isna(item["threshold"]) and pd.notna(answer):
            met = answer == ("no" if item["group"] == "veto" else "yes")
            rows.append((np.nan, answer, "answers", MET if met else NOT_MET))
        else:
            rows.append((np.nan, None, None, UNANSWERED))
    result = pd.DataFrame(rows, columns=["value", "answer", "source", "state"], index=items.index)
    return items.join(result.astype({"value": float}))


def _items_count(group: str, items: pd.DataFrame, standard: pd.DataFrame) -> dict:
    """How many numbered items of a group are met: one with several standards only if all are."""
    by_item = items.groupby("item", sort=False)["state"]
    states = by_item.agg(
        lambda states: NOT_MET if (states == NOT_MET).any() else MET if (states == MET).all() else OPEN
    )
    if group in _ALL_MET:
        required = standard.loc[standard["indicator"] == _ALL_MET[group], "threshold"]
        if required.tolist() != [len(states)]:
            raise ValueError(f"standards: {len(states)} items of {group}, {required.tolist()} required")
    return _count(group, states, MET, NOT_MET)


def _count(aspect: str, states: pd.Series, met: str, not_met: str) -> dict:
    """One row of ``Verdict.aspects``."""
    good, bad, total = int((states == met).sum()), int((states == not_met).sum()), len(states)
    status = FAILS if bad else PASSES if total and good == total else OPEN
    return {
        **{"aspect": aspect, "met": good, "not_met": bad, "open": total - good - bad},
        **{"total": total, "status": status},
    }


def _overall(statuses: pd.Series) -> str:
    return FAILS if (statuses == FAILS).any() else PASSES if (statuses == PASSES).all() else OPEN


def resources_by_county(schools: pd.DataFrame, standard: pd.DataFrame) -> pd.DataFrame:
    """The resource part of the verdict for any number of counties at once.

    Parameters
    ----------
    schools, standard : DataFrame
        As for ``evaluate_schools``.

    Returns
    -------
    DataFrame
        One row a region: schools (judged), schools_pass, schools_fail, coefficients, coefficients_met,
        coefficients_not_met, and status.
    """
    evaluated, unequal = evaluate_schools(schools, standard), coefficients(schools, standard)
    judged = evaluated[evaluated["status"] != NO_STUDENTS]
    result = pd.DataFrame(
        {
            "schools": judged.groupby("region").size(),
            "schools_pass": (judged["status"] == PASSES).groupby(judged["region"]).sum(),
            "schools_fail": (judged["status"] == FAILS).groupby(judged["region"]).sum(),
            "coefficients": _COEFFICIENTS,
            "coefficients_met": (unequal["state"] == MET).groupby(unequal["region"]).sum(),
            "coefficients_not_met": (unequal["state"] == NOT_MET).groupby(unequal["region"]).sum(),
        }
    )
    fails = (result["schools_fail"] > 0) | (result["coefficients_not_met"] > 0)
    known = (result["schools_pass"] == result["schools"]) & (
        result["coefficients_met"] == result["coefficients"]
    )
    status = np.where(fails, FAILS, np.where(known, PASSES, OPEN))
    return result.assign(status=status).reset_index()
