import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.methods.sums import other_readings, parts_and_total

NAMES = ["id", "indicator", "region", "period", "value"]


@given(st.lists(st.integers(0, 100), min_size=1, max_size=6), st.integers(-3, 3))
def test_the_difference_is_what_the_total_lacks(values, off):
    rows = [(f"p{i}", "pool", f"c{i}", "2025", float(v)) for i, v in enumerate(values)]
    rows.append(("t", "pool", "all", "2025", float(sum(values) - off)))
    found = parts_and_total(pd.DataFrame(rows, columns=NAMES), [f"c{i}" for i in range(len(values))], "all")
    assert found["difference"].tolist() == [off]
    assert found.at[0, "rows"] == tuple(f"p{i}" for i in range(len(values)))
    assert found.at[0, "told_rows"] == ("t",)


@pytest.mark.parametrize(("told", "difference"), [(0.3, 0.0), (0.31, -0.01), (0.29, 0.01)])
def test_what_binary_arithmetic_adds_is_no_difference(told, difference):
    """0.1 + 0.2 are 0.30000000000000004."""
    rows = [("a", "x", "c1", "2025", 0.1), ("b", "x", "c2", "2025", 0.2), ("t", "x", "all", "2025", told)]
    (found,) = parts_and_total(pd.DataFrame(rows, columns=NAMES), ["c1", "c2"], "all")["difference"]
    assert found == (pytest.approx(difference) if difference else 0)


def test_columns_without_parts_or_without_a_total_are_left_out():
    rows = [("a", "x", "c", "2025", 1.0), ("b", "y", "all", "2025", 1.0), ("c", "z", "c", None, 2.0)]
    assert parts_and_total(pd.DataFrame(rows, columns=NAMES), ["c"], "all").empty


def test_a_doubtful_figure_makes_two_sums():
    money = pd.DataFrame({"investment": [64.0, 81.0, 4.73], "other_reading": [6.4, math.nan, math.nan]})
    found = other_readings(money, "investment")
    assert found["doubtful"].tolist() == [True, False, False]
    assert found[["investment", "otherwise"]].sum().round(2).tolist() == [149.73, 92.13]


def test_a_package_without_the_column_of_other_readings_has_no_doubtful_figures():
    found = other_readings(pd.DataFrame({"investment": [64.0, 81.0]}), "investment")
    assert not found["doubtful"].any()
    assert found["otherwise"].tolist() == [64.0, 81.0]
