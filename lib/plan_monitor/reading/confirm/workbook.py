"""The workbook to decide in: a row for each figure, those that need a look first, drop-downs, a guide."""

import io
import math

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from plan_monitor.reading.confirm.columns import CODED, COLUMNS, SHOWN, heading, in_words
from plan_monitor.settle import labels
from plan_monitor.settle.regions import Regions
from reportkit.language import chosen
from reportkit.words import wide

_FONT = ("宋体", "Times New Roman")
_SHEETS = (("说明", "How to"), ("数字", "Figures"), ("文字", "Words"), ("目录", "Catalogue"))
_WORDS = {
    "words": ("文字", "Words", 16),
    "meaning": ("意思", "Meaning", 14),
    "quote": ("原文", "Text", 50),
    "indicator_zh": ("指标", "Indicator", 28),
    "region": ("地区", "Region", 12),
    "period": ("时期", "Period", 12),
    "role": ("作用", "Role", 10),
    "locator": ("位置", "Place", 40),
}
_TITLE = ("机器读出的数字，请逐条决定", "Figures read by machine, to be decided on")
_GUIDE = (
    "“数字”一页一行一个数字，按“要看什么”排列：橙色是机器没有把握的，请对照“原文”看；“可一并接受”是有把握的。\n"
    "1. 决定：是（数字和各栏都对）、否（不是这回事）、稍后。留空就是还没有决定。\n"
    "2. 不对的格直接改：作用、指标、地区、时期、比较、数值、单位、类型都可以改，改好后选“是”。\n"
    "3. 指标：从下拉列表选目录里的；目录里没有的，写新名称即可。“目录中相近的”列出最像的几个。\n"
    "4. 有把握的不必逐条选：运行 plan-monitor confirm 时加 --accept-certain，就一并接受。\n"
    "5. “以前”一栏：已定的，是以前决定过的；有变的，是同一处的数字和以前不同，两个数都列出。\n"
    "6. 可以排序、筛选、加列；请不要删改表头和隐藏的列。\n"
    "7. 保存后运行：plan-monitor confirm 这个文件 --into 数据包 ，先看会写入什么，再加 --write。\n"
    "“文字”一页是没有数字的承诺（全覆盖、清零等），只供参考，不会写入。",
    "The sheet Figures has a row a figure, ordered by “Look at”: orange is what the machine is not sure of, "
    "to be held against the text; what is certain can be accepted together.\n"
    "1. Decision: yes (the figure and its columns are right), no (it is not), later. Empty: undecided.\n"
    "2. Put right what is wrong, in its cell: role, indicator, region, period, sign, value, unit, kind; "
    "then yes.\n"
    "3. Indicator: one of the catalogue from the list, or the name of a new one; the nearest stand beside.\n"
    "4. What is certain need not be chosen one by one: plan-monitor confirm --accept-certain accepts it.\n"
    "5. Before: “decided” was decided on already; of “changed” the figure at this place was another.\n"
    "6. Sort, filter and add columns as you like; please keep the header and the hidden columns.\n"
    "7. Save it, then: plan-monitor confirm FILE --into PACKAGE, and after a look with --write.\n"
    "The sheet Words has promises without a number (full cover, to zero); they are shown, never written.",
)
_GUIDE_WIDTH = 110
_LINE = 15  # points that a line of text is high
_MOST_LINES = 5
_A4, _A3 = 9, 8
_YELLOW, _ORANGE, _GREEN, _BLUE, _GREY = "#fff8d6", "#fbd5a5", "#e3f1e1", "#e1e8f0", "#c8c8c8"
_DOUBTED = {"value": ("value", "before")}  # cells that are coloured where a thing is to be looked at


