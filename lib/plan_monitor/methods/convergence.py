"""How far a region is ahead of others, and whether they draw together."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor.methods.series import annual_series


def lead(
    observations: pd.DataFrame, indicators: Iterable[str], region: str, benchmarks: Iterable[str]
) -> pd.DataFrame:
    """How far a region was ahead of others in the first and in the last year that can be compared.

    `observations` as for `series.annual`; `benchmarks` are regions such as the province and the nation. One
    row an indicator and benchmark with a common year: indicator, benchmark, first_year, first, last_year,
    last; the region's figure minus the benchmark's, in the indicator's unit. Raises ValueError if a column is
    missing or a period is not ISO 8601.

    >>> rows = [("rate", "A1", "2020", 91.0), ("rate", "A1", "2021", 92.0), ("rate", "A", "2021", 88.5)]
    >>> observed = pd.DataFrame(rows, columns=["indicator", "region", "period", "value"])
    >>> lead(observed, ["rate"], "A1", ["A"]).values.tolist()
    [['rate', 'A', 2021, 3.5, 2021, 3.5]]
    """
    indicators, benchmarks, rows, no_series = list(indicators), list(benchmarks), [], pd.Series(dtype=float)
    series = annual_series(observations[observations["indicator"].isin(indicators)])
    for indicator in indicators:
        region_series = series.get((indicator, region), no_series)
        for benchmark in benchmarks:
            ahead = (region_series - series.get((indicator, benchmark), no_series)).dropna()
            if len(ahead):
                first, last = ahead.index[0], ahead.index[-1]
                rows.append((indicator, benchmark, first, ahead[first], last, ahead[last]))
    return pd.DataFrame(rows, columns=["indicator", "benchmark", "first_year", "first", "last_year", "last"])
