"""The figures of one table: a drafted row for each cell that can be read in one way, else a reason."""

import re
from dataclasses import replace

from plan_monitor.intake.take import cells, labels
from plan_monitor.intake.take.blocks import Block, missing
from plan_monitor.intake.take.context import Context
from plan_monitor.intake.take.drafts import Figure, Left
from plan_monitor.intake.take.headings import Heading
from plan_monitor.intake.take.layout import Layout
from plan_monitor.intake.take.rows import Row, place, region_of, rows
from plan_monitor.intake.take.times import base_of, period_of
from plan_monitor.settle.quantity import Refused
from plan_monitor.settle.scaled import counted_in

# a footnote that dates a figure otherwise
_DATED = re.compile(r"(?:为|系|是)((?:19|20)\d\d)年(?:的)?(?:数|值)")
_GROWS = re.compile(r"增长|增速|增幅|下降|降低|提高")


def figures(block: Block, columns: Layout, context: Context) -> tuple[list[Figure], list[Left], int]:
    """The drafted rows of a table, the cells not taken with reasons, and the number of empty cells."""
    result: list[Figure] = []
    left: list[Left] = []
    empty = 0
    context = replace(context, listed=_regions(block, columns, context))
    for column, heading in columns.unidentified:
        expected = {
            "zh": "这一列的表头没有年份、地区，也不是数值，不知道是什么数；应写明年份",
            "en": "the heading of this column has no year, no region and no word for figure; expected a year",
        }
        left.append(Left(place(block, block.header[-1], column), heading.text, expected))
    hidden = [
        (column, heading) for column, heading in columns.figures if column in block.sheet.hidden_columns
    ]
    for column, heading in hidden:
        expected = {
            "zh": "此列在文件中被隐藏；应取消隐藏后再取",
            "en": "the file hides this column; expected it shown, if it is to be taken",
        }
        left.append(Left(place(block, block.header[-1], column), heading.text, expected))
    for row in rows(block, columns, context, left):
        for column, heading in columns.figures:
            if (column, heading) in hidden:
                continue
            text = block.sheet.rows[row.number - 1][column]
            locator = place(block, row.number, column, heading.text)
            if fault := block.sheet.faults.get((row.number, column)):
                left.append(Left(locator, text, fault))
            elif missing(text) and not re.search(r"\w|…|\.\.", text):
                empty += 1
            else:
                try:
                    result.append(_figure(text, locator, row, column, heading, columns, context))
                except Refused as refused:
                    left.append(Left(locator, text.strip(), refused.expected))
    return result, left, empty


def _regions(block: Block, columns: Layout, context: Context) -> frozenset[str]:
    """The names of regions in the rows and headings of a table."""
    key = columns.keys.get("region")
    cells = [block.sheet.rows[number - 1][key] for number in block.body] if key is not None else []
    names = {labels.plain(name) for name in (*cells, *(heading.region for _, heading in columns.figures))}
    return frozenset(name for name in names if context.options.places.within(name, context.region))


def _figure(
    text: str, locator: str, row: Row, column: int, heading: Heading, columns: Layout, context: Context
) -> Figure:
    """The drafted row of a cell; refused where anything of it can be read in two ways."""
    if heading.fault:
        raise Refused(heading.fault["zh"], heading.fault["en"])
    cell = cells.read(text, context, heading.cumulative)
    growth = "" if cell.cumulative or heading.yearly else heading.growth
    is_sum = cell.cumulative or (heading.cumulative and not heading.growth)
    change_label = "累计" if is_sum and row.level else ""
    name = " · ".join(part for part in (row.indicator, heading.name, growth, change_label) if part)
    if growth and not (row.indicator or heading.name) and any(other.name for _, other in columns.figures):
        raise Refused(
            f"“{heading.text}”是哪一项的增长，表头没有说明；应写明，如“地区生产总值增长”",
            f'the heading does not tell what "{heading.text}" is the growth of; expected its name',
        )
    if not (row.indicator or heading.name):
        if not context.indicator:
            raise Refused(
                "表中没有说是什么指标；应在标题写明，或在表上方加一行“指标：…”",
                "the table does not name the indicator; expected it in the title, or a line 指标：… above",
            )
        name = " · ".join(part for part in (context.indicator, growth) if part)
    period, note = period_of(row, column, heading, columns, context, is_sum)
    footnotes = _footnotes(row.marks + heading.marks + cell.marks, context)
    if years := [match[1] for text in footnotes if (match := _DATED.search(text))]:
        period = years[0]
    promised = row.promised if row.promised is not None else heading.promised
    if promised is None and growth and not (heading.period or row.period):
        earlier = [
            other.promised
            for other_column, other in columns.figures
            if other_column < column and other.period == period
        ]
        promised = earlier[-1] if earlier else None  # what was done or aimed at has its growth beside it
    if promised and context.precedes(period):
        if row.promised or heading.with_period:
            raise Refused(
                f"{period} 在规划期 {context.span} 之前，却写明是目标：可能是上一个规划的目标，"
                "也可能是基期数；应写明是哪一种",
                f"{period} is before the plan's years {context.span} and called a target: it may be one "
                "of the plan before, or the baseline; expected the heading to tell which",
            )
        promised = False  # the base beside what is aimed at
    if promised is None:
        promised, reason = context.promised(period)
        if promised is None:
            raise Refused(reason["zh"], reason["en"])
    table_unit = "" if row.indicator else context.indicator_unit
    stated = heading.unit if growth or not heading.growth else ""
    stated = stated or ("" if growth else row.unit or table_unit)
    unit = cells.unit(cell.figure.unit, stated, context, name)
    region = region_of(heading.region, context) if heading.region else row.region or context.region
    if not region:
        raise Refused(
            "表中没有说是哪个地区；应在标题写明，或指定地区",
            "the table does not name the region; expected it in the title, or given",
        )
    value, printed = cell.figure.number, cell.shown
    usual = context.options.units.get(name, unit)
    if converted := counted_in(value, unit, usual):
        note = "；".join(part for part in (note, f"原表为 {value} {unit}") if part)
        value, unit, printed = converted, usual, f"{value} {unit}"
    notes = [note, row.note, *footnotes]
    is_growth = growth or (heading.yearly and not is_sum and _GROWS.search(row.indicator))
    kind = "" if not promised else "cumulative" if is_sum else "growth" if is_growth else ""
    return Figure(
        table="targets" if promised else "observations",
        document=context.document,
        indicator=name,
        region=region,
        period=period,
        comparator=cell.figure.comparator or ("" if promised else "="),
        value=value,
        unit=unit,
        kind=kind,
        attribute=row.attribute if promised else "",
        base_period=base_of(period, growth) if kind else context.base if promised else "",
        quality="" if promised else "B",
        as_printed=printed,
        locator=" · ".join(part for part in (locator, context.part) if part),
        note_zh="；".join(part for part in notes if part),
        note_en="",
    )


def _footnotes(marks: str, context: Context) -> list[str]:
    """The text of a figure's footnotes."""
    return [
        context.footnotes.get(mark) or f"原表有标记 {mark}，未见说明"
        for mark in dict.fromkeys(re.sub(r"[\[\]注\d（）()［］]", "", marks))
    ]
