"""What a row of a table is about: its label with those above it, its place, time and unit; or why it is left."""

import openpyxl
import pandas as pd
import pytest

from plan_monitor.intake import take
from reportkit.language import using


def named(taken):
    return [(one.indicator, one.value + one.unit) for one in taken.figures]


def test_a_row_belongs_to_those_above_it_that_stand_less_deep(read):
    text = "镇江市\n指标,单位,2023年\n教育（万人）,,10\n　小学,,3\n　其中：城,,4\n　#乡,,2\n　高中,,1\n　　城,,5\n卫生,个,6\n#护士,,7\n"
    assert named(read(text)) == [
        *(("教育", "10万人"), ("教育 · 小学", "3万人"), ("教育 · 小学 · 城", "4万人")),
        *(("教育 · 小学 · 乡", "2万人"), ("教育 · 高中", "1万人"), ("教育 · 高中 · 城", "5万人")),
        *(("卫生", "6个"), ("卫生 · 护士", "7")),
    ]


def test_a_part_without_anything_above_it_stands_alone(read):
    text = "镇江市\n指标,单位,2023年\n其中：小学,所,3\n　城,所,4\n其中：初中,所,5\n"
    assert named(read(text)) == [("小学", "3所"), ("小学 · 城", "4所"), ("初中", "5所")]


def test_a_name_that_the_catalogue_knows_needs_none_of_those_above_it(read):
    catalogue = pd.DataFrame(
        {"name_zh": ["在校学生数", "教育 · 毛入园率", "毛入园率"], "aliases": "", "unit": ["人", "%", "%"]}
    )
    text = "镇江市\n指标,单位,2023年\n教育,,\n　在校学生数,人,350\n　毛入园率,%,95\n　巩固率,%,96\n"
    assert [name for name, _ in named(read(text, indicators=catalogue))] == [
        *("在校学生数", "教育 · 毛入园率", "教育 · 巩固率"),
    ]


@pytest.mark.parametrize(
    ("row", "figures", "said"),
    [
        ("合计,人,3", [], "不是一个指标"),
        (",人,3", [], "没有指标名"),
        ("初中（人）,万人,3", [], "单位是 人，“单位”列写的是 万人"),
        ("初中（万人）,万 人,3", [("初中", "3万人")], None),
        ("2、初中,人,3", [("初中", "3人")], None),
        ("（二）初中,人,3", [("初中", "3人")], None),
        ("③ 初中,人,3", [("初中", "3人")], None),
        ("2.5环内住户,户,3", [("2.5环内住户", "3户")], None),
    ],
)
def test_a_label_is_a_name_behind_its_number(read, row, figures, said):
    taken = read(f"镇江市\n指标,单位,2023年\n小学,所,5\n{row}\n")
    assert named(taken) == [("小学", "5所"), *figures]
    assert [said in one.expected["zh"] for one in taken.left] == [True] * (said is not None)


def test_the_regions_of_rows_are_read_without_their_numbers(read):
    text = "2023年镇江市\n地区,小学（人）\n全市,9\n1.句容市,3\n　其中：丹阳市,2\n北京市,4\n某地,5\n合计,7\n全省,8\n"
    taken = read(text)
    assert [(one.region, one.value) for one in taken.figures] == [
        *(("镇江市", "9"), ("句容市", "3"), ("丹阳市", "2"), ("北京市", "4")),
    ]
    assert [one.expected["zh"].partition("”")[0] for one in taken.left] == ["“某地", "“合计", "“全省"]


@pytest.mark.parametrize(
    ("word", "table"),
    [("目标", "targets"), ("目标值", "targets"), ("实际", "observations"), ("现状", "observations")],
)
def test_a_row_may_say_itself_whether_it_is_a_target(read, word, table):
    text = f"镇江市“十四五”规划\n指标,属性,目标/实际,2025年,备注\n小学（人）,约束性,{word},3,甲  乙\n"
    (figure,) = read(text).figures
    assert (figure.table, figure.note_zh) == (table, "甲 乙")
    assert (figure.attribute, figure.base_period) == (("binding", "2020") if table == "targets" else ("", ""))


def test_attributes_may_be_worded_longer(read):
    text = "镇江市“十四五”规划\n指标,属性,2025年\n小学（人）,约束性指标,3\n初中（人）,预期,4\n高中（人）,其他,5\n"
    assert [one.attribute for one in read(text).figures] == ["binding", "expected", ""]


def workbook(folder, rows, merged=(), name="附表1"):
    path, book = folder / "t.xlsx", openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    book.save(path)
    return path


def test_a_heading_between_rows_that_is_merged_sorts_them_and_names_nothing(tmp_path):
    rows = [
        ["镇江市"],
        ["指标", "单位", "2023年"],
        ["城镇"],
        ["小学", "所", 3],
        ["乡村", None, None],
        ["初中", "所", 4],
    ]
    taken = take.read([workbook(tmp_path, rows, ["A3:C3"])])
    assert [one.indicator for one in taken.figures] == ["小学", "初中"]


