"""Where reports lie on the front page: the widest region that tells them apart, and what is below it."""

import base64
import json
import zlib
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
    "B": {"P": "某省"},
}
NAMES = {"a": "子县", "b": "丑县", "c": "寅县", "d": "卯县", "A": "甲市", "B": "乙市", "": "全国"}


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
        (["A", "B"], [("甲市", "甲市"), ("乙市", "乙市")]),
        (["A", "a"], [("甲市", "甲市"), ("子县", "子县")]),
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


def packs(*editions, **changed):
    """The cards of reports of these editions, packed, and the values that they can be filtered by."""
    about = {"region": "子县", "area": "甲市", "as_of": "2025-12", "states": ["fresh"], "domain": "学校"}
    about |= {"heading": "标题", "headline": "", "question": "", "facts": [], "document": "", "title": ""}
    about |= {"until": "", "synthetic": False, "made": "2026-11-30", "before": None, "formats": [], "rank": 0}
    reports = [
        {**about, "name": f"r{number}", "edition": edition, "parameters": {}, **changed}
        for number, edition in enumerate(editions)
    ]
    done = packed.pack(reports)
    return json.loads(zlib.decompress(base64.b64decode(done.cards))), done


def test_a_card_names_the_edition_of_its_data_where_there_are_several():
    assert all("数据版本 1.0" in card["html"] for card in packs("1.0", "1.0", "1.1")[0][:2])
    assert not any("数据版本" in card["html"] for card in packs("1.0", "1.0", "")[0])
    assert not any("数据版本" in card["html"] for card in packs("1.0")[0])


def test_reports_are_counted_by_each_value_that_they_can_be_filtered_by():
    facts = [{"label": "a", "figure": "1", "word": "", "state": state} for state in ("kept", "lost")]
    cards, done = packs("1.0", "1.0", facts=facts)
    assert [card["state"] for card in cards] == [["fresh", "endangered"]] * 2
    assert done.filters == {
        "domain": {"学校": 2},
        "region": {"甲市": 2},
        "period": {"2025-12": 2},
        "state": {"fresh": 2, "endangered": 2},
    }
    assert [*done.groups] == ["学校 · 甲市"]
    assert packs("1.0", facts=facts[:1])[1].filters["state"] == {"fresh": 1}
    assert [*packs("1.0", area="")[1].groups] == ["学校"]
    assert packs("1.0", as_of="")[1].filters["period"] == {}


def test_cards_are_searched_in_small_letters_and_without_their_marks():
    (card,) = packs("1.0", heading="ＡＢＣ Plan")[0]
    assert "abc plan" in card["text"] and "<" not in card["text"]
