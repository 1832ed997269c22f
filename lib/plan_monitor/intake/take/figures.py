"""The figures of one table: a drafted row for each cell that reads in one way, a reason for each other."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from plan_monitor.intake.take import cells, labels, layout, places
from plan_monitor.intake.take.blocks import Block, figure_like, missing, spread
from plan_monitor.intake.take.context import Context
from plan_monitor.intake.take.drafts import Figure, Left
from plan_monitor.intake.take.headings import Heading
from plan_monitor.intake.take.layout import Layout
from plan_monitor.settle import spans
from plan_monitor.settle.quantity import Refused

_CHILD = re.compile(r"\s*(?:其中\s*[:：、]?|#|＃|[—－–-]{1,2})\s*(?=\S)")
_ORDINAL = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳])\s*"
)
_SECTION = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])")
_DATED = re.compile(
    r"(?:为|系|是)((?:19|20)\d\d)年(?:的)?(?:数|值)"
)  # a footnote that dates a figure otherwise
_GROWS = re.compile(r"增长|增速|增幅|下降|降低|提高")
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


def figures(block: Block, columns: Layout, context: Context) -> tuple[list[Figure], list[Left], int]:
    """The drafted rows of a table, what is left of it, and how many of its cells are empty."""
    taken: list[Figure] = []
    left: list[Left] = []
    empty = 0
    context = replace(context, listed=_listed(block, columns, context))
    for column, heading in columns.unread:
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
    for row in _rows(block, columns, context, left):
        for column, heading in columns.figures:
            if (column, heading) in hidden:
                continue
            text = block.sheet.rows[row.number - 1][column]
            where = place(block, row.number, column, heading.text)
            if fault := block.sheet.faults.get((row.number, column)):
                left.append(Left(where, text, fault))
            elif missing(text) and not re.search(r"\w|…|\.\.", text):
                empty += 1
            else:
                try:
                    taken.append(_figure(text, where, row, column, heading, columns, context))
                except Refused as refused:
                    left.append(Left(where, text.strip(), refused.expected))
    return taken, left, empty


def _listed(block: Block, columns: Layout, context: Context) -> frozenset[str]:
    """The names of regions in the rows and headings of a table."""
    key = columns.keys.get("region")
    cells = [block.sheet.rows[number - 1][key] for number in block.body] if key is not None else []
    names = {labels.plain(name) for name in (*cells, *(heading.region for _, heading in columns.figures))}
    return frozenset(name for name in names if context.options.places.within(name, context.region))


def _rows(block: Block, columns: Layout, context: Context, left: list[Left]) -> Iterator[Row]:
    """The rows of figures; names of rows above that they belong to are put before theirs."""
    keys, over = columns.keys, spread(block, columns.keys.values())
    path: list[tuple[int, str, str]] = []  # depth, name and unit of the rows above that a row may belong to
    for number in block.body:
        line = block.sheet.rows[number - 1]
        key = {
            role: line[at] if line[at].strip() else over.get((number, at), "") for role, at in keys.items()
        }
        shown = " ".join(cell.strip() for cell in line if cell.strip())
        filled = any(
            line[column].strip() or (number, column) in block.sheet.faults for column, _ in columns.figures
        )
        if key.get("period") and any("学年" in text for text in block.headings[keys["period"]]):
            key["period"] += "学年" * ("学年" not in key["period"])
        label, depth = _label(key.get("label", ""), path)
        if label is not None:
            path[:] = [above for above in path if above[0] < depth]
            if filled or not (_SECTION.match(key["label"]) or _across(block, number)):
                path.append((depth, label.name, label.unit))
        if not filled:
            continue
        where = place(block, number)
        if number in block.sheet.hidden:
            expected = {
                "zh": "此行在文件中被隐藏；应取消隐藏后再取",
                "en": "the file hides this row; expected it shown, if it is to be taken",
            }
            left.append(Left(where, shown, expected))
            continue
        if stray := _stray(block, number):
            left.append(Left(where, shown, stray))
            continue
        faults = [fault for at in keys.values() if (fault := block.sheet.faults.get((number, at)))]
        if faults:
            left.append(Left(where, shown, faults[0]))
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
            left.append(Left(where, shown, refused.expected))


def _stray(block: Block, row: int) -> dict[str, str] | None:
    """Why a row of a text file is not taken that has more figures than the heading has columns.

    A decimal comma or a comma between thousands moves all cells behind it by one.
    """
    cells = block.sheet.rows[row - 1]
    beyond = [
        cell
        for cell, parts in zip(cells, block.headings, strict=True)
        if figure_like(cell) and not any(part.strip() for part in parts)
    ]
    if block.sheet.name is not None or not beyond:
        return None
    return {
        "zh": "这一行的数比表头的列多，可能是数字里的逗号被当成了分隔符；应给带逗号的数加上引号",
        "en": "this row has more figures than the heading has columns, as where a number has a comma; "
        "expected such a number in quotation marks",
    }


def _across(block: Block, row: int) -> bool:
    """Whether a cell of a row is merged over several columns, as headings between rows are."""
    return any(top <= row <= bottom and right > first for top, first, bottom, right in block.sheet.merged)


def _label(text: str, path: list[tuple[int, str, str]]) -> tuple[labels.Label | None, int]:
    """A row's label without its number, and how deep it stands, by the blanks before it and 其中."""
    if not text.strip():
        return None, 0
    body = text.lstrip(_BLANK)
    depth = 2 * (len(text) - len(body))
    if marked := _CHILD.match(body):
        body = body[marked.end() :]
        above = [at for at, _, _ in path if at % 2 == 0 and at <= depth]
        depth = (max(above) if above else 0) + 1
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
        if len(names) > 1 and indicator not in context.options.units and names[-1] in context.options.units:
            indicator = names[-1]  # the rows above only sort it
        unit = next((own for _, _, own in reversed(path) if own), "")
        marks = label.marks
    if "label" in key and not indicator:
        raise Refused("这一行没有指标名", "expected the name of an indicator in this row")
    column = unicodedata.normalize("NFKC", key.get("unit", "")).replace(" ", "")
    if column and label is not None and label.unit and column != label.unit:
        raise Refused(
            f"指标名后写的单位是 {label.unit}，“单位”列写的是 {column}；应只有一个单位",
            f"the label says {label.unit}, the column 单位 {column}; expected one unit",
        )
    period = ""
    if "period" in key:
        when = labels.read(key["period"])
        period, marks = spans.period(when.name), marks + when.marks
    region = ""
    if "region" in key:
        where = labels.read(_ORDINAL.sub("", _CHILD.sub("", key["region"], count=1), count=1))
        region, marks = _region(where.name, context), marks + where.marks
    attribute = labels.plain(key.get("attribute", ""))
    return Row(
        number,
        indicator,
        region,
        period,
        column or unit,
        next((code for word, code in _ATTRIBUTES.items() if attribute.startswith(word[:2])), ""),
        layout.SAID.get(labels.plain(key.get("said", ""))),
        level,
        marks,
        re.sub(r"\s+", " ", key.get("note", "")).strip(),
    )