def test_what_is_merged_over_rows_is_said_of_each(tmp_path):
    rows = [
        ["镇江市"],
        ["地区", "指标", "2023年"],
        ["句容市", "小学（所）", 3],
        [None, "初中（所）", 4],
        ["丹阳市", "小学（所）", 5],
    ]
    taken = take.read([workbook(tmp_path, rows, ["A3:A4"])])
    assert [(one.region, one.indicator, one.locator) for one in taken.figures] == [
        ("句容市", "小学", "附表1!C3"),
        ("句容市", "初中", "附表1!C4"),
        ("丹阳市", "小学", "附表1!C5"),
    ]


@pytest.mark.parametrize(
    ("headed", "cells", "left"),
    [
        ("2023年,单位,2022年,单位", "3,所,4,所", ["2 个“单位”列", "2 个“单位”列"]),
        ("2023年,占比（%）,2023年位次", "3,4,5", ["不知道是什么数"] * 2),
        ("2023年,地区", "3,句容市", ["“地区”列在数的后面"]),
        ("2022年,2023年合计", "3,4", ["各年之和"]),
    ],
)
def test_a_column_that_may_mean_two_things_is_left(read, headed, cells, left):
    taken = read(f"镇江市\n指标,{headed}\n小学（所）,{cells}\n")
    assert [words in one.expected["zh"] for words, one in zip(left, taken.left, strict=True)] == [True] * len(
        left
    )


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("镇江市\n指标,2022年,2023年\n小学（所）,3,4\n", "每行为指标，每列为年份", "a row is an indicator, a column a year"),
        ("镇江市2023年\n地区,指标,数值\n句容市,小学（所）,3\n", "每行为指标、地区，每列为数值", "a row is an indicator and a region, a column the figure"),
        ("小学（所）\n年份,镇江市,南京市\n2022,3,4\n", "每行为时间，每列为地区", "a row is a time, a column a region"),
        ("2023年\n名,小学（所）\n句容市,3\n丹阳市,5\n某地,5\n", "每行为地区，每列为指标", "a row is a region, a column an indicator"),
        ("2023年\n名,数值\n句容市,3\n小学,5\n", "每行为指标，每列为数值", "a row is an indicator, a column the figure"),
        ("镇江市2023年\n类别,小学,中学\n城市,3,4\n", "没有认出数字列", "no column of figures was recognised"),
    ],
)  # fmt: skip
def test_it_is_told_what_rows_and_columns_are(read, text, zh, en):
    assert read(text).shapes[0].shape == {"zh": zh, "en": en}


def test_the_summary_names_each_table_and_three_places_of_a_reason(read):
    rows = "".join(f"合计{n},人,3\n" for n in range(4)).replace("合计", "合计,人,3\n合计")
    taken = read(f"镇江市2023年统计\n指标,单位,数值\n小学,所,5\n{rows}\n")
    with using("en"):
        english = take.summary(taken).splitlines()
    with using("zh"):
        chinese = take.summary(taken).splitlines()
    assert (
        chinese[1]
        == "  t.csv · 第2行“镇江市2023年统计”：每行为指标，每列为数值，5 个数，记入文件“镇江市2023年统计”"
    )
    assert english[1].startswith(
        "  t.csv · 第2行“镇江市2023年统计”: a row is an indicator, a column the figure, 5 figures"
    )
    assert chinese[3].startswith("  t.csv · 第4行、t.csv · 第6行、t.csv · 第8行 等 4 处：")
    assert english[3].startswith("  t.csv · 第4行, t.csv · 第6行, t.csv · 第8行 and 1 more: a total")
    assert chinese[-1] == "尚未写入；加 --write 才写入。"


def test_the_summary_of_what_was_written_counts_it_and_tells_conflicts():
    conflict = take.ledger.Conflict(
        "targets", "小学", "镇江市", "2025", "5 所", "t-1", "6 所", "t.csv · 第3行"
    )
    written = take.ledger.Written(1, 2, 3, 4, [conflict])
    taken = take.drafts.Taken(
        [], [], [take.drafts.Shape("t.csv", "t.csv", {"zh": "表", "en": "a table"}, "书", 0)], [], 7
    )
    with using("en"):
        assert take.summary(taken, written).splitlines() == [
            "Took 0 figures: 0 targets, 0 actuals; left 0 places; 7 cells are empty.",
            '  t.csv: a table, 0 figures, of the document "书"',
            "Wrote 1 documents, 2 targets, 3 actuals; 4 rows were there already, the same; 1 conflicts.",
            "  小学 · 镇江市 · 2025: there 5 所（t-1）, taken 6 所（t.csv · 第3行）; not written, expected one of them to be put right",
        ]
    with using("zh"):
        assert take.summary(taken, written).splitlines()[2:] == [
            "写入：文件 1 个，目标 2 行，实绩 3 行；已有且相同 4 行；冲突 1 处。",
            "  小学 · 镇江市 · 2025：已有 5 所（t-1），所取 6 所（t.csv · 第3行）；未写入，应核对后改其中一处",
        ]
    assert len(take.summary(taken).splitlines()) == 2
