"""The form that goes round: what is asked of whom, what comes back, and what becomes of it."""

import csv
import io
import shutil
import zipfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor import load
from plan_monitor.data.checksums import changed
from plan_monitor.data.package import check
from plan_monitor.forms import summary
from plan_monitor.forms.ask import ask
from plan_monitor.forms.collect import collect, write
from plan_monitor.forms.layout import ANSWERED, COLUMNS
from plan_monitor.intake import rows
from plan_monitor.methods import promises
from plan_monitor.report import asked as asked_for
from plan_monitor.settle.defaults import document_id
from reportkit.findings import DataError
from reportkit.language import using

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 29)
AS_OF = "2026-11"
ANSWER = {"figure": "95.6", "period": "2025", "source": "2025年某县教育统计公报", "locator": "表1"}
PLACE = {name: number for number, name in enumerate(COLUMNS, start=1)}


def asked(folder: Path, **options) -> list[Path]:
    """The forms of a package, beside it."""
    return ask(folder, folder.parent / "forms", AS_OF, asked=DAY, **options).forms


def table(book: openpyxl.Workbook) -> openpyxl.worksheet.worksheet.Worksheet:
    """The sheet with the cells to fill in."""
    return book.worksheets[1]


def row_of(sheet, target: str) -> int:
    """The row of a target."""
    return next(number for number in range(1, sheet.max_row + 1) if sheet.cell(number, 1).value == target)


def filled(form: Path, replies: dict[str, dict[str, str]], name: str = "back.xlsx", who: str = "") -> Path:
    """A form filled in as a person does, saved under another name: what each target's row is told."""
    book = openpyxl.load_workbook(form)
    sheet = table(book)
    sheet["B2"] = who or None
    for target, cells in replies.items():
        row = row_of(sheet, target)
        for column, text in cells.items():
            sheet.cell(row, PLACE[column]).value = text
    path = form.with_name(name)
    book.save(path)
    return path


def as_rows(workbook: Path) -> list[list[str]]:
    """The texts of a form's table."""
    sheet = table(openpyxl.load_workbook(workbook))
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def as_csv(workbook: Path) -> Path:
    """A form as a spreadsheet exports its table."""
    text = io.StringIO()
    csv.writer(text).writerows(as_rows(workbook))
    path = workbook.with_suffix(".csv")
    path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    return path


def as_ods(workbook: Path) -> Path:
    """A form as an OpenDocument spreadsheet."""
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            if cell
            else "<table:table-cell/>"
            for cell in row
        )
        + "</table:table-row>"
        for row in as_rows(workbook)
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="填报表">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = workbook.with_suffix(".ods")
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", content)
    return path


def state(folder: Path, target: str) -> str:
    """State of a promise."""
    return promises.judge(load(folder), AS_OF).set_index("id").at[target, "state"]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def expectations(collected, lang: str = "zh") -> dict[tuple[int | None, str | None], str]:
    return {(found.row, found.column): found.expected[lang] for found in collected.findings}


