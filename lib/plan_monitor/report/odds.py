"""Probabilities in words without false precision, and how often such ones came true before."""

from collections.abc import Iterable
from itertools import pairwise

import matplotlib.pyplot as plt
import pandas as pd

from plan_monitor.methods import record
from plan_monitor.methods.backtest import share_interval
from reportkit.charts.canvas import PALETTE, PANEL, Point, show, style
from reportkit.language import Text, chosen, tr, word
from reportkit.words import joined, number, phrase, say

_ZH = ("不到一成", "一成多", "两成多", "三成多", "四成多", "五成多", "六成多", "七成多", "八成多", "九成多")
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_EN = (
    "fewer than one in ten",
    *(f"{a} to {b} in ten" for a, b in pairwise(_WORDS)),
    "over nine in ten",
)
_NOMINAL = 0.8
_RANGES, _ODDS = ("区间", "Ranges"), ("概率", "Odds")  # panels of a chart
_WAY: dict[str, Text] = {
    "ours": (
        "本报告的方法：增长部分延续并逐年消退，波动由同类序列共享",
        "the one of this report: growth that partly lasts and fades, spread shared between comparable series",
    ),
    "alone": ("同一模型，只看本序列", "the same, of the series alone"),
    "before": (
        "原方法：带漂移的随机游走，八点起用阻尼趋势",
        "the one before: random walk with drift, from eight points a damped trend",
    ),
    "shared_spread": (
        "带漂移的随机游走，波动由同类序列共享",
        "random walk with drift, spread shared between comparable series",
    ),
    "conformal": ("按预测年数的保形区间", "conformal ranges by years ahead"),
    "local_level": ("局部水平模型", "local level"),
    "theta": ("Theta 法", "the Theta method"),
    "simulated": ("阻尼趋势 ETS，参数也作模拟", "damped-trend ETS with simulated parameters"),
}


def likely(probability: float) -> str:
    """A probability in tenths: ``三成多``, ``three to four in ten``; never 0 and never 1."""
    tenth = record.tenth(probability)
    return tr(_ZH[tenth], _EN[tenth])


def came(probability: float) -> str:
    """How many % of such probabilities came true before."""
    return number(100 * record.tenths()[record.tenth(probability)].share, 0)


def records(probabilities: Iterable[float]) -> str:
    """How often such probabilities came true before: ``说“三成多”的实现了 32 %``, one for each tenth."""
    shares_by_words = {likely(chance): came(chance) for chance in sorted(probabilities)}
    line = tr("说“{}”的实现了 {} %", "of odds of {}, {} % came true")
    return phrase(line.format(*pair) for pair in shares_by_words.items())


def held(trials: pd.DataFrame) -> str:
    """Coverage of 80 % ranges on the past of a report's series (``backtest.trials``), as a sentence.

    If even the upper end of the interval of the coverage is below 80 %, it says that the ranges were too
    narrow; with fewer than two series, that there are too few.
    """
    series_count, (low, high) = trials["series"].nunique(), share_interval(trials)
    if series_count < 2:
        zh = "本报告自己的年度序列太少，看不出过去的区间是否守得住。"
        return tr(zh, "The annual series of this report are too few to tell how often ranges held.")
    shares = [100 * value for value in (trials["coverage_80"].mean(), low, high)]
    share, *ends = (number(value, 0, limits=[100 * _NOMINAL]) for value in shares)
    text = tr(
        f"本报告自己的 {series_count} 个年度序列，过去的 80 % 区间覆盖了 {share} %"
        f"（换一批这样的序列，可能是 {ends[0]}—{ends[1]} %）",
        f"On the past of the {series_count} annual series of this report, 80 % ranges held {share} % "
        f"(with other such series perhaps {ends[0]} to {ends[1]} %)",
    )
    if high < _NOMINAL:
        zh = "，比应有的少：这里的区间偏窄，可能性要打折扣来读"
        text += tr(zh, ", fewer than they should: here they are too narrow, and the odds too sure")
    return text + tr("。", ".")


def tried() -> None:
    """Say which methods of projection were tried, the coverage of each, and its interval score."""
    rows, scores = record.coverage(), record.scores()
    coverage = rows[rows["at"].eq(80)].set_index("way")
    n = number(coverage.at["ours", "n"], 0)
    lead = tr(
        f"在公开的年度面板数据上回测：一半面板用来选参数，这里是另一半；{n} 次预测，已知 3—10 年，"
        "预测 1—5 年。各方法后面是 80 % 区间实际覆盖的比例和已知四年以上时的区间得分（原方法为 1，越小越好；"
        "后三种较慢，只比较四分之一的序列）。",
        f"A backtest on public annual panels, half of which served to choose settings and the other half is "
        f"reported: {n} projections of 1–5 years from 3–10 known ones. Behind each way: how often its 80 % "
        "ranges held, and its interval score from four years on (1 for the one before, smaller is better; "
        "the last three are slow and compared on a quarter of the series).",
    )
    line = tr("- {}：{} %，{}", "- {}: {} %, {}")
    lines = [
        line.format(word(_WAY, way), number(100 * coverage.at[way, "value"], 0), number(score, 2, limits=[1]))
        for way, score in scores["interval_score_80"].items()
    ]
    text = "\n".join([lead, "", *lines])
    say(text, text)


def record_chart(title: Text) -> None:
    """Draw nominal against actual shares of ranges and odds, for the project's method and the one before."""
    style()
    chart, (left, right) = plt.subplots(1, 2, figsize=(2 * PANEL, 2.9))
    texts, plotted = [], []
    rows = record.coverage()
    shown = (("ours", tr("现在", "now"), PALETTE[0]), ("before", tr("原方法", "before"), PALETTE[2]))
    for way, name, colour in shown:
        part = rows[rows["way"].eq(way)]
        left.plot(part["at"], 100 * part["value"], "o-", color=colour, label=name, markersize=4.5)
        points = []
        for level, value in zip(part["at"], part["value"], strict=True):
            points.append(f"{level} % → {number(100 * value, 0)} %")
            labels = (chosen(_RANGES), name, f"{level} %")
            plotted.append(Point(labels, number(100 * value, 0), (), left, level, 100 * value))
        texts.append(tr("区间（{}）：{}", "ranges ({}): {}").format(name, joined(points)))
    tenths = pd.DataFrame(record.tenths().values())
    right.scatter(100 * tenths["mean"], 100 * tenths["share"], color=PALETTE[0], s=20)
    for row in tenths.itertuples():
        labels = (chosen(_ODDS), "", f"{number(100 * row.mean, 0)} %")
        plotted.append(Point(labels, number(100 * row.share, 0), (), right, 100 * row.mean, 100 * row.share))
    points = [
        f"{number(100 * row.mean, 0)} % → {number(100 * row.share, 0)} %" for row in tenths.itertuples()
    ]
    texts.append(tr("概率：{}", "odds: {}").format(joined(points)))
    for ax, heading in ((left, _RANGES), (right, _ODDS)):
        ax.plot([0, 100], [0, 100], color="#999999", linewidth=1, zorder=0)
        ax.set(
            title=chosen(heading),
            xlabel=tr("所称，%", "said, %"),
            ylabel=tr("实现，%", "came, %"),
            xlim=(0, 100),
            ylim=(0, 100),
        )
        ax.set_aspect("equal")
    left.legend()
    headings = (("图", "Panel"), ("方法", "Way"), ("所称", "Said"))
    show(chart, chosen(title), texts, headings=headings, points=plotted)
