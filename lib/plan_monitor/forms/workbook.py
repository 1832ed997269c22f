"""One form as a workbook: what is asked, how to answer, and the cells for it; all others are protected."""

import io
import math

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from plan_monitor.forms.layout import COLUMNS, FORM, GIVEN, WHO, Form
from reportkit.language import chosen
from reportkit.words import wide

_FONT = ("宋体", "Times New Roman")
_WIDTH = {
    **{
        "target": 13,
        "indicator": 20,
        "definition": 24,
        "region": 10,
        "promised": 12,
        "due": 11,
        "latest": 14,
    },
    **{"unit": 7, "figure": 10, "period": 10, "source": 24, "locator": 13, "reason": 16, "remark": 13},
}
_LINE = 15  # points that a line of text is high
_GUIDE_WIDTH = 110
_TOP = 3  # row of the table's header
_A4 = 9
_YELLOW, _BLUE, _BAND, _GREY = "#fff8d6", "#e1e8f0", "#f4f4f2", "#c8c8c8"
_SHEETS = (("填写说明", "How to answer"), ("填报表", "Form"))
_TITLE = ("规划目标实绩填报表", "Figures wanted for promises that are due")
_TO, _WHAT, _BACK, _HOW = ("致", "To"), ("事项", "What"), ("退回", "Return"), ("怎么填", "How")
_ASKED = (
    "“填报表”所列 {count} 项目标已经到期，至今没有收录到能用来判断的公布数字。"
    "请在黄色格内填写实际数字和出处。",
    "The {count} promises on the sheet Form are due, and no published figure was found to judge them by. "
    "Please fill in the actual figures and their sources, in the yellow cells.",
)
_GUIDE = (
    "1. 实绩：按“单位”一栏的单位填数字；确实为零填 0；不知道的留空；文件写“不低于 95”的照写（≥95）。\n"
    "2. 时期：这个数字是何时的，如 2025 年或 2025 年 12 月；“累计”“年均”的目标填起止年份，如 2021—2025 年。\n"
    "3. 出处：公布或记载这个数字的文件标题；位置：在其中第几页、哪张表。\n"
    "4. 没有这项数字的，实绩留空，在“不能提供的原因”一栏说明。其余各格请勿改动。",
    "1. Actual: a number in the unit of the column Unit; 0 for none; empty where not known; "
    "where the document says “at least 95”, write ≥95.\n"
    "2. Period: the time of the figure, such as 2025 or 2025-12; of a sum or an average its first and last "
    "year, such as 2021/2025.\n"
    "3. Source: title of the document that has the figure; place: page and table.\n"
    "4. Where there is no such figure, leave Actual empty and say why. "
    "Please leave all other cells as they are.",
)
_BRIEFLY = (
    "只填黄色格；填法见“填写说明”。一个目标一行：有数字的填实绩、时期、出处，没有的写明原因。",
    "Yellow cells only; see the sheet How to answer. A row a promise: its actual, period and source, "
    "or why there is none.",
)
_BACK_TO = {
    (True, True): ("请于{by}前填好，退回：{reply}", "by {by}, to {reply}"),
    (True, False): ("请于{by}前填好退回", "by {by}"),
    (False, True): ("请填好后退回：{reply}", "to {reply}"),
}
_TIPS = {
    "figure": ("只填数字，可带 ≥、≤、%；零填 0，不知道留空", "A number; 0 for none, empty where not known"),
    "period": ("如 2025 年、2025 年 12 月、2021—2025 年", "Such as 2025, 2025-12 or 2021/2025"),
}
_ODD = (
    "这一格一般是一个数字，可带 ≥、≤、%。仍要这样填吗？",
    "Usually a number, with ≥, ≤ or %. Keep it as it is?",
)


def content(
    sections: list[tuple[str, pd.DataFrame]],
    form: Form,
    to: str,
    *,
    by: str | None = None,
    reply: str | None = None,
) -> bytes:
    """A form as the bytes of a workbook, in the language that is set.

    Parameters
    ----------
    sections : list of (str, DataFrame)
        Title of a document, and its promises as ``layout.target_texts`` tells them.
    form : Form
        Identity of the form; printed on the sheet, so that it is recognised when it comes back.
    to : str
        Who is asked.
    by, reply : str, optional
        Until when and to whom to return it.
    """
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options | {"strings_to_numbers": False}) as book:
        looks = _looks(book, chosen(_FONT))
        book.formats[0].set_font_name(chosen(_FONT))
        book.set_properties({"title": chosen(_TITLE), "subject": form.text()})
        count = sum(len(rows) for _, rows in sections)
        _guide(book.add_worksheet(chosen(_SHEETS[0])), looks, to, count, by, reply)
        sheet = book.add_worksheet(chosen(_SHEETS[1]))
        _head(sheet, looks, to, form)
        last = _table(sheet, looks, sections)
        _tips(sheet, last)
        _page(sheet, last, form.text())
    return stream.getvalue()


