"""A machine's reading held against what persons coded: a made-up package with faults put in on purpose."""

import shutil

import pytest

from plan_monitor import load
from plan_monitor.audit import reading, reading_report
from reportkit import language
from reportkit.table import TABLE, unpack
from traces import sources

COLUMNS = "document,start,digest,role,indicator_zh,indicator,region,period,comparator,value,unit,kind,locator,decision,row,note_zh,note_en"
# right; wrong in comparator and role; not a row of the package
READINGS = [
    "plan-1,10,aaaaaaaaaaaa,target,学前毛入园率,preschool-rate,532399,2021/2025,>=,95,%,level,第二章,no,t-1,,",
    "plan-1,20,aaaaaaaaaaaa,observation,巩固率,,532399,2025,>=,98,%,level,第二章,no,t-2,单位取自栏名,unit from the column's heading",
    "plan-1,30,aaaaaaaaaaaa,observation,学前毛入园率,retention-rate,530000,2020,=,91,个,level,第一章,no,o-1,,",
    "plan-1,40,aaaaaaaaaaaa,target,电话,,532399,2025,=,110,,level,附则,no,,电话号码,a telephone number",
]


@pytest.fixture(scope="module")
def package(small_package, tmp_path_factory):
    folder = shutil.copytree(small_package, tmp_path_factory.mktemp("with-readings") / "data")
    (folder / "readings.csv").write_text("\n".join([COLUMNS, *READINGS]) + "\n", encoding="utf-8")
    return load(folder)


@pytest.fixture
def figures(package):
    return reading.compared(package)


def cells(bundle):
    return [[cell.text for cell in row] for row in unpack(bundle[TABLE])]


def verdicts(figures, row):
    one = figures.set_index("row").loc[row]
    return {name: one[f"is_{name}"] for name in reading.FIELDS}


def test_every_coded_figure_of_the_documents_that_were_read_is_there_once(figures):
    assert sorted(figures["row"]) == ["o-1", "o-3", "o-4", "t-1", "t-2", "t-3"]  # o-2 is of another document
    assert sorted(figures.loc[figures["found"], "row"]) == ["o-1", "t-1", "t-2"]


def test_a_figure_read_right_may_name_the_years_of_the_plan_for_their_last(figures):
    assert set(verdicts(figures, "t-1").values()) == {"right"}


def test_what_is_wrong_is_told_field_by_field(figures):
    of_target, of_actual = verdicts(figures, "t-2"), verdicts(figures, "o-1")
    assert {name for name, one in of_target.items() if one == "wrong"} == {"comparator", "role"}
    assert of_target["indicator"] == "new"
    assert {name for name, one in of_actual.items() if one == "wrong"} == {"unit", "region", "indicator"}
    assert figures.loc[reading.right(figures), "row"].tolist() == ["t-1"]


def test_nothing_is_said_of_a_figure_that_was_not_found(figures):
    missed = figures[~figures["found"]]
    assert missed[[f"is_{name}" for name in reading.FIELDS]].isna().all(axis=None)


def test_what_was_taken_for_what(figures):
    pair = reading.confused(figures, "role").iloc[0]
    assert (pair["read"], pair["coded"], pair["rows"]) == ("observation", "target", ["t-2"])


@pytest.mark.parametrize(
    ("reading_of", "printed", "form"),
    [
        ("worded", "", "words"),
        ("printed", "三成", "words"),
        ("printed", "≥95%", "prose"),
        ("counted", "", "words"),
    ],
)
def test_what_stands_in_words_is_told_apart(folder, reading_of, printed, form):
    (folder / "readings.csv").write_text("\n".join([COLUMNS, *READINGS]) + "\n", encoding="utf-8")
    text = (folder / "targets.csv").read_text(encoding="utf-8")
    row = text.splitlines()[1]
    changed = row.replace(",printed,,", f",{reading_of},{printed},")
    (folder / "targets.csv").write_text(text.replace(row, changed), encoding="utf-8")
    figures = reading.compared(load(folder)).set_index("row")
    assert figures.loc["t-1", "form"] == form


@pytest.mark.parametrize(
    ("locator", "form"), [("第二章主要指标表 · 第1行 · 2025年列", "table"), ("第二章 · 表述", "prose")]
)
def test_a_place_in_a_table_is_told_apart(folder, locator, form):
    (folder / "readings.csv").write_text("\n".join([COLUMNS, *READINGS]) + "\n", encoding="utf-8")
    text = (folder / "targets.csv").read_text(encoding="utf-8").replace("第二章", locator, 1)
    (folder / "targets.csv").write_text(text, encoding="utf-8")
    assert reading.compared(load(folder)).set_index("row").loc["t-1", "form"] == form


