"""A task split over regions: who carries it, where the parts are not the whole, and tasks that fall."""

import pandas as pd
import pytest

from plan_monitor.methods import sums
from plan_monitor.report import listing
from reportkit.cited import unmarked
from reportkit.language import chosen, using
from reportkit.table import TABLE, unpack

WHOLE, PARTS = "532300", ["532301", "532302", "532329"]


@pytest.fixture
def kinds(shipped):
    """Two kinds of task that the shipped plan has."""
    rows = shipped.targets[shipped.targets["document"].eq("listing") & shipped.targets["region"].isin(PARTS)]
    return list(rows["indicator"].unique()[:2])


def tasks(kinds):
    """One kind: 6, 3 and 1 of 10, and 5, 4, 2 of 12 later; the other: 4 of 4."""
    cells = [
        (kinds[0], "2022", [6, 3, 1], 10),
        (kinds[0], "2025", [5, 4, 2], 12),
        (kinds[1], "2025", [4, 0, 0], 4),
    ]
    rows = []
    for kind, year, parts, total in cells:
        for region, value in zip([*PARTS, WHOLE], [*parts, total], strict=True):
            if value:
                rows.append(
                    (f"{kind}-{region}-{year}", kind, region, year, "=", float(value), "户", "printed")
                )
    names = ["id", "indicator", "region", "period", "comparator", "value", "unit", "reading"]
    return pd.DataFrame(rows, columns=names).assign(note_zh=None, note_en=None)


@pytest.fixture
def table(kinds):
    return tasks(kinds)


@pytest.fixture
def added(table):
    return sums.parts_and_total(table, PARTS, WHOLE)


def test_two_regions_carry_between_75_and_100_percent(shipped, kinds, table, added):
    shares = listing.carried(table[table["region"].isin(PARTS)], added)
    assert shares["indicator"].tolist() == kinds[::-1]
    assert shares["share"].tolist() == [100.0, 75.0]  # (5 + 4) of 12 in the last year
    assert shares["regions"][0] == PARTS[:2]
    assert shares["ids"][1] == [f"{kinds[0]}-{region}-2025" for region in [*PARTS[:2], WHOLE]]
    answer = unmarked(chosen(listing.shares_answer(shares, shipped)))
    assert answer.endswith("合计承担各类任务的 75 至 100 %。") and len(answer) <= 40
    with using("en"):
        answer = unmarked(chosen(listing.shares_answer(shares[:1], shipped)))
        assert answer.endswith("together carry 100 % of each kind of task.")


def test_facts_tell_gaps_falls_growth_and_figures_put_back(shipped, kinds, table, added):
    facts = {chosen(fact.label): fact for fact in listing.facts(table, WHOLE, added, shipped)}
    gap = next(fact for label, fact in facts.items() if label.endswith("县市任务合计"))
    assert str(gap.figure) == "11 户（2025）" and unmarked(gap.word) == "总任务 12 户"
    assert facts["低于上年的任务"].figure == "1 处"
    assert set(facts["低于上年的任务"].ids) == {f"{kinds[0]}-532301-{year}" for year in ("2022", "2025")}
    # 10 to 12 in three years
    assert any(
        fact.figure == "目标每年 +6.3 %" and fact.word == "任务由 10 到 12 户" for fact in facts.values()
    )
    assert "文稿错位、已还原的栏" not in facts
    back = table.assign(reading="realigned")
    facts = {chosen(fact.label): fact for fact in listing.facts(back, WHOLE, added, shipped)}
    assert facts["文稿错位、已还原的栏"].figure == "3 栏"


def test_sums_that_agree_are_no_fact(shipped, table):
    even = table[table["period"].eq("2022")]
    facts = listing.facts(even, WHOLE, sums.parts_and_total(even, PARTS, WHOLE), shipped)
    assert facts == []


def test_titles_say_what_the_charts_show(shipped, kinds, table):
    parts = table[table["region"].isin(PARTS)]
    assert chosen(listing.fewest(parts, shipped)).endswith("的任务只分到 1 个县市")
    assert (
        chosen(listing.fewest(parts[parts["indicator"].eq(kinds[0])], shipped)) == "各类任务分到的县市一样多"
    )
    totals = table[table["region"].eq(WHOLE)]
    assert chosen(listing.growth_title(totals)) == "任务要求每年增长 6.3 % 至 6.3 %"
    assert chosen(listing.growth_title(totals[totals["period"].eq("2022")])) == "任务的逐年路径"


