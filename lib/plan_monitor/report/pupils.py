"""School places and pupils: what a plan adds, what it expects, and how pupils develop elsewhere.

Everywhere `compared` are rows of ``methods.places.places_and_pupils``, and `where` is the name of the region
that it compares with.
"""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods import series
from plan_monitor.report import codes, responsible
from reportkit import measures, periods, words
from reportkit.brief import Fact
from reportkit.charts.plain import bars
from reportkit.charts.small import small_lines
from reportkit.cited import cited
from reportkit.language import Text, tr
from reportkit.table import Column, table


def fewer(compared: pd.DataFrame) -> pd.DataFrame:
    """The levels for which a plan adds places while pupils become fewer elsewhere."""
    return compared[compared["added"].notna() & compared["elsewhere"].lt(0)]


def answer(compared: pd.DataFrame, where: str, package: Package) -> str:
    """One sentence on the first of the levels of ``fewer``."""
    row = next(fewer(compared).itertuples())
    seats, change, pupils = _seats(row, package), _elsewhere(row), _pupils(row, package)
    zh = f"{row.level}拟增学位 {seats}；{where}{pupils}自 {row.start_period} 年{change}。"
    en = (
        f"{row.level.capitalize()} plan: {seats} more; {pupils} in {where} {change} since {row.start_period}."
    )
    return tr(zh, en)


def facts(compared: pd.DataFrame, where: str, package: Package) -> list[Fact]:
    """The places added while pupils become fewer elsewhere, and how many places would stay empty."""
    result = []
    for row in fewer(compared).itertuples():
        label = (f"{row.level}新增学位", f"Places added, {row.level}")
        pupils, change = _pupils(row, package), _elsewhere(row)
        comparison = tr(f"{where}{pupils}{change}", f"{pupils} in {where} {change}")
        added = words.dated(row.added, _unit(row.added_of, package), row.due)
        result.append(Fact(label, added.preceded(tr("目标 ", "target ")), [row.added_id], comparison))
    if len(compared):
        least, most = (words.figure(100 * end(compared["spare"]), "%", 0, limits=[0]) for end in (min, max))
        spare = least if least == most else tr(f"{least} 至 {most}", f"{least} to {most}")
        label = ("按规划人数空余学位", "Places left empty, as planned")
        result.append(Fact(label, spare, _spare_ids(compared), _spares(compared, cite=False)))
    return result


def born(births: pd.DataFrame, place: str, package: Package) -> list[Fact]:
    """The last number of births of a place (``series.annual_rows``), beside the one before it."""
    if births.empty:
        return []
    *before, last = births.itertuples()
    unit = _unit(last.indicator, package)
    earlier = [words.dated(row.value, unit, row.period) for row in before[-1:]]
    label = (f"{place}出生人口", f"Births, {place}")
    ids = [row.id for row in (*before[-1:], last)]
    return [Fact(label, words.dated(last.value, unit, last.period), ids, "".join(earlier))]


def limits(compared: pd.DataFrame, where: str, package: Package) -> str:
    """Limits of the pupils' numbers elsewhere for the levels of ``fewer``, to precede other limits."""
    for row in fewer(compared).itertuples():
        zh = f"本地 {row.start_period} 年以后的{_pupils(row, package)}数未收录到，{where}的变动不代表本地。"
        return tr(zh, f"No local number of {_pupils(row, package)} after {row.start_period} was found. ")
    return ""


def steps(compared: pd.DataFrame, package: Package) -> list[str]:
    """What to do before the places of ``fewer`` are built."""
    sentences, contact_for = [], responsible.contacts(package)
    targets = package.targets.set_index("id", drop=False)
    for row in fewer(compared).itertuples():
        seats, pupils = _seats(row, package), _pupils(row, package)
        unit = contact_for(targets.loc[row.added_id].to_dict())
        office = cited(unit.name, unit.ids)
        zh = f"新增学位前，请{office}用最新{pupils}和出生人口核实{row.level} {seats}是否仍需要"
        en = f"Before adding places, the {office} to check {seats} of {row.level}"
        sentences.append(tr(zh, f"{en} against the latest enrolment and births"))
    return sentences


def chart(compared: pd.DataFrame, region: str, beside: str, as_of: str, package: Package) -> None:
    """Draw the pupils of `beside` since the base of the plan, and the plan for `region` (both codes).

    For the first level of ``fewer``; the base year is 100.
    """
    row, place = next(fewer(compared).itertuples()), codes.names(package.regions)
    observed = series.annual_rows(package.observations, [row.pupils_of], [beside], as_of)
    observed = observed[observed["period"] >= row.start_period[:4]]
    index = codes.labelled(series.rebase(observed, row.start_period), package)
    unit = f"{row.start_period} = 100"
    goal = index.head(1).assign(
        series=place[region],
        year=periods.end(row.due),
        value=100 * row.pupils / row.start,
        id=[[row.start_id, row.pupils_id]],
    )
    pupils = codes.names(package.indicators)[row.pupils_of]
    plan, other = _planned(row, cite=False), _elsewhere(row, cite=False)
    title = f"{pupils}：规划{plan}，{place[beside]}{other}", f"{pupils}: plan {plan}, {place[beside]} {other}"
    small_lines(
        index.assign(unit=unit, places=0),
        title=tuple(text[:1].upper() + text[1:] for text in title),
        subtitle=unit,
        targets=goal.assign(unit=unit, places=0),
    )


