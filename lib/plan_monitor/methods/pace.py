"""The arithmetic of progress: the change still needed, the pace so far, and the year of arrival.

Sources of the ratios: Eurostat, *Sustainable development in the European Union: monitoring report on progress
towards the SDGs in an EU context*, annex on the assessment method; United Nations, *SDG Progress Chart:
technical note*; ESCAP, *Asia and the Pacific SDG progress report*, technical notes (progress made against the
progress needed since the base year). Values and targets are in the indicator's own unit, times in years.
"""

import math

from reportkit.decimals import NOISE, last_digit

COMPARATORS = ("=", ">=", ">", "<=", "<", "about")
CLASSES = {"on_track": 0.95, "slow": 0.60, "lagging": 0.0}  # least ratio of actual to required progress


def required_per_year(latest: float, target: float, years_left: float) -> float:
    """Change a year still needed to reach a target; negative where it lies below the latest value.

    Raises ValueError if no time is left. Preschool enrolment, 91 % in 2020, 95 % promised for 2025:

    >>> required_per_year(91.0, 95.0, 5)
    0.8
    """
    if not years_left > 0:
        raise ValueError(f"no time left: {years_left} years")
    return (target - latest) / years_left


def average_annual_growth(first: float, last: float, years: float) -> float:
    """Average (compound) growth in % a year, between two positive values in one unit.

    .. math:: g = 100 \\left[ (y_n / y_0)^{1/n} - 1 \\right]

    Raises ValueError if a value is not positive or no time passes. A farm income of 12 861 yuan that is to be
    26 581 five years later:

    >>> round(average_annual_growth(12861, 26581, 5), 1)
    15.6
    """
    if not (first > 0 and last > 0):
        raise ValueError(f"growth needs positive values: {first}, {last}")
    if not years > 0:
        raise ValueError(f"growth needs time to pass: {years} years")
    return 100 * math.expm1(math.log(last / first) / years)


def completion(baseline: float, latest: float, target: float) -> float:
    """Share of the distance from the baseline to the target that has been covered.

    Safe at zero, and the same for a rate and its complement. NaN where the target is the baseline.

    >>> completion(91.0, 93.0, 95.0), completion(9.0, 7.0, 5.0), completion(0.0, 40.0, 100.0)
    (0.5, 0.5, 0.4)
    """
    return math.nan if same(baseline, target) else (latest - baseline) / (target - baseline)


def eurostat_ratio(baseline: float, latest: float, target: float, years: float, total_years: float) -> float:
    """Actual growth over required growth, as Eurostat monitors indicators with a quantitative target.

    .. math:: R = \\frac{(y/y_0)^{1/n} - 1}{(T/y_0)^{1/N} - 1}

    `years` (n) are from the baseline to the latest value, `total_years` (N) to the target. 1 where growth is
    exactly as required; NaN where a value is not positive, the target is the baseline, or there is no time. A
    rate of 10 % that is to be 20 % after ten years and is 14 % after five:

    >>> round(eurostat_ratio(10, 14, 20, 5, 10), 3)
    0.97
    """
    all_positive = all(number > 0 for number in (baseline, latest, target, years, total_years))
    if not all_positive or same(baseline, target):
        return math.nan
    return average_annual_growth(baseline, latest, years) / average_annual_growth(
        baseline, target, total_years
    )


def ratio_class(ratio: float) -> str:
    """Status of a ratio of actual to required progress, with Eurostat's thresholds: 0.95, 0.60 and 0.

    >>> [ratio_class(ratio) for ratio in (1.2, 0.95, 0.6, 0.0, -0.1)]
    ['on_track', 'on_track', 'slow', 'lagging', 'moving_away']
    """
    for status, threshold in CLASSES.items():
        if ratio >= threshold - NOISE:
            return status
    return "moving_away"


def arrival_year(baseline: float, base_time: float, target: float, pace: float) -> float:
    """First calendar year whose figure meets the target if the pace (unit a year) since the base continues.

    `base_time` is the end of the base period on the axis of `reportkit.periods`. NaN if it is never
    reached.

    >>> arrival_year(91.0, 2020.0, 95.0, 0.9), arrival_year(91.0, 2020.0, 95.0, -0.1)
    (2025.0, nan)
    """
    if pace == 0 or same(baseline, target):
        return math.nan
    years = (target - baseline) / pace
    # a moment that rounds to a year's end is that year's end
    return float(math.ceil(base_time + years - 1e-6)) if 0 < years < math.inf else math.nan


def same(a: float, b: float) -> bool:
    """Whether two figures are equal but for floating-point noise."""
    return math.isclose(a, b, rel_tol=NOISE)


def target_side(comparator: str, direction: str) -> str:
    """The side of the target on which it is met: "up", "down" or "neutral".

    ``=`` and ``about`` mean: reach it in the indicator's direction.

    >>> target_side("=", "down"), target_side(">", "neutral")
    ('down', 'up')
    """
    return {">=": "up", ">": "up", "<=": "down", "<": "down"}.get(comparator, direction)


def meets(value: float, target: float, comparator: str = ">=", direction: str = "up") -> bool:
    """Whether a figure meets a target.

    Without a side (``=`` or ``about`` of a neutral indicator) the figure must equal the target as far as the
    target is printed: within half a unit of its last decimal.

    >>> meets(0.1 + 0.2, 0.3), meets(98.0, 98.0, ">"), meets(5.0, 6.0, "=", "down")
    (True, False, True)
    >>> meets(12.4, 12.0, "=", "neutral"), meets(12.4, 12.5, "=", "neutral")
    (True, False)
    """
    equal = same(value, target)
    side = target_side(comparator, direction)
    if side == "neutral":
        return equal or abs(value - target) <= 0.5 * 10.0 ** min(0, last_digit(target)) * (1 + NOISE)
    if equal:
        return comparator not in (">", "<")
    return value > target if side == "up" else value < target
