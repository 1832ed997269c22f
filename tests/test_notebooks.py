"""The shipped notebooks, in both languages and on somebody else's data."""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
NAMES = [
    "education/action_plan",
    "education/balance",
    "education/plan",
    "education/modernization_2035",
    "medical_insurance/fund",
    "medical_insurance/plan",
    "rural_revitalization/plan",
]


def run(name, tmp_path, **parameters):
    """Texts that a notebook shows with these parameters."""
    path = NOTEBOOKS / f"{name}.ipynb"
    done = papermill.execute_notebook(
        path, tmp_path / "done.ipynb", parameters, cwd=path.parent, progress_bar=False, log_output=False
    )
    outputs = [output for cell in done.cells for output in cell.get("outputs", [])]
    assert {output.output_type for output in outputs} == {"display_data"}
    return [output.data["text/plain"] for output in outputs]


def stored(name):
    cells = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4).cells
    return [output.data["text/plain"] for cell in cells for output in cell.get("outputs", [])]


@pytest.mark.parametrize("name", NAMES)
def test_the_english_report_says_the_same_numbers(name, tmp_path):
    english, chinese = run(name, tmp_path, lang="en"), stored(name)
    assert len(english) == len(chinese)

    def billions(amount):  # with one digit more than in 亿元
        return f"{float(amount) / 10:.{len(amount.partition('.')[2]) + 1}f}"

    def numbers(text):
        line = text.split("\n")[0].replace("14th", "").replace(",", "")  # 十四五 is a word
        line = re.sub(r"([\d.]+) 万元", lambda m: f"{float(m[1]) / 100:.2f}", line)  # millions
        line = re.sub(r"([\d.]+) 亿元", lambda m: billions(m[1]), line)
        return re.findall(r"\d[\d.]*\d|\d", line)

    headline = [sorted(numbers(text)) for text in english[:2]]
    assert headline == [sorted(numbers(text)) for text in chinese[:2]]
    # places in a Chinese document stay Chinese; everything else is English
    shown = [text for text in english if "Place in it" not in text and "| Place" not in text]
    assert [
        re.findall(r"[\u4e00-\u9fff]+", text) for text in shown if re.search(r"[\u4e00-\u9fff]", text)
    ] == []


@pytest.mark.parametrize("name", [name for name in NAMES if name[-7:] != "balance" and name[-4:] != "fund"])
def test_another_countys_data_make_a_report(name, folder, tmp_path):
    parameters = {"region": "532399", "data": str(folder), "document": "plan-1", "lang": "en"}
    beside = {"beside": "530000"} if "modernization" in name else {}
    said = run(name, tmp_path, **parameters, **beside)
    assert "Education plan of a county" in said[0]


def test_the_education_report_judges_retention_as_a_floor():
    said = "\n".join(stored("education/plan"))
    assert "九年义务教育巩固率 98 % 低于 98.88 %（2020）" in said
    assert re.search(r"九年义务教育巩固率 .*无后续实绩 · 底线 .*98.88 %（2020） .*98 %（2025）", said)
    assert re.search(r"学前教育三年毛入园率 .*无后续实绩 .*95 %（2025） .*\+0.8 百分点", said)


def test_the_rural_report_offers_a_reading_of_the_income_figures():
    said = "\n".join(stored("rural_revitalization/plan"))
    for figure in (
        "12,861 元（2020）",
        "26,581 元（2025）",
        "15.6 %",
        "19.2 %",
        "11,637 元",
        "19.9 %",
        "不作结论",
    ):
        assert figure in said


def test_the_backtest_is_printed_in_the_education_report():
    said = next(text for text in stored("education/plan") if "滚动回测" in text.split("\n")[0])
    total = [cell.strip() for cell in said.splitlines()[-1].split("|")[1:-1]]
    assert total[0] == "合计"
    assert int(total[1]) >= 20
    assert float(total[4]) < float(total[5])  # better than repeating the last value


@pytest.fixture
def own_schools(tmp_path):
    """The shipped package without the samples, with two schools that a bureau typed into a spreadsheet."""
    folder = tmp_path / "bureau"
    shutil.copytree(NOTEBOOKS.parent / "data", folder, ignore=shutil.ignore_patterns("samples"))
    header = (folder / "schools.csv").read_text(encoding="utf-8").strip().split(",")
    totals = {
        **{"students": "1,000", "classes": "24", "largest_class": "44", "teachers_above_degree": "42"},
        **{
            "backbone_teachers": "10",
            "pe_arts_teachers": "9",
            "teaching_area": "4500",
            "sports_area": "７０００",
        },
        **{"equipment_value": "2,000,000", "multimedia_rooms": "23"},
    }
    names = {
        "region": "532323",
        "period": "2024",
        "type": "primary",
        "level": "primary",
        "document": "edu-3y",
    }
    with (folder / "schools.csv").open("w", encoding="gb18030", newline="") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        writer.writerow({**names, **totals, "code": "1", "name_zh": "茅阳小学"})
        writer.writerow({**names, **totals, "code": "2", "name_zh": "新桥小学", "pe_arts_teachers": "8"})
    return folder


