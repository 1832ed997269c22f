"""The first page on balanced education: short, made-up data named, and the timetable where there is no school."""

import pandas as pd
import pytest

from plan_monitor import balance
from plan_monitor.balance.report import leading, timetable
from plan_monitor.milestones import states as milestones
from plan_monitor.report.leading import fits
from reportkit.brief import BRIEF
from reportkit.cited import unmarked
from reportkit.language import use


@pytest.fixture(scope="module")
def county(shipped, standard):
    schools, answers = shipped.schools, shipped.answers
    verdict = balance.evaluate_county(schools, answers, standard, shipped.level_weights)
    plan = balance.cheapest_plan(
        balance.split_levels(schools, shipped.level_weights), standard, shipped.unit_costs
    )
    return verdict, plan, list(dict.fromkeys([*schools["document"], *answers["document"]]))


@pytest.fixture(scope="module")
def nothing(shipped, standard):
    schools, answers = shipped.schools.iloc[:0], shipped.answers.iloc[:0]
    verdict = balance.evaluate_county(schools, answers, standard, shipped.level_weights)
    return verdict, balance.cheapest_plan(schools, standard, shipped.unit_costs), []


@pytest.fixture(scope="module")
def dates(shipped):
    rows = shipped.milestones[shipped.milestones["programme_zh"] == "义务教育优质均衡"]
    rows = milestones.states(rows, shipped.milestone_status, "2025-12")
    level = rows["region"].map(shipped.regions.set_index("code")["level"])
    own = rows[level.eq("county") & (rows["timing"].eq("by") | rows["document"].eq("edu-balanced"))]
    fit = milestones.against_deadlines(own)
    targets = shipped.targets[shipped.targets["indicator"] == "balanced-county-share"]
    shares = timetable.shares(targets, own, len(fit), shipped.documents.set_index("id")["title_zh"])
    return timetable.Timetable(own, fit, shares)


def page_of(case, dates, shipped, shown, region):
    verdict, plan, evidence = case
    leading.first_page(verdict, plan, dates, shipped, region, evidence)
    return shown[-1][BRIEF]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["county", "nothing"])
def test_a_first_page_has_room_for_all_it_says(name, lang, county, nothing, dates, shipped, shown):
    use(lang)
    page = page_of(county if name == "county" else nothing, dates, shipped, shown, "990001")
    assert fits(page["answer"]), page["answer"]
    assert 3 <= len(page["facts"]) <= 6
    assert 1 <= len(page["steps"]) <= 5
    for step in page["steps"]:
        assert len(step) <= 60 if lang == "zh" else len(step.split()) <= 30, step
    assert len(page["limits"]) <= 80 or lang == "en"
    assert all(len(fact["label"]) <= 12 or lang == "en" for fact in page["facts"])


def test_made_up_schools_are_called_so_in_answer_limits_and_chart(county, dates, shipped, shown):
    page = page_of(county, dates, shipped, shown, "990001")
    assert page["answer"].startswith("合成数据：尚不能通过，42 个校×学段中 4 个资源达标")
    assert "学校和答卷是合成的示例" in page["limits"]
    leading.aspects_chart(county[0], county[2], made_up=True)
    assert shown[-1]["text/plain"].startswith("6 个方面：3 个未达标，3 个待定（合成数据）。")
    leading.aspects_chart(county[0], ["edu-balanced"], made_up=False)
    assert "合成" not in shown[-1]["text/plain"]


def test_steps_say_which_items_and_which_schools_come_first(county, dates, shipped, shown):
    steps = page_of(county, dates, shipped, shown, "990001")["steps"]
    assert (
        steps[0]
        == "示例县（合成数据）教育行政部门自评前补答 8 个条目，先答“义务教育教师与公务员平均工资之比”。"
    )
    cost = county[1].additions.groupby(["code", "level"])["cost"].sum().nlargest(3).sum()
    assert steps[1].startswith(
        "编下年度预算时先补城区第二小学（小学）、县实验学校（初中）和县民族中学（初中），占最省方案 "
    )
    assert steps[1].endswith(f"{100 * cost / county[1].cost:.0f} %。")
    assert "整改未达到的 5 个条目" in steps[2]


