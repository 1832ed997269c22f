"""What a report shows: sentences, tables and charts in both languages, with the rows behind them."""

import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from plan_monitor import load
from plan_monitor import report as present
from plan_monitor.methods import progress
from plan_monitor.report import codes
from traces import sources


@pytest.fixture
def package(folder):
    return load(folder)


@pytest.fixture
def judged(package):
    return progress.assess(package.targets, package.observations, "2024")


def test_every_status_and_reason_has_words_in_both_languages():
    assert set(codes.STATUS) == set(progress.STATUSES)
    assert set(codes.REASON) == set(progress.REASONS)
    for table in (codes.STATUS, codes.REASON):
        assert all(zh and en and zh != en for zh, en in table.values())


def test_say_shows_one_language(shown):
    present.say("zh", "达成", "achieved")
    present.say("en", "达成", "achieved")
    assert [b["text/markdown"] for b in shown] == ["达成", "achieved"]
    assert all(b["text/plain"] == b["text/markdown"] for b in shown)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (12861, None, "12,861"),
        (98.88, None, "98.88"),
        (-0.001, 2, "0.00"),
        (float("nan"), None, "–"),
        (0.1 + 0.2, None, "0.3"),
    ],
)
def test_numbers_are_shown_as_precisely_as_the_source(value, places, expected):
    assert present.number(value, places) == expected


def test_a_table_emits_page_word_and_trace(shown):
    frame = pd.DataFrame({"name": ["a|b <i>"], "value": ["1,234 %"]})
    headings = {"name": ("名称", "Name"), "value": ("数值", "Value")}
    trace = [{"value": ["t-1", "o-2"]}]
    present.table(frame, "en", caption=("题", "Title"), headings=headings, trace=trace)
    (bundle,) = shown
    assert "<caption>Title</caption>" in bundle["text/html"]
    assert "a|b &lt;i&gt;" in bundle["text/html"]
    assert re.search(r'<td class="[^"]*number[^"]*"[^>]*>1,234 %</td>', bundle["text/html"])
    assert r"a\|b" in bundle["text/markdown"]
    assert sources(bundle) == [{"Value": ["t-1", "o-2"]}]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("≥ 98 %", 1),
        ("16.26 × 10,000 persons (2020)", 1),
        ("2020 report of the statistical bureau (2021)", 0),
    ],
)
def test_a_column_of_figures_is_aligned_as_such(shown, cell, number):
    frame = pd.DataFrame({"name": ["a"], "value": [cell]})
    headings = {"name": ("名称", "Name"), "value": ("数值", "Value")}
    present.table(frame, "en", caption=("题", "Title"), headings=headings)
    assert len(re.findall('<td class="[^"]*number', shown[0]["text/html"])) == number


HEADINGS = {
    **{"what": ("指标", "Indicator"), "region": ("地区", "Region"), "value": ("目标", "Target")},
    **{"latest": ("最新实绩", "Latest"), "verdict": ("判断", "Verdict")},
}


def promises(count):
    row = {"region": "某县", "value": "≥ 95 %", "latest": "–", "verdict": "无后续实绩"}
    return pd.DataFrame([{"what": f"第{n}项", **row} for n in range(count)])


def test_what_all_rows_say_stands_once_behind_the_caption_and_figures_keep_their_source(shown):
    trace = [{"value": [f"t-{n}"], "latest": [f"t-{n}"]} for n in range(3)]
    for lang in ("zh", "en"):
        present.table(promises(3), lang, caption=("题", "Title"), headings=HEADINGS, trace=trace)
    chinese, english = shown
    assert (
        chinese["text/plain"].split("\n")[0]
        == "**题**（各行相同：地区 某县；判断 无后续实绩；各行均空：最新实绩）"
    )
    assert (
        english["text/plain"]
        .split("\n")[0]
        .startswith("**Title** (same in all rows – Region: 某县; Verdict: ")
    )
    page = BeautifulSoup(chinese["text/html"], "html.parser")
    assert [heading.get_text() for heading in page.select("th")] == ["指标", "目标"]
    assert page.caption.get_text() == "题（各行相同：地区 某县；判断 无后续实绩；各行均空：最新实绩）"
    assert sources(chinese) == [{"目标": [f"t-{n}"]} for n in range(3)]  # one value, three sources


def test_a_column_stays_where_rows_are_few_or_one_differs(shown):
    present.table(promises(2), "zh", caption=("题", "Title"), headings=HEADINGS)
    other = promises(3).assign(
        region=["某县", "某县", "某市"], latest=["–", "–", "1"], verdict=["甲", "乙", "乙"]
    )
    present.table(other, "zh", caption=("题", "Title"), headings=HEADINGS)
    for bundle in shown:
        assert bundle["text/plain"].startswith("**题**\n")
        assert bundle["text/html"].count("<th ") == len(HEADINGS)


