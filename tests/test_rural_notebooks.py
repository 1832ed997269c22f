"""The reports on rural revitalization: figures that fit or do not, and households that are never named."""

import csv
import re
import shutil

import pytest

from notebook_runs import NOTEBOOKS, cells, run, stored, table

pytestmark = pytest.mark.slow


def test_the_rural_report_offers_a_reading_of_the_income_figures():
    text = "\n".join(stored("rural_revitalization/plan"))
    for figure in (
        "12,861 元（2020）",
        "26,581 元（2025）",
        "15.6 %",
        "19.2 %",
        "11,637 元",
        "19.9 %",
        "不作结论",
    ):
        assert figure in text


def test_the_rural_report_judges_its_incomes_as_the_audit_does(tmp_path):
    for texts, word in (
        (stored("rural_revitalization/plan"), "待发文机关澄清"),
        (run("rural_revitalization/plan", tmp_path, lang="en"), "to be cleared up by the issuer"),
    ):
        assert any(
            text.startswith((f"收入的几个数字（核查：{word}）", f"The income figures (the audit: {word})"))
            for text in texts
        )
        judged = table(
            texts, "核查对这些收入数字的结论" if word[0] == "待" else "What the audit says of these incomes"
        )
        assert judged.count(word) == 2
        assert "低于承诺" in "".join(texts) or "| below" in "".join(texts)


def test_the_exit_report_recomputes_every_rate_and_finds_the_one_that_does_not_hold():
    texts = stored("rural_revitalization/poverty_exit")
    assert texts[0].startswith("**按规划自报的数字，19 项指标完成 18 项，1 项存疑。**")
    assert "规划自称完成 **19 项**" in texts[0]  # the plan's own claim, a stored figure
    assert "其中 2 项只有文字" in texts[0] and "脱贫人口完成率 **159.6 %** · 重算为 159.48 %" in texts[0]
    assert "自称楚雄州上一规划期 19 项脱贫指标全部完成" in texts[2]
    assert "可衡量 9 项：7 项有基期数，2 项为累计任务，从零算起" in texts[2]
    assert "19项预期指标段 · 段首" in table(texts, "每个数字的出处")
    listed = table(texts, "文件所写的完成率与重算")
    assert cells(listed, "脱贫人口完成率")[4:] == ["159.48 %（159.42–159.55）", "不符"]
    assert listed.count("相符") == 4
    assert "159.42—159.55 %" in texts[4]
    outcomes = table(texts, "上一规划期的指标")
    assert len([line for line in outcomes.splitlines() if line.startswith("|")]) == 2 + 19
    assert cells(outcomes, "贫困地区森林覆盖率")[1:6] == [
        "63.5 %",
        "64.5 %",
        "68.01 %",
        "105.4",
        "451（434–470）",
    ]
    assert cells(outcomes, "建档立卡贫困村自然村通电率")[-1] == "基期已达到"
    for in_words in ("建档立卡贫困人口因病致贫返贫户", "建档立卡贫困村村集体经济年收入"):
        assert cells(outcomes, in_words)[3:] == ["“已达到预期指标”", "–", "–", "仅有文字", "仅有文字"]
    assert cells(outcomes, "易地扶贫搬迁建档立卡贫困人口")[-1] == "可衡量，从零算起"
    assert any("未用作基期的数：“4类重点对象”危房改造户数 30,000 户（2015）" in text for text in texts)
    assert cells(table(texts, "并列的两个数"), "建档立卡贫困人口因病致贫返贫户")[-1] == "两数口径文件未说明"
    assert cells(table(texts, "并列的两个数"), "贫困县（片区县）数 8 个")[1].startswith("摘帽贫困县 7 个")


def test_a_figure_printed_for_two_groups_is_doubtful_and_counts_as_neither_met_nor_measurable(tmp_path):
    texts = stored("rural_revitalization/poverty_exit")
    assert "1 项结果的数字存疑，不作判断" in texts[2]
    assert "贫困地区农村常住居民人均可支配收入增速 32.69 %：与建档立卡贫困人口" in texts[3]
    row = cells(table(texts, "上一规划期的指标"), "贫困地区农村常住居民人均可支配收入增速")
    assert row[1:] == ["10 %", "> 30.76 %", "32.69 %", "–", "–", "仅有存疑数据", "结果存疑"]
    english = run("rural_revitalization/poverty_exit", tmp_path, lang="en")
    assert english[0].startswith(
        "**By the plan's own figures 18 of 19 targets were met; 1 figure is doubtful.**"
    )
    assert "all 19 poverty targets of the plan before were met" in english[2]
    assert "for 9: 7 have a base figure, 2 are sums, counted from zero" in english[2]
    assert "1 with a doubtful figure of the outcome" in english[2]


