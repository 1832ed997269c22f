"""What a person does at the panel, without a browser: decide, change, take back, go on, find again."""

import csv
import os

import pytest
from desks import FIELDS, ROWS, decided, desk, row, stored

from plan_monitor.reading.panel import decisions
from plan_monitor.reading.panel.decisions import Entry
from plan_monitor.reading.panel.fields import EDITABLE
from reportkit import language
from reportkit.findings import DataError


@pytest.fixture
def path(tmp_path):
    return tmp_path / "plan-decisions.csv"


def test_a_decision_is_in_the_file_and_the_next_figure_in_front(path):
    one = desk(path)
    assert one.at == 10 and not path.exists()
    one.do("decide", 10, decision="yes")
    assert one.at == 20
    assert stored(path) == one.entries
    one.do("decide", 20, decision="no")
    one.do("go", to=50)
    one.do("decide", 50, decision="later")
    assert one.at == 30  # from the beginning again, past what is decided
    assert decided(one) == {10: "yes", 20: "no", 50: "later"}
    assert desk(path).entries == one.entries and desk(path).at == 30


def test_a_key_pressed_twice_decides_one_figure(path):
    one = desk(path)
    one.do("decide", 10, decision="yes")
    one.do("decide", 10, decision="yes")  # meant for the figure that was in front
    one.do("edit", 10, field="value", value="7")
    assert decided(one) == {10: "yes"} and one.at == 20
    assert one.entries[20].row == ROWS[1]


def test_the_last_figure_stays_in_front(path):
    one = desk(path, ROWS[:1])
    one.do("decide", 10, decision="yes")
    assert one.at == 10
    one.do("decide", 10, decision="")
    assert decided(one) == {} and one.at == 10


def test_undo_takes_back_and_goes_there(path):
    one = desk(path)
    one.do("decide", 10, decision="yes")
    one.do("edit", 20, field="period", value="2025")
    one.do("undo")
    assert one.at == 20 and one.entries[20].row == ROWS[1]
    one.do("undo")
    assert one.at == 10 and decided(one) == {}
    assert stored(path) == one.entries
    one.do("undo")
    assert one.notice.text == "没有可撤销的"


@pytest.mark.parametrize(
    ("field", "value", "changed"),
    [
        ("value", " 96.5 ", {"value": "96.5", "value_signed": "96.5"}),
        ("value_signed", "-95", {"value_signed": "-95"}),
        ("unit", "人", {"unit": "人", "unit_from": "person"}),
        ("role", "observation", {"role": "observation", "role_from": "person"}),
        ("comparator", ">=", {"comparator": ">="}),
        ("period", "2021/2025", {"period": "2021/2025", "period_from": "person"}),
        ("base_period", "2020-06", {"base_period": "2020-06"}),
        ("region", "示例县", {}),
        ("region", "某乡", {"region": "某乡", "region_from": "person"}),
        ("indicator", "学前毛入园率", {"indicator": "preschool-rate", "indicator_from": "person"}),
        ("indicator", "teachers", {"indicator": "teachers", "indicator_from": "person"}),
        ("locator", "第二章", {"locator": "第二章"}),
    ],
)
def test_what_is_written_into_a_field_is_kept(path, field, value, changed):
    one = desk(path)
    one.do("edit", 10, field=field, value=value)
    assert one.notice.text == ""
    assert one.entries[10].row == ROWS[0]._replace(**changed)
    assert stored(path).get(10, one.entries[10]) == one.entries[10]


def test_a_fall_stays_one_when_its_value_is_mended():
    fell = row(10, value="2.3", value_signed="-2.3")
    assert FIELDS.with_text(fell, "value", "3.2").value_signed == "-3.2"


def test_a_new_indicator_has_its_name_and_those_alike(path):
    one = desk(path)
    one.do("edit", 10, field="indicator", value="学前教育入园率")
    new = one.entries[10].row
    assert (new.indicator, new.indicator_zh, new.indicator_from) == ("", "学前教育入园率", "person")
    assert new.nearest.startswith("preschool-rate 学前教育毛入园率")
    assert FIELDS.name(new) == "学前教育入园率"


