"""Next steps, verdicts and replies in words, by worked values of the small package."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from plan_monitor.methods import promises
from plan_monitor.report import asked, codes, entry_first, judgement, path, sources
from plan_monitor.report.next import next_steps
from reportkit.cited import unmarked
from reportkit.language import chosen, use


@pytest.fixture
def package(package):
    """The small package, whose plan has an issuer."""
    return replace(package, documents=package.documents.assign(issuer=["某县人民政府", "某县统计局"]))


@pytest.fixture
def judged(package):
    return promises.judge(package, "2024-12")


def steps(judged, package, as_of="2024-12", **given):
    return [unmarked(step) for step in next_steps(judged, package, as_of, **given)]


def test_what_is_behind_comes_first_and_then_what_falls_due(judged, package):
    assert steps(judged, package) == [
        "请某县统计局查明原因，加快“学前毛入园率”：93 %（2023），2025 年目标 ≥ 95 %（进度偏慢）",
        "2025 年底：“农民收入”等 2 项到期，请某县人民政府提前自查",  # 巩固率 was met in the base year
        "2025 年底：“学前毛入园率”到期，请某县统计局提前自查",
    ]
    use("en")
    assert steps(judged, package)[1] == (
        "By the end of 2025, the A county government to check 2 promises such as “Farm income”: due then"
    )


def test_without_a_figure_the_odds_speak_and_only_those_below_one_half(judged, package):
    for chance, told in ((0.49, True), (0.5, False)):
        odds = pd.DataFrame({"id": ["t-2"], "probability": [chance]})
        said = [step for step in steps(judged, package, odds=odds) if "“巩固率”：" in step]
        assert (
            said
            == ["请某县人民政府查明原因，加快“巩固率”：2025 年目标 98 %（按以往走势，可能性四成多）"] * told
        )


def test_a_promise_of_another_region_is_named_with_its_region(judged, package):
    rows = judged.assign(region=["532399", "530000", "532399"])
    odds = pd.DataFrame({"id": ["t-2", "t-3"], "probability": [0.1, 0.2]})
    said = steps(rows, package, odds=odds)
    assert any("“某省巩固率”：" in step for step in said) and any("“农民收入”：" in step for step in said)
    use("en")
    said = steps(rows, package, odds=odds)
    assert any("“A province: Retention rate”: " in step for step in said)
    assert any("speed up “Farm income”: " in step for step in said)


def test_what_falls_due_first_is_asked_of_the_two_units_with_most_of_it(judged, package):
    """Four units in the same year; later years wait."""
    rows = pd.concat([judged[:1]] * 7).assign(
        id=[f"p-{n}" for n in range(7)], latest_id=None, baseline_id=None, status=None
    )
    rows = rows.assign(state="not_due", due="not_due", attribute=[None] * 5 + ["binding", None])
    rows["document"] = ["d1", "d2", "d2", "d3", "d3", "d3", "d4"]
    issuers = {f"d{n}": f"第{n}局" for n in range(1, 5)}
    documents = package.documents[:1].loc[[0] * 4].assign(id=[*issuers], issuer=[*issuers.values()])
    several = replace(package, documents=documents)
    assert steps(rows, several, "2024-06") == [
        "2025 年底：“学前毛入园率”等 3 项到期，请第3局提前自查",
        "2025 年底：“学前毛入园率”等 2 项到期，请第2局提前自查",
    ]
    named = rows.assign(
        indicator=["rural-income"] * 3
        + ["preschool-rate", "preschool-rate", "retention-rate"]
        + ["rural-income"]
    )
    assert steps(named, several, "2024-06")[0] == "2025 年底：“巩固率”等 3 项到期，请第3局提前自查"
    later = rows.assign(target_period=["2025"] + ["2030"] * 6)
    assert steps(later, several, "2024-06") == ["2025 年底：“学前毛入园率”到期，请第1局提前自查"]


@pytest.mark.parametrize(("latest", "asked_for"), [("2025", "未达到的原因"), ("2024", "查明原因，加快")])
def test_a_target_is_missed_only_by_a_figure_of_its_year(judged, package, latest, asked_for):
    rows = judged.assign(latest_period=latest)[:1]
    assert asked_for in steps(rows, package, "2025-12")[0]


def test_figures_that_are_late_are_asked_for_by_year_the_largest_request_first(judged, package):
    late = judged.assign(status=None, due="overdue", state="overdue", reason="no_observation", lag=0.0)
    late = late.assign(target_period=["2023", "2024", "2022/2025"], latest_id=None)
    late = late.assign(attribute="expected")
    assert steps(late, package, "2026-12")[0] == (
        "向某县人民政府索取“学前毛入园率”等 3 项 2023—2025 年的实绩：已过公布期，未见公布"
    )
    use("en")
    assert steps(late, package, "2026-12")[0] == (
        "Ask the A county government for 3 results such as “Preschool enrolment” of 2023–2025: "
        "no published result found"
    )


def test_figures_to_come_are_waited_for_two_publications_at_most(judged, package):
    rows = judged.assign(status=None, due="awaited", state="awaited", reason="no_observation", latest_id=None)
    rows = rows.assign(lag=[3.0, 6.0, 9.0])
    assert steps(rows, package, "2025-12") == [
        "2026 年 3 月前应公布“学前毛入园率”（按假设的时滞）；过时未见的，向某县人民政府催要",
        "2026 年 6 月前应公布“巩固率”（按假设的时滞）；过时未见的，向某县人民政府催要",
    ]


def test_figures_of_another_definition_are_asked_for_as_the_plan_defines_them(judged, package):
    rows = judged[1:2].assign(due="overdue", reason="other_definition", latest_id=None)
    assert steps(rows, package, "2026-12") == [
        "请某县人民政府按规划口径提供“巩固率” 2025 年的实绩：现有的数口径不同"
    ]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, "进度偏慢"),
        ({"due": "overdue"}, "进度偏慢（按 2023 的数）"),
        ({"due": "awaited"}, "进度偏慢（按 2023 的数）"),
        ({"due": "overdue", "latest_period": "2025"}, "进度偏慢"),
        ({"kind": "floor"}, "进度偏慢 · 底线"),
        ({"kind": "ceiling", "disagrees": True}, "进度偏慢 · 上限 · 两种方法不一致"),
        ({"status": None, "due": "overdue", "state": "overdue"}, "逾期未收录"),
    ],
)
def test_a_verdict_names_safeguards_doubts_and_figures_of_earlier_years(judged, changed, told):
    assert judgement.verdict(next(judged.itertuples())._replace(**changed)) == told


def test_marks_are_of_states_that_have_a_colour():
    states = pd.Series(["slow", "overdue", "undated", "no_observation"])
    assert judgement.marks(states) == ["status-slow", "status-overdue", "no-data", "no-data"]


def test_promises_are_counted_by_state_and_by_whose_figures(judged):
    lines = judgement.tally_lines(promises.tally(judged.assign(own=[True, False, False])))
    assert [unmarked(line) for line in lines] == [
        "数字承诺 3 项：进度偏慢 1，未到期 2（其中据规划自报 1 项）"
    ]
    use("en")
    (line,) = judgement.tally_lines(promises.tally(judged))
    assert unmarked(line).startswith("promises in numbers: 3 (") and "own" not in line
    assert [unmarked(one) for one in judgement.tally_lines(promises.tally(judged[:0]))] == [
        "promises in numbers: 0"
    ]


def test_the_last_request_for_a_promise_counts_and_refusals_are_listed(judged, package, shown):
    rows = [
        ("a", "t-1", "2026-01-02", "refused", "保密"),
        ("b", "t-1", "2026-01-03", "answered", None),
        ("c", "t-2", "2026-01-02", "refused", "未统计"),
        ("d", "t-3", "2026-01-02", "asked", None),
        ("e", "other", "2026-01-02", "asked", None),
    ]
    columns = ["id", "target", "asked", "state", "reason_zh"]
    requests = pd.DataFrame(rows, columns=columns).reindex(columns=package.requests.columns).astype("str")
    asked.replies(judged, package)
    assert shown == []
    asked.replies(judged, replace(package, requests=requests))
    said, table = (bundle["text/plain"] for bundle in shown)
    assert "征询过 3 项的实绩：已答复 1 项，说明没有数字 1 项，尚未答复 1 项" in said
    assert "未统计" in table and "保密" not in table and "巩固率" in table
    asked.replies(judged, replace(package, requests=requests[1:2]))
    assert len(shown) == 3  # nobody refused


@pytest.mark.parametrize(("count", "more"), [(12, ""), (13, " 等")])
def test_of_a_gap_twelve_indicators_are_named(judged, package, shown, count, more):
    names = [f"甲{n}" for n in range(count)]
    indicators = package.indicators[:1].loc[[0] * count].assign(id=names, name_zh=names)
    rows = judged[1:2].loc[[1] * count].assign(indicator=names, id=names)
    known = replace(package, indicators=indicators)
    sources.gaps_table(rows, known, "t")
    assert (
        f"甲{min(count, 12) - 1}{more} |" in shown[0]["text/plain"] and "甲12" not in shown[0]["text/plain"]
    )
    assert f"| {count} " in shown[0]["text/plain"]


def test_ids_of_a_sum_are_several_and_of_nothing_none():
    assert sources.stored_ids(["a", "a, b", None]) == [["a"], ["a", "b"], []]


def entered(package, *, drafts=0, left=0, targets=1, actuals=2):
    figures = [SimpleNamespace(table="targets")] * targets + [SimpleNamespace(table="observations")] * actuals
    taken = SimpleNamespace(figures=figures, left=[None] * left)
    return SimpleNamespace(taken=taken, drafts=[None] * drafts, files=2, package=package)


def test_a_report_made_from_spreadsheets_tells_what_was_read_left_and_drafted(judged, package):
    assert entry_first.answer(entered(package), judged) == "2 个文件读出 3 个数，3 项承诺中 1 项可判断。"
    facts = entry_first.facts(entered(package, drafts=1, left=4), judged)
    assert [(chosen(fact.label), fact.figure, fact.state) for fact in facts] == [
        *(("读出的目标", "1 个", ""), ("读出的实绩", "2 个", "")),
        *(("没有取的格", "4 个", ""), ("起草的指标", "1 个", "")),
        *(("进度偏慢", "1 项", "slow"), ("未到期", "2 项", "not_due")),
    ]
    assert len(entry_first.facts(entered(package, targets=0), judged)) == 3
    todo = entry_first.steps(entered(package, drafts=2, left=4), judged, "2024-12")
    assert todo[:2] == [
        "确认程序起草的 2 个指标的定义（第四节）",
        "看一看没有取的 4 处，原因写在旁边（第二节）",
    ]
    assert len(todo) == 5 and len(entry_first.steps(entered(package), judged, "2024-12")) == 3
    assert entry_first.limits(True).endswith(entry_first.limits(False)) and "虚构" in entry_first.limits(True)


@pytest.mark.parametrize(
    ("low", "high", "caveat"), [(2.0, 2.4, False), (2.0, 2.41, True), (2.0, float("inf"), True)]
)
def test_a_ratio_that_rounding_moves_by_more_than_a_fifth_has_a_caveat(low, high, caveat):
    chain = pd.DataFrame({"ratio_low": [low], "ratio_high": [high]})
    assert bool(path.steep_caveat(chain)) == caveat


def test_the_longest_way_is_of_the_last_year_up_or_down(judged, package):
    rows = judged.assign(unit="%", kind="level", baseline=[91.0, 98.0, 50.0], value=[95.0, 92.0, 50.0])
    assert chosen(path.path_title(rows, package)) == "变动最大的是巩固率：98 % 到 92 %"
    two = pd.concat([rows, rows[1:2].assign(period="2024", value=10.0)])
    assert chosen(path.path_title(two, package)) == "变动最大的是巩固率：98 % 到 92 %"
    assert path.longest_way(rows[2:], package) == []  # nothing is to change
    counts = rows.assign(unit="元")
    assert path.longest_way(counts, package) == []


def test_a_stored_row_is_told_in_words_with_its_grade(package):
    row = {
        **dict.fromkeys(["level", "unit_en", "comparator", "quality", "reading"]),
        **{"name_zh": "入园率", "value": 95.0, "unit": "%", "period": "2021/2025", "table": "targets"},
    }
    assert codes.description(row) == "入园率 95 %（2021–2025）"
    assert (
        codes.description(row | {"comparator": ">=", "level": "county"}) == "入园率 · 县 ≥ 95 %（2021–2025）"
    )
    assert codes.description(row | {"value": None}) == "入园率（2021–2025）"
    assert codes.description(row | {"value": None, "period": None}) == "入园率"
    assert codes.grade(row) == "承诺" and codes.grade(row | {"table": "observations"}) == ""
    assert codes.grade(row | {"quality": "A", "table": "fund"}).startswith("A")
    places = codes.labelled(package.observations.assign(value=[91.0, 93.25, 98.5, 12861.0]), package)
    assert places["places"].tolist() == [0.0, 2.0, 1.0, 0.0] and places["year"].tolist()[1] == 2023.0
