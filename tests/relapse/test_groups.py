"""The monitored groups: each household in the one group its figures say, with the reason."""

import math
import random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor import relapse
from plan_monitor.relapse import GROUPS, GUARANTEES, REASONS, SOURCES, SPENDING
from plan_monitor.relapse.risk import Risk, predictors, transitions

HOUSEHOLD = {"region": "R", "period": "2023", "code": "H1", "township": "T1", "status": "other"}
HOUSEHOLD |= {"members": 2, "workers": 1, "ill_members": 0, **dict.fromkeys((*SOURCES, *SPENDING), 0.0)}
HOUSEHOLD |= dict.fromkeys(GUARANTEES, "yes")


def judged(*changes, line=6000.0, **named):
    """The last of some rows, classified."""
    return relapse.classify(pd.DataFrame([HOUSEHOLD | change for change in changes]), line, **named).iloc[-1]


def test_the_line_itself_is_not_below_the_line():
    assert judged({"wage": 12000.0})["group"] == "none"
    classified = judged({"wage": 11998.0, "status": "lifted"})
    assert (classified["group"], classified["short"]) == ("unstable", 1.0)
    assert judged({"wage": 11998.0})["group"] == "marginal"


def test_spending_that_cannot_be_put_off_is_hardship_only_above_the_line():
    classified = judged({"wage": 20000.0, "medical": 6000.0, "education": 4000.0})
    assert classified[["group", "reason", "short"]].tolist() == ["hardship", "medical", 1000.0]
    assert judged({"wage": 20000.0, "medical": 8000.0})["group"] == "none"
    poor = judged({"wage": 10000.0, "medical": 6000.0})
    assert poor[["group", "reason", "short"]].tolist() == ["marginal", "low_income", 1000.0]


def test_a_severe_loss_is_hardship_and_names_the_source_that_fell_most():
    before = {"period": "2022", "wage": 30000.0, "business": 10000.0}
    classified = judged(before, {"wage": 20000.0, "business": 8000.0})
    assert classified[["group", "reason", "short", "before"]].tolist() == ["hardship", "wage", 0.0, 20000.0]
    assert judged(before, {"wage": 20000.0, "business": 8001.0})["group"] == "none"
    assert judged(before, {"wage": 20000.0, "business": 8000.0}, loss=31)["group"] == "none"