def _region(name: str, context: Context) -> str:
    """The region of a row; a total over regions is the region that the table is about."""
    plain = labels.plain(name)
    whole = places.WHOLE.fullmatch(plain)
    if (
        not whole
        and places.TOTAL.fullmatch(plain)
        and not context.options.places.complete(context.region, context.listed)
    ):
        raise Refused(
            f"“{name}”只是表中所列地区之和，所列不是{context.region or '该地区'}的全部下辖单位；不取",
            f'"{name}" sums up the regions of the table, which are not all those of the place; not taken',
        )
    if whole or places.TOTAL.fullmatch(plain):
        if context.region and (whole is None or context.region.endswith(whole[1])):
            return context.region
        raise Refused(
            f"“{name}”指哪个地区，标题没有说明；应写出全称，或指定地区",
            f'the title does not tell which region "{name}" is; expected its full name, or the region given',
        )
    if not (found := context.options.places.within(plain, context.region)):
        raise Refused(
            f"“{name}”不是行政区划名称，数据包的 regions.csv 里也没有；不取",
            f'"{name}" is no region of the divisions, nor of the package\'s regions.csv; not taken',
        )
    return found


def _figure(
    text: str, where: str, row: Row, column: int, heading: Heading, columns: Layout, context: Context
) -> Figure:
    """The drafted row of a cell; refused where anything of it can be read in two ways."""
    if heading.fault:
        raise Refused(heading.fault["zh"], heading.fault["en"])
    cell = cells.read(text, context, heading.cumulative)
    growth = "" if cell.cumulative or heading.yearly else heading.growth
    summed = cell.cumulative or (heading.cumulative and not heading.growth)
    changed = "累计" if summed and row.level else ""
    name = " · ".join(part for part in (row.indicator, heading.name, growth, changed) if part)
    if growth and not (row.indicator or heading.name) and any(one.name for _, one in columns.figures):
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
    period, note = _period(row, column, heading, columns, context, summed)
    footnotes = _footnotes(row.marks + heading.marks + cell.marks, context)
    if dated := [found[1] for text in footnotes if (found := _DATED.search(text))]:
        period = dated[0]
    promised = row.promised if row.promised is not None else heading.promised
    if promised is None and growth and not (heading.period or row.period):
        before = [one.promised for at, one in columns.figures if at < column and one.period == period]
        promised = before[-1] if before else None  # what was done or aimed at has its growth beside it
    if promised and context.precedes(period):
        if row.promised or heading.beside:
            raise Refused(
                f"{period} 在规划期 {context.span} 之前，却写明是目标：可能是上一个规划的目标，"
                "也可能是基期数；应写明是哪一种",
                f"{period} is before the plan's years {context.span} and called a target: it may be one "
                "of the plan before, or the baseline; expected the heading to tell which",
            )
        promised = False  # the base beside what is aimed at
    if promised is None:
        promised, unclear = context.promised(period)
        if promised is None:
            raise Refused(unclear["zh"], unclear["en"])
    of_table = "" if row.indicator else context.indicator_unit
    told = heading.unit if growth or not heading.growth else ""
    told = told or ("" if growth else row.unit or of_table)
    unit = cells.unit(cell.figure.unit, told, context, name)
    region = _region(heading.region, context) if heading.region else row.region or context.region
    if not region:
        raise Refused(
            "表中没有说是哪个地区；应在标题写明，或指定地区",
            "the table does not name the region; expected it in the title, or given",
        )
    value, printed = cell.figure.number, cell.shown
    known = context.options.units.get(name, unit)
    if counted := cells.counted_in(value, unit, known):
        note = "；".join(part for part in (note, f"原表为 {value} {unit}") if part)
        value, unit, printed = counted, known, f"{value} {unit}"
    notes = [note, row.note, *footnotes]
    grows = growth or (heading.yearly and not summed and _GROWS.search(row.indicator))
    kind = "" if not promised else "cumulative" if summed else "growth" if grows else ""
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
        base_period=_base(period, growth) if kind else context.base if promised else "",
        quality="" if promised else "B",
        as_printed=printed,
        locator=" · ".join(part for part in (where, context.part) if part),
        note_zh="；".join(part for part in notes if part),
        note_en="",
    )


