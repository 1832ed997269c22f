"""The first page of any plan: it leads with what is known, is short, and its figures lead to stored rows."""

from dataclasses import replace

import pandas as pd
import pytest

from plan_monitor import report as show
from plan_monitor.data.figures import stored
from plan_monitor.methods import promises
from plan_monitor.report import leading
from reportkit.cited import spans, unmarked
from reportkit.language import chosen, using

pytestmark = pytest.mark.slow

AS_OF = "2025-12"


def page(package, as_of=AS_OF):
    """Answer, and facts by label: figure, word, ids and state."""
    judged = promises.judge(package, as_of)
    facts = show.leading_facts(judged, package, as_of)
    told = {chosen(fact.label): (str(fact.figure), fact.word, [*fact.ids], fact.state) for fact in facts}
    return show.leading_answer(judged, package, as_of), told


def without(package, *ids):
    """The package without some observations."""
    return replace(package, observations=package.observations[~package.observations["id"].isin(ids)])


def with_row(package, like, **values):
    """The package with another observation, which is like one of its own but for some values."""
    rows = package.observations
    return replace(package, observations=pd.concat([rows, rows[rows["id"].eq(like)].assign(**values)]))


def test_what_can_be_judged_comes_first(package):
    answer, facts = page(package)
    assert unmarked(answer) == "3 项承诺可判断 1 项（2023 数）：1 项进度偏慢。"
    sets = []
    spans(answer, sets)
    assert sets == [["t-1", "t-2", "t-3"], ["t-1", "o-2"]]
    assert facts["学前毛入园率"] == ("实绩 93 %（2023）", "进度偏慢，目标 ≥ 95 %", ["o-2", "t-1"], "slow")
    with using("en"):
        assert unmarked(page(package)[0]) == "1 of 3 promises can be judged, by figures of 2023: 1 slow."


def test_the_endangered_stand_before_those_on_track(package):
    answer, facts = page(with_row(package, "o-4", id="o-5", period="2023", value=26000.0))
    assert unmarked(answer) == "3 项承诺可判断 2 项（2023 数）：1 项符合进度，1 项进度偏慢。"
    judged = [(fact[3], fact[1]) for fact in facts.values() if fact[3]]
    assert judged == [
        ("slow", "进度偏慢，目标 ≥ 95 %"),
        ("on_track", "符合进度（规划自报），目标 26,581 元"),
    ]


def test_many_states_are_grouped_in_a_short_answer(package):
    states = ["achieved", "kept", "on_track", "slow", "lagging", "moving_away", "lost"]
    one = promises.judge(package, AS_OF).query("id == 't-1'")
    judged = one.loc[one.index.repeat(len(states))].assign(status=states, state=states)
    assert unmarked(show.leading_answer(judged, package, AS_OF)) == (
        "7 项承诺可判断 7 项（2023 数）：3 项达到或符合进度，4 项落后。"
    )


def test_a_target_below_its_base_is_told_where_nothing_can_be_judged(package):
    answer, facts = page(without(package, "o-2"))
    assert unmarked(answer) == "有 1 项目标低于已经达到的水平：巩固率。"
    assert facts["巩固率"] == ("目标 98 %（2025）", "低于基期 98.88 %（2020）", ["t-2", "o-3"], "")


def test_else_the_level_of_the_base_year_beside_the_region_above(package):
    base = without(package, "o-2", "o-3")
    for value, told in ((90.0, "全都优于某省"), (91.0, "全都不及某省"), (91.5, "全都不及某省")):
        answer, facts = page(with_row(base, "o-1", id="o-9", region="530000", value=value))
        assert unmarked(answer) == f"基期可比的 1 项指标{told}。"
    assert facts["学前毛入园率"][:3] == ("基期 91 %（2020）", "某省 91.5 %（2020）", ["o-1", "o-9"])


def test_counts_of_a_prefecture_are_not_set_beside_its_province(package):
    """A province has more of anything that is counted; only shares and years are compared."""
    package = without(package, "o-1", "o-2", "o-3")
    assert "某省" not in page(with_row(package, "o-4", id="o-9", region="530000", value=1.0))[0]


def test_a_target_without_a_base_beside_what_the_region_above_reached(package):
    for value in (96.0, 94.0):
        province = with_row(package, "o-1", id="o-9", region="530000", value=value)
        answer, facts = page(without(province, "o-1", "o-2", "o-3", "o-4"))
        assert unmarked(answer) == f"学前毛入园率目标 ≥ 95 %，某省 {value:g} %（2020）。"
    assert facts["学前毛入园率"][:3] == ("目标 ≥ 95 %（2025）", "某省 94 %（2020）", ["t-1", "o-9"])


def test_several_targets_beside_the_region_above_are_counted(package):
    for value, told in ((95.0, "其中 1 项某省已经达到"), (94.0, "都高于某省的实绩")):
        province = with_row(package, "o-1", id="o-9", region="530000", value=value)
        province = with_row(province, "o-3", id="o-8", region="530000", value=97.0)
        answer, _ = page(without(province, "o-1", "o-2", "o-3", "o-4"))
        assert unmarked(answer) == f"可与某省相比的目标 2 项，{told}（2020 年）。"


def test_the_longest_way_is_told_from_a_point_a_year_on(package):
    package = without(package, "o-2", "o-3")
    steep = replace(package, targets=package.targets.replace({"value": {95.0: 96.0}}))
    assert unmarked(page(steep)[0]) == "要求变动最大的是学前毛入园率：由 91 % 到 ≥ 96 %。"
    assert "要求变动最大" not in page(package)[0]


