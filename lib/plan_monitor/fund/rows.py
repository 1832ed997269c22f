"""One row a scheme and period of an insurance fund: which of several published figures counts."""

from collections.abc import Iterable
from decimal import Decimal

import pandas as pd

from plan_monitor.methods.series import require_columns
from reportkit import periods

SERIES = ["region", "scheme"]
YUAN = {"亿元": 1e8, "万元": 1e4}  # a unit of money, in yuan
_BASES = ("final", "derived", "preliminary")
_FIGURES = ("enrollees", "workers", "retirees", "income", "expenditure", "period_balance", "balance")
MONEY = ("income", "expenditure", "period_balance", "balance")
_NEEDED = (
    *("id", "region", "scheme", "period", "basis", "unit", "quality"),
    *(*_FIGURES, "one_off", "new_scope"),
)


def by_basis(fund: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``fund``, final figures first, then derived, then preliminary ones."""
    rank = {basis: place for place, basis in enumerate(_BASES)}
    return fund.sort_values("basis", key=lambda basis: basis.map(rank), kind="stable")


def settled(
    fund: pd.DataFrame, as_of: str | None = None, qualities: Iterable[str] = ("A", "B")
) -> pd.DataFrame:
    """One row for each region, scheme and period.

    Final figures count; a derived one fills what they leave empty. A preliminary row counts only where
    there is neither, and is never mixed with them, as its scope may differ.

    Parameters
    ----------
    fund : DataFrame
        Rows of ``fund``.
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
    rows = counted.groupby(key, as_index=False).first()  # of each column the first that is not empty
    used = counted.groupby(key, as_index=False)
    rows["id"] = used["id"].agg(", ".join)["id"]
    rows["basis"] = used["basis"].agg(lambda bases: " ".join(dict.fromkeys(bases)))["basis"]
    return rows[list(fund.columns)]


def yearly(
    fund: pd.DataFrame, as_of: str | None = None, qualities: Iterable[str] = ("A", "B")
) -> pd.DataFrame:
    """The rows of whole years, one a region, scheme and year, in order of time.

    January to December stands for a year of which no row of its own has a figure, or only preliminary ones
    where those from January to December are not.

    Parameters
    ----------
    fund, as_of, qualities
        As for `settled`.

    Returns
    -------
    DataFrame
        The columns of `settled`, and year (int).
    """
    require_columns(fund, _NEEDED, "fund")
    own, whole = (fund["period"].str.fullmatch(form) for form in (r"\d{4}", r"(\d{4})-01/\1-12"))
    rows = settled(fund[own | whole], as_of, qualities)
    rows["year"] = rows["period"].str[:4].astype(int)
    last = {
        "empty": rows[list(_FIGURES)].isna().all(axis=1),
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
    return figures.map(_decimals).max(axis=1).fillna(0).astype(int)


def _decimals(value: float) -> float:
    """Decimals of a stored figure, without zeros at the end; missing where it is."""
    if pd.isna(value):
        return float("nan")
    return float(max(0, -Decimal(repr(float(value))).normalize().as_tuple().exponent))


def concerns(listed: pd.Series, column: str) -> pd.Series:
    """Whether a column is among those that cells of ``one_off`` or ``new_scope`` list.

    >>> concerns(pd.Series(["income expenditure", None]), "income").tolist()
    [True, False]
    """
    return listed.fillna("").str.split().map(lambda names: column in names).astype(bool)
