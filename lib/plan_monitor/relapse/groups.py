"""The three groups to be monitored, and for each of their households the reason."""

import numpy as np
import pandas as pd

from plan_monitor.methods.series import require_columns
from reportkit.decimals import NOISE

SOURCES = ("wage", "business", "property", "transfer")
SPENDING = ("medical", "education", "disaster")
GUARANTEES = ("school", "insured", "housing", "water")
KEY = ["region", "code", "period"]
MONITORED = ("unstable", "marginal", "hardship")
GROUPS = ("none", *MONITORED)
SHOCKS = (*SOURCES, *SPENDING)
REASONS = (*SPENDING, *SOURCES, "no_worker", "low_income")
_STATUSES = ("lifted", "other")
_YEARS = 10_000  # more than any calendar has
_NAMED = 5  # faulty rows that a message names
ByYear = float | dict[str, float] | pd.Series


def classify(households: pd.DataFrame, line: ByYear, loss: ByYear = 30.0) -> pd.DataFrame:
    """Which households are to be monitored against relapse into poverty, in which group and why.

    *unstable* (脱贫不稳定户): lifted out of poverty, net income a head below the monitoring line. *marginal*
    (边缘易致贫户): any other household below it. *hardship* (突发严重困难户): not below it, but spending that
    cannot be put off brings what is left below it, or net income a head has fallen by `loss` percent or more
    since the year before. Counties publish these groups; 国开发〔2020〕6号 defines severe losses without
    a figure, so `loss` is our assumption, which you may change.

    `households` has a row a household and year: region, code, period (a year), status (``lifted`` or
    ``other``), members, and in yuan a year the net income by source (``SOURCES``) and the spending that
    cannot be put off (``SPENDING``; what the household itself pays). Optional: workers, and ``yes`` or ``no``
    for ``GUARANTEES``. `line` is in yuan a head and year; it and `loss` (%) may differ by period. A
    ValueError names what of this is missing, repeated, below zero or unknown.

    Adds net_income and after_spending (yuan a head), before (net income a head of the year before; NaN where
    there is no row for it), line, group (one of ``GROUPS``), reason (one of ``REASONS``), short (yuan a head
    up to the line; both missing where the group is none) and unmet (number of guarantees answered ``no``).
    The reason below the line is the source of income that fell most, if last year's income reached this
    year's line; else no_worker, if nobody works; else low_income. The reason of sudden hardship is the
    largest kind of spending, or the source that fell most, whichever took more.
    """
    _check(households)
    return judge(households, year_before(households), line, loss)


def judge(households: pd.DataFrame, past: np.ndarray, line: ByYear, loss: ByYear) -> pd.DataFrame:
    """As ``classify``, for checked rows, with `past` of ``year_before``."""
    limit = _by_year(households["period"], line, "monitoring line")
    severe = _by_year(households["period"], loss, "severe loss")
    members = households["members"].to_numpy(dtype=float)
    income, spent = (households[list(names)].to_numpy(dtype=float) for names in (SOURCES, SPENDING))
    net, remaining = income.sum(axis=1) / members, (income.sum(axis=1) - spent.sum(axis=1)) / members
    income_before = past.sum(axis=1)
    below = _less(net, limit)
    squeezed = ~below & _less(remaining, limit)
    fallen = ~below & ~np.isnan(income_before) & ~_less((1 - severe / 100) * income_before, net)
    lifted = households["status"].eq("lifted").to_numpy()
    group = np.select([below & lifted, below, squeezed | fallen], MONITORED, default="none")
    falls = past - income / members[:, None]
    by_source = np.array(SOURCES, dtype=object)[falls.argmax(axis=1)]
    by_spending = np.array(SPENDING, dtype=object)[spent.argmax(axis=1)]
    idle = households["workers"].eq(0).to_numpy() if "workers" in households else np.zeros(len(below), bool)
    reason = np.select(
        [
            below & ~_less(income_before, limit) & _less(net, income_before),
            below & idle,
            below,
            squeezed & ~(fallen & (income_before - net > spent.sum(axis=1) / members)),
            fallen,
        ],
        [by_source, "no_worker", "low_income", by_spending, by_source],
        default=None,
    )
    result = households.assign(
        net_income=net, after_spending=remaining, before=income_before, line=limit, group=group
    )
    result["reason"] = pd.Series(reason, index=households.index, dtype="str")
    result["short"] = np.select(
        [below, squeezed, fallen], [limit - net, limit - remaining, 0.0], default=np.nan
    )
    guarantees = [name for name in GUARANTEES if name in households]
    return result.assign(unmet=households[guarantees].eq("no").sum(axis=1))


