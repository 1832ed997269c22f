"""The relapse report prints no count of one to four households, whatever the households, and no code."""

import math
import re
from dataclasses import replace
from unittest.mock import patch

import pandas as pd
import pytest
from hypothesis import given, settings

from examples import up_to
from plan_monitor import relapse
from plan_monitor.methods.disclosure import TOTAL
from plan_monitor.relapse.report import groups as report
from plan_monitor.relapse.report import risk as risk_report
from random_households import LINE, counties
from reportkit import table, words
from reportkit.charts import canvas
from reportkit.language import using

TITLE = ("标题", "Title")


def shown_of(lang, function, *arguments):
    """The texts that a function of the report displays in a language."""
    texts = []

    def display(bundle, raw):
        texts.append(bundle["text/plain"])

    with (
        using(lang),
        patch.object(canvas, "display", display),
        patch.object(table, "display", display),
        patch.object(words, "display", display),
    ):
        function(*arguments)
    return texts


def body(text):
    """Cells of a Markdown table below its heading, without the first column."""
    lines = [line for line in text.splitlines() if line.startswith("|")][2:]
    return [cell.strip() for line in lines for cell in line.split("|")[2:-1]]


def small(text):
    return re.fullmatch(r"[1-4]", text) is not None


@pytest.mark.slow
@given(counties())
@settings(max_examples=up_to(60), deadline=None)
def test_no_table_has_a_cell_of_one_to_four(households):
    classified = relapse.classify(households, LINE)
    out = relapse.release(classified, "2023")
    heading = ("行", "Row")
    chances = relapse.bands(pd.Series([0.3] * len(households)), False)
    texts = [
        *shown_of("en", report.counts_table, out.townships, {}, TITLE, heading),
        *shown_of("zh", report.counts_table, out.reasons, report.REASON, TITLE, heading),
        *shown_of("en", report.counts_table, out.register, report.REGISTER, TITLE, heading),
        *shown_of("zh", report.counts_table, out.years, {}, TITLE, heading),
        *shown_of("en", report.guarantees_table, out, TITLE),
        *shown_of("en", risk_report.bands_table, chances, TITLE),
    ]
    for text in texts:
        assert not any(map(small, body(text))), text
    blows = relapse.shocks(households, LINE, "2023", 30.0)
    newly = body(shown_of("en", risk_report.shocks_table, blows, 30.0, TITLE)[0])[::2]
    assert not any(map(small, newly))
    # money that few households lack would tell what each of them lacks
    assert blows["lacking"].isna().tolist() == blows["newly"].isna().tolist()
    for text in (*texts, *shown_of("en", report.income_table, out, TITLE)):
        assert not re.search(r"\bH\d", text)


@pytest.mark.slow
@given(counties())
@settings(max_examples=up_to(12), deadline=None)
def test_no_chart_has_a_figure_behind_which_are_one_to_four(households):
    classified = relapse.classify(households, LINE)
    out = relapse.release(classified, "2023")
    heat = shown_of("en", report.townships_heat_map, out, TITLE)[0]
    printed = re.findall(r"(?:hardship|\(lifted\)|marginal) (\d+)|T\d \((\d+)\)", heat)
    assert not any(small(cell) for pair in printed for cell in pair)
    groups = {report.GROUP[name][1]: name for name in relapse.MONITORED}
    for text in shown_of("en", report.years_chart, out, TITLE):
        title, _, said = text.partition(". ")
        for year in re.findall(r"(\d{4}) [\d.]+ %", title):
            rows = classified[(classified["period"] == year) & (classified["group"] != "none")]
            assert len(rows) not in (1, 2, 3, 4), text
        for name, points in re.findall(r"([a-z (]+\)?)(?: \(%\))?: ((?:\d{4} [\d.]+(?:, )?)+)", said):
            for year in re.findall(r"(\d{4}) ", points):
                group = groups[name.strip()]
                rows = classified[(classified["period"] == year) & (classified["group"] == group)]
                assert len(rows) not in (1, 2, 3, 4), text
    for text in shown_of("en", report.income_chart, out, TITLE):
        for name, group in groups.items():
            if f"{name} " in text:
                assert (classified.query("period == '2023'")["group"] == group).sum() >= 5


def test_a_hidden_count_is_a_star_and_none_is_a_zero():
    assert [report.count(number) for number in (math.nan, 0.0, 1234.0)] == ["＊", "0", "1,234"]


