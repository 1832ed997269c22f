"""Layouts of bulletins, plans and yearly tables that lead astray: read as their makers mean them, or refused."""

import openpyxl
import pytest

from plan_monitor.intake import take


def told(taken):
    """The figures, one a line."""
    return [
        f"{one.table[:3]} {one.indicator} {one.region} {one.period} {one.value}{one.unit}"
        for one in taken.figures
    ]


LAYOUTS = {
    "an annex of a bulletin": (
        "2023年镇江市国民经济和社会发展统计公报\n附表1 2023年主要经济指标\n指标,单位,绝对数,比上年增长（%）\n"
        "地区生产总值,亿元,5264.07,6.3\n　#第一产业,亿元,172.1,3.6\n城镇登记失业率,%,1.9,-0.1个百分点\n",
        [
            "obs 地区生产总值 镇江市 2023 5264.07亿元",
            "obs 地区生产总值 · 比上年增长 镇江市 2023 6.3%",
            "obs 地区生产总值 · 第一产业 镇江市 2023 172.1亿元",
            "obs 地区生产总值 · 第一产业 · 比上年增长 镇江市 2023 3.6%",
            "obs 城镇登记失业率 镇江市 2023 1.9%",
        ],
        ["个百分点"],
    ),
    "tasks shared out over counties and years": (
        "镇江市2025年企业上市工作目标任务分解表\n单位：家\n地区,合计,2024年,2025年\n丹阳市,4,2,2\n",
        [],
        ["各年之和", "实际", "实际"],
    ),
    "a yearly plan with what was done": (
        "镇江市2023年国民经济和社会发展计划\n指标,单位,2022年实际,2023年计划,2023年1-6月完成,完成计划（%）,同比（%）\n"
        "地区生产总值,亿元,5017,5320,2500,47,6.3\n",
        [
            "obs 地区生产总值 镇江市 2022 5017亿元",
            "tar 地区生产总值 镇江市 2023 5320亿元",
            "obs 地区生产总值 镇江市 2023-01/2023-06 2500亿元",
            "obs 地区生产总值 · 同比增长 镇江市 2023-01/2023-06 6.3%",
        ],
        ["没有年份"],
    ),
    "two tables side by side": (
        "镇江市2023年主要指标\n指标,单位,2023年,,指标,单位,2023年\n地区生产总值,亿元,5264,,常住人口,万人,322.8\n",
        ["obs 地区生产总值 镇江市 2023 5264亿元", "obs 常住人口 镇江市 2023 322.8万人"],
        [],
    ),
    "another table behind the figures": (
        "2023年主要指标\n指标,地区,2023年,,年份,数值\n常住人口（万人）,镇江市,322,,2022,97\n",
        ["obs 常住人口 镇江市 2022 97万人"],
        ["右边另一个表"],
    ),
    "units in the heading": (
        "镇江市历年主要指标\n年份,地区生产总值,城镇化率\n,（亿元）,（%）\n2023,5264,80.6\n",
        ["obs 地区生产总值 镇江市 2023 5264亿元", "obs 城镇化率 镇江市 2023 80.6%"],
        [],
    ),
    "footnotes glued to figures": (
        "镇江市教育\n指标,单位,2023年\n毛入园率,%,95.3①\n巩固率,%,99.1 1)\n普及率,%,1002)\n注：①含民办。\n",
        ["obs 毛入园率 镇江市 2023 95.3%"],
        ["不止一个数", "单位"],
    ),
    "this month and so far": (
        "镇江市2023年1-9月主要指标\n指标,本月,同比增长%,累计,同比增长%\n财政收入（亿元）,30,5,250,4\n",
        [],
        ["没有年份", "没有年份", "没有取", "没有取"],
    ),
    "quarters without a year": (
        "镇江市2023年财政收入\n单位：亿元\n地区,一季度,上半年,全年\n丹阳市,20,41,80\n",
        ["obs 财政收入 丹阳市 2023 80亿元"],
        ["没有年份", "没有年份"],
    ),
    "a blank first column": (
        ",镇江市主要指标,,\n,,,\n,指标,单位,2023年\n,常住人口,万人,322.8\n",
        ["obs 常住人口 镇江市 2023 322.8万人"],
        [],
    ),
    "ranks, and growth of nobody knows what": (
        "2023年江苏省各市主要指标\n地区,地区生产总值（亿元）,位次,增长（%）\n镇江市,5264,10,6.3\n",
        ["obs 地区生产总值 镇江市 2023 5264亿元"],
        ["没有年份", "哪一项的增长"],
    ),
    "near and far": (
        "镇江市教育发展规划（2021—2035年）主要指标\n指标,单位,近期目标,远期目标\n毛入园率,%,98,99\n",
        [],
        ["没有年份", "没有年份", "没有认出"],
    ),
    "bounds": (
        "镇江市“十四五”规划\n指标,单位,2025年,\n,,下限,上限\n用水总量,亿立方米,10,12\n",
        [],
        ["上限或下限", "上限或下限"],
    ),
    "school years": (
        "镇江市教育\n学年,在校生（人）\n2021-2022,35000\n",
        [],
        ["2021-09/2022-08"],
    ),
    "a plan's years in a title that says no more": (
        "镇江市“十四五”主要指标\n指标,2020,2025\n毛入园率,95%,98%\n",
        ["obs 毛入园率 镇江市 2020 95%"],
        ["目标"],
    ),
    "what is to be done as the name": (
        "镇江市2025年教育工作目标分解表\n序号,目标任务,目标值,责任单位\n1,毛入园率（%）,98,教育局\n",
        ["tar 毛入园率 镇江市 2025 98%"],
        [],
    ),
    "the middle of a plan reviewed": (
        "镇江市“十四五”规划中期评估\n指标,2020年基期,2022年目标,2022年实际,2025年目标,是否达标\n毛入园率（%）,95,96,96.5,98,是\n",
        [
            "obs 毛入园率 镇江市 2020 95%",
            "tar 毛入园率 镇江市 2022 96%",
            "obs 毛入园率 镇江市 2022 96.5%",
            "tar 毛入园率 镇江市 2025 98%",
        ],
        [],
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_is_read_as_meant_or_refused(read, name):
    table, figures, left = LAYOUTS[name]
    taken = read(table)
    assert told(taken) == figures
    assert len(taken.left) == len(left)
    for one, said in zip(taken.left, left, strict=True):
        assert said in one.expected["zh"] and one.expected["en"]


def workbook(path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("names", [("2022年", "2023年"), ("2022", "2023")])
def test_the_year_may_stand_in_the_name_of_the_sheet_alone(tmp_path, names):
    rows = [["镇江市主要指标"], ["指标", "单位", "数值"], ["常住人口", "万人"]]
    sheets = {name: [*rows[:2], [*rows[2], value]] for name, value in zip(names, (322.2, 322.8), strict=True)}
    taken = take.read([workbook(tmp_path / "t.xlsx", sheets)])
    assert told(taken) == ["obs 常住人口 镇江市 2022 322.2万人", "obs 常住人口 镇江市 2023 322.8万人"]


def test_several_columns_of_units_are_refused(tmp_path):
    rows = [
        ["2023年镇江市情况"],
        ["地区", "学校", "", "学生", ""],
        ["", "数量", "单位", "数量", "单位"],
        ["丹阳市", 110, "所", 99000, "人"],
    ]
    taken = take.read([workbook(tmp_path / "t.xlsx", {"表": rows})])
    assert not taken.figures and "单位" in taken.left[0].expected["zh"]


def test_a_heading_far_down_and_a_letter_before_it(read):
    taken = read(
        "镇江市统计局\n文件\n\n关于印发2023年统计资料的通知\n镇统〔2024〕5号\n\n表1 镇江市主要指标\n"
        "指标,单位,2022年\n常住人口,万人,322.2\n"
    )
    assert told(taken) == ["obs 常住人口 镇江市 2022 322.2万人"]
    (document,) = taken.documents
    assert document[:4] == ("关于印发2023年统计资料的通知", "statistics", "镇统〔2024〕5号", "镇江市统计局")
    assert document.issued == ""


def test_months_of_a_title_are_no_day_of_issue(read):
    taken = read("镇江市2023年1-9月主要指标\n指标,单位,数值\n财政收入,亿元,250\n")
    assert told(taken) == ["obs 财政收入 镇江市 2023-01/2023-09 250亿元"]
    assert taken.documents[0].issued == ""


def test_growth_since_a_year_counts_from_it(read):
    figure = read("镇江市“十四五”规划\n指标,单位,2025年目标,比2020年增长（%）\n床位,张,150,50\n").figures[1]
    assert (figure.period, figure.value, figure.kind, figure.base_period) == ("2025", "50", "growth", "2020")


def test_a_total_of_some_counties_is_not_the_prefecture(tmp_path):
    """Two of the seven that it is divided into; of all of them it is."""
    rows = {"越城区": 60000, "新昌县": 19000}
    table = tmp_path / "table.csv"

    def taken(rows):
        lines = [f"{name},{number}" for name, number in rows.items()]
        text = "2024年绍兴市小学在校生数\n单位：人\n地区,2024年\n" + "\n".join(
            [*lines, f"合计,{sum(rows.values())}"]
        )
        table.write_text(text, encoding="utf-8")
        return take.read([table])

    found = taken(rows)
    assert {one.region: one.value for one in found.figures} == {name: str(n) for name, n in rows.items()}
    assert "不是绍兴市的全部下辖单位" in found.left[0].expected["zh"]
    whole = dict.fromkeys(["越城区", "柯桥区", "上虞区", "新昌县", "诸暨市", "嵊州市"], 10000)
    assert {one.region: one.value for one in taken(whole).figures}["绍兴市"] == "60000"


def test_what_stands_over_several_counties_is_no_indicator(tmp_path):
    table = tmp_path / "table.csv"
    table.write_text(
        "绍兴市2024年常住人口\n单位：万人\n指标,市辖区,市辖区,县（市）,县（市）\n,越城区,柯桥区,诸暨市,嵊州市\n常住人口,110,120,121,68\n",
        encoding="utf-8",
    )
    found = take.read([table])
    assert {(one.region, one.indicator, one.value) for one in found.figures} == {
        *{("越城区", "常住人口", "110"), ("柯桥区", "常住人口", "120")},
        *{("诸暨市", "常住人口", "121"), ("嵊州市", "常住人口", "68")},
    }
