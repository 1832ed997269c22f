"""A fund month by month: the month, the year to date, and the same a year before."""

import pandas as pd

from plan_monitor.fund.rows import SERIES, settled

_FLOWS = ("income", "expenditure")
_ENDINGS = ("", "_to_date", "_before", "_to_date_before", "_growth", "_to_date_growth")


def months(fund: pd.DataFrame, as_of: str | None = None) -> pd.DataFrame:
    """What the monthly figures of a fund say.

    Figures of single months (``2026-06``) and from January to a month (``2026-01/2026-06``) go together: a
    month is the difference of two neighbouring sums, a sum is that of all its months. A preliminary and a
    firm sum are not subtracted, as what was revised would pass for money of the month. What neither gives is
    missing.

    Parameters
    ----------
    fund, as_of
        As for ``settled``.

    Returns
    -------
    DataFrame
        One row a region, scheme and month of which something is known, in order of time: period (month),
        unit, id (rows of this month, joined by ", "), balance (reserve at its end), and for income and
        expenditure: <name>, <name>_to_date, <name>_before and <name>_to_date_before (the same a year before),
        <name>_growth and <name>_to_date_growth (%).

    Examples
    --------
    >>> rows = pd.DataFrame({"id": ["a", "b", "c"], "region": "A1", "scheme": "all", "basis": "final",
    ...                      "period": ["2025-01", "2026-01", "2026-01/2026-02"], "unit": "万元",
    ...                      "quality": "A", "income": [100.0, 110.0, 230.0], "expenditure": 90.0})
    >>> unused = ["enrollees", "workers", "retirees", "period_balance", "balance", "one_off", "new_scope"]
    >>> months(rows.assign(**dict.fromkeys(unused)))[["period", "income", "income_to_date", "income_growth"]]
        period  income  income_to_date  income_growth
    0  2025-01   100.0           100.0            NaN
    1  2026-01   110.0           110.0           10.0
    2  2026-02   120.0           230.0            NaN
    """
    rows = settled(fund, as_of)
    rows = rows[rows["period"].str.len() > 4]
    tables = [_series(part).assign(region=key[0], scheme=key[1]) for key, part in rows.groupby(SERIES)]
    flows = [f"{name}{ending}" for name in _FLOWS for ending in _ENDINGS]
    columns = [*SERIES, "period", "unit", "id", "balance", *flows]
    return pd.concat(tables, ignore_index=True)[columns] if tables else pd.DataFrame(columns=columns)


def _series(rows: pd.DataFrame) -> pd.DataFrame:
    """The months of one scheme."""
    rows = rows.assign(month=pd.PeriodIndex(rows["period"].str.split("/").str[-1], freq="M"))
    to_date, soft = rows["period"].str.contains("/"), rows["basis"] == "preliminary"
    grid = pd.period_range(rows["month"].min(), rows["month"].max(), freq="M")
    table = pd.DataFrame({"period": grid.astype(str), "unit": rows["unit"].iloc[0]}, index=grid)
    table["id"] = rows.groupby("month")["id"].agg(", ".join).reindex(grid)
    table["balance"] = pd.concat([rows[~soft], rows[soft]]).groupby("month")["balance"].first().reindex(grid)
    for name in _FLOWS:
        single, sums = (rows[kind].set_index("month")[name].reindex(grid) for kind in (~to_date, to_date))
        soft_single, soft_sums = (set(rows.loc[soft & kind, "month"]) for kind in (~to_date, to_date))
        for month in grid:  # in order: a sum may rest on the one before
            last, first = month - 1, month.month == 1
            before = 0.0 if first else sums.get(last, float("nan"))
            if pd.isna(sums[month]):
                sums[month] = before + single[month]
                if month in soft_single or (last in soft_sums and not first):
                    soft_sums.add(month)
            elif pd.isna(single[month]) and (first or (month in soft_sums) == (last in soft_sums)):
                single[month] = sums[month] - before
        for column, values in ((name, single), (f"{name}_to_date", sums)):
            table[column] = values.astype(float).round(6)
            table[f"{column}_before"] = earlier = table[column].shift(12)
            table[f"{column}_growth"] = 100 * (table[column] / earlier.where(earlier > 0) - 1)
    return table[table["id"].notna()]
