"""The shapes of tables that people have, figure by figure; each as a text file and as a workbook."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from plan_monitor.intake import take

SHAPES = Path(__file__).parent / "shapes"


def workbook(source, path, merged=()):
    """A sample as a workbook: numbers as numbers, blanks before a label as indentation, headings merged."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "附表1"
    for row, line in enumerate(csv.reader(source.open(encoding="utf-8")), start=1):
        for column, text in enumerate(line, start=1):
            if not text:
                continue
            cell = sheet.cell(row, column)
            number = text.replace(".", "", 1).removeprefix("-")
            whole, _, decimals = text.partition(".")
            if number.isdigit() and text not in ("2020", "2025"):
                cell.value = float(text) if decimals else int(whole)
                cell.number_format = "0." + "0" * len(decimals) if decimals else "0"
            else:
                cell.value = text.lstrip("　")
                cell.alignment = openpyxl.styles.Alignment(indent=len(text) - len(text.lstrip("　")))
    for area in merged:
        sheet.merge_cells(area)
    book.save(path)
    return path


def short(taken):
    """What the figures are, without where they stand."""
    return [
        (f.table[:3], f.indicator, f.region, f.period, f.comparator, f.value, f.unit, f.kind, f.attribute)
        for f in taken.figures
    ]


def actual(indicator, region, period, value, unit):
    return ("obs", indicator, region, period, "=", value, unit, "", "")


NBS = [
    actual(name, "全国", period, value, unit)
    for name, unit, values in (
        ("年末总人口", "万人", ("140967", "141175", "141260", "141212")),
        ("城镇人口", "万人", ("93267", "92071", "91425", "90220")),
        ("人口自然增长率", "‰", ("-1.48", "-0.6", "0.34", "1.45")),
        ("国内生产总值指数", "上年=100", ("", "103.0", "108.4", "102.2")),
    )
    for period, value in zip(("2023", "2022", "2021", "2020"), values, strict=True)
    if value
]
PLAN = [
    actual("学前三年毛入园率", "镇江市", "2020", "97.5", "%"),
    ("tar", "学前三年毛入园率", "镇江市", "2025", ">=", "98", "%", "", "expected"),
    actual("九年义务教育巩固率", "镇江市", "2020", "100", "%"),
    ("tar", "九年义务教育巩固率", "镇江市", "2025", "", "100", "%", "", "binding"),
    actual("在校学生数", "镇江市", "2020", "35.2", "万人"),
    ("tar", "在校学生数", "镇江市", "2025", "", "38.6", "万人", "", "expected"),
    ("tar", "在校学生数 · 年均增速", "镇江市", "2021/2025", "", "1.9", "%", "growth", "expected"),
    ("tar", "新增幼儿园学位", "镇江市", "2021/2025", "", "1.2", "万个", "cumulative", "binding"),
    actual("每百名学生拥有专任教师数", "镇江市", "2020", "6.8", "人"),
    ("tar", "每百名学生拥有专任教师数", "镇江市", "2025", "about", "7.2", "人", "", "expected"),
]
WIDE = [
    actual("常住人口", "镇江市", "2020", "321.04", "万人"),
    actual("常住人口", "镇江市", "2023", "322.2", "万人"),
    ("tar", "常住人口", "镇江市", "2025", "", "323", "万人", "", ""),
    ("tar", "常住人口", "镇江市", "2035", "", "330", "万人", "", ""),
    actual("常住人口 · 城镇", "镇江市", "2020", "255.1", "万人"),
    actual("常住人口 · 城镇", "镇江市", "2023", "258.6", "万人"),
    ("tar", "常住人口 · 城镇", "镇江市", "2025", "", "262", "万人", "", ""),
    actual("学前三年毛入园率", "镇江市", "2020", "97.5", "%"),
    actual("学前三年毛入园率", "镇江市", "2023", "98.88", "%"),
    ("tar", "学前三年毛入园率", "镇江市", "2025", ">=", "98", "%", "", ""),
]
BY_YEAR = [
    actual("常住人口", region, str(2020 + number), value, "万人")
    for region, values in (
        ("镇江市", ("321.04", "321.72", "322.22", "322.8")),
        ("丹阳市", ("98.93", "99.15", "99.3", "99.4")),
        ("扬中市", ("31.5", "31.55", "31.6", "31.62")),
        ("句容市", ("63.85", "64.1", "64.4", "64.6")),
    )
    for number, value in enumerate(values)
]
BY_INDICATOR = [
    actual("地区生产总值", "丹阳市", "2023", "1404.2", "亿元"),
    actual("地区生产总值 · 比上年增长", "丹阳市", "2023", "6.3", "%"),
    actual("城镇化率", "丹阳市", "2023", "66.1", "%"),
    actual("地区生产总值", "扬中市", "2023", "578.9", "亿元"),
    actual("地区生产总值 · 比上年增长", "扬中市", "2023", "6.1", "%"),
    actual("城镇化率", "扬中市", "2023", "71.4", "%"),
]
PROVINCES = [
    actual("年末常住人口", region, period, value, "万人")
    for region, values in (
        ("北京市", ("2184", "2189", "2189")),
        ("天津市", ("1363", "1373", "1387")),
        ("上海市", ("2475", "2489", "2488")),
    )
    for period, value in zip(("2022", "2021", "2020"), values, strict=True)
]
YEARBOOK = [
    actual(name, "全国", period, value, "万人")
    for period, values in (
        ("1990", ("114333", "30195", "84138")),
        ("2000", ("126743", "45906", "80837")),
        ("2020", ("141212", "90220", "50992")),
    )
    for name, value in zip(("总人口(年末)", "城镇", "乡村"), values, strict=True)
]
LONG = [
    actual("常住人口", "丹阳市", "2020", "98.93", "万人"),
    ("tar", "常住人口", "丹阳市", "2025", "", "100", "万人", "", ""),
    actual("学前三年毛入园率", "扬中市", "2023", "99.1", "%"),
]
TABLES = {
    "plan_indicators": (PLAN, ["A1:H1", "B5:B6", "B7:B9"]),
    "wide_years": (WIDE, ["A1:F1"]),
    "regions_by_year": (BY_YEAR, ["A1:E1", "A9:E9"]),
    "regions_by_indicator": (BY_INDICATOR, ["A1:D1", "A3:A4", "B3:C3", "D3:D4"]),
    "nbs_annual": (NBS, []),
    "nbs_regions": (PROVINCES, []),
    "yearbook": (YEARBOOK, ["A1:D1"]),
    "long": (LONG, []),
}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("name", TABLES)
def test_every_figure(name, form, tmp_path):
    expected, merged = TABLES[name]
    path = SHAPES / f"{name}.csv"
    if form == "xlsx":
        path = workbook(path, tmp_path / f"{name}.xlsx", merged)
    assert short(take.read([path])) == expected


