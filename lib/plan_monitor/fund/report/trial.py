"""How projections of an insurance fund would have held, in a sentence and in a table."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor.fund.report.series import FIGURE
from reportkit import words
from reportkit.language import chosen, current, word
from reportkit.tables import table


def trial_words(trials: pd.DataFrame) -> str:
    """How often the ranges held, and how the error compares with that of last year's growth: a paragraph.

    Parameters
    ----------
    trials : DataFrame
        Rows of ``methods.fund.backtest``, with comparisons.
    """
    n, within = trials.loc["total", ["n", "within"]].astype(int)
    income, spent = (words.number(trials.at[name, "ratio"], 2) for name in ("income", "expenditure"))
    if current() == "zh":
        return (
            f"{n} 次比较中有 {within} 次落在 80 % 区间内；误差是“照上年增速”的 {income} 倍（收入）和 "
            f"{spent} 倍（支出），小于 1 为误差较小。次数少，又出自同一序列，不足以证明推算可靠。"
        )
    return (
        f"{within} of {n} outcomes were inside the 80 % range; the error was {income} times that at "
        f"last year's growth for income and {spent} times for expenditure, below 1 being smaller. They are "
        "few and of one series, and do not prove the projection reliable."
    )


def backtest_table(trials: pd.DataFrame, caption: tuple[str, str], basis: Iterable[str] = ()) -> None:
    """Show how projections from earlier years would have held."""
    total = ("合计", "total")
    shown = pd.DataFrame(
        {
            "quantity": [chosen(total) if name == "total" else word(FIGURE, name) for name in trials.index],
            "n": trials["n"].astype(str),
            "within": trials["within"].astype(str),
            "error": [words.number(value, 1) for value in trials["error"]],
            "error_naive": [words.number(value, 1) for value in trials["error_naive"]],
            "ratio": [words.number(value, 2) for value in trials["ratio"]],
        }
    )
    headings = {
        "quantity": ("项目", "Quantity"),
        "n": ("比较次数", "Comparisons"),
        "within": ("其中落在 80 % 区间内", "Of these inside the 80 % range"),
        "error": ("平均误差，%", "Mean error, %"),
        "error_naive": ("照上年增速的误差，%", "Error at last year's growth, %"),
        "ratio": ("误差之比", "Ratio of errors"),
    }
    table(shown, caption=caption, headings=headings, basis=basis)