def test_the_fastest_growth_stands_first(table):
    totals = table[table["region"].eq(WHOLE)]
    more = totals[totals["indicator"].eq(totals["indicator"].iloc[0])].assign(
        indicator="other", value=[1.0, 8.0], id=["x", "y"]
    )
    grown = listing.growths(pd.concat([totals, more]))
    assert grown["indicator"].iloc[0] == "other"
    assert grown["growth"].iloc[0] == pytest.approx(100)  # doubled each year
    assert grown["ids"].iloc[0] == ["x", "y"]


def cells(bundle):
    return [[cell.text for cell in row] for row in unpack(bundle[TABLE])]


def test_a_table_of_growth_has_the_figures_of_each_year(shipped, kinds, table, shown):
    """10 to 12 in three years are 6.3 % a year; of the other kind there is one year only."""
    name = shipped.indicators.set_index("id")["name_zh"]
    listing.growth_table(table[table["region"].eq(WHOLE)], shipped, "t")
    assert cells(shown[0]) == [[name[kinds[0]], "10", "12", "6.3"], [name[kinds[1]], "–", "4", "–"]]


def test_a_task_that_falls_stands_beside_what_it_was_before(shipped, kinds, table, shown):
    listing.falls_table(table, shipped, "t")
    (row,) = cells(shown[0])
    place, name = (
        rows.set_index(key)["name_zh"]
        for rows, key in ((shipped.regions, "code"), (shipped.indicators, "id"))
    )
    assert row == [place["532301"], name[kinds[0]], "6 户（2022）", "5 户（2025）", "–"]
    fallen = listing.falls(table)
    assert fallen[["id", "before_id"]].values.tolist() == [
        [f"{kinds[0]}-532301-2025", f"{kinds[0]}-532301-2022"]
    ]


def test_a_map_colours_tasks_by_their_share_of_the_whole_from_each_bound_on(shipped, kinds, shown):
    """Of 1 000, 49 are below 5 %, 50 just 5 %, 99 below 10 %, 100, 200 and 400 just 10, 20 and 40 %."""
    values = [49, 50, 99, 100, 200, 400, 1000]
    regions = ["532301", "532302", "532322", "532323", "532324", "532325", WHOLE]
    rows = [
        (f"r{n}", kinds[0], region, "2025", float(value))
        for n, (region, value) in enumerate(zip(regions, values, strict=True))
    ]
    targets = pd.DataFrame(rows, columns=["id", "indicator", "region", "period", "value"])
    listing.task_map(targets, regions[:-1], WHOLE, shipped)
    text = shown[0]["text/plain"]
    bounds = (
        "50（5 至 10 %）",
        "99（5 至 10 %）",
        "100（10 至 20 %）",
        "200（20 至 40 %）",
        "400（40 % 以上）",
    )
    assert [text.count(bound) for bound in bounds] == [1] * 5
    assert " 49" in text and "49（" not in text  # the lightest colour says nothing


def test_what_two_regions_carry_is_drawn_largest_first(shipped, kinds, table, added, shown):
    listing.shares_chart(listing.carried(table[table["region"].isin(PARTS)], added), shipped)
    name = shipped.indicators.set_index("id")["name_zh"]
    first, second = name[kinds[1]], name[kinds[0]]
    text = shown[0]["text/plain"]
    assert text.startswith(f"两地合计占比最高的是{first}，100 %。")
    assert text.endswith(f"{first}：100；{second}：75。")


def test_tasks_that_fall_are_only_those_lower_than_the_year_before_of_their_region_and_kind(table):
    assert listing.falls(table)["id"].str.endswith("532301-2025").tolist() == [True]
    same = table[table["period"].eq("2022")]
    for less, count in ((0, 0), (1, 4)):
        later = same.assign(period="2023", value=same["value"] - less)
        assert len(listing.falls(pd.concat([same, later], ignore_index=True))) == count


def test_growth_needs_two_years_and_figures_above_none_at_both_ends(table):
    totals = table[table["region"].eq(WHOLE)][:2]
    for values, rate in (
        *(((0.0, 12.0), None), ((10.0, 10.0), 0.0), ((10.0, 0.0), None)),
        *(((10.0, -1.0), None), ((0.5, 0.5), 0.0)),
    ):
        growth = listing.growths(totals.assign(value=values))["growth"].iloc[0]
        assert pd.isna(growth) if rate is None else growth == pytest.approx(rate)
    assert pd.isna(listing.growths(totals.assign(period="2025"))["growth"].iloc[0])