def _check(households: pd.DataFrame) -> None:
    """Refuse rows that cannot be judged: a ValueError names all faults."""
    require_columns(households, (*KEY, "status", "members", *SOURCES, *SPENDING), "households")
    yuan = "expected an amount in yuan of at least 0"
    faults = {
        "members": (~(households["members"] >= 1), "expected at least 1"),
        **{column: (~(households[column] >= 0), yuan) for column in (*SOURCES, *SPENDING)},
        "status": (~households["status"].isin(_STATUSES), f"expected one of {', '.join(_STATUSES)}"),
        "code": (households.duplicated(KEY), "expected one row a year"),
    }
    messages = []
    for column, (wrong, expected) in faults.items():
        if n := wrong.sum():
            rows = households[wrong].head(_NAMED).itertuples()
            listed = ", ".join(f"{row.code} {row.period}" for row in rows)
            listed += f" and {n - _NAMED} more" if n > _NAMED else ""
            messages.append(f"{column} of {listed}: {expected}")
    if messages:
        raise ValueError("households: " + "; ".join(messages))


def year_before(households: pd.DataFrame) -> np.ndarray:
    """Net income a head by source of the same household a year earlier, a row each; NaN where it has none."""
    heads = households[list(SOURCES)].to_numpy(dtype=float) / households[["members"]].to_numpy(dtype=float)
    household = households.groupby(["region", "code"], sort=False).ngroup().to_numpy()
    year = households["period"].map({period: int(period) for period in households["period"].unique()})
    keys = pd.Index(household * _YEARS + year.to_numpy())
    positions = keys.get_indexer(keys - 1)
    return np.where(positions[:, None] < 0, np.nan, heads[positions])


def _less(figures: np.ndarray, limits: np.ndarray) -> np.ndarray:
    """Whether figures lie below others by more than floating-point noise: 18 066.81 / 3 is 6 022.27."""
    return figures < limits - NOISE * np.abs(limits)


def _by_year(period: pd.Series, values: ByYear, label: str) -> np.ndarray:
    """The line or the severe loss of each row's year."""
    value_of_year = pd.Series(values, index=period.unique() if np.isscalar(values) else None, dtype=float)
    result = period.map(value_of_year).to_numpy(dtype=float)
    if not (result > 0).all():
        years = ", ".join(sorted(period[~(result > 0)].unique()))
        raise ValueError(f"expected a {label} above zero for {years}")
    return result


def counts(classified: pd.DataFrame, rows: str) -> pd.DataFrame:
    """How many households of each group (columns) have each value of a column such as township or reason.

    `classified` are rows of ``classify``; no small count is hidden yet. Households without a value are left
    out.
    """
    table = pd.crosstab(classified[rows], classified["group"])
    table = table.reindex(index=classified[rows].dropna().unique(), columns=list(GROUPS), fill_value=0)
    return table.rename_axis(index=None, columns=None)


def structure(classified: pd.DataFrame) -> pd.DataFrame:
    """Net income a head by source, on average over persons, for each group that occurs and for ``all``.

    `classified` are rows of ``classify`` of one year. Columns households, persons, the four sources and their
    sum net_income (yuan a year).
    """
    rows = classified.assign(households=1, persons=classified["members"])
    columns = ["households", "persons", *SOURCES]
    sums = rows.groupby("group")[columns].sum()
    sums = sums.loc[[name for name in GROUPS if name in sums.index]]
    table = pd.concat([sums, rows[columns].sum().to_frame("all").T])
    table[list(SOURCES)] = table[list(SOURCES)].div(table["persons"], axis=0)
    return table.assign(net_income=table[list(SOURCES)].sum(axis=1))
