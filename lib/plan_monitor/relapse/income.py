"""What households live on (the four sources of income), and what a shock to one source would do."""

import pandas as pd

from plan_monitor.relapse.groups import GROUPS
from plan_monitor.relapse.households import SOURCES, SPENDING

SHOCKS = (*SOURCES, *SPENDING)


def structure(classified: pd.DataFrame) -> pd.DataFrame:
    """Net income a head by source, on average over persons, for each group and for all.

    Of one year of ``classify``: one row a group that occurs and a last one ``all`` with households, persons,
    the four sources and their sum net_income (yuan a head and year).

    Examples
    --------
    >>> rows = [("none", 4, 40000.0, 8000.0), ("none", 1, 5000.0, 0.0), ("marginal", 1, 0.0, 3000.0)]
    >>> table = pd.DataFrame(rows, columns=["group", "members", "wage", "transfer"])
    >>> structure(table.assign(business=0.0, property=0.0))[["persons", "wage", "net_income"]].values.tolist()
    [[5.0, 9000.0, 10600.0], [1.0, 0.0, 3000.0], [6.0, 7500.0, 9333.333333333334]]
    """
    rows = classified.assign(households=1, persons=classified["members"])
    columns = ["households", "persons", *SOURCES]
    groups = rows.groupby("group")[columns].sum()
    groups = groups.loc[[name for name in GROUPS if name in groups.index]]
    table = pd.concat([groups, rows[columns].sum().to_frame("all").T])
    table[list(SOURCES)] = table[list(SOURCES)].div(table["persons"], axis=0)
    return table.assign(net_income=table[list(SOURCES)].sum(axis=1))


def shocked(households: pd.DataFrame, source: str, change: float, period: str) -> pd.DataFrame:
    """The households as they would be if one source of income or kind of spending changed in a year.

    Parameters
    ----------
    households : DataFrame
        As for ``classify``.
    source : str
        One of ``SHOCKS``; a ValueError lists them.
    change : float
        In %: -20 takes a fifth away from every household that has some; below -100 is a ValueError.
    period : str
        The year it happens in; others stay as they are.

    Examples
    --------
    >>> rows = pd.DataFrame({"period": ["2022", "2023"], "wage": [100.0, 100.0]})
    >>> shocked(rows, "wage", -20, "2023")["wage"].tolist()
    [100.0, 80.0]
    """
    if source not in SHOCKS:
        raise ValueError(f"unknown source {source!r}; known: {', '.join(SHOCKS)}")
    if change < -100:
        raise ValueError(f"expected a change of at least -100 %, not {change:g}")
    after = households[source] * (1 + change / 100)
    return households.assign(**{source: households[source].mask(households["period"] == period, after)})
