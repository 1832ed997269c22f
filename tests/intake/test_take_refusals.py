"""What a table does not tell is not guessed: it is left, with its place and both readings."""

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.intake import take
from reportkit.language import using


def values(taken):
    return [
        (one.table[:3], one.indicator, one.region, one.period, one.value, one.unit) for one in taken.figures
    ]


PLAN = "镇江市“十四五”规划主要指标\n指标,单位,{}\n常住人口,万人,{}\n"


def test_a_year_between_base_and_end_of_a_plan_is_either(read):
    table = PLAN.format("2020年,2022年,2025年", "321,322,323")
    taken = read(table)
    assert [(one.table, one.period) for one in taken.figures] == [
        ("observations", "2020"),
        ("targets", "2025"),
    ]
    (left,) = taken.left
    assert left.place == "t.csv · 第3行 · 2022年"
    assert "实际" in left.expected["zh"] and "目标" in left.expected["zh"]
    told = read(table, promised_from="2022")
    assert [one.table for one in told.figures] == ["observations", "targets", "targets"]
    assert not told.left


def test_the_date_of_issue_tells_what_was_still_to_come(read):
    table = "（2021年5月12日印发）\n" + PLAN.format("2020年,2021年,2022年", "321,321.5,322")
    taken = read(table)
    assert [(one.table, one.period) for one in taken.figures] == [
        ("observations", "2020"),
        ("targets", "2022"),
    ]
    assert [one.place for one in taken.left] == ["t.csv · 第4行 · 2021年"]


def test_a_year_to_come_is_no_actual(read):
    taken = read("指标,地区,2020年,2095年\n常住人口（万人）,镇江市,321,330\n")
    assert [one.period for one in taken.figures] == ["2020"]
    assert "2095" in taken.left[0].expected["en"]


def test_an_estimate_is_either(read):
    taken = read(PLAN.format("2020年预计,2025年目标", "321,323"))
    assert [one.table for one in taken.figures] == ["targets"]
    assert "预计" in taken.left[0].expected["zh"]


@pytest.mark.parametrize("cell", ["[1.2]", "〔1.2〕", "（1.2）", "【1.2】"])
def test_brackets_mean_a_sum_only_where_the_table_says_so(read, cell):
    table = PLAN.format("2025年目标", cell)
    taken = read(table)
    assert not taken.figures
    assert "累计" in taken.left[0].expected["zh"] and "备注" in taken.left[0].expected["zh"]
    (figure,) = read(table + f"注：{cell[0]}{cell[-1]}内为五年累计数。\n").figures
    assert (figure.period, figure.value, figure.kind, figure.as_printed) == (
        "2021/2025",
        "1.2",
        "cumulative",
        cell,
    )
    assert figure.base_period == "2020"


def test_a_note_on_other_brackets_does_not_count(read):
    assert not read(PLAN.format("2025年目标", "(98)") + "注：[ ]内为五年累计数。\n").figures


def test_a_sum_over_years_of_what_has_a_level_is_a_change(read):
    taken = read(PLAN.format("2020年,2025年目标", "321,[2]") + "注：[ ]内为五年累计数。\n")
    assert [one.indicator for one in taken.figures] == ["常住人口", "常住人口 · 累计"]


def test_a_footnote_that_dates_a_figure_counts(read):
    taken = read(PLAN.format("2020年,2025年目标", "60.6*,65") + "注：带*的为2019年数据。\n")
    assert [(one.period, one.value) for one in taken.figures] == [("2019", "60.6"), ("2025", "65")]


def test_several_units_above_a_table(read):
    table = "2023年镇江市主要指标\n单位：万人、%\n指标,2023年\n常住人口,322\n城镇化率,80.6%\n"
    taken = read(table)
    assert values(taken) == [("obs", "城镇化率", "镇江市", "2023", "80.6", "%")]
    assert "万人" in taken.left[0].expected["zh"] and "%" in taken.left[0].expected["zh"]


