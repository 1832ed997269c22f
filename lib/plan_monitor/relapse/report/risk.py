"""The risk of relapse in words, tables and charts: what drives it, how far to trust it, what a blow does."""

import math
from collections.abc import Iterable

import matplotlib.pyplot as plt
import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.relapse import SOURCES, Evaluation, Risk, Trial, counted
from plan_monitor.relapse.report.groups import SOURCE, count
from reportkit import measures, words
from reportkit.charts.canvas import PALETTE, show, style
from reportkit.charts.plain import bars
from reportkit.decimals import rounded
from reportkit.language import chosen, current, of_data, tr, word
from reportkit.tables import table

# predictor → a step a reader can picture, in its own unit, and its words
STEP = {
    "margin": (math.log(1.1), "人均纯收入高 10 %", "net income a head 10 % higher"),
    "dependency": (0.1, "非劳动力占比高 10 个百分点", "share who do not work 10 points higher"),
    "ill": (1.0, "多一名患病或残疾成员", "one more ill or disabled member"),
    "burden": (0.1, "刚性支出占收入高 10 个百分点", "unavoidable spending 10 points of income higher"),
    "wage_share": (0.1, "工资占收入高 10 个百分点", "wages 10 points of income higher"),
    "lifted": (1.0, "属脱贫户（与一般农户相比）", "lifted out of poverty, against others"),
}
WHY_NOT = {
    "no_pairs": ("没有一户有连续两年的数据", "no household has two years that follow each other"),
    "unknown": ("劳动力人数和患病人数未填", "workers and ill members are not known"),
    "too_few": (
        "落入或未落入监测范围的农户太少，不足以估计模型",
        "too few households came to need monitoring, or did not, for a model",
    ),
    "no_spread": (
        "某个因素在所有农户中都相同，无法估计其关联",
        "a factor is the same for all households",
    ),
    "no_convergence": ("模型无法收敛", "the model does not converge"),
    "one_year": (
        "只有一次年际变化，无法留出样本检验",
        "only one change of years, none to try it on",
    ),
    "all_alike": (
        "检验年中所有农户的结果相同，无从检验",
        "all households fared alike in the year to try it on",
    ),
}

_SURE = 0.05
# what a good result on made-up households is worth, to follow it in its sentence
PROOF = (
    "；但农户是合成的，这只说明程序能够运行，不是模型对真实农户有效的证据",
    "; but the households are made up, so this only shows that the procedure runs, and is no evidence "
    "that the model works on real ones",
)
_BETWEEN = {"zh": " 至 ", "en": " to "}
# what the trial of a model says: its name, and how to read it
_TRIAL = {
    "observations": (("检验样本，户", "Households"), ("", "")),
    "events": (("其中次年落入监测范围", "of which to be monitored a year later"), ("", "")),
    "expected": (("预测合计，户", "Foreseen in total"), ("", "")),
    "auc": (
        ("区分度 AUC（95 % 区间）", "Discrimination, AUC (95 % interval)"),
        ("0.5 相当于随机判断，1 为完全区分", "0.5 is chance, 1 is perfect"),
    ),
    "brier": (
        ("Brier 分数：模型 / 只用平均比例", "Brier score: model / constant share"),
        ("越小越好", "the smaller the better"),
    ),
    "slope": (
        ("校准斜率", "Calibration slope"),
        ("1 为恰当，小于 1 为风险分得过开", "1 is right; below 1 the risks are spread too wide"),
    ),
}


def only_runs(households: pd.DataFrame, package: Package) -> None:
    """Where households are made up, say that how well a model does on them is no evidence; else nothing.

    Parameters
    ----------
    households : DataFrame
        Rows of the package's ``households``; what its ``documents`` say of those made up is repeated.
    """
    if not package.synthetic(households):
        return
    used = package.documents[package.documents["id"].isin(households["document"])]
    notes = used.loc[used["type"].eq("synthetic"), f"note_{of_data()}"].dropna()
    why = tr("：", ": ") + words.phrase(notes) if len(notes) else ""
    words.say(
        f"**本节的农户是合成的**{why}。因此本节的关联、区间、p 值、区分度和校准只说明程序能够运行，"
        "不是模型对真实农户有效的证据。",
        f"**The households of this section are made up**{why}. So its associations, intervals, p-values, "
        "discrimination and calibration only show that the procedure runs; they are no evidence that the "
        "model works on real households.",
    )


