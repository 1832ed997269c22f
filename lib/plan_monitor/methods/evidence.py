"""The figures that bear on one target: where it started, how far it has come, or why nobody can say."""

import math
import operator
from typing import NamedTuple

from plan_monitor.methods.series import ends_a_year, granularity
from reportkit import periods


class Evidence(NamedTuple):
    """Base and latest figure of one target; NaN and None where there is none."""

    base_time: float
    due: float
    baseline: float = math.nan
    baseline_period: str | None = None
    baseline_id: str | None = None
    latest: float = math.nan
    latest_time: float = math.nan
    latest_period: str | None = None
    latest_quality: str | None = None
    latest_id: str | None = None
    reason: str | None = None


class Candidates(NamedTuple):
    """Figures of one indicator and region in time order, and those of indicators that only look alike."""

    usable: list[dict]
    doubtful: list[dict]
    alike: list[dict]


def of_levels(target: dict, candidates: Candidates, now: float) -> Evidence:
    """Evidence for a value to be reached or kept: the base figure, and the last one by `now` or the due date.

    A stock is read at any point in time. Of anything else figures must be as long as the base period or the
    target's period; one that ends where a year ends (2020-12) stands for the year. A span stands for no
    other period. Without a base period the base is the earliest figure before the due date.
    """
    due = periods.end(target["period"]) if "period" in target else math.nan
    until = now if math.isnan(due) else min(now, due)
    target_periods = [target[name] for name in ("period", "base_period") if name in target]
    lengths = {length for period in target_periods for length in _lengths(period.split("/")[-1])}
    if target.get("nature") == "stock":
        lengths = set()
    fitting = [f for f in candidates.usable if _fits(f, lengths)]
    points = [f for f in fitting if f["end"] <= until]

    if "base_period" in target:
        base_time = periods.end(target["base_period"])
        bases = [f for f in points if f["end"] == base_time]
        printed = [f for f in bases if f["period"] == target["base_period"]]
        base = (printed or bases or [None])[-1]
    else:
        before_due = [f for f in points if not f["end"] >= due]
        base_time = before_due[0]["end"] if before_due else math.nan
        base = [f for f in before_due if f["end"] == base_time][-1] if before_due else None

    later = [f for f in points if not f["end"] <= base_time]
    doubtful = [f for f in candidates.doubtful if _fits(f, lengths)]
    reason = _reason(base_time, due, now, later, fitting, doubtful, candidates)
    fields = _base(base) if base else {}
    if later:
        fields |= _latest(later[-1:], float(later[-1]["value"]))
    return Evidence(base_time, due, reason=reason, **fields)


def of_flows(target: dict, candidates: Candidates, now: float) -> Evidence:
    """Evidence for a sum or an average rate over whole years since the base.

    A span replaces the single years it covers. A sum stops before the first year that nobody published; an
    average rate is that of the years observed.
    """
    period = target.get("period")
    due = periods.end(period) if period else math.nan
    until = now if period is None else min(now, due)
    years = [f for f in candidates.usable if _whole_years(f)]
    base_period = target.get("base_period")
    starts = [periods.end(base_period)] if base_period else []
    if period and (not starts or "/" in period):
        starts.append(periods.start(period))
    base_time = max(starts) if starts else min((f["start"] for f in years), default=math.nan)

    since = [f for f in years if f["start"] >= base_time]
    in_time = [f for f in since if f["end"] <= until]
    is_sum = target["kind"] == "cumulative"
    chain = _chain(in_time, base_time, without_gap=is_sum)
    doubtful = [f for f in candidates.doubtful if _whole_years(f) and f["start"] >= base_time]
    reason = _reason(base_time, due, now, in_time, since, doubtful, candidates)
    if in_time and not chain:
        reason = reason or "incomplete_sum"
    fields = {"baseline": 0.0, "baseline_period": base_period} if is_sum else {}
    bases = [f for f in years if f["end"] == base_time and base_time <= now]
    if bases and not is_sum:
        fields = _base(bases[-1])
    if chain:
        fields |= _latest(chain, math.fsum(f["value"] for f in chain) if is_sum else average_rate(chain))
    return Evidence(base_time, due, reason=reason, **fields)


def average_rate(rates: list[dict]) -> float:
    """Geometric mean of rates in %, each weighted with the years it covers; a fall cannot pass -100 %.

    >>> two_years, one_year = {"start": 2020.0, "end": 2022.0}, {"start": 2022.0, "end": 2023.0}
    >>> round(average_rate([{"value": 10.0} | two_years, {"value": 0.0} | one_year]), 2)
    6.56
    """
    factors = [max(0.0, 1 + rate["value"] / 100) for rate in rates]
    if min(factors) == 0:
        return -100.0
    spans = [rate["end"] - rate["start"] for rate in rates]
    logs = math.fsum(years * math.log(factor) for years, factor in zip(spans, factors, strict=True))
    return 100 * math.expm1(logs / sum(spans))


def _reason(
    base_time: float,
    due: float,
    now: float,
    later: list,
    fitting: list,
    doubtful: list,
    candidates: Candidates,
) -> str | None:
    """Why there is no verdict: `later` may be used, `fitting` and `doubtful` are of a fitting length."""
    if math.isnan(due):
        return "no_deadline"
    until = min(now, due)
    if until <= base_time:
        return "no_elapsed_time"
    if later:
        return None
    left_out = (
        ("other_period", [f for f in candidates.usable if f not in fitting], until),
        ("after_due", fitting, now),
        ("doubtful_only", doubtful, until),
        ("other_definition", candidates.alike, until),
    )
    for reason, figures, last in left_out:  # the first reason that applies
        if any(f["end"] <= last and not f["end"] <= base_time for f in figures):
            return reason
    return "no_observation"


def _lengths(period: str) -> set[str]:
    """The lengths that a period may stand for."""
    return {granularity(period)} | ({"year"} if ends_a_year(period) else set())


def _fits(figure: dict, lengths: set[str]) -> bool:
    """Whether a figure may stand for a period of one of these lengths; without lengths, any point may."""
    passes = _lengths(figure["period"])
    return "span" not in passes and (not lengths or bool(passes & lengths))


def _whole_years(figure: dict) -> bool:
    """Whether a figure covers one calendar year or several."""
    return figure["start"].is_integer() and figure["end"].is_integer()


def _chain(figures: list[dict], base_time: float, without_gap: bool) -> list[dict]:
    """Figures that follow each other from the base on without overlap, the longest first at every step."""
    chain, end = [], base_time
    follows = operator.eq if without_gap else operator.ge
    while following := [f for f in figures if follows(f["start"], end)]:
        first = min(f["start"] for f in following)
        chain.append(max((f for f in following if f["start"] == first), key=lambda f: f["end"]))
        end = chain[-1]["end"]
    return chain


def _base(figure: dict) -> dict:
    """What the base figure is, and where it comes from."""
    source = {"baseline_period": figure["period"], "baseline_id": figure.get("id")}
    return {"baseline": float(figure["value"])} | source


def _latest(figures: list[dict], value: float) -> dict:
    """What the latest figure is, and where it comes from: its time, period, worst grade and rows."""
    first, last = figures[0], figures[-1]
    span = f"{first['period'].split('/')[0]}/{last['period'].split('/')[-1]}"
    ids = [str(f["id"]) for f in figures if f.get("id") is not None]
    return {
        "latest": value,
        "latest_time": last["end"],
        "latest_period": last["period"] if first is last else span,
        "latest_quality": max(f["quality"] for f in figures),
        "latest_id": ", ".join(ids) or None,
    }
