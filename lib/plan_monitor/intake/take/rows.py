"""What the rows of a table are about: indicator, place, time, unit; a reason for each unclear one."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from plan_monitor.intake.take import cells, labels, layout, places
from plan_monitor.intake.take.blocks import Block, figure_like, missing, spread
from plan_monitor.intake.take.context import Context
from plan_monitor.intake.take.drafts import Left
from plan_monitor.intake.take.layout import Layout
from plan_monitor.settle import spans
from plan_monitor.settle.quantity import Refused

_CHILD = re.compile(r"\s*(?:其中\s*[:：、]?|#|＃|[—－–-]{1,2})\s*(?=\S)")
_ORDINAL = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳])\s*"
)
_SECTION = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])")
_BLANK = " \u00a0\u3000\t"
_ATTRIBUTES = {"约束性": "binding", "预期性": "expected"}


class Row(NamedTuple):
    """What one row of a table is about."""

    number: int
    indicator: str
    region: str
    period: str
    unit: str
    attribute: str
    promised: bool | None
    level: bool  # whether the row tells a level of some year: then a sum over years is a change of it
    marks: str
    note: str


def place(block: Block, row: int, column: int | None = None, heading: str = "") -> str:
    """Where a cell stands: ``附表1!D7`` in a workbook, ``表.csv · 第7行 · 2025年`` in a text file."""
    if block.sheet.name is not None and column is not None:
        return f"{block.sheet.name}!{get_column_letter(column + 1)}{row}"
    parts = (block.sheet.name or block.sheet.file, f"第{row}行", re.sub(r"\s+", " ", heading).strip())
    return " · ".join(part for part in parts if part)


def rows(block: Block, columns: Layout, context: Context, left: list[Left]) -> Iterator[Row]:
    """The rows of figures; their names begin with those of the rows above that they belong to."""
    keys, covered = columns.keys, spread(block, columns.keys.values())
    path: list[tuple[int, str, str]] = []  # depth, name and unit of the rows above that a row may belong to
    for number in block.body:
        line = block.sheet.rows[number - 1]
        key = {
            role: line[position] if line[position].strip() else covered.get((number, position), "")
            for role, position in keys.items()
        }
        row_text = " ".join(cell.strip() for cell in line if cell.strip())
        has_figures = any(
            line[column].strip() or (number, column) in block.sheet.faults for column, _ in columns.figures
        )
        if key.get("period") and any("学年" in text for text in block.headings[keys["period"]]):
            key["period"] += "学年" * ("学年" not in key["period"])
        label = None
        if key.get("label", "").strip():
            label, depth = _label(key["label"], path)
            path[:] = [ancestor for ancestor in path if ancestor[0] < depth]
            if has_figures or not (_SECTION.match(key["label"]) or _across(block, number)):
                path.append((depth, label.name, label.unit))
        if not has_figures:
            continue
        locator = place(block, number)
        if number in block.sheet.hidden:
            expected = {
                "zh": "此行在文件中被隐藏；应取消隐藏后再取",
                "en": "the file hides this row; expected it shown, if it is to be taken",
            }
            left.append(Left(locator, row_text, expected))
            continue
        if stray := _stray(block, number):
            left.append(Left(locator, row_text, stray))
            continue
        faults = [
            fault for position in keys.values() if (fault := block.sheet.faults.get((number, position)))
        ]
        if faults:
            left.append(Left(locator, row_text, faults[0]))
            continue
        levels = [
            line[column]
            for column, heading in columns.figures
            if heading.period and not missing(line[column])
        ]
        level = any(not cells.bracketed(text) for text in levels)
        try:
            yield _row(number, key, label, path, level, context)
        except Refused as refused:
            left.append(Left(locator, row_text, refused.expected))


def _stray(block: Block, row: int) -> dict[str, str] | None:
    """Why a row of a text file with more figures than the heading has columns is not taken; else None.

    A decimal comma or a comma between thousands moves all cells behind it by one.
    """
    cells = block.sheet.rows[row - 1]
    extra = [
        cell
        for cell, parts in zip(cells, block.headings, strict=True)
        if figure_like(cell) and not any(part.strip() for part in parts)
    ]
    if block.sheet.name is not None or not extra:
        return None
    return {
        "zh": "这一行的数比表头的列多，可能是数字里的逗号被当成了分隔符；应给带逗号的数加上引号",
        "en": "this row has more figures than the heading has columns, as where a number has a comma; "
        "expected such a number in quotation marks",
    }


def _across(block: Block, row: int) -> bool:
    """Whether a cell of a row is merged over several columns, as headings between rows are."""
    return any(top <= row <= bottom and right > first for top, first, bottom, right in block.sheet.merged)


def _label(text: str, path: list[tuple[int, str, str]]) -> tuple[labels.Label, int]:
    """A row's label without its number, and how deep it stands, by the blanks before it and 其中."""
    body = text.lstrip(_BLANK)
    depth = 2 * (len(text) - len(body))
    if child := _CHILD.match(body):
        body = body[child.end() :]
        depths = [
            parent_depth for parent_depth, _, _ in path if parent_depth % 2 == 0 and parent_depth <= depth
        ]
        depth = (max(depths) if depths else 0) + 1
    return labels.read(_ORDINAL.sub("", body, count=1) if _ORDINAL.match(body) else body), depth


