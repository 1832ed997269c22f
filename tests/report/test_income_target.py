"""An income target held against the pledged growth and against incomes that have grown."""

import pandas as pd
import pytest

from plan_monitor.methods.feasibility import past_growth
from plan_monitor.methods.promises import judge
from plan_monitor.report import income
from plan_monitor.report import income_first as first
from reportkit.cited import unmarked
from reportkit.language import chosen, using
from traces import columns_of_figures, sources


@pytest.fixture
def plan(shipped):
    return shipped.select(document="rural-145", region=shipped.within("532300"))


@pytest.fixture
def here(plan):
    judged = judge(plan, "2025-12")
    return judged[judged["region"].eq("532300") & ~judged["role"].isin(["text", "past"])]


@pytest.fixture
def ways(plan, here):
    return income.starts(here, plan.observations, "532300", "2021")


def grown(*rates):
    """Incomes that were 100 in 2020, with their growth by 2021."""
    rows = []
    for number, rate in enumerate(rates):
        for year, value in (("2020", 100.0), ("2021", 100.0 + rate)):
            rows.append((f"o{number}-{year}", "rural-disposable-income", f"53230{number}", year, value))
    return past_growth(pd.DataFrame(rows, columns=["id", "indicator", "region", "period", "value"]), 15.6)


def test_three_starts_of_one_way(ways):
    assert ways["reading"].tolist() == [income.LIFTED, income.POOR, "shifted"]
    # 12,861 to 26,581 in five years, 11,637 in five, 12,861 in four
    assert ways["growth"].round(1).tolist() == [15.6, 18.0, 19.9]
    assert (ways["due"].iloc[0], ways["goal"].iloc[0], ways["pledge"].iloc[0]) == ("2025", 26581, 19.2)
    assert ways["fits"].tolist() == [False, False, True]


@pytest.mark.parametrize("missing", [income.LIFTED, income.GROWTH])
def test_without_target_or_pledge_there_is_no_way(plan, here, missing):
    rest = here[here["indicator"].ne(missing)]
    none = income.starts(rest, plan.observations, "532300", "2021")
    assert none.empty and {"goal_id", "pledge_id", "growth"} <= set(none.columns)
    assert income.everyone(none, here).empty


POOR_ROWS = [
    ("p-2014", income.POOR, "532300", "2014", 100.0),
    ("p-2020", income.POOR, "532300", "2020", 472.0),
]


def with_same_people(*rates):
    """As ``grown``, and the income of the same people: from 100 in 2014 to 472 in 2020, 29.5 % a year."""
    same = past_growth(
        pd.DataFrame(POOR_ROWS, columns=["id", "indicator", "region", "period", "value"]), 15.6
    )
    return pd.concat([same, grown(*rates)], ignore_index=True)


def test_a_pledge_above_the_growth_needed_leads(ways):
    answer = first.answer(ways, grown(20, 5))
    told = unmarked(chosen(answer))
    assert told == "收入目标前后不符：按表每年须增 15.6 %，正文写 19.2 % 以上。" and len(told) <= 40
    with using("en"):
        told = unmarked(chosen(answer))
        assert told == "The income targets disagree: 15.6 % a year by the table, 19.2 % or more by the text."
        assert len(told.split()) <= 20


@pytest.mark.parametrize(
    ("rates", "zh", "en"),
    [
        ((20, 5), "已公布的 2 组收入中 1 组达到过。", "1 of 2 published incomes grew so fast."),
        ((9, 5), "已公布的 2 组收入都没有达到过。", "none of 2 published incomes grew so fast."),
        ((), "正文承诺 15 % 以上。", "the text promises 15 % or more."),
    ],
)
def test_where_both_agree_the_answer_holds_the_target_against_what_has_been(ways, rates, zh, en):
    agreed = ways.assign(pledge=15.0, fits=True)
    answer = first.answer(agreed, grown(*rates))
    told = unmarked(chosen(answer))
    assert told == f"收入目标要求每年增长 15.6 %，{zh}" and len(told) <= 40
    with using("en"):
        told = unmarked(chosen(answer))
        assert told.startswith("The income target takes 15.6 % a year") and told.endswith(en)
        assert len(told.split()) <= 20


def test_what_is_to_be_settled_is_asked_of_the_issuer_by_name_where_the_two_disagree(shipped, ways):
    (step,) = first.settle(ways, shipped)
    assert unmarked(step) == (
        "请楚雄州人民政府澄清收入目标：按表每年须增 15.6 %，正文写 19.2 % 以上，何者为准"
    )
    assert "口径" in first.limits(ways)
    with using("en"):
        (step,) = first.settle(ways, shipped)
        assert "the Chuxiong Prefecture government" in step and len(unmarked(step).split()) <= 30
    agreed = ways.assign(fits=True)
    assert first.settle(agreed, shipped) == [] and first.limits(agreed) == first.limits(ways[:0]) == ""


def test_facts_give_each_reading_and_set_the_same_people_apart(shipped, ways, here):
    facts = first.facts(ways, with_same_people(20, 5, 9), here, shipped)
    told = [(chosen(fact.label), str(fact.figure), unmarked(fact.word)) for fact in facts]
    assert told == [
        ("所需年增速，3 种读法", "15.6 / 18.0 / 19.9 %", "正文承诺 ≥ 19.2 %"),
        ("脱贫人口收入目标", "26,581 元（2025）", "起点 12,861 元（2020）"),
        ("与全体农民目标之比", "最多约 1.33 倍", "全体农民目标 > 2 万元"),
        ("同类人群年均增速", "29.5 %（2014–2020）", "其余 3 组最快 20.0 %"),
    ]
    assert all(fact.ids for fact in facts)
    alone = first.facts(ways, grown(20, 5), here, shipped)[-1]
    assert (chosen(alone.label), str(alone.figure), alone.word) == (
        *("已公布的收入最快，年均", "20.0 %"),
        "楚雄州 2020–2021",
    )