def test_a_loss_of_exactly_the_severe_share_is_severe_whatever_the_amounts_lose_in_floating_point():
    chance, rows = random.Random(30), []
    for number in range(400):
        before = {name: 100.0 * chance.randint(0, 400) for name in SOURCES}
        household = {"code": f"H{number}", "members": chance.randint(1, 7)}
        after = dict.fromkeys(SOURCES, 0.0) | {"wage": sum(before.values()) * 7 // 10}  # whole yuan
        rows += [HOUSEHOLD | household | {"period": "2022"} | before, HOUSEHOLD | household | after]
    classified = relapse.classify(pd.DataFrame(rows), line=1.0)
    assert set(classified.loc[classified["period"] == "2023", "group"]) == {"hardship"}


def test_a_head_of_a_household_at_the_line_is_not_below_it():
    at_the_line = {"members": 3, "wage": 4579.31, "business": 8842.17, "transfer": 4645.33}  # 18 066.81 / 3
    assert judged(at_the_line, line=6022.27)["group"] == "none"
    assert judged(at_the_line, line=6022.28)["group"] == "marginal"


def test_the_larger_of_loss_and_spending_gives_the_reason():
    before = {"period": "2022", "wage": 30000.0}
    assert judged(before, {"wage": 14000.0, "disaster": 3000.0})["reason"] == "wage"
    assert judged(before, {"wage": 20000.0, "disaster": 12000.0})["reason"] == "disaster"


def test_a_fall_below_the_line_names_the_source_else_who_works_else_low_income():
    before = {"period": "2022", "wage": 10000.0, "business": 5000.0}
    assert judged(before, {"wage": 9000.0, "business": 1000.0})["reason"] == "business"
    poor = {"period": "2022", "wage": 9000.0}
    assert judged(poor, {"wage": 8000.0})["reason"] == "low_income"
    assert judged(poor, {"wage": 8000.0, "workers": 0})["reason"] == "no_worker"
    # a household that grew is poorer a head though no source fell
    grown = judged({"period": "2022", "wage": 13000.0}, {"wage": 13000.0, "members": 3})
    assert (grown["group"], grown["reason"]) == ("marginal", "wage")


def test_only_the_year_before_counts_as_before():
    assert pd.isna(judged({"period": "2021", "wage": 90000.0}, {"wage": 20000.0})["before"])
    assert pd.isna(judged({"period": "2022", "code": "H2", "wage": 90000.0}, {"wage": 20000.0})["before"])
    assert pd.isna(judged({"period": "2022", "region": "S", "wage": 90000.0}, {"wage": 20000.0})["before"])


def test_every_year_is_judged_by_its_own_line():
    rows = pd.DataFrame([HOUSEHOLD | {"period": p, "wage": 13000.0} for p in ("2022", "2023")])
    for lines in ({"2022": 6000, "2023": 7000}, pd.Series([6000.0, 7000.0], index=["2022", "2023"])):
        assert relapse.classify(rows, lines)["group"].tolist() == ["none", "marginal"]
    with pytest.raises(ValueError, match="expected a monitoring line above zero for 2023"):
        relapse.classify(rows, {"2022": 6000})
    with pytest.raises(ValueError, match="above zero for 2022, 2023"):
        relapse.classify(rows, -1)


def test_every_year_has_its_own_severe_loss():
    years = [{"period": p, "wage": w} for p, w in (("2021", 40000.0), ("2022", 30000.0), ("2023", 22500.0))]
    rows = pd.DataFrame([HOUSEHOLD | year for year in years])
    classified = relapse.classify(rows, 6000.0, {"2021": 30, "2022": 30, "2023": 25})
    assert classified["group"].tolist() == ["none", "none", "hardship"]
    with pytest.raises(ValueError, match="expected a severe loss above zero for 2023"):
        relapse.classify(rows, 6000.0, {"2021": 30, "2022": 30})


def test_unmet_guarantees_are_counted_and_silence_is_none():
    assert judged({"wage": 20000.0, "housing": "no", "water": "no", "school": None})["unmet"] == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"members": None}, "members of H1 2023: expected at least 1"),
        ({"members": 0}, "members of H1 2023: expected at least 1"),
        ({"wage": -0.01}, "wage of H1 2023: expected an amount in yuan of at least 0"),
        ({"medical": None}, "medical of H1 2023: expected an amount"),
        ({"status": "poor"}, "status of H1 2023: expected one of lifted, other"),
    ],
)
def test_rows_that_no_verdict_can_rest_on_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        judged(change)


def test_a_second_row_of_a_year_and_a_missing_column_are_refused():
    with pytest.raises(ValueError, match="code of H1 2023: expected one row a year"):
        judged({}, {})
    with pytest.raises(ValueError, match="column\\(s\\) missing: members, wage"):
        relapse.classify(pd.DataFrame([HOUSEHOLD]).drop(columns=["members", "wage"]), 6000)


def test_all_faults_are_told_in_one_message_and_not_more_rows_than_help():
    rows = [{"code": f"H{n}", "members": 0, "status": "x"} for n in range(8)]
    with pytest.raises(
        ValueError, match=r"members of H0 2023, .*H4 2023 and 3 more: .*; status of H0"
    ) as error:
        judged(*rows)
    assert "\n" not in str(error.value)


yuan = st.integers(0, 60000)
household = st.fixed_dictionaries(
    {
        **{"status": st.sampled_from(["lifted", "other"]), "members": st.integers(1, 6)},
        **{"workers": st.integers(0, 3), **dict.fromkeys((*SOURCES, *SPENDING), yuan)},
    }
)


