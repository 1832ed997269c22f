"""Whether an insurance fund is adequate, in words: the answer and its grounds."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.fund import ENOUGH, Verdict
from plan_monitor.fund.report.odds import chance
from plan_monitor.fund.report.outlook import scenario_name
from plan_monitor.fund.report.series import (
    WORDS,
    fund_name,
    ratio_figure,
    ratio_places,
    scheme_name,
    sentences,
)
from plan_monitor.report import codes
from plan_monitor.report.odds import likely
from reportkit import words
from reportkit.cited import cited
from reportkit.language import Text, tr, word
from reportkit.measures import counted
from reportkit.table import Column, table


def answer(result: Verdict, place: str, newest_month: str | None) -> str:
    """The answer (``fund.holds``), for which fund, what it means, and the date of the newest figures."""
    name, text, (first, last) = scheme_name(result.scheme), short(result), result.years
    newest = tr("没有收录到年度收支", "No yearly accounts are on record")
    if "stale" in result.reasons:  # the grounds say of when they are
        newest = ""
    elif result.newest:
        newest = tr(
            f"最新年度账目是 {result.newest} 年的", f"The newest yearly accounts are of {result.newest}"
        )
    if newest and newest_month:
        newest += tr(f"，最新月度数字到 {newest_month}", f", the newest month is {newest_month}")
    text = tr(
        f"{place}{words.apart(name)}{first}—{last} 年{text}；“撑得住”指各年末结余都不低于最低线。",
        f"{place}, {name}, {first}–{last}: {text}. Adequate means that the reserve is not below the lowest "
        "line at the end of any of these years.",
    )
    return sentences(text, tr(f"{newest}。", f"{newest}.") if newest else "")


def grounds(result: Verdict, package: Package) -> str:
    """The grounds of an answer, or why there is none: a paragraph."""
    if result.rule == "parts":
        return _by_parts(result, package)
    if result.rule == "below":
        worth = result.months, "reserve_months", result.scheme
        months = words.number(abs(result.months), ratio_places(*worth, package.fund_bands))
        line = _line(result, package)
        if result.months < 0:
            return tr(
                f"{result.newest} 年末累计结余为负，缺口相当于 {months} 个月的支出；{line}。",
                f"At the end of {result.newest} the reserve was below zero by {months} months of "
                f"expenditure; {line}.",
            )
        return tr(
            f"{result.newest} 年末结余可支付 {months} 个月；{line}。",
            f"At the end of {result.newest} the reserve was worth {months} months; {line}.",
        )
    if result.rule == "reserve":
        return _by_reserve(result, package)
    if pd.notna(result.chance):
        return _by_chance(result, package)
    return _sentence(tr("；", "; ").join(_reason(code, result) for code in result.reasons))


def _sentence(text: str) -> str:
    return tr(f"{text}。", f"{text[0].upper()}{text[1:]}.")


def short(result: Verdict) -> str:
    """The answer in a few words."""
    return word(WORDS["answer"], "below" if result.rule == "below" else result.answer)


def _line(result: Verdict, package: Package) -> str:
    """The lowest line with its months, and whether it is an assumption of ours."""
    document = package.fund_bands.set_index("id").at[result.line, "document"]
    is_assumed = package.documents.set_index("id").at[document, "type"] == "assumption"
    kind = (
        tr("本项目假设", "an assumption of ours")
        if is_assumed
        else tr("已公布的标准", "a published standard")
    )
    months = cited(words.number(result.limit), [result.line])
    return tr(f"最低线 {months} 个月（{kind}）", f"the lowest line is {months} months ({kind})")


def _by_reserve(result: Verdict, package: Package) -> str:
    worst, line = result.worst, _line(result, package)
    fund = codes.names(package.regions)[worst.region] + tr("", ", ") + fund_name(worst.scheme)
    worth = worst.months, "reserve_months", result.scheme
    rate, months = words.number(worst.growth, 1), ratio_figure(*worth, package.fund_bands)
    stress = ""
    if worst.scenario is not None:
        test = scenario_name(worst.scenario, package.fund_scenarios)
        stress = tr(f"，并叠加最不利的压力测试“{test}”", f", with the hardest stress test (“{test}”) on top")
    text = tr(
        f"依据是结余，不是概率：即使 {result.newest} 年以后收入不再增长，支出年年按收录到的最快一年增长"
        f"（{rate} %，{fund}，{worst.start}—{worst.end} 年）{stress}，"
        f"结余最少时（{worst.year} 年末）仍可支付 {months} 个月；{line}。",
        f"By the reserve, not by a probability: even if income grew no more after {result.newest} and "
        "expenditure grew every year as in the fastest year on record "
        f"({rate} %, {fund}, {worst.start}–{worst.end}){stress}, the reserve would at its lowest "
        f"(end of {worst.year}) be worth {months} months; {line}.",
    )
    return sentences(text, _sentence(_reason("few_years", result)) if result.rates < ENOUGH else "")


def _by_chance(result: Verdict, package: Package) -> str:
    p, stressed = likely(result.chance), likely(result.stressed)
    line, rates, under = _line(result, package), _sentence(_rates(result)), ""
    if result.scenario is not None:
        test = scenario_name(result.scenario, package.fund_scenarios)
        zh = f"，在最不利的压力测试“{test}”下为{stressed}"
        under = tr(zh, f", and {stressed} under the hardest stress test (“{test}”)")
    text = tr(
        f"按近年增速推算，这几年里有年末结余跌破最低线的可能性为{p}{under}。"
        f"压力之下不超过一成才算撑得住，不加压力也不低于九成才算撑不住；{line}。{rates}",
        "If growth went on as in recent years, the odds that the reserve is below the lowest line at the "
        f"end of one of these years would be {p}{under}; adequate takes at most one in ten under stress, "
        f"inadequate at least nine in ten without any; {line}. {rates}",
    )
    return sentences(text, _by_assumptions(result))


def _by_assumptions(result: Verdict) -> str:
    """The assumptions that the answer depends on: a sentence; empty if there are none."""
    if not result.hinges:
        return ""
    named = words.joined(f"“{word(WORDS['assumption'], code)}”" for code in result.hinges)
    return _sentence(word(WORDS["reason"], "assumptions").format(named))


def _rates(result: Verdict) -> str:
    """How many growth rates there are; averages of several years count as one and are named."""
    en = f"it has {counted(result.rates, 'growth rate')} of one scope of its own"
    text = tr(f"自身同口径的增速有 {result.rates} 个", en)
    if not result.averages:
        return text
    spans = words.joined(tr(f"{start}—{end} 年", f"{start}–{end}") for start, end in result.averages)
    if len(result.averages) > 1:
        zh, en = f"其中 {spans}是多年平均，各按一个计", f"those of {spans}, averages, are one each"
    else:
        zh, en = f"其中 {spans}是多年平均，按一个计", f"that of {spans}, an average, is one of them"
    return text + words.aside(tr(zh, en))


def below_table(result: Verdict, package: Package, caption: Text, basis: Iterable[str] = ()) -> None:
    """Show the probability of falling below the lowest line, as it is and under each stress test.

    Of a sum, each of its parts that has a probability is shown.
    """
    base, months = tr("按近年增速", "as in recent years"), tr(" 个月", " months")
    rows = [(part, test, p) for part in result.parts or (result,) for test, p in part.chances]
    tests = [base if test is None else scenario_name(test, package.fund_scenarios) for _, test, _ in rows]
    lines = [words.number(part.limit).followed(months) for part, _, _ in rows]
    first, last = result.years
    fell = (f"{first}—{last} 年间跌破的概率", f"Chance of falling below it in {first}–{last}")
    columns = [
        Column(("情景", "Scenario"), tests, [[] if test is None else [test] for _, test, _ in rows]),
        Column(("基金", "Fund"), [scheme_name(part.scheme) for part, _, _ in rows]),
        Column(("最低线", "Lowest line"), lines, [[part.line] for part, _, _ in rows]),
        Column(fell, [chance(p) for _, _, p in rows], figures=True),
    ]
    table(caption, columns, basis)


def _by_parts(result: Verdict, package: Package) -> str:
    """The answers for funds that are kept apart, each with its grounds."""
    lead = tr(
        "职工和居民的基金分开核算，结余不能相互调剂使用，所以分别判断：",
        "The funds of employees and residents are kept apart, and the reserve of one cannot pay for the "
        "other, so that each is judged by itself:",
    )
    answers = [(scheme_name(part.scheme), short(part), grounds(part, package)) for part in result.parts]
    return "\n".join([lead, "", *(tr("- {}{}。{}", "- {}: {}. {}").format(*part) for part in answers)])


def _reason(code: str, result: Verdict) -> str:
    if code == "stale":
        passed = result.years[0] - 1 - result.newest
        return tr(
            f"最新账目是 {result.newest} 年的，此后已过去 {passed} 年",
            f"the newest accounts are those of {result.newest}, and "
            f"{counted(passed, 'year has', 'years have')} passed since",
        )
    if code == "few_years":
        rates, en = _rates(result), f"fewer than {ENOUGH}: no probability is computed"
        return tr(f"{rates}，不足 {ENOUGH} 个，不计算概率", f"{rates}, {en}")
    return word(WORDS["obstacle"] | WORDS["reason"], code)