def test_a_known_indicator_tells_which_unit(read, shipped):
    name = shipped.indicators.loc[shipped.indicators["unit"].eq("万人"), "name_zh"].iloc[0]
    taken = read(
        f"2023年楚雄州主要指标\n单位：万人、%\n指标,2023年\n{name},322\n",
        regions=shipped.regions,
        indicators=shipped.indicators,
    )
    assert values(taken) == [("obs", name, "楚雄州", "2023", "322", "万人")]


@pytest.mark.parametrize(
    ("cell", "said"), [("…", "最小单位"), ("无", "0"), ("95,5", "逗号"), ("90-95", "90")]
)
def test_cells_that_are_no_one_figure(read, cell, said):
    taken = read(PLAN.format("2025年目标", cell))
    assert not taken.figures
    assert said in taken.left[0].expected["zh"]


@pytest.mark.parametrize("cell", ["", "-", "—", "——", "/"])
def test_empty_cells_are_counted_and_nothing_else(read, cell):
    taken = read(PLAN.format("2020年,2025年目标", f"{cell},323"))
    assert len(taken.figures) == 1 and not taken.left and taken.empty == 1


def test_no_region_no_figure(read):
    table = "指标,2023年\n常住人口（万人）,322\n"
    assert "地区" in read(table).left[0].expected["zh"]
    assert values(read(table, region="镇江市")) == [("obs", "常住人口", "镇江市", "2023", "322", "万人")]


def test_a_total_over_regions_is_the_region_of_the_title_or_left(read):
    rows = "地区,常住人口（万人）\n丹阳市,99.4\n{},322\n"
    taken = read("2023年镇江市各县市人口\n" + rows.format("全市"))
    assert [one.region for one in taken.figures] == ["丹阳市", "镇江市"]
    for title, total in (("2023年各县市人口", "合计"), ("2023年镇江市各县市人口", "全省")):
        taken = read(f"{title}\n" + rows.format(total))
        assert [one.region for one in taken.figures] == ["丹阳市"]
        assert total in taken.left[0].expected["zh"]


def test_a_district_that_many_cities_have_is_that_of_the_title(read):
    taken = read("2023年南京市各区常住人口\n单位：万人\n区,常住人口\n鼓楼区,94.1\n玄武区,53.9\n市区,700\n")
    assert [one.region for one in taken.figures] == ["南京市鼓楼区", "玄武区"]
    assert "市区" in taken.left[0].expected["zh"]


def test_averages_over_years_that_nobody_names(read):
    table = "镇江市主要指标\n指标,单位,2023年,年均增长（%）\n地区生产总值,亿元,5264,6.1\n"
    taken = read(table)
    assert [one.indicator for one in taken.figures] == ["地区生产总值"]
    assert "2021—2025年年均增长" in taken.left[0].expected["zh"]
    named = read(table.replace("年均增长", "2021—2023年年均增长"))
    assert (named.figures[1].indicator, named.figures[1].period) == ("地区生产总值 · 年均增长", "2021/2023")


def test_a_target_without_a_year_is_of_the_plans_end_and_noted(read):
    (figure,) = read(PLAN.format("目标值", "323")).figures
    assert figure.period == "2025" and "规划期末" in figure.note_zh
    assert not read("指标,地区,目标值\n常住人口（万人）,镇江市,323\n").figures


def test_columns_that_say_nothing_are_left_whole(read):
    taken = read("镇江市主要指标\n指标,单位,2023年,分值,责任单位\n常住人口,万人,322,5,统计局\n")
    assert [one.value for one in taken.figures] == ["322"]
    assert [one.value for one in taken.left] == ["分值"]


def test_a_comma_in_a_number_that_separates_is_seen(read):
    taken = read("镇江市主要指标\n指标,2022年,2023年\n出生人口（人）,1,234,1300\n")
    assert not taken.figures
    assert "逗号" in taken.left[0].expected["zh"]


