"""Figures of tables: what headings, labels and the lines above say of each cell."""

import pytest

from plan_monitor.reading import draft, passages


def figures(text: str, columns: str, **given) -> list[tuple]:
    rows = draft.read(passages.read(text), **{"year": 2020, **given})
    return [tuple(row) for row in rows[columns.split()].itertuples(index=False)]


PLAN = "某县规划（2021—2025年）\n二、目标\n"


def test_years_over_columns_and_units_in_labels():
    text = PLAN + "指标\t2020年\t2025年\n毛入园率（%）\t85.2\t≥92\n在校生（万人）\t1.2\t1.5左右\n"
    assert figures(text, "indicator_zh value unit comparator period role") == [
        ("毛入园率", "85.2", "%", "=", "2020", "observation"),
        ("毛入园率", "92", "%", ">=", "2025", "target"),
        ("在校生", "1.2", "万人", "=", "2020", "observation"),
        ("在校生", "1.5", "万人", "about", "2025", "target"),
    ]


def test_a_column_of_units_and_one_of_kinds():
    text = (
        PLAN
        + "序号\t指标\t单位\t2020年\t2025年\t属性\n1\t巩固率\t%\t95\t97\t约束性\n2\t学校\t所\t120\t130\t预期性\n"
    )
    assert figures(text, "indicator_zh value unit attribute") == [
        ("巩固率", "95", "%", "约束性"),
        ("巩固率", "97", "%", "约束性"),
        ("学校", "120", "所", "预期性"),
        ("学校", "130", "所", "预期性"),
    ]


def test_a_heading_over_several_columns():
    text = PLAN + "指标\t小学\t\t初中\t\n\t2020年\t2025年\t2020年\t2025年\n班额\t45\t44\t50\t48\n"
    assert figures(text, "value period") == [("45", "2020"), ("44", "2025"), ("50", "2020"), ("48", "2025")]


@pytest.mark.parametrize("above", ["单位：万人", "表1 人口（单位：万人）"])
def test_the_unit_above(above):
    text = f"某县2020年统计公报\n{above}\n指标\t数值\n常住人口\t28.5\n"
    assert figures(text, "value unit unit_from") == [("28.5", "万人", "above")]


def test_growth_beside_levels():
    text = "某县2020年统计公报\n指标\t数值\t比上年增长（%）\n生产总值（亿元）\t120.5\t6.5\n其中：工业（亿元）\t60.1\t-2.3\n"
    assert figures(text, "value_signed unit kind base_period") == [
        ("120.5", "亿元", "level", ""),
        ("6.5", "%", "growth", "2019"),
        ("60.1", "亿元", "level", ""),
        ("-2.3", "%", "growth", "2019"),
    ]


def test_a_part_of_the_year_over_a_column():
    text = "某县2021年上半年经济运行情况\n指标\t6月\t1-6月累计\n用电量（亿千瓦时）\t2.1\t12.5\n"
    assert figures(text, "value period", year=2021) == [
        ("2.1", "2021-06"),
        ("12.5", "2021-01/2021-06"),
    ]


def test_what_is_missing_is_no_figure():
    text = PLAN + "指标\t2020年\t2025年\n巩固率（%）\t—\t97\n"
    assert figures(text, "value period") == [("97", "2025")]


def test_a_change_in_brackets_of_a_share_is_in_points():
    text = PLAN + "指标\t单位\t2020年\t2025年\t年均增长\n覆盖率\t%\t85\t90\t〔5〕\n"
    assert figures(text, "value unit")[-1] == ("5", "百分点")


def test_a_cell_of_sentences_is_read_as_sentences():
    text = (
        PLAN
        + "项目\t内容\n学校建设\t到2023年新建小学12所、初中5所，改扩建幼儿园30所，新增学位1.2万个以上。\n"
    )
    assert figures(text, "value unit period") == [
        ("12", "所", "2023"),
        ("5", "所", "2023"),
        ("30", "所", "2023"),
        ("1.2", "万个", "2023"),
    ]