def test_the_rural_report_asks_who_has_grown_like_that_and_shows_the_ways():
    texts = stored("rural_revitalization/plan")
    assert texts[0].startswith("**收入目标前后不符：按表每年须增 15.6 %，正文写 19.2 % 以上。**")
    assert "所需年增速，3 种读法 **15.6 / 18.0 / 19.9 %** · 正文承诺 ≥ 19.2 %" in texts[0]
    assert "1. 请楚雄州人民政府澄清收入目标" in texts[0]
    assert any("相比，最多约 1.33 倍：原来收入较低的人群" in text for text in texts[2:])
    poor = cells(table(texts, "已公开的农村收入增长"), "楚雄州 · 建档立卡贫困人口人均收入")
    assert poor[1:4:2] == ["2014–2020", "29.5 %"] and poor[-1] == "达到过"
    nation = cells(table(texts, "已公开的农村收入增长"), "全国 · 农村居民人均可支配收入")
    assert nation[2:] == ["17,131 → 23,119", "7.8 %", "10.5 % (2020–2021)", "没有"]
    ways = next(one for one in texts if "基期、目标与别处最新的数" in one)
    assert ways.startswith("变动最大的是农村自然村道路硬化率：47 % 到 ≥ 70 %。")
    assert "全国最新（%）：农村自来水普及率（新标准） 96" in ways
    beside = cells(table(texts, "目标与别处的同一指标"), "农村自来水普及率（新标准）")
    assert beside[1:4] == ["88 %（2025）", "90 %（2024）", "96 %（2025）"]


def test_the_relapse_report_says_first_that_its_households_are_synthetic():
    texts = stored("rural_revitalization/relapse_watch")
    assert texts[0].startswith("**合成数据：3,000 户中 213 户（7.1 %）应纳入监测，21 户未在册。**")
    assert "农户是合成的，不是真实的农户。" in texts[0]
    assert texts[2].startswith("农户是合成的，不是真实的农户。")
    shown = [re.split("[\n。]", text)[0] for text in texts if "|" in text or "：" in text.split("。")[0]]
    of_households = [title for title in shown if title.startswith("**") or "（合成数据）" in title]
    others = ("所用的监测线", "农户数据与定义的出处")
    assert len(of_households) > 12
    assert all("合成" in title or any(other in title for other in others) for title in of_households)


def test_each_table_and_chart_of_the_model_says_that_it_only_shows_that_the_procedure_runs(tmp_path):
    for lang, mark, titles in (
        (
            "zh",
            "（合成数据，只说明程序能运行）",
            ("6 个因素中", "平均边际效应", "样本外检验", "7 组中", "校准："),
        ),
        (
            "en",
            " (synthetic data: shows only that the procedure runs)",
            ("4 of 6 factors", "Average marginal", "Trial out", "In 5 of 7 classes", "Calibration"),
        ),
    ):
        texts = [text.lstrip("*") for text in run("rural_revitalization/relapse_watch", tmp_path, lang=lang)]
        for title in titles:
            shown = [text for text in texts if text.startswith(title)]
            assert shown
            assert all(text.count(mark) == 1 for text in shown)


def test_no_risk_is_given_for_a_year_that_is_over(tmp_path):
    over = stored("rural_revitalization/relapse_watch")
    assert "最新数据为 2023 年，预测年份 2024 年已过，不列风险概率。" in over
    assert not any("一年内落入监测范围的风险" in text or "会达到监测条件" in text for text in over)
    total = "检验年合计（合成数据，只说明程序能运行）：模型预测约 89 户，实际 109 户，总数低估约 18 %，不止是"
    assert any(total in text for text in over)
    before = run("rural_revitalization/relapse_watch", tmp_path, as_of="2024-06")
    assert any("约有 97 户到 2024 年会达到监测条件" in text for text in before)
    assert "| ≥ 20 %" in table(before, "按 2023 年的情况")
    assert not any("已过" in text for text in before)
    assert len(before) == len(over) + 1