def test_several_tables_in_a_sheet_keep_their_own_units_and_notes(read):
    taken = read(
        "表1 2023年镇江市各县市人口\n单位：万人\n地区,常住人口,户籍人口\n丹阳市,99.4,80.1\n注：1.虚构。\n2.不含外来人口。\n\n"
        "表2 2023年镇江市各县市生产总值\n单位：亿元\n地区,地区生产总值\n丹阳市,1404.2\n资料来源：镇江市统计局\n"
    )
    assert values(taken) == [
        ("obs", "常住人口", "丹阳市", "2023", "99.4", "万人"),
        ("obs", "户籍人口", "丹阳市", "2023", "80.1", "万人"),
        ("obs", "地区生产总值", "丹阳市", "2023", "1404.2", "亿元"),
    ]
    assert [one.issuer for one in taken.documents] == ["", "镇江市统计局"]
    assert not taken.left


def test_rows_that_only_sort_are_no_part_of_a_name(read):
    taken = read(
        "镇江市“十四五”主要指标\n指标,单位,2025年目标\n一、经济发展,,\n1.地区生产总值,亿元,6000\n其中：第一产业,亿元,180\n"
        "二、社会发展,,\n　2.毛入园率,%,98\n居民人均可支配收入,元,\n　　城镇,元,75000\n　　农村,元,40000\n"
    )
    assert [one.indicator for one in taken.figures] == [
        *("地区生产总值", "地区生产总值 · 第一产业", "毛入园率"),
        *("居民人均可支配收入 · 城镇", "居民人均可支配收入 · 农村"),
    ]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "镇江市及各县市常住人口\n单位：万人\n年份,镇江市,丹阳市\n2020,321.04,98.93\n",
            [
                ("obs", "常住人口", "镇江市", "2020", "321.04", "万人"),
                ("obs", "常住人口", "丹阳市", "2020", "98.93", "万人"),
            ],
        ),
        (
            "镇江市“十四五”规划\n序号,指标,单位,基期值,目标值,\n,,,2020年,2023年,2025年\n1,床位数,张,5.6,6,6.5\n",
            [
                ("obs", "床位数", "镇江市", "2020", "5.6", "张"),
                ("tar", "床位数", "镇江市", "2023", "6", "张"),
                ("tar", "床位数", "镇江市", "2025", "6.5", "张"),
            ],
        ),
        (
            "镇江市教育事业基本情况（2023年）\n项目,学校数（所）,学生数（人）\n普通小学,110,170000\n合计,200,250000\n",
            [
                ("obs", "普通小学 · 学校数", "镇江市", "2023", "110", "所"),
                ("obs", "普通小学 · 学生数", "镇江市", "2023", "170000", "人"),
            ],
        ),
        (
            "2023年镇江市统计公报\n指　标,单位,绝对数,比上年增长（%）\n地区生产总值,亿元,5264.07,6.3\n",
            [
                ("obs", "地区生产总值", "镇江市", "2023", "5264.07", "亿元"),
                ("obs", "地区生产总值 · 比上年增长", "镇江市", "2023", "6.3", "%"),
            ],
        ),
        (
            "镇江市主要指标\n指标,2023年,2023年比2022年±%\n地区生产总值（亿元）,5264,6.3\n",
            [
                ("obs", "地区生产总值", "镇江市", "2023", "5264", "亿元"),
                ("obs", "地区生产总值 · 比上年增长", "镇江市", "2023", "6.3", "%"),
            ],
        ),
        (
            "镇江市第十四个五年规划主要指标\n指标,2020年,2025年\n常住人口（万人）,321,323\n",
            [
                ("obs", "常住人口", "镇江市", "2020", "321", "万人"),
                ("tar", "常住人口", "镇江市", "2025", "323", "万人"),
            ],
        ),
        (
            "indicator,region,period,value,unit\n常住人口,镇江市,2023-12,322.2,万人\n",
            [("obs", "常住人口", "镇江市", "2023-12", "322.2", "万人")],
        ),
        (
            "地区,年份,常住人口（万人）,城镇化率（%）\n丹阳市,2022,99.3,66\n",
            [
                ("obs", "常住人口", "丹阳市", "2022", "99.3", "万人"),
                ("obs", "城镇化率", "丹阳市", "2022", "66", "%"),
            ],
        ),
        (
            "镇江市各县市\n地区,常住人口（万人）,,地区生产总值（亿元）,\n,2022年,2023年,2022年,2023年\n丹阳市,99.3,99.4,1320,1404\n",
            [
                ("obs", "常住人口", "丹阳市", "2022", "99.3", "万人"),
                ("obs", "常住人口", "丹阳市", "2023", "99.4", "万人"),
                ("obs", "地区生产总值", "丹阳市", "2022", "1320", "亿元"),
                ("obs", "地区生产总值", "丹阳市", "2023", "1404", "亿元"),
            ],
        ),
        (
            "2023年主要指标\n指标,单位,镇江市,丹阳市\n常住人口,万人,322,99.4\n",
            [
                ("obs", "常住人口", "镇江市", "2023", "322", "万人"),
                ("obs", "常住人口", "丹阳市", "2023", "99.4", "万人"),
            ],
        ),
    ],
    ids=lambda one: one.split("\n")[0] if isinstance(one, str) else "",
)
def test_further_shapes(read, table, expected):
    assert values(read(table)) == expected


