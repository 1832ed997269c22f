"""Which of several published figures of a fund is used: one row a scheme and year, or month."""

from collections.abc import Iterable
from itertools import product

import pandas as pd

from plan_monitor.methods.series import require_columns
from reportkit import periods
from reportkit.decimals import carried

SERIES = ["region", "scheme"]
YUAN = {"亿元": 1e8, "万元": 1e4}  # a unit of money, in yuan
MONEY = ["income", "expenditure", "period_balance", "balance"]
SUMS = {  # schemes that are sums, with their parts: both show the same experience
    "all": {"employees", "residents", "new-rural", "pooled", "personal-accounts"},
    "employees": {"employees-pooled", "personal-accounts"},
    "pooled": {"employees-pooled", "residents", "new-rural"},
}
_FIGURES = ["enrollees", "workers", "retirees", *MONEY]
_NEEDED = ("id", *SERIES, "period", "basis", "unit", "quality", *_FIGURES, "one_off", "new_scope")
_FLOWS = ("income", "expenditure")
_BASES = ["final", "derived", "preliminary"]  # the best first


def by_basis(fund: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``fund``, final figures first, then derived, then preliminary ones."""
    return fund.sort_values("basis", key=lambda basis: basis.map(_BASES.index), kind="stable")


def settled(
    fund: pd.DataFrame, as_of: str | None = None, qualities: Iterable[str] = ("A", "B")
) -> pd.DataFrame:
    """One row for each region, scheme and period, the columns those of ``fund``.

    Final figures are used, and derived ones where these are empty. A preliminary row is used only if there is
    neither, and never mixed with them, as its scope may differ. ``id`` names every row used, joined by ", ",
    and ``basis`` their kinds, best first, joined by a space. Grades other than `qualities`
    and what ends after `as_of` (an ISO 8601 period) are left out. A missing column is a ValueError, and so
    is a period that is not ISO 8601 where there is an `as_of`.
    """
    require_columns(fund, _NEEDED, "fund")
    usable = fund[fund["quality"].isin(list(qualities))]
    if as_of is not None:
        usable = usable[usable["period"].map(periods.end) <= periods.end(as_of)]
    key = [*SERIES, "period"]
    firm = usable["basis"] != "preliminary"
    counted = by_basis(usable[firm | ~firm.groupby([usable[column] for column in key]).transform("any")])
    groups = counted.groupby(key, as_index=False)
    rows = groups.first()  # of each column the first that is not empty
    rows["id"] = groups["id"].agg(", ".join)["id"]
    rows["basis"] = groups["basis"].agg(lambda bases: " ".join(dict.fromkeys(bases)))["basis"]
    return rows[list(fund.columns)]


def yearly(fund: pd.DataFrame, as_of: str | None = None) -> pd.DataFrame:
    """The rows of whole years as in `settled`, one a region, scheme and year (int), in order of time.

    Figures from January to December stand for a year whose own row has no figure, or only preliminary ones
    while those from January to December are final.
    """
    require_columns(fund, _NEEDED, "fund")
    calendar, january_to_december = (
        fund["period"].str.fullmatch(form) for form in (r"\d{4}", r"(\d{4})-01/\1-12")
    )
    rows = settled(fund[calendar | january_to_december], as_of)
    rows["year"] = rows["period"].str[:4].astype(int)
    last = {"empty": rows[_FIGURES].isna().all(axis=1), "preliminary": rows["basis"] == "preliminary"}
    # the row of the year itself stands before that of its months already
    ranked = rows.assign(**last).sort_values([*SERIES, "year", *last], kind="stable")
    rows = rows.loc[ranked.drop_duplicates([*SERIES, "year"]).index]
    return rows.assign(period=rows["year"].astype(str)).reset_index(drop=True)


def places(fund: pd.DataFrame) -> pd.Series:
    """Decimals with which the money of each row was printed: those of its most precise figure.

    Income, expenditure and balances of a row stand in one unit and with the same decimals; a number that is
    stored loses the zeros at its end: beside 10661.49, 11180.9 is 11180.90.
    """
    figures = fund[[name for name in MONEY if name in fund]]
    return pd.Series([carried(row) for row in figures.to_numpy()], fund.index, dtype=int)


def without_sums(series: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Regions and schemes, without sums of which a part in the same region is among them."""
    listed = list(series)
    parts = {(region, name): {(region, part) for part in SUMS.get(name, ())} for region, name in listed}
    return [key for key in listed if not parts[key] & parts.keys()]


def concerns(listed: pd.Series, *columns: str) -> pd.Series:
    """Whether cells of ``one_off`` or ``new_scope`` list any of the given columns."""
    names = {*columns}
    matches = [isinstance(cell, str) and not names.isdisjoint(cell.split()) for cell in listed]
    return pd.Series(matches, listed.index, dtype=bool)


def months(fund: pd.DataFrame, as_of: str | None = None) -> pd.DataFrame:
    """Monthly figures of a fund and year-to-date sums, up to a period `as_of` if given.

    Figures of single months (``2026-06``) and from January to a month (``2026-01/2026-06``) complete each
    other: a month is the difference of two neighbouring sums, a sum adds up its months. A preliminary and a
    firm sum are not subtracted, as the revision would count as money of the month. The rest is missing.

    One row a region, scheme and month of which something is known, in order of time: period (month), unit,
    id (rows of this month, joined by ", "), balance (reserve at its end), and for income and expenditure:
    <name>, <name>_to_date, <name>_before and <name>_to_date_before (the same a year before), <name>_growth
    and <name>_to_date_growth (%).
    """
    rows = settled(fund, as_of)
    rows = rows[rows["period"].str.contains("-")]
    tables = [_series(part).assign(region=key[0], scheme=key[1]) for key, part in rows.groupby(SERIES)]
    parts = product(_FLOWS, ("", "_to_date"), ("", "_before", "_growth"))
    columns = [*SERIES, "period", "unit", "id", "balance", *map("".join, parts)]
    return pd.concat(tables, ignore_index=True)[columns] if tables else pd.DataFrame(columns=columns)


def _series(rows: pd.DataFrame) -> pd.DataFrame:
    """The months of one scheme."""
    rows = rows.assign(month=pd.PeriodIndex(rows["period"].str.split("/").str[-1], freq="M"))
    to_date, preliminary = rows["period"].str.contains("/"), rows["basis"] == "preliminary"
    grid = pd.period_range(rows["month"].min(), rows["month"].max(), freq="M")
    table = pd.DataFrame({"period": grid.astype(str), "unit": next(iter(rows["unit"]))}, index=grid)
    table["id"] = rows.groupby("month")["id"].agg(", ".join).reindex(grid)
    table["balance"] = (
        pd.concat([rows[~preliminary], rows[preliminary]]).groupby("month")["balance"].first().reindex(grid)
    )
    for name in _FLOWS:
        single, sums = (rows[kind].set_index("month")[name].reindex(grid) for kind in (~to_date, to_date))
        preliminary_months, preliminary_sums = (
            set(rows.loc[preliminary & kind, "month"]) for kind in (~to_date, to_date)
        )
        for month in grid:  # in order: a sum may rest on the one before
            previous, january = month - 1, month.month == 1
            before = 0.0 if january else sums.get(previous, float("nan"))
            if pd.isna(sums[month]):
                sums[month] = before + single[month]
                if month in preliminary_months or (previous in preliminary_sums and not january):
                    preliminary_sums.add(month)
            elif pd.isna(single[month]) and (
                january or (month in preliminary_sums) == (previous in preliminary_sums)
            ):
                single[month] = sums[month] - before
        for column, values in ((name, single), (f"{name}_to_date", sums)):
            table[column] = values.astype(float).round(6)
            table[f"{column}_before"] = earlier = table[column].shift(12)
            table[f"{column}_growth"] = 100 * (table[column] / earlier.where(earlier > 0) - 1)
    return table[table["id"].notna()]