@pytest.mark.slow
@given(st.lists(st.tuples(household, household), min_size=1, max_size=12), st.integers(1000, 20000))
def test_every_household_has_one_group_and_a_reason_where_it_is_monitored(pairs, line):
    rows = [
        HOUSEHOLD | figures | {"code": f"H{number}", "period": year}
        for number, pair in enumerate(pairs)
        for year, figures in zip(("2022", "2023"), pair, strict=True)
    ]
    classified = relapse.classify(pd.DataFrame(rows), line)
    assert classified["group"].isin(GROUPS).all()
    monitored = classified["group"] != "none"
    assert (classified["reason"].notna() == monitored).all()
    assert classified["reason"].dropna().isin(REASONS).all()
    assert ((classified["short"] >= 0) == monitored).all()
    assert (classified["group"].isin(["unstable", "marginal"]) == (classified["net_income"] < line)).all()
    # what a household below the line lacks, given to it, brings it up to the line
    poor = classified[classified["net_income"] < line]
    given = poor.assign(transfer=poor["transfer"] + poor["short"] * poor["members"])
    assert relapse.classify(given, line)["net_income"].tolist() == pytest.approx([line] * len(poor))
    # the order of the rows does not matter
    backwards = relapse.classify(pd.DataFrame(rows[::-1]), line)[::-1].reset_index(drop=True)
    pd.testing.assert_frame_equal(backwards, classified)


def test_the_rule_is_the_generators(generator, sample):
    """Two implementations, a loop over rows and ours over columns, agree on every one of 9 000 rows."""
    classified = relapse.classify(sample, generator.LINE, 100 * generator.LOSS)
    before, expected = None, []
    for row in sample.to_dict("records"):
        before = before if row["period"] != generator.YEARS[0] else None
        expected.append(generator.group(row, before) or "none")
        before = row
    assert classified["group"].tolist() == expected


def test_where_loss_and_spending_took_as_much_the_spending_is_the_reason():
    """5 000 yuan a head each."""
    before = {"period": "2022", "wage": 30000.0}
    assert judged(before, {"wage": 20000.0, "disaster": 10000.0})["reason"] == "disaster"
    assert judged(before, {"wage": 20000.0, "disaster": 9998.0})["reason"] == "wage"


def test_what_is_lacking_after_a_loss_and_spending_is_what_is_left_up_to_the_line():
    before = {"period": "2022", "wage": 30000.0}
    hit = judged(before, {"wage": 14000.0, "disaster": 3000.0})
    assert hit[["group", "short", "after_spending"]].tolist() == ["hardship", 500.0, 5500.0]


def test_who_was_at_the_line_fell_below_it_and_who_was_below_it_did_not():
    for wage, reason in ((12000.0, "wage"), (11999.0, "low_income")):
        assert judged({"period": "2022", "wage": wage}, {"wage": 11000.0})["reason"] == reason
    same = judged({"period": "2022", "wage": 11000.0}, {"wage": 11000.0}, line={"2022": 5000, "2023": 5600})
    assert same["reason"] == "low_income"  # the line rose, not the income fell
    assert judged({"members": 1, "wage": 6000.0})["group"] == "none"


@pytest.mark.parametrize(("many", "more"), [(5, ": expected"), (6, " and 1 more: expected")])
def test_five_rows_are_named_and_the_others_counted(many, more):
    with pytest.raises(ValueError, match=f"H4 2023{more} at least 1"):
        judged(*[{"code": f"H{n}", "members": 0} for n in range(many)])


def test_what_a_risk_is_told_from_by_hand():
    """12 600 yuan a head of a line of 6 000; two of five work; 6 300 of 63 000 cannot be put off."""
    row = {"members": 5, "workers": 2, "ill_members": 1, "wage": 42000.0, "transfer": 21000.0}
    row |= {"medical": 4000.0, "education": 2300.0, "status": "lifted"}
    classified = relapse.classify(
        pd.DataFrame([HOUSEHOLD | row, HOUSEHOLD | row | {"status": "other", "code": "H2"}]), 6000.0
    )
    found = predictors(classified)
    assert found.iloc[0].tolist() == pytest.approx([math.log(2.1), 0.6, 1, 0.1, 2 / 3, 1])
    assert found["lifted"].tolist() == [1, 0]


def test_who_is_monitored_a_year_later_has_relapsed():
    wages = {"H1": (20000.0, 9000.0, 9000.0), "H2": (20000.0, 20000.0, 20000.0)}
    rows = [
        HOUSEHOLD | {"code": code, "period": year, "wage": wage}
        for code, series in wages.items()
        for year, wage in zip(("2021", "2022", "2023"), series, strict=True)
    ]
    found = transitions(relapse.classify(pd.DataFrame(rows), 6000.0))
    assert found[["code", "period", "relapsed"]].values.tolist() == [
        *(["H1", "2021", 1.0], ["H2", "2021", 0.0], ["H2", "2022", 0.0]),
    ]


