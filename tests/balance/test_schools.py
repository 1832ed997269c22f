"""Schools against the thresholds, by hand."""

import pandas as pd
import pytest
from hypothesis import given, settings

from balance_schools import COLUMNS, counties, school, schools
from examples import up_to
from plan_monitor.balance import RESOURCES, attainment, coefficients, evaluate_schools, rules, shortfall


def status(standard, **totals):
    return evaluate_schools(schools(school(**totals)), standard)["status"].item()


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        ({}, "passes"),  # exactly at all seven thresholds
        ({"sports_area": 6375}, "passes"),  # 85 % of 7 500: the one that may stay there
        ({"sports_area": 6374}, "fails"),
        ({"sports_area": 6375, "teaching_area": 4499}, "fails"),  # two below
        ({"sports_area": 99_000, "backbone_teachers": 9}, "passes"),  # 90 %
        ({"sports_area": None}, "open"),
        ({"sports_area": None, "backbone_teachers": 8}, "fails"),  # 80 %, whatever the other is
        ({"sports_area": None, "backbone_teachers": 9, "pe_arts_teachers": 8}, "fails"),  # two below
        ({"students": 0}, "no_students"),
    ],
)
def test_six_of_seven_and_the_rest_at_85_percent(standard, totals, expected):
    assert status(standard, **totals) == expected


def test_a_school_of_three_by_hand(standard):
    table = evaluate_schools(
        schools(
            # 500 pupils: 21 teachers are 4.2 a hundred, exactly enough though floats say 4.199...
            school("1", students=500, teachers_above_degree=21),
            school("2", "junior", 200, multimedia_rooms=4, teaching_area=1000),
            school("3", "junior", 200, multimedia_rooms=5),
        ),
        standard,
    )
    assert table["status"].tolist() == ["passes", "fails", "passes"]
    assert table["teachers-above-degree-per-100"].tolist() == pytest.approx([4.2, 5.3, 5.3])
    # 4 rooms for 200 pupils are 2 a hundred: 83 % of 2.4; 1 000 m² are 5 a pupil: 86 % of 5.8
    assert table.loc[1, ["met", "near", "below", "missing"]].tolist() == [5, 1, 1, 0]
    share = attainment(table, standard)
    assert share.loc[1, "multimedia-rooms-per-100"] == pytest.approx(100 * 2 / 2.4)


def test_the_shortfall_in_teachers_metres_yuan_and_rooms(standard):
    table = evaluate_schools(
        schools(
            school("1", students=250, teachers_above_degree=8, sports_area=1500, equipment_value=499_999.5),
            school("2", "junior", 410, multimedia_rooms=7),
            school("3", sports_area=None, students=100),
        ),
        standard,
    )
    lacks = shortfall(table, standard).set_index(["code", "indicator"])
    assert lacks[["to_threshold", "to_floor"]].values.tolist() == [
        [3, 1],  # 10.5 teachers needed, 8.925 at 85 %
        [375, 94],  # 1 875 m² needed, 1 593.75 at 85 %
        [1, 0],  # half a yuan short, in whole yuan
        [3, 2],  # 9.84 rooms needed, 8.364 at 85 %
    ]
    assert lacks.index.get_level_values("code").tolist() == ["1", "1", "1", "2"]
    assert lacks["threshold"].tolist() == [4.2, 7.5, 2000, 2.4]
    assert "name_zh" in lacks and "met" in lacks


@pytest.mark.slow
@settings(max_examples=up_to(40), deadline=None)
@given(counties())
def test_adding_the_shortfall_makes_every_school_pass(standard, county):
    lacks = shortfall(evaluate_schools(county, standard), standard)
    column = dict(zip(evaluate_schools(county, standard).columns[-12:-5], COLUMNS, strict=True))
    after = county.astype(dict.fromkeys(COLUMNS, float)).set_index("code")
    for row in lacks.itertuples():
        after.loc[row.code, column[row.indicator]] += row.to_threshold
    judged = evaluate_schools(after.reset_index(), standard)
    assert set(judged["status"]) <= {"passes", "no_students"}
    assert (judged.loc[judged["status"] == "passes", "met"] == 7).all()
    for row in lacks.itertuples():  # and one unit less would not have been enough
        after.loc[row.code, column[row.indicator]] -= 1
    judged = evaluate_schools(after.reset_index(), standard)
    assert (
        (judged["met"] + lacks.groupby("code").size().reindex(judged["code"]).fillna(0).to_numpy())[
            judged["status"] != "no_students"
        ]
        .eq(7)
        .all()
    )


def test_what_it_refuses(standard):
    with pytest.raises(ValueError, match=r"column\(s\) missing: sports_area"):
        evaluate_schools(schools(school()).drop(columns="sports_area"), standard)
    with pytest.raises(ValueError, match="not whole; split_levels first"):
        evaluate_schools(schools(school() | {"level": "whole"}), standard)
    lacking = standard[standard["id"] != "std-009"]
    with pytest.raises(ValueError, match="0 thresholds for sports-area-per-student, primary"):
        evaluate_schools(schools(school()), lacking)


