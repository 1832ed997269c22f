"""A made-up plan becomes checks: sums, rises, growth, shares, and what two places say of one thing."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.reading import checks, draft, passages

TABLE = """某市“十四五”水务发展规划

第二章 发展目标

各县泵站建设任务表
单位:个
县区\t2022年\t2023年\t2024年
青禾县\t{parts[0]}\t4\t6
白石县\t5\t7\t9
柳泉县\t1\t2\t3
合计\t9\t13\t18
"""
INDICATORS = pd.DataFrame(
    {
        "id": ["tap-water"],
        "name_zh": ["农村自来水普及率"],
        "unit": ["%"],
        "aliases": [""],
        "domain": ["water"],
    }
)


def found(text, rule=None, **given):
    rows = draft.read(passages.read(text), year=2020, until=2025, **given)
    made = checks.candidates(rows)
    return made if rule is None else made[made["rule"].eq(rule)]


def one(text, rule, **given):
    made = found(text, rule, **given)
    assert len(made) == 1, made["text_zh"].tolist()
    return made.iloc[0]


def test_columns_of_a_table_are_held_against_its_total():
    columns = found(TABLE.format(parts=[3]), "column")
    assert columns["verdict"].tolist() == ["holds"] * 3
    assert columns["kind"].unique().tolist() == ["arithmetic"]


def test_a_row_whose_number_was_struck_out_is_compared_with_nothing():
    rows = draft.read(passages.read(TABLE.format(parts=[3])), year=2020, until=2025)
    rows["value"] = rows["value"].astype(object)
    rows.loc[rows["value"].astype(str).eq("13"), "value"] = ""
    made = checks.candidates(rows)
    assert made.loc[made["rule"].eq("column"), "told"].tolist() == [9, 18]


def test_a_wrong_digit_in_a_table_is_found_first_and_named():
    made = found(TABLE.format(parts=[2]))
    wrong = made.iloc[0]
    assert (wrong["rule"], wrong["verdict"], wrong["computed"], wrong["told"]) == (
        "column",
        "contradicts",
        8,
        9,
    )
    assert "2 个 + 5 个 + 1 个 = 8 = 9 个" in wrong["text_zh"]
    assert wrong["text_en"].startswith("does not hold")


def test_rows_of_which_no_column_adds_up_are_no_parts_of_a_total():
    text = TABLE.format(parts=[3]).replace("9\t13\t18", "90\t130\t180")
    assert found(text, "column").empty


def test_percentages_are_not_added_up():
    text = TABLE.format(parts=[3]).replace("个", "%").replace("泵站建设任务", "普及率")
    assert found(text, "column").empty


def test_a_series_that_turns_back_is_told():
    text = TABLE.format(parts=[3]).replace("5\t7\t9", "5\t9\t7").replace("9\t13\t18", "9\t15\t16")
    series = found(text, "series")
    wrong = series[series["verdict"].eq("contradicts")]
    assert len(wrong) == 1 and wrong.iloc[0]["relation"] == ">="
    assert wrong.iloc[0]["expression"].startswith("min(")


@pytest.mark.parametrize(
    ("sentence", "rule", "verdict", "computed"),
    [
        pytest.param(
            "“十三五”期间，全市新建泵站310个(城区120个、乡村190个)。", "parts", "holds", 310, id="a bracket"
        ),
        pytest.param(
            "规划新建泵站12个、改建泵站9个，共21个。", "parts", "holds", 21, id="a list and its total"
        ),
        pytest.param(
            "完成饮水工程受益人口28.41万人(农村11.10万人、城镇17.30万人)。",
            "parts",
            "rounding",
            28.40,
            id="parts that may have been rounded",
        ),
        pytest.param(
            "1.渠道衬砌目标400公里，实际完成420公里，完成率105%。", "completed", "holds", 105, id="completed"
        ),
        pytest.param(
            "1.渠道衬砌目标400公里，实际完成420公里，完成率106%。",
            "completed",
            "contradicts",
            105,
            id="not so",
        ),
        pytest.param(
            "供水人口由2015年的120万人增加到2020年的150万人，年均增长4.6%。",
            "growth",
            "holds",
            4.564,
            id="on average a year",
        ),
        pytest.param(
            "“十三五”期间共投入水利经费50亿元，比“十二五”增加10亿元，增长25%。",
            "growth",
            "holds",
            25,
            id="an increase and its rate",
        ),
        pytest.param(
            "到2025年，全市有泵站98个。保留泵站90个，撤销3个，新建6个，恢复1个。",
            "stock",
            "contradicts",
            97,
            id="kept and new",
        ),
        pytest.param(
            "每年改造管网40公里，“十四五”期间改造管网200公里。", "yearly", "holds", 200, id="a year"
        ),
    ],
)
def test_a_sentence_is_held_against_itself(sentence, rule, verdict, computed):
    made = one(f"某市“十四五”水务发展规划\n\n第一节 取得的成绩\n\n{sentence}\n", rule)
    assert made["verdict"] == verdict
    assert made["computed"] == pytest.approx(computed, abs=0.001)


@pytest.mark.parametrize(("part", "told"), [("大学学生就业", [92.0]), ("考生就业", [])])
def test_a_rate_that_its_figures_miss_is_told_where_four_characters_call_it_by_what_it_is_of(part, told):
    """高校学生就业率 ends as 大学学生就业 does, and has three characters in common with 考生就业."""
    sentence = f"2020年，{part}4600人，全市毕业生5000人，高校学生就业率为91.5%。"
    made = found(f"某市“十四五”教育发展规划\n\n第一节 取得的成绩\n\n{sentence}\n", "share")
    assert made["computed"].tolist() == told
    assert made["verdict"].eq("contradicts").all()


def test_a_fall_is_counted_from_what_was_there_before():
    text = "某市2020年水务统计公报\n\n全年用水量90亿立方米，比上年减少10亿立方米，下降10%。\n"
    rows = draft.read(passages.read(text), year=2020)
    made = checks.candidates(rows)
    growth = made[made["rule"].eq("growth")].iloc[0]
    assert growth["verdict"] == "holds" and growth["computed"] == pytest.approx(10)


def test_shares_of_everything_add_up_to_a_hundred():
    text = "某市2020年水务统计公报\n\n农业用水占用水总量的比重为{}%，工业用水占用水总量的比重为30.2%，生活用水占用水总量的比重为19.3%。\n"
    rows = [draft.read(passages.read(text.format(first)), year=2020) for first in ("50.5", "51.5")]
    verdicts = [checks.candidates(part).query("rule == 'hundred'")["verdict"].tolist() for part in rows]
    assert verdicts == [["holds"], ["contradicts"]]


def test_one_thing_told_twice_is_held_against_itself():
    text = (
        "某市“十四五”水务发展规划\n\n第一章 发展目标\n\n到2025年，农村自来水普及率达到92%。\n\n"
        "第二章 重点任务\n\n到2025年，农村自来水普及率达到90%。\n"
    )
    made = one(text, "twice", indicators=INDICATORS)
    assert (made["kind"], made["verdict"], made["relation"]) == ("agreement", "contradicts", "=")


@pytest.mark.parametrize(("told", "many"), [("90", 1), ("30", 1), ("29", 0)])
def test_figures_more_than_three_times_apart_are_of_two_things(told, many):
    text = (
        "某市“十四五”水务发展规划\n\n第一章 发展目标\n\n到2025年，农村自来水普及率达到90%。\n\n"
        f"第二章 重点任务\n\n到2025年，农村自来水普及率达到{told}%。\n"
    )
    assert len(found(text, "twice", indicators=INDICATORS)) == many


def test_two_actuals_under_headings_of_their_own_may_be_of_two_things():
    """A bulletin leaves to its headings whose rate it tells; only where both agree is it one thing."""
    text = (
        "某市2020年公报\n\n一、城镇\n\n2020年，农村自来水普及率达到95.6%。\n\n"
        "二、乡村\n\n2020年，农村自来水普及率达到{}%。\n"
    )
    assert found(text.format("94.1"), "twice", indicators=INDICATORS).empty
    assert one(text.format("95.6"), "twice", indicators=INDICATORS)["verdict"] == "holds"


def test_a_promise_below_what_has_been_reached_is_told():
    text = (
        "某市“十四五”水务发展规划\n\n第一节 取得的成绩\n\n2020年，农村自来水普及率达到95.6%。\n\n"
        "第二节 发展目标\n\n到2025年，农村自来水普及率达到95%以上。\n"
    )
    made = one(text, "reached", indicators=INDICATORS)
    assert (made["kind"], made["relation"], made["verdict"]) == ("order", ">=", "contradicts")


def test_figures_that_became_rows_are_called_by_their_ids_and_others_by_their_place():
    rows = draft.read(passages.read(TABLE.format(parts=[3])), year=2020, until=2025)
    first = checks.candidates(rows).query("rule == 'column'").iloc[0]
    places = [f"[at-{start}]" for start in first["starts"]]
    assert first["expression"] == " + ".join(places[:-1]) and first["stated"] == places[-1]
    named = rows.assign(row=[f"water-{number}" for number in range(len(rows))])
    assert "[water-0]" in checks.candidates(named).query("rule == 'column'").iloc[0]["expression"]


def test_columns_are_those_of_the_table_of_checks_and_the_review_is_left_to_a_person(shipped):
    made = found(TABLE.format(parts=[3]))
    assert set(shipped.checks.columns) == set(checks.COLUMNS)
    assert (made[["review", "gap", "reason_zh", "reason_en", "reading", "same_as"]] == "").all(axis=None)


def test_expressions_are_of_the_language_of_checks():
    from plan_monitor.audit.expression import parse

    texts = [
        TABLE.format(parts=[3]),
        "某市2020年公报\n\n供水由2015年的120万人增加到2020年的150万人，年均增长4.6%。\n",
    ]
    for text in texts:
        for made in found(text).itertuples():
            assert parse(made.expression).rows
            parse(made.stated)


def test_a_draft_without_figures_gives_no_checks():
    assert checks.candidates(draft.read(passages.read("某市规划\n\n没有数字。\n"))).empty


@given(st.lists(st.integers(1, 10_000), min_size=2, max_size=9), st.integers(-3, 3))
def test_a_total_holds_just_where_its_parts_add_up(parts, wrong):
    lines = "\n".join(
        f"第{number}县\t{part}" for number, part in zip("甲乙丙丁戊己庚辛壬", parts, strict=False)
    )
    text = f"某市规划\n\n泵站任务表\n单位:个\n县区\t2025年\n{lines}\n合计\t{sum(parts) + wrong}\n"
    made = found(text, "column")
    for verdict in made["verdict"]:
        assert (verdict == "holds") == (wrong == 0)


def test_what_a_check_says_of_its_figures():
    text = (
        "某市“十四五”水务发展规划\n\n第一节 取得的成绩\n\n受益人口28.40万人(农村11.10万人、城镇17.30万人)。\n\n"
        "第二节 其他成绩\n\n新建泵站310个(城区120个、乡村195个)。\n"
    )
    made = found(text)
    wrong, right = made.to_dict("records")
    places = [text.index(number) for number in ("120个", "195个", "310个")]
    assert (wrong["id"], wrong["verdict"], wrong["starts"]) == ("read-001", "contradicts", tuple(places))
    assert wrong["expression"] == f"[at-{places[0]}] + [at-{places[1]}]"
    assert (wrong["stated"], wrong["relation"], wrong["decimals"]) == (f"[at-{places[2]}]", "=", "")
    assert (wrong["computed"], wrong["told"]) == (315, 310)
    assert wrong["subject_zh"] == "新建泵站，2020：各部分与总数"
    assert wrong["subject_en"] == "新建泵站，2020: parts and their whole"
    assert wrong["text_zh"] == "不符：120 个 + 195 个 = 315 = 310 个（第二节其他成绩）"
    assert wrong["text_en"] == "does not hold: 120 个 + 195 个 = 315 = 310 个 (第二节其他成绩)"
    assert (right["id"], right["verdict"], right["decimals"]) == ("read-002", "holds", 2)
    assert right["text_en"].startswith("holds: 11.10 万人 + 17.30 万人 = 28.4 = 28.40 万人 (")


@pytest.mark.parametrize(
    ("numbers", "decimals"),
    [(("28.4", "11.1", "17.3"), ""), (("28.40", "11.1", "17.3"), 2), (("30", "11", "19"), ""), (("28.0", "11", "17"), 1)],
)  # fmt: skip
def test_decimals_are_told_where_a_number_would_lose_zeros(numbers, decimals):
    whole, part, other = numbers
    made = one(f"某市规划\n\n受益人口{whole}万人(农村{part}万人、城镇{other}万人)。\n", "parts")
    assert made["decimals"] == decimals


def test_checks_that_hold_come_behind_in_the_order_of_the_text():
    text = "某市规划\n\n" + "".join(
        f"新建{name}{whole}个(城区120个、乡村{part}个)。\n\n"
        for name, whole, part in (
            ("泵站", 310, 190),
            ("水厂", 300, 185),
            ("水库", 320, 200),
            ("水塔", 330, 215),
        )
    )
    assert found(text, "parts")["told"].tolist() == [300, 330, 310, 320]


def test_documents_are_held_each_against_itself_and_one_thing_against_that_of_another():
    text = "".join(
        f"某市人民政府关于印发{title}规划的通知\n某政发〔2021〕{number}号\n"
        f"2020年，农村自来水普及率达到{value}%。\n2020年，供水管道长度{value}公里。\n"
        for title, number, value in (("供水", 8, 95), ("水务", 9, 94))
    )
    made = found(text, "twice", indicators=INDICATORS)
    assert made["text_zh"].str.partition("（")[0].tolist() == ["不符：95 % = 94 %"]  # of one indicator


def test_a_figure_without_a_name_is_called_by_the_nearest_heading():
    text = "某市规划\n\n第一章 甲\n\n第一节 乙\n\n（一）丙\n\n共310个（城区120个、乡村190个）。\n"
    assert one(text, "parts")["subject_en"] == "（一）丙，2021-2025: parts and their whole"