def effects_chart(risk: Risk, title: tuple[str, str]) -> None:
    """Average marginal effects as points with their 95 % intervals, in percentage points for one step.

    Grey where the p-value, adjusted for all the tests, is not below 0.05.
    """
    style()
    effects = _by_step(risk)
    labels = [STEP[name][1 if current() == "zh" else 2] for name in effects.index]
    chart, ax = plt.subplots(figsize=(8.6, 1.0 + 0.45 * len(effects)), layout="constrained")
    said, between = [], _BETWEEN[of_data()]
    for place, (label, row) in enumerate(zip(labels, effects.itertuples(), strict=True)):
        colour = PALETTE[2] if row.p_holm >= _SURE else PALETTE[0] if row.effect > 0 else PALETTE[1]
        ax.plot([row.lower, row.upper], [-place] * 2, color=colour, linewidth=2)
        ax.scatter([row.effect], [-place], color=colour, s=52, zorder=3)
        said.append(f"{label} {_signed(row.effect)} ({_signed(row.lower)}{between}{_signed(row.upper)})")
    ax.axvline(0, color="black", linewidth=1)
    ax.set_yticks([-place for place in range(len(labels))], labels)
    ax.set(xlabel=measures.unit_word("百分点"), ylim=(0.6 - len(labels), 0.6))
    show(chart, chosen(title), said)


def effects_table(risk: Risk, caption: tuple[str, str], basis: Iterable[str] = ()) -> None:
    """Average marginal effects, percentage points of the risk for one step."""
    effects, between = _by_step(risk), _BETWEEN[of_data()]
    shown = pd.DataFrame(
        {
            "step": [STEP[name][1 if current() == "zh" else 2] for name in effects.index],
            "effect": [_signed(value) for value in effects["effect"]],
            "interval": [f"{_signed(r.lower)}{between}{_signed(r.upper)}" for r in effects.itertuples()],
            "p": ["< 0.001" if p < 0.001 else words.number(p, 3) for p in effects["p_holm"]],
        }
    )
    headings = {
        "step": ("条件（其余不变）", "Step (all else equal)"),
        "effect": ("风险相差，百分点", "Difference of the risk, points"),
        "interval": ("95 % 区间", "95 % interval"),
        "p": (f"p 值（Holm 校正，{len(shown)} 项检验）", f"p-value (Holm, {len(shown)} tests)"),
    }
    table(shown, caption=caption, headings=headings, basis=basis)


def _by_step(risk: Risk) -> pd.DataFrame:
    effects = risk.effects.copy()
    steps = pd.Series({name: STEP[name][0] for name in effects.index})
    effects[["effect", "lower", "upper"]] = effects[["effect", "lower", "upper"]].mul(steps, axis=0)
    return effects


def _signed(value: float) -> str:
    """A change with its sign, two decimals; no sign where it rounds to nothing."""
    return words.number(value, 2, signed=True)


def trial_table(trial: Trial, caption: tuple[str, str], basis: Iterable[str] = ()) -> None:
    """How well the model, fitted before a year, foresaw it."""
    which, number = int(current() != "zh"), words.number
    figures = {
        "observations": count(counted(trial.observations)),
        "events": count(counted(trial.events)),
        "expected": count(counted(int(rounded(trial.expected)))),
        "auc": f"{number(trial.auc, 2)} ({number(trial.auc_lower, 2)} – {number(trial.auc_upper, 2)})",
        "brier": f"{number(trial.brier, 4)} / {number(trial.brier_constant, 4)}",
        "slope": number(trial.slope, 2),
    }
    rows = [(_TRIAL[name][0][which], figures[name], _TRIAL[name][1][which]) for name in figures]
    headings = {"what": ("项目", "Item"), "value": ("数值", "Value"), "reading": ("怎样读", "How to read it")}
    table(pd.DataFrame(rows, columns=list(headings)), caption=caption, headings=headings, basis=basis)


