"""What a plan starts from and asks for, beside what the regions above it have published."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods import pace, series
from plan_monitor.report import codes
from plan_monitor.report.codes import printed
from plan_monitor.report.facts import Lead, count, facts_of, goals, ids_of
from reportkit.brief import Fact
from reportkit.cited import cited
from reportkit.language import chosen, tr

_COMPARED = ["id", "indicator", "region", "period", "direction", "mine", "at", "sign"]
_POINT = ["id", "indicator", "region", "period", "value"]
_OF_NO_SIZE = ("%", "‰", "年", "岁")  # units in which a prefecture can be set beside its nation


def base_beside(rows: pd.DataFrame, package: Package, as_of: str) -> Lead:
    """The level of the base year beside the region above that most of it can be compared with."""
    base = rows[rows["baseline_id"].notna()].drop_duplicates(["indicator", "region"])
    base = base.assign(mine=base["baseline"], at=base["baseline_period"], id=base["baseline_id"])
    compared = _beside(base.assign(sign="="), package, as_of)
    if compared.empty:
        return Lead([], [], 0)
    ahead, where, n = compared["ahead"], _where(compared, package), count(compared, "other_id")
    some = count(compared[ahead], "other_id")
    zh = f"全都优于{where}" if ahead.all() else f"有 {some} 项优于{where}"
    en = f"{some} were better than {where}"
    if not ahead.any():
        zh, en = f"全都不及{where}", f"all were behind {where}"
    answer = tr(f"基期可比的 {n} 项指标{zh}。", f"Of {n} base figures that can be compared {en}.")
    return Lead([answer], _held_against(compared, package), 2)


def target_beside(rows: pd.DataFrame, package: Package, as_of: str) -> Lead:
    """Targets without a base beside what a region above has reached."""
    bare = rows[rows["baseline_id"].isna() & rows["status"].isna()].drop_duplicates(["indicator", "region"])
    bare = bare.assign(mine=bare["value"], at=None, sign=bare["comparator"])
    compared = _beside(bare, package, as_of)
    if compared.empty:
        return Lead([], [], 0)
    where, n = _where(compared, package), count(compared, "other_id")
    met = compared[compared["met"]]
    reached = count(met, "other_id") if len(met) else ""
    years = sorted({period[:4] for period in compared["other_period"]})
    when = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"
    zh = f"其中 {reached} 项{where}已经达到" if reached else f"都高于{where}的实绩"
    zh = f"可与{where}相比的目标 {n} 项，{zh}（{when} 年）。"
    en = f"{where} had reached {reached or 'none'} of the {n} targets that can be compared ({when})."
    held = _held_against(compared, package)
    answers = [tr(zh, en)]
    if len(compared) == 1:
        ids, (_, fact) = ids_of(compared, "other_id"), held[0]
        one = cited("the one target", ids)
        en = f"{where} had {'' if reached else 'not '}reached {one} that can be compared ({when})."
        goal = printed(
            compared.assign(value=compared["mine"], period=None, comparator=compared["sign"]), package
        )[0]
        both = cited(f"{goal}{tr('，', '; ')}{fact.word}", ids)
        named = tr(f"{chosen(fact.label)}目标 {both}。", f"{chosen(fact.label)}: target {both}.")
        answers = [named, tr(zh, en)]
    return Lead(answers, held, 3)


def _beside(rows: pd.DataFrame, package: Package, as_of: str) -> pd.DataFrame:
    """Figures (id, mine, at, sign) beside those of a region above, of the same time where that is set.

    Rows of the region that most can be compared with, of some the highest, with other, other_period, other_id
    and above (the region), ahead (mine is better) and met (the other meets mine as a target).
    """
    found, rows = [], rows.loc[rows["unit"].isin(_OF_NO_SIZE), _COMPARED]
    regions = list(dict.fromkeys(above for code in rows["region"] for above in package.above(code)))
    published = package.rows("observations", region=regions)
    published = series.annual_rows(published, list(rows["indicator"].unique()), regions, as_of)
    points: dict[tuple, dict] = {}  # by indicator, region and period, and the last one for no period
    published = published.loc[published["comparator"].eq("="), _POINT]  # "95 % or more" is no point
    for point in published.to_dict("records"):
        for period in (point["period"], None):
            points[point["indicator"], point["region"], period] = point
    for row in rows.to_dict("records"):
        at = row["at"] if pd.notna(row["at"]) else None
        side = pace.target_side(row["sign"], row["direction"])
        for above in package.above(row["region"]):
            other = points.get((row["indicator"], above, at))
            if other is None or side == "neutral":
                continue
            ahead = (row["mine"] > other["value"]) == (side == "up") and row["mine"] != other["value"]
            met = pace.meets(other["value"], row["mine"], row["sign"], row["direction"])
            names = {"other": other["value"], "other_period": other["period"], "other_id": other["id"]}
            found.append(row | names | {"above": above, "ahead": ahead, "met": met})
    if not found:
        return pd.DataFrame()
    compared = pd.DataFrame(found)
    many = compared["above"].map(compared["above"].value_counts())
    compared = compared[many.eq(many.max())]
    highest = min(compared["above"].unique(), key=lambda code: len(package.above(code)))
    return compared[compared["above"].eq(highest)].sort_values("ahead", kind="stable")  # what lags first


def _held_against(compared: pd.DataFrame, package: Package) -> list[tuple[str, Fact]]:
    """Figures of ``_beside``, each with that of the other region."""
    place, at = _where(compared, package), compared["at"].fillna(compared["period"])
    mine = compared.assign(value=compared["mine"], period=at, comparator=compared["sign"])
    own = goals(mine, package)
    if compared["at"].notna().all():
        own = [figure.preceded(tr("基期 ", "base ")) for figure in printed(mine, package)]
    others = compared.assign(value=compared["other"], period=compared["other_period"], comparator="=")
    told = [f"{place} {figure}" for figure in printed(others, package)]
    return facts_of(compared, own, told, [compared["id"], compared["other_id"]], package)


def _where(compared: pd.DataFrame, package: Package) -> str:
    return codes.names(package.regions)[compared["above"].iloc[0]]
