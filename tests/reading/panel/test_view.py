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