def say(compared: pd.DataFrame, where: str, births: str, package: Package) -> None:
    """Say what a plan expects and adds for the levels of ``fewer``.

    `births` are figures in words, or empty.
    """
    for row in fewer(compared).itertuples():
        unit = _unit(row.pupils_of, package)
        start = cited(words.figure(row.start, unit), [row.start_id])
        goal = cited(words.figure(row.pupils, unit), [row.pupils_id])
        seats, planned, elsewhere = _seats(row, package), _planned(row), _elsewhere(row)
        since = f"{row.elsewhere_first}{tr('—', '–')}{row.elsewhere_last}"
        births_note = births and tr(f"（出生人口：{births}）", f" (births: {births})")
        words.say(
            f"**{row.level}：规划预期在校（园）人数由 {start}（{row.start_period}）到 {goal}（{row.due}），"
            f"{planned}，并新增学位 {seats}；{where}同一指标 {since} 年{elsewhere}**。"
            f"没有收录到本地 {row.start_period} 年以后的人数；新增学位是否仍有需要，"
            f"应先以最新在校（园）人数和出生人口核实{births_note}。",
            f"**{row.level.capitalize()}: the plan expects {goal} in {row.due} after {start} in "
            f"{row.start_period} ({planned}) and adds {seats}; in {where} the same figure went {elsewhere} "
            f"over {since}.** No local number after {row.start_period} was found; whether the places are "
            f"still needed should first be checked against the latest enrolment and births{births_note}.",
        )


def bars_of(compared: pd.DataFrame, due: str) -> None:
    """Draw the places and the pupils planned, level by level."""
    names = {"places": tr("学位", "places"), "pupils": tr("在校生", "pupils")}
    long = [
        compared.assign(
            category=compared["level"], series=name, value=compared[column], id=compared[f"{column}_id"]
        )
        for column, name in names.items()
    ]
    title: Text = (f"{due} 年规划的学位与在校生", f"Places and pupils planned for {due}")
    if len(compared) and compared["spare"].gt(0).all():
        least, most = (words.number(100 * end(compared["spare"]), 0, limits=[0]) for end in (min, max))
        title = (
            f"规划的学位都多于规划的学生，空余 {least} 至 {most} %",
            f"More places than pupils are planned: {least} to {most} % left empty",
        )
    subtitle = (f"{due} 年规划数（万）", f"Planned for {due}")
    bars(pd.concat(long), title=title, subtitle=subtitle, unit="万")


def change_table(compared: pd.DataFrame, place: str, where: str, package: Package, caption: Text) -> None:
    """Show the pupils planned beside those elsewhere: from, to and change, for each level with both."""
    rows = []
    for row in compared[compared["elsewhere"].notna()].itertuples():
        unit, stored = _unit(row.pupils_of, package), package.observations.set_index("id")
        rows.append(
            (
                tr(f"{row.level}，{place}（规划）", f"{row.level}, {place} (planned)"),
                (words.dated(row.start, unit, row.start_period), [row.start_id]),
                (words.dated(row.pupils, unit, row.due), [row.pupils_id]),
                (_planned(row, cite=False), [row.start_id, row.pupils_id]),
            )
        )
        first, last = (stored.loc[row_id] for row_id in row.elsewhere_ids)
        ends = [(words.dated(end["value"], unit, end["period"]), [end.name]) for end in (first, last)]
        name = tr(f"{row.level}，{where}（实绩）", f"{row.level}, {where} (published)")
        rows.append((name, *ends, (_elsewhere(row, cite=False), row.elsewhere_ids)))
    headings = (("起点", "From"), ("终点", "To"), ("变动", "Change"))
    cells = [
        Column(heading, [row[place][0] for row in rows], [row[place][1] for row in rows], figures=True)
        for place, heading in enumerate(headings, 1)
    ]
    table(caption, [Column(("在校（园）人数", "Pupils"), [row[0] for row in rows]), *cells])


def _planned(row, *, cite: bool = True) -> str:
    text = words.change(row.planned, row.planned_low, row.planned_high)
    return cited(text, [row.start_id, row.pupils_id]) if cite else text


def _elsewhere(row, *, cite: bool = True) -> str:
    text = words.change(row.elsewhere, row.elsewhere_low, row.elsewhere_high)
    return cited(text, row.elsewhere_ids) if cite else text


def _pupils(row, package: Package) -> str:
    """The name of those counted, without the level."""
    name = codes.names(package.indicators)[row.pupils_of]
    return tr(name.removeprefix(row.level), name[:1].lower() + name[1:])


def _seats(row, package: Package) -> str:
    return cited(words.figure(row.added, _unit(row.added_of, package)), [row.added_id])


def _spares(compared: pd.DataFrame, *, cite: bool = True) -> str:
    """The share of places left empty, level by level, the largest first."""
    parts = []
    for row in compared.sort_values("spare", ascending=False, kind="stable").itertuples():
        share = words.figure(100 * row.spare, "%", 0, limits=[0])
        parts.append(f"{row.level} {cited(share, [row.places_id, row.pupils_id]) if cite else share}")
    return tr("，", ", ").join(parts)


def _spare_ids(compared: pd.DataFrame) -> list[str]:
    return [*compared["places_id"], *compared["pupils_id"]]


def _unit(indicator: str, package: Package) -> str:
    return measures.units(package.indicators)[indicator]