def _base(period: str, growth: str) -> str:
    """The year that growth is counted from: the one it names, else the one before its time."""
    if since := re.search(r"[比较](\d{4})年", growth):
        return since[1]
    return str(int(period[:4]) - 1)


def _period(
    row: Row,
    column: int,
    heading: Heading,
    columns: Layout,
    context: Context,
    summed: bool,
) -> tuple[str, str]:
    """The time of a figure, and a note where the table does not print it."""
    said = heading.period or row.period
    if heading.average and not summed:
        return _average(said, columns, context), ""
    if heading.growth and not (said or summed):
        before = [other.period for at, other in columns.figures if at < column and other.period]
        levels = [*columns.figures, *columns.unread]
        left = {at: one for at, one in levels if at < column and not one.growth and one.unit != "%"}
        of = left[max(left)] if left else None
        if of is not None and (of.fault or of in dict(columns.unread).values()):
            raise Refused(
                f"“{heading.text}”前一列“{of.text}”没有取，不知道是哪个时期的增长；应写明时期",
                f'"{of.text}" before "{heading.text}" was not taken; expected the period of that growth',
            )
        said = before[-1] if before else context.period
    if summed and "/" not in said:
        return _summed(said, context), ""
    if said or (said := context.period):
        return said, ""
    if heading.promised and context.plan and context.end:
        return context.end, "表中未写年份，按规划期末记"
    raise Refused("没有年份；应在表头或标题写明", "expected a year in the heading or title; there is none")


def _average(said: str, columns: Layout, context: Context) -> str:
    """The years over which growth is averaged."""
    if "/" in said:
        return said
    if context.span and said in ("", context.end):
        return context.span
    years = {heading.period for _, heading in columns.figures if re.fullmatch(r"\d{4}", heading.period)}
    if not said and len(years) == 2:
        return f"{int(min(years)) + 1}/{max(years)}"
    raise Refused(
        "年均增速是哪些年的平均，表中没有说明；应写明起止年份，如“2021—2025年年均增长”",
        "the table does not tell over which years growth is averaged; expected 2021—2025年年均增长",
    )


def _summed(said: str, context: Context) -> str:
    """The years that a sum over years covers."""
    if context.span and said in ("", context.end):
        return context.span
    if context.span and said == context.base and int(context.end) - int(context.base) == 5:
        return f"{int(said) - 4}/{said}"
    raise Refused(
        "累计数是哪些年的合计，表中没有说明；应写明起止年份",
        "the table does not tell which years the sum covers; expected the first and the last",
    )


def _footnotes(marks: str, context: Context) -> list[str]:
    """The text of a figure's footnotes."""
    return [
        context.footnotes.get(mark) or f"原表有标记 {mark}，未见说明"
        for mark in dict.fromkeys(re.sub(r"[\[\]注\d（）()［］]", "", marks))
    ]