def total_foreseen(trial: Trial) -> None:
    """Say whether the model, fitted before a year, foresaw too few in all, or too many; nothing of a few."""
    expected, events = (counted(int(rounded(n))) for n in (trial.expected, trial.events))
    if not (expected > 0 and events > 0):
        return
    off = 100 * (expected / events - 1)
    if expected == events:
        verdict = ("总数相符", "which is right in total")
    else:
        by = words.number(abs(off), 0)
        zh, en = ("低估", "too few") if off < 0 else ("高估", "too many")
        verdict = (f"总数{zh}约 {by} %", f"about {by} % {en} in total")
    words.say(
        f"检验年合计：模型预测约 {count(expected)} 户，实际 {count(events)} 户，{verdict[0]}。",
        f"In the year of the trial, the model foresaw about {count(expected)} households and there were "
        f"{count(events)}: {verdict[1]}.",
    )


def calibration_chart(trial: Trial, title: tuple[str, str]) -> None:
    """What was foreseen and what happened, class by class of rising risk."""
    table_ = trial.calibration
    names = [f"{number + 1}{words.aside(count(n))}" for number, n in enumerate(table_["households"])]
    series = {"expected": ("预测", "foreseen"), "observed": ("实际", "happened")}
    parts = [
        pd.DataFrame({"category": names, "series": chosen(series[name]), "value": table_[name]})
        for name in series
    ]
    bars(pd.concat(parts), title=title, unit="%", places=1)


def bands_table(bands: pd.Series, caption: tuple[str, str], basis: Iterable[str] = ()) -> None:
    """Households by class of risk; those whose risk is not known only where there are any."""
    known = bands[~((bands == 0) & bands.index.get_level_values(0).isna())]
    shown = pd.DataFrame(
        {
            "band": [_band(100 * low, 100 * high) for low, high in known.index],
            "count": [count(number) for number in known],
        }
    )
    headings = {
        "band": ("一年内落入监测范围的风险", "Risk of needing monitoring within a year"),
        "count": ("农户", "Households"),
    }
    table(shown, caption=caption, headings=headings, basis=basis)


def _band(low: float, high: float) -> str:
    if pd.isna(low):
        return tr("不知道（劳动力或患病人数未填）", "not known (workers or ill members empty)")
    least, most = (words.figure(share, "%") for share in (low, high))
    return f"< {most}" if low == 0 else f"≥ {least}" if high == 100 else f"{least}–{most}"


def shocks_table(
    shocks: pd.DataFrame, change: float, caption: tuple[str, str], basis: Iterable[str] = ()
) -> None:
    """How many households each blow would bring into the monitoring, and what they would lack."""
    sign = {name: "−" if name in SOURCES else "+" for name in shocks.index}
    shown = pd.DataFrame(
        {
            "shock": [f"{word(SOURCE, n)} {sign[n]}{words.figure(change, '%')}" for n in shocks.index],
            "newly": [count(number) for number in shocks["newly"]],
            "lacking": [count(money) for money in shocks["lacking"]],
        }
    )
    headings = {
        "shock": ("情景", "Scenario"),
        "newly": ("新增监测农户", "Additional households to be monitored"),
        "lacking": ("补到监测线所缺，元", "Lacking up to the line, yuan"),
    }
    table(shown, caption=caption, headings=headings, basis=basis)


def why_no(evaluation: Evaluation, what: str) -> None:
    """Say why there is no model, or no trial of it."""
    zh, en = WHY_NOT[evaluation.reasons[what]]
    say = {"risk": ("没有风险模型", "No risk model"), "trial": ("没有样本外检验", "No trial out of sample")}
    words.say(f"{say[what][0]}：{zh}。", f"{say[what][1]}: {en}.")
