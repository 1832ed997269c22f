"""The time of a figure: from its heading or row, or the years covered by average growth or a sum."""

import re

from plan_monitor.intake.take.context import Context
from plan_monitor.intake.take.headings import Heading
from plan_monitor.intake.take.layout import Layout
from plan_monitor.intake.take.rows import Row
from plan_monitor.settle.quantity import Refused


def period_of(
    row: Row,
    column: int,
    heading: Heading,
    columns: Layout,
    context: Context,
    summed: bool,
) -> tuple[str, str]:
    """The time of a figure, and a note where the table does not print it."""
    period = heading.period or row.period
    if heading.average and not summed:
        return _average(period, columns, context), ""
    if heading.growth and not (period or summed):
        earlier_periods = [
            other.period for position, other in columns.figures if position < column and other.period
        ]
        levels = [*columns.figures, *columns.unidentified]
        candidates = {
            position: candidate
            for position, candidate in levels
            if position < column and not candidate.growth and candidate.unit != "%"
        }
        level = candidates[max(candidates)] if candidates else None
        if level is not None and (level.fault or level in dict(columns.unidentified).values()):
            raise Refused(
                f"“{heading.text}”前一列“{level.text}”没有取，不知道是哪个时期的增长；应写明时期",
                f'"{level.text}" before "{heading.text}" was not taken; expected the period of that growth',
            )
        period = earlier_periods[-1] if earlier_periods else context.period
    if summed and "/" not in period:
        return _summed(period, context), ""
    if period or (period := context.period):
        return period, ""
    if heading.promised and context.plan and context.end:
        return context.end, "表中未写年份，按规划期末记"
    raise Refused("没有年份；应在表头或标题写明", "expected a year in the heading or title; there is none")


def _average(period: str, columns: Layout, context: Context) -> str:
    """The years over which growth is averaged."""
    if "/" in period:
        return period
    if context.span and period in ("", context.end):
        return context.span
    years = {heading.period for _, heading in columns.figures if re.fullmatch(r"\d{4}", heading.period)}
    if not period and len(years) == 2:
        return f"{int(min(years)) + 1}/{max(years)}"
    raise Refused(
        "年均增速是哪些年的平均，表中没有说明；应写明起止年份，如“2021—2025年年均增长”",
        "the table does not tell over which years growth is averaged; expected 2021—2025年年均增长",
    )


def _summed(period: str, context: Context) -> str:
    """The years that a sum over years covers."""
    if context.span and period in ("", context.end):
        return context.span
    if context.span and period == context.base and int(context.end) - int(context.base) == 5:
        return f"{int(period) - 4}/{period}"
    raise Refused(
        "累计数是哪些年的合计，表中没有说明；应写明起止年份",
        "the table does not tell which years the sum covers; expected the first and the last",
    )


def base_of(period: str, growth: str) -> str:
    """The year that growth is counted from: the one in its text, else the one before its period."""
    if since := re.search(r"[比较](\d{4})年", growth):
        return since[1]
    return str(int(period[:4]) - 1)
