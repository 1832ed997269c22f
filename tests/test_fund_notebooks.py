"""The reports on medical insurance: what they say first, and what they make of a bureau's own accounts."""

import csv
import re
import shutil

import papermill
import pytest

from notebook_runs import NOTEBOOKS, cells, run, stored, table


def test_the_fund_report_answers_first_and_says_what_is_assumed():
    said = stored("medical_insurance/fund")
    assert said[0] == (
        "**全国居民医保 2024 年（有推算数）：收入 11,180.9 亿元，支出 10,661.49 亿元，当期结余率 4.6 %；"
        "年末累计结余 8,183.02 亿元，可支付 9.2 个月。**"
    )
    assert re.search(r"到 2034 年出现过当期赤字的概率是 \d+ %.*累计结余用尽的概率是 \d+ %", said[2])
    assert "这是推算，不是实绩" in said[2]
    assert "测试幅度为假设" in said[3]
    assert "居民医保 2023-01–2023-08（快报 · B）：收入 6,185.27 亿元" in table(said, "账目的出处")
    assert table(said, "预警线及其出处").count("假设") >= 8


def test_accounts_that_do_not_add_up_are_listed_and_not_smoothed():
    said = stored("medical_insurance/fund")
    listed = table(said, "对不上的账目")
    year_2022 = "基本医疗保险（合计） · 2022 · 决算"
    assert cells(listed, year_2022)[1:4] == ["6,483.59", "6,324.93", "158.66"]
    assert cells(listed, "基本医疗保险（合计） · 2019 · 决算")[-1] == "口径变化"
    assert "C 存疑" in cells(listed, "基本医疗保险（合计） · 2021 · 快报")[0]
    assert cells(table(said, "历年收支与结余"), "2022")[4] == "7,534.13"


def test_the_fund_report_prints_its_backtest_beside_naive_growth():
    total = cells(table(stored("medical_insurance/fund"), "滚动回测"), "合计")
    assert int(total[1]) >= 20
    assert 0 <= float(total[3]) <= 100
    assert float(total[6]) == pytest.approx(float(total[4]) / float(total[5]), abs=0.02)
    assert float(total[6]) < 1


def test_a_break_year_is_named_where_it_is_left_out(tmp_path):
    said = run("medical_insurance/fund", tmp_path, scheme="all")
    assert cells(table(said, "推算所依据的增速"), "人均收入")[5] == "2020"
    assert "收入异常，不参与拟合" in cells(table(said, "历年收支与结余"), "2020")[-1]
    employees = run("medical_insurance/fund", tmp_path, scheme="employees")
    assert cells(table(employees, "推算所依据的增速"), "人均支出")[5] == "2019"


def test_where_own_years_are_too_few_the_growth_assumed_is_said(tmp_path):
    said = run("medical_insurance/fund", tmp_path, region="保山市")
    assert "可支付月数 3.8 · 低于正常区间（按本项目假设的预警线）" in said[1]
    assert said[2].startswith("**照全国的增速（自身年份太少）走下去，到 2031 年")
    assert table(said, "推算所依据的增速（全国）")
    assert "居民医保 2018（推算 · B）" in table(said, "借用增速的账目")
    assert cells(table(said, "预警记录"), "2020")[1:3] == ["2.7 · 结余不足", "-0.4 · 当期赤字"]


def test_a_region_without_accounts_is_told_what_to_fill_in(tmp_path):
    said = run("medical_insurance/fund", tmp_path, region="532300")
    assert "没有公开的年度收支，无从判断" in said[0]
    assert "fund.csv" in said[0]
    assert not any("概率是" in text for text in said)


@pytest.fixture
def own_fund(tmp_path):
    """The shipped package with five years and eighteen months that a bureau typed in."""
    folder = tmp_path / "bureau"
    shutil.copytree(NOTEBOOKS.parent / "data", folder, ignore=shutil.ignore_patterns("samples"))
    text = (folder / "fund.csv").read_text(encoding="utf-8")
    common = {"document": "med-ins", "scheme": "residents", "region": "532300", "unit": "万元"}
    common |= {"basis": "final", "quality": "A", "locator": "某局账目"}
    rows = []
    for year, (income, spent, reserve) in {
        "2021": ("100,000", "90,000", "40,000"),
        "2022": ("106,000", "97,000", "49,000"),
        "2023": ("111,000", "106,000", "54,000"),
        "2024": ("118,000", "113,000", "59,000"),
        "2025": ("124,000", "126,000", "57,500"),
    }.items():
        row = {
            "id": f"own-{year}",
            "period": year,
            "income": income,
            "expenditure": spent,
            "balance": reserve,
        }
        rows.append(common | row | {"enrollees": "２５０"})
    for number in range(18):
        month = f"{2025 + number // 12}-{number % 12 + 1:02d}"
        row = {"id": f"own-{month}", "period": month, "basis": "preliminary"}
        rows.append(common | row | {"income": str(10_000 + 100 * number), "expenditure": "10500"})
    with (folder / "fund.csv").open("w", encoding="gb18030", newline="") as file:
        file.write(text)
        csv.DictWriter(file, text.splitlines()[0].split(","), restval="").writerows(rows)
    return folder


