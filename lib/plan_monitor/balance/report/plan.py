"""The cheapest plan as charts and tables: by resource, by school, or why there is none."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor import balance
from plan_monitor.balance.report.county import LEVEL, RESOURCE, UNIT, amounts, resource_texts, school_names
from plan_monitor.data.package import Package
from plan_monitor.report import codes
from reportkit import measures, words
from reportkit.charts.plain import bars
from reportkit.decimals import rounded
from reportkit.language import of_data, tr, word
from reportkit.tables import table

_OBSTACLE = {
    "missing": ("缺数据", "no figure"),
    "below": ("低于余项下限，而此项不能追加", "below the floor, and nothing can be added"),
    "too_many": (
        "不达标的项数过多，而这些项不能追加",
        "too many indicators missed where nothing can be added",
    ),
    "unequal": ("差异系数超限，而此项不能追加", "coefficient over its limit, and nothing can be added"),
}


# money in the unit that each language counts in
_MONEY = {"zh": ("万元", 10_000, 1), "en": ("百万元", 1_000_000, 2)}

_COST = ("费用（万元）", "Cost (million yuan)")


def money(yuan: float) -> str:
    """An amount of money as a report states it.

    >>> money(4_510_000, "zh"), money(4_510_000, "en")
    ('451.0 万元', '4.51 million yuan')
    """
    unit, size, places = _MONEY[of_data()]
    return words.figure(yuan / size, unit, places)


def bound(gap: float) -> str:
    """How much cheaper a plan could be at most, by its `gap` to the bound that the solver proved.

    >>> bound(0.00071, "zh"), bound(1e-9, "zh")
    ('与理论下限的差距不超过 0.07 %', '在所设单位成本和规则下没有更省的方案')
    """
    percent = words.figure(100 * gap, "%", 2)
    if rounded(100 * gap, 2) == 0:
        return tr("在所设单位成本和规则下没有更省的方案", "at these unit costs and rules no plan costs less")
    return tr(f"与理论下限的差距不超过 {percent}", f"no plan can cost more than {percent} less")


def _each(unit: str) -> str:
    """What a price in yuan is for: ``/人``, `` a person``."""
    return measures.unit_word(unit).removeprefix("元").removeprefix("yuan")


def plan_chart(plan: balance.Plan, title: tuple[str, str]) -> None:
    """Draw the cost of the plan by resource, one colour a level."""
    unit, size, places = _MONEY[of_data()]
    sums = plan.additions.groupby(["level", "indicator"], sort=False)["cost"].sum() / size
    frame = sums.rename("value").reset_index()
    order = {name: place for place, name in enumerate(balance.RESOURCES["indicator"])}
    frame = frame.sort_values(
        ["level", "indicator"], key=lambda c: c.map({**order, "primary": 0, "junior": 1})
    )
    frame["category"] = [word(RESOURCE, name) for name in frame["indicator"]]
    frame["series"] = [word(LEVEL, level) for level in frame["level"]]
    bars(frame, title=title, unit=unit, places=places)


def plan_table(
    plan: balance.Plan,
    costs: pd.DataFrame,
    package: Package,
    caption: tuple[str, str],
    basis: Iterable[str] = (),
) -> None:
    """Show what the plan adds in all, resource by resource, at which unit cost."""
    rows = plan.additions.groupby("indicator").agg(
        schools=("code", "nunique"), addition=("addition", "sum"), cost=("cost", "sum")
    )
    rows = rows.reindex(balance.RESOURCES["indicator"]).dropna().reset_index()
    (_, size, places), prices = _MONEY[of_data()], costs.set_index("indicator").loc[rows["indicator"]]
    shown = pd.DataFrame(
        {
            "indicator": rows["indicator"].map(codes.names(package.indicators)),
            "addition": amounts(rows["addition"], rows["indicator"].map(UNIT)),
            "schools": rows["schools"].map(lambda value: words.number(value, 0)),
            "price": [words.number(p.unit_cost) + _each(p.unit) for p in prices.itertuples()],
            "cost": [words.number(value / size, places) for value in rows["cost"]],
            "basis": prices[f"note_{of_data()}"].fillna("–").to_numpy(),
        }
    )
    headings = {
        "indicator": ("指标", "Indicator"),
        "addition": ("追加", "To add"),
        "schools": ("学校数", "Schools"),
        "price": ("单位成本（元）", "Unit cost (yuan)"),
        "cost": _COST,
        "basis": ("单位成本的依据", "Basis"),
    }
    trace = [{"price": [row_id]} for row_id in prices["id"]]
    table(shown, caption=caption, headings=headings, trace=trace, basis=basis)


def plan_by_school_table(plan: balance.Plan, caption: tuple[str, str], basis: Iterable[str] = ()) -> None:
    """Show what each school gets, what that costs, and the one indicator it may leave below the threshold."""
    added, by, (_, size, places) = plan.additions, ["code", "level"], _MONEY[of_data()]
    rows = added.assign(school=school_names(added)).groupby(by, sort=False)
    rows = rows.agg(school=("school", "first"), cost=("cost", "sum"))
    rows["adds"] = resource_texts(added, "addition", "+")
    rows = rows.sort_values("cost", ascending=False, kind="stable")
    left = plan.waived.assign(name=[word(RESOURCE, name) for name in plan.waived["indicator"]])
    left = left.groupby(by)["name"].agg(lambda names: words.joined(names))
    shown = pd.DataFrame(
        {
            "school": rows["school"],
            "level": [word(LEVEL, level) for level in rows.index.get_level_values("level")],
            "cost": [words.number(value / size, places) for value in rows["cost"]],
            "adds": rows["adds"],
            "left": left.reindex(rows.index).fillna("–"),
        }
    )
    headings = {
        "school": ("学校", "School"),
        "level": ("学段", "Level"),
        "cost": _COST,
        "adds": ("追加", "To add"),
        "left": ("可暂缓的一项", "The one that may wait"),
    }
    table(shown, caption=caption, headings=headings, basis=basis)


def obstacles_table(
    plan: balance.Plan, package: Package, caption: tuple[str, str], basis: Iterable[str] = ()
) -> None:
    """Show why there is no plan: which school or coefficient, which resource, what stands in the way."""
    rows = plan.obstacles
    county = tr("全县", "whole county")
    shown = pd.DataFrame(
        {
            "school": school_names(rows).fillna(county) if "name_zh" in rows else county,
            "level": [word(LEVEL, level) for level in rows["level"]],
            "indicator": rows["indicator"].map(codes.names(package.indicators)),
            "reason": [word(_OBSTACLE, reason) for reason in rows["reason"]],
        }
    )
    headings = {
        "school": ("学校", "School"),
        "level": ("学段", "Level"),
        "indicator": ("指标", "Indicator"),
        "reason": ("原因", "Reason"),
    }
    table(shown, caption=caption, headings=headings, basis=basis)