def test_each_figure_stands_where_it_says():
    text = PLAN + "指标\t2020年\t2025年\n毛入园率（%）\t  85.2\t≥ 92\n"
    for start, value in figures(text, "start value"):
        assert text[start : start + len(value)] == value


def test_a_region_behind_the_number_of_its_row():
    text = "某县2020年统计公报\n序号\t地区\t人口（万人）\n1\t丹阳市\t98.5\n2\t句容市\t63.2\n"
    assert figures(text, "value region", region="镇江市") == [("98.5", "321181"), ("63.2", "321183")]


def test_a_region_in_each_row():
    text = "某县2020年统计公报\n地区\t人口（万人）\n丹阳市\t98.5\n句容市\t63.2\n"
    told = [("98.5", "321181", "人口"), ("63.2", "321183", "人口")]
    assert figures(text, "value region indicator_zh", region="镇江市") == told


def test_a_region_over_each_column():
    text = "某县2020年统计公报\n指标\t丹阳市\t句容市\n人口（万人）\t98.5\t63.2\n"
    told = [("98.5", "321181", "人口"), ("63.2", "321183", "人口")]
    assert figures(text, "value region indicator_zh", region="镇江市") == told


def test_thousands_apart_by_a_blank_or_a_wide_comma_are_one_number():
    text = "单位：人\n指标\t2022年\t2023年\n常住人口\t23 100\t21 000\n在校生\t1，250\t26 500以上\n"
    drafted = draft.read(passages.read(text), year=2023)
    assert drafted["value"].tolist() == ["23100", "21000", "1250", "26500"]
    assert drafted["comparator"].tolist() == ["=", "=", "=", ">="]
    assert drafted["quote"].iloc[-1].endswith("26500")


def test_a_heading_of_aims_over_its_base_year_aims_at_the_later_years_only():
    rows = [["指标", "目标值", ""], ["", "2020年", "2025年"], ["乡村绿化率（%）", "21.5", "24"]]
    text = "某县“十四五”绿化规划\n" + "\n".join("\t".join(row) for row in rows) + "\n"
    drafted = draft.read(passages.read(text))
    assert drafted["role"].tolist() == ["observation", "target"]


