"""Stored rows as tables print them and as charts draw them."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.report import codes
from reportkit import measures, periods, words


def printed(rows: pd.DataFrame, package: Package) -> list[str]:
    """Targets or observations as a table prints them: ``≥ 98.88 % (2020)``.

    Parameters
    ----------
    rows : DataFrame
        Rows of ``targets`` or ``observations``.
    package : Package
        For the units.
    """
    unit = measures.units(package.indicators)
    return [
        words.dated(row.value, unit[row.indicator], row.period, row.comparator) for row in rows.itertuples()
    ]


def labelled(rows: pd.DataFrame, package: Package) -> pd.DataFrame:
    """Targets or observations as points of a chart: one panel an indicator, one series a region.

    Parameters
    ----------
    rows : DataFrame
        As in ``printed``; rows without a period or value are left out.
    package : Package
        For the names.

    Returns
    -------
    DataFrame
        Columns panel, series, year, value, unit (as ``charts.lines`` takes it).
    """
    rows = rows.dropna(subset=["period", "value"])
    return pd.DataFrame(
        {
            "panel": rows["indicator"].map(codes.names(package.indicators)),
            "series": rows["region"].map(codes.names(package.regions)),
            "year": rows["period"].map(periods.end).astype("float"),
            "value": rows["value"],
            "unit": rows["indicator"].map(measures.units(package.indicators)),
        }
    )
