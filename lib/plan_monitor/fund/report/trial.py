"""How projections of an insurance fund would have held, in a sentence and in a table."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor.fund.report.series import FIGURE, numbers
from reportkit import words
from reportkit.language import Text, tr, word
from reportkit.table import Column, table

_QUANTITY = FIGURE | {"total": ("合计", "total")}


def trial_words(trials: pd.DataFrame) -> str:
    """How often the ranges held (``fund.backtest``), and how the errors compare with naive growth's."""
    n, within = trials.loc["total", ["n", "within"]].astype(int)
    income, spent = (words.number(trials.at[name, "ratio"], 2) for name in ("income", "expenditure"))
    return tr(
        f"{n} 次比较中有 {within} 次落在 80 % 区间内；误差是“照上年增速”的 {income} 倍（收入）和 "
        f"{spent} 倍（支出），小于 1 为误差较小。次数少，又出自同一序列，不足以证明推算可靠。",
        f"{within} of {n} outcomes were inside the 80 % range; the error was {income} times that at "
        f"last year's growth for income and {spent} times for expenditure, below 1 being smaller. They are "
        "few and of one series, and do not prove the projection reliable.",
    )


def backtest_table(trials: pd.DataFrame, caption: Text, basis: Iterable[str] = ()) -> None:
    """Show how projections from earlier years would have held."""
    headings = {
        "n": ("比较次数", "Comparisons", 0),
        "within": ("其中落在 80 % 区间内", "Of these inside the 80 % range", 0),
        "error": ("平均误差，%", "Mean error, %", 1),
        "error_naive": ("照上年增速的误差，%", "Error at last year's growth, %", 1),
        "ratio": ("误差之比", "Ratio of errors", 2),
    }
    quantity = Column(("项目", "Quantity"), [word(_QUANTITY, name) for name in trials.index])
    figures = [Column((zh, en), numbers(trials[name], n)) for name, (zh, en, n) in headings.items()]
    table(caption, [quantity, *figures], basis)