def _looks(book: xlsxwriter.Workbook, font: str) -> dict:
    """The formats of a form by what they are for."""
    plain = {"font_name": font, "font_size": 10, "text_wrap": True, "valign": "vcenter"}
    boxed = plain | {"border": 1, "border_color": _GREY}
    return {
        "title": book.add_format({"font_name": font, "font_size": 16, "bold": True}),
        "label": book.add_format(plain | {"bold": True, "valign": "top"}),
        "text": book.add_format(plain | {"valign": "top"}),
        "head": book.add_format(boxed | {"bold": True, "bg_color": _BLUE}),
        "section": book.add_format(boxed | {"bold": True, "bg_color": _BAND}),
        "given": book.add_format(boxed),
        # text: a spreadsheet makes no date of 2025-12 and no 0.95 of 95%
        "asked": book.add_format(boxed | {"bg_color": _YELLOW, "num_format": "@", "locked": False}),
    }


def _guide(sheet: Worksheet, looks: dict, to: str, count: int, by: str | None, reply: str | None) -> None:
    """The first sheet: what is asked of whom, by when, and how to answer."""
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, _GUIDE_WIDTH)
    sheet.write_string(0, 0, chosen(_TITLE), looks["title"])
    sheet.set_row(0, 2 * _LINE)
    lines = [(_TO, to), (_WHAT, chosen(_ASKED).format(count=count))]
    if by or reply:
        lines.append((_BACK, chosen(_BACK_TO[bool(by), bool(reply)]).format(by=by, reply=reply)))
    first, *rest = chosen(_GUIDE).splitlines()
    lines += [(_HOW, first), *((("", ""), line) for line in rest)]
    for row, (label, text) in enumerate(lines, start=1):
        sheet.write_string(row, 0, chosen(label), looks["label"])
        sheet.write_string(row, 1, text, looks["text"])
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.protect("")


def _head(sheet: Worksheet, looks: dict, to: str, form: Form) -> None:
    """Above the table: what it is and for whom, who fills it in, and which form it is."""
    sheet.write_string(0, 0, f"{chosen(_TITLE)} · {to}", looks["title"])
    sheet.set_row(0, 2 * _LINE)
    sheet.write_string(1, 0, chosen(WHO), looks["label"])
    sheet.merge_range(1, 1, 1, 2, "", looks["asked"])
    sheet.merge_range(1, 3, 1, len(COLUMNS) - 1, chosen(_BRIEFLY), looks["text"])
    sheet.write_string(2, 0, chosen(FORM), looks["label"])
    sheet.merge_range(2, 1, 2, len(COLUMNS) - 1, form.text(), looks["text"])
    sheet.set_row(1, 1.5 * _LINE)


def _table(sheet: Worksheet, looks: dict, sections: list[tuple[str, pd.DataFrame]]) -> int:
    """The promises under their documents; the last row."""
    for column, (name, pair) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, _WIDTH[name])
        sheet.write_string(_TOP, column, chosen(pair), looks["head"])
    sheet.set_row(_TOP, 2 * _LINE)
    row = _TOP
    for title, promises in sections:
        row += 1
        sheet.write_blank(row, 0, None, looks["section"])
        sheet.merge_range(row, 1, row, len(COLUMNS) - 1, title, looks["section"])
        for _, promise in promises.iterrows():
            row += 1
            for column, name in enumerate(GIVEN):
                sheet.write_string(row, column, promise[name], looks["given"])
            for column in range(len(GIVEN), len(COLUMNS)):
                sheet.write_blank(row, column, None, looks["asked"])
            lines = max(math.ceil(1.1 * wide(promise[name]) / _WIDTH[name]) for name in GIVEN)
            sheet.set_row(row, _LINE * max(lines, 1) + 3)
    return row


def _tips(sheet: Worksheet, last: int) -> None:
    """Tips shown when a cell is entered, and a warning if a figure is no number; nothing is refused."""
    first = _TOP + 1
    for name, message in _TIPS.items():
        column = list(COLUMNS).index(name)
        tip = {"input_title": chosen(COLUMNS[name]), "input_message": chosen(message)}
        rule = {"validate": "any"}
        if name == "figure":
            stripped = xl_rowcol_to_cell(first, column)
            for sign in "≥≤%,":
                stripped = f'SUBSTITUTE({stripped},"{sign}","")'
            warning = {"error_type": "warning", "error_message": chosen(_ODD)}
            rule = {"validate": "custom", "value": f"=ISNUMBER(VALUE({stripped}))"} | warning
        sheet.data_validation(first, column, last, column, rule | tip)
    sheet.ignore_errors({"number_stored_as_text": xl_range(first, len(GIVEN), last, len(COLUMNS) - 1)})


def _page(sheet: Worksheet, last: int, form: str) -> None:
    """Protection without a password, frozen header, and a printed page as wide as A4 laid on its side."""
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.freeze_panes(_TOP + 1, 2)
    sheet.repeat_rows(_TOP)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L{form}&R&P / &N")
    sheet.print_area(0, 0, last, len(COLUMNS) - 1)