def test_a_field_that_a_person_wrote_needs_no_look(path):
    one = desk(path)
    one.do("go", to=20)
    one.do("edit", 20, field="period", value="2025")
    assert one.entries[20].row.look == "indicator"
    assert one.entries[20].decision == ""  # to write is not to accept


@pytest.mark.slow
@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("value", text) for text in ("", "many", "1.", "-1", "９５", "1e5", "1,000")],
        *[("period", text) for text in ("20x5", "2025年", "2025/13", "25")],
        *[("role", text) for text in ("", "aim")],
        *[("indicator", ""), ("unit", "长" * 300), ("locator", "a\nb"), ("start", "3"), ("quote", "x")],
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_cannot_be_is_refused_and_nothing_changes(path, field, value, lang):
    one = desk(path)
    with language.using(lang):
        one.do("edit", 10, field=field, value=value)
    assert one.notice.grave and (one.notice.field, one.notice.value) == (field, value)
    assert one.notice.text.isascii() == (lang == "en")
    assert one.entries[10].row == ROWS[0] and not path.exists()


def test_a_figure_is_not_accepted_while_a_refused_text_stands_in_it(path):
    one = desk(path)
    one.do("edit", 10, field="value", value="many")
    one.do("decide", 10, decision="yes")
    assert decided(one) == {} and one.at == 10 and one.notice.field == "value"
    one.do("edit", 10, field="value", value="90")
    one.do("decide", 10, decision="yes")
    assert decided(one) == {10: "yes"} and one.entries[10].row.value == "90"
    one.do("edit", 20, field="value", value="many")
    one.do("go", to=20)  # dropped
    one.do("decide", 20, decision="yes")
    assert decided(one) == {10: "yes", 20: "yes"}


def test_figures_are_gone_through_by_what_is_asked_for(path):
    one = desk(path)
    for asked, places in [
        ({"look": "any"}, [20, 40]),
        ({"look": "unit"}, [40]),
        ({"look": "certain"}, [10, 30, 50]),
        ({"look": "", "role": "observation"}, [30]),
        ({"role": "", "order": "look"}, [20, 40, 10, 30, 50]),
    ]:
        one.do("show", **asked)
        assert one.visible() == places and one.at in places
    one.do("decide", 30, decision="yes")
    one.do("show", state="undecided")
    assert one.visible() == [20, 40, 10, 50]
    one.do("show", state="yes")
    assert one.visible() == [30] and one.at == 30


def test_one_moves_on_and_back_and_stops_at_the_ends(path):
    one = desk(path)
    one.do("move", steps=-1)
    assert one.at == 10
    one.do("move", steps=1)
    one.do("move", steps=99)
    assert one.at == 50
    one.do("show", look="any")
    assert one.at == 20
    one.do("go", to=30)  # one that is not gone through
    one.do("move", steps=1)
    assert one.at == 40
    one.do("go", to=30)
    one.do("move", steps=-1)
    assert one.at == 20
    one.do("go", to=31)  # no figure
    assert one.at == 20


def test_those_for_later_are_gone_through_one_by_one(path):
    one = desk(path)
    for place in (10, 20, 30):
        one.do("decide", place, decision="later")
    one.do("show", state="later")
    one.do("decide", 10, decision="yes")
    assert one.at == 20
    one.do("decide", 20, decision="yes")
    assert one.at == 30 and one.visible() == [30]


def test_all_certain_are_accepted_if_they_are_those_that_were_told(path):
    one = desk(path)
    one.do("accept", count=2)
    assert decided(one) == {} and one.notice.grave
    one.do("accept", count=3)
    assert decided(one) == {10: "yes", 30: "yes", 50: "yes"} and one.at == 20
    assert one.notice.text == "采纳了 3 个数字"
    one.do("undo")
    assert decided(one) == {} and stored(path) == one.entries


def test_a_figure_that_changed_since_it_was_decided_on_is_not_certain(path):
    one = desk(path, ROWS, more=(("known", "changed"), ("before", "90")))
    assert one.certain() == []


