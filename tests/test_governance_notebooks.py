"""What the reports on the smaller plans, the audit and the overview say."""

import re
import shutil

import nbformat
import pytest
from bs4 import BeautifulSoup

from notebook_runs import NOTEBOOKS, cells, run, stored, table

pytestmark = pytest.mark.slow


def test_the_audit_says_first_how_many_statements_hold():
    texts = stored("audit/plan_audit")
    assert texts[0].startswith("**207 条表述中 21 条须由发文机关答复，其中 1 条证实有误。**")
    assert "不符，非规划之误 **40 条** · 底线或期限、口径、文稿损坏等" in texts[0]
    assert cells(table(texts, "经核算或对照证实的错误或矛盾"), "脱贫人口完成率")[1].startswith(
        "算得 159.48 % – "
    )
    unclear = table(texts, "待发文机关澄清")
    assert cells(unclear, "2020年脱贫人口收入")[1].startswith("11,637 元 – 楚雄州“十四五”巩固拓展")
    assert cells(unclear, "2020年脱贫人口收入")[3] == "金额和约束性指标"
    assert cells(unclear, "电子政务规划：第一步")[1:3][0].startswith("2020 – ")
    changed = table(texts, "后出文件改变而未说明（均不涉及金额、约束性指标和人数，依核对表中文件的先后）")
    assert cells(changed, "晋升一级二等")[1].startswith("算得 5 所 – ")
    assert any(re.match(r"规划文件里的 \d+ 个数字中，.+其余 \d+ 个未设核对", text) for text in texts)
    assert "19.90 %" in table(texts, "经得起重算的调和读法")


def test_the_audit_reads_a_damaged_table_as_it_stands_and_realigned():
    sums = next(text for text in stored("audit/plan_audit") if "各县市合计减总数" in text)
    before, after = sums.split("错位还原后 – ")
    assert "+21（合计不符）" in before
    assert "股改企业 -3（合计不符）" in after
    assert after.count("合计不符") == 1