def test_how_many_times_hangs_on_what_the_other_target_is(ways, here):
    (row,) = income.everyone(ways, here).itertuples()
    assert income.times(row) == "最多约 1.33 倍"  # theirs is more than 20,000
    assert income.times(row._replace(comparator="=")) == "约 1.33 倍"


def test_a_target_below_that_of_all_farmers_is_nothing_to_remark(ways, here):
    assert income.everyone(ways.assign(goal=19000.0), here).empty
    assert income.everyone(ways, here)["times"].tolist() == pytest.approx([26581 / 20000])


def test_the_chart_shows_what_is_needed_and_pledged_first(shipped, shown, ways):
    first.growth_chart(ways, with_same_people(20, 5), shipped)
    text = shown[0]["text/plain"]
    assert text.startswith("同类人群此前年均增长 29.5 %，其余 2 组最快 20.0 %。")
    assert (
        text.index("目标所需：15.6（按表）")
        < text.index("正文承诺：19.2")
        < text.index("29.5（不低于 15.6）")
    )
    assert "5.0（低于 15.6）" in text
    first.growth_chart(ways, grown(20, 5), shipped)
    assert shown[1]["text/plain"].startswith("已公布的收入最快年均增长 20.0 %。")
    first.growth_chart(ways, grown(), shipped)
    assert shown[2]["text/plain"].startswith("收入目标所需的增速。")


@pytest.mark.parametrize(("value", "word"), [(23119.0, "高于"), (30000.0, "不高于")])
def test_the_title_compares_with_the_latest_income_elsewhere(shipped, ways, value, word):
    names = ["indicator", "region", "period", "value"]
    rows = pd.DataFrame([("rural-disposable-income", "100000", "2024", value)], columns=names)
    title = chosen(income.beside_title(ways, rows, shipped))
    assert f"收入目标 26,581 元，{word} 2024 年全国" in title
    assert chosen(income.beside_title(ways, rows[:0], shipped)) == "收入目标与公布的收入"


def test_tables_lead_every_figure_to_its_rows(shipped, shown, ways):
    income.readings_table(ways, shipped, "t")
    assert "25,964 元" in shown[0]["text/markdown"]  # 12,861 × 1.192⁴
    income.grown_table(grown(20, 5), 15.6, shipped, "t")
    text = shown[1]["text/markdown"]
    assert "100 → 120" in text and text.index("达到过") < text.index("没有")
    figures = ["年份", "从 → 到，元", "年均增速", "最快一段"]
    assert columns_of_figures(shown[1]) == figures
    assert sources(shown[1])[0] == {name: ["o0-2020", "o0-2021"] for name in figures}
    start, goal = ways.iloc[0][["id", "goal_id"]]
    assert sources(shown[0])[0] == {
        **{"起点": [start], "每年需增长": [start, goal]},
        "按承诺增速到期可达": [start, ways.iloc[0]["pledge_id"]],
    }


@pytest.mark.parametrize(("goal", "count"), [(20000.0, 0), (20001.0, 1)])
def test_only_a_target_above_that_of_all_farmers_is_a_multiple_of_it(ways, here, goal, count):
    assert len(income.everyone(ways.assign(goal=goal), here)) == count
    assert income.everyone(ways.assign(due="2024"), here).empty  # theirs is of 2025


def test_a_target_that_is_no_higher_than_an_income_elsewhere_is_not_above_it(shipped, ways):
    names = ["indicator", "region", "period", "value"]
    rows = [(income.RURAL, "100000", "2024", 26581.0), (income.RURAL, "530000", "2023", 9.0)]
    title = chosen(income.beside_title(ways, pd.DataFrame(rows, columns=names), shipped))
    assert "不高于 2024 年全国" in title
    own = pd.DataFrame([(income.POOR, "532300", "2024", 1.0)], columns=names)
    assert chosen(income.beside_title(ways, own, shipped)) == "收入目标与公布的收入"


def test_of_incomes_four_are_drawn(shipped, shown, ways):
    many = pd.concat([grown(20, 16, 15), grown(5, 3)], ignore_index=True)
    first.growth_chart(ways, many, shipped)
    text = shown[0]["text/plain"]
    assert text.count("（不低于 15.6）") + text.count("（低于 15.6）") == 4 and "3.0（" not in text


def test_the_readings_say_whether_they_hold_the_pledge(shipped, shown, ways):
    income.readings_table(ways, shipped, "t")
    lines = [line for line in shown[0]["text/plain"].splitlines() if "读法" not in line]
    assert ["不低于承诺" in line for line in lines if "承诺" in line] == [False, False, True]


@pytest.mark.parametrize(("times", "told"), [(1.004, "1.004"), (1.006, "1.01"), (1.01, "1.01")])
def test_a_higher_target_is_more_than_once_the_other(ways, here, times, told):
    (row,) = income.everyone(ways, here).itertuples()
    assert income.times(row._replace(times=times, comparator="=")) == f"约 {told} 倍"
    with using("en"):
        assert income.times(row._replace(times=times, comparator="=")) == f"about {told} times"
