"""A chain of dated targets in words: the stage that asks for most, and floors that ask for nothing."""

from dataclasses import replace

import pandas as pd
import pytest

from plan_monitor.report import path
from reportkit.brief import Fact
from reportkit.cited import spans, unmarked
from reportkit.language import chosen, using
from reportkit.table import TABLE

YEARS = "average-schooling-years"


def points(*rows):
    """Id, indicator, period, value, kind."""
    frame = pd.DataFrame(rows, columns=["id", "indicator", "period", "value", "kind"])
    return frame.assign(region="530102", unit="%", comparator="=")


@pytest.fixture
def schooling(shipped):
    """Years of schooling of the shipped plan: 11.97 in 2018 to 15 in 2035."""
    rows = shipped.targets[shipped.targets["document"].eq("wuhua-2035")]
    rows = rows[rows["period"].isin(["2020", "2022", "2025", "2035"])]
    name = shipped.indicators.set_index("id")["name_zh"]
    rows = rows[rows["indicator"].map(name).eq("人均受教育年限")]
    base = rows[:1].assign(id="base", period="2018", value=11.97)
    return pd.concat([base, rows], ignore_index=True)


def test_the_last_decade_asks_fourteen_times_as_much(shipped, schooling):
    chain = path.steepest(path.staged(schooling, shipped))
    assert list(chain["end"]) == ["2020", "2022", "2025", "2035"]
    answer = unmarked(path.steep_answer(chain, shipped))
    assert answer == "2025 年起，人均受教育年限每年须提高的幅度是前一段的 12–17 倍。"
    sets = []
    spans(path.steep_answer(chain, shipped), sets)
    *_, before, last = chain["ids"]
    assert sets == [list(dict.fromkeys([*before, *last]))]
    facts = path.steep_facts(chain, schooling, shipped)
    assert [(str(fact.figure), unmarked(fact.word)) for fact in facts] == [
        ("+0.29 年", "前一段每年 0.02 年"),
        ("15 年", "2025 年目标 12.12 年"),
    ]
    assert all(isinstance(fact, Fact) and fact.ids for fact in facts)
    assert "口径可能不同" in path.steep_caveat(chain)
    step = unmarked(path.steep_step(chain, schooling, "wuhua-2035", shipped))
    assert step == (
        "请昆明市五华区人民政府说明“人均受教育年限”怎样由 12.12 年（2025）到 15 年（2035），两段口径是否相同"
    )
    with using("en"):
        answer = unmarked(path.steep_answer(chain, shipped))
        assert "is 12–17 times" in answer and len(answer.split()) <= 20


def test_a_ratio_that_rounding_leaves_no_end_is_at_least_so_much(shipped):
    rows = points(("a", YEARS, "2020", 1.0, "level"), ("b", YEARS, "2021", 1.1, "level"))
    rows = pd.concat([rows, points(("c", YEARS, "2022", 2.1, "level"))])
    named = shipped.indicators[:1].assign(id=YEARS, name_zh="指标", name_en="Indicator", unit="%")
    package = replace(shipped, indicators=named)
    chain = path.steepest(path.staged(rows, package))
    # 1.0 and 1.1 may both have been 1.05: the stage before may have been flat
    assert chain.iloc[-1]["ratio_high"] == float("inf")
    # from 1.15 at most to 2.05 at least, 0.9, after 0.2 at most
    assert unmarked(path.steep_answer(chain, package)).endswith("每年须提高的幅度至少是前一段的 4.5 倍。")
    assert "受舍入影响" in path.steep_caveat(chain)


def test_a_sure_ratio_needs_no_caveat_and_a_long_name_a_shorter_sentence(shipped):
    rows = points(("a", YEARS, "2020", 10.01, "level"), ("b", YEARS, "2021", 20.02, "level"))
    rows = pd.concat([rows, points(("c", YEARS, "2022", 50.05, "level"))])
    long = "新增劳动力受高中阶段及以上教育的比例指标"
    named = shipped.indicators[:1].assign(id=YEARS, name_zh=long, name_en="Indicator", unit="%")
    chain = path.steepest(path.staged(rows, replace(shipped, indicators=named)))
    assert path.steep_caveat(chain) == ""
    answer = unmarked(path.steep_answer(chain, replace(shipped, indicators=named)))
    assert answer == f"{long}后一段每年要升的是此前的 3.0 倍。" and len(answer) <= 40