def test_a_wrong_digit_is_told_first_in_the_audit_report(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(NOTEBOOKS.parent / "data", folder)
    readings = folder / "readings.csv"  # what was read agrees with the right digit, and check says so
    readings.write_text(readings.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    path = folder / "targets.csv"
    text = path.read_text(encoding="utf-8")
    wrong = text.replace(
        "edu-145-213,edu-145,kindergartens,532300,2025,=,809",
        "edu-145-213,edu-145,kindergartens,532300,2025,=,819",
    )
    assert wrong != text
    path.write_text(wrong, encoding="utf-8")
    texts = run("audit/plan_audit", tmp_path, data=str(folder))
    assert any("有 1 处不符尚未评审" in text for text in texts[:4])
    assert "幼儿园数（2025年）" in table(texts, "尚未评审的不符")


def test_the_listing_report_counts_what_does_not_add_up():
    texts = stored("governance/listing")
    assert texts[0].startswith("**禄丰市和楚雄市(含高新区)合计承担各类任务的 47 至 80 %。**")
    assert "股改企业县市任务合计 **97 户（2025）** · 总任务 100 户" in texts[0]
    assert "“新三板”挂牌企业：80；主板上市企业：75" in texts[1]
    sums = next(text for text in texts if text.startswith("18 栏的县市合计等于全州数，1 栏不等"))
    assert "其中 4 栏的数是按合计放回原处的，相符不能作为证据" in sums
    fallen = table(texts, "低于上年的任务")
    assert cells(fallen, "武定县")[2:4] == ["5 户（2023）", "3 户（2024）"]
    growth = table(texts, "各年任务数与年均增长")
    assert cells(growth, "主板上市企业")[1:5] == ["1", "2", "–", "4"]


def test_the_e_government_report_keeps_other_definitions_apart():
    texts = stored("governance/plan")
    other = table(texts, "同领域的其他公开数字")
    assert "不含零跑动" in cells(other, "政务服务事项全程网办率")[-1]
    judged = table(texts, "数字承诺与进展")
    users = cells(judged, "“一部手机办事通”注册用户数")  # registered users are a stock: any month tells
    # the verdict says of when it is, and the note that the figure counts persons who moved as well
    assert "139.28 万人（2022-06）" in users and users[1] == "符合进度（按 2022-06 的数）"
    assert "含迁移用户" in users[-1]
    assert cells(judged, "政务服务事项网上可办率")[1] == "已达成（按 2022-06 的数）"
    other = cells(judged, "全程网办和零跑动率")
    assert other[1] == "仅有口径不同的数字" and "口径不同的：政务服务事项全程网办率" in other[-1]


@pytest.mark.parametrize("document", ["sci-literacy", "housing", "tcm-30", "drug-20"])
def test_every_smaller_plan_makes_a_report_in_both_languages(document, tmp_path):
    for lang in ("zh", "en"):
        texts = run("governance/plan", tmp_path, document=document, lang=lang)
        answer, *rest = texts[0].split("\n")
        assert re.fullmatch(r"\*\*[^*]+[。.]\*\*", answer)
        assert 3 <= sum(line.startswith("- ") for line in rest) <= 6
        assert re.search(r"(数字承诺 |Promises in numbers: )\d+", "\n".join(texts))


def test_every_tile_of_the_overview_leads_to_a_report_that_is_made():
    from reportkit.render.recipes import read

    made = {f"{job.name}.html" for job in read(NOTEBOOKS.parent / "reports/recipes.yml")[0]}
    notebook = nbformat.read(NOTEBOOKS / "overview.ipynb", as_version=4)
    pages = [
        o.data["text/html"] for c in notebook.cells for o in c.get("outputs", []) if "text/html" in o.data
    ]
    links = {a["href"] for text in pages for a in BeautifulSoup(text, "html.parser").select(".tile a")}
    assert links <= made
    assert {name for name in made if name.endswith("-zh.html")} - links == {"overview-zh.html"}


def test_the_overview_shows_what_is_known_and_what_nobody_published():
    texts = stored("overview")
    assert re.match(r"\*\*304 项承诺，246 项到期待公布，有实绩可判断的 2 项。", texts[0])
    assert "可判断或可预测的承诺中，没有一项显示落后。" in texts
    ways = table(texts, "要求变化最大的百分数指标")
    assert cells(ways, "电子政务外网行政村级覆盖率")[1:] == ["8.42 %（2020）", "80 %（2025）", "14"]
    gaps = table(texts, "到期而无法判断的承诺")
    assert [cells(gaps, reason)[1] for reason in ("到期待公布", "逾期未收录", "仅有口径不同的数字")] == [
        *("246", "27", "4"),
    ]


def test_the_overview_counts_by_class_and_begins_with_the_binding_incomes():
    texts = stored("overview")
    audited = next(text for text in texts if text.startswith("核对"))
    assert re.match(r"核对规划的 \d+ 条表述，其中 6 条无法核对：", audited)
    assert "错误或矛盾 1 处；后出文件改变而未说明 3 处；待发文机关澄清 17 处。" in audited
    assert audited.endswith("逐条见第五节和规划数据核查报告。")
    first = table(texts, "按后果排列的前五处")
    shown = [line.split("|")[1].strip() for line in first.splitlines() if line.startswith("|")][2:]
    assert [name[:6] for name in shown[:3]] == ["2020年脱", "脱贫人口增收", "生态护林员："]
    assert "各行相同：类别 待发文机关澄清" in first
    assert cells(first, "生态护林员：补助金额与岗位数相同")[3] == "金额和人数"


def test_the_overview_and_the_audit_count_the_same():
    told = r"错误或矛盾 (\d+) 处；后出文件改变而未说明 (\d+) 处；待发文机关澄清 (\d+) 处"
    page = re.search(told, "\n".join(stored("overview"))).groups()
    first = stored("audit/plan_audit")[0]
    names = ("证实的错误或矛盾", "改变而未说明", "待发文机关澄清")
    assert page == tuple(re.search(rf"{name} \*\*(\d+) 条", first)[1] for name in names)


def test_an_overview_of_other_data_without_recipes(folder, tmp_path):
    texts = run("overview", tmp_path, data=str(folder), recipes="", region="某县", lang="en")
    assert texts[0].startswith("**3 promises: 2 overdue, none found; 1 can be judged by published figures.**")
    assert "Education plan of a county: promises in numbers: 3" in "\n".join(texts)
    assert "](" not in "\n".join(texts)


def test_an_audit_of_other_data_has_nothing_to_say(folder, tmp_path):
    texts = run("audit/plan_audit", tmp_path, data=str(folder), region="某县", lang="en")
    assert texts[0].startswith("**No statement is checked: an error in the plans' figures would not show.**")
    assert "no data" in "\n".join(texts)
