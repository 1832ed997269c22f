"""Places against pupils on the page: what leads, what is to be done, what is drawn; and charts of promises."""

import pytest
from lxml import etree

from plan_monitor import report as show
from plan_monitor.methods import convergence, promises, series
from plan_monitor.methods.places import places_and_pupils
from plan_monitor.report import pupils
from reportkit.cited import unmarked
from reportkit.language import chosen, using
from reportkit.words import SENTENCE
from traces import columns_of_figures, sources

LEVELS = {
    "学前教育": ("preschool-places", "preschool-places-new", "kindergarten-children"),
    "小学": ("primary-places", "primary-places-new", "primary-students"),
}
REGION, NATION, AS_OF = "532300", "100000", "2025-12"


@pytest.fixture(scope="module")
def judged(shipped):
    return promises.judge(shipped.select(document="edu-145", region=REGION), AS_OF)


@pytest.fixture(scope="module")
def compared(shipped, judged):
    due = judged[judged["period"].eq("2025")]
    return places_and_pupils(due, shipped.observations, LEVELS, NATION, AS_OF)


def test_places_added_while_pupils_become_fewer_lead(shipped, compared):
    """7.63 / 6.61 planned, and 3583.99 / 4818.26 in the nation."""
    assert unmarked(pupils.answer(compared, "全国", shipped)) == (
        "学前教育拟增学位 3.5 万个；全国在园幼儿自 2020 年减少 25.6 %。"
    )
    added, spare = pupils.facts(compared, "全国", shipped)
    assert (added.figure, unmarked(added.word)) == ("目标 3.5 万个（2025）", "全国在园幼儿减少 25.6 %")
    assert (spare.figure, spare.word) == ("14 % 至 24 %", "学前教育 24 %，小学 14 %")
    assert len(spare.ids) == 4
    assert unmarked(pupils.limits(compared, "全国", shipped)) == (
        "本地 2020 年以后的在园幼儿数未收录到，全国的变动不代表本地。"
    )
    (step,) = pupils.steps(compared, shipped)
    assert (
        unmarked(step)
        == "新增学位前，请楚雄州人民政府用最新在园幼儿和出生人口核实学前教育 3.5 万个是否仍需要"
    )


def test_places_and_pupils_in_english(shipped, compared, shown):
    with using("en"):
        level = compared.assign(level=["preschool", "primary"])
        assert unmarked(pupils.answer(level, "China", shipped)) == (
            "Preschool plan: 35,000 places more; children in kindergarten in China down 25.6 % since 2020."
        )
        added, spare = pupils.facts(level, "China", shipped)
        assert chosen(added.label) == "Places added, preschool" and str(added.figure).startswith(
            "target 35,000"
        )
        assert unmarked(added.word) == "children in kindergarten in China down 25.6 %"
        assert (str(spare.figure), spare.word) == ("14 % to 24 %", "preschool 24 %, primary 14 %")
        (step,) = map(unmarked, pupils.steps(level, shipped))
        assert step.startswith("Before adding places, the Chuxiong Prefecture government to check 35,000")
        pupils.say(level, "China", "", shipped)
        pupils.say(level, "China", "1 in 2024", shipped)
    bare, with_births = (bundle["text/plain"] for bundle in shown)
    assert "(up 15 %)" in bare and "over 2020–2024.**" in bare and "births:" not in bare
    assert with_births.endswith("births (births: 1 in 2024).")


def test_where_pupils_grow_elsewhere_only_the_places_left_empty_are_told(shipped, compared):
    growing = compared.assign(elsewhere=-compared["elsewhere"])
    assert pupils.fewer(growing).empty and pupils.steps(growing, shipped) == []
    (spare,) = pupils.facts(growing, "全国", shipped)
    assert chosen(spare.label) == "按规划人数空余学位"
    assert pupils.facts(compared.iloc[:0], "全国", shipped) == []
    assert pupils.limits(growing, "全国", shipped) == ""


def test_the_last_births_stand_beside_those_before(shipped):
    births = series.annual_rows(shipped.observations, ["births"], [REGION], AS_OF)
    (fact,) = pupils.born(births, "某州", shipped)
    assert (chosen(fact.label), fact.figure, fact.word) == (
        "某州出生人口",
        "1.78 万人（2024）",
        "1.75 万人（2023）",
    )
    assert fact.ids == ["obs-017", "obs-016"]
    (alone,) = pupils.born(births.tail(1), "某州", shipped)
    assert alone.word == "" and pupils.born(births[:0], "某州", shipped) == []


def test_the_sentence_leads_to_the_rows_of_each_figure(shown, shipped, compared):
    pupils.say(compared, "全国", "", shipped)
    (told,) = (bundle[SENTENCE] for bundle in shown)
    added, elsewhere = list(compared["added_id"].head(1)), ["obs-199", "obs-203"]
    start, goal = ["edu-145-144"], ["edu-145-145"]
    assert told["sets"] == [start, goal, start + goal, added, elsewhere]
    assert "增加 15 %" in told["text"] and "出生人口：" not in told["text"]


def test_the_line_of_the_nation_and_the_mark_of_the_plan_start_at_one_hundred(shown, shipped, compared):
    pupils.chart(compared, REGION, NATION, AS_OF, shipped)
    text = shown[0]["text/plain"]
    assert text.startswith("学前教育在园幼儿：规划增加 15 %，全国减少 25.6 %")
    assert "2020 100" in text and "2024 74" in text and "楚雄州目标：2025 115" in text
    drawn = "".join(etree.fromstring(shown[0]["image/svg+xml"]).itertext())
    assert "楚雄州目标" in drawn and drawn.count("学前教育在园幼儿") == 1
    with using("en"):
        pupils.chart(compared, REGION, NATION, AS_OF, shipped)
    assert shown[1]["text/plain"].startswith("Children in kindergarten: plan up 15 %, China down 25.6 %")


