"""The reports on medical insurance: what they say first, and what they make of a bureau's own accounts."""

import csv
import re
import shutil

import nbformat
import papermill
import pytest

from notebook_runs import NOTEBOOKS, cells, run, stored, table
from plan_monitor import fund
from plan_monitor.fund import verdict

pytestmark = pytest.mark.slow


def test_the_fund_report_answers_its_title_first():
    """Yes, no or cannot be told, for which years, and of when the newest figures are."""
    said = stored("medical_insurance/fund")
    assert said[0].startswith("**居民医保可付 9.2 个月（2024，推算），能否撑到 2028 年末不能判断。**")
    assert said[2].startswith(
        "全国居民医保 2026—2028 年能否撑住，不能判断；“撑得住”指各年末结余都不低于最低线。"
    )
    assert "最新年度账目是 2024 年的，最新月度数字到 2023-10" in said[2]
    assert re.search(r"跌破最低线的可能性为.成多，在最不利的压力测试“筹资标准增速低2个百分点且", said[2])
    assert "最低线 3 个月（本项目假设）" in said[2]
    assert "支出 10,661.49 亿元，当期结余率 4.6 %；年末累计结余 8,183.02 亿元，可支付 9.2 个月。" in said[3]
    assert re.search(
        r"2026—2028 年间出现当期赤字的可能性为.成多，累计结余用尽的可能性为(.成多|不到一成)", said[4]
    )
    assert "这是推算，不是实绩" in said[4]
    assert "2024 年没有触到预警线的：可支付月数；当期结余率；支出与收入增速之差。" in said
    assert any("2023 年支出与收入增速之差 7.5 个百分点" in text for text in said)
    assert sum("逐一改变假设，当期赤字的概率为" in text for text in said) == 1  # and nothing is said twice
    assert (
        sum(bool(re.search(r"从 \d 个年份出发，(\d+) 次比较中有 \d+ 次落在 80 % 区间内", t)) for t in said)
        == 1
    )
    assert "居民医保 2023-01–2023-08（快报 · B）：收入 6,185.27 亿元" in table(said, "账目的出处")
    assert table(said, "预警线及其出处").count("假设") >= 8


def test_the_rule_of_the_answer_stands_in_the_report_as_it_is_applied():
    """Prose in both languages, numbers as in the method."""
    notebook = nbformat.read(NOTEBOOKS / "medical_insurance/fund.ipynb", as_version=4).cells
    rules = {
        "lang-zh": (
            f"已过去超过 {verdict.OLD} 年",
            f"至少 {verdict.FEWEST} 个增速",
            f"不少于 {fund.ENOUGH} 个才计算概率",
            f"不超过 {100 * verdict.SURE:.0f} %：撑得住",
            f"不低于 {100 - 100 * verdict.SURE:.0f} %：很可能撑不住",
        ),
        "lang-en": (
            f"more than {verdict.OLD} years",
            f"at least {verdict.FEWEST} growth rates",
            f"at least {fund.ENOUGH} own growth rates",
            f"at most {100 * verdict.SURE:.0f} % under the hardest stress test, the reserve is adequate",
            f"at least {100 - 100 * verdict.SURE:.0f} % without any stress, it is very probably inadequate",
        ),
    }
    for tag, numbers in rules.items():
        method = next(
            cell.source
            for cell in notebook
            if tag in cell.metadata.get("tags", []) and cell.source.startswith(("## 方法", "## Method"))
        )
        assert [number for number in numbers if number not in method] == []


def test_no_probability_is_of_a_year_that_is_over():
    """2025 is over at 2025-12: the chart of chances begins with 2026."""
    said = stored("medical_insurance/fund")
    (chances,) = [text for text in said if text.startswith("到 2030 年出现过当期赤字的概率")]
    years = set(re.findall(r"\b(20\d\d) \d", chances))
    assert years == {"2026", "2027", "2028", "2029", "2030"}


def test_the_years_judged_are_projected_however_few_are_asked_for(tmp_path):
    said = run("medical_insurance/fund", tmp_path, years=1)
    assert any("2026—2028 年间出现当期赤字的可能性" in text for text in said)
    assert table(said, "到 2028 年的压力测试")


