"""The first page on coordination: what improved is said first, and that the degree is no evidence."""

import pandas as pd
import pytest

from plan_monitor.coupling import leading
from plan_monitor.coupling.robustness import Chance
from plan_monitor.report.leading import fits
from reportkit.brief import BRIEF
from reportkit.language import use

YEARS = ["2020", "2021", "2022", "2023"]


@pytest.fixture
def figures():
    """One indicator a system, all years; of the next year, education alone."""
    rows = [
        (system, f"{system}-1", year, f"row-{system}-{year}")
        for system in ("education", "insurance", "rural")
        for year in [*YEARS, *(["2024"] if system == "education" else [])]
    ]
    frame = pd.DataFrame(rows, columns=["system", "indicator", "period", "id"])
    return frame.assign(label=frame["indicator"])


@pytest.fixture
def computed():
    degrees = pd.DataFrame({"entropy": [0, 0.4, 0.6, 0.8], "equal": [0, 0.5, 0.7, 0.9]}, index=YEARS)
    draws = pd.Series([0.5, 0.7, 0.85, 0.95])
    chance = {name: Chance(1.0, draws) for name in degrees}
    left_out = pd.Series({"education-1": 0.75, "insurance-1": 0.1, "rural-1": 0.82})
    return leading.Computed("entropy", degrees, chance, left_out, pd.Index(["insurance-1"]))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_first_page_has_room_for_all_it_says(figures, computed, shipped, shown, lang):
    use(lang)
    leading.first_page(figures, computed, {}, "entropy", ["2020"], "100000", shipped)
    leading.first_page(figures, None, {}, "entropy", [], "100000", shipped)
    leading.first_page(figures, None, {"education": "same"}, "critic", [], "100000", shipped)
    for page in (one[BRIEF] for one in shown):
        assert fits(page["answer"])
        assert 3 <= len(page["facts"]) <= 6
        assert 1 <= len(page["steps"]) <= 5
        assert all(len(one) <= 60 if lang == "zh" else len(one.split()) <= 30 for one in page["steps"])


def test_what_improved_comes_first_and_the_degree_is_called_no_evidence(figures, computed, shipped, shown):
    leading.first_page(figures, computed, {}, "entropy", ["2020"], "100000", shipped)
    page = shown[0][BRIEF]
    assert page["answer"] == "2020—2023 年 3 项指标有 2 项改善，三个系统是否协调不能判断。"
    by = {fact["label"]: (fact["figure"], fact["word"]) for fact in page["facts"]}
    assert by["改善的指标"] == ("3 项中 2 项", "2020—2023 年")
    assert by["2023 年协调度"] == ("0.80", "不是协调的证据")
    assert by["互不相干也可得到"] == ("1.00", "只要各自逐年改善")
    assert by["换一种赋权"][0] == "0.80—0.90"
    assert by["随机也不低于它"][0] == "25—50 %"  # one draw of four is at least 0.9, two are at least 0.8
    assert by["去掉一个指标"] == ("0.10—0.82", "insurance-1")
    assert page["steps"] == [
        "请国家医疗保障局随 2024 年数据说明insurance-1 2020—2023 年为何没有改善。",
        "各部门不要用协调度评级或考核：互不相干的指标也能得高分。",
        "引用前另与 2021 年比较一次：2020 年基金数字异常。",
        "2024 年 2 项指标公布后补入，重新计算；先向国家医疗保障局要insurance-1、rural-1。",
    ]


def test_whose_figures_are_missing_is_asked_for_them(figures, shipped, shown):
    leading.first_page(figures[figures["system"] == "education"], None, {}, "entropy", [], "100000", shipped)
    page = shown[0][BRIEF]
    assert [fact["figure"] for fact in page["facts"]] == ["5 年齐全", "没有数据", "没有数据"]
    assert page["steps"] == [
        "请国家医疗保障局提供医疗保障系统同口径、三年以上的指标。",
        "请国家统计局提供乡村系统同口径、三年以上的指标。",
    ]


@pytest.mark.parametrize(
    ("rural", "insurance", "title"),
    [
        ([0, 0.5, 1], [0, 0.9, 0.3], "乡村的指数逐年上升，医疗保障没有"),
        ([0, 0.5, 1], [0, 0.2, 0.3], "医疗保障和乡村的指数都逐年上升"),
        ([0, 0.5, 0.5], [1, 0.2, 0.3], "没有一个系统的指数逐年上升"),
    ],
)
def test_the_title_says_which_indices_rose(rural, insurance, title):
    assert leading.rising_title(pd.DataFrame({"insurance": insurance, "rural": rural}))[0] == title


