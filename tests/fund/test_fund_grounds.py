"""The grounds of an answer on a fund, its odds and its tests on the past, word for word in both languages."""

import pandas as pd
import pytest

from plan_monitor import fund
from plan_monitor.fund import report
from reportkit.cited import unmarked
from reportkit.language import use, using
from reportkit.table import TABLE, unpack

TITLE = ("标题", "Title")
WORST = pd.Series(
    {
        **{"growth": 17.46, "region": "100000", "scheme": "employees", "start": 2022, "end": 2023},
        **{"scenario": "stress-wages", "months": 7.66, "year": 2027},
    }
)
LINE = {"line": "band-residents-short", "limit": 3.0, "months": 9.2}
SURE = fund.Verdict("yes", "residents", (2026, 2028), 2024, "reserve", rates=1, worst=WORST, **LINE)
CHANCES = {"chance": 0.23, "stressed": 0.37, "scenario": "stress-costs"}
OPEN = fund.Verdict(
    *("unknown", "residents", (2026, 2028), 2024, None, ("between",)),
    **LINE | CHANCES,
    rates=5,
    chances=((None, 0.23), ("stress-costs", 0.37)),
)
APART = fund.Verdict("unknown", "all", (2026, 2028), 2024, "parts", ("parts",), parts=(SURE, OPEN))


def grounds(result, shipped, lang="zh"):
    with using(lang):
        return unmarked(report.grounds(result, shipped))


def table(bundle):
    return [[cell.text for cell in row] for row in unpack(bundle[TABLE])]


ENOUGH = "自身同口径的增速有 1 个，不足 4 个，不计算概率。"
TOO_FEW = " It has 1 growth rate of one scope of its own, fewer than 4: no probability is computed."
OUTLASTS = (
    "依据是结余，不是概率：即使 2024 年以后收入不再增长，支出年年按收录到的最快一年增长"
    "（17.5 %，全国职工医保（含个人账户），2022—2023 年）{}，"
    "结余最少时（2027 年末）仍可支付 7.7 个月；最低线 3 个月（本项目假设）。"
)
OUTLASTS_EN = (
    "By the reserve, not by a probability: even if income grew no more after 2024 and expenditure grew every "
    "year as in the fastest year on record (17.5 %, China, employees' insurance (incl. personal accounts), "
    "2022–2023){}, the reserve would at its lowest (end of 2027) be worth 7.7 months; the lowest line is "
    "3 months (an assumption of ours)."
)


@pytest.mark.parametrize(
    ("scenario", "rates", "zh", "en"),
    [
        (
            *("stress-wages", 1),
            OUTLASTS.format("，并叠加最不利的压力测试“工资增速低2个百分点”") + ENOUGH,
            OUTLASTS_EN.format(", with the hardest stress test (“wages grow 2 points less”) on top")
            + TOO_FEW,
        ),
        (None, 4, OUTLASTS.format(""), OUTLASTS_EN.format("")),
    ],
)
def test_a_reserve_that_outlasts_the_worst_says_what_that_is(shipped, scenario, rates, zh, en):
    worst = pd.Series(WORST.to_dict() | {"scenario": scenario}, dtype=object)
    result = SURE._replace(worst=worst, rates=rates)
    assert (grounds(result, shipped), grounds(result, shipped, "en")) == (zh, en)


