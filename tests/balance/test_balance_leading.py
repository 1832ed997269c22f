"""The first page on balanced education: short, made-up data named, and the timetable where there is no school."""

import dataclasses

import pandas as pd
import pytest

from plan_monitor import balance
from plan_monitor.balance.report import leading, timetable
from plan_monitor.milestones import states as milestones
from plan_monitor.report.leading import fits
from reportkit.brief import BRIEF
from reportkit.cited import unmarked
from reportkit.language import use
from reportkit.table import CHART, unpack


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


def test_a_first_page_in_english_word_by_word(county, dates, shipped, shown):
    use("en")
    page = page_of(county, dates, shipped, shown, "990001")
    assert page["answer"] == (
        "Synthetic data: would not pass yet; 4 of 42 school levels have the resources, 8 items open."
    )
    assert [(fact["label"], fact["figure"], fact["word"], fact["state"]) for fact in page["facts"]] == [
        ("School resources", "4/42 school levels", "fails", "lost"),
        ("Coefficients", "11/14", "fails", "lost"),
        ("Government support", "8/15", "fails", "lost"),
        ("Quality", "6/9", "open", ""),
        ("Unanswered, no figure", "8", "", ""),
        ("Cheapest plan", "43.187 million yuan", "assumed unit costs", ""),
    ]
    who = "the education authority of Sample County (synthetic data)"
    assert page["steps"] == [
        f"T{who[1:]} to answer the 8 open items before evaluating itself, “Teacher pay relative to civil servants” "
        "first.",
        "In the next budget begin with Town Primary School 2 (primary), County Experimental School (junior) and "
        "County Nationalities School (junior): 32 % of the cheapest plan.",
        "Before certification put right the 5 items not met, such as “Music rooms per 12 classes” and “School size, "
        "primary and junior secondary”.",
        f"Compute the plan again with local unit costs from {who} in place of those assumed.",
    ]
    assert page["limits"] == (
        "Schools and answers are synthetic examples, not those of a real county. Unit costs are assumptions. The "
        "timetable comes from published plans and does not show progress."
    )
    leading.aspects_chart(county[0], county[2], made_up=True)
    assert shown[-1]["text/plain"] == (
        "6 aspects: 3 not met, 3 open (synthetic data). Share of each aspect that is met. School resources: 10 "
        "(fails); Coefficients: 79 (fails); Government support: 53 (fails); Quality: 67 (open); Recognition: 0 "
        "(open); Vetoes: 67 (open)."
    )


def test_a_first_page_in_chinese_word_by_word(county, dates, shipped, shown):
    page = page_of(county, dates, shipped, shown, "990001")
    assert page["answer"] == "合成数据：尚不能通过，42 个校×学段中 4 个资源达标，8 项待答。"
    assert [(fact["label"], fact["figure"], fact["word"]) for fact in page["facts"]] == [
        ("学校资源", "4/42 个校×学段", "未达标"),
        ("差异系数", "11/14 项", "未达标"),
        ("政府保障", "8/15 项", "未达标"),
        ("教育质量", "6/9 项", "待定"),
        ("未答或缺数据", "8 项", ""),
        ("资源补齐最省", "4,318.7 万元", "假设的单位成本"),
    ]
    assert page["steps"][1:] == [
        "编下年度预算时先补城区第二小学（小学）、县实验学校（初中）和县民族中学（初中），占最省方案 32 %。",
        "认定前整改未达到的 5 个条目，如“每12个班音乐专用教室”和“小学、初中学校规模”。",
        "示例县（合成数据）教育行政部门提供本地单位成本，替换假设值，重算最省方案。",
    ]
    assert (
        page["limits"]
        == "学校和答卷是合成的示例，不是真实的县。单位成本是假设。时间表出自公开文件，不说明进度。"
    )
    assert page["facts"][5]["ids"] == ["synthetic-county", *shipped.unit_costs["id"]]


def test_the_page_without_schools_in_english(nothing, dates, shipped, shown):
    use("en")
    page = page_of(nothing, dates, shipped, shown, "532300")
    assert page["answer"] == (
        "Without school data there is no evaluation. None of 10 counties is planned after its deadline."
    )
    assert [(fact["label"], fact["figure"]) for fact in page["facts"]] == [
        ("Planned before deadline", "5 counties"),
        ("Planned in deadline year", "5 counties"),
        ("Planned after deadline", "0 counties"),
        ("Shares exceeding counties named", "1 of 6"),
    ]
    who = "the education authority of Chuxiong Prefecture"
    assert page["steps"] == [
        f"For an evaluation, {who} to enter its schools from this school year's statistics, and the answers.",
        f"T{who[1:]} to state whether Mouding County and Yongren County passed, as planned for 2025.",
        f"T{who[1:]} to clear up with the issuer: 30 % by 2025 takes 3 counties, 2 are named.",
        "The education authority of Dayao County to evaluate itself by this standard before 2026, the year planned "
        "for its certification.",
    ]
    assert page["limits"] == "The timetable comes from published plans and does not show progress."