def test_without_any_figure_it_says_when_results_are_to_be_expected(package):
    package = without(package, *package.observations["id"])
    package = replace(package, targets=package.targets.assign(lag=6.0))
    answer, facts = page(package)
    assert unmarked(answer) == "3 项承诺于 2025 年底到期，结果应在 2026 年 6 月前公布。"
    assert facts["结果应公布于"][:2] == ("2026 年 6 月", "3 项，2025 年底到期")
    assert facts["巩固率"][:2] == ("目标 98 %（2025）", "到期待公布")
    answer, facts = page(package, "2026-06")
    assert unmarked(answer) == "有 3 项承诺已过公布期，仍未收录到结果：学前毛入园率等。"
    assert facts["逾期未收录"][:2] == ("3 项", "已过公布期")
    assert unmarked(page(package, "2024-12")[0]) == "3 项承诺尚未到期，最近的 3 项于 2025 年底到期。"


def test_a_sum_of_few_promises_is_also_told_by_the_year(package):
    package = without(package, *package.observations["id"])
    goal = package.targets[package.targets["id"].eq("t-3")]
    goal = goal.assign(kind="cumulative", value=1000.0, comparator=">=", period="2021/2025")
    judged = promises.judge(replace(package, targets=goal), AS_OF)
    told = [(str(fact.figure), fact.word) for fact in show.leading_facts(judged, package, AS_OF)]
    assert told[:2] == [
        ("目标 ≥ 1,000 元（2021–2025）", "逾期未收录"),
        ("目标 ≥ 200 元", "年均，本报告按 5 年平摊"),
    ]


def test_a_ceiling_above_its_base_is_told_as_such(package):
    """Fewer are wanted, and more are allowed than there were."""
    judged = promises.judge(without(package, "o-2"), AS_OF)
    judged = judged.assign(kind=judged["kind"].replace("floor", "ceiling"))
    judged.loc[judged["id"].eq("t-2"), "value"] = 99.0
    facts = {chosen(fact.label): fact.word for fact in show.leading_facts(judged, package, AS_OF)}
    assert facts["巩固率"] == "高于基期 98.88 %（2020）"


@pytest.mark.parametrize(
    ("comparator", "note", "told"),
    [
        (">=", "原文用语为“力争”", "农民收入力争至少 1,000 元，2025 年底到期，未见公布结果。"),
        ("=", None, "农民收入目标 1,000 元，2025 年底到期，未见公布结果。"),
    ],
)
def test_one_promise_that_is_due_is_told_with_its_target_and_as_an_aim_where_it_is_one(
    package, comparator, note, told
):
    goal = package.targets[package.targets["id"].eq("t-3")].assign(value=1000.0, lag=6.0, kind="cumulative")
    goal = goal.assign(comparator=comparator, note_zh=note, period="2021/2025")
    alone = replace(without(package, *package.observations["id"]), targets=goal)
    assert unmarked(page(alone)[0]) == told
    first = show.leading_facts(promises.judge(alone, AS_OF), alone, AS_OF)[0]
    assert first.word == ("力争，到期待公布" if note else "到期待公布")


def test_the_remark_on_a_figure_that_is_judged_by_stands_in_the_limits_where_it_has_room(package):
    noted = replace(
        package, observations=package.observations.assign(note_zh="只计公办", note_en="Public only")
    )
    judged = promises.judge(noted, AS_OF)
    assert unmarked(show.limits(judged, noted)).endswith("公布期按假设的时滞推算。93 %：只计公办。")
    with using("en"):
        assert unmarked(show.limits(judged, noted)).endswith("93 %: public only.")
    long = replace(noted, observations=noted.observations.assign(note_zh="只计公办" * 20))
    assert "只计公办" not in unmarked(show.limits(judged, long))


def test_a_plan_without_a_promise_has_an_answer_and_no_figure(package):
    package = replace(package, targets=package.targets[:0])
    answer, facts = page(package)
    assert answer == "文件没有可以逐项判断的数字承诺。" and facts == {}
    assert unmarked(show.limits(promises.judge(package, AS_OF))) == ""


def test_what_cannot_be_told_is_said(package):
    judged = promises.judge(package, AS_OF)
    assert (
        unmarked(show.limits(judged))
        == "其余 2 项没有可用的后续实绩，不等于没有完成。公布期按假设的时滞推算。"
    )
    judged = promises.judge(without(package, "o-2"), "2024-12")
    assert unmarked(show.limits(judged)) == "承诺都没有可用的后续实绩，是否兑现还不能判断。"


def test_every_plan_of_ours_has_a_short_answer_and_three_facts_that_lead_to_rows(shipped):
    existing, judged = set(stored(shipped).index), promises.judge(shipped, AS_OF)
    for document, rows in judged[judged["role"].eq("promise")].groupby("document"):
        for lang in ("zh", "en"):
            with using(lang):
                answer = show.leading_answer(rows, shipped, AS_OF)
                facts = show.leading_facts(rows, shipped, AS_OF)
                assert leading.fits(answer), (document, unmarked(answer))
                assert not unmarked(answer).startswith("0") and "{" not in answer
                assert 3 <= len(facts) <= 6, (document, facts)
                assert all(set(fact.ids) and set(fact.ids) <= existing for fact in facts), document
                assert len(unmarked(show.limits(rows))) <= (80 if lang == "zh" else 240)
