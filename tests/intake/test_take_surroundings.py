"""What stands around a table says what its figures are: of which document, time and place, promised or reached."""

import pandas as pd
import pytest

from plan_monitor.intake import take


def told(taken):
    """The figures, one a line; a target's kind and the year that it counts from behind it."""
    return [
        " ".join(
            part
            for part in (
                *(one.table[:3], one.indicator, one.region, one.period, one.value + one.unit),
                *(one.kind, one.base_period),
            )
            if part
        )
        for one in taken.figures
    ]


def years(taken):
    """Which periods are of actuals, of targets, and left."""
    actual, target = (
        [one.period for one in taken.figures if one.table == table] for table in ("observations", "targets")
    )
    return (
        " ".join(actual),
        " ".join(target),
        " ".join(one.place.rpartition(" ")[2][:4] for one in taken.left),
    )


YEARS = "指标,单位,{}\n小学,所,{}\n"


@pytest.mark.parametrize(
    ("above", "headed", "expected"),
    [
        # issued in 2022: what had passed by the year before was known, what was to come is promised
        (
            "镇江市“十四五”规划\n（2022年5月12日印发）",
            "2020 2021 2022 2023 2025",
            ("2020", "2023 2025", "2021 2022"),
        ),
        ("镇江市规划\n（2022年5月12日印发）", "2020 2021 2022 2023", ("2020", "2023", "2021 2022")),
        ("镇江市“十四五”规划完成情况\n（2022年5月12日印发）", "2020 2022 2025", ("2020", "", "2022 2025")),
        ("镇江市规划评估\n（2024年5月12日印发）", "2022 2023 2024", ("2022", "", "2023 2024")),
        # without a date the years of the plan tell: before them, and from the last on
        ("镇江市2021—2025年规划", "2019 2020 2021 2024 2025 2026", ("2019 2020", "2025 2026", "2021 2024")),
        ("镇江市2021—2025年规划回顾", "2020 2025", ("2020", "", "2025")),
        # no plan, and yet its years
        ("镇江市“十四五”主要指标", "2020 2021 2025", ("2020", "", "2021 2025")),
        ("镇江市主要指标", "2020 2021", ("2020 2021", "", "")),
    ],
)
def test_a_year_is_promised_or_reached_by_the_date_of_issue_and_the_plans_years(
    read, above, headed, expected
):
    columns = headed.split()
    text = f"{above}\n" + YEARS.format(
        ",".join(f"{year}年" for year in columns), ",".join("3" for _ in columns)
    )
    assert years(read(text)) == expected


def test_the_first_promised_year_may_be_said(read):
    text = "镇江市教育\n" + YEARS.format("2022年,2023年,2030年", "3,4,5")
    assert years(read(text, promised_from="2023")) == ("2022", "2023 2030", "")
    assert years(read(text, promised_from="2024")) == ("2022 2023", "2030", "")


def test_this_year_is_not_to_come(read):
    now = pd.Timestamp.now().year
    taken = read("镇江市教育\n" + YEARS.format(f"{now}年,{now + 1}年", "3,4"))
    assert years(taken) == (str(now), "", str(now + 1))


def test_a_document_is_told_by_the_lines_above_its_first_table(read):
    text = "表1 镇江市教育发展规划主要指标\n镇政发〔2021〕15号\n镇江市教育局\n2021年3月2日\n" + YEARS.format(
        "2025年目标", "5"
    )
    (document,) = read(f"{text}注：本表虚构。\n").documents
    assert document[:6] == (
        *("镇江市教育发展规划主要指标", "synthetic", "镇政发〔2021〕15号", "镇江市教育局", "2021-03-02", ""),
    )


