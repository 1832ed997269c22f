"""What is answered on a number: its stored row with where it stands, checks that compute it, reports that print it."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from plan_monitor import load
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


@pytest.mark.parametrize(
    ("value", "unit", "found"),
    [
        (2.92, "万元", {"2.92": True, "29,200": True, "116.8": False, "29.2": False}),
        (1.5, "亿元", {"1.5": True, "150": True, "150,000,000": False, "12": False}),  # 150 million
        (12861.0, "元", {"12,861": True, "12861.0": True, "0": False}),
        (95.0, None, {"95": True, "9.5": False}),
        (94713.74, "元", {"94,713.74": True, "94713.7401": False}),
        (1e9, "人", {"1,000,000,000": True, "1,000,000,001.5": False}),
        (0.0, "元", {"0": True, "0.0001": False}),
    ],
)
def test_a_figure_is_found_as_either_language_prints_it(package, value, unit, found):
    rows = package.observations[package.observations["id"].eq("o-4")].assign(value=value, unit=unit)
    one = replace(package, observations=rows, targets=package.targets[:0])
    assert {query: list(lookup.find(one, query).index) == ["o-4"] for query in found} == found


def test_grades_stand_in_a_column_and_a_dash_where_there_is_none(package, tmp_path):
    grades = {query: answered(package, query, tmp_path)["已入库的数字"][4] for query in ("o-3", "t-2")}
    assert grades == {"o-3": ["A 官方文本 · 原文数字"], "t-2": ["承诺 · 原文数字"]}
    rows = package.observations[:1].assign(quality=None, reading=None, locator=None, region=None)
    (columns,) = answered(replace(package, observations=rows), "o-1", tmp_path).values()
    assert (columns[1], columns[3], columns[4]) == (["–"], ["–"], ["–"])


@pytest.fixture
def checked(folder):
    """The small package with checks: 91 + 98.88 is no 95; 93 less 91 is 2 and not 3."""
    header = (folder / "checks.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    rows = [
        ("c-1", "arithmetic", "甲", "one", "[o-1] + [o-3]", "=", "[t-1]", "原因甲"),
        ("c-2", "arithmetic", "乙", "two", "[o-2] - [o-1]", "=", "3", ""),
        ("c-3", "agreement", "丙", "three", "[o-3]", "=", "[o-3]", ""),
    ]
    names = ("id", "kind", "subject_zh", "subject_en", "expression", "relation", "stated", "reason_zh")
    lines = [dict(zip(names, row, strict=True)) for row in rows]
    text = "\n".join(",".join(line.get(name, "") for name in header) for line in lines)
    (folder / "checks.csv").write_text(f"{','.join(header)}\n{text}\n", encoding="utf-8")
    return load(folder)


def test_a_computed_figure_is_told_with_what_the_audit_says_and_what_it_is_made_of(checked, tmp_path):
    found = answered(checked, "189.9", tmp_path)
    assert list(found) == ["核查算出的数字"]
    assert found["核查算出的数字"] == [
        *(["甲"], ["189.88 %"], ["尚未评审"]),
        ["学前毛入园率 91 [o-1]；巩固率 98.88 [o-3]"],
    ]
    with using("en"):
        found = answered(checked, "2", tmp_path)["figures the audit computes"]
    assert found == [
        *(["two"], ["2 points"], ["not reviewed yet"]),
        ["Preschool enrolment 93 [o-2]; Preschool enrolment 91 [o-1]"],
    ]


def test_of_a_stored_figure_what_does_not_hold_is_told_once_each(checked, tmp_path):
    found = answered(checked, "学前", tmp_path)["核查发现的不符"]
    assert found == [["甲", "乙"], ["尚未评审", "尚未评审"], ["原因甲", "–"], ["c-1", "c-2"]]
    assert answered(checked, "o-3", tmp_path)["核查发现的不符"][3] == ["c-1"]  # and not what holds
    assert "核查发现的不符" not in answered(checked, "o-4", tmp_path)