CHANCE = (
    "按近年增速推算，这几年里有年末结余跌破最低线的可能性为两成多{}。压力之下不超过一成才算撑得住，"
    "不加压力也不低于九成才算撑不住；最低线 3 个月（本项目假设）。自身同口径的增速有 5 个{}。"
)
CHANCE_EN = (
    "If growth went on as in recent years, the odds that the reserve is below the lowest line at the end of one "
    "of these years would be two to three in ten{}; adequate takes at most one in ten under stress, inadequate "
    "at least nine in ten without any; the lowest line is 3 months (an assumption of ours). It has 5 growth "
    "rates of one scope of its own{}."
)


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        ({"scenario": None}, ("", ""), ("", "")),
        (
            {},
            ("，在最不利的压力测试“支出增速高1个百分点”下为三成多", ""),
            (
                ", and three to four in ten under the hardest stress test (“expenditure grows 1 point more”)",
                "",
            ),
        ),
        (
            {"scenario": None, "averages": ((2018, 2021),)},
            ("", "（其中 2018—2021 年是多年平均，按一个计）"),
            ("", " (that of 2018–2021, an average, is one of them)"),
        ),
        (
            {"scenario": None, "averages": ((2015, 2017), (2018, 2021))},
            ("", "（其中 2015—2017 年和 2018—2021 年是多年平均，各按一个计）"),
            ("", " (those of 2015–2017 and 2018–2021, averages, are one each)"),
        ),
    ],
)
def test_a_probability_is_told_with_its_rule_and_what_it_rests_on(shipped, change, zh, en):
    result = OPEN._replace(**change)
    assert grounds(result, shipped) == CHANCE.format(*zh)
    assert grounds(result, shipped, "en") == CHANCE_EN.format(*en)


def test_funds_that_are_kept_apart_are_told_one_by_one(shipped):
    zh, en = (grounds(APART, shipped, lang).split("\n") for lang in ("zh", "en"))
    assert zh[0] == "职工和居民的基金分开核算，结余不能相互调剂使用，所以分别判断："
    assert zh[1] == "" and zh[2] == "- 居民医保撑得住。" + grounds(SURE, shipped)
    assert zh[3:] == ["- 居民医保能否撑住，不能判断。" + grounds(OPEN, shipped)]
    assert en[0] == (
        "The funds of employees and residents are kept apart, and the reserve of one cannot pay for the other, "
        "so that each is judged by itself:"
    )
    assert en[2] == "- residents' insurance: the reserve is adequate. " + grounds(SURE, shipped, "en")


def test_the_probabilities_of_each_part_stand_in_one_table(shipped, shown):
    report.below_table(APART, shipped, TITLE)
    assert table(shown[0]) == [
        ["按近年增速", "居民医保", "3 个月", "20–30 %"],
        ["支出增速高1个百分点", "居民医保", "3 个月", "30–40 %"],
    ]
    use("en")
    report.below_table(OPEN, shipped, TITLE)
    assert table(shown[1])[1] == [
        "expenditure grows 1 point more",
        "residents' insurance",
        "3 months",
        "30–40 %",
    ]
    assert "Chance of falling below it in 2026–2028" in shown[1]["text/plain"]


@pytest.mark.parametrize(
    ("months", "zh", "en"),
    [
        (2.84, "2024 年末结余可支付 2.8 个月", "At the end of 2024 the reserve was worth 2.8 months"),
        (0.0, "2024 年末结余可支付 0.0 个月", "At the end of 2024 the reserve was worth 0.0 months"),
        (
            -2.84,
            "2024 年末累计结余为负，缺口相当于 2.8 个月的支出",
            "At the end of 2024 the reserve was below zero by 2.8 months of expenditure",
        ),
    ],
)
@pytest.mark.parametrize(
    ("line", "zh_kind", "en_kind"),
    [
        ("band-residents-short", "本项目假设", "an assumption of ours"),
        ("band-employees-pooled-short", "已公布的标准", "a published standard"),
    ],
)
def test_a_reserve_below_the_line_is_held_against_it(shipped, months, zh, en, line, zh_kind, en_kind):
    result = SURE._replace(answer="no", rule="below", months=months, line=line)
    assert grounds(result, shipped) == f"{zh}；最低线 3 个月（{zh_kind}）。"
    assert grounds(result, shipped, "en") == f"{en}; the lowest line is 3 months ({en_kind})."


