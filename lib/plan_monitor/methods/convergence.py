"""Benchmarks and convergence: the gap to others, when it closes, and whether regions draw together.

Sources: Barro & Sala-i-Martin, "Convergence", *Journal of Political Economy* 100 (1992), and *Economic
Growth*, 2nd ed. (2004), chapter 11 (β- and σ-convergence across regions).
"""

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd
import statsmodels.api as sm

from plan_monitor.methods.bounds import NOISE
from plan_monitor.methods.series import annual


def gap(
    observations: pd.DataFrame,
    indicator: str,
    region: str,
    benchmarks: Iterable[str],
    qualities: Iterable[str] = ("A", "B"),
) -> pd.DataFrame:
    """A region's yearly figures and its distance to each benchmark.

    Parameters
    ----------
    observations : DataFrame
        As for `series.annual`.
    indicator, region : str
    benchmarks : iterable of str
        Regions to compare with, such as the province and the nation.
    qualities : iterable of str
        Grades that may be used, best first.

    Returns
    -------
    DataFrame
        One row a year with a figure for the region: value and, for each benchmark, gap_<region>, the
        region's figure minus the benchmark's, in the indicator's unit; NaN where it has none.

    Raises
    ------
    ValueError
        If a column is missing or a period is not ISO 8601.

    Examples
    --------
    >>> rows = [("rate", "A1", "2020", 91.0), ("rate", "A1", "2021", 92.0), ("rate", "A", "2020", 88.5)]
    >>> observed = pd.DataFrame(rows, columns=["indicator", "region", "period", "value"])
    >>> gap(observed, "rate", "A1", ["A"])  # doctest: +NORMALIZE_WHITESPACE
          value  gap_A
    year
    2020   91.0    2.5
    2021   92.0    NaN
    """
    qualities = tuple(qualities)
    table = annual(observations, indicator, region, qualities).to_frame("value")
    for benchmark in benchmarks:
        other = annual(observations, indicator, benchmark, qualities)
        table[f"gap_{benchmark}"] = table["value"] - other.reindex(table.index)
    return table


def lead(
    observations: pd.DataFrame, indicators: Iterable[str], region: str, benchmarks: Iterable[str]
) -> pd.DataFrame:
    """How far a region was ahead of others in the first and in the last year that can be compared.

    Parameters
    ----------
    observations, region, benchmarks
        As for `gap`.
    indicators : iterable of str

    Returns
    -------
    DataFrame
        One row an indicator and benchmark with a common year: indicator, benchmark, first_year, first,
        last_year, last; the region's figure minus the benchmark's, in the indicator's unit.

    Examples
    --------
    >>> rows = [("rate", "A1", "2020", 91.0), ("rate", "A1", "2021", 92.0), ("rate", "A", "2021", 88.5)]
    >>> observed = pd.DataFrame(rows, columns=["indicator", "region", "period", "value"])
    >>> lead(observed, ["rate"], "A1", ["A"]).values.tolist()
    [['rate', 'A', 2021, 3.5, 2021, 3.5]]
    """
    rows = []
    for indicator in indicators:
        gaps = gap(observations, indicator, region, benchmarks)
        for benchmark in benchmarks:
            known = gaps[f"gap_{benchmark}"].dropna()
            if len(known):
                first, last = known.index[0], known.index[-1]
                rows.append((indicator, benchmark, first, known[first], last, known[last]))
    return pd.DataFrame(rows, columns=["indicator", "benchmark", "first_year", "first", "last_year", "last"])


def catch_up(gaps: pd.Series, direction: str = "up", window: int = 3) -> float:
    """Years until a gap closes, counted from the last year, at the pace of the last years.

    .. math:: -g_t \\, / \\, \\frac{g_t - g_s}{t - s}

    Parameters
    ----------
    gaps : Series
        Region minus benchmark by year (a column of `gap`); missing years are left out.
    direction : str
        "up" where more is better (behind means a negative gap), "down" where less is.
    window : int
        The pace is that since the earliest gap at most so many years before the last.

    Returns
    -------
    float
        Years; 0 when level or ahead; NaN when the gap does not close or no pace can be told.

    Raises
    ------
    ValueError
        If the direction is neither "up" nor "down".

    Examples
    --------
    >>> catch_up(pd.Series([-6.0, -5.0, -4.0], index=[2020, 2021, 2022]))
    4.0
    >>> catch_up(pd.Series([-4.0, -5.0], index=[2020, 2021])), catch_up(pd.Series([1.5], index=[2020]))
    (nan, 0.0)
    """
    if direction not in ("up", "down"):
        raise ValueError(f"direction must be up or down: {direction!r}")
    behind = (-gaps if direction == "up" else gaps).dropna().sort_index()
    if behind.empty:
        return math.nan
    last = behind.index[-1]
    if behind[last] <= 0:
        return 0.0
    recent = behind[behind.index >= last - window]
    closed = recent.iloc[0] - recent.iloc[-1]
    if closed <= NOISE * behind[last]:  # a gap that stays is a difference of other figures each year
        return math.nan
    return float(behind[last] * (last - recent.index[0]) / closed)


