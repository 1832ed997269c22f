"""Findings kept by column are the same findings as one by one, in order, told alike and written alike."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.findings import VALUE, Finding, alike, summary, write
from reportkit.language import using
from reportkit.wrong_cells import NO_ROW, Findings, WrongCells, in_columns

NUMBER = {"zh": "应为数字", "en": "expected a number"}
BOUNDS = {"zh": "应为 0 至 5", "en": "expected a value within the bounds: 0 to 5"}
QUOTING = {"zh": f"“{VALUE}”不是数", "en": f'expected a number; "{VALUE}" is none'}
NUMBERED = {"zh": "应唯一，与第 5 行重复", "en": "expected a unique id; row 5 has the same"}
SAID = (NUMBER, BOUNDS, QUOTING, NUMBERED)
VALUES = st.sampled_from(["x", "5", "x 12", "年", "=1", "a, b"])


def array(values):
    cells = np.empty(len(values), dtype=object)
    cells[:] = values
    return cells


@st.composite
def wrong_cells(draw):
    """Findings about some rows of a column, each once: with one text for all, or one for each."""
    rows = draw(st.lists(st.integers(2, 9) | st.just(NO_ROW), min_size=1, max_size=6, unique=True))
    values = [draw(VALUES) for _ in rows]
    told = st.sampled_from(SAID)
    expected = draw(told | st.lists(told, min_size=len(rows), max_size=len(rows)).map(array))
    place = draw(st.sampled_from("tu")), draw(st.sampled_from("ab")), draw(st.sampled_from([None, "数值"]))
    return WrongCells(*place, np.array(rows, "int32"), array(values), expected)


COLUMNS = st.lists(wrong_cells(), max_size=5)


def one_by_one(columns):
    """The findings of some columns in order, each made."""
    made = [one.finding(place) for one in columns for place in range(len(one.rows))]
    return sorted(made, key=lambda finding: (finding.file, finding.row or 0))


@given(COLUMNS)
def test_they_are_listed_by_file_and_row(columns):
    found, expected = Findings(columns), one_by_one(columns)
    assert found == expected and list(found) == expected and bool(found) == bool(expected)
    assert [found[place] for place in range(-len(found), len(found))] == expected * 2
    assert found[1:3] == expected[1:3] and found[::-1] == expected[::-1]
    assert expected == [] or found != expected[1:]
    assert all(VALUE not in finding.text() for finding in found)


@given(COLUMNS)
def test_they_are_told_as_one_by_one(columns):
    found, expected = Findings(columns), one_by_one(columns)
    assert alike(found) == alike(expected)
    for lang in ("zh", "en"):
        with using(lang):
            assert summary(found) == summary(expected)
            assert [fault.cells() for fault in alike(found)] == [fault.cells() for fault in alike(expected)]


@given(COLUMNS)
def test_single_findings_put_in_columns_are_the_same(columns):
    single = [one.finding(place) for one in columns for place in range(len(one.rows))]
    mixed = [
        part
        for one in columns
        for part in ([one] if len(one.rows) > 2 else map(one.finding, range(len(one.rows))))
    ]
    for given_ in (single, mixed):
        put = in_columns(given_)
        assert [one.finding(place) for one in put for place in range(len(one.rows))] == single


@pytest.mark.slow
def test_they_are_written_as_one_by_one(tmp_path):
    rows = np.arange(2, 60_002, dtype="int32")
    cells = [
        WrongCells("t.csv", column, None, rows, array([f"{column}{row}" for row in rows]), QUOTING)
        for column in "ab"
    ]
    found = Findings(cells)
    write(found, tmp_path / "columns.csv")
    write(list(found), tmp_path / "single.csv")
    written = (tmp_path / "columns.csv").read_bytes()
    assert written == (tmp_path / "single.csv").read_bytes()
    assert written.count(b"\n") == 120_001
    assert found[2] == Finding(
        "t.csv", 3, "a", "a3", {"zh": "“a3”不是数", "en": 'expected a number; "a3" is none'}
    )
