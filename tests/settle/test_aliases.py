"""Other names of the catalogue's indicators lead to their own, and what fits no definition stays a question."""

import csv
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from plan_monitor.data.inspection import settled
from plan_monitor.settle.labels import key
from reportkit.language import using
from reportkit.wrong_cells import Findings, in_columns

DATA = Path(__file__).parents[2] / "data"
with (DATA / "indicators.csv").open(encoding="utf-8", newline="") as lines:
    CATALOGUE = list(csv.DictReader(lines))
ALIASES = [(alias, row["id"]) for row in CATALOGUE if row["aliases"] for alias in row["aliases"].split("；")]
TYPED = {
    "学前三年毛入园率": "preschool-gross-enrolment-rate",
    "毛入园率(学前三年)": "preschool-gross-enrolment-rate",
    "义务教育 巩固率": "compulsory-retention-rate",
    "高中阶段毛入学率": "senior-secondary-gross-enrolment-rate",
    "适龄残疾儿童少年义务教育入学率": "disability-enrolment-rate",
    "实现义务教育优质均衡的县（市、区）比例": "balanced-county-share",
    "双师型教师比例": "dual-qualified-teacher-share",
    "基本医疗保险参保率": "basic-insurance-enrolment-rate",
    "职工医保政策范围内住院费用基金支付比例": "employee-inpatient-reimbursement-in-policy",
    "城乡居民医保参保人数": "resident-insurance-enrollees",
    "住院费用跨省直接结算率": "cross-province-direct-settlement-rate",
    "农村常住居民人均可支配收入": "rural-disposable-income",
    "per capita disposable income of rural residents": "rural-disposable-income",
    "全体居民人均可支配收入": "disposable-income",
    "30户以上自然村通硬化路率": "hamlet-paved-road-rate",
    "新标准农村自来水普及率": "rural-tap-water-coverage",
    "公民具备科学素质比例": "scientific-literacy-rate",
    "城镇化率": "urbanisation-rate",
    "ＧＤＰ": "gdp",
    "地区生产总值（GDP）": "gdp",
}
# wider, narrower or other definitions than any of the catalogue's, and names that several of them answer to
NOT_IN_THE_CATALOGUE = (
    *("毛入学率", "毛入园率", "巩固率", "学前一年毛入园率", "高中毛入学率", "高等教育毛入学率"),
    *("义务教育优质均衡县数", "义务教育基本均衡县占比", "平均受教育年限", "15岁及以上人口平均受教育年限"),
    *("在校学生数", "双师型教师数", "教师本科及以上学历比例", "小学", "学位", "大班额比例", "校际差异"),
    *("参保率", "参保人数", "医保参保率", "城乡居民基本医保参保率", "脱贫人口基本医保参保率"),
    *("政策范围内住院报销比例", "居民医保住院报销比例", "大病保险报销比例", "医保电子凭证激活率"),
    *("住院费用按DRG和DIP付费占比", "DIP付费住院费用占比", "异地就医直接结算率", "基金可支付月数"),
    *(
        "人均可支配收入",
        "农民人均纯收入",
        "农村居民人均纯收入",
        "农民人均收入",
        "居民人均可支配收入增速",
        "脱贫人口人均纯收入",
    ),
    *("农村自来水普及率", "自来水普及率", "农村卫生厕所普及率", "农村生活污水治理率", "生活垃圾处理率"),
    *("行政村通硬化路率", "自然村通硬化路率", "建档立卡贫困人口数", "脱贫人数比例", "集体经济收入"),
    *("常住人口", "年末总人口", "总人口", "户籍人口城镇化率", "60岁以上人口", "死亡率"),
    *("人均地区生产总值", "人均GDP", "地区生产总值增速", "卫生总费用", "每千人口医疗卫生机构床位数"),
    *("每千人口执业医师数", "网办率", "好差评满意率", "上市公司数", "disposable income", "enrolment rate"),
)


def reading(folder, names):
    """What the shipped package reads names of indicators as, each typed into a row; and what it says of them."""
    shutil.copytree(DATA, folder)
    with (folder / "observations.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", "document", "indicator", "region", "period", "value"])
        table.writerows((f"r{row}", "a", name, "532300", "2024", "1") for row, name in enumerate(names))
    found = settled(folder)
    indicators = found.parts["observations"].frame["indicator"]
    with using("en"):
        told = Findings(in_columns(found.findings))
        said = {one.value: one.text() for one in told if one.column == "indicator"}
    return dict(zip(names, indicators, strict=True)), said


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    names = [*(alias for alias, _ in ALIASES), *TYPED, *NOT_IN_THE_CATALOGUE]
    return reading(tmp_path_factory.mktemp("aliases") / "data", names)


def test_no_name_is_shared_with_another_indicator():
    owners = defaultdict(set)
    for row in CATALOGUE:
        for name in (row["id"], row["name_zh"], row["name_en"]):
            owners[key(name)].add(row["id"])
    for alias, id_ in ALIASES:
        owners[key(alias)].add(id_)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_an_alias_says_what_the_name_does_not():
    for row in CATALOGUE:
        names = [row["name_zh"], row["name_en"], *filter(None, row["aliases"].split("；"))]
        assert len({key(name) for name in names}) == len(names), row["id"]


@pytest.mark.slow
def test_every_alias_leads_to_its_indicator(read):
    meant, _ = read
    assert [(alias, meant[alias]) for alias, id_ in ALIASES if meant[alias] != id_] == []


@pytest.mark.parametrize("typed", TYPED)
def test_a_name_a_bureau_writes_leads_to_its_indicator(read, typed):
    meant, _ = read
    assert meant[typed] == TYPED[typed]


@pytest.mark.parametrize("typed", NOT_IN_THE_CATALOGUE)
def test_a_name_of_another_definition_stays_as_typed_and_is_told(read, typed):
    meant, said = read
    assert meant[typed] == typed
    assert "expected" in said[typed]


def test_a_name_of_two_definitions_is_told_both(tmp_path):
    both = {
        "农村自来水普及率": ("rural-tap-water-coverage", "rural-tap-water-coverage-old-standard"),
        "常住人口": ("resident-population", "census-population"),
        "政策范围内住院报销比例": (
            "employee-inpatient-reimbursement-in-policy",
            "resident-inpatient-reimbursement-in-policy",
        ),
        "人均可支配收入": ("disposable-income", "rural-disposable-income", "urban-disposable-income"),
    }
    _, said = reading(tmp_path / "data", list(both))
    for name, ids in both.items():
        assert [id_ for id_ in ids if f"({id_})" not in said[name]] == [], said[name]
