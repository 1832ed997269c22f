"""From two spreadsheets that a bureau typed to a report: five commands, no id typed, no file edited.

The place is real, the figures and the plan are made up.
"""

import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup
from openpyxl.styles import Alignment

from plan_monitor import load
from plan_monitor.methods import progress

ROOT = Path(__file__).parents[1]
PLAN = "镇江市“十四五”教育事业发展规划（虚构）"
FIGURES = "镇江市教育统计资料2024（虚构）"
# 指标, 单位, 2020年, 2025年, 属性: as shown; a share in % is typed as a spreadsheet keeps it, 0.95 with a percent format
TARGETS = [
    ("学前教育三年毛入园率", "%", 0.958, "≥98%", "预期性"),
    ("九年义务教育巩固率", "%", 0.9988, 0.99, "约束性"),  # promised below what is reached: to be kept
    ("高中阶段教育毛入学率", "%", 0.962, "≥97%", "约束性"),
    ("劳动年龄人口平均受教育年限", "年", 10.8, 11.5, "预期性"),
    ("普惠性幼儿园覆盖率", "%", 0.81, "不低于85%", "约束性"),
    ("义务教育大班额占比", "%", 0.052, "≤1%", "约束性"),
    ("专任教师数", "人", 28411, 30000, "预期性"),
    ("新增学位", "个", None, "［12000］", "预期性"),
]
# 指标（单位）, 2021年 … 2024年
ACTUALS = [
    ("学前教育三年毛入园率（%）", 0.961, 0.966, 0.971, 0.981),
    ("九年义务教育巩固率（%）", 0.9985, 0.9971, 0.9950, 0.9912),
    ("高中阶段教育毛入学率（%）", 0.9622, 0.9625, 0.9630, 0.9633),
    ("劳动年龄人口平均受教育年限（年）", 10.95, 11.08, 11.23, 11.37),
    ("普惠性幼儿园覆盖率（%）", 0.82, 0.80, 0.79, 0.78),
    ("义务教育大班额占比（%）", 0.041, 0.030, 0.021, 0.013),
    ("专任教师数（人）", 28702, 29055, 29310, 29544),
]
VERDICTS = {
    "学前教育三年毛入园率": "achieved",  # 98.1 of ≥ 98
    "九年义务教育巩固率": "kept",  # 99.12 of ≥ 99, from 99.88
    "高中阶段教育毛入学率": "lagging",  # (96.33 − 96.2) ÷ (97 − 96.2) = 0.16 in 0.8 of the time: 0.20
    "劳动年龄人口平均受教育年限": "on_track",  # 0.57 ÷ 0.7 = 0.81 in 0.8: 1.02
    "普惠性幼儿园覆盖率": "moving_away",  # 81 → 78 with ≥ 85 promised
    "义务教育大班额占比": "on_track",  # (5.2 − 1.3) ÷ (5.2 − 1) = 0.93 in 0.8: 1.16
    "专任教师数": "slow",  # 1133 ÷ 1589 = 0.71 in 0.8: 0.89
}


def typed(cell, value):
    """A value as a spreadsheet keeps what is typed: 95.8% becomes 0.958 with a percent format."""
    cell.value = value
    if isinstance(value, float) and value < 1:
        cell.number_format = "0.0%" if round(value * 1000, 6) % 1 == 0 else "0.00%"
    if isinstance(value, int) and value > 9999:
        cell.number_format = "#,##0"


@pytest.fixture
def spreadsheets(tmp_path):
    plan = openpyxl.Workbook()
    sheet = plan.active
    sheet.title = "附件1"
    sheet["A1"] = PLAN.replace("规划", "规划主要指标")
    sheet.merge_cells("A1:F1")
    sheet["A1"].alignment = Alignment(horizontal="center")
    for row, heads in (
        (2, ("类别", "指标", "单位", "发展目标", None, "属性")),
        (3, (None, None, None, "2020年", "2025年", None)),
    ):
        for column, head in enumerate(heads, start=1):
            sheet.cell(row, column).value = head
    for area in ("A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3", "A4:A9", "A10:A11"):
        sheet.merge_cells(area)
    sheet["A4"], sheet["A10"] = "普及与公平", "资源"
    for row, cells in enumerate(TARGETS, start=4):
        for column, value in enumerate(cells, start=2):
            typed(sheet.cell(row, column), value)
    sheet["A12"] = "注：［ ］内为五年累计数。"
    plan.save(tmp_path / "规划指标表.xlsx")

    figures = openpyxl.Workbook()
    sheet = figures.active
    sheet["A1"] = FIGURES
    sheet.append(["指标", "2021年", "2022年", "2023年", "2024年"])
    for row, cells in enumerate(ACTUALS, start=3):
        for column, value in enumerate(cells, start=1):
            typed(sheet.cell(row, column), value)
    sheet.append(["合计"])
    sheet.append(["资料来源：镇江市教育局（虚构）"])
    figures.save(tmp_path / "历年统计.xlsx")
    return tmp_path / "规划指标表.xlsx", tmp_path / "历年统计.xlsx"


def command(*arguments):
    """Run plan-monitor as a user does, in the project, in Chinese."""
    done = subprocess.run(
        [sys.executable, "-m", "plan_monitor.cli", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "zh_CN.UTF-8", "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_five_commands_lead_from_two_spreadsheets_to_a_report(spreadsheets, tmp_path):
    plan, figures = spreadsheets
    mine = tmp_path / "镇江"
    command("new", mine)
    said = command("take", plan, figures, "--document", PLAN, "--into", mine, "--write")
    said = command("adopt", mine)
    command("check", mine)
    command("render", "--data", mine, "--only", "plan-*", "--format", "pdf", "--as-of", "2024-12")

    package = load(mine)
    names = package.indicators.set_index("id")["name_zh"].str.removesuffix("（拟定）")
    judged = progress.assess(package.targets, package.observations, "2024")
    assert dict(zip(judged["indicator"].map(names), judged["status"], strict=True)) | VERDICTS == VERDICTS
