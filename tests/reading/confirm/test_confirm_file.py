"""The file to decide in: what is written is what is read back, however its reader has moved things about."""

import csv
import io
import random

import openpyxl
import pandas as pd
import pytest
from made_up_plan import NO_WORDS, PLAN, cells, drafted, file, sheet, tables

from plan_monitor.reading import confirm, draft, passages
from plan_monitor.reading.confirm import Drafted
from plan_monitor.reading.confirm.columns import COLUMNS
from plan_monitor.reading.rows import Row
from reportkit.findings import DataError
from reportkit.language import using


@pytest.fixture(scope="module")
def made(empty):
    return drafted(empty)


def written(path, made, empty, words=NO_WORDS):
    confirm.write(path, made, words, tables(empty))
    return path


def told(decisions, without=("file", "line")):
    """Decisions by place, without where they stand in the file."""
    return {one.start: tuple(v for n, v in one._asdict().items() if n not in without) for one in decisions}


def findings(path):
    with pytest.raises(DataError) as caught:
        confirm.read(path)
    return [(one.row, one.value, one.expected["en"]) for one in caught.value.findings]


@pytest.mark.parametrize(
    ("lang", "title"),
    [("zh", "机器读出的数字，请逐条决定"), ("en", "Figures read by machine, to be decided on")],
)
def test_a_workbook_says_first_what_it_is_and_what_to_do(tmp_path, made, empty, lang, title):
    with using(lang):
        book = openpyxl.load_workbook(written(tmp_path / "d.xlsx", made, empty))
    lines = [row[0].value for row in book.worksheets[0].iter_rows() if row[0].value]
    assert (lines[0], book.properties.title) == (title, title)
    assert len(lines) > 3


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_workbook_and_csv_say_the_same(tmp_path, made, empty, lang):
    with using(lang):
        book = confirm.read(written(tmp_path / "d.xlsx", made, empty))
        text = confirm.read(written(tmp_path / "d.csv", made, empty))
    without = ("file", "line", "indicator", "region", "document")  # a workbook has names for ids
    assert told(book, without) == told(text, without)
    assert [one.start for one in book] == made.rows["start"].astype(int).tolist()
    rate = next(one for one in book if one.value == "99")
    assert (rate.indicator, rate.region, rate.period) == ("学前教育三年毛入园率", "镇江市", "2025")
    assert rate.certain and rate.digest == made.rows["digest"].iloc[0]


@pytest.mark.slow
def test_a_workbook_of_another_language_is_read_in_this_one(tmp_path, made, empty):
    with using("en"):
        path = written(tmp_path / "d.xlsx", made, empty)
    with using("zh"):
        assert len(confirm.read(path)) == len(made.rows)


def test_rows_may_be_sorted_and_deleted_columns_moved_and_added(tmp_path, made, empty):
    path = written(tmp_path / "d.csv", made, empty)
    before = told(confirm.read(path))
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    order = random.Random(1).sample(range(len(rows[0])), len(rows[0]))
    kept = [rows[0], *random.Random(2).sample(rows[1:], len(rows) - 4)]
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([[row[at] for at in order] + ["mine"] for row in kept])
    path.write_text(text.getvalue(), encoding="utf-8")
    after = told(confirm.read(path))
    assert len(after) == len(before) - 3
    assert all(before[place] == one for place, one in after.items())


