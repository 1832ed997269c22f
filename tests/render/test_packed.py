"""Where reports lie on the front page: the widest region that tells them apart, and what is below it."""

from types import SimpleNamespace

import pytest

from reportkit.language import use
from reportkit.render import packed

AROUND = {
    "a": {"P": "某省", "A": "甲市"},
    "b": {"P": "某省", "B": "乙市"},
    "c": {"Q": "另省", "C": "丙市"},
    "d": {"P": "某省", "A": "甲市"},
    "A": {"P": "某省"},
}
NAMES = {"a": "子县", "b": "丑县", "c": "寅县", "d": "卯县", "A": "甲市", "": "全国"}


@pytest.fixture(autouse=True)
def subject(monkeypatch):
    """A subject that knows of a few regions what lies around them."""
    subject = SimpleNamespace(around=lambda code: AROUND.get(code, {}))
    monkeypatch.setattr(packed.source, "current", lambda: subject)


def placed(*codes):
    reports = [{"parameters": {"region": code}, "region": NAMES[code]} for code in codes]
    packed.place(reports)
    return [(report["area"], report["region"]) for report in reports]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["a", "b"], [("甲市", "甲市子县"), ("乙市", "乙市丑县")]),  # both of one province
        (["a", "c"], [("某省", "某省甲市子县"), ("另省", "另省丙市寅县")]),
        (["a", "d"], [("子县", "子县"), ("卯县", "卯县")]),  # of one prefecture
        (["a"], [("子县", "子县")]),
        (["A", "a", "b"], [("甲市", "甲市"), ("甲市", "甲市子县"), ("乙市", "乙市丑县")]),
        ([""], [("全国", "全国")]),
        (["", "a", "b"], [("全国", "全国"), ("甲市", "甲市子县"), ("乙市", "乙市丑县")]),
    ],
)
def test_the_area_of_a_report_is_the_widest_region_that_not_all_lie_in(codes, expected):
    assert placed(*codes) == expected


def test_english_begins_with_the_smallest_region():
    use("en")
    assert placed("a", "b")[0] == ("甲市", "子县, 甲市")


def test_a_province_with_a_report_of_its_own_is_called_as_there(monkeypatch):
    monkeypatch.setitem(NAMES, "A", "甲州")
    assert placed("A", "a", "b")[1] == ("甲州", "甲州子县")
