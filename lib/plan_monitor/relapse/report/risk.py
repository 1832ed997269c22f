"""The risk of relapse in words, tables and charts: its predictors, how reliable it is, effects of shocks."""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.relapse import SOURCES, Evaluation, Risk, Trial, Within, counted
from plan_monitor.relapse.report.groups import SOURCE, WORDS, count
from reportkit.charts.canvas import ONE, PALETTE, Point, show, style
from reportkit.charts.plain import names_beside, row_height
from reportkit.decimals import all_against, rounded
from reportkit.language import Text, chosen, of_data, tr, word
from reportkit.measures import unit_word
from reportkit.table import Column, table
from reportkit.words import aside, figure, number, phrase, say

_SURE = 0.05
WHY_NOT = WORDS["why_not"]
_TENTHS = ("十等分组（风险由低到高）", "Tenth (rising risk)")
# added to titles of tables and charts of the model where households are made up
RUNS = ("（合成数据，只说明程序能运行）", " (synthetic data: shows only that the procedure runs)")


def only_runs(households: pd.DataFrame, package: Package) -> None:
    """Where households are made up, say that results of the model are no evidence; else say nothing.

    Notes of the package's ``documents`` on the made-up ones are repeated.
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


def effects_chart(risk: Risk, what: Text, mark: str = "", basis: Iterable[str] = ()) -> None:
    """Average effects of one step as points with their 95 % intervals, in percentage points.

    Grey where the p-value, adjusted for all the tests, is not below 0.05. The title says how many factors
    are associated with the risk; `what` says what is shown, `mark` that the households are made up.
    """
    style()
    effects = _by_step(risk)
    chart, ax = plt.subplots(figsize=(ONE, 0.6 + row_height(effects.index, ONE, 0.34) * len(effects)))
    texts, points = [], []
    for position, row in enumerate(effects.itertuples()):
        colour = PALETTE[2] if row.p >= _SURE else PALETTE[0] if row.effect > 0 else PALETTE[1]
        ax.plot([row.lower, row.upper], [position] * 2, color=colour, linewidth=2)
        ax.scatter([row.effect], [position], color=colour, s=36, zorder=3)
        text = f"{_signed(row.effect)} ({_interval(row.lower, row.upper)})"
        points.append(Point((row.Index,), text, (), ax, row.effect, position))
        texts.append(f"{row.Index} {text}")
    ax.axvline(0, color="black", linewidth=1)
    names_beside(ax, effects.index, ONE)
    ax.set(xlabel=unit_word("百分点"), ylim=(len(effects) - 0.4, -0.6))
    ax.grid(visible=False, axis="y")
    total, significant = len(effects), int((effects["p"] < _SURE).sum())
    title = (
        tr(
            f"{total} 个因素中 {significant} 个与风险有关联",
            f"{significant} of {total} factors go with the risk",
        )
        + mark
    )
    show(chart, title, texts, what, [("条件（其余不变）", "Step (all else equal)")], points, basis)


def effects_table(risk: Risk, caption: Text, basis: Iterable[str] = ()) -> None:
    """Average effects of one step, percentage points of the risk."""
    effects = _by_step(risk)
    tests = (f"p 值（Holm 校正，{len(effects)} 项检验）", f"p-value (Holm, {len(effects)} tests)")
    intervals = list(map(_interval, effects["lower"], effects["upper"]))
    places, of_p = (
        all_against(effects[name], [[limit]] * len(effects), least)
        for name, limit, least in (("effect", 0, 2), ("p", _SURE, 3))
    )
    changes = [number(effect, places, signed=True) for effect in effects["effect"]]
    columns = [
        Column(("条件（其余不变）", "Step (all else equal)"), effects.index),
        Column(("风险相差，百分点", "Difference of the risk, points"), changes),
        Column(("95 % 区间", "95 % interval"), intervals, figures=True),
        Column(tests, [figure(0.001, "", 3, "<") if p < 0.001 else number(p, of_p) for p in effects["p"]]),
    ]
    table(caption, columns, basis)


def _by_step(risk: Risk) -> pd.DataFrame:
    """By one step of each predictor in words: effect and interval, and the adjusted p-value."""
    effects = risk.effects[["effect", "lower", "upper"]].assign(p=risk.effects["p_holm"])
    return effects.rename(index=lambda name: word(WORDS["step"], name))


def _signed(change: float) -> str:
    return number(change, 2, limits=[0], signed=True)


def _interval(lower: float, upper: float) -> str:
    return tr(" 至 ", " to ").join([_signed(lower), _signed(upper)])


def few_cases(risk: Risk, basis: Iterable[str] = ()) -> None:
    """Say what a model with few relapses can be used for; nothing if there are enough."""
    if risk.unsteady:
        say(
            "落入（或未落入）监测范围的农户平均到每个因素不足 10 户：模型仍可估计，但区间很宽，"
            "概率不稳定，只宜用来排先后，不宜当作确数。",
            "For each factor, fewer than ten households came to need monitoring (or did not): the model can "
            "be fitted, but intervals are wide and probabilities unsteady. They tell whom to visit first; "
            "they are no exact figures.",
            basis,
        )


def trial_table(trial: Trial, caption: Text, basis: Iterable[str] = ()) -> None:
    """How well the model, fitted on earlier years, predicted a year."""
    brier, constant = number(trial.brier, 3), number(trial.brier_constant, 3)
    values = {
        "observations": count(counted(trial.observations)),
        "events": count(counted(trial.events)),
        "expected": count(counted(trial.expected)),
        "auc": within(trial.auc, 0.5),
        "brier": f"{brier} / {constant}",
        "large": within(trial.large, 0),
        "slope": within(trial.slope, 1),
    }
    columns = [
        Column(("项目", "Item"), [word(WORDS["trial"], name) for name in values]),
        Column(("数值", "Value"), list(values.values()), figures=True, mixed=True),
        Column(("怎样读", "How to read it"), [chosen(WORDS["reading"].get(name, "")) for name in values]),
    ]
    table(caption, columns, basis)


def within(estimate: Within, limit: float) -> str:
    """A figure with its interval, or by itself where there is none; `limit` is what it is compared with."""
    value, lower, upper = (number(part, 2, limits=[limit]) for part in estimate)
    return value if pd.isna(estimate.lower) else value + aside(f"{lower}{tr('—', '–')}{upper}")


def total_foreseen(trial: Trial, mark: str = "", basis: Iterable[str] = ()) -> None:
    """Say whether the model, fitted on earlier years, predicted too few or too many in total.

    Nothing is said of small numbers. Whether chance in that year may explain the difference follows from the
    interval of ``Trial.large``, which does not include the error of estimation. `mark` follows the year: that
    households are made up, say.
    """
    expected, events = counted(trial.expected), counted(trial.events)
    if not (expected > 0 and events > 0):
        return
    percent = number(100 * abs(expected / events - 1), 0, limits=[0])
    if expected == events:
        verdict = tr("总数相符", "which is right in total")
    elif expected < events:
        verdict = tr(f"总数低估约 {percent} %", f"about {percent} % too few in total")
    else:
        verdict = tr(f"总数高估约 {percent} %", f"about {percent} % too many in total")
    if expected != events:
        by_chance = tr("，在检验年的随机波动范围之内", ", which chance in that year may make")
        otherwise = tr(
            "，不止是检验年的随机波动，也可能来自估计误差",
            ", more than chance in that year makes; the error of the estimate may be why",
        )
        verdict += by_chance if trial.large.lower <= 0 <= trial.large.upper else otherwise
    say(
        f"检验年合计{mark}：模型预测约 {count(expected)} 户，实际 {count(events)} 户，{verdict}。",
        f"In the year of the trial{mark}, the model foresaw about {count(expected)} households and there "
        f"were {count(events)}: {verdict}.",
        basis,
    )


def calibration_chart(trial: Trial, what: Text, mark: str = "", basis: Iterable[str] = ()) -> None:
    """Predicted and observed shares by class of rising risk, the observed ones with 95 % intervals.

    The title says in how many classes the prediction lies in the interval; `what` and `mark` as above.
    """
    style()
    classes = trial.calibration.assign(tenths=_tenths(trial), **_shares(trial.calibration))
    chart, ax = plt.subplots(figsize=(ONE, 2.8))
    places = range(len(classes))
    ends = [classes["observed"] - classes["lower"], classes["upper"] - classes["observed"]]
    happened, foreseen = tr("实际（95 % 区间）", "happened (95 % interval)"), tr("预测", "foreseen")
    looks = {"fmt": "o", "color": PALETTE[0], "capsize": 3, "markersize": 5}
    ax.errorbar(places, classes["observed"], ends, **looks, label=happened)
    ax.scatter(places, classes["expected"], marker="D", s=22, color=PALETTE[1], zorder=3, label=foreseen)
    ax.set_xticks(places, classes["tenths"])
    ax.set(xlabel=tr(*_TENTHS), ylabel="%", ylim=(0, None))
    ax.legend()
    texts = [
        tr(
            f"{row.tenths} 预测 {row.foreseen}、实际 {row.happened}（{row.interval}）",
            f"{row.tenths} foreseen {row.foreseen}, happened {row.happened} ({row.interval})",
        )
        for row in classes.itertuples()
    ]
    points = [
        Point((row.tenths, word), text, (), ax, place, value)
        for place, row in enumerate(classes.itertuples())
        for word, text, value in (
            (happened, row.happened, row.observed),
            (foreseen, row.foreseen, row.expected),
        )
    ]
    total, inside = len(classes), int(_inside(classes).sum())
    title = tr(
        f"{total} 组中 {inside} 组的预测在实际的 95 % 区间之内",
        f"In {inside} of {total} classes the share foreseen lies in the 95 % interval of what happened",
    )
    show(chart, title + mark, texts, what, (_TENTHS, ("是", "What")), points, basis)


def calibration_table(trial: Trial, caption: Text, basis: Iterable[str] = ()) -> None:
    """Predicted and observed shares by class of rising risk, the observed ones with 95 % intervals."""
    classes, shares = trial.calibration, _shares(trial.calibration)
    columns = [
        Column(_TENTHS, _tenths(trial)),
        Column(("农户", "Households"), list(map(count, classes["households"]))),
        Column(("预测，%", "Foreseen, %"), shares["foreseen"]),
        Column(("实际，%", "Happened, %"), shares["happened"]),
        Column(("95 % 区间", "95 % interval"), shares["interval"], figures=True),
    ]
    table(caption, columns, basis)


def _tenths(trial: Trial) -> list[str]:
    """Names of the classes: which tenths of the households, by rising risk, are joined in each."""
    ends = trial.calibration[["first", "last"]].itertuples(index=False)
    return [str(first) if first == last else f"{first}–{last}" for first, last in ends]


def _shares(classes: pd.DataFrame) -> dict[str, list[str]]:
    """Shares of each class as they are printed: foreseen, happened, and the interval of the latter.

    With one decimal, or more until a share foreseen outside the interval is printed so.
    """
    ends, places = ["expected", "lower", "upper"], 1
    while not _inside(classes[ends].map(rounded, places=places)).equals(_inside(classes)):
        places += 1
    names = ("expected", "observed", "lower", "upper")
    foreseen, happened, *limits = ([number(share, places) for share in classes[name]] for name in names)
    interval = [f"{low} – {high}" for low, high in zip(*limits, strict=True)]
    return {"foreseen": foreseen, "happened": happened, "interval": interval}


def _inside(classes: pd.DataFrame) -> pd.Series:
    """Whether the share foreseen of each class lies in the interval of what happened."""
    return classes["expected"].between(classes["lower"], classes["upper"])


def bands_table(bands: pd.Series, caption: Text, basis: Iterable[str] = ()) -> None:
    """Households by class of risk; those whose risk is not known only where there are any."""
    rows = bands[:-1] if bands.iloc[-1] == 0 else bands
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
    """How many more households each shock would bring into the monitoring, and what they would lack."""
    scenarios = [
        word(SOURCE, n) + (" −" if n in SOURCES else " +") + figure(change, "%") for n in shocks.index
    ]
    columns = [
        Column(("情景", "Scenario"), scenarios),
        Column(("新增监测农户", "Additional households to be monitored"), list(map(count, shocks["newly"]))),
        Column(("补到监测线所缺，元", "Shortfall to the line, yuan"), list(map(count, shocks["lacking"]))),
    ]
    table(caption, columns, basis)


def why_no(evaluation: Evaluation, kind: str) -> None:
    """Say why there is no model (``risk``), or no trial of it (``trial``)."""
    lacking, reason = word(WORDS["lacking"], kind), word(WHY_NOT, evaluation.reasons[kind])
    say(f"{lacking}：{reason}。", f"{lacking}: {reason}.")
