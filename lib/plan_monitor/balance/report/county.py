"""A county's verdict as charts and tables: aspects, schools, coefficients, shortfall, items."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from plan_monitor.balance.county import Verdict
from plan_monitor.balance.schools import attainment
from plan_monitor.balance.standard import LEVELS, RESOURCES, rules
from plan_monitor.data.package import Package
from plan_monitor.report.codes import LEVEL, names
from plan_monitor.settle.labels import LABELS
from reportkit import measures
from reportkit.charts.heatmap import heat_map
from reportkit.charts.plain import limit_bars
from reportkit.decimals import NOISE, all_against, carried, rounded
from reportkit.language import Text, of_data, tr, word
from reportkit.table import Column, table
from reportkit.words import NOTHING, figure, nothing, number

STATE = {
    "met": ("达到", "met"),
    "not_met": ("未达到", "not met"),
    "unanswered": ("未答", "unanswered"),
    "open": ("待定", "open"),
    "passes": ("达标", "passes"),
    "fails": ("未达标", "fails"),
    "no_students": ("无学生", "no pupils"),
}
ASPECT = {
    "schools": ("学校资源（校×学段）", "School resources (school levels)"),
    "coefficients": ("校际差异系数", "Difference coefficients"),
    "government": ("政府保障程度", "Government support"),
    "quality": ("教育质量", "Quality of education"),
    "recognition": ("社会认可度", "Public recognition"),
    "veto": ("一票否决情形（“达到”为没有）", "Veto situations (met: none)"),
}
RESOURCE = dict(zip(RESOURCES["indicator"], zip(RESOURCES["zh"], RESOURCES["en"], strict=True), strict=True))
PLACE = {name: place for place, name in enumerate([*LEVELS, *RESOURCE])}  # in the order of the rule book
SCHOOL = ("学校", "School")
_UNIT = dict(zip(RESOURCES["indicator"], RESOURCES["unit"], strict=True))
_COUNTED = ("人", "间")
_SOURCE = {"schools": ("由学校数据算出", "computed from schools"), "answers": ("答卷", "answer")}
_MARK = {"met": "achieved", "passes": "achieved", "not_met": "lost", "fails": "lost"}
_CELLS = {  # from attained to far below; readable in grey as well
    "met": ("达到标准", "at or above the threshold", "#cfe3d4"),
    "near": ("标准的 {} %–100 %", "{} % to 100 % of it", "#f0c36d"),
    "below": ("低于标准的 {} %", "below {} % of it", "#a3191f"),
    "missing": ("缺数据", "no figure", "#ffffff"),
}


def school_names(schools: pd.DataFrame) -> pd.Series:
    """Names in the report's language; the Chinese one where no English one is given."""
    return schools[f"name_{of_data()}"].fillna(schools["name_zh"])


def level_column(levels: Iterable[str]) -> Column:
    """The column of school levels."""
    return Column(("学段", "Level"), [word(LEVEL, level) for level in levels])


def indicator_column(indicators: pd.Series, package: Package) -> Column:
    """The column of indicators, by their names."""
    return Column(("指标", "Indicator"), list(indicators.map(names(package.indicators))))


def _state_column(states: Iterable[str]) -> Column:
    marks = [f"status-{_MARK[state]}" if state in _MARK else "no-data" for state in states]
    return Column(("判断", "Verdict"), [word(STATE, state) for state in states], marks=marks)


def amount(value: float, indicator: str) -> str:
    """A whole amount of a resource with its unit: ``12 persons``; – for nothing."""
    return figure(value, _UNIT[indicator], 0) if value else NOTHING


def by_school(rows: pd.DataFrame, column: str, sign: str) -> pd.Series:
    """What each school lacks or gets in one text, by code and level: ``sports area −1,805 m²; …``."""
    texts = []
    for indicator, value in zip(rows["indicator"], rows[column], strict=True):
        unit = _UNIT[indicator]
        unit = tr(unit, "" if unit in _COUNTED else unit)  # two teachers are not "teachers 2 persons"
        texts.append(f"{word(RESOURCE, indicator)} {sign}{figure(value, unit, 0)}")
    return rows.assign(text=texts).groupby(["code", "level"])["text"].agg(tr("；", "; ").join)


