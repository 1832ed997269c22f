"""Benchmarks and convergence: the gap to others, and whether regions draw together.

Source: Barro & Sala-i-Martin, *Economic Growth*, 2nd ed. (2004), chapter 11 (σ-convergence across regions).
"""

from collections.abc import Iterable

import pandas as pd

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
            ahead = gaps[f"gap_{benchmark}"].dropna()
            if len(ahead):
                first, last = ahead.index[0], ahead.index[-1]
                rows.append((indicator, benchmark, first, ahead[first], last, ahead[last]))
    return pd.DataFrame(rows, columns=["indicator", "benchmark", "first_year", "first", "last_year", "last"])


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
