"""Cells that a quick test lets pass are what Table Schema allows, as frictionless reads it; no others are refused."""

import pandas as pd
import pytest
from frictionless import Field
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.data import schema
from plan_monitor.settle.parts import Part

FIELDS = [
    {"type": "string"},
    {"type": "string", "constraints": {"enum": ["a", "b1"]}},
    {"type": "string", "constraints": {"pattern": "(a|b[0-9])"}},
    {"type": "string", "constraints": {"pattern": "[0-9]{4}(-[0-9]{2})?", "required": True}},
    {"type": "string", "constraints": {"minLength": 2}},
    {"type": "string", "format": "uri"},
    {"type": "number"},
    {"type": "number", "constraints": {"minimum": 0}},
    {"type": "number", "constraints": {"minimum": -1.5, "maximum": 10}},
    {"type": "integer", "constraints": {"minimum": 1}},
    {"type": "year"},
]
CELLS = st.text(st.sampled_from("0123456789.-+eab ,%٣"), min_size=1, max_size=6)


@pytest.mark.parametrize("rule", FIELDS, ids=str)
@given(
    cells=st.lists(
        CELLS | st.sampled_from(["b1", "2020", "2020-06", "-1.5", "10", "0"]), min_size=1, max_size=6
    )
)
def test_a_cell_is_refused_where_frictionless_refuses_it(rule, cells):
    field = {"name": "value", "title": "值", **rule}
    frame = pd.DataFrame({"value": cells}, range(2, len(cells) + 2), dtype="str")
    _, findings = schema.typed(Part("table", "table.csv", frame, {"fields": [field]}, True))
    read = Field.from_descriptor(field).create_cell_reader()
    assert [row for wrong in findings for row in wrong.rows] == [
        row for row, cell in frame["value"].items() if read(cell)[1]
    ]


@pytest.mark.parametrize("more", [{}, {"minLength": 1}], ids=["quick", "closer"])
def test_a_pattern_is_of_the_whole_text(more):
    """Of each of its alternatives."""
    field = {
        "name": "value",
        "title": "值",
        "type": "string",
        "constraints": {"pattern": "a|b[0-9]|c", **more},
    }
    frame = pd.DataFrame({"value": ["a", "b1", "c", "a1", "xb1", "b12", "xc"]}, range(2, 9), dtype="str")
    _, findings = schema.typed(Part("table", "table.csv", frame, {"fields": [field]}, True))
    assert [value for wrong in findings for value in wrong.values] == ["a1", "xb1", "b12", "xc"]


@pytest.mark.parametrize("more", [{}, {"minLength": 1}], ids=["quick", "closer"])
def test_a_pattern_may_begin_with_a_flag(more):
    field = {"name": "value", "type": "string", "constraints": {"pattern": "(?i)yes|no", **more}}
    frame = pd.DataFrame({"value": ["Yes", "NO", "yess"]}, range(2, 5), dtype="str")
    _, findings = schema.typed(Part("table", "table.csv", frame, {"fields": [field]}, True))
    assert [value for wrong in findings for value in wrong.values] == ["yess"]
