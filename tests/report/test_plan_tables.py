"""Tables of promises in both languages, with the rows behind their figures: verdicts, gaps, sources, others."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from plan_monitor import load
from plan_monitor import report as show
from plan_monitor.methods import progress
from plan_monitor.report import codes
from reportkit import language
from reportkit.table import TABLE
from traces import columns_of_figures, sources


@pytest.fixture
def judged(package):
    return progress.assess(package.targets, package.observations, "2024")


def test_every_status_and_reason_has_words_in_both_languages():
    assert set(codes.STATUS) == set(progress.STATUSES)
    assert set(codes.REASON) == set(progress.REASONS)
    for table in (codes.STATUS, codes.REASON):
        assert all(zh and en and zh != en for zh, en in table.values())


def test_the_progress_table_shows_a_reason_and_the_pace_where_nothing_was_published(shown, package, judged):
    language.use("en")
    show.progress_table(judged, package, caption=("题", "Progress"))
    text = shown[0]["text/markdown"]
    income = next(line for line in text.splitlines() if "Farm income" in line)
    assert "12,861 yuan (2020)" in income
    assert "26,581 yuan (2025)" in income
    assert "+2,744 yuan" in income
    assert "not yet due" in income
    assert "not yet due · floor" in text
    rows = sources(shown[0])
    assert rows[0].items() >= {"Target": ["t-1"], "Base": ["o-1"], "Latest figure": ["o-2"]}.items()
    pace = rows[0]["Change needed a year (from latest figure or base)"]
    assert set(pace) == {"t-1", "o-1", "o-2"}  # computed from all three
    assert set(rows[0]["ρ / Eurostat"]) == set(pace)
    assert "ρ / Eurostat" in columns_of_figures(shown[0])


def test_of_promises_without_any_figure_only_targets_and_verdicts_are_shown(shown, package):
    """Nothing in a column that says of no promise anything."""
    targets = package.targets.assign(attribute=None, base_period=None)
    judged = progress.assess(targets, package.observations[:0], "2024")
    show.progress_table(judged, package, caption=("进展", "Progress"))
    assert shown[0][TABLE]["headings"] == ["指标", "判断", "目标"]
    noted = replace(package, targets=targets.assign(note_zh=["一说", None, None]))
    judged = progress.assess(noted.targets, package.observations[:0], "2024")
    show.progress_table(judged, noted, caption=("进展", "Progress"))
    assert shown[1][TABLE]["headings"][-1] == "说明"


def test_it_is_said_where_one_of_the_indicators_was_only_proposed(shown, package, judged):
    for proposed in ([None] * 3, ["2026-01-01", None, None]):
        known = replace(package, indicators=package.indicators.assign(proposed=proposed))
        show.progress_table(judged, known, caption=("进展", "Progress"))
    assert len(shown) == 3 and shown[2]["text/plain"].startswith("标“（拟定）”的指标")


def test_a_column_without_anything_in_it_is_left_out_beside_others(shown, package):
    """Promises with a base and no later figure, and with a later figure and no base."""
    rows = package.targets.assign(kind="level", attribute=None)
    based = progress.assess(rows, package.observations[package.observations["period"].eq("2020")], "2021")
    later = progress.assess(rows[:1], package.observations[package.observations["id"].eq("o-2")], "2024")
    for judged in (based, later):
        show.progress_table(judged, package, caption=("进展", "Progress"))
    first, second = (bundle[TABLE]["headings"] for bundle in shown)
    assert "基期" in first and "最新实绩" not in first
    assert "最新实绩" in second and "基期" not in second


def test_a_target_that_is_a_year_is_set_as_a_figure(shown, package):
    years = package.targets[:1].assign(unit="年", value=2025.0, comparator="<=")
    own = replace(package, indicators=package.indicators.assign(unit="年"))
    judged = progress.assess(years, package.observations[:0], "2024")
    show.progress_table(judged, own, caption=("进展", "Progress"))
    assert "目标" in columns_of_figures(shown[0])


def test_places_of_rows_have_notes_only_where_one_is_noted(shown, package):
    rows = package.observations[:2]
    sources_of = [["o-1"], ["o-2"]]
    for notes in ([None, None], ["一说", None]):
        show.places_table(rows.assign(note_zh=notes), ["甲", "乙"], package, ("出处", "Places"))
    show.places_table(rows.drop(columns="id"), ["甲", "乙"], package, ("出处", "Places"))
    headings = [bundle[TABLE]["headings"] for bundle in shown]
    assert headings[0] == ["数字", "文件或发布", "出处"] and headings[1][-1] == "说明"
    assert [row["数字"] for row in sources(shown[0])] == sources_of
    assert sources(shown[2]) == [{}, {}]


def test_what_is_still_needed_has_the_digits_that_its_base_carries(shown, package):
    """From 91 in 2020, which may have been 91.5, to 95 in 2025: 0.7 to 0.9 a year."""
    bases = package.observations[package.observations["id"].isin(["o-1", "o-3"])]
    for value in (91.0, 91.23):
        known = bases.assign(value=[value, 96.52])
        targets = package.targets[package.targets["unit"].eq("%")].assign(kind="level")
        judged = progress.assess(targets, known, "2021")
        show.progress_table(judged, package, caption=("进展", "Progress"))
    coarse, fine = (bundle["text/plain"] for bundle in shown)
    assert "+0.8 百分点" in coarse and "+0.3 百分点" in coarse
    assert "+0.75 百分点" in fine and "+0.30 百分点" in fine


def test_what_is_still_needed_has_no_digit_that_the_rounding_of_its_start_leaves_open(shown, package):
    """From 91, 90.5 to 91.5, to 94.7: 0.64 to 0.84 a year; from 91.0x to 94.7 it is 0.73 or 0.74."""
    targets = package.targets[:1].assign(kind="level", value=94.7)
    for value in (91.0, 91.03):
        known = package.observations[:1].assign(value=value)
        judged = progress.assess(targets, known, "2021")
        show.progress_table(judged, package, caption=("进展", "Progress"))
    coarse, fine = (bundle["text/plain"] for bundle in shown)
    assert "+1 百分点" in coarse and "+0.73 百分点" in fine  # no decimal of the first is sure


def test_a_region_is_named_where_there_are_several(shown, package, judged):
    for rows in (judged, judged.assign(region=["532399", "530000", "532399"])):
        show.progress_table(rows, package, caption=("进展", "Progress"))
    one, several = (bundle["text/plain"] for bundle in shown)
    assert "地区" not in one
    assert "地区" in several and several.count("某省") == 1


def test_a_chinese_table_has_no_english_heading_or_word(shown, package, judged):
    show.progress_table(judged, package, caption=("进展", "Progress"))
    show.gaps_table(judged, package, caption=("缺口", "Gaps"))
    show.sources_table(package, ["t-1", "o-1"], caption=("出处", "Sources"))
    for bundle in shown:
        assert re.findall(r"[A-Za-z]{3,}", bundle["text/markdown"]) == []


@pytest.mark.slow
def test_gaps_are_counted_by_reason(shown, package, judged):
    show.gaps_table(judged, package, caption=("缺口", "Gaps"))
    (gap,) = (line.split("|")[1:-1] for line in shown[0]["text/plain"].splitlines()[4:])
    assert [cell.strip() for cell in gap] == ["未到期", "2", "巩固率、农民收入"]
    assert sources(shown[0]) == [{"目标数": ["t-2", "t-3"]}]


def test_sources_lead_to_document_and_place(shown, package):
    language.use("en")
    show.sources_table(package, ["t-1", "o-2", None, "t-1", "o-2, o-3"], caption=("出处", "Sources"))
    text = shown[0]["text/markdown"]
    assert text.count("Preschool enrolment") == 2
    assert "Statistical bulletin of a county" in text
    assert "表1" in text
    assert sources(shown[0]) == [{"Figure": ["t-1"]}, {"Figure": ["o-2"]}, {"Figure": ["o-3"]}]


def test_doubtful_figures_are_marked(shown, folder):
    path = folder / "observations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("93,%,A", "93,%,C"), encoding="utf-8")
    show.sources_table(load(folder), ["o-1", "o-2"], caption=("出处", "Sources"))
    assert shown[0]["text/html"].count("grade-c") == 1


def test_every_target_stands_beside_others_or_says_why_not(shipped, shown):
    language.use("en")
    targets = shipped.select(document="med-ins", region="532300").targets
    figures = shipped.observations[shipped.observations["id"].isin(["obs-255", "obs-257", "obs-293"])]
    otherwise = {"drg-payment-share": "unlike"}
    show.beside_table(targets, figures, ["100000", "530500"], otherwise, shipped, ("标题", "Title"))
    rows = {line.split("|")[1].strip(): line for line in shown[0]["text/plain"].splitlines() if "|" in line}
    assert len(rows) == len(targets) + 2
    rate = [cell.strip() for cell in rows["Basic medical insurance enrolment rate"].split("|")]
    assert rate[2:-1] == ["≥ 96 % (2022–2025)", "≥ 95 % (2022)", "same indicator"]
    assert "(empty in all rows – Baoshan)" in shown[0]["text/plain"]
    assert "figures of another definition" in rows["DRG-paid share of inpatient expenses"]
    assert "none found" in rows["Centrally procured drugs in use"]
    assert {"Target": ["med-ins-002"], "China": ["obs-255"]} in sources(shown[0])


def test_the_endangered_come_first_and_stay_in_the_documents_order(shown, package):
    """The income of 2023 is below that of 2020; the enrolment is on its way."""
    targets = package.targets.assign(base_period="2020", kind="level")
    moved = package.observations.replace({"id": {"o-2": "o-5"}})
    later = moved.iloc[[-1, 0]].assign(
        id=["o-6", "o-7"], period="2023", value=[12000.0, 93.0], document="bulletin-1"
    )
    known = moved[moved["id"] != "o-5"]
    judged = progress.assess(targets, pd.concat([known, later]), "2024")
    assert list(judged["state"]) == ["slow", "not_due", "moving_away"]
    show.progress_table(judged, package, caption=("进展", "Progress"))
    show.progress_table(judged, package, caption=("进展", "Progress"), urgent_first=False)
    first, given = ([row["目标"] for row in sources(bundle)] for bundle in shown)
    assert given == [["t-1"], ["t-2"], ["t-3"]]
    assert first == [["t-3"], ["t-1"], ["t-2"]]


def test_every_state_has_its_place_in_the_order():
    assert sorted(codes.RANK.values()) == list(range(1, len(codes.STATES) + 1))
    order = sorted(codes.STATES, key=codes.RANK.get)
    assert order[:6] == ["moving_away", "lost", "lagging", "slow", "overdue", "awaited"]
    assert order[-4:] == ["not_due", "on_track", "kept", "achieved"]


def grown(package, rates):
    """A promise of 8 % a year until 2023, judged by what three years grew."""
    target = package.targets.head(1).assign(kind="growth", value=8.0, base_period="2020", period="2023")
    found = package.observations.head(3).assign(period=["2021", "2022", "2023"], value=rates, comparator="=")
    found = found.assign(indicator=target["indicator"].iloc[0], region=target["region"].iloc[0], quality="A")
    known = replace(package, targets=target.assign(comparator=">="), observations=found)
    return progress.assess(known.targets, known.observations, "2023"), known


@pytest.mark.parametrize(
    ("rates", "told", "zh", "en"),
    [
        ([8.0, 8.0, 7.9999], "7.99997 %", "进度偏慢", "slow"),
        ([8.0, 8.0, 8.0], "8 %", "已达成", "achieved"),
        ([8.0, 8.0, 8.0001], "8.00003 %", "已达成", "achieved"),
        ([7.9, 8.0, 8.0], "7.9667 %", "进度偏慢", "slow"),
    ],
)
def test_an_average_that_misses_its_target_is_not_printed_as_the_target(shown, package, rates, told, zh, en):
    judged, known = grown(package, rates)
    for lang, verdict in (("zh", zh), ("en", en)):
        language.use(lang)
        show.progress_table(judged, known, caption=("进展", "Progress"))
        assert f" {told}" in shown[-1]["text/plain"] and verdict in shown[-1]["text/plain"]
        assert f"{'最新' if lang == 'zh' else 'latest'} {told}" in shown[-1]["text/html"]


@pytest.mark.parametrize(
    ("rho", "eurostat", "told"),
    [
        (0.944, 0.604, "0.94 / 0.60"),
        (0.946, 0.6, "0.946 / 0.60"),
        (0.95, 0.596, "0.95 / 0.596"),
        (-0.004, 0.0, "-0.004 / 0.00"),
        (0.83, 1.2, "0.83 / 1.20"),
    ],
)
def test_neither_ratio_of_progress_is_printed_as_the_bound_that_it_falls_short_of(
    shown, package, judged, rho, eurostat, told
):
    one = judged.head(1).assign(rho=rho, eurostat_ratio=eurostat)
    show.progress_table(one, package, caption=("进展", "Progress"))
    assert f" {told} " in shown[0]["text/plain"]
