"""What the figures of a table are held against: totals of columns and rows, rises, growth and series."""

import pytest

from plan_monitor.reading import checks, draft, passages


def found(rows, *rules):
    """The words of the checks of some rules, without where they stand; rows are lines, cells are words."""
    lines = ["某市规划", "", "泵站任务表", "单位:个", *("\t".join(row.split()) for row in rows)]
    made = checks.candidates(draft.read(passages.read("\n".join([*lines, ""])), year=2020, until=2025))
    return [one.text_zh.rpartition("（")[0] for one in made.itertuples() if one.rule in rules]


COUNTIES = ("县区 2022年 2023年", "甲县 3 4", "乙县 5 7")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([*COUNTIES, "合计 8 11"], ["相符：3 个 + 5 个 = 8 = 8 个", "相符：4 个 + 7 个 = 11 = 11 个"]),
        (["县区 2022年 2023年", "全市 8 11", *COUNTIES[1:]], ["相符：3 个 + 5 个 = 8 = 8 个", "相符：4 个 + 7 个 = 11 = 11 个"]),
        # where half of the columns add up, the others are wrong; where none does, its rows are no parts
        ([*COUNTIES, "合计 9 11"], ["不符：3 个 + 5 个 = 8 = 9 个", "相符：4 个 + 7 个 = 11 = 11 个"]),
        ([*COUNTIES, "合计 9 13"], []),
        # but where all nearly do
        (
            ["县区 2022年 2023年", "甲县 30 40", "乙县 50 70", "合计 88 121"],
            ["不符：30 个 + 50 个 = 80 = 88 个", "不符：40 个 + 70 个 = 110 = 121 个"],
        ),
        (["县区 2022年 2023年", "甲县 30 40", "乙县 50 70", "合计 89 121"], []),
        (["县区 2022年 2023年", "全国 30 40", *COUNTIES[1:], "合计 8 11"], []),
        (["县区 2022年 2023年", "甲县 3 4", "合计 8 11"], []),
        (["县区 2022年 2023年", "甲县 8 11", "合计 8 11"], []),  # one row is no sum
        (  # two rows of one name are two
            ["县区 2022年 2023年", "甲县 3 4", "甲县 5 7", "合计 8 11"],
            ["相符：3 个 + 5 个 = 8 = 8 个", "相符：4 个 + 7 个 = 11 = 11 个"],
        ),
        (
            ["县区 2022年 2023年", "甲县 3 4", "其中：城区 1 2", "乙县 5 7", "合计 8 11"],
            ["相符：3 个 + 5 个 = 8 = 8 个", "相符：4 个 + 7 个 = 11 = 11 个"],
        ),
        (
            ["县区 2022年 2023年", "甲县 3 4", "乙县 5 7", "小计 8 11", "丙县 2 4", "丁县 6 9", "小计 8 13", "合计 16 24"],
            [
                *("相符：3 个 + 5 个 = 8 = 8 个", "相符：4 个 + 7 个 = 11 = 11 个"),
                *("相符：2 个 + 6 个 = 8 = 8 个", "相符：4 个 + 9 个 = 13 = 13 个"),
                *("相符：8 个 + 8 个 = 16 = 16 个", "相符：11 个 + 13 个 = 24 = 24 个"),
            ],
        ),
    ],
)  # fmt: skip
def test_columns_and_the_row_of_their_totals(rows, expected):
    assert found(rows, "column") == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            ["县区 城区 乡村 合计", "甲县 3 4 7", "乙县 5 7 12"],
            ["相符：3 个 + 4 个 = 7 = 7 个", "相符：5 个 + 7 个 = 12 = 12 个"],
        ),
        (
            ["县区 城区 乡村 合计", "甲县 3 4 8", "乙县 5 7 12"],
            ["不符：3 个 + 4 个 = 7 = 8 个", "相符：5 个 + 7 个 = 12 = 12 个"],
        ),
        (["县区 城区 乡村 合计", "甲县 3 4 8", "乙县 5 7 14"], []),
        (["县区 城区 合计", "甲县 3 7", "乙县 5 12"], []),
        (["县区 城区 合计", "甲县 7 7", "乙县 12 12"], []),
        (
            ["县区 城区（人） 中心 乡村 合计", "甲县 9 3 4 7", "乙县 9 5 7 12"],
            ["相符：3 个 + 4 个 = 7 = 7 个", "相符：5 个 + 7 个 = 12 = 12 个"],
        ),
        (
            ["县区 城区 其中：中心 乡村 合计", "甲县 3 1 4 7", "乙县 5 2 7 12"],
            ["相符：3 个 + 4 个 = 7 = 7 个", "相符：5 个 + 7 个 = 12 = 12 个"],
        ),
    ],
)
def test_rows_and_the_cell_of_their_total(rows, expected):
    assert found(rows, "row") == expected


