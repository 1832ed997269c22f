"""Which row of a package an accepted figure is to become, figure by figure."""

import pandas as pd
import pytest

from plan_monitor.reading.confirm.accept import Catalogue, accept, draft_document
from plan_monitor.reading.confirm.decisions import Decision


@pytest.fixture(scope="module")
def catalogue():
    indicators = {
        "id": ["rate", "money", "pupils", "income", "income-growth"],
        "name_zh": ["巩固率", "教育经费", "在校生", "农民收入", "农民收入增速"],
        "unit": ["%", "亿元", "人", "元", "%"],
        "nature": ["stock", "flow", "stock", "flow", "flow"],
        "lower": ["0.5", "0", "", "0", ""],
        "upper": ["100", "", "", "", ""],
    }
    return Catalogue(
        {
            "documents": pd.DataFrame({"id": ["plan-1"], "title_zh": ["镇江市教育规划"]}),
            "indicators": pd.DataFrame(indicators),
            "regions": pd.DataFrame(
                {
                    "code": ["321100"],
                    "name_zh": ["镇江市"],
                    "name_en": ["Zhenjiang"],
                    "level": ["prefecture"],
                    "parent": [None],
                }
            ),
        }
    )


PLAN = Decision(
    file="d.csv", line=2, start=9, decision="yes", certain=True, changed=False, role="target",
    indicator="巩固率", indicator_zh="巩固率", region="镇江市", period="2025", comparator=">=", value="95",
    unit="%", kind="level", base_period="", attribute="", locator="第二章", document="镇江市教育规划", note="",
    digest="", type="plan", number="", issued="", years="2021/2025",
)  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "table"),
    [
        pytest.param({"role": "target"}, "targets", id="an aim"),
        pytest.param({"role": "observation"}, "observations", id="an actual"),
        pytest.param({"period": "2021/2025"}, "targets", id="money of the plan's years"),
        pytest.param({"period": "2021"}, "targets", id="money of its first year"),
        pytest.param({"period": "2020"}, "observations", id="money of the year before"),
        pytest.param({"period": "2016/2020"}, "observations", id="money of the plan before"),
        pytest.param({"period": "2019/2021"}, "targets", id="money that goes on"),
        pytest.param({"period": ""}, "targets", id="money without a year"),
        pytest.param({"period": "", "type": "statistics"}, "observations", id="in a bulletin"),
        pytest.param(
            {"period": "2021", "type": "statistics", "years": "2020"}, "observations", id="of a year"
        ),
        pytest.param(
            {"period": "2021", "type": "statistics", "years": "2021/2025"}, "targets", id="of several years"
        ),
        pytest.param({"years": ""}, "targets", id="of a plan that tells no years"),
        pytest.param({"years": "", "type": ""}, "targets", id="of a document that may be a plan"),
    ],
)
def test_what_is_aimed_at_is_a_target_and_money_that_a_plan_spends(catalogue, changed, table):
    money = {"role": "investment", "indicator": "教育经费", "unit": "亿元", "period": "2025"}
    figure = accept(PLAN._replace(**money | changed if "role" not in changed else changed), catalogue).figure
    assert figure.table == table


@pytest.mark.parametrize(
    ("changed", "base"),
    [
        ({}, "2020"),
        ({"years": "2025"}, "2024"),
        ({"base_period": "2015"}, "2015"),
        ({"years": ""}, ""),
        ({"role": "observation"}, ""),
    ],
)
def test_a_target_counts_from_the_year_before_its_plan_unless_another_is_printed(catalogue, changed, base):
    assert accept(PLAN._replace(**changed), catalogue).figure.base_period == base


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        pytest.param({}, "", id="of one year: the package derives it"),
        pytest.param({"period": "2021/2025"}, "level", id="a stock over years"),
        pytest.param(
            {"period": "2021/2025", "indicator": "教育经费", "unit": "亿元"}, "cumulative", id="a flow"
        ),
        pytest.param(
            {"period": "2021/2025", "indicator": "新建学校", "unit": "所"}, "cumulative", id="words that sum"
        ),
        pytest.param({"period": "2021/2025", "indicator": "学校", "unit": "所"}, "level", id="no such words"),
        pytest.param(
            {"period": "2021/2025", "indicator": "农民收入增速", "kind": "level"}, "level", id="a rate sums to nothing"
        ),
        pytest.param({"indicator": "农民收入", "kind": "growth"}, "growth", id="a growth"),
        pytest.param({"period": "2021/2025", "kind": "growth_annual"}, "growth", id="on average a year"),
        pytest.param({"period": "2021/2025", "role": "observation"}, "", id="an actual has none"),
    ],
)  # fmt: skip
def test_what_a_target_asks_for(catalogue, changed, kind):
    assert accept(PLAN._replace(**changed), catalogue).figure.kind == kind