def aspects_table(verdict: Verdict, caption: Text, basis: Iterable[str] = ()) -> None:
    """Show how many schools, coefficients and items are met, not met and open, aspect by aspect."""
    rows = verdict.aspects
    columns = [
        Column(("方面", "Aspect"), [word(ASPECT, name) for name in rows["aspect"]]),
        _state_column(rows["status"]),
        Column(("总数", "Total"), list(map(number, rows["total"]))),
        Column(("达到", "Met"), list(map(number, rows["met"]))),
        Column(("未达到", "Not met"), list(map(number, rows["not_met"]))),
        Column(("未答或缺数据", "Unanswered or no figure"), list(map(number, rows["open"]))),
    ]
    table(caption, columns, basis)


def school_heat_map(
    evaluated: pd.DataFrame, standard: pd.DataFrame, what: Text, mark: str = "", basis: Iterable[str] = ()
) -> None:
    """Draw what each school attains of each threshold, in %, one block a level.

    The title is how many pass and which resource most are short of; `what` says what is shown, `mark` that
    the schools are made up.
    """
    judged = evaluated[evaluated["status"] != "no_students"]
    if judged.empty:
        return nothing(what)
    school = school_names(judged)
    namesakes = judged.assign(name=school).duplicated(["level", "name"], keep=False)
    panel, row = [word(LEVEL, level) for level in judged["level"]], school + " " + judged["code"]
    cells = attainment(judged, standard).assign(panel=panel, row=row.where(namesakes, school))
    cells = cells.melt(["panel", "row"], var_name="indicator", value_name="share")
    # cut off at the decimals of the floor, so that a school just below does not read as it, or as 100
    floor = rounded(100 * rules(standard).floor, 4)
    size = 10.0 ** carried([floor])
    share = np.floor(cells["share"] * (1 + NOISE) * size) / size
    cells = cells.assign(
        column=[word(RESOURCE, name) for name in cells["indicator"]],
        text=[number(value) for value in share],
        state=np.select([share.isna(), share < floor, share < 100], ["missing", "below", "near"], "met"),
    )
    states = {name: [text.format(number(floor)) for text in texts] for name, texts in _CELLS.items()}
    short = cells[cells["state"].isin(["near", "below"])].groupby("indicator", sort=False).size()
    passing = int(judged["status"].eq("passes").sum())
    title = tr(
        f"{len(judged)} 个校×学段中 {passing} 个达标", f"{passing} of {len(judged)} school levels pass"
    )
    if len(short):
        most, many = word(RESOURCE, short.idxmax()), short.max()
        title += tr(f"，{most}不足的最多，{many} 个", f", most ({many}) are short of {most}")
    heat_map(cells, title=title + mark, subtitle=what, states=states, basis=basis)


def coefficients_chart(
    verdict: Verdict, package: Package, what: Text, mark: str = "", basis: Iterable[str] = ()
) -> None:
    """Draw the difference coefficients of each level against their limit; `what` and `mark` as above."""
    rows = verdict.coefficients
    if rows.empty:
        return nothing(what)
    judged, over = rows[rows["state"] != "open"], int(rows["state"].eq("not_met").sum())
    zh, en = (
        f"{len(judged)} 项差异系数中 {over} 项超过限值",
        f"{over} of {len(judged)} coefficients over their limit",
    )
    frame = rows.assign(
        panel=[word(LEVEL, level) for level in rows["level"]],
        category=rows["indicator"].map(names(package.indicators)),
        value=rows["cv"].where(rows["state"] != "open"),
    )
    title, over = tr(zh, en) + mark, ("超过", "over the limit")
    limit_bars(frame, title=title, subtitle=what, unit="", over=over, basis=basis)