def test_other_columns_and_lines_of_the_file_are_kept(path):
    content = decisions.text([Entry(one, "", (("note", "=1+1"),)) for one in ROWS])
    path.write_bytes(content.encode())
    one = desk(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert lines[0]["note"] == "'=1+1" and one.entries[10].cell("note") == "=1+1"
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow([*row(60), "yes", "added by hand"])
    one.do("decide", 10, decision="yes")
    assert stored(path)[60].cell("note") == "added by hand" and one.entries[60].decision == "yes"


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda text: "start,quote\r\n1,2\r\n", "没有这一列"),
        (lambda text: text.replace("target,", "target,one more,", 1), "太少或太多"),
        (lambda text: text.replace("20,", "twenty,", 1), "应为数字在正文中的位置"),
        (lambda text: text.replace("20,达", "10,达", 1), "与第 2 行的位置相同"),
        (lambda text: text.replace("yes", "perhaps"), "应为 yes、no、later 或空"),
        (lambda text: "\x00\xff" + text, "没有这一列"),
    ],
)
def test_a_damaged_file_is_refused_and_left_as_it_is(path, damage, said):
    one = desk(path)
    one.do("decide", 10, decision="yes")
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(DataError) as error:
        decisions.read(path)
    assert said in error.value.findings[0].text()
    one.do("decide", 20, decision="yes")
    assert one.notice.grave and "未保存" in one.notice.text and path.name in one.notice.text
    assert path.read_bytes() == before and decided(one) == {10: "yes"} and one.at == 20


def test_what_cannot_be_written_is_not_done(path):
    one = desk(path)
    path.mkdir()
    one.do("decide", 10, decision="yes")
    assert one.notice.grave and decided(one) == {} and one.at == 10
    path.rmdir()
    one.do("decide", 10, decision="yes")
    assert (
        decided(one)
        == {10: "yes"}
        == {place: kept.decision for place, kept in stored(path).items() if kept.decision}
    )


def test_the_file_is_whole_at_any_moment(path, tmp_path):
    one = desk(path)
    one.do("decide", 10, decision="yes")
    before = path.read_bytes()
    os.link(path, tmp_path / "same")  # what somebody has open who reads it
    one.do("decide", 20, decision="yes")
    assert (tmp_path / "same").read_bytes() == before != path.read_bytes()


def test_to_write_what_stands_there_is_no_change(path):
    one = desk(path)
    for field in EDITABLE:
        one.do("edit", 10, field=field, value=FIELDS.value(ROWS[0], field))
    assert one.entries[10].row == ROWS[0] and not one.done


def test_every_field_can_be_shown():
    for one in ROWS:
        assert all(isinstance(FIELDS.value(one, field), str) for field in EDITABLE)
    assert FIELDS.value(ROWS[4], "indicator") == "学前教育毛入园率"
    assert FIELDS.value(ROWS[0], "region") == "示例县"
    offered = FIELDS.offered(ROWS)
    assert offered["unit"] == [["%", ""]] and ["示例县", "990001"] in offered["region"]
    assert [">=", "≥"] in offered["comparator"]


def notice(path, *actions):
    """What is told after some actions: a decision on the first figure, or what they are called."""
    one = desk(path)
    for action, given in actions:
        one.do(action, **given)
    return one.notice


@pytest.mark.parametrize(
    ("actions", "zh", "en", "grave"),
    [
        ([("undo", {})], "没有可撤销的", "nothing to undo", False),
        ([("accept", {"count": 2})], "有把握的现在是 3 个，未作处理", "3 are certain now; nothing was done", True),
        ([("accept", {"count": 3})], "采纳了 3 个数字", "accepted: 3", False),
        ([("decide", {"decision": "yes"})], "", "", False),
        ([("edit", {"field": "value", "value": "x"})], "应为数字，如 95 或 1.5", "expected a number, such as 95 or 1.5", True),
        ([("edit", {"field": "quote", "value": "x"})], "这一栏不能改", "this field cannot be changed", True),
        ([("edit", {"field": "role", "value": "x"})], "应为所列之一", "expected one of those listed", True),
        (
            [("edit", {"field": "indicator", "value": " "})],
            "应为指标名称或编号", "expected the name or the id of an indicator", True,
        ),
        (
            [("edit", {"field": "unit", "value": "长" * 201})],
            "最长 200 字，不换行", "one line of at most 200 characters", True,
        ),
        (
            [("edit", {"field": "period", "value": "2025年"})],
            "应为 2025、2025-06、2025Q3 或 2021/2025", "expected 2025, 2025-06, 2025Q3 or 2021/2025", True,
        ),
    ],
)  # fmt: skip
def test_what_was_done_or_not_is_told(tmp_path, actions, zh, en, grave):
    assert notice(tmp_path / "zh.csv", *actions)[:2] == (zh, grave)
    with language.using("en"):
        assert notice(tmp_path / "en.csv", *actions)[:2] == (en, grave)


