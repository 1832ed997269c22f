"""Figures beside those of the region above, whom to ask, and what the charts of promises say."""

from dataclasses import replace

import pandas as pd
import pytest

from plan_monitor.methods import promises
from plan_monitor.report import compared, drawn, responsible
from reportkit.cited import unmarked
from reportkit.language import chosen, use

PROVINCE = "530000"


@pytest.fixture
def judged(package):
    return promises.judge(package, "2025-12")


def above(package, **values):
    """The package with figures of the region above: of an indicator, its value in 2020."""
    first = package.observations[:1]
    rows = [
        first.assign(id=f"p-{name}", indicator=name.replace("_", "-"), region=PROVINCE, value=value)
        for name, value in values.items()
    ]
    return replace(package, observations=pd.concat([package.observations, *rows], ignore_index=True))


def told(lead):
    facts = [(str(fact.figure), unmarked(fact.word), [*fact.ids]) for _, fact in lead.facts]
    return [unmarked(answer) for answer in lead.answers], lead.most, facts


@pytest.mark.parametrize(
    ("province", "said"),
    [((90.9, 98.8), "全都优于某省"), ((91.0, 98.88), "全都不及某省"), ((90.9, 99.0), "有 1 项优于某省")],
)
def test_bases_are_ahead_of_the_region_above_only_where_they_are_higher(package, judged, province, said):
    both = above(package, preschool_rate=province[0], retention_rate=province[1])
    answers, most, facts = told(compared.base_beside(judged, both, "2025-12"))
    assert answers == [f"基期可比的 2 项指标{said}。"] and most == 2
    assert len(facts) == 2


def test_where_less_is_better_a_lower_base_is_ahead(package, judged):
    down = judged[:1].assign(direction="down", comparator="<=")
    for value, said in ((90.9, "全都不及某省"), (91.1, "全都优于某省")):
        answers, _, _ = told(compared.base_beside(down, above(package, preschool_rate=value), "2025-12"))
        assert answers == [f"基期可比的 1 项指标{said}。"]
    neutral = judged[:1].assign(direction="neutral", comparator="=")
    assert told(compared.base_beside(neutral, above(package, preschool_rate=1.0), "2025-12"))[0] == []


def test_a_base_is_compared_with_the_same_year_and_the_lagging_stand_first(package, judged):
    both = above(package, preschool_rate=90.0, retention_rate=99.0)
    _, _, facts = told(compared.base_beside(judged, both, "2025-12"))
    assert facts == [
        ("基期 98.88 %（2020）", "某省 99 %（2020）", ["o-3", "p-retention_rate"]),
        ("基期 91 %（2020）", "某省 90 %（2020）", ["o-1", "p-preschool_rate"]),
    ]
    later = replace(both, observations=both.observations.replace({"period": {"2020": "2021"}}))
    assert told(compared.base_beside(judged, later, "2025-12")) == ([], 0, [])
    bounded = both.observations.copy()
    bounded.loc[bounded["region"].eq(PROVINCE), "comparator"] = ">="
    assert told(compared.base_beside(judged, replace(both, observations=bounded), "2025-12"))[0] == []


@pytest.mark.parametrize(("value", "reached"), [(95.0, "某省 95 %（2020）"), (94.9, "某省 94.9 %（2020）")])
def test_a_target_without_a_base_stands_beside_what_was_reached_above(package, judged, value, reached):
    rows = judged[:1].assign(baseline_id=None, status=None)
    lead = compared.target_beside(rows, above(package, preschool_rate=value), "2025-12")
    answers, most, facts = told(lead)
    met = "其中 1 项某省已经达到" if value >= 95 else "都高于某省的实绩"
    assert answers == [
        f"学前毛入园率目标 ≥ 95 %，{reached}。",
        f"可与某省相比的目标 1 项，{met}（2020 年）。",
    ]
    assert most == 3 and facts == [("目标 ≥ 95 %（2025）", reached, ["t-1", "p-preschool_rate"])]
    use("en")
    answers, _, _ = told(compared.target_beside(rows, above(package, preschool_rate=value), "2025-12"))
    verb = "had reached" if value >= 95 else "had not reached"
    assert answers[1] == f"A province {verb} the one target that can be compared (2020)."