def test_what_is_missing_is_told_in_one_sentence(shipped):
    result = fund.Verdict(
        "unknown", "residents", (2026, 2028), 2023, reasons=("no_line", "stale", "few_years")
    )
    assert grounds(result._replace(rates=3), shipped) == (
        "没有为它设最低线（fund_bands.csv）；最新账目是 2023 年的，此后已过去 2 年；"
        "自身同口径的增速有 3 个，不足 4 个，不计算概率。"
    )
    assert grounds(result._replace(rates=1, newest=2024), shipped, "en") == (
        "No lowest line is set for it (fund_bands.csv); the newest accounts are those of 2024, and 1 year has "
        "passed since; it has 1 growth rate of one scope of its own, fewer than 4: no probability is computed."
    )


@pytest.mark.parametrize(
    ("change", "month", "zh", "en"),
    [
        (
            {},
            "2025-06",
            "最新年度账目是 2024 年的，最新月度数字到 2025-06。",
            " The newest yearly accounts are of 2024, the newest month is 2025-06.",
        ),
        ({}, None, "最新年度账目是 2024 年的。", " The newest yearly accounts are of 2024."),
        ({"newest": None}, None, "没有收录到年度收支。", " No yearly accounts are on record."),
        ({"reasons": ("stale",)}, "2025-06", "", ""),
    ],
)
def test_an_answer_ends_with_the_date_of_its_figures(change, month, zh, en):
    result = OPEN._replace(**change)
    assert report.answer(result, "某市", month) == (
        "某市居民医保 2026—2028 年能否撑住，不能判断；“撑得住”指各年末结余都不低于最低线。" + zh
    )
    use("en")
    assert report.answer(result, "A City", month) == (
        "A City, residents' insurance, 2026–2028: whether the reserve is adequate cannot be determined. Adequate "
        "means that the reserve is not below the lowest line at the end of any of these years." + en
    )


def odds(**changed):
    rows = {"base": (0.42, 0.12)} | changed
    found = pd.DataFrame.from_dict(rows, orient="index", columns=["p_deficit", "p_below"])
    return found.reindex(["base", *fund.ASSUMPTIONS])


@pytest.mark.parametrize(
    ("changed", "zh", "en"),
    [
        (
            {"independent": (0.52, 0.12)},
            "影响最大的假设是“收入与支出互不相关”。",
            "They owe most to “income and expenditure independent”.",
        ),
        (
            {"independent": (0.42, 0.02)},  # ten points are a tenth, though not in binary
            "影响最大的假设是“收入与支出互不相关”。",
            "They owe most to “income and expenditure independent”.",
        ),
        (
            {"independent": (0.45, 0.12), "own_spread": (0.42, 0.02001)},
            "没有哪个假设使它们变动一成以上；变动最大的是“只用自身波动，不与其他基金共享”。",
            "None moves them by a tenth; the most does “own spread alone, not shared”.",
        ),
    ],
)
def test_the_assumption_that_moves_the_odds_most_is_named(changed, zh, en):
    found = odds(**changed)
    assert report.assumption_words(found, 3.5).endswith("。" + zh)
    assert "结余低于 3.5 个月的为" in report.assumption_words(found, 3.5)
    use("en")
    assert report.assumption_words(found, 3.5).endswith(". " + en)


def test_odds_are_told_from_the_least_to_the_most():
    use("en")
    assert report.assumption_words(odds(independent=(0.75, 0.13), own_spread=(0.2, 0.1)), 3.0) == (
        "With one assumption changed at a time, the chance of a deficit is between two to three in ten and seven "
        "to eight in ten, and that of a reserve below 3 months one to two in ten. "
        "They owe most to “income and expenditure independent”."
    )


PARTS = pd.DataFrame(
    {
        **{"n": [7, 5, 4, 12], "within": [6, 3, 3, 9], "share": [85.714, 60, 75, 75]},
        **{"share_low": [40.44, 12.6, 8, 33.26], "share_high": [99.61, 95.5, 99, 95.44]},
        **{"series": [2, 2, 2, 2], "origins": [3, 3, 1, 3], "error": [4.44, 5.55, 3, 4.96]},
        **{"error_naive": [8.0, 6, 2, 7.14], "ratio": [0.555, 0.925, 1.5, 0.695]},
        **{"score": [30.04, 20, 10, 26.06], "score_walk": [90, 40, 20, 70.04]},
        **{"width": [20.06, 18, 9, 19.44], "width_walk": [60.25, 33, 15, 50]},
    },
    index=pd.Index(["income", "expenditure", "2022", "total"], name="part"),
)