def test_at_most_five_steps_those_on_schools_before_those_on_dates(county, dates, shipped, shown):
    here = dates._replace(certified=dates.certified.replace({"region": {"532326": "990001"}}))
    steps = page_of(county, here, shipped, shown, "990001")["steps"]
    assert len(steps) == 5
    assert steps[4].startswith("请楚雄州人民政府办公室澄清")


def test_own_unit_costs_are_called_so_and_need_not_be_replaced(county, dates, shipped, shown):
    """One assumed among them is enough to say that they are."""
    for documents, assumed in ((["edu-3y"] * 7, False), (["edu-3y"] * 6 + ["unit-costs"], True)):
        kinds = shipped.documents.set_index("id")["type"]
        guess = kinds.index[kinds == "assumption"][0]
        own = shipped.unit_costs.assign(document=[guess if d == "unit-costs" else d for d in documents])
        page = page_of(county, dates, dataclasses.replace(shipped, unit_costs=own), shown, "990001")
        assert page["facts"][5]["word"] == ("假设的单位成本" if assumed else "所填单位成本")
        assert ("单位成本是假设。" in page["limits"]) == assumed
        assert any("替换假设值" in step for step in page["steps"]) == assumed
    use("en")
    page = page_of(
        county, dates, dataclasses.replace(shipped, unit_costs=own.assign(document="edu-3y")), shown, "990001"
    )
    assert page["facts"][5]["word"] == "own unit costs"


@pytest.mark.parametrize("cost", [0.0, float("nan")])
def test_where_nothing_is_to_be_added_or_nothing_can_be_no_cost_is_told(county, dates, shipped, shown, cost):
    verdict, plan, evidence = county
    without = plan._replace(additions=plan.additions.iloc[:0], cost=cost, bound=cost)
    page = page_of((verdict, without, evidence), dates, shipped, shown, "990001")
    assert len(page["facts"]) == 5
    assert "单位成本" not in page["limits"]
    assert not any("方案" in step for step in page["steps"])


@pytest.mark.parametrize(
    ("status", "answer"),
    [("passes", "可以通过，42"), ("open", "还不能下结论，42"), ("fails", "尚不能通过，42")],
)
def test_a_real_county_with_all_answered_has_neither_mark_nor_open_items(
    county, dates, shipped, shown, status, answer
):
    verdict, plan, _ = county
    items = verdict.items.assign(state="met")
    told = verdict._replace(status=status, items=items, aspects=verdict.aspects.assign(open=0))
    page = page_of((told, plan, ["edu-3y"]), dates, shipped, shown, "990001")
    assert page["answer"] == f"{answer} 个校×学段中 4 个资源达标。"
    assert page["limits"] == "单位成本是假设。时间表出自公开文件，不说明进度。"
    assert len(page["steps"]) == 2  # no item is open, and none is to be put right
    use("en")
    page = page_of((told, plan, ["edu-3y"]), dates, shipped, shown, "990001")
    assert page["answer"].endswith("; 4 of 42 school levels have the resources.")
    assert page["answer"][0].isupper()


def test_one_made_up_document_is_enough_to_say_so(county, dates, shipped, shown):
    verdict, plan, evidence = county
    page = page_of((verdict, plan, [*evidence, "edu-3y"]), dates, shipped, shown, "990001")
    assert page["answer"].startswith("合成数据：")


def test_an_aspect_of_which_there_is_nothing_is_not_drawn(nothing, shown):
    leading.aspects_chart(nothing[0], [], made_up=False)
    assert shown[-1]["text/plain"].startswith("5 个方面：5 个待定。")
    assert "学校资源" not in shown[-1]["text/plain"]


def test_counties_are_drawn_by_whether_they_are_early(shown):
    fit = fit_of(4.0, 0.5, 0.0, -1.0, -0.5, float("nan"))
    timetable.counts_chart(fit)
    assert shown[-1]["text/plain"].endswith("早于期限 2；等于期限 1；晚于期限 2。")
    assert shown[-1][CHART]["title"] == "5 个县市中 2 个的计划年晚于期限"
    ids = [row[-1].ids for row in unpack(shown[-1][CHART])]
    assert ids == [["d0", "d1", "p0", "p1"], ["d2", "p2"], ["d3", "d4", "p3", "p4"]]
    use("en")
    timetable.counts_chart(fit)
    assert shown[-1][CHART]["title"] == "Of 5 counties 2 are planned after the deadline"
    assert timetable.finding(fit[:0]) == "No county has both a deadline and a planned year"
    assert timetable.finding(fit[:1]) == "None of 1 county is planned after its deadline"
    told = timetable.answer(timetable.Timetable(None, fit[5:], None))
    assert told == "Without school data there is no evaluation."
    assert "None of 1 county" in timetable.answer(timetable.Timetable(None, fit[:1], None))


