"""The lead over others: worked numbers."""

import pandas as pd

from plan_monitor.methods.convergence import lead


def test_the_lead_of_the_published_table_of_the_13th_plan():
    """Preschool enrolment beside the nation: 61.87 against 75.00 in 2015, 91.00 against 85.20 in 2020."""
    rows = [
        ("p", "r", "2015", 61.87),
        ("p", "r", "2020", 91.0),
        ("p", "n", "2015", 75.0),
        ("p", "n", "2020", 85.2),
    ]
    observed = pd.DataFrame(
        [*rows, ("p", "n", "2024", 92.0)], columns=["indicator", "region", "period", "value"]
    )
    found = lead(observed, ["p", "missing"], "r", ["n", "unknown"])
    assert found[["first_year", "last_year"]].values.tolist() == [[2015, 2020]]
    assert found[["first", "last"]].round(2).values.tolist() == [[-13.13, 5.8]]