def test_the_largest_gap_is_told_and_shares_of_one_size_once(shipped, kinds, table, added):
    wider = added.assign(difference=[1.0, -5.0, 2.0][: len(added)])
    label = [chosen(fact.label) for fact in listing.facts(table[:0], WHOLE, wider, shipped)]
    name = shipped.indicators.set_index("id")["name_zh"]
    largest = wider.loc[wider["difference"].abs().idxmax(), "indicator"]
    assert label == [f"{name[largest]}县市任务合计"]
    shares = listing.carried(table[table["region"].isin(PARTS)], added).assign(share=[75.2, 74.9])
    assert unmarked(chosen(listing.shares_answer(shares, shipped))).endswith("各类任务的 75 %。")


def test_of_shares_counts_and_rates_alike_what_is_named_first_stands_first(shipped, kinds, shown):
    """Names of kinds and regions are not in the order of their codes here."""
    late, early = sorted(kinds, reverse=True)
    regions = ["532329", "532302", "532301"]
    rows = [
        (f"{kind}-{region}-{year}", kind, region, year, value)
        for kind in (late, early)
        for year, value in (("2022", 2.0), ("2025", 4.0))
        for region in regions
    ]
    tasks = pd.DataFrame(rows, columns=["id", "indicator", "region", "period", "value"])
    totals = tasks.drop_duplicates(["indicator", "period"]).assign(region=WHOLE)
    told = totals.assign(told=12.0, told_rows=[["w"]] * 4)
    shares = listing.carried(tasks, told)
    assert shares["regions"].tolist() == [regions[:2]] * 2
    assert shares["indicator"].tolist() == [late, early] and shares.index.tolist() == [0, 1]
    assert shares["share"].round(1).tolist() == [66.7, 66.7]  # 4 + 4 of 12 in the last year
    assert listing.growths(totals)["indicator"].tolist() == [late, early]
    fewer = tasks[~(tasks["indicator"].eq(early) & tasks["region"].eq("532301"))]
    named = shipped.indicators.set_index("id")["name_zh"]
    assert chosen(listing.fewest(fewer, shipped)) == f"{named[early]}的任务只分到 2 个县市"


def test_a_task_that_went_to_one_county_fewer_in_its_last_year_alone_is_told(shipped, kinds):
    """Before, it went to all three; what counts is the last year of each kind."""
    table = tasks(kinds)
    parts = table[table["region"].isin(PARTS)]
    name = shipped.indicators.set_index("id")["name_zh"]
    with using("en"):
        english = shipped.indicators.set_index("id")["name_en"][kinds[1]]
        assert chosen(listing.fewest(parts, shipped)) == f"{english}: the task went to 1 county only"
    two = pd.concat([parts, parts[-1:].assign(region="532302", period="2024")])
    assert chosen(listing.fewest(two, shipped)) == f"{name[kinds[1]]}的任务只分到 1 个县市"
    assert chosen(listing.fewest(parts[:0], shipped)) == "各类任务分到的县市一样多"


def test_first_figures_and_rates_are_those_of_the_earliest_and_the_last_year_in_any_order(kinds):
    rows = [("b", "2025", 12.0), ("a", "2022", 10.0), ("m", "2024", 99.0)]
    totals = pd.DataFrame(rows, columns=["id", "period", "value"]).assign(indicator=kinds[0])
    (grown,) = listing.growths(totals).itertuples()
    assert (grown.first, grown.last, grown.ids) == (10.0, 12.0, ["a", "b"])
    assert grown.growth == pytest.approx(6.266, abs=0.001)


def test_shares_of_the_map_are_of_the_last_total_of_the_year_and_rows_without_one_have_none(
    shipped, kinds, shown
):
    rows = [
        ("a", "532301", "2025", 30.0),
        ("b", "532302", "2022", 30.0),
        ("w0", WHOLE, "2025", 1000.0),
        ("w", WHOLE, "2025", 100.0),
    ]
    targets = pd.DataFrame(rows, columns=["id", "region", "period", "value"]).assign(indicator=kinds[0])
    listing.task_map(targets, ["532301", "532302"], WHOLE, shipped)
    text = shown[0]["text/plain"]
    assert text.count("30（20 至 40 %）") == 1 and text.count("30") == 2
    assert text.index("2022") < text.index("2025")
