"""Progress towards targets: one verdict, or one reason why there is none, for every promised number."""

import math
from collections.abc import Iterable

import pandas as pd

from plan_monitor.methods import pace
from plan_monitor.methods.evidence import Candidates, Evidence, of_flows, of_levels
from plan_monitor.methods.series import one_per_period, present_values, require_columns
from reportkit import periods

KINDS = ("level", "floor", "ceiling", "cumulative", "growth", "coverage", "text")
STATUSES = ("achieved", "on_track", "slow", "lagging", "moving_away", "kept", "lost")
REASONS = ("text_only", "no_deadline", "no_elapsed_time", "other_period", "after_due", "doubtful_only")
REASONS += ("other_definition", "no_observation", "incomplete_sum", "no_baseline")
DUE = ("not_due", "awaited", "overdue", "undated")
_NUMBERS = ("baseline", "latest", "completion", "elapsed", "rho", "eurostat_ratio", "gap")
_NUMBERS += ("required_per_year", "required_growth", "pace", "arrival_year")
_TEXTS = ("kind", "baseline_period", "baseline_id", "latest_period", "latest_quality", "latest_id")
_TEXTS += ("status", "reason", "target_period", "due", "state")
_OF_A_FIGURE = ("id", "indicator", "region", "period", "value", "quality")
_SILENT = ("no_observation", "no_elapsed_time")  # no figure was found, or none is possible yet


def assess(
    targets: pd.DataFrame, observations: pd.DataFrame, as_of: str, qualities: Iterable[str] = ("A", "B")
) -> pd.DataFrame:
    """Judge every target by the figures observed up to a date.

    With base :math:`y_0` at :math:`t_0`, latest :math:`y` at :math:`t`, target :math:`T` at :math:`t_T`:

    .. math:: \\rho = \\frac{c}{e}, \\quad c = \\frac{y - y_0}{T - y_0}, \\quad e = \\frac{t - t_0}{t_T - t_0}

    *level, coverage*: achieved when the comparator holds, else by ρ: on_track from 0.95, slow from 0.60,
    lagging from 0, moving_away below; once the target's period is reached, a missed target is slow at best.
    *floor, ceiling*, and every level or coverage target that its baseline already satisfies: kept or lost.
    *cumulative*: c = Σ/T over whole years since the base without a gap. *growth*: ρ = average annual rate
    over T; achieved only when the target's period is reached. A sum or a growth with a cap is a ceiling,
    a growth of at least zero a floor.

    `targets` has indicator, region, period, value. Optional, with what holds where they are missing:
    comparator (``=``), kind (level), direction (up, down or neutral; else from target against baseline),
    base_period (else the earliest figure before the target's period ends; for a sum or growth the start of
    its period), nature (``stock``: figures of any month count; else only those as long as the base period or
    the target's period), alike (ids of indicators of another definition, separated by blanks), lag (months
    from the end of a period to its publication; 0). `observations` has indicator, region, period, value;
    optional id, quality (A). Figures after the end of `as_of` (ISO 8601) or the target's period are ignored,
    and spans such as 2022-01/2022-06 in place of a year. `qualities` are the grades a verdict may rest on,
    best first.

    The rows of `targets` and: kind (as judged), baseline, baseline_period, baseline_id, latest,
    latest_period, latest_quality, latest_id (several ids of a sum are joined by ", "), completion (c),
    elapsed (e), rho, eurostat_ratio (NaN where not applicable), disagrees (the two ratios are of different
    classes), status or reason (exactly one), gap (target − latest, or − baseline), required_per_year (unit a
    year, signed like the gap) and required_growth (% a year; both NaN where the target is met, only to be
    kept, or due by `as_of`), pace (unit a year since the base), arrival_year (first year whose figure meets
    the target at that pace), target_period and due: not_due, awaited (due, and its figure is not to be
    expected yet), overdue (due, and its figure should be there) or undated; and state: the status, else `due`
    where no figure was found, else the reason.

    Reasons: text_only (no number promised), no_deadline, no_elapsed_time (`as_of` or the target's period is
    not after the base), incomplete_sum (the first years of a sum are missing), no_baseline; and where there
    are figures after the base, but none that may be used, what is wrong with them: other_period (of another
    length, such as part of a year), after_due (of a later time than the target's), doubtful_only (of other
    grades), other_definition (of indicators that look alike); else no_observation. Raises ValueError if a
    column is missing, or a period, kind or comparator is unknown.

    Thresholds and `eurostat_ratio` are Eurostat's, completion over elapsed time that of the United Nations
    and ESCAP: `pace` has the sources.

    >>> names = ["indicator", "region", "period", "value"]
    >>> targets = pd.DataFrame([("rate", "A1", "2025", 95.0)], columns=names)
    >>> rows = [("rate", "A1", "2020", 91.0), ("rate", "A1", "2022", 92.0)]
    >>> assess(targets, pd.DataFrame(rows, columns=names), "2023")[["completion", "elapsed", "rho", "status"]]
       completion  elapsed    rho status
    0        0.25      0.4  0.625   slow
    """
    require_columns(targets, ("indicator", "region", "period", "value"), "targets")
    require_columns(observations, ("indicator", "region", "period", "value"), "observations")
    qualities = tuple(qualities)
    now = periods.end(as_of)
    indicators = {*targets["indicator"], *(name for names in _alike(targets) for name in names)}
    observations = observations[observations["indicator"].isin(indicators)]
    usable = _figures(one_per_period(observations, qualities))
    grades = observations["quality"].dropna().unique() if "quality" in observations else []
    doubtful = _figures(one_per_period(observations, [g for g in grades if g not in qualities]))

    rows = []
    for target, names in zip(present_values(targets), _alike(targets), strict=True):
        key = (target.get("indicator"), target.get("region"))
        alike = [figure for name in names for figure in usable.get((name, key[1]), [])]
        candidates = Candidates(usable.get(key, []), doubtful.get(key, []), alike)
        row = _judge(target, candidates, now) | {"due": _due(target, now)}
        open_state = row["due"] if row.get("reason") in _SILENT else row.get("reason")
        rows.append(row | {"state": row.get("status") or open_state})
    result = pd.DataFrame(rows, index=targets.index, columns=[*_NUMBERS, *_TEXTS, "disagrees"])
    types = dict.fromkeys(_NUMBERS, float) | dict.fromkeys(_TEXTS, "str") | {"disagrees": bool}
    return targets.assign(**result.astype(types))