def test_the_answer_names_what_is_assumed_and_claims_no_cause_and_no_official_status():
    texts = stored("rural_revitalization/relapse_watch")
    assert "按假设的监测线 7,000 元、收入降幅 30 %，213 户应纳入监测" in texts[2]
    assert "补到监测线共缺 **129.4 万元** · 假设的监测线 7,000 元" in texts[0]
    assert any("数据未达监测条件的 22 户" in text for text in texts)
    assert any("将新增 201 户" in text and "不计应对，也不计连带影响" in text for text in texts)
    assert not re.search("风险已消除|各因素对|上限|会使", "".join(texts))


def test_no_household_is_named_in_a_published_report(tmp_path):
    for name in (None, {"lang": "en", "shock": 35.0, "region": "990001"}):
        texts = (
            run("rural_revitalization/relapse_watch", tmp_path, **name)
            if name
            else stored("rural_revitalization/relapse_watch")
        )
        assert not re.search(r"H\d{4}", "\n".join(texts))


def test_the_interactive_notebook_can_list_households(tmp_path):
    listed = table(run("rural_revitalization/relapse_watch", tmp_path, listed=7), "名单（不得公开）")
    rows = re.findall(r"^\| H\d{4} .*", listed, flags=re.MULTILINE)
    assert len(rows) == 7


def test_counts_below_five_are_never_published_not_even_on_request(tmp_path):
    texts = run("rural_revitalization/relapse_watch", tmp_path, smallest=1)
    assert texts[1:] == stored("rural_revitalization/relapse_watch")[1:]


@pytest.fixture
def own_households(tmp_path):
    """The shipped package without the samples, with a few households that a township typed in."""
    folder = tmp_path / "bureau"
    shutil.copytree(NOTEBOOKS.parent / "data", folder, ignore=shutil.ignore_patterns("samples"))
    header = (folder / "households.csv").read_text(encoding="utf-8").strip().split(",")
    common = {
        "region": "532323",
        "period": "2024",
        "township": "江坡镇",
        "members": "3",
        "document": "edu-3y",
    }
    common |= dict.fromkeys(("business", "property", "transfer", "medical", "education", "disaster"), "0")
    with (folder / "households.csv").open("w", encoding="gb18030", newline="") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        for number in range(20):
            poor = number < 3
            status = "lifted" if number % 2 else "other"
            row = {"code": f"JP{number:04d}", "status": status, "wage": "１5,000" if poor else "66,000"}
            writer.writerow(common | row)
    with (folder / "monitoring_lines.csv").open("a", encoding="utf-8") as file:
        file.write("line-532300-2024,532300,2024,7000,30,edu-3y,某县通知第一条,,\n")
    return folder


def test_a_townships_own_households_make_the_report_and_hide_the_few(own_households, tmp_path):
    texts = run("rural_revitalization/relapse_watch", tmp_path, region="牟定县", data=str(own_households))
    assert texts[0].startswith("**应纳入监测的户数太少，按披露规则隐去。**")
    assert texts[2] == "牟定县 2024 年，＊ 户应纳入监测。"
    assert not re.search(r"(?<![\d.,])[1-4] 户|T\d|江坡镇", texts[0])
    text = "\n".join(texts)
    assert "合成" not in text
    assert "JP0" not in text
    assert "没有风险模型：没有一户有连续两年的数据。" in text
    assert "某县通知第一条" in table(texts, "所用的监测线")
    assert "假设的监测线" not in text  # the county has published its own
    for shown in ("逐年户数", "2024 年的原因"):
        assert not re.search(r"\| +[1-4] +\|", table(texts, shown))