def test_floors_and_paths_that_slow_down_are_not_steep(shipped):
    slower = [("a", YEARS, "2020", 10.0, "level"), ("b", YEARS, "2021", 20.0, "level")]
    slower += [("c", YEARS, "2022", 25.0, "level")]
    assert path.steepest(path.staged(points(*slower), shipped)).empty
    floors = [("a", YEARS, "2020", 10.0, "floor"), ("b", YEARS, "2021", 11.0, "floor")]
    floors += [("c", YEARS, "2022", 30.0, "floor")]
    assert path.steepest(path.staged(points(*floors), shipped)).empty


def test_a_table_of_stages_calls_a_floor_a_floor(shipped, shown):
    floor = "compulsory-retention-rate"
    rows = [("a", floor, "2020", 98.88, "floor"), ("b", floor, "2025", 98.0, "floor")]
    rows += [("c", "preschool-gross-enrolment-rate", "2020", 91.0, "level")]
    rows += [("d", "preschool-gross-enrolment-rate", "2025", 95.0, "level")]
    path.stages_table(path.staged(points(*rows), shipped), shipped, "t")
    assert shown[0][TABLE]["mixed"] == [2]  # the unit stands in the row
    text = shown[0]["text/markdown"]
    assert "底线" in text and "-0.18" not in text and "0.8" in text


def test_the_title_of_a_chart_names_the_longest_way(shipped):
    rows = points(
        ("a", "compulsory-retention-rate", "2025", 98.0, "floor"),
        ("b", "preschool-gross-enrolment-rate", "2025", 95.0, "level"),
    ).assign(baseline=[70.0, 91.0], baseline_id=["x", "y"])
    assert chosen(path.path_title(rows, shipped)) == "变动最大的是学前教育三年毛入园率：91 % 到 95 %"
    (fact,) = path.longest_way(rows.assign(baseline_period="2020"), shipped)
    assert (fact.figure, unmarked(fact.word)) == ("目标 95 %（2025）", "基期 91 %（2020）")
    assert (fact.ids, rows["kind"].iloc[0]) == (["b"], "floor")  # the longer way is that of a floor
    rows = rows.assign(baseline_id=None)
    assert path.longest_way(rows, shipped) == []
    assert chosen(path.path_title(rows, shipped)) == "基期、分年目标与并排的地区"


@pytest.mark.parametrize(
    ("ratio", "times"), [(1.04, "1.04"), (1.06, "1.1"), (1.0, "1.0"), (0.96, "0.96"), (1.4, "1.4")]
)
def test_a_stage_that_is_steeper_is_not_as_steep_as_the_one_before(shipped, ratio, times):
    rows = points(("a", YEARS, "2020", 10.01, "level"), ("b", YEARS, "2021", 20.02, "level"))
    rows = pd.concat([rows, points(("c", YEARS, "2022", 50.05, "level"))])
    named = shipped.indicators[:1].assign(id=YEARS, name_zh="指标", name_en="Indicator", unit="%")
    package = replace(shipped, indicators=named)
    chain = path.steepest(path.staged(rows, package))
    sure = chain.assign(ratio=ratio, ratio_low=ratio, ratio_high=ratio)
    assert f"是前一段的 {times} 倍。" in unmarked(path.steep_answer(sure, package))
    least = chain.assign(ratio=ratio, ratio_low=ratio, ratio_high=float("inf"))
    with using("en"):
        assert f"{times} times the earlier one." in unmarked(path.steep_answer(sure, package))
        assert f"at least {times} times" in unmarked(path.steep_answer(least, package))
