"""Growth and its spread as `project` describes them: by hand, and against statsmodels with dummies."""

import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from fund_rows import years
from plan_monitor.fund import project

FLAT = [100.0] * 9


def fits(income, expenditure=None, **columns):
    """What is fitted to some years of income; expenditure is steady unless given."""
    fund = years(income, expenditure or FLAT[: len(income)], **columns)
    return project(fund, 1, paths=1).fits


def test_growth_and_spread_of_three_years_by_hand():
    """10 and 20 % more: √(1.1 · 1.2) - 1 = 14.89 % a year, spread (ln 1.2 - ln 1.1)/√2, df 1."""
    found = fits([100, 110, 132]).loc["income"]
    assert found["growth"] == pytest.approx(100 * (math.sqrt(1.32) - 1))
    assert found["sigma"] == pytest.approx(100 * math.log(1.2 / 1.1) / math.sqrt(2))
    assert (found["df"], found["points"], found["one_off"], found["new_scope"]) == (1, 3, (), ())


def test_degrees_of_freedom_are_growth_rates_less_one():
    """Growth of 1, 2, 3 and 4 logarithmic points: mean 2.5, spread √(5/3), three degrees of freedom."""
    found = fits((100 * np.exp(np.cumsum([0, 0.01, 0.02, 0.03, 0.04]))).tolist()).loc["income"]
    assert found["growth"] == pytest.approx(100 * math.expm1(0.025))
    assert found["sigma"] == pytest.approx(math.sqrt(5 / 3))
    assert (found["df"], found["points"]) == (3, 5)


def test_growth_across_a_gap_counts_for_the_years_it_took():
    """44 % in two years and 10 % in one: three years of growth, the first spread over two."""
    found = fits([100, math.nan, 144, 158.4]).loc["income"]
    drift = math.log(1.584) / 3
    rest = [(math.log(1.44) - 2 * drift) / math.sqrt(2), math.log(1.1) - drift]
    assert found["growth"] == pytest.approx(100 * math.expm1(drift))
    assert found["sigma"] == pytest.approx(100 * math.hypot(*rest))
    assert (found["df"], found["points"]) == (1, 3)


def test_growth_is_measured_across_a_one_off_year_as_if_it_had_no_row():
    marked = fits([100, 50, 144, 158.4], one_off={2021: "income"}).loc["income"]
    absent = fits([100, math.nan, 144, 158.4]).loc["income"]
    assert (
        marked[["growth", "sigma", "df", "points"]].tolist()
        == absent[["growth", "sigma", "df", "points"]].tolist()
    )
    assert (marked["one_off"], absent["one_off"]) == ((2021,), ())


def test_growth_into_a_year_of_new_scope_is_left_out():
    """10 %, then a jump to four times as much, then 10 and 21 %."""
    found = fits([100, 110, 440, 484, 585.64], new_scope={2022: "income"}).loc["income"]
    assert found["growth"] == pytest.approx(100 * math.expm1(math.log(1.1 * 1.1 * 1.21) / 3))
    assert (found["df"], found["points"], found["new_scope"]) == (2, 5, (2022,))


def test_a_new_scope_in_a_year_without_a_figure_takes_the_growth_across_it_away():
    """10 %, then 340 % in two years in whose first the scope changed, then 10 %."""
    missing = fits([100, 110, math.nan, 484, 532.4], new_scope={2022: "income"}).loc["income"]
    one_off = fits([100, 110, 7, 484, 532.4], new_scope={2022: "income"}, one_off={2022: "income"}).loc[
        "income"
    ]
    for found in (missing, one_off):
        assert found["growth"] == pytest.approx(10) and (found["df"], found["points"]) == (1, 4)
        assert found["new_scope"] == (2022,)
    assert (missing["one_off"], one_off["one_off"]) == ((), (2022,))


def test_a_new_scope_of_the_first_year_or_before_concerns_no_growth():
    found = fits([math.nan, 100, 110, 132], new_scope={2020: "income", 2021: "income"}).loc["income"]
    assert (found["new_scope"], found["df"]) == ((), 1)
    assert found["growth"] == pytest.approx(100 * (math.sqrt(1.32) - 1))


def test_a_mark_concerns_only_the_figures_it_names():
    found = fits([100, 110, 121, 133.1], [50, 80, 60, 66], one_off={2021: "expenditure"})
    assert found["one_off"].to_dict() == {"income": (), "expenditure": (2021,)}
    assert found.loc["income", "growth"] == pytest.approx(10)