def test_the_progress_table_shows_a_reason_and_the_pace_where_nothing_was_published(shown, package, judged):
    present.progress_table(judged, package, "en", caption=("题", "Progress"))
    text = shown[0]["text/markdown"]
    income = next(line for line in text.splitlines() if "Farm income" in line)
    assert "12,861 yuan (2020)" in income
    assert "26,581 yuan (2025)" in income
    assert "+2,744 yuan" in income
    assert "not yet due" in income
    assert "not yet due · floor" in text
    rows = sources(shown[0])
    assert rows[0].items() >= {"Target": ["t-1"], "Base": ["o-1"], "Latest figure": ["o-2"]}.items()
    assert rows[0]["Change needed a year (from latest figure or base)"] == [
        "t-1",
        "o-1",
        "o-2",
    ]  # computed from all three


def test_a_chinese_table_has_no_english_heading_or_word(shown, package, judged):
    present.progress_table(judged, package, "zh", caption=("进展", "Progress"))
    present.gaps_table(judged, package, "zh", caption=("缺口", "Gaps"))
    present.sources_table(package, ["t-1", "o-1"], "zh", caption=("出处", "Sources"))
    for bundle in shown:
        assert re.findall(r"[A-Za-z]{3,}", bundle["text/markdown"]) == []


def test_sources_lead_to_document_and_place(shown, package):
    present.sources_table(package, ["t-1", "o-2", None, "t-1"], "en", caption=("出处", "Sources"))
    text = shown[0]["text/markdown"]
    assert text.count("Preschool enrolment") == 2
    assert "Statistical bulletin of a county" in text
    assert "表1" in text
    assert sources(shown[0]) == [{"Figure": ["t-1"]}, {"Figure": ["o-2"]}]


def test_doubtful_figures_are_marked(shown, folder):
    path = folder / "observations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("93,%,A", "93,%,C"), encoding="utf-8")
    present.sources_table(load(folder), ["o-1", "o-2"], "en", caption=("出处", "Sources"))
    assert shown[0]["text/html"].count("grade-c") == 1


def test_a_chart_says_every_plotted_figure(shown, package):
    points = present.labelled(package.observations.iloc[:2], package, "en")
    goals = present.labelled(package.targets.iloc[:1], package, "en")
    present.lines(points, "en", title=("题", "Rates"), targets=goals)
    (bundle,) = shown
    assert bundle["image/png"].startswith(b"\x89PNG")
    expected = "Preschool enrolment (%) – A county: 2020 91, 2023 93 | A county, target: 2025 95"
    assert bundle["text/plain"] == f"Rates. {expected}."


def test_doubtful_figures_are_drawn_outside_the_lines(shown, package):
    points = present.labelled(package.observations.iloc[:1], package, "en")
    doubtful = present.labelled(package.observations.iloc[1:2], package, "en")
    present.lines(points, "en", title=("题", "Rates"), doubtful=doubtful)
    assert "A county: 2020 91 | A county doubtful (grade C): 2023 93" in shown[0]["text/plain"]


def test_a_changed_figure_changes_the_text_of_a_chart(shown, package):
    observations = package.observations.iloc[:2]
    for frame in (observations, observations.assign(value=[91.0, 93.1])):
        present.lines(present.labelled(frame, package, "zh"), "zh", title=("题", "t"))
    first, second = (bundle["text/plain"] for bundle in shown)
    assert first.replace("2023 93", "2023 93.1") == second


def test_chinese_glyphs_are_drawn(shown, recwarn):
    frame = pd.DataFrame({"category": ["幼儿园", "小学"], "series": "学位", "value": [10.06, 18.98]})
    present.bars(frame, "zh", title=("学位与学生", "Places"), unit="万个")
    present.dots(frame, "zh", title=("学位与学生", "Places"), unit="万个")
    assert [w for w in recwarn if "missing from font" in str(w.message)] == []
    assert shown[0]["text/plain"] == "学位与学生。学位（万个）：幼儿园 10.06，小学 18.98。"


def test_every_target_stands_beside_others_or_says_why_not(shipped, shown):
    targets = shipped.select(document="med-ins", region="532300").targets
    figures = shipped.observations[shipped.observations["id"].isin(["obs-255", "obs-257", "obs-293"])]
    otherwise = {"drg-payment-share": "unlike"}
    present.beside_table(targets, figures, ["100000", "530500"], otherwise, shipped, "en", ("标题", "Title"))
    rows = {line.split("|")[1].strip(): line for line in shown[0]["text/plain"].splitlines() if "|" in line}
    assert len(rows) == len(targets) + 2
    rate = [cell.strip() for cell in rows["Basic medical insurance enrolment rate"].split("|")]
    assert rate[2:-1] == ["≥ 96 % (2022–2025)", "≥ 95 % (2022)", "same indicator"]
    assert "(empty in all rows – Baoshan)" in shown[0]["text/plain"]
    assert "figures of another definition" in rows["DRG-paid share of inpatient expenses"]
    assert "none found" in rows["Centrally procured drugs in use"]
    assert {"Target": ["med-ins-002"], "China": ["obs-255"]} in sources(shown[0])