def test_what_a_workbook_hides_is_not_taken(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for line in (
        ["指标", "地区", "2022年", "2023年"],
        ["常住人口", "镇江市", 321, 322],
        ["毛入园率", "镇江市", 98, 99],
    ):
        sheet.append(line)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    secret = book.create_sheet("底稿")
    secret.append(["指标", "地区", "2023年"])
    secret.append(["出生人口", "镇江市", 1300])
    secret.sheet_state = "hidden"
    book.save(tmp_path / "h.xlsx")
    taken = take.read([tmp_path / "h.xlsx"])
    assert [(one.indicator, one.period) for one in taken.figures] == [("常住人口", "2023")]
    assert [one.place for one in taken.left] == ["Sheet!C1", "Sheet · 第3行", "底稿"]
    assert all("隐藏" in one.expected["zh"] for one in taken.left)


def test_a_formula_never_calculated_is_left_with_its_reason(tmp_path):
    book = openpyxl.Workbook()
    for line in (["指标", "地区", "2022年", "2023年"], ["常住人口", "镇江市", 321, "=C2+1"]):
        book.active.append(line)
    book.save(tmp_path / "f.xlsx")
    taken = take.read([tmp_path / "f.xlsx"])
    assert [one.value for one in taken.figures] == ["321"]
    assert [one.place for one in taken.left] == ["Sheet!D2"]


def test_a_percent_cell_is_what_it_shows(tmp_path):
    book = openpyxl.Workbook()
    for line in (
        ["指标", "单位", "地区", "2023年"],
        ["毛入园率", "%", "镇江市", 0.95],
        ["人口", "万人", "镇江市", 0.95],
    ):
        book.active.append(line)
    for cell in ("D2", "D3"):
        book.active[cell].number_format = "0%"
    book.save(tmp_path / "p.xlsx")
    taken = take.read([tmp_path / "p.xlsx"])
    assert [(one.indicator, one.value, one.unit) for one in taken.figures] == [("毛入园率", "95", "%")]
    assert "万人" in taken.left[0].expected["zh"] and "%" in taken.left[0].expected["zh"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.7", "PDF"),
        ("a.xlsx", b"%PDF-1.7", "PDF"),
        ("a.csv", b"%PDF-1.7", "PDF"),
        ("a.csv", b"", "没有表"),
        ("a.csv", b"\n,,\n", "没有表"),
        ("a.docx", b"hello", ""),
        ("a.xls", b"hello", ""),
        ("a.csv", bytes(range(128, 256)) * 9, "UTF-8"),
    ],
)
def test_a_file_that_is_no_table_is_one_line(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    taken = take.read([tmp_path / name])
    assert [one.place for one in taken.left] == [name] and not taken.figures
    line = take.summary(taken)
    assert line.startswith(f"{name}：") and said in line and "\n" not in line


def test_rows_without_a_heading_are_left(read):
    taken = read("丹阳市,99.3,99.4\n扬中市,31,32\n")
    assert not taken.figures
    assert taken.left[0].expected["en"].startswith("2 rows")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_summary_counts_and_groups(read, lang):
    taken = read(PLAN.format("2020年,2022年,2025年", "321,322,323") + "合计,,1,2,3\n")
    with using(lang):
        said = take.summary(taken)
    assert said.startswith(
        "取得 2 个数：目标 1 个，实绩 1 个；未取 2 处"
        if lang == "zh"
        else "Took 2 figures: 1 targets, 1 actuals; left 2"
    )
    assert "t.csv · 第3行 · 2022年" in said and "--write" in said


@pytest.mark.parametrize("first", ["1", ""])
def test_figures_that_look_like_years_are_figures(read, first):
    taken = read(
        f"镇江市主要指标\n序号,指标,单位,2020年,2023年\n{first},学校数,所,1998,2015\n{first},学生数,人,2001,2030\n"
    )
    assert [(one.indicator, one.period, one.value) for one in taken.figures] == [
        *(("学校数", "2020", "1998"), ("学校数", "2023", "2015")),
        *(("学生数", "2020", "2001"), ("学生数", "2023", "2030")),
    ]


numbers = st.one_of(
    st.decimals(min_value=-(10**6), max_value=10**9, places=2, allow_nan=False).map(lambda one: f"{one:f}"),
    st.integers(1900, 2099).map(str),  # counts that look like years
)


@given(st.lists(st.lists(numbers, min_size=3, max_size=3), min_size=1, max_size=5), st.booleans())
def test_figures_taken_are_the_figures_of_the_table(tmp_path_factory, grid, by_region):
    """Whatever the numbers, each comes back once, with its digits, under its own row and column."""
    names = (
        ["丹阳市", "扬中市", "句容市", "丹徒区", "京口区"]
        if by_region
        else ["常住人口", "户籍人口", "出生人口", "就业人口", "流动人口"]
    )
    head = "地区" if by_region else "指标"
    lines = [
        f"{head},2021年,2022年,2023年",
        *(",".join([name, *row]) for name, row in zip(names, grid, strict=False)),
    ]
    path = tmp_path_factory.mktemp("grid") / "t.csv"
    path.write_text("\n".join(["镇江市各县市常住人口", *lines]), encoding="utf-8")
    taken = take.read([path])
    found = [(one.region if by_region else one.indicator, one.period, one.value) for one in taken.figures]
    assert found == [
        (name, period, value)
        for name, row in zip(names, grid, strict=False)
        for period, value in zip(("2021", "2022", "2023"), row, strict=True)
    ]


def test_ten_thousands_are_counted_out_for_an_indicator_in_ones(read, shipped):
    """The unit of the table is written out, so nothing is guessed; the figure as printed is kept."""
    known = {"regions": shipped.regions, "indicators": shipped.indicators}
    (figure,) = read("2024年绍兴市主要指标\n单位：万人\n指标,2024年\n专任教师数,5.12\n", **known).figures
    assert (figure.value, figure.unit, figure.as_printed) == ("51200", "人", "5.12 万人")
    assert "原表为 5.12 万人" in figure.note_zh
    (figure,) = read("2024年绍兴市主要指标\n单位：户\n指标,2024年\n专任教师数,5.12\n", **known).figures
    assert (figure.value, figure.unit) == ("5.12", "户")  # another unit altogether: check says so