@pytest.fixture(scope="module")
def outlook(shipped):
    lines = shipped.nearest("monitoring_lines", "990001").set_index("period")["line"]
    return relapse.evaluate(relapse.classify(shipped.households, lines))


@pytest.mark.slow
def test_effects_are_told_for_steps_a_reader_can_picture(outlook):
    text = shown_of("zh", risk_report.effects_table, outlook.risk, TITLE)[0]
    effect = outlook.risk.effects["effect"]
    assert f"{effect['margin']:+.2f}" in body(text)[0]
    assert f"{effect['lifted']:+.2f}" in body(text)
    chart = shown_of("zh", risk_report.effects_chart, outlook.risk, TITLE)[0]
    assert all(f"{value} (" in chart for value in (f"{effect['ill']:+.2f}", f"{effect['lifted']:+.2f}"))


def test_the_trial_and_its_calibration_are_told(outlook):
    text = shown_of("en", risk_report.trial_table, outlook.trial, TITLE)[0]
    for told in (outlook.trial.auc, outlook.trial.large, outlook.trial.slope):
        assert f"| {told.value:.2f} ({told.lower:.2f}–{told.upper:.2f}) " in text
    classes = outlook.trial.calibration
    chart = shown_of("en", risk_report.calibration_chart, outlook.trial, TITLE)[0]
    rows = shown_of("zh", risk_report.calibration_table, outlook.trial, TITLE)[0].splitlines()[
        -len(classes) :
    ]
    for row, shown in zip(classes.itertuples(), rows, strict=True):
        tenths = str(row.first) if row.first == row.last else f"{row.first}–{row.last}"
        shares = [f"{share:.1f}" for share in (row.expected, row.observed, row.lower, row.upper)]
        assert "{} foreseen {}, happened {} ({} – {})".format(tenths, *shares) in chart
        cells = [cell.strip() for cell in shown.strip("|").split("|")]
        assert cells == [tenths, f"{row.households:,}", *shares[:2], f"{shares[2]} – {shares[3]}"]
    few = outlook.trial._replace(events=3)
    assert "＊" in body(shown_of("en", risk_report.trial_table, few, TITLE)[0])
    assert shown_of("en", risk_report.total_foreseen, few) == []
    perfect = outlook.trial._replace(auc=relapse.Within(1.0, math.nan, math.nan))
    assert "1.00" in body(shown_of("en", risk_report.trial_table, perfect, TITLE)[0])


@pytest.mark.parametrize(
    ("expected", "zh", "en"),
    [
        (89.4, "总数低估约 18 %", "about 18 % too few in total"),
        (120.0, "总数高估约 10 %", "about 10 % too many in total"),
        (109.3, "总数相符", "which is right in total"),
    ],
)
def test_a_total_foreseen_too_low_or_too_high_is_called_so(outlook, expected, zh, en):
    trial = outlook.trial._replace(expected=expected, events=109)
    assert zh in shown_of("zh", risk_report.total_foreseen, trial)[0]
    assert en in shown_of("en", risk_report.total_foreseen, trial)[0]


@pytest.mark.parametrize(
    ("large", "within"),
    [((0.2, 0.02, 0.4), False), ((0.2, -0.02, 0.4), True), ((-0.2, -0.4, -0.02), False)],
)
def test_whether_chance_may_make_the_difference_of_the_totals_is_said(outlook, large, within):
    trial = outlook.trial._replace(large=relapse.Within(*large))
    text = shown_of("zh", risk_report.total_foreseen, trial, "（合成）")[0]
    assert ("，在检验年的随机波动范围之内。" in text) == within
    assert ("，不止是检验年的随机波动，也可能来自估计误差。" in text) != within
    assert text.startswith("检验年合计（合成）：")
    even = trial._replace(expected=float(trial.events))
    assert "随机波动" not in shown_of("zh", risk_report.total_foreseen, even)[0]


def test_that_a_model_of_few_relapses_is_unsteady_is_said_and_of_enough_nothing(outlook):
    assert shown_of("zh", risk_report.few_cases, outlook.risk) == []
    few = outlook.risk._replace(events=59)
    assert "不宜当作确数" in shown_of("zh", risk_report.few_cases, few)[0]
    assert "no exact figures" in shown_of("en", risk_report.few_cases, few)[0]


@pytest.mark.parametrize("reason", list(risk_report.WHY_NOT))
def test_every_reason_why_there_is_no_model_is_said(outlook, reason):
    without = outlook._replace(reasons={"risk": reason, "trial": reason})
    for what in ("risk", "trial"):
        assert "No " in shown_of("en", risk_report.why_no, without, what)[0]