def sigma(panel: pd.DataFrame) -> pd.Series:
    """σ-convergence: how far regions lie apart, year by year.

    .. math:: CV_t = \\frac{1}{\\bar y_t} \\sqrt{\\tfrac1n \\sum_i (y_{it} - \\bar y_t)^2}

    Falling: they draw together. Regions count equally; those without a figure in a year are left out of
    it, so compare years with the same regions.

    Parameters
    ----------
    panel : DataFrame
        Values, one row a year, one column a region.

    Returns
    -------
    Series
        Coefficient of variation (a share, not %) by year; NaN with fewer than two regions or where the mean
        is not positive.

    Examples
    --------
    >>> sigma(pd.DataFrame({"A1": [10.0, 15.0], "A2": [30.0, 25.0]}, index=[2020, 2025])).to_dict()
    {2020: 0.5, 2025: 0.25}
    """
    mean = panel.mean(axis=1)
    usable = (panel.count(axis=1) >= 2) & (mean > 0)
    return (panel.std(axis=1, ddof=0) / mean).where(usable).rename("sigma")


def beta(panel: pd.DataFrame, first: int, last: int) -> pd.Series:
    """β-convergence: whether regions that began lower grew faster.

    .. math:: \\tfrac1T \\ln(y_{iT} / y_{i0}) = a + b \\ln y_{i0} + u_i, \\qquad b = -(1 - e^{-\\beta T}) / T

    Ordinary least squares with heteroskedasticity-robust (HC1) errors and Student's t.

    Parameters
    ----------
    panel : DataFrame
        Positive values, one row a year (int), one column a region; regions that lack one of the two years
        are left out.
    first, last : int
        Years compared.

    Returns
    -------
    Series
        slope (b), slope_lower and slope_upper (95 %), speed (β a year; NaN where b ≤ −1/T), half_life (years
        until half a gap is gone, ln 2/β; NaN without convergence) and n (regions).

    Raises
    ------
    ValueError
        If a year is missing, the years are not in order, fewer than 3 regions remain, a value is not positive
        or all regions begin at the same level.

    Examples
    --------
    >>> start = np.array([10.0, 20.0, 40.0, 80.0])
    >>> end = start * (start / 80.0) ** -0.2
    >>> panel = pd.DataFrame([start, end], index=[2010, 2020], columns=["A1", "A2", "A3", "A4"])
    >>> beta(panel, 2010, 2020)[["slope", "speed", "half_life"]].round(4).to_dict()
    {'slope': -0.02, 'speed': 0.0223, 'half_life': 31.0628}
    """
    if first not in panel.index or last not in panel.index or not last > first:
        raise ValueError(f"the panel needs two years in order, not {first} and {last}")
    both = panel.loc[[first, last]].dropna(axis=1).to_numpy(dtype=float)
    regions, years = both.shape[1], last - first
    if regions < 3:
        raise ValueError(f"convergence needs at least 3 regions with both years, not {regions}")
    if not (both > 0).all():
        raise ValueError("convergence needs positive values")
    initial, final = np.log(both)
    if np.ptp(initial) < 1e-12:
        raise ValueError("all regions begin at the same level")
    fit = sm.OLS((final - initial) / years, sm.add_constant(initial)).fit(cov_type="HC1", use_t=True)
    slope = fit.params[1]
    low, high = fit.conf_int()[1]
    speed = -math.log1p(slope * years) / years if slope * years > -1 else math.nan
    half_life = math.log(2) / speed if speed > 0 else math.nan
    return pd.Series(
        {
            "slope": slope,
            "slope_lower": low,
            "slope_upper": high,
            "speed": speed,
            "half_life": half_life,
            "n": regions,
        }
    )