def test_employees_are_told_of_the_pooled_fund_first(tmp_path):
    said = run("medical_insurance/fund", tmp_path, scheme="employees")
    assert said[0].startswith("**职工医保统筹基金结余可付 27.6 个月（2024），撑得到 2028 年末。**")
    assert said[2].startswith("全国职工医保统筹基金 2026—2028 年撑得住；")
    assert "依据是结余，不是概率" in said[2]
    assert "最低线 3 个月（已公布的标准）" in said[2]
    assert "可支付 27.6 个月" in said[3]
    assert any(text.startswith("可支付月数的标准（已公布）") and "6—9 个月为正常" in text for text in said)
    assert "可支付 28.2 个月（含个人账户）" in said[4]
    everything = "\n".join(said)
    assert not re.search(r"可能性为?(.成多|不到一成)", everything)
    assert "可支付月数（含个人账户）" in table(said, "预警记录")
    assert cells(table(said, "统筹基金的预警记录"), "2024")[1] == "27.6 · 结余过多"
    assert "居民" not in table(said, "到 2030 年的压力测试")
    assert cells(table(said, "推算所依据的增速"), "人均支出")[-1] == "2019"
    assert not table(said, "人数与人均支出").count("2018–2021")  # another scope


def test_residents_are_not_tested_on_wages():
    said = stored("medical_insurance/fund")
    tests = table(said, "到 2030 年的压力测试")
    assert "工资" not in tests and "退休" not in tests
    assert cells(tests, "筹资标准增速低2个百分点且")[1].endswith("%")
    assert "居民不按工资缴费" in table(said, "压力测试的假设")


def test_accounts_that_do_not_add_up_are_listed_and_not_smoothed():
    said = stored("medical_insurance/fund")
    listed = table(said, "对不上的账目")
    year_2022 = "基本医疗保险（合计） · 2022 · 决算"
    assert cells(listed, year_2022)[1:4] == ["6,483.59", "6,324.93", "158.66"]
    assert cells(listed, "基本医疗保险（合计） · 2019 · 决算")[-1] == "口径变化"
    assert "C 存疑" in cells(listed, "基本医疗保险（合计） · 2021 · 快报")[0]
    assert cells(table(said, "历年收支与结余"), "2022")[4] == "7,534.13"


def test_the_fund_report_prints_its_backtest_by_start_and_beside_its_rivals():
    """Of all funds of the package: what each start adds, and what a plain random walk would have said."""
    listed = table(stored("medical_insurance/fund"), "滚动回测：数据包中的各基金")
    total = cells(listed, "合计")
    starts = [line for line in listed.splitlines() if line.startswith("| 从 ")]
    assert int(total[1]) == len(starts) == 3
    assert sum(int(line.split("|")[3]) for line in starts) == int(total[2]) == 14
    assert 0 <= int(total[3]) <= 14
    assert float(total[-1]) == pytest.approx(float(total[-3]) / float(total[-2]), abs=0.02)


def test_the_odds_stand_beside_what_they_owe_to_each_assumption():
    said = stored("medical_insurance/fund")
    listed = table(said, "到 2028 年的概率取决于哪些假设")
    rows = [line for line in listed.splitlines() if line.startswith("| ")][1:]
    assert len(rows) == 1 + len(fund.ASSUMPTIONS)
    assert all(
        re.fullmatch(r"<10 %|>90 %|\d0–\d0 %", cell) for cell in cells(listed, "收入与支出互不相关")[1:]
    )


def test_the_accounts_are_counted_by_what_can_be_checked():
    said = "\n".join(stored("medical_insurance/fund"))
    assert "154 个等式，其中 135 个缺数字，不能核对；能核对的 19 个里，相符 9 个" in said


def test_a_break_year_is_named_where_it_is_left_out(tmp_path):
    said = run("medical_insurance/fund", tmp_path, scheme="all")
    assert said[0].startswith("**2026—2028 年：职工医保统筹基金撑得住，居民医保能否撑住不能判断。**")
    assert "- 职工医保统筹基金撑得住。" in said[2] and "- 居民医保能否撑住，不能判断。" in said[2]
    assert cells(table(said, "推算所依据的增速"), "人均收入")[-1] == "2020"
    assert "收入异常，不参与拟合" in cells(table(said, "历年收支与结余"), "2020")[-1]
    assert "工资增速" not in table(said, "到 2030 年的压力测试")
    employees = run("medical_insurance/fund", tmp_path, scheme="employees")
    assert cells(table(employees, "推算所依据的增速"), "人均支出")[-1] == "2019"


def test_where_own_years_are_too_few_nothing_is_said_to_be_probable(tmp_path):
    said = run("medical_insurance/fund", tmp_path, region="保山市")
    assert said[0].startswith("**居民医保结余可付 3.8 个月（2021），能否撑到 2028 年末不能判断。**")
    assert "1. 保山市医疗保障局补报应已公布的 2022—2024 年决算；2025 年的 2026 年公布，届时补入。" in said[0]
    assert said[2].startswith("保山市居民医保 2026—2028 年能否撑住，不能判断；")
    assert "最新账目是 2021 年的，此后已过去 4 年；自身同口径的增速有 1 个" in said[2]
    assert "2021 年需要关注的：可支付月数 3.8 · 低于正常区间（假设的线）。" in said
    assert "收入（万元）：2020 166,320，2021 186,844；" in said[4]  # two years are bars and no line
    everything = "\n".join(said)
    assert "不是对保山市的预测，不给概率" in everything
    assert not re.search(r"可能性为?(.成多|不到一成)|赤字与用尽|取决于哪些假设", everything)
    assert "如按全国的增速：2022 " in everything
    assert len(cells(table(said, "到 2030 年的压力测试"), "如按全国")) == 2
    assert table(said, "推算所依据的增速（全国）")
    assert "居民医保 2018（推算 · B）" in table(said, "借用增速的账目")
    assert "14 次比较中有" in everything  # of the funds of the package
    assert cells(table(said, "预警记录"), "2020")[1:3] == ["2.7 · 结余不足", "-0.4 · 当期赤字"]


