"""Answers that differ, from each other or from what is stored: shown side by side, never overwritten."""

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.forms.answers import Answer


class Side(NamedTuple):
    """One side of a conflict: a stored row (``document`` and ``locator``) or the row of a form."""

    answer: Answer | None
    document: str
    locator: str
    comparator: str
    value: str
    reason: str


class Conflict(NamedTuple):
    """Answers to one question that differ, from each other or from what is stored; none is merged."""

    target: str
    period: str
    sides: list[Side]


def separate(
    all_answers: list[Answer], package: Package
) -> tuple[list[Answer], list[Answer], list[Conflict]]:
    """Figures and reasons without a conflict, and the conflicts."""
    conflicts, reasons, figures = [], [], []
    requests = package.requests.set_index("id")
    by_target = defaultdict(list)
    for answer in all_answers:
        if answer.value is not None or answer.reason:
            by_target[answer.target].append(answer)
    for target, answers in by_target.items():
        sides = [_side(answer) for answer in answers]
        for request in dict.fromkeys(answer.request for answer in answers):
            sides = _stored_answer(requests.loc[request], package) + sides
        refusals = {side.reason for side in sides if side.reason}
        with_figure = any(not side.reason for side in sides)
        refused_now = any(answer.reason for answer in answers)
        if refused_now and (with_figure or len(refusals) > 1):
            conflicts.append(Conflict(target, "", sides))
        elif refused_now:
            reasons += answers
        else:
            figures += answers
    figures, differing = _agreeing(figures, package)
    return figures, reasons, conflicts + differing


def _agreeing(figures: list[Answer], package: Package) -> tuple[list[Answer], list[Conflict]]:
    """Figures that agree with each other and with stored ones of the same indicator, region and period."""
    stored, by_fact = stored_figures(package), defaultdict(list)
    for answer in figures:
        by_fact[fact(answer, package)].append(answer)
    agreeing, conflicts = [], []
    for key, answers in by_fact.items():
        existing = [amount(row.comparator, row.value) for row in stored.get(key, [])]
        amounts = {amount(answer.comparator, answer.value) for answer in answers}
        if len(amounts) == 1 and (not existing or amounts <= set(existing)):
            agreeing += answers
            continue
        stored_sides = [
            Side(None, row.document, row.locator, row.comparator, f"{row.value:.15g}", "")
            for row in stored.get(key, [])
        ]
        conflicts.append(
            Conflict(answers[0].target, key[2], stored_sides + [_side(answer) for answer in answers])
        )
    return agreeing, conflicts


def _side(answer: Answer) -> Side:
    value = answer.value or ""
    return Side(answer, answer.document, answer.locator, answer.comparator, value, answer.reason)


def _stored_answer(request: pd.Series, package: Package) -> list[Side]:
    """The stored answer to a request, if there is one."""
    if request["state"] == "refused":
        return [Side(None, "", "", "", "", request["reason_zh"])]
    if pd.notna(request["observation"]):
        row = package.observations.set_index("id").loc[request["observation"]]
        return [Side(None, row["document"], row["locator"], row["comparator"], f"{row['value']:.15g}", "")]
    return []


def fact(answer: Answer, package: Package) -> tuple[str, str, str]:
    """Indicator, region and period of a figure."""
    promise = package.targets.set_index("id", drop=False).loc[answer.target]
    return promise["indicator"], promise["region"], answer.period


def stored_figures(package: Package) -> dict[tuple[str, str, str], list]:
    """Stored figures by indicator, region and period."""
    stored = defaultdict(list)
    for row in package.observations.itertuples():
        stored[row.indicator, row.region, row.period].append(row)
    return stored


def amount(comparator: str, value: str | float) -> tuple[str, Decimal]:
    """Comparator and value of a figure, whatever zeros it is written with."""
    return comparator, Decimal(f"{float(value):.15g}")
