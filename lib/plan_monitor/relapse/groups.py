"""The three groups to be monitored, and for each of their households the reason."""

import numpy as np
import pandas as pd

from plan_monitor.relapse.households import GUARANTEES, SOURCES, SPENDING, check, year_before
from reportkit.decimals import NOISE

MONITORED = ("unstable", "marginal", "hardship")
GROUPS = ("none", *MONITORED)
REASONS = (*SPENDING, *SOURCES, "no_worker", "low_income")
ByYear = float | dict[str, float] | pd.Series


def classify(households: pd.DataFrame, line: ByYear, loss: ByYear = 30.0) -> pd.DataFrame:
    """Which households are to be monitored against relapse into poverty, in which group and why.

    *unstable* (脱贫不稳定户): lifted out of poverty, net income a head below the monitoring line. *marginal*
    (边缘易致贫户): any other household below it. *hardship* (突发严重困难户): not below it, but spending that
    cannot be put off brings what is left below it, or net income a head has fallen by `loss` percent or more
    since the year before.

    Parameters
    ----------
    households : DataFrame
        One row a household and year: region, code, period (a year), status (``lifted`` or ``other``),
        members, and in yuan a year the net income by source (wage, business, property, transfer) and the
        spending that cannot be put off (medical, education, disaster; what the household itself pays).
        Optional: workers, and for the guarantees ``yes`` or ``no`` (school, insured, housing, water).
    line : float, or mapping of period to float
        Monitoring line, yuan a head and year; a line of its own for each year, or one for all.
    loss : float, or mapping of period to float
        Fall of net income a head, in % of the year before, that counts as severe.

    Returns
    -------
    DataFrame
        The rows of `households`, all their columns, and: net_income and after_spending (yuan a head), before
        (net income a head of the year before; NaN where there is no row for it), line, group (one of
        ``GROUPS``), reason (one of ``REASONS``; missing where the group is none), short (yuan a head up to
        the line; NaN where the group is none) and unmet (number of guarantees answered ``no``).

    Raises
    ------
    ValueError
        If a column is missing, a household has no members, an amount is missing or below zero, a status is
        unknown, a household has two rows for one year, or a year has no line or loss above zero.

    Notes
    -----
    Reason. Below the line: the source of income that fell most, where last year's income would have reached
    this year's line; else no_worker, where nobody works; else low_income. Sudden hardship: the largest of the
    kinds of spending, or the source that fell most, whichever took more.

    Sources: the groups as counties publish their definition; what counts as severe follows 国开发〔2020〕6号,
    which gives no figure: `loss` is ours to set and yours to change.

    Examples
    --------
    >>> rows = [("A", "lifted", 2, 9e3, 0.0), ("B", "other", 2, 9e3, 0.0), ("C", "other", 2, 2e4, 9e3)]
    >>> table = pd.DataFrame(rows, columns=["code", "status", "members", "wage", "medical"])
    >>> table = table.assign(region="R", period="2023", business=0.0, property=0.0, transfer=0.0)
    >>> table = table.assign(education=0.0, disaster=0.0)
    >>> classify(table, 6000.0)[["group", "reason", "short"]].values.tolist()
    [['unstable', 'low_income', 1500.0], ['marginal', 'low_income', 1500.0], ['hardship', 'medical', 500.0]]
    """
    check(households)
    limit = _by_year(households["period"], line, "monitoring line")
    severe = _by_year(households["period"], loss, "severe loss")
    members = households["members"].to_numpy(dtype=float)
    income, spent = (households[list(names)].to_numpy(dtype=float) for names in (SOURCES, SPENDING))
    net, left = income.sum(axis=1) / members, (income.sum(axis=1) - spent.sum(axis=1)) / members
    heads = income / members[:, None]
    past = year_before(households, heads)
    before = past.sum(axis=1)

    below = _less(net, limit)
    squeezed = ~below & _less(left, limit)
    fallen = ~below & ~np.isnan(before) & ~_less((1 - severe / 100) * before, net)
    lifted = households["status"].eq("lifted").to_numpy()
    group = np.select([below & lifted, below, squeezed | fallen], MONITORED, default="none")

    falls = np.nan_to_num(np.clip(past - heads, 0, None))
    by_source = np.array(SOURCES, dtype=object)[falls.argmax(axis=1)]
    by_spending = np.array(SPENDING, dtype=object)[spent.argmax(axis=1)]
    idle = households["workers"].eq(0).to_numpy() if "workers" in households else np.zeros(len(below), bool)
    reason = np.select(
        [
            below & ~_less(before, limit) & _less(net, before),
            below & idle,
            below,
            squeezed & ~(fallen & (before - net > spent.sum(axis=1) / members)),
            fallen,
        ],
        [by_source, "no_worker", "low_income", by_spending, by_source],
        default=None,
    )
    guarantees = [name for name in GUARANTEES if name in households]
    return households.assign(
        net_income=net,
        after_spending=left,
        before=before,
        line=limit,
        group=group,
        reason=pd.Series(reason, index=households.index, dtype="str"),
        short=np.select([below, squeezed, fallen], [limit - net, limit - left, 0.0], default=np.nan),
        unmet=households[guarantees].eq("no").sum(axis=1),
    )


def _less(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Whether figures lie below others by more than floating-point noise: 18 066.81 / 3 is 6 022.27."""
    return one < other - NOISE * np.abs(other)


def _by_year(period: pd.Series, values: ByYear, what: str) -> np.ndarray:
    """The line or the severe loss of each row's year."""
    given = pd.Series(values, index=period.unique() if np.isscalar(values) else None, dtype=float)
    each = period.map(given).to_numpy(dtype=float)
    if not (each > 0).all():
        years = ", ".join(sorted(period[~(each > 0)].unique()))
        raise ValueError(f"expected a {what} above zero for {years}")
    return each


def counts(classified: pd.DataFrame, rows: str) -> pd.DataFrame:
    """How many households of each group have each value of a column; nothing hidden yet.

    Parameters
    ----------
    classified : DataFrame
        Of ``classify``.
    rows : str
        A column such as township or reason; its values, in the order of the table, are the rows of the
        result, ``GROUPS`` the columns. A household without a value is left out.

    Examples
    --------
    >>> table = pd.DataFrame({"township": ["T1", "T1", "T2"], "group": ["none", "unstable", "none"]})
    >>> counts(table, "township").to_dict("index")["T1"]
    {'none': 1, 'unstable': 1, 'marginal': 0, 'hardship': 0}
    """
    table = pd.crosstab(classified[rows], classified["group"])
    table = table.reindex(index=classified[rows].dropna().unique(), columns=list(GROUPS), fill_value=0)
    return table.rename_axis(index=None, columns=None)