def _row(
    number: int,
    key: dict[str, str],
    label: labels.Label | None,
    path: list[tuple[int, str, str]],
    level: bool,
    context: Context,
) -> Row:
    """What a row is about; refused where its place or time cannot be told."""
    indicator = unit = marks = ""
    if label is not None:
        if places.TOTAL.fullmatch(labels.plain(label.name)):
            raise Refused(
                "合计行把不同的指标加在一起，不是一个指标；不取",
                "a total over different indicators is no indicator; not taken",
            )
        names = [name for _, name, _ in path]
        indicator = " · ".join(names)
        if indicator not in context.options.units and names[-1] in context.options.units:
            indicator = names[-1]  # the rows above only sort it
        unit = next((unit_above for _, _, unit_above in reversed(path) if unit_above), "")
        marks = label.marks
    if "label" in key and not indicator:
        raise Refused("这一行没有指标名", "expected the name of an indicator in this row")
    column_unit = unicodedata.normalize("NFKC", key.get("unit", "")).replace(" ", "")
    if column_unit and label is not None and label.unit and column_unit != label.unit:
        raise Refused(
            f"指标名后写的单位是 {label.unit}，“单位”列写的是 {column_unit}；应只有一个单位",
            f"the label says {label.unit}, the column 单位 {column_unit}; expected one unit",
        )
    period = ""
    if "period" in key:
        time_label = labels.read(key["period"])
        period, marks = spans.period(time_label.name), marks + time_label.marks
    region = ""
    if "region" in key:
        region_label = labels.read(_ORDINAL.sub("", _CHILD.sub("", key["region"], count=1), count=1))
        region, marks = region_of(region_label.name, context), marks + region_label.marks
    attribute = labels.plain(key.get("attribute", ""))
    return Row(
        number,
        indicator,
        region,
        period,
        column_unit or unit,
        next((code for word, code in _ATTRIBUTES.items() if attribute.startswith(word[:2])), ""),
        layout.PROMISE_WORDS.get(labels.plain(key.get("promised", ""))),
        level,
        marks,
        re.sub(r"\s+", " ", key.get("note", "")).strip(),
    )


def region_of(name: str, context: Context) -> str:
    """The region of a row; a total over regions is the region that the table is about."""
    plain = labels.plain(name)
    whole_region = places.WHOLE.fullmatch(plain)
    if (
        not whole_region
        and places.TOTAL.fullmatch(plain)
        and not context.options.places.complete(context.region, context.listed)
    ):
        raise Refused(
            f"“{name}”只是表中所列地区之和，所列不是{context.region or '该地区'}的全部下辖单位；不取",
            f'"{name}" sums up the regions of the table, which are not all those of the place; not taken',
        )
    if whole_region or places.TOTAL.fullmatch(plain):
        if context.region and (whole_region is None or context.region.endswith(whole_region[1])):
            return context.region
        raise Refused(
            f"“{name}”指哪个地区，标题没有说明；应写出全称，或指定地区",
            f'the title does not tell which region "{name}" is; expected its full name, or the region given',
        )
    if not (region := context.options.places.within(plain, context.region)):
        raise Refused(
            f"“{name}”不是行政区划名称，数据包的 regions.csv 里也没有；不取",
            f'"{name}" is no region of the divisions, nor of the package\'s regions.csv; not taken',
        )
    return region
