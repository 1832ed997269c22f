"""What the rows and columns of a table are: which column names what, and which hold figures."""

import re
from collections.abc import Callable
from typing import NamedTuple

from plan_monitor.intake.take import headings, labels, places
from plan_monitor.intake.take.blocks import Block, figure_like, missing
from plan_monitor.intake.take.headings import Heading
from plan_monitor.settle import spans
from plan_monitor.settle.quantity import Refused

PROMISE_WORDS = {
    **dict.fromkeys(["目标", "目标值", "规划", "规划值", "计划", "预期"], True),
    **dict.fromkeys(["实际", "实际值", "完成", "完成值", "现状"], False),
}
_WORDS = {
    "label": ("指标", "an indicator"),
    "region": ("地区", "a region"),
    "period": ("时间", "a time"),
}


class Layout(NamedTuple):
    """The columns of a table."""

    keys: dict[str, int]  # label, region, period, unit, attribute, promised, note → column
    figures: list[tuple[int, Heading]]
    unidentified: list[tuple[int, Heading]]  # columns of figures without any word on what they are
    shape: dict[str, str]


def read(block: Block, is_region: Callable[[str], bool]) -> Layout:
    """The columns of a table, from their headings, and from the cells below where these say nothing."""
    column_headings = [headings.read(parts, is_region) for parts in block.headings]
    keys: dict[str, int] = {}
    for role in ("label", "region", "period", "unit", "attribute", "group"):
        columns = [column for column, heading in enumerate(column_headings) if heading.role == role]
        indicator_columns = [column for column in columns if "指标" in column_headings[column].text]
        if columns:
            keys[role] = (indicator_columns or columns)[0]
    for column, heading in enumerate(column_headings):
        cells = {labels.plain(cell) for cell in _below(block, column) if cell.strip()}
        if heading.role in ("group", "other", "attribute") and cells and cells <= set(PROMISE_WORDS):
            keys["promised"] = column
        if heading.role == "aside" and re.search(r"备注|说明|注", heading.text):
            keys["note"] = column
    if keys.get("group") == keys.get("promised"):
        keys.pop("group", None)
    key_columns = set(keys.values())
    if not keys.keys() & {"label", "region", "period"}:
        column = next(
            (
                c
                for c, heading in enumerate(column_headings)
                if c not in key_columns and _is_key(block, c, heading)
            ),
            keys.get("group"),
        )
        if column is not None:
            keys[_content(block, column, is_region)] = column
    key_columns = set(keys.values())
    data_columns = [
        (column, heading)
        for column, heading in enumerate(column_headings)
        if column not in key_columns
        and heading.role in ("figure", "value", "other")
        and (heading.role != "other" or any(cell.strip() for cell in _below(block, column)))
    ]
    has_label = "label" in keys
    data_columns = [
        (column, _doubtful(column, heading, column_headings, data_columns))
        for column, heading in data_columns
    ]
    figures = [
        (column, heading)
        for column, heading in data_columns
        if (heading.role != "other" or (heading.name and not has_label)) and not headings.derived(heading)
    ]
    if not figures:  # rows and columns both name a part of the indicator, and the title tells the year
        figures = [(column, heading) for column, heading in data_columns if heading.name and heading.unit]
    unidentified = [
        pair
        for pair in data_columns
        if pair not in figures
        and (pair[1].text or block.sheet.name is not None)  # in a text file each row has its reason
        and any(figure_like(cell) for cell in _below(block, pair[0]))
    ]
    return Layout(keys, figures, unidentified, _shape(keys, figures))


def _doubtful(
    column: int, heading: Heading, column_headings: list[Heading], data_columns: list[tuple[int, Heading]]
) -> Heading:
    """A heading, with the reason why its figures are not taken where other columns leave two readings."""
    units = [other.text for other in column_headings if other.role == "unit"]
    late_keys = [
        other.text for other in column_headings[column:] if other.role in ("label", "region", "period")
    ]
    if heading.fault:
        return heading
    if len(units) > 1:
        fault = {
            "zh": f"表中有 {len(units)} 个“单位”列，不知道这一列用哪个；应只有一个，或把单位写在表头",
            "en": f"expected one column 单位; the table has {len(units)}: write the unit into the heading",
        }
    elif late_keys and heading.role == "figure":
        fault = {
            "zh": f"“{late_keys[0]}”列在数的后面：可能说明前面的数，也可能是右边另一个表；应放在数的前面",
            "en": f'the column "{late_keys[0]}" behind the figures may tell of them or begin another table; '
            "expected it before them",
        }
    elif places.TOTAL.fullmatch(heading.name) and any(other.period for _, other in data_columns):
        fault = {
            "zh": f"“{heading.text}”可能是各年之和，也可能是某一年的合计；应写明起止年份",
            "en": f'"{heading.text}" may be the sum of the years or the total of one; expected its years',
        }
    else:
        return heading
    return heading._replace(fault=fault)


def _below(block: Block, column: int) -> list[str]:
    return [block.sheet.rows[row - 1][column] for row in block.body]


def _is_key(block: Block, column: int, heading: Heading) -> bool:
    """Whether a column without a telling heading names the rows: it holds words, or nothing but years."""
    cells = [cell for cell in _below(block, column) if not missing(cell)]
    if heading.role != "other" or not cells:
        return False
    return not all(figure_like(cell) for cell in cells)


def _content(block: Block, column: int, is_region: Callable[[str], bool]) -> str:
    """Whether the cells of a column are times, places or names of indicators."""
    cells = [labels.read(cell).name for cell in _below(block, column) if not missing(cell)]
    if all(_is_period(cell) for cell in cells):
        return "period"
    are_places = [is_region(cell) or bool(places.WHOLE.fullmatch(labels.plain(cell))) for cell in cells]
    return "region" if sum(are_places) * 2 > len(cells) else "label"


def _is_period(text: str) -> bool:
    try:
        spans.period(text)
    except Refused:
        return False
    return True


def _shape(keys: dict[str, int], figures: list[tuple[int, Heading]]) -> dict[str, str]:
    """How the table was understood, in words."""
    rows = [_WORDS[key] for key in ("label", "region", "period") if key in keys]
    if not rows or not figures:
        return {"zh": "没有认出数字列", "en": "no column of figures was recognised"}
    columns = {
        ("年份", "a year"): any(heading.period for _, heading in figures),
        ("地区", "a region"): any(heading.region for _, heading in figures),
        ("指标", "an indicator"): any(heading.name for _, heading in figures),
        ("增速", "a growth rate"): any(heading.growth for _, heading in figures),
    }
    kinds = [words for words, present in columns.items() if present] or [("数值", "the figure")]
    return {
        "zh": f"每行为{'、'.join(zh for zh, _ in rows)}，每列为{'、'.join(zh for zh, _ in kinds)}",
        "en": f"a row is {' and '.join(en for _, en in rows)}, "
        f"a column {' and '.join(en for _, en in kinds)}",
    }
