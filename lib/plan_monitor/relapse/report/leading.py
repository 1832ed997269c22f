"""The first page of the report on monitoring: how many need it, what they lack, where to look next."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods.disclosure import TOTAL
from plan_monitor.relapse import MONITORED, Release
from plan_monitor.relapse.report import groups
from plan_monitor.relapse.report.groups import REASON, WORDS, count
from reportkit import words
from reportkit.brief import Fact, brief
from reportkit.charts.small import small_bars
from reportkit.cited import cited
from reportkit.language import Text, chosen, tr, word
from reportkit.words import figure, number

_MONEY = (("万元", 10_000, 1), ("百万元", 1_000_000, 3))  # the unit that each language counts in
_PLACES = 3  # townships named in a step


def money(yuan: float) -> str:
    """An amount of money as the report states it."""
    unit, size, places = chosen(_MONEY)
    return figure(yuan / size, unit, places)


def needed_words(release: Release, lead: Text, assumption: str) -> Text:
    """How many need monitoring and what all of them lack, in both languages, after `lead` and `assumption`.

    `lead` says of where and when; `assumption`, that the line is assumed (``groups.assumed``).
    """
    zh, en = f"{lead[0]}，{assumption}", f"{lead[1]}: {assumption}"
    needed = count(release.needed)
    zh, en = f"{zh}{needed} 户应纳入监测。", f"{en}{needed} households need monitoring."
    if release.lacking > 0:
        lacking = money(release.lacking)
        zh += f"把他们都补到监测线（突发严重困难户按刚性支出之后计），共缺 {lacking}。"
        en += (
            f" To bring them up to the line (those in sudden hardship after their spending) takes {lacking}."
        )
    return zh, en


def first_page(
    release: Release | None,
    last: str,
    lines: pd.DataFrame,
    registered: bool,
    over: bool,
    package: Package,
    made_up: bool,
    basis: Iterable[str],
) -> None:
    """Show the first page on the households of the year `last`; `release` is None where there are none.

    `lines` has the monitoring line of that year, `registered` says whether there is a register to compare
    with, `over` whether the year to be predicted has passed. `basis` are the ids that the counts rest on.
    """
    basis = list(basis)
    if release is None:
        none = tr("没有", "none")
        facts = [
            Fact(("农户数据", "Households"), none),
            Fact(("在册名单", "Register"), none),
            Fact(("要有的数字", "Figures needed"), tr("四项收入、刚性支出", "income by source, spending")),
        ]
        return brief(
            tr("没有农户数据，无从判断。", "Without household data nothing can be judged."),
            facts,
            [_supply()],
        )
    facts = _facts(release, lines, package, basis, registered)
    brief(
        _answer(release, basis, registered, made_up),
        facts,
        _steps(release, last, lines, registered, over, package, basis),
        _limits(made_up, last),
    )


def _answer(release: Release, basis: list[str], registered: bool, made_up: bool) -> str:
    """How many households need monitoring, and how many of them are not registered."""
    if pd.isna(release.needed):
        zh, en = (
            "应纳入监测的户数太少，按披露规则隐去。",
            "Too few households need monitoring for the number to be published.",
        )
        return tr(zh, en)
    total = release.townships.at[TOTAL, TOTAL]  # known, and not 0, where the number of those who need it is
    share = number(100 * release.needed / total, 1, limits=[0])
    counts = count(total), count(release.needed), share, count(release.missed)
    total, needed, share, missed = (cited(text, basis) for text in counts)
    mark = tr("合成数据：", "Synthetic data: ") if made_up else ""
    zh = f"{mark}{total} 户中 {needed} 户（{share} %）应纳入监测" + (
        f"，{missed} 户未在册" if registered else ""
    )
    en = f"{mark}{needed} of {total} households ({share} %) need monitoring" + (
        f"; {missed} are not registered" if registered else ""
    )
    return tr(f"{zh}。", f"{en}.")


def _facts(
    release: Release, lines: pd.DataFrame, package: Package, basis: list[str], registered: bool
) -> list[Fact]:
    """Households to be monitored by group, those not registered, and what all of them lack."""
    totals, facts = release.townships.loc[TOTAL], []
    for name in MONITORED:
        facts.append(Fact(groups.GROUP[name], _households(totals[name]), basis))
    if registered:
        facts.append(Fact(("应监测而未在册", "Not registered"), _households(release.missed), basis))
        facts.append(
            Fact(("在册而不达条件", "Registered without need"), _households(release.outdated), basis)
        )
    if release.lacking > 0:
        line_text = figure(lines["line"].item(), "元")
        kind = tr(f"监测线 {line_text}", f"line {line_text}")
        if groups.assumed(lines, package):
            kind = tr(f"假设的监测线 {line_text}", f"assumed line {line_text}")
        kind = cited(kind, lines["id"])
        facts.append(Fact(("补到监测线共缺", "Shortfall to the line"), money(release.lacking), basis, kind))
    return facts


def _households(households: float) -> str:
    return tr(f"{count(households)} 户", f"{count(households)}")


def _steps(
    release: Release,
    last: str,
    lines: pd.DataFrame,
    registered: bool,
    over: bool,
    package: Package,
    basis: list[str],
) -> list[str]:
    """Whom to visit (by counts and townships, never by name), which reason to look at, what to supply."""
    sentences = []
    if registered and not (release.missed == 0 and release.outdated == 0):
        missed, outdated = (cited(count(many), basis) for many in (release.missed, release.outdated))
        zh = f"各乡镇下次集中排查时按名单入户：应监测而未在册 {missed} 户，在册而不达条件 {outdated} 户。"
        en = f"Townships to visit, at the next round and by their own lists, {missed} households not "
        en += f"registered and {outdated} registered without need."
        sentences.append(tr(zh, en))
    first = groups.foremost(release).head(_PLACES)
    if len(first):
        townships = [
            name + words.aside(cited(f"{number(share, 1, limits=[0])} %", basis))
            for name, share in first.items()
        ]
        zh, en = (
            f"排查先从监测对象占比最高的乡镇开始：{'、'.join(townships)}。",
            f"Begin where the share of households to be monitored is largest: {', '.join(townships)}.",
        )
        sentences.append(tr(zh, en))
    reasons = _reasons(release).head(1)
    for name, many in reasons.items():
        who, reason, n = word(WORDS["owner"], name), word(REASON, name), cited(count(many), basis)
        zh, en = (
            f"{who}会同乡镇逐户核对最多的原因，定帮扶措施：{reason}，{n} 户。",
            f"Have {who} check the most common reason and decide on help: {reason}, {n} households.",
        )
        sentences.append(tr(zh, en))
    if over:
        zh = f"各乡镇补报 {int(last) + 1} 年以来的农户收支：最新为 {last} 年，不能推算风险。"
        en = f"Townships to report incomes since {int(last) + 1}: those of {last} are too old for risks."
        sentences.append(tr(zh, en))
    if groups.assumed(lines, package):
        line_text = cited(figure(lines["line"].item(), "元"), lines["id"])
        zh = f"县农业农村部门提供公布的 {last} 年监测线，替换假设的 {line_text}，重新判断。"
        en = (
            f"Judge again with the line that the rural affairs office published, not the assumed {line_text}."
        )
        sentences.append(tr(zh, en))
    return sentences


def _supply() -> str:
    return tr(
        "各乡镇填报农户四项收入和刚性支出，县农业农村部门填报监测线，即可判断。",
        "Townships to enter incomes by source and spending of households, the rural affairs office the line.",
    )


def _limits(made_up: bool, last: str) -> str:
    """The limits of the page: what it cannot tell."""
    zh, en = (
        f"数据为 {last} 年。户数太少的隐去（＊）；数据判断是入户核查的线索，不是结论。",
        f"Figures are of {last}. Small counts are hidden (＊); figures call for a visit and are no verdict.",
    )
    if made_up:
        zh, en = f"农户是合成的，不是真实的农户。{zh}", f"The households are synthetic, not real. {en}"
    return tr(zh, en)


def _reasons(release: Release) -> pd.Series:
    """Households by reason, where the number may be published, largest first."""
    shown = release.reasons.drop(index=["none", TOTAL], errors="ignore")[TOTAL]
    return shown.dropna().sort_values(ascending=False, kind="stable")


def reasons_chart(release: Release, last: str, mark: str, basis: Iterable[str]) -> None:
    """Draw the commonest reasons, as a small chart; what is hidden is not drawn."""
    shown = _reasons(release)
    frame = pd.DataFrame(
        {"category": [word(REASON, name) for name in shown.index], "value": shown.to_numpy()}
    )
    what: Text = (f"{last} 年各原因的户数，隐去的不画", f"Households by reason, {last}, hidden ones left out")
    title = chosen(what)
    for row in frame.head(1).itertuples():
        many = count(row.value)
        title = tr(f"最多的原因是{row.category}，{many} 户", f"Most common reason: {row.category}, {many}")
    small_bars(frame, title=title + mark, subtitle=what, unit="户", places=0, basis=basis)
