"""Base and target figures of a plan, beside figures published for the regions above."""

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
_OF_NO_SIZE = (
    "%",
    "‰",
    "年",
    "岁",
)  # units that do not depend on size, in which a prefecture compares with its nation


def base_beside(rows: pd.DataFrame, package: Package, as_of: str) -> Lead:
    """Base figures beside those of the region above for which most of them can be compared."""
    base = rows[rows["baseline_id"].notna()].drop_duplicates(["indicator", "region"])
    base = base.assign(mine=base["baseline"], at=base["baseline_period"], id=base["baseline_id"])
    compared = _comparisons(base.assign(sign="="), package, as_of)
    if compared.empty:
        return Lead([], [], 0)
    ahead, region_name, n = compared["ahead"], _region_name(compared, package), count(compared, "other_id")
    ahead_count = count(compared[ahead], "other_id")
    zh = f"全都优于{region_name}" if ahead.all() else f"有 {ahead_count} 项优于{region_name}"
    en = f"{ahead_count} were better than {region_name}"
    if not ahead.any():
        zh, en = f"全都不及{region_name}", f"all were behind {region_name}"
    answer = tr(f"基期可比的 {n} 项指标{zh}。", f"Of {n} base figures that can be compared {en}.")
    return Lead([answer], _comparison_facts(compared, package), 2)


def target_beside(rows: pd.DataFrame, package: Package, as_of: str) -> Lead:
    """Targets without a base figure, beside what a region above has reached."""
    without_base = rows[rows["baseline_id"].isna() & rows["status"].isna()].drop_duplicates(
        ["indicator", "region"]
    )
    without_base = without_base.assign(mine=without_base["value"], at=None, sign=without_base["comparator"])
    compared = _comparisons(without_base, package, as_of)
    if compared.empty:
        return Lead([], [], 0)
    region_name, n = _region_name(compared, package), count(compared, "other_id")
    met = compared[compared["met"]]
    reached = count(met, "other_id") if len(met) else ""
    years = sorted({period[:4] for period in compared["other_period"]})
    span = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"
    zh = f"其中 {reached} 项{region_name}已经达到" if reached else f"都高于{region_name}的实绩"
    zh = f"可与{region_name}相比的目标 {n} 项，{zh}（{span} 年）。"
    en = f"{region_name} had reached {reached or 'none'} of the {n} targets that can be compared ({span})."
    comparison_facts = _comparison_facts(compared, package)
    answers = [tr(zh, en)]
    if len(compared) == 1:
        ids, [(_, fact)] = ids_of(compared, "other_id"), comparison_facts
        one = cited("the one target", ids)
        en = f"{region_name} had {'' if reached else 'not '}reached {one} that can be compared ({span})."
        mine = compared.assign(value=compared["mine"], period=None, comparator=compared["sign"])
        [goal] = printed(mine, package)
        goal_and_result = cited(f"{goal}{tr('，', '; ')}{fact.word}", ids)
        named_answer = tr(
            f"{chosen(fact.label)}目标 {goal_and_result}。",
            f"{chosen(fact.label)}: target {goal_and_result}.",
        )
        answers = [named_answer, tr(zh, en)]
    return Lead(answers, comparison_facts, 3)


def _comparisons(rows: pd.DataFrame, package: Package, as_of: str) -> pd.DataFrame:
    """Figures (id, mine, at, sign) beside those of a region above, at the same time if `at` is set.

    Rows for the region above with most comparisons (of several the highest), with other, other_period,
    other_id, above (the region), ahead (mine is better) and met (the other figure meets mine as a target).
    """
    matches, rows = [], rows.loc[rows["unit"].isin(_OF_NO_SIZE), _COMPARED]
    regions = list(dict.fromkeys(above for code in rows["region"] for above in package.above(code)))
    published = package.rows("observations", region=regions)
    published = series.annual_rows(published, list(rows["indicator"].unique()), regions, as_of)
    points: dict[tuple, dict] = {}  # by indicator, region and period, and the last one for no period
    published = published.loc[published["comparator"].eq("="), _POINT]  # "95 % or more" is no point
    for point in published.to_dict("records"):
        for period in (point["period"], None):
            points[point["indicator"], point["region"], period] = point
    for row in rows.to_dict("records"):
        period_of_base = row["at"] if pd.notna(row["at"]) else None
        side = pace.target_side(row["sign"], row["direction"])
        for above in package.above(row["region"]):
            other = points.get((row["indicator"], above, period_of_base))
            if other is None or side == "neutral":
                continue
            ahead = (row["mine"] > other["value"]) == (side == "up") and row["mine"] != other["value"]
            met = pace.meets(other["value"], row["mine"], row["sign"], row["direction"])
            names = {"other": other["value"], "other_period": other["period"], "other_id": other["id"]}
            matches.append(row | names | {"above": above, "ahead": ahead, "met": met})
    if not matches:
        return pd.DataFrame()
    compared = pd.DataFrame(matches)
    counts = compared["above"].map(compared["above"].value_counts())
    compared = compared[counts.eq(counts.max())]
    highest = min(compared["above"].unique(), key=lambda code: len(package.above(code)))
    return compared[compared["above"].eq(highest)].sort_values("ahead", kind="stable")  # lagging ones first


def _comparison_facts(compared: pd.DataFrame, package: Package) -> list[tuple[str, Fact]]:
    """Figures of ``_comparisons``, each with that of the other region."""
    place, moments = _region_name(compared, package), compared["at"].fillna(compared["period"])
    mine = compared.assign(value=compared["mine"], period=moments, comparator=compared["sign"])
    figures = goals(mine, package)
    if compared["at"].notna().all():
        figures = [figure.preceded(tr("基期 ", "base ")) for figure in printed(mine, package)]
    others_rows = compared.assign(value=compared["other"], period=compared["other_period"], comparator="=")
    texts = [f"{place} {figure}" for figure in printed(others_rows, package)]
    return facts_of(compared, figures, texts, [compared["id"], compared["other_id"]], package)


def _region_name(compared: pd.DataFrame, package: Package) -> str:
    return codes.names(package.regions)[compared["above"].iloc[0]]