def test_a_table_without_a_title_of_its_own_is_of_the_document_above_it(read):
    first = "镇江市“十四五”教育规划主要指标\n镇政发〔2021〕15号\n（2021年3月2日）\n" + YEARS.format(
        "2025年目标", "5"
    )
    text = f"{first}资料来源：镇江市教育局\n\n表2 续\n" + YEARS.format("2023年", "6")
    taken = read(f"{text}\n南京市卫生统计\n" + YEARS.format("2023年", "7"))
    assert told(taken) == [
        "tar 小学 镇江市 2025 5所 2020",
        "tar 小学 镇江市 2023 6所 2020",
        "obs 小学 南京市 2023 7所",
    ]
    assert [one.document for one in taken.figures] == ["镇江市“十四五”教育规划"] * 2 + ["南京市卫生统计"]
    assert taken.figures[0].locator.endswith(" · 主要指标")
    first, second = taken.documents
    assert first[2:6] == ("镇政发〔2021〕15号", "镇江市教育局", "2021-03-02", "2021/2025")
    assert second[1:6] == ("statistics", "", "", "", "")


def test_a_caption_names_the_document_of_its_own_table_alone(read):
    text = (
        "表1 镇江市教育\n" + YEARS.format("2023年", "5") + "\n表2 南京市教育\n" + YEARS.format("2023年", "6")
    )
    assert [(one.document, one.region) for one in read(text).figures] == [
        ("镇江市教育", "镇江市"),
        ("南京市教育", "南京市"),
    ]


def test_a_table_of_no_title_is_called_like_its_file(read):
    assert {one.document for one in read(YEARS.format("2023年", "5"), region="镇江市").figures} == {"t"}


@pytest.mark.parametrize(
    ("lines", "document", "region"),
    [
        ("数据库：年度数据\n", "国家统计局 年度数据", "全国"),
        ("数据库：分省年度数据\n地区：江苏省\n", "国家统计局 分省年度数据", "江苏省"),
        ("数据库：月度数据\n地区：江苏省\n地区：镇江市\n", "国家统计局 月度数据", "镇江市"),
    ],
)
def test_an_export_of_a_database_is_of_the_whole_country_unless_it_says_another_region(
    read, lines, document, region
):
    (figure,) = read(lines + YEARS.format("2023年", "5")).figures
    assert (figure.document, figure.region) == (document, region)


def test_lines_above_a_table_say_what_when_and_where_its_figures_are(read):
    text = "数据库：年度数据\n地区：镇江市\n时间：2023年\n指标：常住人口（万人）\n地区,数值\n镇江市,5\n"
    assert told(read(text)) == ["obs 常住人口 镇江市 2023 5万人"]


def test_several_units_of_a_table_are_told_apart(read):
    taken = read("镇江市\n单位：万人、%，所\n指标,2023年\n总人口,5\n小学,5所\n率,4%\n班级,4个\n")
    assert told(taken) == ["obs 小学 镇江市 2023 5所", "obs 率 镇江市 2023 4%"]
    assert [one.expected["zh"].partition("，")[0] for one in taken.left] == ["表的单位有 万人、%、所"] * 2


SUMS = "镇江市“十四五”规划\n指标,单位,2020年,2025年目标\n床位,张,5,（2）\n医生,人,5,[2]\n"


@pytest.mark.parametrize(
    ("note", "sums"),
    [
        ("括号内为五年累计数。", ["床位 · 累计", "医生 · 累计"]),
        ("方括号内为五年累计数；（）为备注。", ["医生 · 累计"]),
        ("中括号内为累计数。", ["医生 · 累计"]),
        ("（ ）内为累计数，[ ]内为年均数。", ["床位 · 累计", "医生 · 累计"]),
        ("（）内为累计数。[]内为年均数。", ["床位 · 累计"]),
        ("括号内为年均数。", []),
    ],
)
def test_a_note_says_which_brackets_hold_a_sum(read, note, sums):
    taken = read(f"{SUMS}注：{note}\n")
    assert [one.indicator for one in taken.figures if one.kind == "cumulative"] == sums
    assert len(taken.left) == 2 - len(sums)


def test_footnotes_go_with_the_figures_that_they_mark(read):
    text = "镇江市\n指标,单位,2023年①\n床位②,张,5*\n医生,人,5③\n护士[注1],人,6\n"
    taken = read(f"{text}注：①含民办；②为2021年数据。*初步数。\n")
    assert [(one.indicator, one.period, one.note_zh) for one in taken.figures] == [
        ("床位", "2021", "为2021年数据；含民办；初步数"),
        ("医生", "2023", "含民办；原表有标记 ③，未见说明"),
        ("护士", "2023", "含民办"),
    ]
    assert [one.as_printed for one in taken.figures] == ["5*", "5③", ""]