def coefficients_table(verdict: Verdict, package: Package, caption: Text, basis: Iterable[str] = ()) -> None:
    """Show each coefficient with the mean and deviation it is made of, its limit and state."""
    rows = verdict.coefficients
    unit = rows["indicator"].map(measures.units(package.indicators))
    places = [0 if mean >= 100 else 2 for mean in rows["mean"]]
    decimals = all_against(rows["cv"], ([limit] for limit in rows["limit"]), 3)
    of_limits = max(2, carried(rows["limit"]))
    columns = [
        indicator_column(rows["indicator"], package),
        level_column(rows["level"]),
        _state_column(rows["state"]),
        Column(("差异系数", "Coefficient"), [number(value, decimals) for value in rows["cv"]]),
        Column(("限值", "Limit"), [number(value, of_limits) for value in rows["limit"]]),
        Column(("全县均值", "County mean"), list(map(figure, rows["mean"], unit, places))),
        Column(("标准差", "Deviation"), list(map(number, rows["deviation"], places)), mixed=True),
        Column(("学校数", "Schools"), list(map(number, rows["schools"]))),
    ]
    table(caption, columns, basis)


def shortfall_table(short: pd.DataFrame, package: Package, caption: Text, basis: Iterable[str] = ()) -> None:
    """Show, for each level and resource, how many schools are short and by how much in all."""
    by = short.assign(schools=1).groupby(["level", "indicator"])[["schools", "to_threshold", "to_floor"]]
    rows = by.sum().sort_index(key=lambda index: index.map(PLACE)).reset_index()
    what = rows["indicator"]
    columns = [
        indicator_column(what, package),
        level_column(rows["level"]),
        Column(("不足的学校", "Schools short"), list(map(number, rows["schools"]))),
        Column(("补到标准共缺", "Short of the threshold"), list(map(amount, rows["to_threshold"], what))),
        Column(("补到余项下限共缺", "Short of the floor"), list(map(amount, rows["to_floor"], what))),
    ]
    table(caption, columns, basis)


def schools_table(
    evaluated: pd.DataFrame, short: pd.DataFrame, caption: Text, basis: Iterable[str] = ()
) -> None:
    """Show each school that does not pass: what it lacks to the thresholds, resource by resource."""
    rows = evaluated[evaluated["status"].isin(["fails", "open"])]
    lacks = by_school(short, "to_threshold", "−").reindex(pd.MultiIndex.from_frame(rows[["code", "level"]]))
    columns = [
        Column(SCHOOL, school_names(rows)),
        level_column(rows["level"]),
        Column(("学生", "Pupils"), [number(n, 0) for n in rows["students"]]),
        _state_column(rows["status"]),
        Column(("达标项", "Met"), [f"{met}/{len(RESOURCE)}" for met in rows["met"]], figures=True),
        Column(("离标准还缺", "Short of the thresholds"), lacks.fillna(NOTHING)),
    ]
    table(caption, columns, basis)


def items_table(verdict: Verdict, package: Package, caption: Text) -> None:
    """Show every standard outside resources with what it demands, its figure or answer, and its state."""
    rows, name, units = verdict.items, names(package.indicators), measures.units(package.indicators)
    items, demands, facts = [], [], []
    for row in rows.itertuples():
        split, unit = row.level in (*LEVELS, "nine-and-twelve-year"), units[row.indicator]
        items.append(name[row.indicator] + (f" · {word(LEVEL, row.level)}" if split else ""))
        demands.append(figure(row.threshold, unit, comparator=row.comparator))
        answered, demanded = pd.notna(row.answer), [row.threshold]
        shown = word(LABELS["answer"], row.answer) if answered else figure(row.value, unit, limits=demanded)
        facts.append(shown)
    columns = [
        Column(("条目", "Article"), rows["item"]),
        Column(("指标", "Indicator"), items),
        _state_column(rows["state"]),
        Column(("标准", "Standard"), demands, [[row_id] for row_id in rows["id"]]),
        Column(("现状", "Figure or answer"), facts),
        Column(("依据", "From"), [NOTHING if pd.isna(s) else word(_SOURCE, s) for s in rows["source"]]),
    ]
    table(caption, columns)