def test_pupils_planned_stand_beside_those_published(shown, shipped, compared):
    pupils.change_table(compared, "某州", "全国", shipped, ("人数", "Pupils"))
    lines = [line for line in shown[0]["text/plain"].splitlines() if line.startswith("| 学前")]
    assert "增加 15 %" in lines[0] and "减少 25.6 %" in lines[1] and len(lines) == 2
    assert columns_of_figures(shown[0]) == ["起点", "终点", "变动"]
    first, second = sources(shown[0])[:2]
    start, goal = compared.iloc[0][["start_id", "pupils_id"]]
    assert first == {"起点": [start], "终点": [goal], "变动": [start, goal]}
    assert second == {"起点": ["obs-199"], "终点": ["obs-203"], "变动": ["obs-199", "obs-203"]}


def test_the_bars_say_that_places_are_left_empty_only_where_they_are(shown, compared):
    pupils.bars_of(compared, "2025")
    pupils.bars_of(compared.assign(spare=[0.1, -0.1]), "2025")
    assert shown[0]["text/plain"].startswith("规划的学位都多于规划的学生，空余 14 至 24 %")
    assert shown[1]["text/plain"].startswith("2025 年规划的学位与在校生")


def test_a_lead_over_all_is_said_as_one(shipped, judged):
    rows = shipped.observations
    lead = convergence.lead(rows, ["preschool-gross-enrolment-rate"], REGION, ["530000", NATION])
    assert chosen(show.lead_title(lead, shipped)) == "与云南省和全国相比，最近可比年份 2 组全部领先"
    behind = lead.assign(last=[1.0, -1.0])
    assert chosen(show.lead_title(behind, shipped)) == "与云南省和全国相比，最近可比年份 2 组中 1 组领先"
    assert chosen(show.lead_title(lead.iloc[:0], shipped)) == "实绩与目标"


def test_the_chart_of_a_first_page_is_of_shares_or_of_states(shown, shipped, judged):
    show.leading_chart(judged, shipped)
    assert shown[0]["text/plain"].startswith(
        "2020 年起点离目标最远：农村义务教育教师本科以上学历比例，差 13.02 个百分点"
    )
    unknown = judged[judged["baseline_id"].isna() & judged["role"].eq("promise")]
    show.leading_chart(unknown, shipped)
    show.leading_chart(unknown[unknown["state"].eq("overdue")], shipped)
    show.leading_chart(unknown.head(1).assign(state="overdue"), shipped)
    show.leading_chart(unknown.iloc[:0], shipped)
    first = [bundle["text/plain"].split("。")[0] for bundle in shown[1:]]
    assert first[1:3] == ["4 项承诺全部逾期未收录", "唯一的数字承诺逾期未收录"]
    assert "没有数字承诺" in first[3]


def test_of_few_promises_the_dates_are_drawn(shown, shipped):
    """Issued on 8 June 2022, due at the end of 2025; six months later the result is to be expected."""
    plan = promises.judge(shipped.select(document="housing", region=REGION), AS_OF)
    show.leading_chart(plan, shipped, AS_OF)
    assert "印发 2022-06-08，到期 2025-12，应公布 2026-06；截至 2025-12" in shown[0]["text/plain"]
    assert shown[0]["text/plain"].startswith("唯一的数字承诺到期待公布")
    show.leading_chart(plan[:0], shipped, AS_OF)
    assert "没有数字承诺" in shown[1]["text/plain"]


def test_the_longest_ways_come_first_and_are_counted(shown, shipped):
    judged = promises.judge(shipped.select(document="egov-145", region=REGION), AS_OF)
    show.ways_chart(judged, shipped)
    assert shown[0]["text/plain"].startswith("7 项有基期的比率，5 项要求变动 10 个百分点以上")


def test_only_levels_with_places_to_add_and_fewer_pupils_elsewhere_count(compared):
    """Added is 3.5 (ten thousand) at preschool; at primary level pupils elsewhere changed too."""
    assert pupils.fewer(compared.assign(elsewhere=0.0)).empty
    assert pupils.fewer(compared.assign(elsewhere=-0.1, added=None)).empty
    assert len(pupils.fewer(compared.assign(elsewhere=-0.1, added=1.0))) == len(compared)


def test_one_share_of_empty_places_is_told_once(shipped, compared):
    even = compared.assign(spare=0.2)
    spare = pupils.facts(even, "全国", shipped)[-1]
    assert (str(spare.figure), spare.word) == ("20 %", "学前教育 20 %，小学 20 %")


def test_bars_tell_of_empty_places_only_where_there_are_at_every_level(shown, compared):
    pupils.bars_of(compared.assign(spare=[0.1, 0.0]), "2025")
    pupils.bars_of(compared[:0], "2025")
    assert shown[0]["text/plain"].startswith("2025 年规划的学位与在校生")
    assert "空余" not in shown[1]["text/plain"]


def test_few_places_left_empty_are_not_told_as_none(shown, shipped, compared):
    few = compared.assign(spare=[0.003, 0.12])
    spare = pupils.facts(few, "全国", shipped)[-1]
    assert (spare.figure, spare.word) == ("0.3 % 至 12 %", "小学 12 %，学前教育 0.3 %")
    pupils.bars_of(few, "2025")
    assert shown[0]["text/plain"].startswith("规划的学位都多于规划的学生，空余 0.3 至 12 %。")
