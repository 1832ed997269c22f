"""The months of a fund: the newest in words, the latest as a table."""

import pandas as pd

from plan_monitor.fund.report.series import FIGURE, WORDS, money, money_column, numbers, of_row
from plan_monitor.report.sources import stored_ids
from reportkit import words
from reportkit.decimals import carried
from reportkit.language import Text, chosen, tr
from reportkit.table import Column, table


def month_words(months: pd.DataFrame) -> list[str]:
    """The newest month of ``fund.months`` with figures of its own, and whether sums are newer.

    Paragraphs; none where no month is known.
    """
    single = months[months[["income", "expenditure"]].notna().all(axis=1)]
    if single.empty:
        return []
    month, parts, newest = single.iloc[-1], [], months["period"].iloc[-1]
    for flow in ("income", "expenditure"):
        figure = chosen(FIGURE[flow])
        for key, zh, en in ((flow, "当月", "in the month"), (f"{flow}_to_date", "累计", "to date")):
            value, grown = of_row(money(month[key], month["unit"]), month), month[f"{key}_growth"]
            growth_text = words.NOTHING if pd.isna(grown) else f"{words.number(grown, 1, signed=True)} %"
            zh, en = (
                f"{zh}{figure} {value}（同比 {growth_text}）",
                f"{figure} {en} {value} ({growth_text} on a year before)",
            )
            parts.append(tr(zh, en))
    listed = tr("，", ", ").join(parts)
    paragraphs = [tr(f"**{month['period']}**：{listed}。", f"**{month['period']}**: {listed}.")]
    if newest > month["period"]:
        zh = f"累计数最新到 {newest}；{month['period']} 是最近一个算得出当月数的月份。"
        en = f"The newest sums are up to {newest}; {month['period']} is the last month known by itself."
        paragraphs.append(tr(zh, en))
    return paragraphs


def months_table(rows: pd.DataFrame, caption: Text) -> None:
    """Show the months: each with the year to date and their growth on a year before."""
    flows = WORDS["months"]
    unit, ids = next(iter(rows["unit"]), "亿元"), stored_ids(rows["id"])
    places = [carried(values) for values in rows[list(flows)].to_numpy()]  # a sum has those of its parts
    columns = [Column(("月份", "Month"), rows["period"])]
    for name, (zh, en) in flows.items():
        columns.append(money_column((zh, en), rows[name], unit, ids, places))
        growth = (f"{zh} 同比，%", f"{en}: growth on a year before, %")
        columns.append(Column(growth, numbers(rows[f"{name}_growth"], 1)))
    table(caption, columns)
