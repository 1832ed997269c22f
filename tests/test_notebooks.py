"""The shipped notebooks, in both languages and on somebody else's data."""

import csv
import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest

from notebook_runs import NOTEBOOKS, run, stored

pytestmark = pytest.mark.slow

NAMES = [
    "audit/plan_audit",
    "audit/reading",
    "education/action_plan",
    "education/balance",
    "education/plan",
    "explore",
    "education/modernization_2035",
    "governance/listing",
    "governance/plan",
    "medical_insurance/fund",
    "medical_insurance/plan",
    "overview",
    "rural_revitalization/coupling",
    "rural_revitalization/plan",
    "rural_revitalization/poverty_exit",
    "rural_revitalization/relapse_watch",
]
# those about the promises of one document
OF_A_DOCUMENT = [
    name
    for name in NAMES
    if name.split("/")[-1]
    not in ("balance", "fund", "coupling", "relapse_watch", "plan_audit", "reading", "overview", "explore")
]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_titles_are_plain_and_distinct_and_the_question_stands_beneath(lang):
    titles = []
    for name in NAMES:
        cells = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4).cells
        first = next(cell.source for cell in cells if f"lang-{lang}" in cell.metadata.get("tags", []))
        title, question = re.fullmatch(r"# (.+)\n\n(.+)", first).groups()
        assert question.endswith("？" if lang == "zh" else "?") and question.count("\n") == 0
        assert not re.search("[？?，；。]", title) and len(title) <= (16 if lang == "zh" else 60)
        titles.append(title)
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", NAMES)
def test_the_english_report_says_the_same_numbers(name, tmp_path):
    english, chinese = run(name, tmp_path, lang="en"), stored(name)
    assert len(english) == len(chinese)

    def billions(amount):  # with one digit more than in 亿元
        return f"{float(amount) / 10:.{len(amount.partition('.')[2]) + 1}f}"

    def numbers(text):
        line = text.split("\n")[0].replace("14th", "").replace(",", "")  # 十四五 is a word
        line = re.sub(r"([\d.]+) 万元", lambda m: f"{float(m[1]) / 100:.2f}", line)
        line = re.sub(r"([\d.]+) million", lambda m: f"{float(m[1]):.2f}", line)
        line = re.sub(r"([\d.]+) 亿元", lambda m: billions(m[1]), line)
        line = re.sub(r"([\d.]+) 万(?=人|个)", lambda m: f"{float(m[1]) * 10_000:.0f}", line)
        return re.findall(r"\d[\d.]*\d|\d", line)

    headline = [sorted(numbers(text)) for text in english[:2]]
    assert headline == [sorted(numbers(text)) for text in chinese[:2]]
    # places in a Chinese document stay Chinese; everything else is English
    shown = [
        text
        for text in english
        # and so do the words that a note quotes
        if not any(heading in text for heading in ("Place in the document", "| Article", "| Place", "| Note"))
    ]
    assert [
        re.findall(r"[\u4e00-\u9fff]+", text) for text in shown if re.search(r"[\u4e00-\u9fff]", text)
    ] == []


@pytest.mark.parametrize("name", OF_A_DOCUMENT)
def test_another_countys_data_make_a_report(name, folder, tmp_path):
    parameters = {"region": "532399", "data": str(folder), "document": "plan-1", "lang": "en"}
    beside = {"beside": "530000"} if "modernization" in name else {}
    said = run(name, tmp_path, **parameters, **beside)
    assert "Education plan of a county" in "\n".join(said)


def test_the_education_report_judges_retention_as_a_floor():
    said = "\n".join(stored("education/plan"))
    assert "九年义务教育巩固率 98 % 低于 98.88 %（2020）" in said
    assert re.search(r"九年义务教育巩固率 .*到期待公布 · 底线 .*98.88 %（2020） .*98 %（2025）", said)
    assert re.search(r"学前教育三年毛入园率 .*到期待公布 .*95 %（2025）", said)
    assert re.search(r"学前教育三年毛入园率 .*未到期 .*98 %（2035） .*\+0.5 百分点", said)