def test_a_test_on_the_past_is_told_with_its_counts_and_interval(shown):
    assert report.trial_words(PARTS) == (
        "回测：2 个基金序列、从 3 个年份出发，12 次比较中有 9 次落在 80 % 区间内。"
        "同一年出发的比较受同样的冲击，按 3 次算，覆盖率的 95 % 区间是 33—95 %。"
        "区间得分是简单随机游走的 0.37 倍，小于 1 为较好。"
    )
    report.backtest_table(PARTS, TITLE)
    heading = ["出发年份数", "比较次数", "其中落在 80 % 区间内", "覆盖率 95 % 区间，%"]
    printed = shown[0]["text/plain"].splitlines()[2]
    assert [printed.index(name) for name in heading] == sorted(printed.index(name) for name in heading)
    first, last = table(shown[0])[0], table(shown[0])[-1]
    assert first[:5] == ["收入", "3", "7", "6", "40–100"]
    assert last == [
        *("合计", "3", "12", "9", "33–95", "19.4", "50.0", "26.1", "70.0", "5.0", "7.1", "0.70"),
    ]
    assert table(shown[0])[2][:5] == ["从 2022 年推算", "1", "4", "3", "8–99"]
    use("en")
    assert report.trial_words(PARTS) == (
        "Backtest: of 12 outcomes of 2 series of funds, projected from 3 years, 9 were inside the 80 % range. "
        "Those from one year share what came; counted as 3, the 95 % interval of this coverage is 33–95 %. "
        "The interval score is 0.37 times that of a plain random walk, below 1 being better."
    )


@pytest.mark.parametrize(
    ("months", "told"),
    [(2.94, "2.9"), (2.96, "2.96"), (2.9996, "2.9996"), (3.0, "3.0"), (3.04, "3.04"), (3.06, "3.1")],
)
def test_months_are_told_on_their_own_side_of_the_line_that_they_are_judged_by(shipped, months, told):
    below = SURE._replace(answer="no", rule="below", months=months)
    assert grounds(below, shipped).startswith(f"2024 年末结余可支付 {told} 个月；最低线 3 个月")
    assert f" was worth {told} months; the lowest line is 3 months" in grounds(below, shipped, "en")
    worst = SURE._replace(worst=pd.Series(WORST.to_dict() | {"months": months}, dtype=object))
    assert f"（2027 年末）仍可支付 {told} 个月；" in grounds(worst, shipped)
    assert f" (end of 2027) be worth {told} months; " in grounds(worst, shipped, "en")


@pytest.mark.parametrize(("months", "told"), [(-0.04, "0.04"), (-0.06, "0.1")])
def test_a_small_gap_is_not_told_as_none(shipped, months, told):
    below = SURE._replace(answer="no", rule="below", months=months)
    assert f"缺口相当于 {told} 个月的支出" in grounds(below, shipped)
    assert f"below zero by {told} months" in grounds(below, shipped, "en")


@pytest.mark.parametrize(
    ("score", "times"), [(99.4, "0.99"), (99.6, "0.996"), (100.0, "1.00"), (100.4, "1.004")]
)
def test_a_score_that_is_better_is_not_told_as_one_that_is_as_good(score, times):
    numbers = {"n": 4, "within": 3, "series": 2, "origins": 2, "share_low": 20.0, "share_high": 95.0}
    trials = pd.DataFrame([numbers | {"score": score, "score_walk": 100.0}], index=["total"])
    with using("zh"):
        assert f"区间得分是简单随机游走的 {times} 倍" in report.trial_words(trials)
    with using("en"):
        assert f"The interval score is {times} times that" in report.trial_words(trials)