def content(
    rows: pd.DataFrame, words: pd.DataFrame, indicators: pd.DataFrame | None, regions: pd.DataFrame | None
) -> bytes:
    """Drafted figures as the bytes of a workbook, in the language that is set.

    Parameters
    ----------
    rows : DataFrame
        ``columns.COLUMNS``, in the order to be shown.
    words : DataFrame
        Promises without a number.
    indicators, regions : DataFrame, optional
        Those of a package: indicators to choose from, and regions for their names.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        formats = _formats(book, chosen(_FONT))
        book.formats[0].set_font_name(chosen(_FONT))
        book.set_properties({"title": chosen(_TITLE)})
        _guide(book.add_worksheet(chosen(_SHEETS[0])), formats)
        figures = book.add_worksheet(chosen(_SHEETS[1]))
        if not words.empty:
            _words(book.add_worksheet(chosen(_SHEETS[2])), formats, words)
        names = _names(indicators)
        _figures(figures, formats, rows.assign(region=_places(rows["region"], regions)), names)
        _choices(figures, len(rows), len(names))
        _page(figures, len(rows))
        if names:
            _catalogue(book.add_worksheet(chosen(_SHEETS[3])), formats, names)
        figures.activate()
    return stream.getvalue()


def _formats(book: xlsxwriter.Workbook, font: str) -> dict[str, Format]:
    """The formats of a workbook by their use; every cell is text, so that 95% stays 95%."""
    plain = {"font_name": font, "font_size": 10, "text_wrap": True, "valign": "vcenter"}
    boxed = plain | {"border": 1, "border_color": _GREY, "num_format": "@", "locked": False}
    return {
        "title": book.add_format({"font_name": font, "font_size": 16, "bold": True}),
        "text": book.add_format(plain | {"valign": "top"}),
        "head": book.add_format(boxed | {"bold": True, "bg_color": _BLUE, "locked": True}),
        "cell": book.add_format(boxed),
        "asked": book.add_format(boxed | {"bg_color": _YELLOW, "bold": True}),
        "doubt": book.add_format(boxed | {"bg_color": _ORANGE}),
        "certain": book.add_format(boxed | {"bg_color": _GREEN}),
    }


def _guide(sheet: Worksheet, formats: dict[str, Format]) -> None:
    """The guide, with a row for each line."""
    sheet.set_column(0, 0, _GUIDE_WIDTH)
    sheet.write_string(0, 0, chosen(_TITLE), formats["title"])
    sheet.set_row(0, 2 * _LINE)
    for row, line in enumerate(chosen(_GUIDE).splitlines(), start=1):
        sheet.write_string(row, 0, line, formats["text"])
        sheet.set_row(row, _LINE * math.ceil(1.1 * wide(line) / _GUIDE_WIDTH) + 3)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.protect("")


def _order() -> list[str]:
    """Columns in the order of the sheet: visible ones, then hidden ones."""
    return [*SHOWN, *(name for name in COLUMNS if name not in SHOWN)]


def _figures(sheet: Worksheet, formats: dict[str, Format], rows: pd.DataFrame, names: dict[str, str]) -> None:
    """The header and a row for each figure."""
    order = _order()
    for column, name in enumerate(order):
        if name in SHOWN:
            sheet.set_column(column, column, SHOWN[name][2])
        else:
            sheet.set_column(column, column, None, None, {"hidden": True})
        sheet.write_string(0, column, heading(name), formats["head"])
    sheet.set_row(0, 2 * _LINE)
    for number, row in enumerate(rows.to_dict("records"), start=1):
        doubts = {cell for name in row["look"].split() for cell in _DOUBTED.get(name, (name,))}
        displayed = row | {"indicator": names.get(row["indicator"], row["indicator"]) or row["indicator_zh"]}
        words = {name: in_words(name, displayed[name]) for name in order}
        if row["known"] and not doubts:
            words["look"] = words["known"]
        for column, name in enumerate(order):
            sheet.write_string(number, column, words[name], formats[_format_name(name, doubts, row["known"])])
        sheet.set_row(number, _height({name: words[name] for name in SHOWN}))


def _format_name(name: str, doubts: set[str], known: str) -> str:
    """The name of a cell's format."""
    if name == "decision":
        return "asked"
    if name == "look" and not doubts:
        return "cell" if known else "certain"
    return "doubt" if name in doubts or name == "look" else "cell"


def _height(cells: dict[str, str]) -> float:
    """The height of a row in points, so that its longest cell can be read."""
    lines = max(math.ceil(1.15 * wide(text) / SHOWN[name][2]) for name, text in cells.items())
    return _LINE * min(max(lines, 1), _MOST_LINES) + 3


def _choices(sheet: Worksheet, count: int, names: int) -> None:
    """Drop-downs: a code must be one of the list, an indicator may be another text."""
    order = _order()
    for name, codes in CODED.items():
        column = order.index(name)
        words = [labels.shown(name, code) for code in codes]
        sheet.data_validation(1, column, max(count, 1), column, {"validate": "list", "source": words})
    if names:
        column = order.index("indicator")
        area = f"='{chosen(_SHEETS[3])}'!$A$2:$A${names + 1}"
        choice = {"validate": "list", "source": area, "show_error": False}
        sheet.data_validation(1, column, max(count, 1), column, choice)


def _page(sheet: Worksheet, count: int) -> None:
    """A header that stays, a filter, and protection without a password that lets rows be sorted."""
    last = len(_order()) - 1
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(count, 1), last)
    allowed = (
        "sort",
        "autofilter",
        "format_cells",
        "format_columns",
        "format_rows",
        "insert_columns",
        "delete_rows",
    )
    sheet.protect("", dict.fromkeys(allowed, True))
    sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, max(count, 1), last)})
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, max(count, 1), len(SHOWN) - 1)


def _words(sheet: Worksheet, formats: dict[str, Format], words: pd.DataFrame) -> None:
    """Promises without a number, for reading only."""
    names = [name for name in _WORDS if name in words]
    for column, name in enumerate(names):
        sheet.set_column(column, column, _WORDS[name][2])
        sheet.write_string(0, column, chosen(_WORDS[name][:2]), formats["head"])
    for number, row in enumerate(words.to_dict("records"), start=1):
        for column, name in enumerate(names):
            sheet.write_string(number, column, in_words(name, str(row[name])), formats["cell"])
    sheet.freeze_panes(1, 0)


def _places(codes: pd.Series, regions: pd.DataFrame | None) -> pd.Series:
    """Names of regions, behind the names of those above where several regions have the name."""
    finder = Regions([] if regions is None else regions.to_dict("records"))
    displayed = {}
    for code in codes.unique():
        path = finder.path(code) if finder.find(code, near=False).id == code else code
        names = (path[cut:] for cut in range(len(path) - 1, -1, -1))
        displayed[code] = next((name for name in names if finder.find(name, near=False).id == code), code)
    return codes.map(displayed)


def _names(indicators: pd.DataFrame | None) -> dict[str, str]:
    """Names of indicators by id."""
    if indicators is None or indicators.empty:
        return {}
    rows = indicators.dropna(subset=["id", "name_zh"])
    return dict(zip(rows["id"], rows["name_zh"], strict=True))


def _catalogue(sheet: Worksheet, formats: dict[str, Format], names: dict[str, str]) -> None:
    """The indicators of the drop-down, with ids."""
    sheet.set_column(0, 1, 44)
    for column, name in enumerate((chosen(SHOWN["indicator"][:2]), "id")):
        sheet.write_string(0, column, name, formats["head"])
    for number, (id_, name) in enumerate(names.items(), start=1):
        sheet.write_string(number, 0, name)
        sheet.write_string(number, 1, id_)
    sheet.freeze_panes(1, 0)
