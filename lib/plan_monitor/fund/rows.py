"""One row a scheme and period of an insurance fund: which of several published figures counts."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor.methods.series import require_columns
from reportkit import periods
from reportkit.decimals import carried

SERIES = ["region", "scheme"]
YUAN = {"亿元": 1e8, "万元": 1e4}  # a unit of money, in yuan
MONEY = ["income", "expenditure", "period_balance", "balance"]
_FIGURES = ["enrollees", "workers", "retirees", *MONEY]
_NEEDED = ("id", *SERIES, "period", "basis", "unit", "quality", *_FIGURES, "one_off", "new_scope")
_RANK = {"final": 0, "derived": 1, "preliminary": 2}


def by_basis(fund: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``fund``, final figures first, then derived, then preliminary ones."""
    return fund.sort_values("basis", key=lambda basis: basis.map(_RANK), kind="stable")


def settled(
    fund: pd.DataFrame, as_of: str | None = None, qualities: Iterable[str] = ("A", "B")
) -> pd.DataFrame:
    """One row for each region, scheme and period.

    Final figures count; a derived one fills what they leave empty. A preliminary row counts only where
    there is neither, and is never mixed with them, as its scope may differ.

    Parameters
    ----------
    fund : DataFrame
        Rows of ``fund``, any regions, schemes and periods.
    as_of : str, optional
        ISO 8601 period; later figures are left out.
    qualities : iterable of str
        Grades that may be used.

    Returns
    -------
    DataFrame
        The columns of ``fund``; ``id`` names every row used, joined by ", ", and ``basis`` what they are,
        best first, joined by a space.

    Raises
    ------
    ValueError
        If a column is missing or, with `as_of`, a period is not ISO 8601.

    Examples
    --------
    >>> from plan_monitor import load
    >>> fund = load().fund
    >>> local = settled(fund[fund["unit"] == "万元"], "2020")
    >>> local[["scheme", "period", "basis", "income"]].values.tolist()
    [['employees', '2020', 'derived', 97558.0], ['residents', '2020', 'derived', 166320.0]]
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
    """The rows of whole years as `settled`, one a region, scheme and year (int), in order of time.

    January to December stands for a year of which no row of its own has a figure, or only preliminary ones
    where those from January to December are not.
    """
    require_columns(fund, _NEEDED, "fund")
    own, whole = (fund["period"].str.fullmatch(form) for form in (r"\d{4}", r"(\d{4})-01/\1-12"))
    rows = settled(fund[own | whole], as_of)
    rows["year"] = rows["period"].str[:4].astype(int)
    last = {
        "empty": rows[_FIGURES].isna().all(axis=1),
        "preliminary": rows["basis"] == "preliminary",
        "whole": rows["period"].str.len() > 4,
    }
    ranked = rows.assign(**last).sort_values([*SERIES, "year", *last])
    rows = rows.loc[ranked.drop_duplicates([*SERIES, "year"]).index]
    return rows.assign(period=rows["year"].astype(str)).reset_index(drop=True)


def places(fund: pd.DataFrame) -> pd.Series:
    """Decimals that the money of each row was printed with: those of its most precise figure.

    Income, expenditure and balances of a row stand in one unit and with the same decimals; a number that is
    stored loses the zeros at its end.

    >>> places(pd.DataFrame({"income": [11180.9, 24421.0], "expenditure": [10661.49, float("nan")]})).tolist()
    [2, 0]
    """
    figures = fund[[name for name in MONEY if name in fund]]
    return pd.Series([carried(row) for row in figures.to_numpy()], fund.index, dtype=int)


def concerns(listed: pd.Series, *columns: str) -> pd.Series:
    """Whether any of some columns is among those that cells of ``one_off`` or ``new_scope`` list.

    >>> concerns(pd.Series(["income expenditure", "balance", None]), "income", "enrollees").tolist()
    [True, False, False]
    """
    return listed.fillna("").str.split().map(lambda names: not {*names}.isdisjoint(columns)).astype(bool)