@pytest.mark.parametrize(
    ("headed", "cells", "expected"),
    [
        ("2021年,2023年,年均增长（%）", "3,4,5", ["小学 · 年均增长 镇江市 2022/2023 5%"]),
        ("2022年,同比增长（%）,2023年,同比增长（%）", "3,4,5,6", ["小学 · 同比增长 镇江市 2022 4%", "小学 · 同比增长 镇江市 2023 6%"]),
        ("2023年,比2022年增长（%）,比2020年增长（%）", "3,4,5", ["小学 · 比2022年增长 镇江市 2023 4%", "小学 · 比2020年增长 镇江市 2023 5%"]),
        ("2022年实际,增长（%）,2023年目标,增长（%）", "3,4,5,6", ["小学 · 增长 镇江市 2022 4%", "小学 · 增长 镇江市 2023 6% growth 2022"]),
        ("2023年总量,总量增长（%）", "3,4", ["小学 · 增长 镇江市 2023 4%"]),
    ],
)  # fmt: skip
def test_growth_is_of_the_column_before_it(read, headed, cells, expected):
    taken = read("镇江市\n" + YEARS.format(headed, cells))
    assert [line[4:] for line in told(taken) if "增长" in line] == expected
    assert not taken.left


def test_growth_over_three_years_headed_is_over_unknown_ones(read):
    taken = read("镇江市\n" + YEARS.format("2021年,2022年,2023年,年均增长（%）", "3,4,5,6"))
    assert len(taken.figures) == 3 and "哪些年的平均" in taken.left[0].expected["zh"]


def test_average_growth_and_sums_of_a_plan_are_over_its_years(read):
    taken = read(
        "镇江市“十四五”规划\n"
        + YEARS.format("2020年,2025年目标,年均增长（%）,2025年目标（年均增长%）", "3,4,5,7")
    )
    assert told(taken) == [
        "obs 小学 镇江市 2020 3所",
        "tar 小学 镇江市 2025 4所 2020",
        "tar 小学 · 年均增长 镇江市 2021/2025 5% growth 2020",
        "tar 小学 · 年均增长 镇江市 2021/2025 7% growth 2020",
    ]


def test_a_sum_up_to_the_year_before_a_plan_is_over_the_five_years_before_it(read):
    text = (
        "镇江市“十四五”规划\n"
        + YEARS.format("2020年,2025年目标,2022年目标", "[3],[4],[5]")
        + "注：[]内为五年累计数\n"
    )
    taken = read(text)
    assert told(taken) == [
        "obs 小学 镇江市 2016/2020 3所",
        "tar 小学 镇江市 2021/2025 4所 cumulative 2020",
    ]
    assert "哪些年的合计" in taken.left[0].expected["zh"]


def test_what_is_promised_a_year_is_growth_where_the_row_says_so(read):
    taken = read("镇江市“十四五”规划\n指标,年均\n生产总值增长（%）,3\n床位（张）,4\n")
    assert told(taken) == [
        "tar 生产总值增长 镇江市 2021/2025 3% growth 2020",
        "tar 床位 镇江市 2021/2025 4张 2020",
    ]


def test_a_figure_in_another_unit_than_the_catalogues_is_converted_and_noted(read):
    catalogue = pd.DataFrame({"name_zh": ["小学"], "aliases": ["小学校"], "unit": ["人"]})
    for name in ("小学", "小学校"):
        (figure,) = read(
            f"镇江市\n指标,单位,2023年,备注\n{name},万人,1.5,甲  乙\n", indicators=catalogue
        ).figures
        assert (figure.value, figure.unit, figure.as_printed) == ("15000", "人", "1.5 万人")
        assert figure.note_zh == "原表为 1.5 万人；甲 乙"


