"""Stored rows as the long frames that charts draw."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.report import codes
from reportkit import measures, periods


def labelled(rows: pd.DataFrame, package: Package) -> pd.DataFrame:
    """Targets or observations as points of a chart: one panel an indicator, one series a region.

    Parameters
    ----------
    rows : DataFrame
        Rows of ``targets`` or ``observations``; rows without a period or value are left out.
    package
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