def test_a_region_without_accounts_is_told_what_to_fill_in(tmp_path):
    said = run("medical_insurance/fund", tmp_path, region="532300")
    assert said[0].startswith("**没有收录到居民医保可用的结余，能否撑到 2028 年末不能判断。**")
    assert "提供居民医保近五年的收入、支出和年末累计结余" in said[0]
    assert "没有收录到年度收支" in said[2]
    assert "fund.csv" in said[3]
    assert not any("成多" in text for text in said)


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
    assert said[0].startswith("**居民医保结余可付 5.5 个月（2025），能否撑到 2028 年末不能判断。**")
    # the reserve fell by 1,500 where it should have by 2,000
    assert (
        "楚雄州医疗保障局说明 2025 年居民医保账目：结余增加 -1,500 万元，收入减支出 -2,000 万元。" in said[0]
    )
    assert said[2].startswith("楚雄州居民医保 2026—2028 年能否撑住，不能判断；")
    assert "最新年度账目是 2025 年的，最新月度数字到 2026-06" in said[2]
    assert said[3] == (
        "楚雄州居民医保 2025 年：收入 124,000 万元，支出 126,000 万元，当期结余率 -1.6 %；年末累计结余 57,500 万元，"
        "可支付 5.5 个月。"
    )
    assert (
        "2025 年预警的：当期结余率 -1.6 % · 当期赤字（假设的线）；支出与收入增速之差 6.4 个百分点 · 支出远快于收入（假设的线）。"
        in said
    )
    assert "按近年增速推算，2026—2028 年间" in "\n".join(said)
    # June 2026: 11 700 after 10 500; to date 11 200 to 11 700 in steps of 100, and 10 000 to 10 500 before
    assert (
        "**2026-06**：当月收入 11,700 万元（同比 +11.4 %），累计收入 68,700 万元（同比 +11.7 %）"
        in "\n".join(said)
    )
    # the reserve of 2025 should have fallen by 2000, to 57 000
    assert cells(table(said, "对不上的账目"), "居民医保 · 2025 · 决算")[1:4] == ["-1,500", "-2,000", "500"]
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
    assert "没有为它设最低线（fund_bands.csv）" in said[2]
    assert said[3].startswith("楚雄州居民医保 2025 年（快报）：")
    assert any(text.startswith("2025 年不能判断的：可支付月数（没有预警线）") for text in said)
    assert not any("的压力测试“" in text for text in said)


def test_a_scheme_that_does_not_exist_is_told_the_ones_that_do(tmp_path):
    with pytest.raises(
        papermill.PapermillExecutionError, match=r"no scheme 'pension'; known: all .*residents"
    ):
        run("medical_insurance/fund", tmp_path, scheme="pension")


def test_the_insurance_plan_sets_every_target_beside_others_or_says_why_not():
    said = stored("medical_insurance/plan")
    listed = table(said, "目标与别处的同一指标")
    rows = [line for line in listed.splitlines() if line.startswith("|")][2:]
    assert len(rows) == 22
    assert cells(listed, "居民医保政策范围内住院报销比例")[2] == "69.3 %（2021）"
    assert cells(listed, "基本医保参保率")[2:4] == ["≥ 95 %（2022）", "≥ 95 %（2020）"]
    assert cells(listed, "DRG付费住院费用占比")[-1] == "有数字而口径不同，不比较"
    assert cells(listed, "使用集采药品品种")[-1] == "未见公布"
    assert "84.6" not in listed  # the share in the catalogue is another thing


def test_the_insurance_plan_calls_the_months_of_a_fund_what_they_are(tmp_path):
    said = run("medical_insurance/plan", tmp_path)
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in table(said, "各地最近一年的基金账目").splitlines()
        if line.startswith("|")
    ]
    months = {(row[0], row[1]): row[4] for row in rows}
    assert months["全国", "职工医保统筹基金"] == "27.6"
    assert months["全国", "职工医保（含个人账户）"] == "28.2"
    assert months["保山市", "居民医保"] == "3.8"
    assert ("保山市", "职工医保统筹基金") not in months