BULLETIN = "某县2020年统计公报\n"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        pytest.param(
            ["单位：万元", "指标|数值", "在校生（人）|12", "巩固率|95", "支出|5亿元"],
            ["12 人 row", "95 万元 above", "5 亿元 cell"],
            id="a cell before a row before the lines above",
        ),
        pytest.param(["指标|数值|位次", "巩固率|95|3"], ["95 % guess", "3 位 heading"], id="a rate, a rank"),
        pytest.param(
            ["指标|金额（万元）", "小学|12", "初中（亿元）|5"], ["12 万元 heading", "5 万元 heading"], id="a heading before a row"
        ),
        pytest.param(
            ["指标|单位|数值", "小学|所|12", "初中|—|5"], ["12 所 row", "5  "], id="a column of units"
        ),
        pytest.param(
            ["指标|数值", "一、学校（所）|", "小学|12", "初中|5", "二、学生（人）|", "小学|1200"],
            ["12 所 group", "5 所 group", "1200 人 group"],
            id="a row that heads others",
        ),
    ],
)  # fmt: skip
def test_what_tells_a_unit(lines, told):
    text = BULLETIN + "\n".join(lines).replace("|", "\t") + "\n"
    assert [" ".join(row) for row in figures(text, "value unit unit_from")] == told


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["指标|年份|数值", "小学|2018年|12", "小学|2019年|13"], ["2018 row", "2019 row"]),
        (["表1 2019年学校情况", "指标|数值", "小学|12"], ["2019 title"]),
        (["表1 2019年学校情况", "说明", "指标|数值", "小学|12"], ["2019 title"]),
        (["表1 2019年学校情况", "说明", "其他说明", "指标|数值", "小学|12"], ["2020 document"]),
        (["2019年学校情况（2018年修订）", "指标|数值", "小学|12"], ["2019 title"]),
        (["说明", f"表1 2019年{'学' * 32}", "指标|数值", "小学|12"], ["2019 title"]),
        (
            ["说明", f"表1 2019年{'学' * 33}", "指标|数值", "小学|12"],
            ["2020 document"],
        ),  # longer than a title
        (["指标|数值", "小学|12"], ["2020 title"]),  # that of the document
        (["指标|一季度|上半年", "产值|1|2"], ["2020Q1 heading", "2020H1 heading"]),
        (["指标|2016-2020年|2019年", "新建学校|25|5"], ["2016-2020 heading", "2019 heading"]),
        (["指标|小学（2018年末）", "数量|12"], ["2018 heading"]),
        # rows may be years, or be headed by one
        (["指标|小学（所）", "2018年|12", "2019|13"], ["2018 row", "2019 row"]),
        (["指标|小学（所）", "2016—2020年|12", "“十四五”末|13"], ["2016-2020 row", "2025 row"]),
        (["指标|小学（所）", "上半年|12", "1-8月|13"], ["2020H1 row", "2020-01/2020-08 row"]),
        (["指标|2018年|2019年", "2017年|1|2"], ["2018 heading", "2019 heading"]),
        (["年份|小学（所）", "2018年上半年|12", "2019年（预计）|13"], ["2018-01/2018-06 row", "2019 row"]),
        (["年份|小学（所）", "2018学年|12"], ["2018 row"]),
        (["指标|数值", "2018年|", "小学|12", "2019年|", "小学|13"], ["2018 row", "2019 row"]),
        (["指标|数值", "2018年|", "小学|12", "城区|", "小学|13"], ["2018 row", "2018 row"]),
        # and what is more than a time is a name
        (["指标|数值", "2018年新建|12", "比2018年增加|2", "十五|3"], ["2020 title"] * 3),
    ],
)
def test_what_tells_the_time_of_a_cell(lines, told):
    text = BULLETIN + "\n".join(lines).replace("|", "\t") + "\n"
    assert [" ".join(row) for row in figures(text, "period period_from")] == told


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        ("-5", "= -5"),
        ("−5", "= -5"),
        ("+5", "= 5"),
        ("(-5)", "= -5"),
        ("3-5", "= 3"),
        ("约9", "about 9"),
        ("≥9", ">= 9"),
        ("1,234.5", "= 1234.5"),
    ],
)
def test_the_sign_of_a_cell(cell, figure):
    text = f"{BULLETIN}指标\t数值\n变化\t{cell}\n"
    assert [" ".join(row) for row in figures(text, "comparator value_signed")] == [figure]


@pytest.mark.parametrize(
    ("lines", "columns", "told"),
    [
        # cells without a heading are figures too, and a row's empty cells make room for its others
        (["指标|数值", "小学|12|5"], "value unit", ["12 ", "5 "]),
        (["指标|数值|比上年", "小学||12|13"], "value kind", ["12 level", "13 growth"]),
        (["指标|数值|比上年", "小学||12|13|14"], "value kind", ["12 growth", "13 level", "14 level"]),
        # what stands in brackets is in points where the row is in %
        (["指标|2020年", "覆盖率（%）|〔5〕", "巩固率|〔5〕%"], "value unit", ["5 百分点", "5 %"]),
        (["指标|变化（%）", "覆盖率|〔5〕"], "value unit", ["5 %"]),
        (["指标|数值", "甲|A-5", "乙|(-5)", "丙|约-5", "丁|+5"], "value_signed", ["5", "-5", "5", "5"]),
        # a heading over several columns, each with a part of its own
        (
            ["指标|小学|初中||高中", "|2019年|2019年|2020年|2020年", "班额|45|44|43|42"],
            "value period indicator_zh",
            ["45 2019 班额小学", "44 2019 班额初中", "43 2020 班额初中", "42 2020 班额高中"],
        ),
        (["序号|指标|数值", "1|小学|12", "2|初中|13"], "value indicator_zh", ["12 小学", "13 初中"]),
        # a row without a label is of what its columns are of
        (["指标|小学|初中", "|12|13"], "value indicator_zh", ["12 小学", "13 初中"]),
        # but the last line of a heading is of one column each
        (
            ["指标|2018年||2019年", "班额|45|44|43"],
            "value period period_from",
            ["45 2018 heading", "44 2020 title", "43 2019 heading"],
        ),
        (["项目|2019年|位次", "小学（所）|12|3"], "value unit kind", ["12 所 level", "3 位 rank"]),
        (
            ["指标|增长|数值", "小学（所）|3|12"],
            "value unit unit_from kind base_period",
            ["3 % heading growth 2019", "12 所 row level "],
        ),
    ],
)
def test_what_headings_and_rows_say_of_a_cell(lines, columns, told):
    text = BULLETIN + "\n".join(lines).replace("|", "\t") + "\n"
    assert [" ".join(row) for row in figures(text, columns)] == told


