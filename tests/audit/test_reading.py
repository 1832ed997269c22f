"""What a machine read, counted by hand: units alike, what is right, what was taken for what, what to check."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from plan_monitor.audit import reading, reading_first, reading_report
from reportkit import words
from reportkit.cited import unmarked
from reportkit.language import using
from reportkit.table import TABLE, unpack

FIELDS = {f"is_{name}": "right" for name in reading.FIELDS}


def figures(*changes):
    """Figures read right but for the changes, numbered, of one document."""
    rows = [
        {"row": f"r{n}", "document": "doc", "table": "targets", "found": True, **FIELDS} | change
        for n, change in enumerate(changes)
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("万台(套)", "万台"),
        ("套（间）", "套"),
        ("元/生", "元"),
        ("个县", "个"),
        ("个县市", "个"),
        ("个百分点", "百分点"),
        ("人", "名"),
        ("万人", "万名"),
        (None, ""),
    ],
)
def test_units_are_alike_without_what_persons_add(unit, expected):
    assert reading.plain(unit) == expected


def test_right_is_what_was_found_and_has_no_fault_in_the_five_fields():
    rows = figures(
        {},
        {"is_value": "wrong"},
        {"is_role": "wrong"},
        {"is_region": "wrong", "is_indicator": "new"},
        {"is_period": "open"},
        {"found": False},
    )
    assert reading.right(rows).tolist() == [True, False, False, True, True, False]
    assert reading.right(rows, reading.FIELDS).tolist() == [True, False, False, False, True, False]


def test_the_most_frequent_confusion_comes_first():
    wrong = {"is_unit": "wrong"}
    rows = figures(
        wrong | {"unit": "个", "read_unit": "人"},
        wrong | {"unit": "户", "read_unit": None},
        {"unit": "户", "read_unit": "户"},
        wrong | {"unit": "户", "read_unit": None},
    )
    found = reading.confused(rows, "unit")
    assert found.values.tolist() == [["", "户", ["r1", "r3"]], ["人", "个", ["r0"]]]


def test_documents_count_from_the_month_they_are_published_in_and_those_without_a_date_always():
    documents = pd.DataFrame({"id": ["a", "b", "c"], "issued": ["2024-03-31", "2024-04-01", None]})
    rows = pd.DataFrame({"document": ["a", "b", "c"]})
    package = SimpleNamespace(documents=documents)
    kept = {
        as_of: reading.selected(rows, package, "", as_of)["document"].tolist() for as_of in ("2024-03", "")
    }
    assert kept == {"2024-03": ["a", "c"], "": ["a", "b", "c"]}


def test_the_first_page_names_the_three_fields_that_are_most_often_wrong():
    wrong = [{"is_region": "wrong"}] * 4 + [{"is_indicator": "wrong", "is_value": "open"}] * 3
    rows = figures(*wrong, *[{"is_value": "wrong"}] * 2, {"is_unit": "wrong"}, {"found": False})
    rows.loc[rows.index[-1], list(FIELDS)] = None
    answer = unmarked(reading_first.answer(rows))
    assert answer == "文件里的 11 个数，机器读到 10 个，五项都读对 7 个。"
    facts = reading_first.facts(rows, rows[:0])
    assert [(fact.label[0], fact.figure, fact.word) for fact in facts[2:]] == [
        ("读错：地区", "4 个", "可比的 10 个中，不在五项内"),
        ("读错：指标", "3 个", "可比的 10 个中，不在五项内"),
        ("读错：数值", "2 个", "可比的 7 个中"),
    ]
    assert [(fact.label[0], fact.figure, fact.word) for fact in facts[:2]] == [
        ("读到", "91 %", "11 个数中"),
        ("五项都读对", "64 %", "数值、单位、时期、比较符、作用"),
    ]
    assert facts[0].ids == facts[1].ids == ["doc"]
    assert facts[2].ids == ["r0", "r1", "r2", "r3"]
    *_, more = reading_first.facts(rows, rows[:2])
    assert (more.label[0], more.figure, more.word, more.ids) == (
        *("机器另读出", "2 个", "人工没有录的数"),
        ["doc"],
    )
    with using("en"):
        assert reading_first.facts(rows, rows[:0])[2].word == "of 10, beside the five"
        assert [fact.word for fact in reading_first.facts(rows, rows[:0])[:2]] == [
            *("of 11 figures", "value, unit, period, sign, role"),
        ]
        (_, first, _) = reading_first.steps(rows, rows[:2])
        assert unmarked(first) == "When confirming a draft, check region, indicator and value first."
    told = [unmarked(one) for one in reading_first.steps(rows, rows[:2])]
    assert len(told) == 3 and "2 个数" in told[0] and "补录：这里是 1 个" in told[2]
    assert reading_first.steps(rows[:0], rows[:0]) == []


def test_of_fewer_than_ten_no_share_is_told():
    assert reading_report.share(9, 9) == words.NOTHING
    assert (reading_report.share(5, 10), reading_report.share(1, 16, 1)) == ("50 %", "6.3 %")


def test_a_figure_is_right_or_has_a_fault_or_is_missed():
    rows = figures({}, {"is_value": "wrong"}, {"found": False}, {"is_region": "wrong"})
    assert reading_report.outcome(rows).tolist() == ["right", "wrong", "missed", "right"]


def test_a_bar_is_of_a_document_of_ten_figures_and_the_title_has_both_ends(shown):
    documents = pd.DataFrame(
        {"id": ["a", "b", "c"], "name_zh": ["甲", "乙", "丙"], "name_en": ["A", "B", "C"]}
    )
    package = SimpleNamespace(documents=documents)
    ten = [{"document": "a"}] * 9 + [{"document": "a", "is_value": "wrong"}]
    eleven = [{"document": "b"}] * 9 + [{"document": "b", "is_value": "wrong"}] * 2
    reading_report.chart(figures(*ten, *eleven, *[{"document": "c", "found": False}] * 9), package)
    reading_report.chart(figures(*ten[1:]), package)
    both, none = (one["text/plain"] for one in shown)
    assert both.startswith("各文件五项都读对的占 82 %—90 %。") and "丙" not in both
    assert "没有十个数以上的文件" in none


def test_every_field_has_its_right_wrong_and_unmatched_figures(shown):
    changes = [{"is_region": "wrong"}] * 2 + [{"is_region": "open", "is_indicator": "new"}] + [{}] * 8
    reading_report.fields_table(figures(*changes, {"found": False}), ("表", "t"))
    cells = {row[0].text: [cell.text for cell in row[1:]] for row in unpack(shown[0][TABLE])}
    assert cells["地区"] == ["10", "8", "2", "0", "80.0 %"]
    assert cells["指标"] == ["11", "10", "0", "1", "90.9 %"]
    assert cells["数值"] == ["11", "11", "0", "0", "100.0 %"]


READ = {"t-1": ("target", "2025", ">=", 95.0, "%"), "t-3": ("target", "2025", "=", 26581.0, "元")}


def judged(package, row, field, coded=None, **read):
    """What is said of a field of a coded figure, some cells changed, by a reading that is right but for some."""
    role, period, comparator, value, unit = READ[row]
    targets = package.targets.astype(object)
    for name, cell in (coded or {}).items():
        targets.loc[targets["id"].eq(row), name] = cell
    target = targets.set_index("id").loc[row]
    one = {"document": "plan-1", "row": row, "role": role, "period": period, "comparator": comparator}
    one |= {"value": value, "unit": unit, "region": "532399", "indicator": target["indicator"]}
    readings = pd.DataFrame([one | read], columns=package.readings.columns)
    figures = reading.compared(replace(package, targets=targets, readings=readings))
    return figures.set_index("row").loc[row, field if field == "form" else f"is_{field}"]


@pytest.mark.parametrize(
    ("row", "field", "coded", "read", "verdict"),
    [
        ("t-1", "value", {}, {}, "right"),
        ("t-1", "value", {}, {"value": -95.0}, "right"),  # a dash read as a sign
        ("t-1", "value", {"value": -95.0}, {}, "right"),
        ("t-1", "value", {}, {"value": 95.1}, "wrong"),
        ("t-1", "unit", {"unit": None}, {}, "open"),
        ("t-1", "unit", {"unit": "套(间)"}, {"unit": "套间"}, "right"),
        ("t-1", "unit", {"unit": "套（间）"}, {"unit": "套"}, "right"),
        ("t-1", "unit", {"unit": "元/生"}, {"unit": "元"}, "right"),
        ("t-1", "unit", {"unit": "元/生/年"}, {"unit": "年"}, "wrong"),
        ("t-1", "unit", {"unit": "个县"}, {"unit": "个"}, "right"),
        ("t-1", "unit", {}, {"unit": "个"}, "wrong"),
        ("t-1", "unit", {}, {"unit": None}, "wrong"),
        ("t-1", "period", {}, {"period": "2021/2025"}, "right"),
        ("t-1", "period", {}, {"period": "2025/2026"}, "wrong"),
        ("t-1", "period", {}, {"period": None}, "wrong"),
        ("t-1", "period", {"period": None}, {}, "open"),
        ("t-1", "comparator", {}, {"comparator": "="}, "wrong"),
        ("t-1", "comparator", {"comparator": None}, {}, "open"),
        ("t-1", "role", {}, {"role": "observation"}, "wrong"),
        ("t-1", "role", {}, {"role": "investment"}, "wrong"),
        ("t-3", "role", {}, {"role": "investment"}, "right"),
        ("t-1", "role", {"unit": None}, {"role": "investment"}, "wrong"),
        ("t-1", "region", {}, {"region": "530000"}, "wrong"),
        ("t-1", "region", {"region": None}, {}, "open"),
        ("t-1", "indicator", {}, {"indicator": "retention-rate"}, "wrong"),
        ("t-1", "indicator", {}, {"indicator": None}, "new"),
        ("t-1", "form", {}, {}, "prose"),
        ("t-1", "form", {"reading": "realigned", "as_printed": "三成"}, {}, "shifted"),
        ("t-1", "form", {"reading": "derived"}, {}, "words"),
        ("t-1", "form", {"as_printed": "九成五"}, {}, "words"),
        ("t-1", "form", {"as_printed": "空白"}, {}, "prose"),
        ("t-1", "form", {"as_printed": "95%", "locator": "表2 · 第3行"}, {}, "table"),
        ("t-1", "form", {"locator": "任务第3列"}, {}, "table"),
        ("t-1", "form", {"locator": "第3行之后"}, {}, "prose"),
    ],
)
def test_each_field_of_a_reading_is_held_against_what_was_coded(package, row, field, coded, read, verdict):
    assert judged(package, row, field, coded, **read) == verdict


def test_of_two_readings_the_better_counts_wherever_it_stands(package):
    good = {"document": "plan-1", "row": "t-1", "role": "target", "period": "2025", "comparator": ">="}
    good |= {"value": 95.0, "unit": "%", "region": "532399", "indicator": "preschool-rate"}
    bad = good | {"unit": "个", "comparator": "="}
    for rows in ([good, bad], [bad, good]):
        readings = pd.DataFrame(rows, columns=package.readings.columns)
        figures = reading.compared(replace(package, readings=readings))
        (unit,) = figures.loc[figures["row"].eq("t-1"), "is_unit"]
        assert unit == "right"
        assert figures["row"].tolist() == ["t-1", "t-2", "t-3", "o-1", "o-3", "o-4"]
        assert figures["found"].sum() == 1