def test_thresholds_are_data(standard):
    stricter = standard.assign(threshold=standard["threshold"].mask(standard["id"] == "std-009", 8.0))
    assert evaluate_schools(schools(school()), stricter)["near"].item() == 1
    lenient = standard.assign(threshold=standard["threshold"].mask(standard["id"] == "std-015", 5))
    two_below = schools(school(sports_area=6400, teaching_area=4400))
    assert evaluate_schools(two_below, standard)["status"].item() == "fails"
    assert evaluate_schools(two_below, lenient)["status"].item() == "passes"


def test_no_schools_are_no_fault(standard):
    empty = schools(school()).iloc[:0]
    assert evaluate_schools(empty, standard).empty
    assert shortfall(evaluate_schools(empty, standard), standard).empty
    assert isinstance(attainment(evaluate_schools(empty, standard), standard), pd.DataFrame)


def test_a_school_with_one_pupil_is_judged_and_one_without_has_no_figures(standard):
    table = evaluate_schools(
        schools(school("1", students=1), school("2", students=0, sports_area=500)), standard
    )
    assert table["status"].tolist() == ["passes", "no_students"]
    assert table["sports-area-per-student"].tolist()[0] == 7.5
    assert table[list(RESOURCES["indicator"])].iloc[1].isna().all()
    assert table["missing"].tolist() == [0, 7]


def test_a_school_of_which_the_pupils_are_not_known_is_open(standard):
    unknown = evaluate_schools(schools(school() | {"students": None}), standard)
    assert unknown[["status", "missing"]].values.tolist() == [["open", 7]]


def test_met_near_and_below_are_counted_each_for_itself(standard):
    table = evaluate_schools(
        schools(school(sports_area=6375, teaching_area=3000, equipment_value=None, backbone_teachers=8.5)),
        standard,
    )
    assert table[["met", "near", "below", "missing"]].values.tolist() == [[3, 2, 1, 1]]
    assert table["status"].tolist() == ["fails"]


def test_what_a_school_attains_is_in_percent_of_its_own_levels_threshold(standard):
    table = evaluate_schools(
        schools(school("1", sports_area=6000), school("2", "junior", sports_area=5100)), standard
    )
    assert attainment(table, standard)["sports-area-per-student"].tolist() == pytest.approx([80, 50])


def test_a_shortfall_has_the_school_and_what_it_lacks_and_no_more(standard):
    table = evaluate_schools(
        schools(school("1"), school("2", sports_area=6000, backbone_teachers=7)), standard
    )
    lacks = shortfall(table, standard)
    identity = ["region", "period", "code", "type", "level", "name_zh", "name_en", "students"]
    counts = ["met", "near", "below", "missing", "status"]
    added = ["indicator", "figure", "threshold", "to_threshold", "to_floor"]
    assert lacks.columns.tolist() == [*identity, *counts, *added]
    assert lacks[["code", *added]].values.tolist() == [
        ["2", "backbone-teachers-per-100", pytest.approx(0.7), 1.0, 3.0, 2.0],
        ["2", "sports-area-per-student", 6.0, 7.5, 1500.0, 375.0],
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda s: pd.concat([s, s[s["id"] == "std-009"]]),
            "2 thresholds for sports-area-per-student, primary",
        ),
        (
            lambda s: s.assign(threshold=s["threshold"].mask(s["id"] == "std-009")),
            "1 thresholds for sports-area-per-student, primary; expected one",
        ),
        (
            lambda s: s.drop(columns=["level", "threshold"]),
            r"standards: column\(s\) missing: level, threshold",
        ),
        (lambda s: s[s["group"] != "rule"], "0 thresholds for resource-indicators-met, compulsory"),
    ],
)
def test_each_threshold_is_given_once(standard, change, message):
    with pytest.raises(ValueError, match=message):
        evaluate_schools(schools(school()), change(standard))


def test_numbers_of_the_rule_book_are_as_it_states_them(standard):
    book = rules(standard)
    assert (book.waivable, book.floor) == (1, 0.85)
    assert book.limits.to_dict() == {"primary": 0.5, "junior": 0.45}
    assert book.thresholds["teaching-area-per-student"].to_dict() == {"primary": 4.5, "junior": 5.8}
    assert book.thresholds["multimedia-rooms-per-100"].tolist() == [2.3, 2.4]
    assert book.thresholds.columns.tolist() == RESOURCES["indicator"].tolist()


def test_a_column_of_coefficients_is_asked_for_by_name(standard):
    with pytest.raises(ValueError, match=r"schools: column\(s\) missing: students, sports_area"):
        coefficients(schools(school()).drop(columns=["students", "sports_area"]), standard)
