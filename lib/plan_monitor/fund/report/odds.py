"""Probabilities of a fund, no finer than short series allow, and the assumptions they depend on."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor.fund.report.series import FIGURE, WORDS, numbers
from plan_monitor.methods import record
from plan_monitor.report.odds import likely
from reportkit import words
from reportkit.decimals import NOISE
from reportkit.language import Text, tr, word
from reportkit.table import Column, table

_QUANTITY = FIGURE | {"total": ("合计", "total")}
_ASSUMPTION = WORDS["assumption"]
_MOVED = 0.1  # a change of the odds that is worth a word


def chance(probability: float) -> str:
    """A probability of a table: the tenth that sentences name (``likely``), ``30–40 %``, ``<10 %``."""
    if pd.isna(probability):
        return words.NOTHING
    tenth = record.tenth(probability)
    ends = {0: "<10", 9: ">90"}.get(tenth, f"{10 * tenth}–{10 * tenth + 10}")
    return f"{ends} %"


def assumptions_table(results: pd.DataFrame, months: float, caption: Text, basis: Iterable[str] = ()) -> None:
    """Show the probabilities of a fund (``fund.assumptions``), with one assumption changed at a time."""
    line = words.number(months)
    columns = [
        Column(("假设", "Assumption"), [word(_ASSUMPTION, name) for name in results.index]),
        Column(
            ("当期赤字的概率", "Chance of a deficit"), [chance(p) for p in results["p_deficit"]], figures=True
        ),
        Column(
            (f"结余低于 {line} 个月的概率", f"Chance of a reserve below {line} months"),
            [chance(p) for p in results["p_below"]],
            figures=True,
        ),
    ]
    table(caption, columns, basis)


def assumption_words(results: pd.DataFrame, months: float) -> str:
    """How much the odds of a fund depend on each assumption (``fund.assumptions``): a sentence or two."""
    complete, line = results.dropna(), words.number(months)
    spans = []
    for column in ("p_deficit", "p_below"):
        least, most = (likely(end) for end in (complete[column].min(), complete[column].max()))
        spans.append(least if least == most else tr(f"{least}到{most}", f"between {least} and {most}"))
    moved = (complete - complete.loc["base"]).abs().max(axis=1)
    name = word(_ASSUMPTION, moved.idxmax())
    span = tr(
        f"逐一改变假设，当期赤字的概率为{spans[0]}，结余低于 {line} 个月的为{spans[1]}。",
        f"With one assumption changed at a time, the chance of a deficit is {spans[0]}, and that of a "
        f"reserve below {line} months {spans[1]}. ",
    )
    if moved.max() < _MOVED - NOISE:
        zh, en = (
            f"没有哪个假设使它们变动一成以上；变动最大的是“{name}”。",
            f"None moves them by a tenth; the most does “{name}”.",
        )
    else:
        zh, en = f"影响最大的假设是“{name}”。", f"They owe most to “{name}”."
    return span + tr(zh, en)


def trial_words(trials: pd.DataFrame) -> str:
    """The coverage of the ranges (``fund.backtest``), its interval, and a comparison with a random walk."""
    total = trials.loc["total"]
    n, within, series, origins = (int(total[name]) for name in ("n", "within", "series", "origins"))
    low, high = numbers(total[["share_low", "share_high"]], 0)
    times = words.number(total["score"] / total["score_walk"], 2, limits=[1])
    return tr(
        f"回测：{series} 个基金序列、从 {origins} 个年份出发，{n} 次比较中有 {within} 次落在 80 % 区间内。"
        f"同一年出发的比较受同样的冲击，按 {origins} 次算，覆盖率的 95 % 区间是 {low}—{high} %。"
        f"区间得分是简单随机游走的 {times} 倍，小于 1 为较好。",
        f"Backtest: of {n} outcomes of {series} series of funds, projected from {origins} years, {within} "
        f"were inside the 80 % range. Those from one year share what came; counted as {origins}, the 95 % "
        f"interval of this coverage is {low}–{high} %. The interval score is {times} times that of a plain "
        "random walk, below 1 being better.",
    )


def backtest_table(trials: pd.DataFrame, caption: Text, basis: Iterable[str] = ()) -> None:
    """Show how projections from earlier years would have held, by quantity and by the year of their start."""
    parts = [
        word(_QUANTITY, name) if name in _QUANTITY else tr(f"从 {name} 年推算", f"from {name}")
        for name in trials.index
    ]
    ends = trials[["share_low", "share_high"]].map(words.number, places=0)
    span = [f"{low}–{high}" for low, high in ends.itertuples(index=False)]
    columns = [Column(("项目", "Part"), parts)]
    for name, heading in WORDS["trial"].items():
        cells = numbers(trials[name], {"n": 0, "within": 0, "origins": 0, "ratio": 2}.get(name, 1))
        columns.append(Column(heading, cells))
    columns.insert(4, Column(("覆盖率 95 % 区间，%", "95 % interval of the coverage, %"), span, figures=True))
    table(caption, columns, basis)
