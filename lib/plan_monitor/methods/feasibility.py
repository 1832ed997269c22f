"""Whether a promised level and a promised growth rate can both be true."""

import pandas as pd

from plan_monitor import periods
from plan_monitor.methods.pace import average_annual_growth
from plan_monitor.methods.series import require_columns


def implied_growth(starts: pd.DataFrame, target: float, due: str, pledged: float) -> pd.DataFrame:
    """What average growth leads from each possible start to a target, held against a pledged rate.

    .. math:: g = 100 \\left[ (T / y_0)^{1 / (t_T - t_0)} - 1 \\right]

    Parameters
    ----------
    starts : DataFrame
        Columns value (positive) and period, one row a reading of where the path begins.
    target : float
        Promised value, in the unit of the starts.
    due : str
        ISO 8601 period the target is due, after every start.
    pledged : float
        Promised average growth in % a year ("at least").

    Returns
    -------
    DataFrame
        `starts` with years (to the due date), growth (% a year that the target implies), reaches (value at
        the due date if the pledged rate is kept) and fits (whether the implied growth, to one decimal, is
        at least the pledged one).

    Raises
    ------
    ValueError
        If a column is missing, a value is not positive or a start is not before the due date.

    Examples
    --------
    12 861 yuan in 2020, 26 581 promised for 2025, and 19.2 % a year or more:

    >>> starts = pd.DataFrame({"value": [12861.0, 12861.0], "period": ["2020", "2021"]})
    >>> result = implied_growth(starts, 26581, "2025", 19.2)
    >>> result[["years", "growth", "reaches", "fits"]].round(1).values.tolist()
    [[5.0, 15.6, 30949.7, False], [4.0, 19.9, 25964.5, True]]
    """
    require_columns(starts, ("value", "period"), "starts")
    years = periods.end(due) - starts["period"].map(periods.end)
    growth = [
        average_annual_growth(value, target, span) for value, span in zip(starts["value"], years, strict=True)
    ]
    result = starts.assign(years=years, growth=growth, reaches=starts["value"] * (1 + pledged / 100) ** years)
    return result.assign(fits=result["growth"].round(1) >= pledged)
