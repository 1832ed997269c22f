"""The four sources of income, and what a shock to one of them does."""

import pandas as pd
import pytest

from plan_monitor import relapse


def test_a_shock_changes_one_source_in_one_year(generator, sample):
    last = generator.YEARS[-1]
    after = relapse.shocked(sample, "wage", -20, last)
    changed = sample["period"] == last
    assert after.loc[changed, "wage"].tolist() == pytest.approx((0.8 * sample.loc[changed, "wage"]).tolist())
    pd.testing.assert_frame_equal(after[~changed], sample[~changed], check_dtype=False)
    pd.testing.assert_frame_equal(after.drop(columns="wage"), sample.drop(columns="wage"))


def test_less_income_never_makes_fewer_households_poor(generator, sample):
    last, line = generator.YEARS[-1], generator.LINE
    numbers = []
    for change in (0, -10, -30, -100):
        classified = relapse.classify(relapse.shocked(sample, "wage", change, last), line)
        numbers.append(int((classified["group"] != "none").sum()))
    assert numbers == sorted(numbers)
    assert numbers[0] < numbers[-1]


def test_what_is_no_shock_is_refused(sample):
    with pytest.raises(ValueError, match="unknown source 'luck'; known: wage, business"):
        relapse.shocked(sample, "luck", -10, "2023")
    with pytest.raises(ValueError, match="at least -100 %, not -101"):
        relapse.shocked(sample, "wage", -101, "2023")


def test_the_structure_adds_up_and_weighs_persons(generator, sample):
    classified = relapse.classify(sample, generator.LINE)
    classified = classified[classified["period"] == "2023"]
    table = relapse.structure(classified)
    assert table.loc["all", "households"] == 3000
    assert table.loc["all", "persons"] == classified["members"].sum()
    income = classified[list(relapse.SOURCES)].sum().sum()
    assert table.loc["all", "net_income"] == pytest.approx(income / classified["members"].sum())
    parts = table.drop("all")
    mean = (parts["net_income"] * parts["persons"]).sum() / parts["persons"].sum()
    assert mean == pytest.approx(table.loc["all", "net_income"])


def test_income_a_head_by_hand():
    """A household of one has 9 000 yuan, one of three 9 000 yuan: 4 500 a head of four."""
    figures = {"wage": [9000.0, 6000.0], "transfer": [0.0, 3000.0], "members": [1, 3]}
    rows = pd.DataFrame(figures | {"business": 0.0, "property": 0.0, "group": ["none", "hardship"]})
    table = relapse.structure(rows)
    assert table.index.tolist() == ["none", "hardship", "all"]
    assert table[["households", "persons", "wage", "transfer", "net_income"]].values.tolist() == [
        [1, 1, 9000, 0, 9000],
        [1, 3, 2000, 1000, 3000],
        [2, 4, 3750, 750, 4500],
    ]
