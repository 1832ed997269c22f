"""A task split over regions: who carries it, where the parts are not the whole, and tasks that fall."""

import pandas as pd
import pytest

from plan_monitor.methods import sums
from plan_monitor.report import listing
from reportkit.cited import unmarked
from reportkit.language import chosen, using

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
