"""What the document of a taken table is: its title, kind, issuer and id, and what of a plan is a target."""

from pathlib import Path

import pytest

from plan_monitor.intake import take

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
SHAPES = Path(__file__).parent / "shapes"


def test_the_sample_of_a_plan_has_eight_targets_and_the_year_they_count_from():
    taken = take.read([SAMPLES / "plan_table_synthetic.xlsx"])
    names = [
        "学前教育三年毛入园率",
        "九年义务教育巩固率",
        "高中阶段教育毛入学率",
        "劳动年龄人口平均受教育年限",
    ]
    names += ["普惠性幼儿园覆盖率", "义务教育大班额占比", "专任教师数"]
    base = [("observations", "2020", *pair) for pair in zip(names, BASE, strict=True)]
    aims = [("targets", "2025", *pair) for pair in zip(names, AIMS, strict=True)]
    aims.append(("targets", "2021/2025", "新增学位", "12000个"))
    found = [(one.table, one.period, one.indicator, one.value + one.unit) for one in taken.figures]
    assert sorted(found) == sorted(base + aims) and not taken.left
    assert [one.kind for one in taken.figures if one.indicator == "新增学位"] == ["cumulative"]
    (document,) = taken.documents
    assert document[:2] == ("镇江市“十四五”教育事业发展规划（虚构）", "synthetic")
    assert taken.figures[0].locator == "附件1!D4 · 主要指标"


BASE = ["95.8%", "99.88%", "96.2%", "10.8年", "81.0%", "5.2%", "28411人"]
AIMS = ["98%", "99.0%", "97%", "11.5年", "85%", "1%", "30000人"]


def test_the_sample_of_yearly_figures_is_a_table_of_its_issuer():
    taken = take.read([SAMPLES / "yearly_figures_synthetic.xlsx"])
    (document,) = taken.documents
    assert document.title == "镇江市教育统计资料2021—2024年（虚构）"
    assert (document.type, document.issuer) == ("synthetic", "镇江市教育局")
    assert len(taken.figures) == 28 and {one.table for one in taken.figures} == {"observations"}


PLAN = "镇江市“十四五”规划主要指标\n指标,单位,属性,{}\n,,,{}\n常住人口,万人,预期性,321,323\n"


@pytest.mark.parametrize(
    "above",
    ["发展目标", "规划目标", "主要目标", "目标值", "指标值", "约束性目标", "现状及目标", "“十四五”目标"],
)
def test_words_above_the_years_of_a_plan_are_no_part_of_a_name(read, above):
    taken = read(PLAN.format(f"{above},", "2020年,2025年"))
    assert [(one.table, one.indicator, one.period) for one in taken.figures] == [
        ("observations", "常住人口", "2020"),
        ("targets", "常住人口", "2025"),
    ]


@pytest.mark.parametrize("head", ["2020年目标,2025年目标", "十三五目标,十四五目标"])
def test_a_target_for_a_year_before_the_plan_is_of_another_plan_or_the_base(read, head):
    taken = read(f"镇江市“十四五”规划主要指标\n指标,单位,{head}\n常住人口,万人,321,323\n")
    assert [one.table for one in taken.figures] == ["targets"]
    assert "上一个规划" in taken.left[0].expected["zh"] and "baseline" in taken.left[0].expected["en"]


@pytest.mark.parametrize(
    ("title", "document"),
    [
        ("镇江市“十四五”教育规划主要指标", "镇江市“十四五”教育规划"),
        ("镇江市“十四五”教育规划发展目标（2021—2025年）", "镇江市“十四五”教育规划（2021—2025年）"),
        ("附件1：镇江市教育发展规划指标体系", "镇江市教育发展规划"),
        ("镇江市教育发展主要指标", "镇江市教育发展主要指标"),
    ],
)
def test_a_plan_is_called_as_it_is_without_its_tables(read, title, document):
    taken = read(f"{title}\n指标,单位,2020年,2025年目标\n在校学生数,万人,35,38\n")
    assert {one.document for one in taken.figures} == {document}


@pytest.mark.parametrize(
    ("source", "title", "issuer"),
    [
        ("镇江市教育局（虚构）", "镇江市教育资料", "镇江市教育局"),
        ("镇江市统计局、国家统计局镇江调查队提供", "镇江市教育资料", ""),
        ("镇江市教育局提供。", "镇江市教育资料", "镇江市教育局"),
        ("《镇江教育年鉴2024》", "镇江教育年鉴2024", ""),
    ],
)
def test_a_source_is_an_organ_or_a_publication(read, source, title, issuer):
    taken = read(f"镇江市教育资料\n指标,单位,2023年\n在校学生数,万人,35\n资料来源：{source}\n")
    assert [one.title for one in taken.documents] == [title]
    assert issuer == "" or taken.documents[0].issuer == issuer


@pytest.mark.parametrize(
    ("title", "last"),
    [
        ("镇江市主要指标（虚构）", ""),
        ("镇江市主要指标（示例）", ""),
        ("镇江市主要指标 Synthetic", ""),
        ("镇江市主要指标", "注：本表为虚构数据。"),
        ("镇江市主要指标", "资料来源：镇江市教育局（虚构）"),
    ],
)
def test_made_up_figures_are_of_a_document_that_says_so(read, title, last):
    (document,) = read(f"{title}\n指标,单位,2023年,2030年目标\n在校学生数,万人,35,38\n{last}\n").documents
    assert document.type == "synthetic"


@pytest.mark.parametrize("name", ["long.csv", "sdmx.csv", "world_bank.csv", "cube.json", "wide_years.csv"])
def test_made_up_samples_say_so_in_every_format(name):
    assert {one.type for one in take.read([SHAPES / name]).documents} == {"synthetic"}


def test_one_document_has_one_id_however_its_title_is_quoted(read):
    table = "{}\n指标,单位,2025年目标\n在校学生数,万人,38\n"
    ids = {
        read(table.format(title)).documents[0].id
        for title in ('镇江市"十四五"教育规划', "《镇江市“十四五”教育规划》", "镇江市“十四五”教育规划")
    }
    assert len(ids) == 1 and ids.pop().startswith("doc-")