def test_several_readings_of_one_row_count_once_and_by_the_best(folder):
    again = READINGS[0].replace(",10,", ",50,").replace(">=,95", "=,95")
    (folder / "readings.csv").write_text("\n".join([COLUMNS, *READINGS, again]) + "\n", encoding="utf-8")
    figures = reading.compared(load(folder))
    assert figures["row"].tolist().count("t-1") == 1
    assert verdicts(figures, "t-1")["comparator"] == "right"


def test_the_number_of_projects_and_their_cost_are_two_figures(folder):
    project = "p-1,plan-1,532399,2021/2025,某项目,A programme,12,3.5,,第四章,,\n"
    path = folder / "projects.csv"
    path.write_text(path.read_text(encoding="utf-8") + project, encoding="utf-8")
    cost = "plan-1,60,aaaaaaaaaaaa,investment,投资,,532399,2021/2025,=,3.5,亿元,level,第四章,no,p-1,,"
    (folder / "readings.csv").write_text("\n".join([COLUMNS, cost]) + "\n", encoding="utf-8")
    figures = reading.compared(load(folder))
    found = figures[figures["row"].eq("p-1")].set_index("value")["found"]
    assert found.to_dict() == {12.0: False, 3.5: True}


def test_rows_of_a_region_and_of_documents_that_are_out(package, figures):
    assert reading.selected(figures, package, as_of="2021-04").empty  # the plan is of May
    assert len(reading.selected(figures, package, as_of="2021-05")) == 6
    assert len(reading.selected(figures, package, region="某县")) == 6
    assert len(reading.selected(figures, package, region="某省")) == 6
    assert len(reading.selected(reading.unlinked(package), package, region="某县")) == 1


def test_the_shipped_readings_are_of_rows_at_their_places(shipped):
    figures = reading.compared(shipped)
    found = figures[figures["found"]]
    assert len(found) > 800
    assert found["is_value"].eq("right").mean() > 0.99  # the same place, so the same number


def test_tables_tell_counts_and_where_they_come_from(figures, package, shown):
    more = reading.unlinked(package)
    reading_report.documents_table(figures, more, package, ("按文件", "by document"))
    text = shown[-1]["text/plain"]
    assert "| 某县教育规划 | 6" in text and "| 合计" in text
    assert set(sources(shown[-1])[0]["人工录入"]) == {"o-1", "o-3", "o-4", "t-1", "t-2", "t-3"}
    reading_report.unlinked_table(more, package, ("只有机器读到的", "only read"))
    assert cells(shown[-1]) == [["某县教育规划", "110", "“电话”", "附则", "电话号码"]]
    reading_report.missed_table(figures, package, ("没有读到的", "missed"))
    assert [row[1] for row in cells(shown[-1])] == ["26,581 元", "98.88 %", "12,861 元"]


def test_tables_count_what_was_found_and_read_right_by_form_field_and_unit(figures, shown):
    """Three of six were found, one of them right; shares of fewer than ten say nothing."""
    reading_report.forms_table(figures, ("样子", "forms"))
    assert cells(shown[-1])[-1] == ["合计", "6", "3", "–", "1", "–", "1"]
    reading_report.fields_table(figures, ("一项一项", "field by field"))
    by_field = {row[0]: row[1:5] for row in cells(shown[-1])}
    assert by_field["数值"] == ["3", "3", "0", "0"]
    assert by_field["单位"] == ["3", "2", "1", "0"]
    assert by_field["指标"] == ["3", "1", "1", "1"]
    reading_report.units_table(figures, ("单位", "units"))
    told = [row[:3] for row in cells(shown[-1])]
    assert told == [["紧跟在数字后面", "2", "1"], ["单位取自栏名", "1", "1"]]
    assert reading_report.share(1, 10) == "10 %" and reading_report.share(1, 9) == "–"


def test_a_chart_is_of_documents_of_ten_figures_or_more(figures, package, shown):
    reading_report.chart(figures, package)
    assert shown[-1]["text/plain"] == "**没有十个数以上的文件**：无数据。"
    many = figures.loc[figures.index.repeat(2)][:10]  # t-1 twice is right in two of ten
    reading_report.chart(many.assign(document="plan-1"), package)
    right = int(reading.right(many).sum())
    assert shown[-1]["text/plain"].startswith(f"各文件五项都读对的占 {10 * right} %。")


def test_english_tables_have_no_chinese_words(figures, package, shown):
    with language.using("en"):
        reading_report.fields_table(figures, ("一项一项", "field by field"))
        reading_report.confusions_table(figures, package, ("错读", "faults"))
        reading_report.forms_table(figures, ("样子", "forms"))
        reading_report.units_table(figures, ("单位", "units"))
    text = "".join(bundle["text/plain"] for bundle in shown)
    assert not any("一" <= sign <= "鿿" for sign in text)
    assert "unit from the column's heading" in text