def test_a_place_leads_back_to_the_cell(tmp_path):
    text = take.read([SHAPES / "plan_indicators.csv"]).figures[1]
    assert text.locator == "plan_indicators.csv · 第5行 · 2025年"
    book = take.read([workbook(SHAPES / "plan_indicators.csv", tmp_path / "a.xlsx", ["A1:H1"])]).figures[1]
    assert book.locator == "附表1!F5"


def test_what_a_plans_document_is():
    taken = take.read([SHAPES / "plan_indicators.csv"])
    (plan,) = taken.documents
    assert plan == (
        *("镇江市“十四五”教育发展规划", "synthetic", "", "", "2021-05-12", "2021/2025", "education"),
    )
    assert {figure.document for figure in taken.figures} == {plan.title}
    assert {figure.base_period for figure in taken.figures if figure.table == "targets"} == {"2020"}


def test_sources_name_document_or_issuer():
    assert [one.title for one in take.read([SHAPES / "regions_by_year.csv"]).documents] == [
        "镇江统计年鉴2024"
    ]
    (export,) = take.read([SHAPES / "nbs_annual.csv"]).documents
    assert (export.title, export.type, export.issuer) == ("国家统计局 年度数据", "statistics", "国家统计局")


def test_footnotes_go_with_their_figures_and_what_a_cell_shows_is_kept():
    figures = take.read([SHAPES / "plan_indicators.csv"]).figures
    assert [figure.note_zh for figure in figures if "专任教师" in figure.indicator] == ["含聘用教师"] * 2
    assert [figure.as_printed for figure in figures if figure.as_printed] == ["≥98", "[1.2]", "7.2左右"]
    marked = [figure for figure in take.read([SHAPES / "yearbook.csv"]).figures if figure.indicator == "乡村"]
    assert {figure.note_zh for figure in marked} == {"乡村人口为总人口减城镇人口"}


def test_what_is_left_is_said_with_its_place():
    left = take.read([SHAPES / "wide_years.csv"]).left
    assert [(one.place, one.expected["zh"][:3]) for one in left] == [("wide_years.csv · 第6行", "合计行")]
    left = take.read([SHAPES / "regions_by_year.csv"]).left
    assert [one.place for one in left] == ["regions_by_year.csv · 第8行"]
    assert "市区" in left[0].expected["en"]
    (unit,) = take.read([SHAPES / "long.csv"]).left
    assert "人" in unit.expected["zh"] and "%" in unit.expected["zh"]


def test_world_bank():
    taken = take.read([SHAPES / "world_bank.csv"])
    share = "Urban population (% of total population)"
    assert short(taken) == [
        actual("Population, total", "China", "1960", "667070000", ""),
        actual("Population, total", "China", "2019", "1407745000", ""),
        actual("Population, total", "China", "2020", "1411100000", ""),
        actual(share, "China", "1960", "16.203", "%"),
        actual(share, "China", "2019", "60.308", "%"),
    ]
    assert taken.documents[0].issued == "2024-05-30"
    assert [one.value for one in taken.left] == ["France"]
    assert taken.empty == 1


