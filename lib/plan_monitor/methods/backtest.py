"""How accurate projections of real series would have been in the past, and how often their odds came true."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cache
from typing import NamedTuple, Protocol

import numpy as np
import pandas as pd

from plan_monitor.methods import pace, scale
from plan_monitor.methods.outlook import FEWEST, by_time, learn, project_times
from reportkit.decimals import NOISE

_QUANTILES = np.arange(1, 20) / 20
_SEED, _DRAWN = 20251231, 1000
_PACES = (0.5, 1.0, 1.5)  # multiples of the past yearly change: the targets on which odds are tested
_RANGES = {50: (0.25, 0.75), 80: (0.1, 0.9), 95: (0.025, 0.975)}  # nominal coverage in %: its quantiles
_MEANS = [*(f"coverage_{level}" for level in _RANGES), "interval_score_80", "crps", "error", "error_naive"]


class Forecast(Protocol):
    """A distribution of future values."""

    def quantile(self, probability: float) -> np.ndarray:
        """Values below which the future ones fall with a probability."""

    def above(self, value: float) -> np.ndarray:
        """Probabilities that the future ones are above a value."""


# arguments: the history of a series, future moments, and the histories of comparable series
Forecaster = Callable[[pd.Series, np.ndarray, list[pd.Series]], Forecast]


def trials(
    series: Mapping | Iterable[pd.Series],
    lower: float | None = None,
    upper: float | None = None,
    horizons: Iterable[int] = (1, 2, 3),
    forecaster: Forecaster | None = None,
) -> pd.DataFrame:
    """Every projection that could have been made of real series, compared with what was observed later.

    Rolling origin (Hyndman & Athanasopoulos, *Forecasting: principles and practice*, 3rd ed., section 5.10):
    each series is projected from each of its points on, the third at the earliest, using what was known then
    of it and of all others as comparable series; the projection is compared with what was observed `horizons`
    years later. `forecaster` is another method to be tested instead. Series as for `forecast.project`.

    One row a projection and year: series (its label), origin (the moment it is made), length (points known),
    horizon, coverage_50, coverage_80 and coverage_95 (whether the value was inside), interval_score_80, crps,
    error and error_naive (absolute, of the median and of the last value), all four in mean yearly changes of
    the series, NaN where it never changed; said (probabilities that the series goes on at half, once and one
    and a half times its past change a year) and came (whether it did), lists. The scores are those of
    Gneiting & Raftery (2007, *Journal of the American Statistical Association* 102), the CRPS by nineteen
    quantiles:

    .. math:: S = u - l + \\frac{2}{\\alpha} (l - x)_+ + \\frac{2}{\\alpha} (x - u)_+, \\qquad
              \\text{CRPS} \\approx \\frac{2}{19} \\sum_q \\left(1[x < z_q] - q\\right) (z_q - x)
    """

    def own_model(history: pd.Series, future: np.ndarray, others: list[pd.Series]) -> Forecast:
        return project_times(history, future, lower, upper, learn(others, lower, upper))

    project, horizons = forecaster or own_model, list(horizons)
    labelled = dict(series.items() if isinstance(series, Mapping) else enumerate(series))
    bounds = scale.limits(lower, upper)
    histories, rows = {label: by_time(values) for label, values in labelled.items()}, []

    @cache
    def until(origin: float) -> dict[Hashable, pd.Series]:
        """What was known then of each series: most of them have the same moments."""
        return {label: values.loc[:origin] for label, values in histories.items()}

    for label, past in histories.items():
        for cut in range(FEWEST, len(past)):
            observed, origin = past.iloc[:cut], past.index[cut - 1]
            outcomes = past[
                np.isclose(np.subtract.outer(past.index, origin + np.array(horizons)), 0).any(axis=1)
            ]
            if outcomes.empty:
                continue
            others = [other for name, other in until(origin).items() if name != label]
            forecast = project(observed, outcomes.index.to_numpy(), others)
            rows += [
                {"series": label, "origin": origin, "length": cut, **trial}
                for trial in _evaluated(forecast, observed, outcomes, _yearly_change(past), bounds)
            ]
    columns = ["series", "origin", "length", "horizon", *_MEANS, "said", "came"]
    return pd.DataFrame(rows, columns=columns)


def backtest(tried: pd.DataFrame, by: str = "horizon") -> pd.DataFrame:
    """How often values fell inside the ranges of `trials`, and the size of errors, by "horizon" or "length".

    One row for each and one "total": n (projections), the means of coverage_50, coverage_80, coverage_95,
    interval_score_80, crps, error and error_naive, and error_ratio (below 1: better than naive). NaN where
    nothing could be compared.

    >>> rising = pd.Series([1.0, 2.1, 2.9, 4.0, 5.0], index=range(2019, 2024))
    >>> backtest(trials([rising], horizons=[1]))[["n", "coverage_80", "error_ratio"]].round(2)
    ... # doctest: +NORMALIZE_WHITESPACE
             n  coverage_80  error_ratio
    horizon
    1        2          1.0         0.68
    total    2          1.0         0.68
    """
    parts = dict(list(tried.groupby(by))) | {"total": tried}
    table = pd.DataFrame({label: part[_MEANS].mean() for label, part in parts.items()}, dtype=float).T
    table.insert(0, "n", [len(part) for part in parts.values()])
    table["error_ratio"] = table["error"] / table["error_naive"].where(table["error_naive"] > 0)
    return table.rename_axis(by)


def share_interval(
    tried: pd.DataFrame, column: str = "coverage_80", by: str | list[str] = "series"
) -> tuple[float, float]:
    """The 80 % interval of the mean of a column of `trials`.

    Trials of one series (or of one origin, in `by`) share their errors, so whole series are resampled, a
    thousand times (cluster bootstrap; Davison & Hinkley 1997, *Bootstrap methods and their application*,
    section 3.8). NaN with fewer than two series.
    """
    groups = [part.to_numpy(dtype=float) for _, part in tried.groupby(by)[column]]
    if len(groups) < 2:
        return np.nan, np.nan
    sums, sizes = np.array([[part.sum(), len(part)] for part in groups]).T
    drawn = np.random.default_rng(_SEED).integers(0, len(groups), (_DRAWN, len(groups)))
    low, high = np.quantile(sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1), [0.1, 0.9])
    return float(low), float(high)


class Odds(NamedTuple):
    """How often events came true, by tenths of their probability, and the Brier score and its base rate."""

    tenths: pd.DataFrame
    brier: float
    brier_base: float  # of giving every event the share that came true


def odds(tried: pd.DataFrame) -> Odds:
    """How often the events of `trials` came true, beside the probabilities given to them.

    Tenths have one row for each tenth (0 to 9) that a probability was in: n, said (their mean) and came (the
    share that did). Brier (1950), *Monthly Weather Review* 78; reliability: Murphy & Winkler (1977), *Applied
    Statistics* 26.
    """
    pairs = tried[["said", "came"]].explode(["said", "came"]).dropna().astype(float)
    tenth = (10 * pairs["said"]).astype(int).clip(upper=9)
    tenths = pairs.groupby(tenth).agg(n=("said", "size"), said=("said", "mean"), came=("came", "mean"))
    error, base = (pairs["said"] - pairs["came"]) ** 2, (pairs["came"].mean() - pairs["came"]) ** 2
    return Odds(tenths.rename_axis("tenth"), float(error.mean()), float(base.mean()))


def _yearly_change(series: pd.Series) -> float:
    """The mean yearly change of a series, up or down; NaN where it never changed."""
    total = series.diff().abs().sum()
    return total / (series.index[-1] - series.index[0]) if total else np.nan


def _evaluated(
    forecast: Forecast,
    observed: pd.Series,
    outcomes: pd.Series,
    yearly: float,
    bounds: tuple[float, float],
) -> list[dict]:
    """A projection compared with each later year; `yearly` is the mean yearly change of the series."""
    ahead, actual, last = outcomes.index - observed.index[-1], outcomes.to_numpy(), observed.iloc[-1]
    limits = {level: tuple(map(forecast.quantile, pair)) for level, pair in _RANGES.items()}
    low, high = limits[80]
    table = {f"coverage_{level}": _inside(actual, *pair) for level, pair in limits.items()}
    missed = (low - actual).clip(0) + (actual - high).clip(0)
    ends = [(float(p), forecast.quantile(p) - actual) for p in _QUANTILES]
    # the same as twice each term of the sum in `trials`, whichever side of the quantile the value is on
    crps = np.mean([np.abs(off) + (1 - 2 * p) * off for p, off in ends], axis=0)
    scaled = {
        "interval_score_80": high - low + 10 * missed,
        "crps": crps,
        "error": np.abs(forecast.quantile(0.5) - actual),
        "error_naive": np.abs(last - actual),
    }
    table |= {name: values / yearly for name, values in scaled.items()}
    change = (last - observed.iloc[0]) / (observed.index[-1] - observed.index[0])
    comparator = {1.0: ">=", -1.0: "<="}.get(np.sign(change))  # none where it stands where it began
    probabilities, met = [[] for _ in actual], [[] for _ in actual]
    for position, years in enumerate(ahead):
        for factor in _PACES if comparator else ():
            target = np.clip(last + factor * change * years, *bounds)
            above = float(forecast.above(target)[position])
            probabilities[position].append(above if comparator == ">=" else 1 - above)
            met[position].append(pace.meets(actual[position], target, comparator))
    table |= {"horizon": np.rint(ahead).astype(int), "said": probabilities, "came": met}
    return pd.DataFrame(table).to_dict("records")


def _inside(values: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Whether values lie in a range, its ends counted in but for floating-point noise."""
    return np.max([low - values, values - high], axis=0) <= NOISE * np.abs(values)
