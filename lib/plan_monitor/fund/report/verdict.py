"""Whether an insurance fund holds, in words: the answer, and what it rests on."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.fund import ENOUGH, Verdict, verdict
from plan_monitor.fund.report.outlook import OBSTACLE, chance, scenario_name
from plan_monitor.fund.report.series import fund_name, scheme_name
from plan_monitor.report import codes
from reportkit import measures, words
from reportkit.language import chosen, current, tr, word
from reportkit.tables import table

_ANSWER = {
    "yes": ("撑得住", "holds"),
    "no": ("很可能撑不住", "very probably does not hold"),
    "below": ("撑不住，结余已低于最低线", "does not hold, the reserve is below the lowest line already"),
    "unknown": ("能否撑住，不能判断", "whether it holds cannot be told"),
}
_SURE = int(100 * verdict.SURE)


def answer(found: Verdict, place: str, newest_month: str | None, nation: bool) -> str:
    """The answer in one sentence (bold), of when the newest figures are, and what a sum does not say.

    Parameters
    ----------
    found : Verdict
        What ``methods.fund.holds`` returned.
    place : str
        Name of the region.
    newest_month : str or None
        The newest month with figures, where there are any.
    nation : bool
        Whether the region is the nation, whose figures are the sum of many funds.
    """
    first, last = found.years
    name, said = scheme_name(found.scheme), _short(found)
    if current() == "zh":
        newest = f"最新年度账目：{found.newest} 年" if found.newest else "没有收录到年度收支"
        newest += f"；最新月度数字：{newest_month}" if newest_month else ""
        of_sum = "全国数是各统筹地区的合计，不说明其中任何一个地区。" if nation else ""
        return f"**{place}{name}今后 {verdict.YEARS} 年（{first}—{last} 年）{said}。**{newest}。{of_sum}"
    newest = f"Newest yearly accounts: {found.newest}" if found.newest else "No yearly accounts are on record"
    newest += f"; newest month: {newest_month}" if newest_month else ""
    of_sum = (
        " The nation's figures are the sum of many local funds and say nothing of any one." if nation else ""
    )
    return f"**{place}, {name}, the next {verdict.YEARS} years ({first}–{last}): {said}.** {newest}.{of_sum}"


def grounds(found: Verdict, package: Package) -> str:
    """What an answer rests on, or why there is none: a paragraph.

    Parameters
    ----------
    found
        As in `answer`.
    package : Package
        For the names of regions and stress tests, and whether the lowest line is published.
    """
    if found.rule == "parts":
        return _by_parts(found, package)
    if found.rule == "below":
        return _below(found, package)
    if found.rule == "reserve":
        return _by_reserve(found, package)
    if pd.notna(found.chance):
        return _by_chance(found, package)
    reasons = [_reason(code, found) for code in found.reasons]
    return _sentence(tr("；", "; ").join(reasons))


def _sentence(text: str) -> str:
    return tr(f"{text}。", f"{text[0].upper()}{text[1:]}.")


def _short(found: Verdict) -> str:
    return word(_ANSWER, "below" if found.rule == "below" else found.answer)


def _line(found: Verdict, package: Package) -> str:
    """The lowest line with its months, and whether it is an assumption of ours."""
    document = package.fund_bands.set_index("id").at[found.line, "document"]
    ours = package.documents.set_index("id").at[document, "type"] == "assumption"
    months = words.number(found.limit)
    if current() == "zh":
        return f"最低线 {months} 个月（{'本项目假设' if ours else '已公布的标准'}）"
    return (
        f"the lowest line is {months} months ({'an assumption of ours' if ours else 'a published standard'})"
    )


def _test(name: str | None, package: Package) -> str:
    """A stress test in quotation marks; empty where none makes it harder."""
    return "" if name is None else f"“{scenario_name(name, package.fund_scenarios)}”"


def _below(found: Verdict, package: Package) -> str:
    months, line = words.number(found.months, 1), _line(found, package)
    if current() == "zh":
        return f"{found.newest} 年末结余可支付 {months} 个月；{line}。"
    return f"At the end of {found.newest} the reserve was worth {months} months; {line}."


def _by_reserve(found: Verdict, package: Package) -> str:
    worst, line = found.worst, _line(found, package)
    gap = tr("", ", ")
    fund = f"{codes.names(package.regions)[worst.region]}{gap}{fund_name(worst.scheme)}"
    test = _test(worst.scenario, package)
    rate, months = words.number(worst.growth, 1), words.number(worst.months, 1)
    few = _sentence(_reason("few_years", found)) if found.rates < ENOUGH else ""
    if current() == "zh":
        stress = f"，并叠加最不利的压力测试{test}" if test else ""
        return (
            f"依据是结余，不是概率：即使 {found.newest} 年以后收入不再增长，支出年年按收录到的最快一年增长"
            f"（{rate} %，{fund}，{worst.start}—{worst.end} 年）{stress}，"
            f"结余最少时（{worst.year} 年末）仍可支付 {months} 个月；{line}。{few}"
        )
    stress = f", with the hardest stress test ({test}) on top" if test else ""
    return (
        f"By the reserve, not by a probability: even if income grew no more after {found.newest} and "
        "expenditure grew every year as in the fastest year on record "
        f"({rate} %, {fund}, {worst.start}–{worst.end}){stress}, the reserve would at its lowest "
        f"(end of {worst.year}) be worth {months} months; {line}. {few}".strip()
    )


def _by_chance(found: Verdict, package: Package) -> str:
    p, stressed, line = chance(found.chance), chance(found.stressed), _line(found, package)
    rates = "rate" if found.rates == 1 else "rates"
    test, averages = _test(found.scenario, package), _averages(found)
    if current() == "zh":
        under = f"，在最不利的压力测试{test}下是 {stressed}" if test else ""
        return (
            f"照近年的增速，这几年里有年末结余跌破最低线的概率是 {p}{under}；"
            f"压力之下不超过 {_SURE} % 才算撑得住，不加压力也不低于 {100 - _SURE} % 才算撑不住。{line}。"
            f"自身同口径的增速有 {found.rates} 个{averages}。"
        )
    under = f", and {stressed} under the hardest stress test ({test})" if test else ""
    return (
        "If growth went on as in recent years, the chance that the reserve is below the lowest line at the "
        f"end of one of these years would be {p}{under}; to hold takes at most {_SURE} % under stress, not "
        f"to hold at least {100 - _SURE} % without any; {line}. It has {found.rates} growth {rates} of one "
        f"scope of its own{averages}."
    )


def _averages(found: Verdict) -> str:
    """Which of the growth rates are averages of several years, each of them one rate; empty where none is."""
    if not found.averages:
        return ""
    spans = words.joined([tr(f"{a}—{b} 年", f"{a}–{b}") for a, b in found.averages])
    return words.aside(
        tr(f"其中 {spans}是多年平均，按一个计", f"that of {spans}, an average, is one of them")
    )


def below_table(
    found: Verdict, package: Package, caption: tuple[str, str], basis: Iterable[str] = ()
) -> None:
    """Show the probability of falling below the lowest line, as it is and under each stress test.

    Parameters
    ----------
    found : Verdict
        What ``methods.fund.holds`` returned; of a sum, each of its parts that has a probability is shown.
    package
        As in `grounds`.
    caption, basis
        As in ``tables.table``.
    """
    base = tr("照近年增速", "as in recent years")
    rows, trace = [], []
    for part in found.parts or (found,):
        for name, probability in part.chances:
            test = base if name is None else scenario_name(name, package.fund_scenarios)
            line = f"{words.number(part.limit)} {('个月', 'months')[current() != 'zh']}"
            fund = scheme_name(part.scheme)
            rows.append({"scenario": test, "fund": fund, "line": line, "chance": chance(probability)})
            trace.append({"line": [part.line], "scenario": [] if name is None else [name]})
    first, last = found.years
    headings = {
        "scenario": ("情景", "Scenario"),
        "fund": ("基金", "Fund"),
        "line": ("最低线", "Lowest line"),
        "chance": (f"{first}—{last} 年间跌破的概率", f"Chance of falling below it in {first}–{last}"),
    }
    table(pd.DataFrame(rows), caption=caption, headings=headings, trace=trace, basis=basis)


def _by_parts(found: Verdict, package: Package) -> str:
    """The answers for funds that are kept apart, each with its grounds."""
    mark = tr("。", ". ")
    colon = tr("", ": ")
    each = [
        f"- {scheme_name(part.scheme)}{colon}{_short(part)}{mark}{grounds(part, package)}"
        for part in found.parts
    ]
    said = (
        "职工和居民的基金分开核算，结余不能互相顶用，所以分别判断：",
        "The funds of employees and residents are kept apart, and the reserve of one cannot pay for the "
        "other, so that each is judged by itself:",
    )
    return "\n".join([chosen(said), "", *each])


def _reason(code: str, found: Verdict) -> str:
    rates = measures.counted(found.rates, "growth rate")
    passed = found.years[0] - 1 - (found.newest or 0)
    said = OBSTACLE | {
        "no_pooled": (
            "统筹基金的收支和结余没有单独公布，含个人账户的结余不能作为依据",
            "the pooled fund's accounts are not published apart, and a reserve with personal accounts is no "
            "ground",
        ),
        "no_flows": (
            "要有一年的收入、支出和累计结余才能判断",
            "it takes a year with income, expenditure and reserve",
        ),
        "no_line": ("没有为它设最低线（fund_bands.csv）", "no lowest line is set for it (fund_bands.csv)"),
        "stale": (
            f"最新账目是 {found.newest} 年的，此后已过去 {passed} 年",
            f"the newest accounts are those of {found.newest}, and "
            f"{measures.counted(passed, 'year has', 'years have')} passed since",
        ),
        "few_years": (
            f"自身同口径的增速有 {found.rates} 个{_averages(found)}，不足 {ENOUGH} 个，不计算概率",
            f"it has {rates} of one scope of its own{_averages(found)}, fewer "
            f"than {ENOUGH}: no probability is computed",
        ),
    }
    return word(said, code)
