"""A reading that was accepted agrees with the row that it names: its figure, unit, time and document."""

import pandas as pd
import pytest

from plan_monitor.reading.validation import RULES
from plan_monitor.settle.parts import Part

TABLES = {
    "targets": [("t-1", "plan-1", 95.0, "%", "2025"), ("t-2", "plan-1", 30500.0, "人", "2025"),
                ("t-3", "plan-1", 3.0, None, None)],
    "observations": [("o-1", "bulletin-1", 90.5, "%", "2020")],
    "standards": [("s-1", "plan-1", 1.0, "%", "2020")],
    "projects": [("p-1", "plan-1", 2.0, "亿元", "2021")],
}  # fmt: skip
USUAL = {"document": "plan-1", "role": "target", "kind": "level", "decision": "yes", "row": "t-1",
         "value": 95.0, "unit": "%", "period": "2025"}  # fmt: skip


def part(table, rows, columns):
    return Part(table, f"{table}.csv", pd.DataFrame(rows, columns=columns), {"fields": []}, True)


def told(*changes):
    """The column, the row and the words of each finding, rows counted from 0; most cells are as usual."""
    parts = {
        table: part(table, rows, ["id", "document", "value", "unit", "period"])
        for table, rows in TABLES.items()
    }
    readings = part("readings", [USUAL | change for change in changes], list(USUAL))
    findings = RULES["readings"](readings, parts | {"readings": readings}, set())
    return [
        (cells.column, int(row), cells.expected["en"].removeprefix("expected "))
        for cells in findings
        for row in cells.rows
    ]


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"row": "o-1", "document": "bulletin-1", "value": 90.5, "period": "2020", "role": "observation"},
        {"row": "t-2", "value": 3.05, "unit": "万人"},
        {"row": "t-2", "value": 30500.0, "unit": None},
        {"row": "t-3", "value": 3.0, "unit": None, "period": None},
        {"row": "s-1", "value": 7.0},  # a standard says more than one figure
        {"row": "p-1", "value": 7.0},
        {"decision": "no", "row": None},
        {"decision": "no", "value": 96.0},
        {"role": "other", "row": None},
        {"kind": "change", "row": None},
        {"kind": "rank", "row": None},
        {"value": 95.00000001},  # less than a part in a billion
        {"value": "many"},  # which is a finding of its type
    ],
)
def test_a_reading_that_agrees_or_need_not(change):
    assert told(change) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"row": "t-9"}, ("row", "the id of a target, an observation, a standard or a project")),
        ({"decision": "no", "row": "t-9"}, ("row", "the id of a target, an observation, a standard or a project")),
        ({"document": "plan-2"}, ("row", "a row of the same document")),
        ({"row": None}, ("row", "the row that the accepted figure became")),
        ({"kind": "growth_annual", "row": None}, ("row", "the row that the accepted figure became")),
        ({"value": 96.0}, ("value", "one figure: the reading says 96 %, t-1 95 %")),
        ({"value": 95.001}, ("value", "one figure: the reading says 95.001 %, t-1 95 %")),
        ({"value": 95.000001}, ("value", "one figure: the reading says 95.000001 %, t-1 95 %")),
        ({"value": 94.999999}, ("value", "one figure: the reading says 94.999999 %, t-1 95 %")),
        ({"row": "t-2", "value": 3.06, "unit": "万人"}, ("value", "one figure: the reading says 3.06 万人, t-2 30500 人")),
        ({"unit": "户"}, ("unit", "one unit: the reading says 户, t-1 %")),
        ({"period": "2024"}, ("period", 'one period: the reading says "2024", t-1 "2025"')),
        ({"period": None}, ("period", 'one period: the reading says "", t-1 "2025"')),
        (
            {"row": "o-1", "document": "bulletin-1", "value": 91.0, "period": "2020"},
            ("value", "one figure: the reading says 91 %, o-1 90.5 %"),
        ),
    ],
)  # fmt: skip
def test_what_a_reading_has_otherwise_than_its_row_is_named(change, expected):
    column, words = expected
    assert told(change) == [(column, 0, words)]
    assert told({}, change) == [(column, 1, words)]


def test_all_that_differs_is_named():
    assert [column for column, *_ in told({"value": 96.0, "period": "2024"})] == ["value", "period"]
    assert [column for column, *_ in told({"unit": "户", "period": "2024"})] == ["unit", "period"]
    assert told({"row": "t-9"}, {"document": "plan-2"}, {"row": None}) == [
        ("row", 0, "the id of a target, an observation, a standard or a project"),
        ("row", 1, "a row of the same document"),
        ("row", 2, "the row that the accepted figure became"),
    ]
