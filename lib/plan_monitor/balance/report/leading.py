"""The first page of the report on balanced education: would the county pass, and what to do next."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor.balance.county import Verdict
from plan_monitor.balance.plan import Plan
from plan_monitor.balance.report import county, timetable
from plan_monitor.balance.report.plan import money
from plan_monitor.data.package import Package
from plan_monitor.report.codes import LEVEL, names
from reportkit import words
from reportkit.brief import Fact, brief
from reportkit.charts.small import small_bars
from reportkit.cited import cited
from reportkit.language import tr, word
from reportkit.measures import counted

_ANSWER = {
    "passes": ("可以通过", "would pass"),
    "fails": ("尚不能通过", "would not pass yet"),
    "open": ("还不能下结论", "cannot be judged yet"),
}
_SHORT = {
    "schools": ("学校资源", "School resources"),
    "coefficients": ("差异系数", "Coefficients"),
    "government": ("政府保障", "Government support"),
    "quality": ("教育质量", "Quality"),
    "recognition": ("社会认可", "Recognition"),
    "veto": ("一票否决", "Vetoes"),
}
_UNIT = {"schools": ("个校×学段", "school levels"), "coefficients": ("项", "")}
_STATE = {"passes": "achieved", "fails": "lost", "open": ""}
_ASPECTS = {"passes": ("达标", "met"), "fails": ("未达标", "not met"), "open": ("待定", "open")}
_BARS = {
    "passes": ("达标", "passes", "#14622f"),
    "open": ("待定", "open", "#8a8a8a"),
    "fails": ("未达标", "fails", "#a3191f"),
}
_FIRST = 3  # schools named in a step
_NAMED = 2  # and items
_ALL = 100.0  # per cent: what is not quite all is not printed as all
MOST = 5


def first_page(
    verdict: Verdict,
    plan: Plan,
    dates: timetable.Timetable,
    package: Package,
    region: str,
    evidence: Iterable[str],
) -> None:
    """Show the first page on a county (``balance.evaluate_county``) and its cheapest plan.

    `evidence`: ids of the documents of the schools and answers; where there are no schools, the timetable
    leads.
    """
    evidence = list(evidence)
    made_up = _made_up(evidence, package)
    if len(verdict.schools):
        headline, facts = _answer(verdict, evidence, made_up), _facts(verdict, plan, evidence, package)
        who = timetable.authority(region, package)
        next_steps = [*_supply(verdict, who, package), *_first(plan, evidence), *_repair(verdict, package)]
        next_steps += [*timetable.steps(dates, package, region), *_replace(plan, who, package)]
    else:
        headline, facts = timetable.answer(dates), timetable.facts(dates)
        next_steps = [_ask(region, package), *timetable.steps(dates, package, region)]
    brief(headline, facts, next_steps[:MOST], _limits(plan, package, made_up))


def _made_up(evidence: list[str], package: Package) -> bool:
    kinds = package.documents.set_index("id")["type"]
    return bool(kinds.reindex(evidence).eq("synthetic").any())


def _answer(verdict: Verdict, evidence: list[str], made_up: bool) -> str:
    """Whether the county would pass, and how many school levels do."""
    aspects = verdict.aspects.set_index("aspect")
    met, total = (cited(words.number(aspects.at["schools", name]), evidence) for name in ("met", "total"))
    open_count = int(aspects["open"].sum())
    mark = tr("合成数据：", "Synthetic data: ") if made_up else ""
    verdict_text = word(_ANSWER, verdict.status)
    open_items = cited(str(open_count), evidence)
    zh = f"{mark}{verdict_text}，{total} 个校×学段中 {met} 个资源达标" + (
        f"，{open_items} 项待答" if open_count else ""
    )
    en = f"{mark}{verdict_text}; {met} of {total} school levels have the resources" + (
        f", {open_items} items open" if open_count else ""
    )
    return tr(f"{zh}。", f"{en[0].upper()}{en[1:]}.")


def _facts(verdict: Verdict, plan: Plan, evidence: list[str], package: Package) -> list[Fact]:
    """Numbers met in each aspect with several items, numbers open, and the cost of the cheapest plan."""
    facts = []
    for row in verdict.aspects[verdict.aspects["aspect"].isin(list(_SHORT)[:4])].itertuples():
        unit = word(_UNIT, row.aspect) if row.aspect in _UNIT else tr("项", "")
        figure = f"{row.met}/{row.total} {unit}".strip()
        facts.append(
            Fact(_SHORT[row.aspect], figure, evidence, word(county.STATE, row.status), _STATE[row.status])
        )
    open_count = int(verdict.aspects["open"].sum())
    facts.append(
        Fact(("未答或缺数据", "Unanswered, no figure"), tr(f"{open_count} 项", f"{open_count}"), evidence)
    )
    if plan.cost > 0:
        price = (
            tr("假设的单位成本", "assumed unit costs")
            if _assumed(package)
            else tr("所填单位成本", "own unit costs")
        )
        ids = [*evidence, *package.unit_costs["id"]]
        facts.append(Fact(("资源补齐最省", "Cheapest plan"), money(plan.cost), ids, price))
    return facts


def _assumed(package: Package) -> bool:
    """Whether a unit cost is an assumption."""
    kinds = package.documents.set_index("id")["type"]
    return bool(package.unit_costs["document"].map(kinds).eq("assumption").any())


def _ask(region: str, package: Package) -> str:
    who = timetable.authority(region, package)
    return tr(
        f"{who}按本学年事业统计填报各校数据和评估答卷，即可评估。",
        f"For an evaluation, {who} to enter its schools from this school year's statistics, and the answers.",
    )


def _supply(verdict: Verdict, who: str, package: Package) -> list[str]:
    """The items without an answer: how many, and the first of them."""
    unanswered = verdict.items[verdict.items["state"] == "unanswered"]
    indicator_names = names(package.indicators)
    if unanswered.empty:
        return []
    n, first = cited(str(unanswered["item"].nunique()), unanswered["id"]), unanswered.iloc[0]
    name = cited(indicator_names[first["indicator"]], [first["id"]])
    zh, en = (
        f"{who}自评前补答 {n} 个条目，先答“{name}”。",
        f"{who} to answer the {n} open items before evaluating itself, “{name}” first.",
    )
    return [tr(zh, en[0].upper() + en[1:])]


def _first(plan: Plan, evidence: list[str]) -> list[str]:
    """The schools that the cheapest plan spends most on."""
    added = plan.additions
    if added.empty:
        return []
    costs = added.assign(school=county.school_names(added)).groupby(["code", "level"], sort=False)
    costs = costs.agg({"school": "first", "cost": "sum"}).nlargest(_FIRST, "cost")
    schools = words.joined(
        f"{row.school}{words.aside(word(LEVEL, row.Index[1]))}" for row in costs.itertuples()
    )
    share = words.number(100 * costs["cost"].sum() / plan.cost, 0, limits=[_ALL])
    share = cited(share + " %", evidence)
    return [
        tr(
            f"编下年度预算时先补{schools}，占最省方案 {share}。",
            f"In the next budget begin with {schools}: {share} of the cheapest plan.",
        )
    ]


def _repair(verdict: Verdict, package: Package) -> list[str]:
    """Items of government support and of quality that are not met."""
    items = verdict.items[verdict.items["state"].eq("not_met")]
    if items.empty:
        return []
    first, indicator_names = items.drop_duplicates("item").head(_NAMED), names(package.indicators)
    n = cited(str(items["item"].nunique()), items["id"])
    named = words.joined(f"“{cited(indicator_names[row.indicator], [row.id])}”" for row in first.itertuples())
    return [
        tr(
            f"认定前整改未达到的 {n} 个条目，如{named}。",
            f"Before certification put right the {n} items not met, such as {named}.",
        )
    ]


def _replace(plan: Plan, who: str, package: Package) -> list[str]:
    if not (_assumed(package) and plan.cost > 0):
        return []
    return [
        tr(
            f"{who}提供本地单位成本，替换假设值，重算最省方案。",
            f"Compute the plan again with local unit costs from {who} in place of those assumed.",
        )
    ]


def _limits(plan: Plan, package: Package, made_up: bool) -> str:
    """The limits of the page: what it cannot tell."""
    sentences = []
    if made_up:
        zh = "学校和答卷是合成的示例，不是真实的县。"
        sentences.append(tr(zh, "Schools and answers are synthetic examples, not those of a real county."))
    if plan.cost > 0 and _assumed(package):
        sentences.append(tr("单位成本是假设。", "Unit costs are assumptions."))
    sentences.append(
        tr(
            "时间表出自公开文件，不说明进度。",
            "The timetable comes from published plans and does not show progress.",
        )
    )
    return tr("", " ").join(sentences)


def aspects_chart(verdict: Verdict, evidence: Iterable[str], made_up: bool) -> None:
    """Draw how much of each aspect is met, as a small chart."""
    rows = verdict.aspects[verdict.aspects["total"] > 0]
    frame = pd.DataFrame(
        {
            "category": [word(_SHORT, name) for name in rows["aspect"]],
            "value": 100 * rows["met"] / rows["total"],
            "state": rows["status"],
        }
    )
    counts = rows["status"].value_counts()
    summary = tr("，", ", ").join(
        tr(f"{counts[state]} 个{zh}", f"{counts[state]} {en}")
        for state, (zh, en) in _ASPECTS.items()
        if state in counts
    )
    mark = tr("（合成数据）", " (synthetic data)") if made_up else ""
    title = tr(f"{len(rows)} 个方面：{summary}{mark}", f"{counted(len(rows), 'aspect')}: {summary}{mark}")
    subtitle = ("各方面达到的比例", "Share of each aspect that is met")
    shown = {"title": (title, title), "subtitle": subtitle, "states": _BARS, "basis": evidence}
    small_bars(frame, unit="%", places=0, limits=[_ALL], **shown)