@pytest.mark.parametrize(
    ("first", "last", "rise", "expected"),
    [
        (120, 150, "比2015年增加 30", "150 个 - 120 个 = 30 = 30 个"),
        (120, 150, "比2015年增长（%） 25", "(150 个 ÷ 120 个 - 1) × 100 = 25 = 25 %"),
        (150, 120, "比2015年减少 30", "150 个 - 120 个 = 30 = 30 个"),
        (150, 120, "比“十二五”末下降 30", "150 个 - 120 个 = 30 = 30 个"),
        (150, 120, "比2014年下降 30", None),  # of which the table has no row
        (150, 120, "比2020年下降 30", None),
    ],
)
def test_a_row_of_rises(first, last, rise, expected):
    made = found(["指标 供水量", f"2015年 {first}", f"2020年 {last}", rise], "rise")
    assert made == ([f"相符：{expected}"] if expected else [])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            ["指标 2015年 2020年 年均增长(%)", "供水量 120 150 4.6"],
            ["相符：((150 个 ÷ 120 个) ** (1 ÷ (2020 - 2015)) - 1) × 100 = 4.56396 = 4.6 %"],
        ),
        (
            ["指标 2015年 2020年 增长(%)", "供水量 120 150 26"],
            ["不符：(150 个 ÷ 120 个 - 1) × 100 = 25 = 26 %"],
        ),
        (["指标 2015年 增长(%)", "供水量 120 25"], []),
        (
            ["指标 2015年 2020年 比上年(%)", "供水量 120 150 26"],
            [],
        ),  # of the years between the table is silent
        (["指标 2015年 2020年 增长(%)", "供水量 0 150 25"], []),
    ],
)
def test_a_column_of_growth(rows, expected):
    assert found(rows, "growth") == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("120 130 125", ["不符：min(130 个 - 120 个, 125 个 - 130 个) = -5 ≥ 0"]),
        ("120 115 118", ["不符：min(115 个 - 118 个, 120 个 - 115 个) = -3 ≥ 0"]),
        ("100 150 160", ["相符：min(150 个 - 100 个, 160 个 - 150 个) = 10 ≥ 0"]),
        ("160 150 140", ["相符：min(150 个 - 140 个, 160 个 - 150 个) = 10 ≥ 0"]),
        ("120 130 120", []),  # which ends where it began
        ("120 130", []),
    ],
)
def test_a_series_does_not_turn_back(values, expected):
    years = " ".join(f"{2021 + place}年" for place in range(len(values.split())))
    assert found([f"指标 {years}", f"供水量 {values}"], "series") == expected


def test_a_series_is_of_one_column_by_its_words_without_the_year():
    columns = " ".join(f"{name} . ." for name in ("城区", "乡村")), " ".join(["2021年 2022年 2023年"] * 2)
    rows = [f"指标 {columns[0]}", f". {columns[1]}", "供水量 1 2 4 9 7 3"]
    lines = [
        "某市规划",
        "",
        "泵站任务表",
        "单位:个",
        *(row.replace(" ", "\t").replace(".", "") for row in rows),
    ]
    made = checks.candidates(draft.read(passages.read("\n".join([*lines, ""])), year=2020, until=2025))
    assert [one.text_zh.rpartition("（")[0] for one in made.itertuples() if one.rule == "series"] == [
        "相符：min(2 个 - 1 个, 4 个 - 2 个) = 1 ≥ 0",
        "相符：min(7 个 - 3 个, 9 个 - 7 个) = 2 ≥ 0",
    ]


def test_a_subtotal_is_that_of_the_rows_since_the_one_before():
    groups = [row for at in (1, 2, 3) for row in (f"甲{at}县 {at} 4", f"乙{at}县 5 7", f"小计 {at + 5} 11")]
    made = found(["县区 2022年 2023年", *groups, "合计 21 33"], "column")
    assert made[::2] == [
        *(f"相符：{at} 个 + 5 个 = {at + 5} = {at + 5} 个" for at in (1, 2, 3)),
        "相符：6 个 + 7 个 + 8 个 = 21 = 21 个",
    ]
    assert len(made) == 8


def test_cells_of_one_table_are_not_held_against_each_other():
    rows = ["县区 2025年", "新建标准化学校 30", "改造 5", "新建标准化学校 40"]
    assert found(rows, "twice") == []
