"""One cell of a table: its figure, what it shows besides, and its unit, or why it cannot be taken."""

import re
import unicodedata
from typing import NamedTuple

from plan_monitor.intake.take.context import Context
from plan_monitor.settle.quantity import Quantity, Refused, quantity

_MARKS = re.compile(r"(?:[①-⑳*＊†‡]|\[注\d\])+$")
_WRAPPED = re.compile(r"([\[［〔【(（])\s*(.+?)\s*[\]］〕】)）](.{0,4})")
_OPENING = {"［": "[", "（": "("}
_VAGUE = re.compile(r"…+|\.{2,3}")
_NONE = re.compile(r"无|暂无|N/A|NA", re.IGNORECASE)


class Cell(NamedTuple):
    """What a cell holds."""

    figure: Quantity
    cumulative: bool
    marks: str
    shown: str  # the cell as it stands, where it shows more than the number; else empty


def read(text: str, context: Context, brackets: bool) -> Cell:
    """A cell's figure.

    Parameters
    ----------
    text : str
        What the cell shows; not empty.
    context : Context
    brackets : bool
        Whether the heading says that brackets hold a sum over years.

    Raises
    ------
    Refused
        If it is no figure, or could be read in two ways.
    """
    stripped = text.strip()
    if _VAGUE.fullmatch(stripped):
        raise Refused(
            f"“{stripped}”可能表示不足最小单位，也可能表示没有数据；应为数字，不知道则留空",
            f'"{stripped}" may mean next to nothing, or not known; expected a number, or an empty cell',
        )
    if _NONE.fullmatch(stripped):
        raise Refused(
            f"“{stripped}”可能表示 0，也可能表示没有数据；应为数字（没有则填 0，不知道则留空）",
            f'"{stripped}" may mean 0 or not known; expected a number (0 for none, empty where not known)',
        )
    match = _MARKS.search(stripped)
    marks = match[0] if match else ""
    body = stripped[: match.start()].strip() if match else stripped
    cumulative = False
    if wrapped := _WRAPPED.fullmatch(body):
        sign = _OPENING.get(wrapped[1], wrapped[1])
        if not (brackets or sign in context.cumulative):
            raise Refused(
                f"“{stripped}”的括号可以表示累计数，也可以只是备注；应有“括号内为累计数”一类的注",
                f'the brackets of "{stripped}" may mean a sum or a remark; expected a note that tells',
            )
        cumulative, body = True, wrapped[2] + wrapped[3]
    figure = quantity(body)
    plain = unicodedata.normalize("NFKC", stripped)
    return Cell(figure, cumulative, marks, "" if plain == figure.number else stripped)


def bracketed(text: str) -> bool:
    """Whether a cell's figure stands in brackets."""
    return _WRAPPED.fullmatch(_MARKS.sub("", text.strip()).strip()) is not None


def unit(shown: str, stated: str, context: Context, indicator: str) -> str:
    """The unit of a figure: the one its row, column or label tells, else that of the whole table.

    Raises
    ------
    Refused
        If the cell shows another, or the table lists several and nothing tells which.
    """
    usual = context.options.units.get(indicator, "")
    if not stated and len(context.units) == 1:
        stated = context.units[0]
    if not stated and len(context.units) > 1:
        if shown in context.units or usual in context.units:
            return shown or usual
        listed = "、".join(context.units)
        raise Refused(
            f"表的单位有 {listed}，未说明用哪个；应在指标名后或“单位”列中写明",
            f"the table lists the units {listed}; expected the one meant behind the name or in a column 单位",
        )
    if shown and stated and shown != stated:
        raise Refused(
            f"单元格写的单位是 {shown}，表中写的是 {stated}；应只有一个单位",
            f"the cell says {shown}, the table {stated}; expected one unit",
        )
    return stated or shown