def test_sdmx_keeps_multiplier_and_status():
    taken = take.read([SHAPES / "sdmx.csv"])
    assert short(taken) == [
        actual("Population", "中国", "2019", "1407.745", "百万人"),
        actual("Population", "中国", "2020", "1411.1", "百万人"),
    ]
    assert [(one.quality, one.note_zh, one.note_en) for one in taken.figures] == [
        ("B", "", ""),
        ("B", "初步数", "Provisional"),
    ]
    assert "预测" in taken.left[0].expected["zh"]
    assert taken.empty == 1


CUBE = [
    actual("年末总人口", "全国", "2022", "141175", "万人"),
    actual("年末总人口", "全国", "2023", "140967", "万人"),
    actual("城镇化率", "全国", "2022", "65.20", "%"),
]


def test_json_stat_2_keeps_the_digits_it_shows():
    taken = take.read([SHAPES / "cube.json"])
    assert short(taken) == CUBE
    assert taken.figures[2].note_zh == "初步数"
    assert taken.empty == 1


def test_json_stat_1_keeps_roles_with_the_dimensions(tmp_path):
    cube = json.loads((SHAPES / "cube.json").read_text(encoding="utf-8"), parse_float=str)
    shape = {name: cube.pop(name) for name in ("id", "size", "role")}
    cube["dimension"] |= shape
    cube["value"] = [141175, 140967, 65.25, None]
    del cube["class"], cube["version"], cube["status"]
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps({"population": cube}, ensure_ascii=False), encoding="utf-8")
    assert [figure.value for figure in take.read([path]).figures] == ["141175", "140967", "65.25"]


@pytest.mark.parametrize("text", ["{}", "[1, 2]", "no json", '{"dimension": {}, "value": [1]}'])
def test_other_json_is_refused(text, tmp_path):
    path = tmp_path / "other.json"
    path.write_text(text, encoding="utf-8")
    taken = take.read([path])
    assert not taken.figures
    assert "JSON-stat" in taken.left[0].expected["zh"]


def test_the_national_plan_as_it_was_published():
    """Figures in the last column are growth, a level a year or a sum, as brackets and labels say; words are left."""
    taken = take.read(
        [SHAPES / "national_plan.csv"], region="全国", document="“十四五”规划和2035年远景目标纲要"
    )
    targets = [row[1:] for row in short(taken) if row[0] == "tar"]
    assert len(targets) == 16 and len(taken.figures) == 31
    for expected in (
        ("常住人口城镇化率", "全国", "2025", "", "65", "%", "", "expected"),
        ("城镇调查失业率", "全国", "2021/2025", "<", "5.5", "%", "", "expected"),
        ("人均预期寿命 · 累计", "全国", "2021/2025", "", "1", "岁", "cumulative", "expected"),
        ("单位GDP能源消耗降低", "全国", "2021/2025", "", "13.5", "%", "cumulative", "binding"),
        ("单位GDP二氧化碳排放降低", "全国", "2021/2025", "", "18", "%", "cumulative", "binding"),
        ("粮食综合生产能力", "全国", "2025", ">", "6.5", "亿吨", "", "binding"),
    ):
        assert expected in targets
    earlier = {f.indicator: f.value for f in taken.figures if f.period == "2019"}  # as its note on * says
    assert earlier == {"常住人口城镇化率": "60.6", "人均预期寿命": "77.3", "森林覆盖率": "23.2"}
    assert [one.place.split(" · ")[1] for one in taken.left] == ["第3行", "第4行", "第6行", "第9行"]
    assert [one.title for one in taken.documents] == ["“十四五”规划和2035年远景目标纲要"]


def test_a_merged_heading_is_that_of_all_columns_below_it(tmp_path):
    """A year over four columns, beside a heading over two rows: each figure has its year and what it is."""
    source, path = tmp_path / "t.csv", tmp_path / "t.xlsx"
    names = "人口（万人）,面积（亩）,产值（亿元）,户数（户）"
    source.write_text(
        f"县市,2022年,,,,2023年,,,\n,{names},{names}\n"
        "牟定县,20.5,31,41.5,51,21.5,32,42.5,52\n姚安县,22.5,33,43.5,53,23.5,34,44.5,54\n",
        encoding="utf-8",
    )
    taken = take.read([workbook(source, path, merged=("A1:A2", "B1:E1", "F1:I1"))])
    told = {(f.region, f.indicator, f.period): f.value for f in taken.figures}
    assert told == {
        (region, name, year): f"{base + step + more:g}"
        for region, step in (("牟定县", 0), ("姚安县", 2))
        for name, base in (("人口", 20.5), ("面积", 31), ("产值", 41.5), ("户数", 51))
        for year, more in (("2022", 0), ("2023", 1))
    }