@pytest.mark.parametrize(
    ("observations", "events", "unsteady"),
    [(1000, 60, False), (1000, 59, True), (120, 60, False), (119, 60, True)],
)
def test_ten_relapses_and_ten_others_for_each_of_six_predictors_are_steady(observations, events, unsteady):
    assert Risk(pd.DataFrame(), observations, events, pd.Series(dtype=float)).unsteady is unsteady


@pytest.mark.parametrize(("wage", "group"), [(28000.0, "hardship"), (28001.0, "none")])
def test_a_loss_is_severe_from_thirty_percent_on_where_nothing_else_is_said(wage, group):
    assert judged({"period": "2022", "wage": 40000.0}, {"wage": wage})["group"] == group


@pytest.mark.parametrize("line", [0.0, -0.5, float("nan")])
def test_a_line_is_above_zero_and_the_years_named_are_those_where_it_is_not(line):
    rows = pd.DataFrame([HOUSEHOLD | {"period": period} for period in ("2022", "2023", "2024")])
    with pytest.raises(ValueError, match=r"expected a monitoring line above zero for 2022, 2024$"):
        relapse.classify(rows, {"2022": line, "2023": 0.5, "2024": line})
    assert judged({}, line=0.5)["group"] == "marginal"


def test_counts_stand_by_the_group_whichever_occur_and_rows_as_they_come():
    rows = pd.DataFrame(
        {
            "township": ["T2", "T1", "T2", None, "T2"],
            "group": ["hardship", "none", "hardship", "none", "none"],
        }
    )
    table = relapse.counts(rows, "township")
    assert table.index.tolist() == ["T2", "T1"]
    assert table.columns.tolist() == list(GROUPS)
    assert table.values.tolist() == [[1, 0, 0, 2], [1, 0, 0, 0]]
    assert (table.index.name, table.columns.name) == (None, None)


def test_of_sources_that_fell_the_one_that_fell_most_is_the_reason_though_another_rose():
    before = {"period": "2022", "wage": 20000.0, "business": 9000.0, "transfer": 3000.0, "property": 2000.0}
    after = {"wage": 18000.0, "business": 2000.0, "transfer": 0.0, "property": 3000.0}
    assert judged(before, after)["reason"] == "business"
    assert judged(before, after, line=13000.0)["reason"] == "business"
    assert judged(before, after | {"members": 4})["reason"] == "wage"  # 10 000 a head, now 4 500


def test_the_largest_spending_is_the_reason_of_what_is_left_below_the_line():
    for name in SPENDING:
        spent = dict.fromkeys(SPENDING, 2000.0) | {name: 5001.0}
        found = judged({"wage": 20000.0, **spent})
        assert found[["group", "reason", "short"]].tolist() == ["hardship", name, 500.5]


def test_a_guarantee_that_is_not_asked_for_is_not_unmet():
    row = {name: value for name, value in HOUSEHOLD.items() if name not in ("school", "water")}
    found = relapse.classify(pd.DataFrame([row | {"housing": "no"}]), 6000.0)
    assert found["unmet"].tolist() == [1]
    assert (
        relapse.classify(pd.DataFrame([row]).drop(columns="workers"), 6000.0)["reason"].item() == "low_income"
    )


def test_the_year_before_is_that_of_the_same_household_among_more_than_ten_thousand():
    many = 10_002
    codes = [f"H{number}" for number in range(many)]
    years = [
        pd.DataFrame({"code": codes, "period": year, "wage": [float(2 * n + more) for n in range(many)]})
        for year, more in (("2022", 1), ("2023", 30_000))
    ]
    rest = {name: value for name, value in HOUSEHOLD.items() if name not in ("code", "period", "wage")}
    classified = relapse.classify(pd.concat(years, ignore_index=True).assign(**rest), 6000.0)
    assert classified["before"][:many].isna().all()
    assert classified["before"][many:].tolist() == [n + 0.5 for n in range(many)]