def test_a_bureaus_own_accounts_and_months_make_the_report(own_fund, tmp_path):
    said = run("medical_insurance/fund", tmp_path, region="532300", data=str(own_fund), as_of="2026-06")
    assert said[0] == (
        "**楚雄州居民医保 2025 年：收入 124,000 万元，支出 126,000 万元，当期结余率 -1.6 %；年末累计结余 57,500 万元，"
        "可支付 5.5 个月。**"
    )
    assert said[1].startswith(
        "预警：当期结余率，% -1.6 · 当期赤字；支出与收入增速之差，百分点 6.4 · 支出远快于收入"
    )
    assert "照近年的增速走下去，到 2035 年" in "\n".join(said)
    # June 2026: 11 700 after 10 500; to date 11 200 to 11 700 in steps of 100, and 10 000 to 10 500 before
    assert (
        "**2026-06**：当月收入 11,700 万元（同比 +11.4 %），累计收入 68,700 万元（同比 +11.7 %）"
        in "\n".join(said)
    )
    # the reserve of 2025 should have fallen by 2000, to 57 000
    assert cells(table(said, "对不上的账目"), "居民医保 · 2025 · 决算")[2:5] == ["-1,500", "-2,000", "500"]
    assert cells(table(said, "最近各月"), "2026-06")[1:5] == ["11,700", "11.4", "68,700", "11.7"]
    earlier = run("medical_insurance/fund", tmp_path, region="532300", data=str(own_fund), as_of="2026-02")
    assert "**2026-02**" in "\n".join(earlier)
    assert "2026-03" not in "\n".join(earlier)
    assert "还有 4 行晚于 2026-02（最晚 2026-06），没有采用" in "\n".join(earlier)
    assert "晚于" not in "\n".join(said)


def test_preliminary_accounts_without_lines_or_stress_tests_say_so(own_fund, tmp_path):
    fund = own_fund / "fund.csv"
    text = re.sub("(own-20.*),final,", r"\1,preliminary,", fund.read_text(encoding="gb18030"))
    fund.write_text(text, encoding="utf-8")
    for name in ("fund_bands", "fund_scenarios"):
        path = own_fund / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    said = run("medical_insurance/fund", tmp_path, region="532300", data=str(own_fund))
    assert said[0].startswith("**楚雄州居民医保 2025 年（快报）：")
    assert said[1] == "没有为它设预警线（fund_bands.csv）。"
    assert not any("压力测试是" in text for text in said)


def test_a_scheme_that_does_not_exist_is_told_the_ones_that_do(tmp_path):
    with pytest.raises(
        papermill.PapermillExecutionError, match=r"no scheme 'pension'; known: all .*residents"
    ):
        run("medical_insurance/fund", tmp_path, scheme="pension")


def test_the_insurance_plan_sets_every_target_beside_others_or_says_why_not():
    said = stored("medical_insurance/plan")
    listed = table(said, "目标与别处的同口径实绩")
    rows = [line for line in listed.splitlines() if line.startswith("|")][2:]
    assert len(rows) == 22
    assert cells(listed, "居民医保政策范围内住院报销比例")[2] == "69.3 %（2021）"
    assert cells(listed, "基本医保参保率")[2:4] == ["≥ 95 %（2022）", "≥ 95 %（2020）"]
    assert cells(listed, "DRG付费住院费用占比")[-1] == "有数字而口径不同，不比较"
    assert cells(listed, "使用集采药品品种")[-1] == "未见公布"
    assert "84.6" not in listed  # the share in the catalogue is another thing
    accounts = table(said, "各地最近一年的基金账目")
    assert "| 保山市 | 居民医保 | 2021   | 8.9             | 3.8" in accounts