def test_nothing_is_empty_in_a_file_that_cannot_be_read(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "b.csv").write_text("镇江市\n指标,2022年,2023年\n小学（所）,,3\n", encoding="utf-8")
    taken = take.read([tmp_path / "a.pdf", tmp_path / "b.csv"])
    assert (len(taken.figures), taken.empty, len(taken.left)) == (1, 1, 1)


def test_any_line_above_a_table_may_tell_a_plan_or_a_review(read):
    assert years(read("镇江市规划\n" + YEARS.format("2022年", "3"), document="镇江市教育")) == (
        "",
        "",
        "2022",
    )
    assert years(read("镇江市教育\n" + YEARS.format("2022年", "3"), document="镇江市规划")) == (
        "",
        "",
        "2022",
    )
    plan = "镇江市2021—2025年规划\n{}" + YEARS.format("2025年", "3")
    assert years(read(plan.format(""))) == ("", "2025", "")
    assert years(read(plan.format("中期评估\n"))) == ("", "", "2025")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        *(
            ("（2021年5月12日印发）", "镇江市规划"),
            ("镇政发〔2021〕15号", "镇江市规划"),
            ("附件2：", "镇江市规划"),
        ),
        *(("截至2021年底", "镇江市规划"), ("红头文件", "镇江市规划")),
        ("2021年5月12日市政府", "镇江市规划"),
        ("2021年5月12日市政府令", "2021年5月12日市政府令"),  # too long for a date alone
        ("南京市教育", "南京市教育"),
    ],
)
def test_a_date_a_number_or_the_word_for_an_annex_is_no_title(read, line, title):
    (document,) = read(f"{line}\n镇江市规划\n" + YEARS.format("2025年目标", "3")).documents
    assert document.title == title


def test_a_table_of_no_figures_is_left_with_its_title(read):
    (left,) = read("镇江市2023年\n类别,小学,中学\n城市,甲,乙\n").left
    assert (left.place, left.value) == ("t.csv · 第2行", "镇江市2023年")
    assert left.expected["zh"] == "没有认出数字列"


def test_rows_without_a_heading_are_told_with_the_first_of_them(read):
    taken = read("\n镇江市,5\n镇江市,6\n指标,2023年\n小学（所）,3\n", region="镇江市")
    assert [(one.place, one.expected["zh"][:3]) for one in taken.left] == [("t.csv · 第2行", "2 行")]


def test_of_the_kinds_that_tables_of_a_document_tell_made_up_comes_first(read):
    text = "镇江市“十四五”教育规划\n" + YEARS.format("2025年目标", "5")
    more = "\n表2 续\n" + YEARS.format("2025年目标", "6")
    assert [one.type for one in read(text + more).documents] == ["plan"]
    assert [one.type for one in read(f"{text}{more}注：虚构\n").documents] == ["synthetic"]


def test_several_years_are_over_where_their_last_is(read):
    text = "镇江市2021—2025年规划\n" + YEARS.format("2016—2020年,2019—2021年,2021—2025年", "3,4,5")
    assert years(read(text)) == ("2016/2020", "2021/2025", "2019")
    now = pd.Timestamp.now().year
    text = "镇江市教育\n" + YEARS.format(f"{now - 1}—{now}年,{now}—{now + 1}年", "3,4")
    assert years(read(text)) == (f"{now - 1}/{now}", "", str(now))


def test_of_several_sources_or_databases_the_first_counts(read):
    text = "镇江市资料\n" + YEARS.format("2023年", "5")
    taken = read(f"{text}资料来源：镇江市教育局\n资料来源：《镇江年鉴》\n")
    assert [(one.title, one.issuer) for one in taken.documents] == [("镇江市资料", "镇江市教育局")]
    taken = read(f"{text}资料来源：《镇江年鉴》\n资料来源：镇江市教育局\n")
    assert [one.title for one in taken.documents] == ["镇江年鉴"]
    taken = read("数据库：年度数据\n数据库：月度数据\n" + YEARS.format("2023年", "5"))
    assert [one.title for one in taken.documents] == ["国家统计局 年度数据"]