@pytest.mark.slow
def test_decisions_in_words_of_either_language(tmp_path, made, empty):
    path = written(tmp_path / "d.xlsx", made, empty)
    book = openpyxl.load_workbook(path)
    for row, word in enumerate(("是", "否", "稍后", "yes", "NO", "later", "Y"), start=2):
        book.worksheets[1].cell(row, 1).value = word
    book.save(path)
    decided = [one.decision for one in confirm.read(path)]
    assert decided[:8] == ["yes", "no", "later", "yes", "no", "later", "yes", ""]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("decision", "maybe", "expected one of: yes, no, later"),
        ("role", "promise", "expected one of: target, observation, investment, other"),
        ("role", "", "expected one of: target, observation, investment, other"),
        ("value", "many", "expected a number"),
        ("value", "", "expected a number"),
        ("value", "95%", "expected a number alone; sign and unit have columns of their own"),
        ("period", "20251", "expected a year or period"),
        ("kind", "wish", "expected one of: level"),
        ("start", "x", "expected the place of the number"),
        ("indicator", "=1+1", "would run as a formula"),
        ("locator", "<b>", "without HTML markup"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(tmp_path, made, empty, column, cell, expected):
    path = cells(written(tmp_path / "d.csv", made, empty), {("86.5", column): cell})
    ((row, value, message),) = findings(path)
    assert (row, value) == (made.rows.index[made.rows["value"].eq("86.5")][0] + 2, cell or None)
    assert expected in message


def test_two_rows_of_one_place_are_refused(tmp_path, made, empty):
    path = written(tmp_path / "d.csv", made, empty)
    start = made.rows.loc[made.rows["value"].eq("45"), "start"].iloc[0]
    cells(path, {("86.5", "start"): start})
    ((_, value, message),) = findings(path)
    assert value == start and "expected one row for each place" in message


def test_a_file_of_something_else_is_none(tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("decision,value\nyes,3\n", encoding="utf-8")
    assert "made by plan-monitor read" in findings(path)[0][2]
    path.write_bytes(b"%PDF-1.7")
    assert "PDF" in findings(path)[0][2]


def test_rows_as_drafted_with_a_decision_alone_are_enough(tmp_path):
    """What another tool saves: the columns of a row, and the decision."""
    rows = draft.read(passages.read(PLAN)).assign(decision="yes")
    rows.to_csv(tmp_path / "panel.csv", index=False)
    read = confirm.read(tmp_path / "panel.csv")
    assert len(read) == len(rows) and {one.decision for one in read} == {"yes"}
    assert list(rows.columns) == [*Row._fields, "decision"]


def test_text_that_would_run_as_a_formula_does_not(tmp_path, made, empty):
    rows = made.rows.copy()
    rows.loc[0, ["quote", "note"]] = ["=HYPERLINK(1)", "+1"]
    path = written(tmp_path / "d.csv", made._replace(rows=rows), empty)
    first = next(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert (first["quote"], first["note"], first["comparator"]) == ("'=HYPERLINK(1)", "'+1", "=")
    path = written(tmp_path / "d.xlsx", made._replace(rows=rows), empty)
    assert all(cell.data_type != "f" for row in sheet(path).iter_rows() for cell in row)


def test_words_have_a_sheet_or_a_file_of_their_own(tmp_path, made, empty):
    words = pd.DataFrame(
        [{"words": "全覆盖", "meaning": "full cover", "name": "优质均衡", "quote": "=实现全覆盖"}]
    )
    path = written(tmp_path / "d.xlsx", made, empty, words)
    assert openpyxl.load_workbook(path).worksheets[2]["A2"].value == "全覆盖"
    written(tmp_path / "d.csv", made, empty, words)
    assert (tmp_path / "d-words.csv").read_text(encoding="utf-8-sig").splitlines()[1].endswith("'=实现全覆盖")


def test_the_workbook_is_one_to_work_in(tmp_path, made, empty):
    figures = sheet(written(tmp_path / "d.xlsx", made, empty))
    header = [cell.value for cell in figures[1]]
    assert header[:4] == ["决定", "要看什么", "原文", "作用"]
    assert figures.freeze_panes == "D2" and figures.auto_filter.ref is not None
    assert figures.protection.sheet and not figures.protection.sort and not figures.protection.autoFilter
    assert figures["A1"].protection.locked and not figures["A2"].protection.locked
    letters = {name: figures.cell(1, at).column_letter for at, name in enumerate(header, start=1)}
    assert not figures.column_dimensions[letters["备注"]].hidden
    assert figures.column_dimensions[letters["start"]].hidden
    lists = {next(iter(one.sqref.ranges)).min_col: one for one in figures.data_validations.dataValidation}
    assert lists[1].formula1 == '"是,否,稍后"'
    assert "目录" in lists[header.index("指标") + 1].formula1
    assert not lists[header.index("指标") + 1].showErrorMessage  # another name may be typed
    looks = [figures.cell(row, 2).value for row in range(2, figures.max_row + 1)]
    assert looks == sorted(looks, key=lambda word: word == "可一并接受")
    colours = {row: figures.cell(row, 2).fill.fgColor.rgb for row in range(2, figures.max_row + 1)}
    certain = {colours[row] for row in colours if looks[row - 2] == "可一并接受"}
    assert len(certain) == 1 and certain.isdisjoint(
        colours[row] for row in colours if looks[row - 2] != "可一并接受"
    )


def test_what_is_said_of_a_certain_row_can_be_changed_by_hand(tmp_path, made, empty):
    path = file(tmp_path / "d.csv", made)
    certain = {one.value for one in confirm.read(path) if one.certain}
    cells(path, {("86.5", "look"): "value"})
    assert certain - {one.value for one in confirm.read(path) if one.certain} == {"86.5"}


def by_hand(*changes):
    """Drafted rows, as few as they need be."""
    usual = dict.fromkeys(COLUMNS, "") | {"role": "target", "kind": "level", "value": "95", "comparator": "="}
    rows = [usual | {"start": str(10 * number)} | change for number, change in enumerate(changes, 1)]
    return Drafted(pd.DataFrame(rows, columns=list(COLUMNS)), [], "", False, 0)


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
def test_a_cell_of_csv_that_would_run_has_an_apostrophe(tmp_path, cell, written):
    confirm.write(tmp_path / "d.csv", by_hand({"quote": cell}), NO_WORDS)
    (row,) = csv.DictReader(io.StringIO((tmp_path / "d.csv").read_text(encoding="utf-8-sig")))
    assert row["quote"] == written


def test_an_apostrophe_before_anything_else_and_a_sign_within_stay(tmp_path):
    confirm.write(tmp_path / "d.csv", by_hand({"note": "'x"}, {"note": "x=1"}), NO_WORDS)
    assert [decision.note for decision in confirm.read(tmp_path / "d.csv")] == ["'x", "x=1"]


def test_which_files_are_written(tmp_path):
    words = pd.DataFrame({"words": ["全覆盖"]})
    assert confirm.write(tmp_path / "a.CSV", by_hand({}), NO_WORDS) == [tmp_path / "a.CSV"]
    both = [tmp_path / "b.csv", tmp_path / "b-words.csv"]
    assert confirm.write(tmp_path / "b.csv", by_hand({}), words) == both and both[1].exists()
    assert (tmp_path / "b.csv").read_bytes().startswith(b"\xef\xbb\xbfstart,")
    assert confirm.write(tmp_path / "c.XLSX", by_hand({}), words) == [tmp_path / "c.XLSX"]
    assert openpyxl.load_workbook(tmp_path / "c.XLSX").sheetnames == ["说明", "数字", "文字"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, {"certain": True, "changed": False, "value": "95", "start": 10}),
        ({"look": "value"}, {"certain": False}),
        ({"known": "known"}, {"certain": False, "changed": False}),
        ({"known": "changed"}, {"certain": False, "changed": True}),
        ({"known": "有变"}, {"changed": True}),
        ({"value_signed": "-95"}, {"value": "-95"}),
        ({"value_signed": "-90"}, {"value": "95"}),  # which somebody has changed since
        ({"value": "1,234.5"}, {"value": "1234.5"}),
        ({"indicator": "rate", "indicator_zh": "率"}, {"indicator": "rate", "indicator_zh": "率"}),
        ({"indicator_zh": "率"}, {"indicator": "率"}),
        ({"period": "2021-2025", "base_period": "2020H1"}, {"period": "2021/2025", "base_period": "2020-01/2020-06"}),
        ({"start": "12.0"}, {"start": 12, "place": "第 13 字"}),
        ({"decision": "稍后", "role": "实绩", "comparator": "≥"}, {"decision": "later", "role": "observation", "comparator": ">="}),
    ],
)  # fmt: skip
def test_what_a_row_decides(tmp_path, change, told):
    confirm.write(tmp_path / "d.csv", by_hand(change), NO_WORDS)
    (decision,) = confirm.read(tmp_path / "d.csv")
    assert {name: getattr(decision, name) for name in told} == told
    assert (decision.file, decision.line) == ("d.csv", 2)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"decision": "maybe"}, (3, "决定", "maybe", "expected one of: yes, no, later")),
        ({"role": ""}, (3, "作用", None, "expected one of: target")),
        ({"kind": "wish"}, (3, "类型", "wish", "expected one of: level")),
        ({"value": "95%"}, (3, "数值", "95%", "expected a number alone")),
        ({"value": ">95"}, (3, "数值", ">95", "expected a number alone")),
        ({"value": "many"}, (3, "数值", "many", "expected a number")),
        ({"period": "20251"}, (3, "时期", "20251", "expected a year or period")),
        ({"base_period": "20251"}, (3, "基期", "20251", "expected a year or period")),
        ({"start": "x"}, (3, "start", "x", "expected the place of the number")),
        ({"start": "10"}, (3, "start", "10", "row 2 has the same")),
        ({"indicator": "<b>"}, (3, "指标", "<b>", "without HTML markup")),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_its_place(tmp_path, change, expected):
    confirm.write(tmp_path / "d.csv", by_hand({}, change), NO_WORDS)
    with pytest.raises(DataError) as caught:
        confirm.read(tmp_path / "d.csv")
    (finding,) = caught.value.findings
    assert (finding.row, finding.column, finding.value) == expected[:3]
    assert expected[3] in finding.expected["en"]


