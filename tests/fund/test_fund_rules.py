"""Rules for rows of the funds, each at its bound: units, years left out, outliers, bands and stress tests."""

import pandas as pd
import pytest

from plan_monitor.fund.validation import RULES
from plan_monitor.settle.parts import Part
from reportkit.wrong_cells import Findings, in_columns

ROW = {
    **{"scheme": "residents", "region": "R", "unit": "万元", "enrollees": "5"},
    **{"income": "100", "expenditure": "80", "balance": "40"},
}


def found(table, rows, spoiled=(), en=False):
    """Row, column and, if asked for, the text of each finding; rows are counted from 2 as in a file."""
    frame = pd.DataFrame(rows, index=pd.RangeIndex(2, len(rows) + 2), dtype="str")
    part = Part(table, f"{table}.csv", frame, {"fields": []}, True)
    findings = Findings(in_columns(RULES[table](part, {table: part}, set(spoiled))))
    return [(one.row, one.column, *([one.expected["en"]] if en else [])) for one in findings]


def accounts(*periods, **given):
    return [ROW | {"period": period} | given for period in periods]


@pytest.mark.parametrize(
    ("periods", "place", "missing"),
    [
        (["2020", "2021", "2022"], None, None),
        (["2020", "2022"], 3, "2021"),
        (["2020", "2023"], 3, "2021, 2022"),
        (["2020", "2022", "2024"], 3, "2021, 2023"),
        (["2024", "2022", "2020"], 3, "2021, 2023"),
        (["2020", "2021", "2023", "2024"], 4, "2022"),
        (["2020"], None, None),
        (["2020", "2022-01", "2022-01/2022-12"], None, None),  # months may be left out
    ],
)
def test_years_left_out_are_named_once_at_the_first_year_after_them(periods, place, missing):
    told = f"expected rows for {missing} too (residents, R); with empty figures where none are published"
    expected = [] if place is None else [(place, "period", told)]
    assert found("fund", accounts(*periods), en=True) == expected


def test_each_scheme_and_each_region_has_its_own_years():
    rows = [
        *accounts("2020", "2021"),
        *accounts("2023", "2024", scheme="employees"),
        *accounts("2026", "2028", region="S"),
    ]
    assert found("fund", rows, en=True) == [
        (
            7,
            "period",
            "expected rows for 2027 too (residents, S); with empty figures where none are published",
        )
    ]
    for column in ("period", "region", "scheme"):  # of cells that are wrong nobody can tell
        assert found("fund", rows, [column]) == []
    assert found("fund", rows, ["income"]) == [(7, "period")]


def test_another_unit_of_a_region_is_wrong_in_each_row_that_has_it():
    rows = [
        *accounts("2020"),
        *accounts("2021", "2022", unit="亿元"),
        *accounts("2020", region="S", unit="亿元"),
        *accounts("2021", region="S"),
        *accounts("2023", unit="元"),  # which is wrong by itself
        *accounts("2024", unit=None),
    ]
    assert found("fund", rows, en=True) == [
        (3, "unit", "expected 万元, the unit of the region's other rows; please convert"),
        (4, "unit", "expected 万元, the unit of the region's other rows; please convert"),
        (6, "unit", "expected 亿元, the unit of the region's other rows; please convert"),
    ]


@pytest.mark.parametrize(
    ("value", "is_odd"),
    [("100000", False), ("100001", True), ("0.1", False), ("0.0999", True), ("0", False), ("约1", False)],
)
@pytest.mark.parametrize("column", ["enrollees", "income", "expenditure", "balance"])
def test_a_figure_more_than_a_thousand_times_the_usual_one_is_of_another_unit(column, value, is_odd):
    """The usual one is 100; exactly a thousand times as much, or as little, may be."""
    years = accounts("2020", "2021", "2022", "2023", "2024", **{column: "100"})
    years[4][column] = value
    assert found("fund", years) == ([(6, column)] if is_odd else [])


def test_small_figures_are_compared_as_well():
    rows = accounts("2020", "2021", "2022", "2023", income="0.5")
    rows[3]["income"] = "5000"
    assert found("fund", rows) == [(5, "income")]
    rows[3]["income"] = "0.0001"
    assert found("fund", rows) == [(5, "income")]


def test_months_and_other_schemes_and_regions_are_no_measure_of_a_year():
    rows = [
        *accounts("2020", "2021", "2022"),
        *accounts("2022-01", income="0.05"),
        *accounts("2022", scheme="employees", income="500000"),
        *accounts("2022", region="S", income="0.02"),
    ]
    assert found("fund", rows) == []


def test_where_units_are_mixed_figures_are_not_called_outliers_besides():
    rows = [*accounts("2020", "2021"), *accounts("2022", unit="亿元", income="0.01")]
    other = [*accounts("2020", "2021", "2022", region="S"), *accounts("2023", region="S", income="0.01")]
    assert found("fund", rows + other) == [(4, "unit"), (8, "income")]


def bands(*limits, **given):
    """A band for each limit and comparator."""
    row = {"scheme": None, "ratio": "reserve_months"} | given
    return [row | {"upper": upper, "comparator": sign} for upper, sign in limits]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (bands(("3", "<"), ("6", "<="), (None, None)), []),
        (bands(("3", None), (None, None)), [(2, "comparator")]),
        (bands(("3", "<")), [(2, "upper")]),
        (bands(("3", "<"), ("3", "<="), (None, None)), [(3, "upper")]),
        (bands(("3", "<"), (None, None), (None, "<")), [(4, "upper")]),
        (bands(("3", "<"), (None, None)) + bands(("3", "<"), (None, None), scheme="residents"), []),
        (bands(("3", "<"), (None, None)) + bands(("3", "<"), (None, None), ratio="growth_gap"), []),
        (bands(("3", "<")) + bands((None, None), scheme="residents"), [(2, "upper")]),
        (bands(("3", "<")) + bands((None, None), ratio="growth_gap"), [(2, "upper")]),
    ],
)
def test_bands_of_a_ratio_are_complete(rows, wrong):
    assert found("fund_bands", rows) == wrong
    for column in ("scheme", "ratio", "upper"):
        assert found("fund_bands", rows, [column]) == [one for one in wrong if one[1] == "comparator"]


@pytest.mark.parametrize(
    ("share", "cost", "wrong"), [("1", None, 1), ("1", "3", 0), (None, "3", 0), (None, None, 0)]
)
def test_a_share_of_retirees_needs_their_cost(share, cost, wrong):
    rows = [{"retiree_share": share, "retiree_cost": cost}]
    assert found("fund_scenarios", rows) == [(2, "retiree_cost")] * wrong
