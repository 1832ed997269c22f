"""The risk of relapse in words, tables and charts: what drives it, how far to trust it, what a blow does."""

import math
from collections.abc import Iterable

import matplotlib.pyplot as plt
import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.relapse import SOURCES, Evaluation, Risk, Trial, counted
from plan_monitor.relapse.report.groups import SOURCE, WORDS, count
from reportkit.charts.canvas import PALETTE, show, style
from reportkit.charts.plain import bars
from reportkit.language import Text, chosen, of_data, tr, word
from reportkit.measures import unit_word
from reportkit.table import Column, table
from reportkit.words import aside, figure, number, phrase, say

# of each predictor, a step that a reader can picture, in its own unit
_STEP = {"margin": math.log(1.1), "ill": 1.0, "lifted": 1.0}
_STEP |= dict.fromkeys(("dependency", "burden", "wage_share"), 0.1)
_SURE = 0.05
WHY_NOT = WORDS["why_not"]
# what a good result on made-up households is worth, to follow it in its sentence
PROOF = (
    "；但农户是合成的，这只说明程序能够运行，不是模型对真实农户有效的证据",
    "; but the households are made up, so this only shows that the procedure runs, and is no evidence "
    "that the model works on real ones",
)


def only_runs(households: pd.DataFrame, package: Package) -> None:
    """Where households are made up, say that how well a model does on them is no evidence; else nothing.

    What the package's ``documents`` say of those made up is repeated.
    """
    if not package.synthetic(households):
        return
    used = package.documents[package.documents["id"].isin(households["document"])]
    notes = used.loc[used["type"].eq("synthetic"), f"note_{of_data()}"].dropna()
    why = tr("：", ": ") + phrase(notes) if len(notes) else ""
    say(
        f"**本节的农户是合成的**{why}。因此本节的关联、区间、p 值、区分度和校准只说明程序能够运行，"
        "不是模型对真实农户有效的证据。",
        f"**The households of this section are made up**{why}. So its associations, intervals, p-values, "
        "discrimination and calibration only show that the procedure runs; they are no evidence that the "
        "model works on real households.",
    )


def effects_chart(risk: Risk, title: Text) -> None:
    """Average marginal effects as points with their 95 % intervals, in percentage points for one step.

    Grey where the p-value, adjusted for all the tests, is not below 0.05.
    """
    style()
    effects = _by_step(risk)
    chart, ax = plt.subplots(figsize=(8.6, 1.0 + 0.45 * len(effects)), layout="constrained")
    texts = []
    for place, row in enumerate(effects.itertuples()):
        colour = PALETTE[2] if row.p >= _SURE else PALETTE[0] if row.effect > 0 else PALETTE[1]
        ax.plot([row.lower, row.upper], [-place] * 2, color=colour, linewidth=2)
        ax.scatter([row.effect], [-place], color=colour, s=52, zorder=3)
        texts.append(f"{row.Index} {_signed(row.effect)} ({_interval(row.lower, row.upper)})")
    ax.axvline(0, color="black", linewidth=1)
    ax.set_yticks([-place for place in range(len(effects))], effects.index)
    ax.set(xlabel=unit_word("百分点"), ylim=(0.6 - len(effects), 0.6))
    show(chart, chosen(title), texts)


def effects_table(risk: Risk, caption: Text, basis: Iterable[str] = ()) -> None:
    """Average marginal effects, percentage points of the risk for one step."""
    effects = _by_step(risk)
    tests = (f"p 值（Holm 校正，{len(effects)} 项检验）", f"p-value (Holm, {len(effects)} tests)")
    intervals = list(map(_interval, effects["lower"], effects["upper"]))
    columns = [
        Column(("条件（其余不变）", "Step (all else equal)"), effects.index),
        Column(("风险相差，百分点", "Difference of the risk, points"), list(map(_signed, effects["effect"]))),
        Column(("95 % 区间", "95 % interval"), intervals, figures=True),
        Column(tests, [figure(0.001, "", 3, "<") if p < 0.001 else number(p, 3) for p in effects["p"]]),
    ]
    table(caption, columns, basis)


def _by_step(risk: Risk) -> pd.DataFrame:
    """By one step of each predictor in words: effect and interval, and the adjusted p-value."""
    steps = [_STEP[name] for name in risk.effects.index]
    effects = risk.effects[["effect", "lower", "upper"]].mul(steps, axis=0).assign(p=risk.effects["p_holm"])
    return effects.rename(index=lambda name: word(WORDS["step"], name))