def test_all_cells_that_cannot_be_read_are_named(tmp_path):
    confirm.write(tmp_path / "d.csv", by_hand({"role": "", "kind": "x"}, {}, {"value": "x"}), NO_WORDS)
    with pytest.raises(DataError) as caught:
        confirm.read(tmp_path / "d.csv")
    assert [(one.row, one.column) for one in caught.value.findings] == [(2, "作用"), (2, "类型"), (4, "数值")]


@pytest.mark.parametrize(("lines", "found"), [(0, True), (19, True), (20, False)])
def test_the_header_is_among_the_first_twenty_lines(tmp_path, lines, found):
    confirm.write(tmp_path / "d.csv", by_hand({}, {}), NO_WORDS)
    text = (tmp_path / "d.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "d.csv").write_text("remark\n" * lines + text, encoding="utf-8")
    if found:
        assert [one.line for one in confirm.read(tmp_path / "d.csv")] == [lines + 2, lines + 3]
    else:
        assert "made by plan-monitor read" in findings(tmp_path / "d.csv")[0][2]


def test_lines_without_what_is_needed_are_passed_over_and_short_ones_read(tmp_path):
    confirm.write(tmp_path / "d.csv", by_hand({}), NO_WORDS)
    text = (tmp_path / "d.csv").read_text(encoding="utf-8-sig")
    start, *_ = text.splitlines()[1].split(",")
    short = text.splitlines()[1].replace(start, "70", 1).rstrip(",")
    (tmp_path / "d.csv").write_text(f"{text}{',' * 20}\n{short}\n", encoding="utf-8")
    assert [(one.start, one.line) for one in confirm.read(tmp_path / "d.csv")] == [(10, 2), (70, 4)]