def test_the_offices_of_a_place_are_its_own(figures, shipped, shown):
    leading.first_page(figures[figures["system"] == "education"], None, {}, "entropy", [], "532300", shipped)
    assert shown[0][BRIEF]["steps"][1].startswith("请楚雄州统计部门提供")


@pytest.mark.parametrize(
    ("years", "unusual", "other"),
    [
        (YEARS, ["2020"], "2021"),
        (YEARS, ["2023"], "2022"),
        (YEARS, ["2020", "2023"], "2021"),
        (YEARS, [], None),
        (YEARS[1:], ["2021"], None),  # of three years none is left to compare with
    ],
)
def test_another_year_is_compared_with_where_more_than_three_leave_one(
    figures, computed, shipped, shown, years, unusual, other
):
    computed = computed._replace(degrees=computed.degrees.loc[years])
    leading.first_page(figures, computed, {}, "entropy", unusual, "100000", shipped)
    steps = [one for one in shown[0][BRIEF]["steps"] if one.startswith("引用前")]
    told = f"引用前另与 {other} 年比较一次：{' 和 '.join(unusual)} 年基金数字异常。"
    assert steps == ([told] if other else [])


def test_two_of_the_indicators_to_come_are_named_and_none_where_all_are_out(
    figures, computed, shipped, shown
):
    until = figures[figures["period"] < "2024"]
    leading.first_page(until, computed, {}, "entropy", [], "100000", shipped)
    assert shown[0][BRIEF]["steps"][-1] == (
        "2024 年 3 项指标公布后补入，重新计算；先向教育部要education-1、insurance-1。"
    )
    out = until[until["period"] == "2023"].assign(period="2024")
    leading.first_page(pd.concat([until, out]), computed, {}, "entropy", [], "100000", shipped)
    assert len(shown[1][BRIEF]["steps"]) == 2


def test_what_cannot_be_computed_says_why_by_system(figures, shipped, shown):
    leading.first_page(figures, None, {"rural": "same"}, "critic", [], "100000", shipped)
    leading.first_page(figures, None, {}, "entropy", [], "100000", shipped)
    same, few = (page[BRIEF] for page in shown)
    assert same["answer"] == "这些数据按CRITIC 权重不能计算协调度。"
    assert [fact["word"] for fact in same["facts"]] == ["", "", "每项指标的数值都没有差别，无从比较"]
    assert [fact["figure"] for fact in few["facts"]] == ["5 年齐全", "4 年齐全", "4 年齐全"]
    assert few["answer"] == "三个系统没有三年以上齐全的公开数据，不作计算。"
    assert few["steps"] == ["补齐三个系统同年的指标，至少三年，再重新运行。"]


def test_two_weightings_of_one_degree_are_told_as_one_and_the_most_sensitive_indicator_is_named(
    figures, computed, shipped, shown
):
    same = computed.degrees.assign(equal=computed.degrees["entropy"])
    left_out = pd.Series({"education-1": 0.75, "insurance-1": 0.78, "rural-1": 0.9})
    told = computed._replace(degrees=same, left_out=left_out)
    leading.first_page(figures, told, {}, "entropy", [], "100000", shipped)
    by = {fact["label"]: (fact["figure"], fact["word"]) for fact in shown[0][BRIEF]["facts"]}
    assert by["换一种赋权"][0] == "0.80" and by["随机也不低于它"][0] == "50 %"
    assert by["去掉一个指标"] == ("0.75—0.90", "rural-1")


def facts(page):
    return [(fact["label"], fact["figure"], fact["word"]) for fact in page["facts"]]


def test_a_first_page_in_english_word_by_word(figures, computed, shipped, shown):
    use("en")
    leading.first_page(figures, computed, {}, "entropy", ["2020"], "532300", shipped)
    page = shown[0][BRIEF]
    assert page["answer"] == (
        "2020–2023: 2 of 3 indicators improved; whether the systems are coordinated cannot be told."
    )
    assert facts(page) == [
        ("Indicators improved", "2 of 3", "2020–2023"),
        ("Degree, 2023", "0.80", "no evidence"),
        ("Unlinked indicators reach", "1.00", "if each improves"),
        ("Random orders as high", "25–50 %", "by weights"),
        ("With other weights", "0.80–0.90", ""),
        ("One indicator left out", "0.10–0.82", "insurance-1"),
    ]
    who = "the healthcare security authority of Chuxiong Prefecture"
    assert page["steps"] == [
        f"Ask {who} to explain with the figures of 2024 why insurance-1 did not improve, 2020–2023.",
        "Do not rate or grade by the degree: indicators without any link score high as well.",
        "Before quoting, compare with 2021 as well: fund accounts of 2020 are unusual.",
        f"Compute again once the 2 indicators of 2024 are out; ask {who} first for insurance-1, rural-1.",
    ]
    assert page["limits"].startswith("A high degree says that three indices are high together")