def test_the_timetable_leads_where_there_is_no_school(nothing, dates, shipped, shown):
    page = page_of(nothing, dates, shipped, shown, "532300")
    assert page["answer"] == "没有学校数据，无从评估；10 个县市的计划年都不晚于期限。"
    assert page["steps"][0].startswith("楚雄州教育行政部门按本学年事业统计填报各校数据")
    assert "大姚县教育行政部门在 2026 年认定前，按本报告的标准自评一次。" in page["steps"]
    late = dates.fit.assign(years_early=-1.0, fits=False)
    assert timetable.finding(late) == "10 个县市中 10 个的计划年晚于期限"
    assert timetable.finding(late.iloc[:0]) == "没有县市同时有期限和计划年"
    assert timetable.answer(timetable.Timetable(dates.certified, late.iloc[:0], dates.shares)).endswith(
        "无从评估。"
    )


def test_what_was_done_is_not_to_be_found_out(dates, shipped):
    done = dates._replace(certified=dates.certified.assign(state="done"))
    assert any(
        "楚雄州教育行政部门核实牟定县和永仁县" in one for one in timetable.steps(dates, shipped, "532300")
    )
    assert not any("核实" in one for one in timetable.steps(done, shipped, "532300"))


def test_dates_of_other_counties_are_no_steps_and_the_issuer_is_named(dates, shipped):
    assert timetable.steps(dates, shipped, "990001") == []
    assert timetable.steps(dates, shipped, "532323") == timetable.steps(dates, shipped, "532300")
    cleared = [unmarked(one) for one in timetable.steps(dates, shipped, "532300") if "澄清" in one]
    assert cleared == ["请楚雄州人民政府办公室澄清：2025 年占比 30 % 需 3 个县市，文件列名的只有 2 个。"]


def test_a_share_that_the_list_does_not_make_up_leads_to_its_rows(dates):
    short = dates.shares[dates.shares["needs"] > dates.shares["named"]].iloc[[0]]
    zh, en = timetable.mismatch(next(short.itertuples()))
    assert short["id"].iloc[0] in zh and short["ids"].iloc[0][0] in zh
    assert "2025 年占比 30 %，需要 3 个县市，各文件届时明确到县的只有 2 个。" in unmarked(zh)
    assert "promises 30 % by 2025, which takes 3 counties" in unmarked(en)
    assert isinstance(short, pd.DataFrame)


def fit_of(*years_early):
    """Counties with years between plan and deadline; NaN where one of the two is missing."""
    rows = [
        (f"d{n}", None if pd.isna(early) else f"p{n}", early, None if pd.isna(early) else early >= 0)
        for n, early in enumerate(years_early)
    ]
    return pd.DataFrame(rows, columns=["deadline_id", "planned_id", "years_early", "fits"])


def test_counties_are_early_in_time_or_late_and_the_undated_nothing():
    fit = fit_of(4.0, 1.0, 0.0, -1.0, float("nan"))
    assert timetable.counts(fit) == {"early": 2, "same": 1, "late": 1}
    assert timetable.finding(fit) == "4 个县市中 1 个的计划年晚于期限"
    assert timetable.finding(fit_of(1.0, 0.0)) == "2 个县市的计划年都不晚于期限"
    assert timetable.ids(fit_of(1.0, float("nan"))) == ["d0", "d1", "p0"]
    assert unmarked(timetable.answer(timetable.Timetable(None, fit, None))) == (
        "没有学校数据，无从评估；4 个县市中 1 个的计划年晚于期限。"
    )


def test_a_share_takes_its_part_of_all_counties_and_counts_those_named_by_its_year():
    named = pd.DataFrame(
        {
            "id": ["m1", "m2", "m3", "m4"],
            "region": ["A", "B", "B", "C"],
            "period": ["2024", "2025", "2025", "2026"],
        }
    )
    promised = pd.DataFrame(
        {"id": ["t1", "t2", "t3"], "value": [20.0, 30.0, 30.0], "period": ["2025", "2025", "2026"]}
    ).assign(document="doc")
    table = timetable.shares(promised, named, 10, pd.Series({"doc": "规划"}))
    assert table[["needs", "named"]].values.tolist() == [[2, 2], [3, 2], [3, 3]]
    assert table["ids"].tolist() == [["m1", "m2", "m3"]] * 2 + [["m1", "m2", "m3", "m4"]]
    assert table["title"].tolist() == ["规划"] * 3
    shown = timetable.facts(timetable.Timetable(named, fit_of(1.0, -1.0), table))
    assert [(one.figure, one.state) for one in shown] == [
        *(("1 个县市", ""), ("0 个县市", ""), ("1 个县市", "lost")),
        ("3 处中 1 处", "slow"),
    ]
    enough = timetable.facts(timetable.Timetable(named, fit_of(1.0), table.iloc[[0, 2]]))
    assert [(one.figure, one.state) for one in enough[2:]] == [("0 个县市", ""), ("2 处中 0 处", "")]
