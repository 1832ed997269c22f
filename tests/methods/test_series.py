"""Selecting the figures that may be used."""

import pandas as pd
import pytest

from plan_monitor.methods.series import (
    annual,
    annual_rows,
    annual_series,
    granularity,
    last_period,
    one_per_period,
    rebase,
    require_columns,
    stands_for_a_year,
)


def table(*rows):
    return pd.DataFrame(
        [("rate", "A1", *row) for row in rows], columns=["indicator", "region", "period", "value", "quality"]
    )


def test_best_grade_then_table_order_then_time():
    found = one_per_period(
        table(
            ("2022", 1.0, "B"), ("2021", 2.0, "A"), ("2022", 3.0, "A"), ("2022", 4.0, "A"), ("2020", 5.0, "C")
        )
    )
    assert found["value"].tolist() == [2.0, 3.0] and found.index.tolist() == [1, 2]


def test_grades_are_taken_in_the_order_given():
    observed = table(("2022", 1.0, "A"), ("2022", 2.0, "B"))
    assert one_per_period(observed, ("B", "A"))["value"].tolist() == [2.0]


def test_missing_grade_value_or_period():
    observed = table(("2020", 1.0, None), ("2021", None, "A"), (None, 3.0, "A"))
    assert one_per_period(observed)[["value", "quality"]].values.tolist() == [[1.0, "A"]]
    assert one_per_period(observed.drop(columns="quality"))["value"].tolist() == [1.0]


def test_regions_and_indicators_are_kept_apart():
    observed = pd.concat([table(("2020", 1.0, "A")), table(("2020", 2.0, "A")).assign(region="B2")])
    assert sorted(one_per_period(observed)["value"]) == [1.0, 2.0]


def test_annual_prefers_the_year_over_its_december():
    observed = table(("2020", 1.0, "A"), ("2020-12", 2.0, "A"), ("2021Q4", 3.0, "A"), ("2022/2023", 4.0, "A"))
    assert annual(observed, "rate", "A1").to_dict() == {2020: 1.0, 2021: 3.0}
    assert annual(observed, "rate", "B2").empty


def test_bad_tables_are_named():
    with pytest.raises(ValueError, match="region"):
        one_per_period(table(("2020", 1.0, "A")).drop(columns="region"))
    with pytest.raises(ValueError, match="not an ISO period"):
        one_per_period(table(("last year", 1.0, "A")))


def test_annual_rows_come_in_the_order_asked_for_and_not_after_the_date():
    rows = [
        ("b", "r", "2022", 5.0),
        ("a", "s", "2021", 4.0),
        ("a", "r", "2021", 2.0),
        ("a", "r", "2020-12", 1.0),
        ("a", "r", "2021-06", 9.0),
        ("a", "r", "2016/2020", 9.0),
        ("a", "r", "2024", 3.0),
    ]
    rows = pd.DataFrame(rows, columns=["indicator", "region", "period", "value"])
    assert annual_rows(rows, ["a", "b"], ["r", "s"], "2023")["value"].tolist() == [1.0, 2.0, 4.0, 5.0]
    assert annual_rows(rows, ["c"], ["r"], "2023").empty
    assert annual(rows, "c", "r").empty


def test_rebase_leaves_out_regions_without_the_base():
    rows = pd.DataFrame(
        {"region": ["r", "r", "s"], "period": ["2020", "2024", "2024"], "value": [50.0, 40.0, 7.0]}
    )
    assert rebase(rows, "2020")["value"].tolist() == [100.0, 80.0]


def test_the_last_period_ends_by_the_date():
    rows = pd.DataFrame({"period": ["2023", "2024", "2025", "2024"], "value": [1, 2, 3, 4]})
    found = {as_of: last_period(rows, as_of)["value"].tolist() for as_of in ("2024-11", "2024-12", "2025-12")}
    assert found == {"2024-11": [1], "2024-12": [2, 4], "2025-12": [3]}
    assert last_period(rows, "2020").empty


@pytest.mark.parametrize(
    ("period", "length", "is_yearly"),
    [
        ("2020", "year", True),
        ("2020-12", "month", True),
        ("2020-06", "month", False),
        ("2020Q4", "quarter", True),
        ("2020Q3", "quarter", False),
        ("2016/2020", "span", False),
    ],
)
def test_a_period_has_its_length_and_stands_for_a_year_where_it_ends_one(period, length, is_yearly):
    assert granularity(period) == length and stands_for_a_year(period) is is_yearly


def test_the_rows_of_the_last_period_are_counted_anew():
    rows = pd.DataFrame({"period": ["2023", "2024", "2024"], "value": [1, 2, 3]}, index=[5, 6, 7])
    found = last_period(rows, "2024")
    assert found.columns.tolist() == ["period", "value"] and found.index.tolist() == [0, 1]


def test_tables_that_lack_a_column_are_named():
    with pytest.raises(ValueError, match=r"observations: .*missing: value"):
        annual_rows(table().drop(columns="value"), ["rate"], ["A1"])
    with pytest.raises(ValueError, match=r"rows: .*missing: a, c$"):
        require_columns(pd.DataFrame(columns=["b"]), ("a", "b", "c"), "rows")


def test_all_yearly_series_are_those_of_each_indicator_and_region():
    rows = [
        ("a", "r", "2020-12", 1.0),
        ("a", "r", "2022", 3.0),
        ("a", "s", "2021", 5.0),
        ("b", "r", "2020", 7.0),
    ]
    observed = pd.DataFrame(rows, columns=["indicator", "region", "period", "value"])
    found = {key: series.to_dict() for key, series in annual_series(observed, "2021").items()}
    assert found == {("a", "r"): {2020: 1.0}, ("a", "s"): {2021: 5.0}, ("b", "r"): {2020: 7.0}}
    whole = annual_series(observed)["a", "r"]
    assert whole.index.name == "year" and whole.name == "value" and whole.to_dict() == {2020: 1.0, 2022: 3.0}