def certified_of(*rows):
    columns = ["region", "period", "timing", "state"]
    return pd.DataFrame(rows, columns=columns).assign(id=[f"m{n}" for n in range(len(rows))])


NO_SHARES = pd.DataFrame({"needs": [], "named": []})


@pytest.mark.parametrize(
    ("years", "span"), [(("2024", "2025", "2023"), "2023—2025"), (("2025", "2025", "2025"), "2025")]
)
def test_the_years_of_those_that_are_due_are_a_span(shipped, years, span):
    states = ("awaited", "unknown", "under_way")
    regions = ("532327", "532323", "532326")
    rows = [(r, y, "in", s) for r, y, s in zip(regions, years, states, strict=True)]
    others = [("532328", "2020", "by", "awaited"), ("532329", "2021", "in", "done")]
    due = timetable.Timetable(certified_of(*rows, *others), None, NO_SHARES)
    (step,) = timetable.steps(due, shipped, "532300")
    assert (
        step
        == f"楚雄州教育行政部门核实永仁县、牟定县和大姚县是否已通过国家认定（计划 {span} 年），公布结果。"
    )
    use("en")
    (step,) = timetable.steps(due, shipped, "532300")
    assert step.endswith(f"passed, as planned for {span.replace('—', '–')}.")


def test_the_next_year_ahead_names_its_counties(shipped):
    rows = [("532301", "2030"), ("532302", "2028"), ("532327", "2028"), ("532323", "2031")]
    ahead = timetable.Timetable(certified_of(*[(*row, "in", "not_due") for row in rows]), None, NO_SHARES)
    (step,) = timetable.steps(ahead, shipped, "532300")
    assert step == "禄丰市和永仁县教育行政部门在 2028 年认定前，按本报告的标准自评一次。"


def test_a_place_without_one_above_it_is_asked_itself_and_a_county_of_another_prefecture_is_enough(shipped):
    alone = timetable.Timetable(certified_of(("990001", "2024", "in", "awaited")), None, NO_SHARES)
    (step,) = timetable.steps(alone, shipped, "990001")
    assert step.startswith("示例县（合成数据）教育行政部门核实示例县（合成数据）是否已通过")
    two = certified_of(("530102", "2024", "in", "awaited"), ("532327", "2024", "in", "awaited"))
    both = timetable.Timetable(two, None, NO_SHARES)
    for region in ("532300", "530100", "532327", "530000"):
        (step,) = timetable.steps(both, shipped, region)
        assert step.startswith("昆明")
    assert timetable.steps(both, shipped, "990001") == []


@pytest.mark.parametrize(
    ("issuer", "asked"), [("甲厅 乙办", "请乙办澄清："), (None, "请楚雄州教育行政部门澄清：")]
)
def test_the_first_share_that_takes_more_than_are_named_is_to_be_cleared_up(dates, shipped, issuer, asked):
    rows = dates.shares.iloc[:3].assign(needs=[2.0, 2.5, 3.0], named=[2, 2, 2], value=[20.0, 25.0, 30.0])
    documents = shipped.documents.assign(issuer=issuer)
    told = timetable.steps(
        dates._replace(shares=rows, certified=dates.certified.assign(state="done")),
        dataclasses.replace(shipped, documents=documents),
        "532300",
    )
    assert [unmarked(one) for one in told] == [
        f"{asked}2025 年占比 25 % 需 2.5 个县市，文件列名的只有 2 个。"
    ]
    assert "2 处" in timetable.facts(dates._replace(shares=rows))[-1].figure


@pytest.mark.parametrize(
    ("met", "zh", "en"),
    [
        (199, "99.5（未达标）", "99.5 (fails)"),
        (299, "99.7（未达标）", "99.7 (fails)"),
        (300, "100（达标）", "100 (passes)"),
        (3, "1（未达标）", "1 (fails)"),
    ],
)
def test_an_aspect_that_is_not_quite_met_is_not_drawn_as_all(county, shown, met, zh, en):
    """199 of 200, 299 and 300 of 300, 3 of 300."""
    total = 200 if met == 199 else 300
    aspects = (
        county[0]
        .aspects.head(1)
        .assign(
            met=met, not_met=total - met, open=0, total=total, status="passes" if met == total else "fails"
        )
    )
    for lang in ("zh", "en"):
        use(lang)
        leading.aspects_chart(county[0]._replace(aspects=aspects), [], made_up=False)
    assert f"学校资源：{zh}" in shown[0]["text/plain"] and f"School resources: {en}" in shown[1]["text/plain"]
