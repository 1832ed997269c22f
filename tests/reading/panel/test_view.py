"""What a browser is sent: a window of the text with its figures marked, and the row in front."""

import json
import random

import pytest
from desks import ROWS, desk, row

from plan_monitor.reading.panel.view import View

FILLER = "推动教育事业高质量发展，"


def pieces(text, rows, path, at=None):
    one = desk(path, rows)
    if at is not None:
        one.do("go", to=at)
    return View(one, text).now()["text"]


@pytest.mark.parametrize(
    ("text", "unit", "marked"),
    [
        ("达到95%以上", "%", "95%"),
        ("达到９５．５％以上", "%", "９５．５％"),
        ("投资1,234.5 万元，", "万元", "1,234.5 万元"),
        ("建设三十所", "所", "三十所"),
        ("不足三成，", "%", "三成"),
        ("新增5000—8000个", "个", "5000"),
        ("提高3.2个百分点", "百分点", "3.2"),
        ("比例9", "", "9"),
    ],
)
def test_a_figure_is_marked_with_its_unit(tmp_path, text, unit, marked):
    start = next(at for at, one in enumerate(text) if one.isdigit() or one in "三")
    shown = pieces(text, [row(start, unit=unit)], tmp_path / "a.csv")
    assert [one for one, *about in shown if about] == [marked]
    assert "".join(one for one, *_ in shown) == text


def test_figures_within_each_other_leave_the_text_as_it_is(tmp_path):
    shown = pieces("共95%，", [row(1), row(2)], tmp_path / "a.csv")
    assert "".join(one for one, *_ in shown) == "共95%，"


def test_each_state_has_its_mark(tmp_path):
    text = "".join(f"{place:<10}" for place in range(6))
    one = desk(
        tmp_path / "a.csv", [row(at, unit="", look="unit" if at == 40 else "") for at in (10, 20, 30, 40, 50)]
    )
    for place, decision in [(10, "yes"), (20, "no"), (30, "later")]:
        one.do("decide", place, decision=decision)
    states = {about[0]: about[1] for _, *about in View(one, text).now()["text"] if about}
    assert states == {10: "yes", 20: "no", 30: "later", 40: "look", 50: "certain"}


def test_of_a_long_text_a_window_is_sent(tmp_path):
    chance = random.Random(3)
    text = "".join(
        FILLER + str(chance.randrange(10, 99)) + "%" + "\n" * (chance.random() < 0.05) for _ in range(16_000)
    )
    places = [at for at, one in enumerate(text) if one.isdigit() and not text[at - 1].isdigit()][::5]
    rows = [row(place, look=chance.choice(["", "unit"])) for place in places]
    assert len(text) > 240_000 and len(rows) > 3_000
    for at in (places[0], places[1_700], places[-1]):
        one = desk(tmp_path / "a.csv", rows)
        one.do("go", to=at)
        view = View(one, text).now()
        assert len(json.dumps(view)) < 30_000
        shown = "".join(piece for piece, *_ in view["text"])
        assert shown in text and 1_000 < len(shown) < 3_100
        assert at in [about[0] for _, *about in view["text"] if about]
        assert view["cut"] == [at != places[0], at != places[-1]]


def test_the_row_in_front_has_its_sources_and_what_needs_a_look(tmp_path):
    one = desk(tmp_path / "a.csv", ROWS)
    one.do("go", to=40)
    view = View(one, "x" * 60).now()
    assert view["fields"]["unit"] == ["%", "guess", True]
    assert view["fields"]["region"] == ["示例县", "", False]
    assert view["place"] == [4, 5] and view["progress"] == [0, 5, 3, 0] and not view["saved"]
    one.do("decide", 40, decision="later")
    view = View(one, "x" * 60).now()
    assert view["progress"] == [0, 5, 3, 1] and view["saved"] and view["undo"] == 1


def test_a_document_without_figures_can_be_shown(tmp_path):
    one = desk(tmp_path / "a.csv", [])
    one.do("decide", None, decision="yes")
    one.do("accept", count=0)
    view = View(one, "没有数字").now()
    assert view["at"] is None and view["place"] == [0, 0] and "text" not in view


@pytest.mark.parametrize(
    ("breaks", "first", "last"),
    [
        ([], 1300, 3700),  # 1200 characters before and behind
        ([1000, 3999], 1001, 3999),  # or up to 300 more where a line begins or ends
        ([999, 4000], 1300, 3700),
        ([1000, 1200, 3700, 3800], 1201, 3700),
        ([1299, 3701], 1300, 3701),
    ],
)
def test_the_window_ends_where_lines_do(tmp_path, breaks, first, last):
    characters = ["文"] * 5000
    for at in (2500, *breaks):
        characters[at] = "5" if at == 2500 else "\n"
    text = "".join(characters)
    one = desk(tmp_path / "a.csv", [row(2500, unit="")])
    view = View(one, text).now()
    assert ["".join(piece for piece, *_ in view["text"]), view["cut"]] == [text[first:last], [True, True]]


@pytest.mark.parametrize(("at", "first"), [(100, 0), (1200, 0), (1300, 1), (1501, 301)])
def test_near_the_beginning_the_window_begins_with_the_text_or_its_first_line(tmp_path, at, first):
    text = "\n" + "文" * (at - 1) + "5" + "文" * 50
    view = View(desk(tmp_path / "a.csv", [row(at, unit="")]), text).now()
    assert ["".join(piece for piece, *_ in view["text"]), view["cut"]] == [text[first:], [first > 0, False]]


def test_what_is_told_of_the_row_in_front(tmp_path):
    nearest = "preschool-rate 学前教育毛入园率；retention-rate 九年义务教育巩固率"
    rows = [row(10, nearest=nearest, document="某规划"), row(20, indicator="teachers")]
    one = desk(tmp_path / "a.csv", rows, more=(("before", "90 %"),))
    sent = View(one, "x" * 60)
    view = sent.now()
    assert (view["number"], view["place"], view["undo"]) == (1, [1, 2], 0)
    assert (view["decision"], view["document"], view["code"], view["drafted"]) == (
        "",
        "某规划",
        "",
        "毛入园率",
    )
    assert (view["before"], view["nearest"]) == (
        "90 %",
        [("preschool-rate", "学前教育毛入园率"), ("retention-rate", "九年义务教育巩固率")],
    )
    one.do("decide", 10, decision="yes")
    view = sent.now()
    assert (view["number"], view["at"], view["place"], view["code"], view["nearest"]) == (
        *(2, 20, [2, 2], "teachers", []),
    )
    one.do("show", state="yes")
    one.do("go", to=20)
    assert sent.now()["place"] == [0, 1]