def _figures(observations: pd.DataFrame) -> dict[tuple, list[dict]]:
    """Observations by indicator and region, in time order, with the moments they begin and end."""
    grouped = {}
    columns = [name for name in _OF_A_FIGURE if name in observations]
    for row in present_values(observations[columns]):
        row |= {"start": periods.start(row["period"]), "end": periods.end(row["period"])}
        grouped.setdefault((row["indicator"], row["region"]), []).append(row)
    return grouped


def _alike(targets: pd.DataFrame) -> list[list[str]]:
    """For each target the indicators that look alike."""
    if "alike" not in targets:
        return [[]] * len(targets)
    return [[] if pd.isna(names) else str(names).split() for names in targets["alike"]]


def _due(target: dict, now: float) -> str:
    """Whether a target is due, and whether its figure should have been published by now."""
    if "period" not in target:
        return "undated"
    months = 12 * (now - periods.end(target["period"])) + 1e-6  # ten twelfths of a year are ten months
    lag = target.get("lag")
    return "not_due" if months < 0 else "awaited" if lag and months < lag else "overdue"


def _judge(target: dict, candidates: Candidates, now: float) -> dict:
    """The verdict on one target, as a row of `assess`."""
    target = {"kind": "level", "comparator": "="} | target
    kind, comparator = target["kind"], target["comparator"]
    if kind not in KINDS or comparator not in pace.COMPARATORS:
        raise ValueError(f"unknown kind or comparator of a target: {kind!r}, {comparator!r}")
    row = {"kind": kind, "target_period": target.get("period"), "disagrees": False}
    if kind == "text" or "value" not in target:
        return row | {"reason": "text_only"}

    basis = (of_flows if kind in ("cumulative", "growth") else of_levels)(target, candidates, now)
    judge = {"cumulative": _judge_sum, "growth": _judge_growth}.get(kind, _judge_level)
    row |= basis._asdict() | judge(target, float(target["value"]), basis)
    if basis.due > basis.base_time:
        row["elapsed"] = (basis.latest_time - basis.base_time) / (basis.due - basis.base_time)
    if basis.reason:
        row |= {"status": None, "reason": basis.reason, "disagrees": False}
    met, to_keep = row.get("status") in ("achieved", "kept"), row["kind"] in ("floor", "ceiling")
    if met or basis.due <= now or (to_keep and basis.reason):  # nothing is needed, or no time is left for it
        row |= {"required_per_year": math.nan, "required_growth": math.nan}
    return row


