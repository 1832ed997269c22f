"""The cheapest plan as charts and tables: by resource, by school, or why there is none."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor.balance.plan import Plan
from plan_monitor.balance.report import county
from plan_monitor.data.package import Package
from reportkit import measures
from reportkit.charts.plain import bars
from reportkit.decimals import rounded
from reportkit.language import Text, chosen, of_data, tr, word
from reportkit.table import Column, table
from reportkit.words import NOTHING, figure, joined, nothing, number

_OBSTACLE = {
    "missing": ("缺数据", "no figure"),
    "below": ("低于余项下限，而此项不能追加", "below the floor, and nothing can be added"),
    "too_many": (
        "不达标的项数过多，而这些项不能追加",
        "too many indicators missed where nothing can be added",
    ),
    "unequal": ("差异系数超限，而此项不能追加", "coefficient over its limit, and nothing can be added"),
}
_MONEY = (("万元", 10_000, 1), ("百万元", 1_000_000, 3))  # the unit that each language counts in


def money(yuan: float) -> str:
    """An amount of money as a report states it.

    >>> money(4_510_000)
    '451.0 万元'
    """
    unit, size, places = chosen(_MONEY)
    return figure(yuan / size, unit, places)


def bound(gap: float) -> str:
    """How much cheaper a plan could be at most, by its `gap` to the bound that the solver proved.

    >>> bound(0.00071), bound(1e-9)
    ('与理论下限的差距不超过 0.07 %', '在所设单位成本和规则下没有更省的方案')
    """
    share = rounded(100 * gap, 2)
    percent = figure(share, "%", 2)
    if share == 0:
        return tr("在所设单位成本和规则下没有更省的方案", "at these unit costs and rules no plan costs less")
    return tr(f"与理论下限的差距不超过 {percent}", f"no plan can cost more than {percent} less")


def _cost_column(costs: Iterable[float]) -> Column:
    _, size, places = chosen(_MONEY)
    return Column(("费用（万元）", "Cost (million yuan)"), [number(cost / size, places) for cost in costs])


def plan_chart(plan: Plan, what: Text, mark: str = "", basis: Iterable[str] = ()) -> None:
    """Draw the cost of the plan by resource, one colour a level.

    The title is what most of it goes to; `what` says what is shown, `mark` that the schools are made up.
    """
    if plan.additions.empty:
        return nothing(what)
    unit, size, places = chosen(_MONEY)
    costs = plan.additions.groupby(["level", "indicator"])["cost"].sum().rename("value") / size
    frame = costs.sort_index(key=lambda index: index.map(county.PLACE)).reset_index()
    frame["category"] = [word(county.RESOURCE, name) for name in frame["indicator"]]
    frame["series"] = [word(county.LEVEL, level) for level in frame["level"]]
    dear = plan.additions.groupby("indicator", sort=False)["cost"].sum().nlargest(2)
    share = number(100 * dear.sum() / plan.cost, 0, limits=[100])
    named = joined(word(county.RESOURCE, name) for name in dear.index)
    named = named[:1].upper() + named[1:]
    title = tr(f"{named}占最省方案费用的 {share} %", f"{named} take {share} % of the cheapest plan") + mark
    bars(frame, title=title, subtitle=what, unit=unit, places=places, basis=basis)


def plan_table(
    plan: Plan, costs: pd.DataFrame, package: Package, caption: Text, basis: Iterable[str] = ()
) -> None:
    """Show what the plan adds in all, resource by resource, at which unit cost."""
    sums = plan.additions.groupby("indicator").agg({"code": "nunique", "addition": "sum", "cost": "sum"})
    rows = sums.sort_index(key=lambda index: index.map(county.PLACE)).reset_index()
    prices, texts = costs.set_index("indicator").loc[rows["indicator"]], []
    for price, unit in zip(prices["unit_cost"], prices["unit"], strict=True):
        per_unit = measures.unit_word(unit).removeprefix("元").removeprefix("yuan")
        texts.append(number(price).followed(per_unit))
    columns = [
        county.indicator_column(rows["indicator"], package),
        Column(("追加", "To add"), list(map(county.amount, rows["addition"], rows["indicator"]))),
        Column(("学校数", "Schools"), list(map(number, rows["code"]))),
        Column(("单位成本（元）", "Unit cost (yuan)"), texts, [[row_id] for row_id in prices["id"]]),
        _cost_column(rows["cost"]),
        Column(("单位成本的依据", "Basis"), prices[f"note_{of_data()}"].fillna(NOTHING)),
    ]
    table(caption, columns, basis)


def plan_by_school_table(plan: Plan, caption: Text, basis: Iterable[str] = ()) -> None:
    """Show what each school gets, what that costs, and the one indicator it may leave below the threshold."""
    added, by = plan.additions, ["code", "level"]
    rows = added.assign(school=county.school_names(added)).groupby(by, sort=False)
    rows = rows.agg({"school": "first", "cost": "sum"}).sort_values("cost", ascending=False, kind="stable")
    waived = plan.waived.assign(name=[word(county.RESOURCE, name) for name in plan.waived["indicator"]])
    waived = waived.groupby(by)["name"].agg(joined).reindex(rows.index)
    columns = [
        Column(county.SCHOOL, rows["school"]),
        county.level_column(rows.index.get_level_values("level")),
        _cost_column(rows["cost"]),
        Column(("追加", "To add"), county.by_school(added, "addition", "+").loc[rows.index]),
        Column(("可暂缓的一项", "The one that may wait"), waived.fillna(NOTHING)),
    ]
    table(caption, columns, basis)


def obstacles_table(plan: Plan, package: Package, caption: Text, basis: Iterable[str] = ()) -> None:
    """Show why there is no plan: which school or coefficient, which resource, what stands in the way."""
    rows = plan.obstacles
    columns = [
        Column(county.SCHOOL, county.school_names(rows).fillna(tr("全县", "whole county"))),
        county.level_column(rows["level"]),
        county.indicator_column(rows["indicator"], package),
        Column(("原因", "Reason"), [word(_OBSTACLE, reason) for reason in rows["reason"]]),
    ]
    table(caption, columns, basis)
