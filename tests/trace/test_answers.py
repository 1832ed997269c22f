"""What is answered on a number: its stored row with where it stands, checks that compute it, reports that print it."""

import json

import numpy as np
import pandas as pd
import pytest

from plan_monitor.trace import lookup
from plan_monitor.trace.answers import tables
from reportkit.brief import BRIEF
from reportkit.language import using
from reportkit.table import TABLE


def answered(package, query, reports):
    """Titles of the tables, and the cells of each but those of its grades."""
    made = tables(package, query, reports)
    return {table.title: [[str(cell) for cell in column.cells] for column in table.columns] for table in made}


def test_a_stored_figure_is_told_with_its_place_and_document(package, tmp_path):
    (columns,) = answered(package, "98.88", tmp_path).values()
    assert [cells[0] for cells in (*columns[1:4], columns[5])] == ["某县", "某县教育规划", "第一章", "o-3"]
    assert "98.88" in columns[0][0]
    with using("en"):
        found = answered(package, "98.88", tmp_path)
    assert list(found) == ["stored figures"]
    assert found["stored figures"][1:3] == [["A county"], ["Education plan of a county"]]


@pytest.mark.parametrize(
    ("count", "ids"), [(8, "r0, r1, r2, r3, r4, r5, r6, r7"), (9, "r0, r1, r2, r3, r4, r5, r6, r7 … (9)")]
)
def test_of_a_printed_figure_eight_rows_are_named_and_all_are_counted(package, tmp_path, count, ids):
    rows = [["甲", ["7,777", 7777, "#,##0", 0]]]
    table = {"title": "表", "headings": ["县", "人"], "sets": [[f"r{n}" for n in range(count)]], "rows": rows}
    cells = [{"outputs": [{"data": {TABLE: table}}]}]
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    assert answered(package, "7777", tmp_path) == {"报告里印出的数字": [["a"], ["表 · 人"], ["7,777"], [ids]]}


def test_a_query_is_an_id_a_figure_in_either_language_or_a_part_of_a_name(package):
    found = {
        query: list(lookup.find(package, query).index)
        for query in (
            "o-2",
            "12,861",
            "12861.01",
            "≥ 95 %",
            "学前",
            "RETENTION",
            "preschool-rate",
            "规划",
            "7",
        )
    }
    assert found == {
        **{"o-2": ["o-2"], "12,861": ["o-4"], "12861.01": [], "≥ 95 %": ["t-1"], "7": []},
        **{
            "学前": ["t-1", "o-1", "o-2"],
            "RETENTION": ["t-2", "o-3"],
            "preschool-rate": ["t-1", "o-1", "o-2"],
        },
        "规划": [],  # titles of documents are no figures
    }


def test_a_computed_figure_is_found_by_what_it_rounds_to_unless_it_is_a_stored_one():
    checked = pd.DataFrame(
        {
            "computed": [15.55, 15.65, 15.7, 15.6, np.nan],
            "rows": [["a", "b"], ["a", "b"], ["a", "b"], ["a"], ["a", "b"]],
        }
    )
    assert list(lookup.computed(checked, "15.6").index) == [0, 1]
    assert list(lookup.computed(checked, "16").index) == [0, 1, 2]
    assert lookup.computed(checked, "a name").empty


def test_a_computed_figure_of_a_figure_with_decimals_is_within_half_of_its_last_digit():
    checked = pd.DataFrame({"computed": [9.5, 10.5, 10.51, 9.49], "rows": [["a", "b"]] * 4})
    assert list(lookup.computed(checked, "10").index) == [0, 1]
    assert list(lookup.computed(checked, "10.50").index) == [1]
    assert lookup.computed(checked, "ten").empty


@pytest.mark.parametrize(
    ("query", "cells"),
    [
        ("15.6", ["15.55", "15.56", "15.6 %", "15.62", "15.64", "15.65"]),
        ("15.56", ["15.56"]),
        ("16", ["16"]),  # without decimals: as it is
        ("3", []),
        ("name", []),
    ],
)
def test_printed_figures_are_found_by_what_they_round_to(tmp_path, query, cells):
    facts = [
        {"label": "甲", "figure": figure, "ids": ["o-1"]}
        for figure in (
            *("15.55", "15.56", "15.6 %", "15.62", "15.64", "15.65"),
            *("15.54", "15.66", "15.96", "16", "17"),
        )
    ]
    cells_of = [{"outputs": [{"data": {BRIEF: {"facts": facts}}}, {}]}, {}]
    (tmp_path / "b.ipynb").write_text(json.dumps({"cells": cells_of}), encoding="utf-8")
    found = lookup.printed(tmp_path, query)
    assert found["cell"].tolist() == cells
    assert set(found["table"]) <= {"一页摘要"} and set(found["report"]) <= {"b"}


@pytest.mark.parametrize("text", ["15.65", "15.55"])
def test_a_figure_of_a_table_is_found_by_what_it_rounds_to_up_to_half_of_the_last_digit(tmp_path, text):
    rows = [["甲", [text, float(text), "0.00", None]], ["乙", ["15.66", 15.66, "0.00", None]]]
    table = {"title": "表", "headings": ["县", "%"], "sets": [], "rows": rows}
    cells = [{"outputs": [{"data": {TABLE: table}}]}]
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    assert lookup.printed(tmp_path, "15.6")["cell"].tolist() == [text]
