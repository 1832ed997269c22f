"""The role of a figure by its time, the headings above it and the words before it, in each kind of document."""

import pytest

from plan_monitor.reading.frame import Frame
from plan_monitor.reading.periods import Clock
from plan_monitor.reading.roles import Statement, role

KINDS = ("plan", "report", "bulletin")
BACK, AHEAD = ("一、发展基础",), ("二、主要目标",)


def roles(before, path=(), period="", unit="所", after=""):
    """The role in a plan, a report and a bulletin for 2020, each by its first letter."""
    said = Statement(before, after, path, period, bool(period), unit)
    return "".join(role(said, Frame(kind, "", Clock(2020, "", (2021, 2025))))[0] for kind in KINDS)


@pytest.mark.parametrize(
    ("before", "path", "expected"),
    [
        ("学校", (), "too"),
        ("学校", BACK, "ooo"),
        ("学校", AHEAD, "tto"),
        ("学校", (*BACK, "（一）教师"), "ooo"),
        ("学校", (*BACK, *AHEAD), "tto"),  # the nearest tells
        ("力争学校", (), "too"),
        ("力争学校", AHEAD, "ttt"),
        ("力争学校", BACK, "ooo"),
        ("目标学校", (), "tot"),
        ("已建学校", (), "ooo"),
        ("已建学校", AHEAD, "oto"),
        ("已建学校，力争", AHEAD, "tto"),
    ],
)
def test_headings_and_words(before, path, expected):
    assert roles(before, path) == expected


@pytest.mark.parametrize(
    ("period", "path", "expected"),
    [
        ("2020", AHEAD, "ooo"),
        ("2021", BACK, "ttt"),
        ("2021H1", (), "ttt"),
        ("2021-2025", BACK, "ttt"),
        ("2016-2020", AHEAD, "ooo"),
        ("2016-2021", BACK, "ttt"),
    ],
)
def test_a_time_that_the_text_tells_goes_before_both(period, path, expected):
    assert roles("学校", path, period) == expected


@pytest.mark.parametrize(
    ("before", "unit", "after", "expected"),
    [
        ("总投资", "亿元", "", "iii"),
        ("投入", "元/人", "", "iii"),
        ("总投资", "人", "", "too"),
        ("总投资，人均", "元", "", "too"),  # in another clause
        ("固定资产投资", "亿元", "", "too"),
        ("", "万元", "以上的企业", "ooo"),
        ("", "万元", "以上", "too"),
        ("", "%", "以上的企业", "too"),
    ],
)
def test_money_and_thresholds(before, unit, after, expected):
    assert roles(before, unit=unit, after=after) == expected


def test_a_threshold_is_neither_aimed_at_nor_reached():
    said = Statement("", "以上的企业", (), "", False, "万元")
    assert role(said, Frame("plan", "", Clock(2020))) == "other"