def test_the_watch_list_names_codes_and_only_it_does(shipped):
    lines = shipped.nearest("monitoring_lines", "990001").set_index("period")["line"]
    classified = relapse.classify(shipped.households, lines)
    now = classified[classified["period"] == "2023"].assign(risk=5.0)
    assert "H0001" in shown_of("en", report.watch_list, now, 3, TITLE)[0]
    assert TOTAL in relapse.release(classified, "2023").townships.index


def test_what_a_model_does_on_made_up_households_is_called_no_evidence_and_on_real_ones_is_not(shipped):
    for lang, word in (("zh", "不是模型对真实农户有效的证据"), ("en", "no evidence")):
        texts = shown_of(lang, risk_report.only_runs, shipped.households, shipped)
        note = shipped.documents.set_index("id").at["synthetic-households", f"note_{lang}"]
        assert len(texts) == 1
        assert word in texts[0]
        assert note in texts[0]  # that the risk is drawn from the model that is fitted
    real = replace(shipped, documents=shipped.documents.assign(type="statistics"))
    assert shown_of("zh", risk_report.only_runs, real.households, real) == []


@pytest.mark.slow
def test_p_values_are_adjusted_for_the_number_of_tests(shipped):
    line = shipped.monitoring_lines.set_index("period")["line"]
    risk = relapse.fit(relapse.transitions(relapse.classify(shipped.households, line)))
    text = shown_of("zh", risk_report.effects_table, risk, TITLE)[0]
    assert "p 值（Holm 校正，6 项检验）" in text
    adjusted = risk.effects["p_holm"]
    # the second largest of six counts twice: 0.0457 is 0.091
    assert round(risk.effects.at["burden", "p_value"], 4) == 0.0457
    assert round(adjusted["burden"], 3) == 0.091
    assert adjusted.max() == risk.effects["p_value"].max()
    assert "| 0.091 " in text
    assert "0.046" not in text


def example():
    """Six households of T1 with half the wages and as much business as the twelve others, of T1 and T2."""
    same = {"region": "R", "period": "2023", "status": "other", "members": 1}
    same |= dict.fromkeys((*relapse.SOURCES, *relapse.SPENDING), 0.0) | {"business": 1000.0}
    poor, other = {"wage": 4000.0}, {"wage": 8000.0}
    rows = [same | {"township": "T1"} | poor] * 6 + [same | {"township": "T1"} | other] * 6
    rows += [same | {"township": "T2"} | other] * 6
    households = pd.DataFrame([row | {"code": f"H{n}"} for n, row in enumerate(rows)])
    return relapse.release(relapse.classify(households, 6000.0), "2023")


def test_rows_of_no_households_are_left_out_and_all_others_stand():
    only = (*relapse.MONITORED,)
    (text,) = shown_of("en", report.counts_table, example().townships, {}, TITLE, ("镇", "Township"), only)
    rows = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("|")][2:]
    assert rows == ["T1", TOTAL]


def test_the_source_that_those_to_be_monitored_lack_most_of_is_in_the_title():
    """They have 4 000 yuan of wages where all have 6 667, and as much of all else."""
    (text,) = shown_of("en", report.income_chart, example(), TITLE)
    assert "Those to be monitored lack most of " + report.SOURCE["wage"][1] in text


def test_colours_of_townships_begin_at_their_bounds_and_nobody_is_not_hidden():
    """5 of 251 are below 2 %, of 250 just 2 %, of 101 below 5 %, of 100 just 5 %; T5 hides its total."""
    columns = ["none", *relapse.MONITORED, TOTAL]
    rows = {f"T{n}": [number - 5, 5, 0, 0, number] for n, number in enumerate((251, 250, 101, 100), 1)}
    rows |= {"T5": [math.nan, math.nan, 0, 0, math.nan], TOTAL: [math.nan] * 5}
    townships = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    release = example()._replace(townships=townships)
    (text,) = shown_of("en", report.townships_heat_map, release, TITLE)
    shown = [
        re.findall(r": (?:unstable \(lifted\)) (\S+?)(?: \((.*?)\))?,", part) for part in text.split("|")
    ]
    assert [found[0] for found in shown] == [
        ("5", ""),
        ("5", "2 %–5 %"),
        ("5", "2 %–5 %"),
        ("5", "5 % or more"),
        (report.HIDDEN, "hidden"),
    ]
    assert text.endswith("marginal 0, sudden hardship 0.")