def test_a_bureaus_own_schools_are_judged_and_nothing_is_called_synthetic(own_schools, tmp_path):
    said = run("education/balance", tmp_path, region="牟定县", data=str(own_schools))
    assert said[0].startswith(
        "**牟定县，2024 年：尚不能通过。** 达到要求的：学校资源 1/2（校×学段），差异系数 7/14"
    )
    text = "\n".join(said)
    assert "合成" not in text
    # the second school is short of a teacher (500 000 yuan) and of 500 m² (300 000): the first may wait
    assert re.search(r"\| 新桥小学 +\| 小学 +\| 30.0 +\| 运动场馆 \+500 平方米 +\| 体艺教师 +\|", text)
    assert "2/2 个校×学段达标，7/7 项差异系数在限值内" in text
    assert "按默认的单位成本（假设），" in text


def test_every_county_with_schools_is_a_report(own_schools):
    command = [
        sys.executable,
        "-m",
        "plan_monitor.cli",
        "list",
        "--only",
        "balance",
        "--data",
        str(own_schools),
    ]
    done = subprocess.run(
        command,
        cwd=NOTEBOOKS.parent,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0
    assert "education-balance-532323-zh" in done.stdout
    assert "education-balance-532323-en" in done.stdout
    assert "990001" not in done.stdout


def test_a_region_without_schools_still_has_its_timetable(tmp_path):
    said = run("education/balance", tmp_path, region="532300")
    assert "没有学校数据，无从评估" in said[0]
    text = "\n".join(said)
    assert "**各校达到标准的程度，%**：无数据。" in text
    assert "合成" not in text.replace("示例县（合成数据）", "")
    assert re.search(r"\| 姚安县 +\| 2035 +\| 2031 +\| 计划年在期限内，不矛盾", text)


def test_the_balance_report_says_first_that_its_schools_are_synthetic():
    said = stored("education/balance")
    assert said[0].startswith("**以下学校和答卷是合成的示例，不是真实的县。")
    shown = [text for text in said if "|" in text and re.search("城区第一小学|运动场馆|生均", text)]
    titled = [re.split("[\n。]", text)[0] for text in shown]
    assert len(titled) > 6
    assert all("合成" in title or "标准的出处" in title or "单位成本" in title for title in titled), titled


def test_the_balance_report_keeps_real_and_apparent_contradictions_apart():
    text = "\n".join(stored("education/balance"))
    assert "5 个的计划年早于另一文件的最迟期限，二者不矛盾" in text
    assert "2025 年占比 30 % 需要 3 个县市，有名有姓的只有 2 个" in text
    assert len(re.findall("计划年在期限内，不矛盾", text)) == 10
    assert re.search(r"就近划片入学比例 · 小学 +\| 达到 +\| 100 %", text)
    assert re.search(r"就近划片入学比例 · 初中 +\| 达到 +\| ≥ 95 %", text)


def test_a_status_that_a_bureau_fills_in_shows_on_the_timeline(tmp_path):
    folder = tmp_path / "bureau"
    shutil.copytree(NOTEBOOKS.parent / "data", folder)
    with (folder / "milestone_status.csv").open("a", encoding="utf-8") as file:
        file.write("sch-026,2023-12,done,edu-3y,某局 2024 年通报,,\n")
        file.write("sch-025,2025-01,missed,edu-3y,某局 2024 年通报,,\n")
    said = run("education/action_plan", tmp_path, data=str(folder))
    assert "已完成 1、到期未完成 1和到期，无公开记录 21" in said[0]
    assert "学前教育普及普惠 · 牟定县 · 通过国家评估 – 计划于 2023，已完成" in "\n".join(said)
    assert "某局 2024 年通报" in "\n".join(said)
    earlier = run("education/action_plan", tmp_path, data=str(folder), as_of="2024-06")
    assert "未到期" in earlier[0]
    assert "到期未完成" not in earlier[0]


def cells(text, row):
    """The cells of a row of a Markdown table, named by the first of them."""
    found = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if "|" in line]
    return next(line for line in found if line[0].startswith(row))


def table(said, title):
    return next(text for text in said if text.startswith(f"**{title}"))


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
    assert cells(listed, year_2022)[2:5] == ["6,483.59", "6,324.93", "158.66"]
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
    assert cells(table(employees, "推算所依据的增速"), "人均支出")[6] == "2019"


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