@pytest.mark.parametrize(
    ("words", "name"), [(17, "学校"), (18, "写" * 18 + "新建学校")]
)  # 24 characters with 新建学校12所
def test_a_longer_cell_is_read_as_a_sentence(words, name):
    text = f"{BULLETIN}指标\t数值\n学校\t{'写' * words}新建学校12所\n班额\t45\n"
    assert figures(text, "indicator_zh value")[0] == (name, "12")


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["指标|小学（所）|初中（所）", "2018年|12|5"], ["小学", "初中"]),
        (["年份|小学（所）", "2018年|12"], ["小学"]),
        (["表1 学校情况", "指标|数值", "2018年|12"], ["表1学校情况"]),
        (["指标|小学（所）", "2018年新建|12"], ["2018年新建小学"]),
    ],
)
def test_a_row_of_a_year_is_of_what_its_columns_are_of(lines, names):
    text = BULLETIN + "\n".join(lines).replace("|", "\t") + "\n"
    assert [name for (name,) in figures(text, "indicator_zh")] == names


def test_rows_of_years_look_back_and_ahead():
    text = f"{PLAN}指标\t毛入园率（%）\n2020年\t85\n2025年\t92\n"
    assert figures(text, "quote period role") == [
        ("2020年 | 毛入园率（%） | =85", "2020", "observation"),
        ("2025年 | 毛入园率（%） | =92", "2025", "target"),
    ]


def test_marks_before_a_label_are_no_part_of_it_and_remarks_no_figures():
    text = f"{BULLETIN}指标\t数值（所）\t备注\n#小学\t12\t见附表3\n＃初中\t5\t\n"
    assert figures(text, "indicator_zh value") == [("小学", "12"), ("初中", "5")]


def test_an_empty_row_of_a_table_is_passed_over():
    *before, table = passages.read(f"{BULLETIN}指标\t数值（所）\n小学\t12\n初中\t5\n")
    blank = [cell._replace(text="") for cell in table.rows[1]]
    rows = [table.rows[0], table.rows[1], blank, table.rows[2]]
    assert draft.read([*before, table._replace(rows=rows)])["value"].tolist() == ["12", "5"]


def test_a_cell_alone_in_its_row_heads_those_below_and_is_no_figure():
    *before, table = passages.read(f"{BULLETIN}指标\t数值\n小学\t12\n初中\t5\n")
    for text, unit in (("二、学校（所）", "所"), ("12", "")):
        alone = [table.rows[1][0]._replace(text=""), table.rows[1][1]._replace(text=text)]
        rows = [table.rows[0], alone, *table.rows[1:]]
        drafted = draft.read([*before, table._replace(rows=rows)])
        assert drafted[["value", "unit"]].to_numpy().tolist() == [["12", unit], ["5", unit]]
