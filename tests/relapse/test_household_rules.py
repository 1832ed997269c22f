"""What rows of households may not say together: each rule at its bound, on tables of a few cells."""

import pandas as pd
import pytest

from plan_monitor.relapse.validation import RULES
from plan_monitor.settle.parts import Part

PLACES = {"code": ["county", "prefecture", "province", "ring", "back"]}
PLACES |= {"parent": ["prefecture", "province", None, "back", "ring"]}
ROW = {"region": "county", "period": "2024", "members": "3", "workers": "2", "ill_members": "0"}
ROW |= {"wage": "9000", "business": "0", "property": "0", "transfer": "0"}


def part(table, frame, readable=True):
    return Part(table, f"{table}.csv", frame, {"fields": []}, readable)


def found(*changes, lines=(("province", "2024"),), readable=True, spoiled=()):
    """Findings about some rows: row, column, value and what was expected, numbered from 2."""
    frame = pd.DataFrame([ROW | change for change in changes], dtype="str")
    frame.index += 2
    parts = {
        "regions": part("regions", pd.DataFrame(PLACES)),
        "monitoring_lines": part(
            "monitoring_lines", pd.DataFrame(list(lines), columns=["region", "period"]), readable
        ),
    }
    findings = RULES["households"](part("households", frame), parts, set(spoiled))
    return [
        (row, one.column, value, one.expected["en"])
        for one in findings
        for row, value in zip(one.rows.tolist(), one.values.tolist(), strict=True)
    ]


@pytest.mark.parametrize("column", ["members", "workers", "ill_members"])
def test_persons_are_whole(column):
    for number in ("3", "2", "1"):
        assert found({"members": "3", column: number} | {"workers": "1"}) == []
    wrong = found({}, {"members": "4"} | {column: "2.5"})
    assert wrong == [(3, column, "2.5", "expected a whole number")]
    assert found({column: "some"}) == []  # which has been reported as no number


@pytest.mark.parametrize("column", ["workers", "ill_members"])
def test_some_of_the_members_are_at_most_all_of_them(column):
    assert found({column: "3"}, {column: "0"}) == []
    assert found({}, {column: "4"}) == [(3, column, "4", "expected no more than the household's members")]


@pytest.mark.parametrize(
    ("yuan", "members", "wrong"),
    [("299.5", "1", True), ("300", "1", False), ("0.5", "1", True), ("0", "1", False), ("899", "3", True)],
)
def test_half_a_region_below_300_yuan_a_head_counted_in_something_else(yuan, members, wrong):
    """What is not given is nothing: neither more nor less."""
    row = {"wage": yuan, "members": members, "workers": "1"}
    row |= {"business": None, "property": None, "transfer": None}
    expected = "half of the region's households live on less than 300 yuan a head; expected yuan"
    assert found(row) == ([(2, "wage", yuan, expected)] if wrong else [])


def test_incomes_are_the_sum_of_all_sources_and_told_once_a_year_where_the_first_row_is():
    little = dict.fromkeys(("wage", "business", "property", "transfer"), "224")  # 298.67 a head
    enough = dict.fromkeys(little, "225")
    lines = [("county", year) for year in ("2023", "2024")]
    rows = [enough | {"period": "2023"}, little, little, enough, enough | {"period": "2023"}]
    assert [one[:3] for one in found(*rows, lines=lines)] == [(3, "wage", "224")]
    assert found(little, enough, enough) == []


@pytest.mark.parametrize("region", ["county", "prefecture", "province"])
def test_a_line_of_the_region_or_of_any_above_it_is_enough(region):
    assert found({}, lines=[(region, "2024")]) == []


def test_a_year_without_a_line_is_told_once_for_a_region():
    told = "expected a line for {} in {}; add it to monitoring_lines.csv"
    rows = [{"period": "2025"}, {"region": "province"}, {"period": "2025"}, {}]
    assert found(*rows, lines=[("prefecture", "2024"), ("ring", "2025")]) == [
        (2, "period", "2025", told.format("county", "2025")),
        (3, "period", "2024", told.format("province", "2024")),
    ]
    assert found({"region": "ring"}, lines=[("back", "2024")]) == []
    assert found({"region": "ring"}, lines=[("county", "2024")]) == [
        (2, "period", "2024", told.format("ring", "2024"))
    ]


def test_lines_are_asked_for_only_where_regions_years_and_lines_can_be_read():
    assert len(found({"period": "2025"})) == 1
    assert found({"period": "2025"}, readable=False) == []
    assert found({"period": "2025"}, spoiled=["region"]) == []
    assert found({"period": "2025"}, spoiled=["period"]) == []
    assert len(found({"period": "2025"}, spoiled=["wage"])) == 1
