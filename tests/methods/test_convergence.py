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


def test_the_first_and_the_last_of_several_common_years_are_told():
    """65 − 70, 72 − 71, 75 − 74.5 and 81 − 77, of which the one has 2014 too and the other 2020."""
    own = [
        ("p", "r", str(year), value)
        for year, value in zip(range(2015, 2021), (65, 72, 75, 81, 90, 91), strict=True)
    ]
    other = [
        ("p", "n", str(year), value)
        for year, value in zip(range(2014, 2019), (60, 70, 71, 74.5, 77), strict=True)
    ]
    observed = pd.DataFrame([*other, *own], columns=["indicator", "region", "period", "value"])
    assert lead(observed, ["p"], "r", ["n"]).values.tolist() == [["p", "n", 2015, -5.0, 2018, 4.0]]