@pytest.mark.parametrize(
    ("changed", "indicator"),
    [
        ({"indicator": "农民收入", "kind": "growth"}, "income-growth"),
        ({"indicator": "income", "kind": "growth_annual"}, "农民收入 · 年均增长"),
        ({"indicator": "教育经费", "kind": "growth", "period": "2025", "base_period": "2024"}, "教育经费 · 增长"),
        ({"indicator": "教育经费", "kind": "growth", "period": "2025", "base_period": "2020"}, "教育经费 · 比2020年增长"),
        ({"indicator": "投诉降幅", "kind": "growth"}, "投诉降幅"),
        ({"indicator": "教育经费", "kind": "growth", "period": "2025-06", "base_period": "2024"}, "教育经费 · 增长"),
        ({"indicator": "教育经费", "kind": "growth", "period": "2025-06", "base_period": "2023"}, "教育经费 · 比2023年增长"),
        ({"indicator": "教育经费", "kind": "growth", "base_period": ""}, "教育经费 · 增长"),
        ({"indicator": "教育经费", "kind": "growth", "period": "", "base_period": "2024"}, "教育经费 · 比2024年增长"),
        ({"indicator": "教育经费增长", "kind": "growth"}, "教育经费增长"),
        ({"indicator": "income-growth", "kind": "growth"}, "income-growth"),
    ],
)  # fmt: skip
def test_a_growth_is_called_by_what_grows(catalogue, changed, indicator):
    assert accept(PLAN._replace(**changed), catalogue).figure.indicator == indicator


@pytest.mark.parametrize(
    ("changed", "row"),
    [
        ({}, ("95", "%", "")),
        ({"indicator": "在校生", "value": "1.5", "unit": "万人"}, ("15000", "人", "1.5 万人")),
        ({"indicator": "在校生", "value": "15", "unit": ""}, ("15", "人", "")),
        ({"indicator": "新建学校", "value": "15", "unit": "所"}, ("15", "所", "")),
    ],
)
def test_a_figure_is_counted_as_its_indicator_is(catalogue, changed, row):
    figure = accept(PLAN._replace(**changed), catalogue).figure
    assert (figure.value, figure.unit, figure.as_printed) == row


def test_a_row_of_a_target_and_of_an_actual(catalogue):
    target, actual = (
        accept(PLAN._replace(role=role, comparator=sign, attribute="约束性"), catalogue).figure
        for role, sign in (("target", "="), ("observation", ""))
    )
    assert (target.comparator, target.quality, target.attribute) == ("", "", "binding")
    assert (actual.comparator, actual.quality, actual.attribute) == ("=", "B", "")
    assert target.locator == actual.locator == "第二章 · 第 10 字"
    assert target.region == "321100"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"value": "100"}, []),
        ({"value": "0.5"}, []),
        ({"value": "100.5"}, ["the indicator's bounds: 0.5 to 100"]),
        ({"value": "0.25"}, ["the indicator's bounds: 0.5 to 100"]),
        ({"indicator": "教育经费", "unit": "亿元", "value": "-1"}, ["the indicator's bounds: 0 to "]),
        ({"indicator": "教育经费", "unit": "万元", "value": "-1"}, ["the indicator's bounds: 0 to "]),
        ({"indicator": "在校生", "unit": "人", "value": "-1"}, []),
        ({"indicator": "新建学校", "unit": "所", "value": "-1"}, []),
        ({"unit": "人"}, ["the unit of rate: %"]),
        ({"indicator": "新建学校", "unit": ""}, ["the unit of a new indicator"]),
        ({"indicator": ""}, ["the indicator, by its id or name"]),
        ({"document": ""}, ["the title of the document"]),
        ({"region": "镇江大区"}, ["a region of the divisions, or of the package's regions"]),
        ({"document": "", "region": ""}, ["the title of the document", "a region of the divisions"]),
    ],
)
def test_what_a_figure_lacks_is_named(catalogue, changed, expected):
    made = accept(PLAN._replace(**changed), catalogue)
    messages = [one.expected["en"] for one in made.findings]
    assert [part in text for part, text in zip(expected, messages, strict=True)] == [True] * len(expected)
    assert (made.figure is None) == bool(expected)


@pytest.mark.parametrize("changed", [{"role": "other"}, {"kind": "rank"}, {"kind": "change"}])
def test_what_no_table_of_a_package_holds_is_left(catalogue, changed):
    made = accept(PLAN._replace(**changed), catalogue)
    assert (made.figure, made.findings) == (None, []) and "kept in readings only" in made.left["en"]


@pytest.mark.parametrize(
    ("changed", "column", "value"),
    [
        ({"indicator": ""}, "指标", None),
        ({"document": ""}, "文件", None),
        ({"region": "镇江大区"}, "地区", "镇江大区"),
        ({"indicator": "新建学校", "unit": ""}, "单位", None),
        ({"unit": "人"}, "单位", "人"),
        ({"value": "100.5"}, "数值", "100.5"),
    ],
)
def test_the_cell_that_is_wrong_is_named(catalogue, changed, column, value):
    (finding,) = accept(PLAN._replace(**changed), catalogue).findings
    assert (finding.file, finding.row, finding.column, finding.value) == ("d.csv", 2, column, value)


def test_what_was_expected_is_told_in_both_languages(catalogue):
    (bounds,) = accept(PLAN._replace(value="100.5"), catalogue).findings
    assert bounds.expected["zh"] == "应在指标的取值范围内：0.5 至 100"


def test_a_document_that_the_package_has_not_is_drafted_from_its_title(catalogue):
    assert catalogue.document(PLAN) == ("plan-1", "镇江市教育规划")
    id_, title = catalogue.document(PLAN._replace(document="《丹阳市教育规划》"))
    assert id_ != "plan-1" and title == "丹阳市教育规划"
    made = draft_document(PLAN._replace(number="镇政发〔2021〕5号", issued="2021-05-12"), title)
    assert (made.title, made.number, made.issued, made.period, made.issuer) == (
        *("丹阳市教育规划", "镇政发〔2021〕5号", "2021-05-12", "2021/2025", ""),
    )
    assert made.type == "plan"
    assert draft_document(PLAN._replace(type=""), "丹阳市统计公报").type == "statistics"