def _signed(change: float) -> str:
    return number(change, 2, signed=True)


def _interval(lower: float, upper: float) -> str:
    return tr(" 至 ", " to ").join([_signed(lower), _signed(upper)])


def trial_table(trial: Trial, caption: Text, basis: Iterable[str] = ()) -> None:
    """How well the model, fitted before a year, foresaw it."""
    auc, low, high = (number(value, 2) for value in (trial.auc, trial.auc_lower, trial.auc_upper))
    brier, constant = number(trial.brier, 4), number(trial.brier_constant, 4)
    values = {
        "observations": count(counted(trial.observations)),
        "events": count(counted(trial.events)),
        "expected": count(counted(trial.expected)),
        "auc": f"{auc} ({low} – {high})",
        "brier": f"{brier} / {constant}",
        "slope": number(trial.slope, 2),
    }
    columns = [
        Column(("项目", "Item"), [word(WORDS["trial"], name) for name in values]),
        Column(("数值", "Value"), list(values.values()), figures=True),
        Column(("怎样读", "How to read it"), [chosen(WORDS["reading"].get(name, "")) for name in values]),
    ]
    table(caption, columns, basis)


def total_foreseen(trial: Trial) -> None:
    """Say whether the model, fitted before a year, foresaw too few in all, or too many; nothing of a few."""
    expected, events = counted(trial.expected), counted(trial.events)
    if not (expected > 0 and events > 0):
        return
    by = number(100 * abs(expected / events - 1), 0)
    if expected == events:
        verdict = tr("总数相符", "which is right in total")
    elif expected < events:
        verdict = tr(f"总数低估约 {by} %", f"about {by} % too few in total")
    else:
        verdict = tr(f"总数高估约 {by} %", f"about {by} % too many in total")
    say(
        f"检验年合计：模型预测约 {count(expected)} 户，实际 {count(events)} 户，{verdict}。",
        f"In the year of the trial, the model foresaw about {count(expected)} households and there were "
        f"{count(events)}: {verdict}.",
    )


def calibration_chart(trial: Trial, title: Text) -> None:
    """What was foreseen and what happened, class by class of rising risk."""
    classes = trial.calibration
    names = [f"{place}{aside(count(n))}" for place, n in enumerate(classes["households"], start=1)]
    series = {"expected": tr("预测", "foreseen"), "observed": tr("实际", "happened")}
    parts = (
        classes.assign(category=names).rename(columns=series).melt("category", [*series.values()], "series")
    )
    bars(parts, title=title, unit="%", places=1)


def bands_table(bands: pd.Series, caption: Text, basis: Iterable[str] = ()) -> None:
    """Households by class of risk; those whose risk is not known only where there are any."""
    rows = bands[~((bands == 0) & bands.index.get_level_values(0).isna())]
    heading = ("一年内落入监测范围的风险", "Risk of needing monitoring within a year")
    columns = [
        Column(heading, [_band(100 * low, 100 * high) for low, high in rows.index]),
        Column(("农户", "Households"), list(map(count, rows))),
    ]
    table(caption, columns, basis)


def _band(low: float, high: float) -> str:
    if pd.isna(low):
        return tr("不知道（劳动力或患病人数未填）", "not known (workers or ill members empty)")
    least, most = figure(low, "%"), figure(high, "%")
    return f"< {most}" if low == 0 else f"≥ {least}" if high == 100 else f"{least}–{most}"


def shocks_table(shocks: pd.DataFrame, change: float, caption: Text, basis: Iterable[str] = ()) -> None:
    """How many households each blow would bring into the monitoring, and what they would lack."""
    blows = [word(SOURCE, n) + (" −" if n in SOURCES else " +") + figure(change, "%") for n in shocks.index]
    columns = [
        Column(("情景", "Scenario"), blows),
        Column(("新增监测农户", "Additional households to be monitored"), list(map(count, shocks["newly"]))),
        Column(("补到监测线所缺，元", "Lacking up to the line, yuan"), list(map(count, shocks["lacking"]))),
    ]
    table(caption, columns, basis)


def why_no(evaluation: Evaluation, what: str) -> None:
    """Say why there is no model (``risk``), or no trial of it (``trial``)."""
    lacking, why = word(WORDS["lacking"], what), word(WHY_NOT, evaluation.reasons[what])
    say(f"{lacking}：{why}。", f"{lacking}: {why}.")