def test_judged_targets_and_those_with_a_base_are_not_compared_again(package, judged):
    known = above(package, preschool_rate=95.0)
    assert told(compared.target_beside(judged[:1].assign(baseline_id=None), known, "2025-12"))[0] == []
    assert told(compared.target_beside(judged[:1].assign(status=None), known, "2025-12"))[0] == []


def test_counts_are_not_compared(package, judged):
    more = above(package, rural_income=1.0)
    assert told(compared.base_beside(judged[2:], more, "2025-12")) == ([], 0, [])
    years = judged[2:].assign(unit="年")
    assert told(compared.base_beside(years, more, "2025-12"))[0] == ["基期可比的 1 项指标全都优于某省。"]


def asked(package, issuer="某县人民政府", kind="statistics", units=()):
    documents = package.documents.assign(issuer=[issuer, "某县统计局"], type=["plan", kind])
    rows = pd.DataFrame([*units], columns=["id", "promise", "unit_zh", "role"]).assign(
        unit_en="", document=""
    )
    return replace(package, documents=documents, responsibilities=rows)


PROMISE = {"id": "t-1", "document": "plan-1", "latest_id": "o-2, o-1", "baseline_id": "o-1"}


def test_whom_to_ask_is_the_unit_that_leads_else_the_publisher_else_the_issuer(package):
    units = [
        ("r-1", "t-1", "县财政局", "support"),
        ("r-2", "t-1", "县教育局", "lead"),
        ("r-3", "t-1", "县编办", "joint"),
    ]
    contact = responsible.contacts(asked(package, units=units))
    assert contact(PROMISE) == ("县教育局", ["r-2"], "")
    joint = responsible.contacts(asked(package, units=[units[0], units[2]]))
    assert joint(PROMISE)[:2] == ("县编办", ["r-3"])
    two = responsible.contacts(asked(package, units=[units[2], ("r-4", "t-1", "县教育局", "joint")]))
    assert two(PROMISE)[:2] == ("县编办等", ["r-3", "r-4"])
    nobody = responsible.contacts(asked(package, units=units[:1]))
    assert nobody(PROMISE).name == "某县统计局"
    assert nobody(PROMISE | {"latest_id": None}).name == "某县人民政府"  # the base is the plan's own
    assert responsible.contacts(asked(package, kind="plan"))(PROMISE).name == "某县人民政府"


@pytest.mark.parametrize(
    ("issuer", "zh", "en"),
    [
        ("某县人民政府", "某县人民政府", "A county government"),
        ("某省统计局", "某省统计局", "A province statistics bureau"),
        ("某局 某县人民政府办公室", "某县人民政府办公室", "A county government office"),
        ("字" * 16, "字" * 16, f"issuer ({'字' * 16})"),
        ("字" * 17, "发文机关", f"issuer ({'字' * 17})"),
        ("人民政府", "人民政府", "issuer (人民政府)"),
        ("", "发文机关", "issuer"),
    ],
)
def test_an_issuer_is_named_shortly_and_in_english_by_its_region(package, issuer, zh, en):
    known = asked(package, issuer=issuer)
    assert responsible.issuers(known)("plan-1") == (zh, [], issuer)
    use("en")
    assert responsible.issuers(known)("plan-1").name == en


@pytest.mark.parametrize(("most", "cell"), [(1, "甲局等"), (2, "甲局、乙局等"), (3, "甲局、乙局、丙局")])
def test_a_column_names_the_first_units_and_says_whether_there_are_more(package, most, cell):
    units = [(f"r-{n}", "t-1", unit, "joint") for n, unit in enumerate(("甲局", "乙局", "丙局"))]
    column = responsible.column(["t-1", "t-2"], asked(package, units=units), most)
    assert [str(text) for text in column.cells] == [cell, "–"]
    assert [[*ids] for ids in column.ids] == [["r-0", "r-1", "r-2"], []]


def test_who_answers_for_a_promise_answers_for_its_repetition(package):
    known = asked(package, units=[("r-1", "t-1", "甲局", "lead")])
    repeated = replace(known, targets=known.targets.assign(restates=[None, "t-1", None]))
    assert set(responsible.units(repeated)) == {"t-1", "t-2"}
    original = replace(known, targets=known.targets.assign(restates=["t-3", None, None]))
    assert set(responsible.units(original)) == {"t-1", "t-3"}