def test_the_backtest_is_printed_in_the_education_report():
    said = next(text for text in stored("education/plan") if "滚动回测" in text.split("\n")[0])
    total = [cell.strip() for cell in said.splitlines()[-1].split("|")[1:-1]]
    assert total[0] == "合计"
    assert int(total[1]) >= 100
    assert float(total[6]) < float(total[7])  # better than repeating the last value
    verdict = next(text for text in stored("education/plan") if "个年度序列，过去的 80 % 区间覆盖了" in text)
    assert f"80 % 区间覆盖了 {total[2]}" in verdict


def test_a_sum_over_a_doubtful_investment_has_both_readings(tmp_path):
    said = run("education/plan", tmp_path)
    total = next(text for text in said if "存疑的数按另一读法" in text)
    assert total.startswith("**合计 259 亿元；存疑的数按另一读法，合计为 202 亿元**")
    assert "| 64 亿元（或 6.4 亿元） |" in total
    chart = next(text for text in said if text.startswith("投资最大的是普通高中新建和改扩建项目，81 亿元"))
    assert "学前教育普及普惠建设项目 64（数字存疑），普通高中新建和改扩建项目 81，" in chart


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
    assert said[0].startswith("**尚不能通过，2 个校×学段中 1 个资源达标，")
    assert "学校资源 **1/2 个校×学段** · 未达标" in said[0] and "差异系数 **7/14 项**" in said[0]
    assert "牟定县教育行政部门自评前补答 " in said[0]
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
    assert "balance-532323-zh" in done.stdout
    assert "balance-532323-en" in done.stdout
    assert "990001" not in done.stdout


def test_a_region_without_schools_still_has_its_timetable(tmp_path):
    said = run("education/balance", tmp_path, region="532300")
    assert "没有学校数据，无从评估" in said[0]
    text = "\n".join(said)
    assert "**各校达到标准的程度，%**：无数据。" in text
    assert "合成" not in text.replace("示例县（合成数据）", "")
    assert re.search(r"\| 姚安县 +\| 2035 +\| 2031 +\|", text)
    assert "（各行相同：读法 计划年在期限内，不矛盾）" in text


def test_the_balance_report_says_first_that_its_schools_are_synthetic():
    said = stored("education/balance")
    assert said[0].startswith("**合成数据：尚不能通过，42 个校×学段中 4 个资源达标，8 项待答。**")
    assert "学校和答卷是合成的示例，不是真实的县。" in said[0]
    shown = [text for text in said if "|" in text and re.search("城区第一小学|运动场馆|生均", text)]
    titled = [re.split("[\n。]", text)[0] for text in shown]
    assert len(titled) > 6
    assert all("合成" in title or "标准的出处" in title or "单位成本" in title for title in titled), titled


def test_the_balance_report_keeps_real_and_apparent_contradictions_apart():
    text = "\n".join(stored("education/balance"))
    assert "10 个县市的计划年都不晚于期限" in text
    assert "2025 年占比 30 %，需要 3 个县市，各文件届时明确到县的只有 2 个" in text
    assert "（各行相同：读法 计划年在期限内，不矛盾）" in text
    assert re.search(r"就近划片入学比例 · 小学 +\| 达到 +\| 100 %", text)
    assert re.search(r"就近划片入学比例 · 初中 +\| 达到 +\| ≥ 95 %", text)


def test_a_status_that_a_bureau_fills_in_shows_on_the_timeline(tmp_path):
    folder = tmp_path / "bureau"
    shutil.copytree(NOTEBOOKS.parent / "data", folder)
    with (folder / "milestone_status.csv").open("a", encoding="utf-8") as file:
        file.write("sch-026,2023-12,done,edu-3y,某局 2024 年通报,,\n")
        file.write("sch-025,2025-01,missed,edu-3y,某局 2024 年通报,,\n")
    said = run("education/action_plan", tmp_path, data=str(folder))
    assert said[0].startswith("**23 个节点中 1 个没有完成，14 个已逾期，未见结果。**")
    for fact in (
        "未完成或放弃 **1 个**",
        "逾期，未见结果 **14 个**",
        "到期，尚在公布期 **7 个**",
        "已完成 **1 个**",
    ):
        assert fact in said[0]
    assert "学前教育普及普惠 · 牟定县 · 通过国家评估 – 计划于 2023，已完成" in "\n".join(said)
    assert "某局 2024 年通报" in "\n".join(said)
    earlier = run("education/action_plan", tmp_path, data=str(folder), as_of="2024-06")
    assert "未到期" in earlier[0]
    assert "没有完成" not in earlier[0].split("\n")[0]