def test_why_nothing_was_saved_is_told(path):
    one = desk(path)
    path.mkdir()
    for lang, head in (("zh", "未保存：["), ("en", "not saved: [")):
        with language.using(lang):
            one.do("decide", 10, decision="yes")
        assert one.notice.text.startswith(head) and one.notice.grave
    path.rmdir()
    one.do("decide", 10, decision="yes")
    path.write_text("start\n1\n", encoding="utf-8")
    for lang, head in (
        ("zh", "文件被改坏了，未保存："),
        ("en", "the file was damaged by somebody else; nothing"),
    ):
        with language.using(lang):
            one.do("decide", 20, decision="yes")
        assert one.notice.text.startswith(head) and one.notice.grave


def test_of_a_field_the_longest_text_is_200_characters():
    assert FIELDS.with_text(row(10), "unit", "长" * 200).unit == "长" * 200
    with pytest.raises(ValueError, match="200"):
        FIELDS.with_text(row(10), "unit", "长" * 201)
    with pytest.raises(ValueError, match="200"):
        FIELDS.with_text(row(10), "unit", "长\n长")


@pytest.mark.parametrize(("steps", "at"), [(1, 30), (2, 50), (3, 50), (-1, 10), (-2, 10)])
def test_one_moves_on_from_a_figure_that_is_not_gone_through(path, steps, at):
    one = desk(path)
    one.do("show", look="certain")
    one.do("go", to=20)
    one.do("move", steps=steps)
    assert one.at == at


@pytest.mark.parametrize(("steps", "at"), [(0, 30), (1, 40), (2, 50), (3, 50), (-1, 20), (-2, 10), (-3, 10)])
def test_one_moves_by_some_figures(path, steps, at):
    one = desk(path)
    one.do("go", to=30)
    one.do("move", steps=steps)
    assert one.at == at


def test_choices_are_offered_the_most_frequent_first():
    rows = [
        row(1, unit="人", period=""),
        row(2),
        row(3),
        row(4, region="某乡"),
        row(5, region="某乡", period="2020"),
    ]
    offered = FIELDS.offered([*rows, row(6, region="某乡", unit="")])
    assert offered["unit"] == [["%", ""], ["人", ""]]
    assert offered["period"] == [["2025", ""], ["2020", ""]]
    assert offered["region"] == [["示例县", "990001"], ["某乡", "某乡"]]
    assert offered["indicator"][0] == ["学前教育毛入园率", "preschool-rate"]
    assert offered["attribute"][0] == ["", "无"]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1", "'=1"),
        ("+1", "'+1"),
        ("@1", "'@1"),
        ("-x", "'-x"),
        ("-5", "-5"),
        ("=", "="),
        ("-", "-"),
        ("5", "5"),
    ],
)
def test_a_cell_that_would_run_as_a_formula_is_written_as_text(cell, written):
    content = decisions.text([Entry(row(10), "", (("note", cell),))])
    assert content.splitlines()[1].endswith(f",{written}")
    assert decisions.parse(content.encode(), "a.csv")[0].cell("note") == cell


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("\r\n20,", "\r\n２０,", (3, "start", "２０")),
        ("\r\n20,", "\r\n10,", (3, "start", "10")),
        ("\r\n20,", "\r\n,", (3, "start", "")),
        ("start,", "begin,", (1, "start", None)),
        (",yes\r\n", ",perhaps\r\n", (2, "decision", "perhaps")),
        (",yes\r\n", "\r\n", (2, None, None)),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_line(old, new, finding):
    content = decisions.text([Entry(row(10), "yes"), Entry(row(20))])
    with pytest.raises(DataError) as error:
        decisions.parse(content.replace(old, new, 1).encode(), "a.csv")
    (found,) = error.value.findings
    assert (found.row, found.column, found.value) == finding