def test_a_model_of_real_households_is_shown_with_its_trial_and_not_called_made_up(own_households, tmp_path):
    sample = NOTEBOOKS.parent / "data" / "samples" / "households_synthetic.csv"
    rows = sample.read_text(encoding="utf-8").replace("990001,", "532323,")
    rows = rows.replace(",synthetic-households", ",edu-3y")
    (own_households / "households.csv").write_text(rows, encoding="utf-8")
    with (own_households / "monitoring_lines.csv").open("a", encoding="utf-8") as file:
        for year, line in (("2021", 6000), ("2022", 6500), ("2023", 7000)):
            file.write(f"line-532300-{year},532300,{year},{line},30,edu-3y,某县通知第二条,,\n")
    texts = run("rural_revitalization/relapse_watch", tmp_path, region="牟定县", data=str(own_households))
    text = "\n".join(texts)
    assert "AUC 为 0.78" in text
    assert "合成" not in text
    assert "程序能够运行" not in text
    made_up = "\n".join(stored("rural_revitalization/relapse_watch"))
    assert made_up.count("程序能够运行") == 1  # where the model is shown


def test_the_coupling_report_claims_no_coordination_that_chance_gives_too(tmp_path):
    texts = stored("rural_revitalization/coupling")
    assert texts[0].startswith("**2020—2024 年 9 项指标有 7 项改善，三个系统是否协调不能判断。**")
    assert "2024 年协调度 **0.80** · 不是协调的证据" in texts[0]
    assert "互不相干也可得到 **1.00**" in texts[0]
    improved = (
        "按所定方向（↑ ↓），9 项指标中 2024 年比 2020 年改善的有 7 项，没有改善的是参保人数和当期结余率。"
    )
    assert improved in texts
    shares = [cells(table(texts, "2024 年的协调度与互不相干"), name)[-1] for name in ("熵权", "CRITIC")]
    assert f"占 {shares[1].removesuffix(' %')}—{shares[0]}，随赋权而异" in texts[2]
    assert any(text.startswith("基年 2020 的基金数字在数据中标为异常") for text in texts)
    assert "0.80（熵权），不能作为协调的证据" in texts[2]
    assert "结果就是 1.00" in texts[2]
    assert "影响最大的是人均基金支出" in texts[3]
    assert "算法使然" in texts[3]
    years = table(texts, "耦合协调度")
    assert cells(years, "2020")[-1] == "0.00"
    assert not re.search("失调|中级|良好|优质", years)  # no grade stands beside a degree
    beside = cells(table(texts, "2024 年的协调度与互不相干的指标相比"), "熵权")
    assert beside[1:3] == ["0.80", "1.00"]
    assert re.fullmatch(r"0\.6\d（0\.00–0\.8\d）", beside[3])
    assert cells(table(texts, "协调度与 TOPSIS 名次"), "2024")[2] == "1"
    english = run("rural_revitalization/coupling", tmp_path, lang="en")
    assert english[0].startswith(
        "**2020–2024: 7 of 9 indicators improved; whether the systems are coordinated"
    )
    assert "is no evidence of coordination" in english[2]


def test_no_prefecture_is_ranked_against_the_province_and_nation_it_is_part_of():
    text = "\n".join(stored("rural_revitalization/coupling"))
    assert "没有三个以上同级地区" in text
    assert "各地区的 TOPSIS 名次" not in text


def test_counties_are_ranked_among_themselves(tmp_path):
    folder = tmp_path / "bureau"
    shutil.copytree(NOTEBOOKS.parent / "data", folder)
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        for number, county in enumerate(("532301", "532302", "532322")):
            for name, value in (("preschool-gross-enrolment-rate", 90), ("compulsory-retention-rate", 96)):
                row = (
                    f"own-{number}-{value},edu-3y,{name},{county},2019,=,{value + number},%,A,printed,,表1,,"
                )
                file.write(row + "\n")
    texts = run("rural_revitalization/coupling", tmp_path, data=str(folder))
    ranked = table(texts, "2019 年各地区的 TOPSIS 名次")
    assert cells(ranked, "双柏县")[-2:] == ["1.00", "1"]
    assert cells(ranked, "楚雄市")[-2:] == ["0.00", "3"]
    assert not re.search("楚雄州|云南省|全国|昆明", ranked)


def test_regions_without_the_three_systems_get_no_index(tmp_path):
    texts = run("rural_revitalization/coupling", tmp_path, region="532300")
    assert "不作计算" in texts[0]
    assert "医疗保障 **没有数据**" in texts[0]
    assert "完全没有数据的系统：医疗保障和乡村" in texts[2]