def test_figures_lead_to_their_rows(figures, computed, shipped, shown):
    several = figures.assign(id=figures["id"] + ", more-" + figures["period"])
    leading.first_page(several, computed, {}, "entropy", [], "100000", shipped)
    ids = shown[0][BRIEF]["facts"][1]["ids"]
    assert "row-rural-2021" in ids and "more-2021" in ids and not any(", " in one for one in ids)


def test_what_cannot_be_computed_is_told_in_english(figures, shipped, shown):
    use("en")
    one = figures[figures["system"] == "insurance"]
    leading.first_page(one[:1], None, {}, "entropy", [], "100000", shipped)
    leading.first_page(figures, None, {"rural": "same"}, "critic", [], "100000", shipped)
    few, same = (bundle[BRIEF] for bundle in shown)
    assert few["answer"] == "Fewer than three years have figures of all three systems; nothing is computed."
    assert facts(few) == [
        ("education", "no data", ""),
        ("medical insurance", "1 full year", ""),
        ("rural life", "no data", ""),
    ]
    assert few["steps"] == [
        "Ask the Ministry of Education for three years or more of indicators of education.",
        "Ask the National Bureau of Statistics for three years or more of indicators of rural life.",
    ]
    assert same["answer"] == "These figures give no coordination degree by CRITIC weights."
    assert facts(same)[2] == (
        "rural life",
        "4 full years",
        "no indicator differs, so that there is nothing to compare",
    )
    assert same["steps"] == [
        "Complete the indicators of all three systems for the same three years or more, and run again."
    ]


def test_a_year_is_full_where_all_indicators_of_its_system_have_figures(figures, shipped, shown):
    second = figures[figures["period"] < "2022"].assign(indicator="second")
    leading.first_page(pd.concat([figures, second]), None, {}, "entropy", [], "100000", shipped)
    assert [figure for _, figure, _ in facts(shown[0][BRIEF])] == ["2 年齐全"] * 3


def test_offices_are_asked_in_the_order_of_what_did_not_improve_and_five_steps_are_enough(
    figures, computed, shipped, shown
):
    worse = computed._replace(worse=pd.Index(["rural-1", "education-1", "insurance-1"]))
    leading.first_page(figures, worse, {}, "entropy", ["2020"], "100000", shipped)
    steps = shown[0][BRIEF]["steps"]
    assert len(steps) == 5 and steps[4].startswith("引用前另与 2021 年比较")
    assert [step[:5] for step in steps[:3]] == ["请国家统计", "请教育部随", "请国家医疗"]
    assert shown[0][BRIEF]["facts"][0]["figure"] == "3 项中 0 项"


def test_indicators_to_come_are_asked_for_in_their_own_order(figures, computed, shipped, shown):
    backwards = figures[figures["period"] < "2024"].iloc[::-1]
    leading.first_page(backwards, computed, {}, "entropy", [], "100000", shipped)
    assert shown[0][BRIEF]["steps"][-1] == (
        "2024 年 3 项指标公布后补入，重新计算；先向国家统计局要rural-1、insurance-1。"
    )


def test_titles_on_rising_indices_in_english():
    use("en")
    systems = pd.DataFrame({"insurance": [0.0, 0.2, 0.3], "rural": [0.0, 0.5, 0.4]})
    assert leading.rising_title(systems)[0] == "Medical insurance rose in every year, rural life did not"
    assert leading.rising_title(systems[["rural"]])[0] == "No system's index rose in every year"
    risen = systems.assign(rural=[0.0, 0.25, 0.5])
    assert (
        leading.rising_title(risen)[0] == "The indices of medical insurance and rural life rose in every year"
    )


def test_indices_are_drawn_under_their_title(shown):
    systems = pd.DataFrame({"insurance": [0.0, 0.25], "rural": [0.5, 0.75]}, index=YEARS[:2])
    points = systems.rename_axis("year").reset_index().melt("year", var_name="series")
    points = points.assign(year=points["year"].astype(float), panel="指数", unit="", places=2)
    leading.systems_chart(points, systems, ["x"])
    assert shown[0]["text/plain"].startswith(
        "医疗保障和乡村的指数都逐年上升。各系统指数，0 为各年最差，1 为最好"
    )
    use("en")
    leading.systems_chart(points, systems, ["x"])
    assert "Index of each system, 0 the worst of the years, 1 the best" in shown[1]["text/plain"]