def titles(shown):
    return [bundle["text/plain"].split("。")[0] for bundle in shown]


def test_the_first_page_draws_three_shares_or_else_dates_or_states(package, judged, shown):
    shares = judged.assign(unit="%", kind="level", gap=[2.0, -3.0, 1.0], latest_id=["o-2", "o-3", None])
    shares = shares.assign(latest=[93.0, 98.88, None])
    drawn.leading_chart(shares, package)
    drawn.leading_chart(shares.assign(gap=[2.0, -3.0, 4.5]), package)
    drawn.leading_chart(shares.assign(kind=["level", "coverage", "floor"]), package)
    drawn.leading_chart(judged, package, "2025-12")
    four = pd.concat([judged, judged[:1].assign(id="t-4")])
    drawn.leading_chart(four, package, "2025-12")
    assert titles(shown) == [
        "离目标最远：巩固率，差 3 个百分点",
        "2020 年起点离目标最远：农民收入，差 4.5 个百分点",
        "3 项承诺，2 项逾期未收录",
        "3 项承诺，2 项逾期未收录",
        "4 项承诺，2 项进度偏慢",
    ]
    assert ["印发" in bundle["text/plain"] for bundle in shown] == [False] * 3 + [True, False]


def test_dates_are_drawn_with_the_result_expected_after_its_lag(package, judged, shown):
    drawn.dates(judged[:1].assign(lag=6.0), package, "2025-12")
    drawn.dates(judged[:1].assign(lag=None), package, "2025-12")
    first, second = (bundle["text/plain"] for bundle in shown)
    assert (
        "印发 2021-05-12，到期 2025-12，应公布 2026-06" in first and "应公布" not in second.split("。", 2)[2]
    )


@pytest.mark.parametrize(
    ("states", "zh", "en"),
    [
        (["slow"], "唯一的数字承诺进度偏慢", "The only promise in numbers: "),
        (["slow"] * 2, "2 项承诺全部进度偏慢", "Both promises: "),
        (["slow"] * 3, "3 项承诺全部进度偏慢", "All 3 promises: "),
        (["slow", "overdue", "overdue"], "3 项承诺，2 项逾期未收录", "2 of 3 promises: "),
        ([], "没有数字承诺", "No promise in numbers"),
    ],
)
def test_a_title_tells_the_commonest_state(judged, shown, states, zh, en):
    rows = judged[: len(states)].assign(state=states)
    drawn.states(rows)
    use("en")
    drawn.states(rows)
    assert titles(shown)[0].strip("*").startswith(zh) and en in shown[1]["text/plain"]


def test_ways_of_ten_points_and_more_are_counted(package, judged, shown):
    rows = judged.assign(unit="%", baseline=[80.0, 90.0, 90.1], value=[90.0, 80.0, 100.0])
    drawn.ways_chart(rows, package)
    drawn.ways_chart(rows.assign(unit="元"), package)
    assert titles(shown)[0] == "3 项有基期的比率，2 项要求变动 10 个百分点以上"
    assert "有基期的比率" in shown[1]["text/plain"]


@pytest.mark.parametrize(("goal", "count"), [(16.3, 0), (16.4, 3), (16.5, 3)])
def test_a_way_of_ten_points_is_ten_points_whatever_binary_arithmetic_makes_of_it(
    package, judged, shown, goal, count
):
    """16.4 - 6.4 are 9.999999999999998."""
    drawn.ways_chart(judged.assign(unit="%", baseline=6.4, value=goal), package)
    assert titles(shown)[0] == f"3 项有基期的比率，{count} 项要求变动 10 个百分点以上"


def test_a_lead_of_nothing_is_none(package):
    lead = pd.DataFrame({"benchmark": [PROVINCE] * 3, "last": [1.0, 0.0, -1.0]})
    assert chosen(drawn.lead_title(lead, package)) == "与某省相比，最近可比年份 3 组中 1 组领先"
    assert chosen(drawn.lead_title(lead[:1], package)) == "与某省相比，最近可比年份 1 组全部领先"