def _judge_level(target: dict, value: float, basis: Evidence) -> dict:
    """A level or coverage to be reached; a floor or ceiling to be kept."""
    kind, comparator, baseline, latest = target["kind"], target["comparator"], basis.baseline, basis.latest
    inferred = "neutral" if math.isnan(baseline) else "up" if value > baseline else "down"
    direction = {"floor": "up", "ceiling": "down"}.get(kind) or target.get("direction") or inferred
    side = pace.target_side(comparator, direction)
    if side != "neutral" and pace.meets(baseline, value, comparator, direction):
        kind = "floor" if side == "up" else "ceiling"
    to_keep = kind in ("floor", "ceiling")

    newest, since = (baseline, basis.base_time) if math.isnan(latest) else (latest, basis.latest_time)
    years, years_left, whole = (
        basis.latest_time - basis.base_time,
        basis.due - since,
        basis.due - basis.base_time,
    )
    change = 0.0 if pace.same(latest, baseline) else latest - baseline
    row = {"kind": kind, "gap": value - newest, "pace": change / years}
    if years_left > 0:
        row["required_per_year"] = pace.required_per_year(newest, value, years_left)
        if newest > 0 and value > 0:
            row["required_growth"] = pace.average_annual_growth(newest, value, years_left)
    met = pace.meets(latest, value, comparator, direction)
    if to_keep:
        return row | {"status": "kept" if met else "lost"}
    if math.isnan(baseline):
        return row | ({"status": "achieved"} if met else {"reason": "no_baseline"})

    completion = pace.completion(baseline, latest, value)
    if side == "neutral":  # past a target that has no good side is as far off as before it
        completion = min(completion, 2 - completion)
    rho = completion * whole / years
    ratio = pace.eurostat_ratio(baseline, latest, value, years, whole)
    comparable = not (math.isnan(rho) or math.isnan(ratio))
    return row | {
        "completion": completion,
        "rho": rho,
        "eurostat_ratio": ratio,
        "disagrees": comparable and pace.ratio_class(rho) != pace.ratio_class(ratio),
        "arrival_year": pace.arrival_year(baseline, basis.base_time, value, row["pace"]),
        "status": "achieved" if met else _by_ratio(rho, basis, stands_still=change == 0),
    }


def _judge_sum(target: dict, value: float, basis: Evidence) -> dict:
    """A sum over whole years since the base; a sum with a cap is a ceiling."""
    total, since = (0.0, basis.base_time) if math.isnan(basis.latest) else (basis.latest, basis.latest_time)
    years, years_left = basis.latest_time - basis.base_time, basis.due - since
    row = {"gap": value - total, "pace": total / years}
    if basis.reason == "incomplete_sum":
        row["gap"] = math.nan
    elif years_left > 0:
        row["required_per_year"] = pace.required_per_year(total, value, years_left)
    direction = "down" if target.get("direction") == "down" else "up"
    met = pace.meets(total, value, target["comparator"], direction)
    if pace.target_side(target["comparator"], direction) == "down":
        return row | {"kind": "ceiling", "status": "kept" if met else "lost"}
    completion = pace.completion(0.0, basis.latest, value)
    rho = completion * (basis.due - basis.base_time) / years
    return row | {
        "completion": completion,
        "rho": rho,
        "arrival_year": pace.arrival_year(0.0, basis.base_time, value, row["pace"]),
        "status": "achieved" if met else _by_ratio(rho, basis, stands_still=total == 0),
    }


def _judge_growth(target: dict, value: float, basis: Evidence) -> dict:
    """An average annual rate; a rate to stay above zero, or below a cap, is a floor or ceiling."""
    rate, comparator = basis.latest, target["comparator"]
    direction = target.get("direction", "neutral")
    if direction == "neutral":
        direction = "down" if value < 0 else "up"
    side = pace.target_side(comparator, direction)
    row = {"gap": value - (basis.baseline if math.isnan(rate) else rate)}
    observed_rate, years = (0.0, 0.0) if math.isnan(rate) else (rate, basis.latest_time - basis.base_time)
    years_left = basis.due - basis.base_time - years
    if years_left > 0 and observed_rate > -100 and value > -100:
        log_growth = math.log1p(value / 100) * (years + years_left) - math.log1p(observed_rate / 100) * years
        row["required_growth"] = 100 * math.expm1(log_growth / years_left)
    met = pace.meets(rate, value, comparator, direction)
    if (value if side == "up" else -value) <= 0:
        return row | {"kind": "floor" if side == "up" else "ceiling", "status": "kept" if met else "lost"}
    rho = rate / value
    if met and years_left <= 0:
        return row | {"rho": rho, "status": "achieved"}
    return row | {"rho": rho, "status": "on_track" if met else _by_ratio(rho, basis)}


def _by_ratio(rho: float, basis: Evidence, stands_still: bool = False) -> str:
    """Status of a target that is not met (yet)."""
    if math.isnan(rho):  # the target is the baseline, and more or less than it is wanted
        return "lagging" if stands_still else "moving_away"
    status = pace.ratio_class(rho)
    return "slow" if status == "on_track" and basis.latest_time >= basis.due else status