@pytest.fixture
def county(folder):
    """The small package, whose plan has an issuer; two of its promises of 2025 have no figure after 2020."""
    documents = folder / "documents.csv"
    text = documents.read_text(encoding="utf-8")
    documents.write_text(
        text.replace("Education plan of a county,,", "Education plan of a county,,某县人民政府"),
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def form(county):
    """The only form of the small package."""
    (path,) = asked(county)
    return path


def test_asked_for_is_what_is_due_without_a_figure(county, form):
    sheet = table(openpyxl.load_workbook(form))
    keys = [sheet.cell(row, 1).value for row in range(5, sheet.max_row + 1)]
    assert keys == [
        None,
        "t-1",
        "t-2",
        "t-3",
    ]  # of t-1 the last figure is of 2023; the first row names the document
    assert "某县教育规划" in sheet.cell(5, 2).value
    told_of = {name: sheet.cell(row_of(sheet, "t-3"), place).value for name, place in PLACE.items()}
    assert told_of["indicator"] == "农民收入"
    assert told_of["promised"] == "26,581 元"
    assert told_of["due"] == "2025"
    assert told_of["latest"] == "12,861 元（2020）"
    assert [told_of[name] for name in ANSWERED] == [None] * len(ANSWERED)
    requests = load(county).requests
    assert requests["target"].tolist() == ["t-1", "t-2", "t-3"]
    assert set(requests["asked_of"]) == {"某县人民政府"}
    assert set(requests["state"]) == {"asked"}


def test_only_the_cells_of_the_answer_can_be_changed(form):
    sheet = table(openpyxl.load_workbook(form))
    assert sheet.protection.sheet
    assert not sheet.protection.password
    row = row_of(sheet, "t-2")
    open_cells = {name for name, place in PLACE.items() if not sheet.cell(row, place).protection.locked}
    assert open_cells == set(ANSWERED)
    assert not sheet["B2"].protection.locked
    assert {sheet.cell(row, PLACE[name]).number_format for name in ANSWERED} == {"@"}
    (warned,) = [rule for rule in sheet.data_validations.dataValidation if rule.type == "custom"]
    assert warned.errorStyle == "warning"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_form_says_until_when_and_to_whom(county, lang):
    with using(lang):
        (path,) = asked(county, by="2026-12-31", reply="张三 0878-1234567")
    texts = [
        str(cell.value) for row in openpyxl.load_workbook(path).worksheets[0] for cell in row if cell.value
    ]
    told_of = "\n".join(texts)
    for part in ("2026-12-31", "张三 0878-1234567", "某县人民政府", "3 项" if lang == "zh" else "3 promises"):
        assert part in told_of


def test_a_form_that_may_be_filled_in_is_never_overwritten(county, form):
    before = form.read_bytes()
    with pytest.raises(DataError) as caught:
        asked(county)
    assert [found.file for found in caught.value.findings] == [str(form)]
    assert form.read_bytes() == before


def test_nothing_due_asks_nobody(county):
    before = bytes_of(county)
    assert ask(county, county.parent / "forms", "2024-12", asked=DAY).forms == []
    assert not (county.parent / "forms").exists()
    assert bytes_of(county) == before


def test_a_package_without_the_table_says_so(county):
    path = county / "datapackage.yaml"
    descriptor = yaml.safe_load(path.read_text(encoding="utf-8"))
    descriptor["resources"] = [one for one in descriptor["resources"] if one["name"] != "requests"]
    path.write_text(yaml.safe_dump(descriptor, allow_unicode=True), encoding="utf-8")
    assert check(county) == []
    with pytest.raises(DataError) as caught:
        asked(county)
    assert caught.value.findings[0].column == "requests"


@pytest.mark.parametrize("exported", [lambda path: path, as_csv, as_ods], ids=["xlsx", "csv", "ods"])
def test_an_answer_settles_its_promise(county, form, exported):
    reply = {
        "t-2": ANSWER | {"figure": "≥ 98.9％", "period": "2025年"},
        "t-3": {"reason": "未单独统计", "remark": "2027年起有"},
    }
    back = exported(filled(form, reply, who="教体局 李四"))
    assert state(county, "t-2") == "overdue"
    collected = collect(county, [back], when=DAY)
    assert collected.findings == []
    assert state(county, "t-2") == "overdue"  # nothing was written
    write(collected)
    assert check(county) == []
    package = load(county)
    figure = package.observations.iloc[-1]
    assert (figure["comparator"], figure["value"], figure["unit"], figure["period"]) == (
        ">=",
        98.9,
        "%",
        "2025",
    )
    assert (figure["quality"], figure["locator"]) == ("B", "表1")
    assert "教体局 李四" in figure["note_zh"]
    source = package.documents.set_index("id").loc[figure["document"]]
    assert source["title_zh"] == ANSWER["source"]
    assert state(county, "t-2") == "kept"
    requests = package.requests.set_index("target")
    assert requests.loc["t-2", ["state", "answered", "who", "observation"]].tolist() == [
        "answered",
        "2026-11-29",
        "教体局 李四",
        figure["id"],
    ]
    assert requests.loc["t-3", ["state", "reason_zh", "note_zh"]].tolist() == [
        "refused",
        "未单独统计",
        "2027年起有",
    ]


def test_who_stands_in_the_form_else_is_told_else_is_the_file(county, form):
    reply = {"t-2": ANSWER}
    named, unnamed = filled(form, reply, "a.xlsx", who="李四"), filled(form, reply, "教体局.xlsx")
    assert collect(county, [named], who="王五", when=DAY).answered[0].who == "李四"
    assert collect(county, [unnamed], who="王五", when=DAY).answered[0].who == "王五"
    assert collect(county, [unnamed], when=DAY).answered[0].who == "教体局"


def test_the_same_answer_twice_changes_nothing(county, form):
    back = filled(form, {"t-2": ANSWER, "t-3": {"reason": "未单独统计"}})
    assert write(collect(county, [back], when=DAY))
    before = bytes_of(county)
    again = collect(
        county, [back, filled(form, {"t-2": ANSWER | {"figure": "95.60"}}, "b.xlsx")], when=date(2026, 12, 5)
    )
    assert (again.answered, again.refused, again.same) == ([], [], 3)
    assert write(again) == []
    assert bytes_of(county) == before


def test_a_source_that_the_package_has_is_not_added_again(county, form):
    back = filled(form, {"t-2": ANSWER | {"source": "《某县统计公报》"}})
    collected = collect(county, [back], when=DAY)
    assert collected.sources == []
    assert collected.answered[0].document == "bulletin-1"


WRONG_CELLS = [
    ("t-2", {"figure": "95,5"}, "实绩", "可读作"),
    ("t-2", {"figure": "98人"}, "实绩", "应以“%”为单位"),
    ("t-2", {"figure": "101"}, "实绩", "取值范围"),
    ("t-3", {"figure": "2.7万元"}, "实绩", "应以“元”为单位"),
    ("t-3", {"figure": "95%"}, "实绩", "应以“元”为单位"),
    ("t-2", {"figure": ""}, "实绩", "应填数字"),
    ("t-2", {"period": ""}, "时期", "应填这个数字的时期"),
    ("t-2", {"period": "2027"}, "时期", "尚未结束"),
    ("t-2", {"period": "2025.1"}, "时期", "2025-10"),
    ("t-2", {"source": ""}, "出处（文件标题）", "应填出处"),
    ("t-2", {"source": "无"}, "出处（文件标题）", "应填出处"),
    ("t-2", {"reason": "没有统计"}, "不能提供的原因", "应只填其一"),
    ("t-2", {"figure": "没有"}, "不能提供的原因", "应写明不能提供的原因"),
]


def test_a_cell_that_cannot_be_taken_is_one_finding(county, form):
    for target, cells, column, zh in WRONG_CELLS:
        back = filled(form, {target: ANSWER | cells})
        collected = collect(county, [back], when=DAY)
        row = row_of(table(openpyxl.load_workbook(back)), target)
        found = expectations(collected)
        assert list(found) == [(row, column)]
        assert zh in found[row, column]
        assert collected.left_out == ["back.xlsx"]
        assert write(collected) == []


def test_a_dash_where_a_cell_does_not_apply_is_no_answer(county, form):
    replies = {
        "t-2": ANSWER | {"reason": "无", "remark": "/"},
        "t-3": {"figure": "/", "period": "—", "reason": "未单独统计"},
    }
    collected = collect(county, [filled(form, replies)], when=DAY)
    assert collected.findings == []
    assert [answer.value for answer in collected.answered] == ["95.6"]
    assert [answer.reason for answer in collected.refused] == ["未单独统计"]


def test_a_changed_promise_is_a_finding(county, form):
    for column in ("indicator", "region", "promised", "due", "unit"):
        collected = collect(county, [filled(form, {"t-2": ANSWER | {column: "别的"}})], when=DAY)
        (found,) = collected.findings
        assert found.column == COLUMNS[column][0]
        assert "此格不应改动" in found.expected["zh"]


def test_a_row_with_another_key_or_twice_is_a_finding(county, form):
    other = collect(county, [filled(form, {"t-2": ANSWER | {"target": "t-9"}})], when=DAY)
    assert [found.value for found in other.findings] == ["t-9"]
    twice = collect(county, [filled(form, {"t-3": ANSWER | {"target": "t-2"}})], when=DAY)
    assert "重复" in twice.findings[0].expected["zh"]


def test_a_form_of_another_package_and_a_file_that_is_no_form(county, form, tmp_path):
    book = openpyxl.load_workbook(form)
    line = next(row for row in range(1, 5) if table(book).cell(row, 1).value == "表单")
    table(book).cell(line, 2).value = "other-county · 1.0.0 · 2026-11-29 · 2026-11"
    book.save(form.with_name("other.xlsx"))
    (tmp_path / "list.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    files = [form.with_name("other.xlsx"), tmp_path / "list.csv", tmp_path / "broken.xlsx"]
    collected = collect(county, files, when=DAY)
    assert collected.left_out == ["other.xlsx", "list.csv", "broken.xlsx"]
    assert len(collected.findings) == 3


def test_a_file_with_findings_is_left_out_whole_and_others_are_merged(county, form):
    bad = filled(form, {"t-2": ANSWER, "t-3": ANSWER | {"figure": "很多"}}, "bad.xlsx")
    good = filled(form, {"t-3": ANSWER | {"figure": "25000 元"}}, "good.xlsx")
    collected = collect(county, [bad, good], when=DAY)
    assert collected.left_out == ["bad.xlsx"]
    write(collected)
    requests = load(county).requests.set_index("target")["state"]
    assert requests.to_dict() == {"t-1": "asked", "t-2": "asked", "t-3": "answered"}


def test_two_forms_that_differ_are_shown_and_neither_is_merged(county, form):
    one = filled(form, {"t-2": ANSWER, "t-3": ANSWER | {"figure": "25000"}}, "one.xlsx")
    two = filled(form, {"t-2": ANSWER | {"figure": "96"}}, "two.xlsx")
    collected = collect(county, [one, two], when=DAY)
    (conflict,) = collected.conflicts
    assert (conflict.target, conflict.period) == ("t-2", "2025")
    assert [(side.answer.file, side.value) for side in conflict.sides] == [
        ("one.xlsx", "95.6"),
        ("two.xlsx", "96"),
    ]
    assert [answer.target for answer in collected.answered] == ["t-3"]
    write(collected)
    assert state(county, "t-2") == "overdue"


def test_a_stored_figure_is_never_overwritten(county, form):
    write(collect(county, [filled(form, {"t-2": ANSWER})], when=DAY))
    before = bytes_of(county)
    collected = collect(county, [filled(form, {"t-2": ANSWER | {"figure": "96"}}, "b.xlsx")], when=DAY)
    (conflict,) = collected.conflicts
    assert [side.value for side in conflict.sides] == ["95.6", "96"]
    assert write(collected) == []
    assert bytes_of(county) == before
    for lang in ("zh", "en"):
        with using(lang):
            lines = "\n".join(summary(collected, load(county)))
        for part in ("95.6 %", "96 %", "b.xlsx", ANSWER["source"]):
            assert part in lines


def test_a_figure_and_a_reason_for_one_promise_differ(county, form):
    one, two = (
        filled(form, {"t-2": ANSWER}, "one.xlsx"),
        filled(form, {"t-2": {"reason": "未统计"}}, "two.xlsx"),
    )
    assert len(collect(county, [one, two], when=DAY).conflicts) == 1
    write(collect(county, [one], when=DAY))
    late = collect(county, [two], when=DAY)
    assert (len(late.conflicts), late.refused) == (1, [])


def test_a_figure_may_follow_a_reason(county, form):
    write(collect(county, [filled(form, {"t-2": {"reason": "未统计"}}, "one.xlsx")], when=DAY))
    write(collect(county, [filled(form, {"t-2": ANSWER}, "two.xlsx")], when=DAY))
    request = load(county).requests.set_index("target").loc["t-2"]
    assert (request["state"], request["reason_zh"]) == ("answered", "未统计")


def test_a_figure_of_another_time_is_taken_and_said_to_settle_nothing(county, form):
    collected = collect(county, [filled(form, {"t-2": ANSWER | {"period": "2026-10"}})], when=DAY)
    ((answer, left),) = collected.unjudged
    assert (answer.target, left) == ("t-2", "after_due")
    assert "仅有期后数字" in "\n".join(summary(collected, load(county)))


def test_a_remark_alone_is_no_answer_and_is_shown(county, form):
    collected = collect(county, [filled(form, {"t-2": {"remark": "正在统计"}})], when=DAY)
    assert collected.findings == []
    assert write(collected) == []
    assert "正在统计" in "\n".join(summary(collected, load(county)))


def test_what_would_make_the_package_wrong_is_not_merged(county, form):
    before = bytes_of(county)
    with pytest.raises(DataError):
        collect(county, [filled(form, {"t-2": ANSWER | {"locator": "<b>表1</b>"}})], when=DAY)
    assert bytes_of(county) == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize(("separator", "line_end"), [(",", "\n"), (",", "\r\n"), (";", "\r\n"), ("\t", "\n")])
def test_a_table_keeps_its_encoding_separator_and_line_ends(tmp_path, encoding, separator, line_end):
    path = tmp_path / "requests.csv"
    lines = [
        separator.join(cells) for cells in (["id", "who", "note_zh"], ["a", '"李 四"', "甲"], ["b", "", "乙"])
    ]
    path.write_bytes(line_end.join([*lines, ""]).encode(encoding))
    before = path.read_bytes()
    assert rows.put(path, []) == before
    assert rows.put(path, [{"id": "a", "note_zh": "甲"}]) == before
    added = rows.put(path, [{"id": "c", "note_zh": "丙", "unknown": "x"}])
    assert added.startswith(before)
    assert added.decode(encoding).lstrip("\ufeff").split(line_end)[3] == separator.join(["c", "", "丙"])
    changed = rows.put(path, [{"id": "b", "who": "王五"}]).decode(encoding).lstrip("\ufeff").split(line_end)
    assert changed == [
        lines[0],
        separator.join(["a", "李 四", "甲"]),
        separator.join(["b", "王五", "乙"]),
        "",
    ]


@given(
    st.lists(
        st.tuples(*[st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=8)] * 2),
        max_size=5,
    )
)
def test_rows_put_into_a_table_are_read_back(tmp_path_factory, texts):
    path = tmp_path_factory.getbasetemp() / "put.csv"
    path.write_bytes("id,who,note_zh\r\na,甲,乙".encode("utf-8-sig"))
    new = [{"id": f"n{number}", "who": who, "note_zh": note} for number, (who, note) in enumerate(texts)]
    path.write_bytes(rows.put(path, new))
    with path.open(encoding="utf-8-sig", newline="") as file:
        there = list(csv.DictReader(file))
    assert there == [{"id": "a", "who": "甲", "note_zh": "乙"}, *new]
    assert rows.put(path, new) == path.read_bytes()


def test_shipped_promises_are_asked_for_answered_and_judged(tmp_path, shipped):
    folder = tmp_path / "data"
    shutil.copytree(shipped.path, folder)
    forms = asked(folder)
    issuers = shipped.documents.set_index("id")["issuer"]
    requests = load(folder).requests
    targets = shipped.targets.set_index("id").loc[requests["target"]]
    assert len(forms) == targets["document"].map(issuers).nunique()
    education = next(path for path in forms if path.name.startswith("楚雄州人民政府-"))
    total = {"period": "2021—2025年", "source": "2025年楚雄州教育事业统计公报", "locator": "表2"}
    rate = total | {"period": "2025年底", "locator": "表1"}
    replies = {
        "edu-145-130": rate | {"figure": "95.6%"},  # ≥ 95 % of children in kindergarten
        "edu-145-138": rate | {"figure": "3.2 万人"},  # 3.5 from 2.92 in 2020
        "edu-145-184": total | {"figure": "64"},  # new kindergartens, over five years
        "edu-145-125": {"reason": "没有此项统计"},
    }
    collected = collect(folder, [filled(education, replies)], when=DAY)
    assert (collected.findings, collected.unjudged) == ([], [])
    write(collected)
    assert changed(folder) == changed(shipped.path)  # recorded checksums follow
    assert state(folder, "edu-145-130") == "achieved"
    assert state(folder, "edu-145-138") == "lagging"
    assert state(folder, "edu-145-184") == "achieved"
    assert state(folder, "edu-145-125") == "overdue"


def test_a_sum_over_years_is_not_taken_for_one_of_them(tmp_path, shipped):
    folder = tmp_path / "data"
    shutil.copytree(shipped.path, folder)
    education = next(path for path in asked(folder) if path.name.startswith("楚雄州人民政府-"))
    collected = collect(folder, [filled(education, {"edu-145-184": ANSWER | {"figure": "64"}})], when=DAY)
    (found,) = collected.findings
    assert found.column == "时期"
    assert "2021/2025" in found.expected["zh"]
    assert "2025 的" in found.expected["zh"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_overview_says_how_many_were_asked_and_what_came_back(county, form, shown, lang):
    write(collect(county, [filled(form, {"t-2": ANSWER, "t-3": {"reason": "未单独统计"}})], when=DAY))
    package = load(county)
    with using(lang):
        asked_for.replies(promises.judge(package, AS_OF), package)
    said, reasons = (bundle["text/plain"] for bundle in shown)
    assert ("3 项" in said and "已答复 1 项" in said) if lang == "zh" else "3 promises: answered 1" in said
    assert "未单独统计" in reasons


def test_the_overview_says_nothing_where_nobody_was_asked(county, shown):
    package = load(county)
    asked_for.replies(promises.judge(package, AS_OF), package)
    assert shown == []


@pytest.mark.parametrize(
    ("option", "text"), [("--as-of", "nonsense"), ("--by", "soon"), ("--by", "2026-02-30")]
)
def test_an_option_that_is_no_time_is_a_finding(county, option, text):
    with pytest.raises(DataError) as error:
        ask(county, county.parent / "forms", **({"as_of": AS_OF} | {option[2:].replace("-", "_"): text}))
    (finding,) = error.value.findings
    assert (finding.file, finding.value) == (option, text)
    assert not (county.parent / "forms").exists()


def test_a_source_told_by_a_form_is_a_document_as_any_title_makes_it(county, form):
    back = filled(form, {"t-2": ANSWER | {"source": "《某县教育统计（虚构）》"}})
    write(collect(county, [back], when=DAY))
    documents = load(county).documents.set_index("title_zh")
    made = documents.loc["某县教育统计（虚构）"]
    assert (made["id"], made["type"]) == (document_id("某县教育统计（虚构）"), "synthetic")
    assert made["title_en"] == "某县教育统计（虚构） (Chinese only)"
