"""Two spreadsheets as a bureau types them: a plan's table of targets, and the figures of the years since.

The place is real; the plan and all figures are made up, and say so in their titles. Run without arguments;
the files beside this script are written again, the same to the byte.
"""

from datetime import datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

HERE = Path(__file__).parent
PLAN, FIGURES = HERE / "plan_table_synthetic.xlsx", HERE / "yearly_figures_synthetic.xlsx"
# 指标, 单位, 2020年, 2025年, 属性; a share is typed as a spreadsheet keeps it: 0.958 that shows 95.8%
TARGETS = [
    ("学前教育三年毛入园率", "%", 0.958, "≥98%", "预期性"),
    ("九年义务教育巩固率", "%", 0.9988, 0.99, "约束性"),  # below what was reached: to be kept
    ("高中阶段教育毛入学率", "%", 0.962, "≥97%", "约束性"),
    ("劳动年龄人口平均受教育年限", "年", 10.8, 11.5, "预期性"),
    ("普惠性幼儿园覆盖率", "%", 0.81, "不低于85%", "约束性"),
    ("义务教育大班额占比", "%", 0.052, "≤1%", "约束性"),
    ("专任教师数", "人", 28411, 30000, "预期性"),
    ("新增学位", "个", None, "［12000］", "预期性"),
]
YEARS = ("2021年", "2022年", "2023年", "2024年")
ACTUALS = [
    ("学前教育三年毛入园率（%）", 0.961, 0.966, 0.971, 0.981),
    ("九年义务教育巩固率（%）", 0.9985, 0.9971, 0.995, 0.9912),
    ("高中阶段教育毛入学率（%）", 0.9622, 0.9625, 0.963, 0.9633),
    ("劳动年龄人口平均受教育年限（年）", 10.95, 11.08, 11.23, 11.37),
    ("普惠性幼儿园覆盖率（%）", 0.82, 0.8, 0.79, 0.78),
    ("义务教育大班额占比（%）", 0.041, 0.03, 0.021, 0.013),
    ("专任教师数（人）", 28702, 29055, 29310, 29544),
]


def _format(value: object) -> str:
    """The number format that a spreadsheet gives to what was typed."""
    if isinstance(value, float) and value < 1:
        return "0.0%" if round(value * 1000, 6) % 1 == 0 else "0.00%"
    return "#,##0" if isinstance(value, int) else "General"


def _book(path: Path) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": datetime(2026, 1, 1)})
    return book


def _cells(book: xlsxwriter.Workbook, sheet: Worksheet, row: int, first: int, cells: tuple) -> None:
    for column, value in enumerate(cells, start=first):
        if value is not None:
            sheet.write(row, column, value, book.add_format({"num_format": _format(value)}))


def plan() -> None:
    """A title, a heading of two rows, merged cells, percent cells, signs, sums in brackets, a note."""
    with _book(PLAN) as book:
        sheet, middle = book.add_worksheet("附件1"), book.add_format({"align": "center", "valign": "vcenter"})
        sheet.merge_range("A1:F1", "镇江市“十四五”教育事业发展规划主要指标（虚构）", middle)
        for area, text in {
            **{"A2:A3": "类别", "B2:B3": "指标", "C2:C3": "单位", "D2:E2": "发展目标", "F2:F3": "属性"},
            **{"A4:A9": "普及与公平", "A10:A11": "资源"},
        }.items():
            sheet.merge_range(area, text, middle)
        sheet.write_row("D3", ("2020年", "2025年"))
        for row, cells in enumerate(TARGETS, start=3):
            _cells(book, sheet, row, 1, cells)
        sheet.write("A12", "注：［ ］内为五年累计数。")
        sheet.set_column(1, 1, 30)


def figures() -> None:
    """A wide table: an indicator a row, its unit in brackets, a year a column; an empty total, a source."""
    with _book(FIGURES) as book:
        sheet = book.add_worksheet("历年")
        sheet.write("A1", "镇江市教育统计资料2021—2024年（虚构）")
        sheet.write_row("A2", ("指标", *YEARS))
        for row, cells in enumerate(ACTUALS, start=2):
            _cells(book, sheet, row, 0, cells)
        sheet.write(len(ACTUALS) + 2, 0, "合计")
        sheet.write(len(ACTUALS) + 3, 0, "资料来源：镇江市教育局（虚构）")
        sheet.set_column(0, 0, 36)


if __name__ == "__main__":
    plan()
    figures()