def test_a_mark_on_enrolment_reaches_what_is_counted_by_head():
    heads = [1.0, 1.1, 1.21, 1.331, 1.4641]
    found = fits(
        [100, 110, 121, 133.1, 146.41],
        enrollees=heads,
        one_off={2022: "enrollees"},
        new_scope={2021: "enrollees"},
    )
    assert set(found.index) == {"people", "income", "expenditure"}
    assert found["one_off"].tolist() == [(2022,)] * 3
    assert found["new_scope"].tolist() == [(2021,)] * 3
    assert found["growth"].tolist() == pytest.approx([10, 0, 100 * (1 / 1.1 - 1)])


def test_without_enough_years_of_enrolment_the_whole_is_projected():
    """Income grows by 10 % and enrolment by 4 %: 5.77 % a head where enrolment is known, else 10 %."""
    income = [100, 110, 121, 133.1]
    heads = [1.0, 1.04, 1.0816, 1.124864]
    known = fits(income, enrollees=heads)
    assert known.loc[["people", "income"], "growth"].tolist() == pytest.approx([4, 100 * (1.1 / 1.04 - 1)])
    unknown = fits(income, enrollees=[*heads[:2], math.nan, math.nan])
    assert unknown.index.tolist() == ["income", "expenditure"]
    assert unknown.loc["income", "growth"] == pytest.approx(10)


def test_the_marked_years_of_the_national_fund(shipped):
    """Contributions were halved in 2020; employees have included maternity insurance since 2019."""
    national = shipped.fund[shipped.fund["region"] == "100000"]
    found = project(national[national["scheme"] == "all"], 1, paths=1).fits
    assert found["one_off"].to_dict() == {"people": (), "income": (2020,), "expenditure": ()}
    per_head = np.log([1648.216464, 1803.525667, 2107.719172, 2297.474590, 2511.553426, 2631.752042])
    assert found.loc["income", "growth"] == pytest.approx(100 * math.expm1((per_head[-1] - per_head[0]) / 6))
    assert (found.loc["income", "points"], found.loc["income", "df"]) == (6, 4)
    found = project(national[national["scheme"] == "employees"], 1, paths=1).fits
    assert found["new_scope"].to_dict() == {"people": (), "income": (2019,), "expenditure": (2019,)}
    assert found.loc["income", "df"] == 2  # 2021 to 2024


FIGURES = st.lists(st.floats(1, 1000).map(lambda x: round(x, 2)), min_size=5, max_size=8)


@settings(max_examples=40, deadline=None)
@given(FIGURES, st.data())
def test_leaving_a_one_off_year_out_is_a_pulse_dummy_and_a_new_scope_a_step(figures, data):
    """Least squares on the yearly growth, with a dummy that goes up and down again, and one that goes up."""
    kind = data.draw(st.sampled_from(["one_off", "new_scope"]))
    place = data.draw(st.integers(1, len(figures) - 2))
    found = fits(figures, **{kind: {2020 + place: "income"}}).loc["income"]
    dummy = np.zeros(len(figures))
    dummy[place] = 1
    if kind == "new_scope":
        dummy = dummy.cumsum()
    design = np.column_stack([np.ones(len(figures) - 1), np.diff(dummy)])
    expected = sm.OLS(np.diff(np.log(figures)), design).fit()
    assert found["growth"] == pytest.approx(100 * math.expm1(expected.params[0]), rel=1e-9, abs=1e-9)
    assert found["sigma"] == pytest.approx(100 * math.sqrt(expected.scale), rel=1e-6, abs=1e-6)
    assert found["df"] == expected.df_resid


@settings(max_examples=25, deadline=None)
@given(FIGURES, st.sampled_from([0.01, 7.0, 1e4]))
def test_units_do_not_matter_to_growth(figures, factor):
    before = fits(figures).loc["income", ["growth", "sigma"]].to_numpy(dtype=float)
    after = fits([factor * figure for figure in figures]).loc["income", ["growth", "sigma"]]
    assert after.to_numpy(dtype=float) == pytest.approx(before, rel=1e-6, abs=1e-6)


def test_rows_out_of_order_fit_the_same():
    fund = years([100, 110, 132, 120], [90, 99, 95, 97])
    pd.testing.assert_frame_equal(project(fund[::-1], 1, paths=1).fits, project(fund, 1, paths=1).fits)
