"""What is known of a plan, kind by kind, each as a sentence and as figures: ``leading`` chooses of them."""

from calendar import month_name
from collections.abc import Iterable
from itertools import chain, repeat
from typing import NamedTuple

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods import danger, pace, series
from plan_monitor.methods.progress import STATUSES
from plan_monitor.report import codes
from plan_monitor.report.codes import printed
from plan_monitor.report.sources import stored_ids
from reportkit import measures, periods, words
from reportkit.brief import Fact
from reportkit.cited import cited
from reportkit.language import Text, chosen, tr

_GOOD = ("achieved", "kept", "on_track")
_STEEP = 1  # points a year, from which on a way is told of
_OF_NO_SIZE = ("%", "‰", "年", "岁")  # units in which a prefecture can be set beside its nation


class Lead(NamedTuple):
    """One kind of thing that is known of a plan."""

    answers: list[str]  # as a sentence, the fullest first
    facts: list[tuple[str, Fact]]  # each with what it is of
    most: int  # how many of them a page shows


def leads(judged: pd.DataFrame, package: Package, as_of: str) -> list[Lead]:
    """All that is known of promises (``promises.judge``) and their stages, the strongest first."""
    rows = judged[judged["role"].isin(["promise", "by_year"])].sort_values("period", kind="stable")
    main = rows[rows["role"].eq("promise")]
    found = [_standing(main, package), _lowered(rows, package), _steepest(main, package)]
    found += [_base_beside(main, package, as_of), _target_beside(main, package, as_of)]
    found += [_overdue(rows, package), _awaited(rows), _coming(rows)]
    return [lead for lead in found if lead.facts]


def promised(judged: pd.DataFrame, package: Package) -> list[tuple[str, Fact]]:
    """Every promise itself: its target, and its state; those whose figures are overdue first."""
    rows = judged[judged["role"].eq("promise")]
    rows = rows.sort_values("state", key=lambda state: state.ne("overdue"), kind="stable")
    told = [codes.state(row.state) for row in rows.itertuples()]
    return _facts(rows, printed(rows, package), told, [rows["id"]], package)


def yearly(judged: pd.DataFrame, package: Package) -> list[tuple[str, Fact]]:
    """What sums that are counted from zero ask for in an average year."""
    rows = judged[judged["role"].eq("promise") & judged["kind"].eq("cumulative")]
    rows = rows.dropna(subset=["value", "period", "baseline_period"])
    years = rows["period"].map(periods.end).astype(float) - rows["baseline_period"].map(periods.end)
    unit = measures.units(package.indicators)
    needed = zip(rows.itertuples(), years, strict=True)
    figures = [words.figure(row.value / n, unit[row.indicator], 0, row.comparator) for row, n in needed]
    spans = map(words.number, years)
    told = [tr(f"平均每年，共 {span} 年", f"a year on average, {span} years") for span in spans]
    facts = _facts(rows, figures, told, [rows["id"]], package)
    return [(f"{of} a year", fact) for of, fact in facts]


def _standing(rows: pd.DataFrame, package: Package) -> Lead:
    """Those that can be judged, the endangered first."""
    judged = rows[rows["status"].notna()]
    behind = danger.rank(judged, pd.DataFrame({"id": [], "probability": []}))
    ordered = pd.concat([behind, judged[~judged["id"].isin(behind["id"])]])
    sign = ordered["latest_id"].map(package.observations.set_index("id")["comparator"]).fillna("=")
    latest = ordered.assign(value=ordered["latest"], period=ordered["latest_period"], comparator=sign)
    aim = tr("，目标 ", ", target ")
    goals = [words.figure(row.value, row.unit, comparator=row.comparator) for row in ordered.itertuples()]
    own = words.aside(tr("规划自报", "the plan's own"))
    stands = [codes.state(row.status) + own * row.own for row in ordered.itertuples()]
    told = [state + aim + goal for state, goal in zip(stands, goals, strict=True)]
    ids = [ordered["latest_id"], ordered["id"]]
    facts = _facts(ordered, printed(latest, package), told, ids, package, ordered["status"])
    total, some = cited(f"{len(rows)}", rows["id"]), _count(judged, "latest_id")
    counts = judged["status"].value_counts().reindex(list(STATUSES)).dropna().astype(int)
    good = int(counts.reindex(list(_GOOD)).sum())

    def told_of(parts: Iterable[tuple[int, Text]]) -> str:
        parts = [(n, chosen(name)) for n, name in parts if n]
        zh = "，".join(f"{n} 项{name}" for n, name in parts)
        en = ", ".join(f"{n} {name}" for n, name in parts)
        zh = f"{total} 项承诺有 {some} 项可以判断：{zh}。"
        return tr(zh, f"{some} of {total} promises can be judged: {en}.")

    each = told_of((n, codes.STATUS[code]) for code, n in counts.items())
    halves = (good, ("达到或符合进度", "met or on track")), (len(judged) - good, ("落后", "behind"))
    return Lead([each, told_of(halves)], facts, 3)


def _lowered(rows: pd.DataFrame, package: Package) -> Lead:
    """Targets that ask for less than had been reached."""
    less = rows["kind"].eq("floor") & rows["baseline"].gt(rows["value"])
    less |= rows["kind"].eq("ceiling") & rows["baseline"].lt(rows["value"])
    lowered = rows[less & rows["baseline_id"].notna()].drop_duplicates(["indicator", "region"])
    n = _count(lowered, "baseline_id")
    one = f"{n} target asks for less than had been reached"
    en = one if len(lowered) == 1 else f"{n} targets ask for less than had been reached"
    some = tr(f"有 {n} 项目标低于已经达到的水平", en)
    return Lead(_of_first(some, lowered, package), _from_base(lowered, package), 2)


def _steepest(rows: pd.DataFrame, package: Package) -> Lead:
    """The shares that are to change most a year."""
    ways = danger.longest_ways(rows)
    ways = ways[ways["points_per_year"].abs() >= _STEEP]
    if ways.empty:
        return Lead([], [], 0)
    first = ways.iloc[0]
    name = codes.names(package.indicators)[first["indicator"]]
    answers = []
    for dates, zh, en in (
        (True, "要求变动最大的是{}：由 {} 到 {}。", "Longest way: {}, from {} to {}."),
        (False, "要求变动最大的是{}：由 {} 到 {}。", "Longest way: {}, from {} to {}."),
        (False, "{}要由 {} 到 {}。", "{}: from {} to {}."),
    ):
        ends = [
            words.dated(first["baseline"], "%", first["baseline_period"] if dates else None),
            words.dated(first["value"], "%", first["period"] if dates else None, first["comparator"]),
        ]
        start, goal = map(cited, ends, ([first["baseline_id"]], [first["id"]]))
        answers.append(tr(zh, en).format(name, start, goal))
    return Lead(answers, _from_base(ways, package), 2)


def _base_beside(rows: pd.DataFrame, package: Package, as_of: str) -> Lead:
    """The level of the base year beside the region above that most of it can be compared with."""
    base = rows[rows["baseline_id"].notna()].drop_duplicates(["indicator", "region"])
    base = base.assign(mine=base["baseline"], at=base["baseline_period"], mine_id=base["baseline_id"])
    compared = _beside(base.assign(sign="="), package, as_of)
    if compared.empty:
        return Lead([], [], 0)
    ahead, where, n = int(compared["ahead"].sum()), _where(compared, package), _count(compared, "other_id")
    zh = f"全都优于{where}" if ahead == len(compared) else f"有 {ahead} 项优于{where}"
    en = f"{ahead} were better than {where}"
    if not ahead:
        zh, en = f"全都不及{where}", f"all were behind {where}"
    answer = tr(f"基期可比的 {n} 项指标{zh}。", f"Of {n} base figures that can be compared {en}.")
    return Lead([answer], _held_against(compared, package), 2)


def _target_beside(rows: pd.DataFrame, package: Package, as_of: str) -> Lead:
    """Targets without a base beside what a region above has reached."""
    bare = rows[rows["baseline_id"].isna() & rows["status"].isna()].drop_duplicates(["indicator", "region"])
    bare = bare.assign(mine=bare["value"], at=None, mine_id=bare["id"], sign=bare["comparator"])
    compared = _beside(bare, package, as_of)
    if compared.empty:
        return Lead([], [], 0)
    reached, where, n = int(compared["met"].sum()), _where(compared, package), _count(compared, "other_id")
    zh = f"其中 {reached} 项{where}已经达到" if reached else f"都高于{where}的实绩"
    en = f"{where} had reached {reached}" if reached else f"{where} had reached no such level yet"
    answer = tr(f"可与{where}相比的目标有 {n} 项，{zh}。", f"Targets that can be compared: {n}; {en}.")
    return Lead([answer], _held_against(compared, package), 3)


def _overdue(rows: pd.DataFrame, package: Package) -> Lead:
    """Those whose figures should have been published."""
    late = rows[rows["state"].eq("overdue")]
    n = _count(late, "lag_id")
    en = "result should be out and was" if len(late) == 1 else "results should be out and were"
    some = tr(f"有 {n} 项承诺已过公布期，仍未收录到结果", f"{n} {en} not found")
    label, told = ("逾期未收录", "Results overdue"), tr("已过公布期", "should have been published")
    fact = Fact(label, _items(late), _ids(late, "lag_id"), told)
    return Lead(_of_first(some, late, package), [("overdue", fact)] * bool(len(late)), 1)


def _awaited(rows: pd.DataFrame) -> Lead:
    """Those that are due, and by when their figures are to be expected; the largest group first."""
    answers, facts = [], []
    awaited = rows[rows["state"].eq("awaited")]
    due = awaited["period"].map(periods.end).astype(float)
    for (end, out), group in sorted(awaited.groupby([due, due + awaited["lag"] / 12]), key=_size):
        n, by, when = _count(group, "lag_id"), _moment(end), _moment(out)
        zh = f"{n} 项承诺于 {by}到期，结果应在 {when}前公布。"
        promises = "promise" if len(group) == 1 else "promises"
        answers.append(tr(zh, f"The results of {n} {promises} due by {by} are expected by {when}."))
        told = tr(f"{_items(group)}，{by}到期", f"{_items(group)} due by {by}")
        fact = Fact(("结果应公布于", "Results expected by"), when, _ids(group, "lag_id"), told)
        facts.append((f"expected {when}", fact))
    return Lead(answers[:1], facts, 2)


def _coming(rows: pd.DataFrame) -> Lead:
    """Those that are not due yet, and when the next of them are."""
    later = rows[rows["state"].eq("not_due")]
    due = later["period"].map(periods.end).astype(float)
    following = later[due.eq(due.min())]
    if following.empty:
        return Lead([], [], 0)
    n, soon, by = _count(later, "id"), _count(following, "id"), _moment(due.min())
    zh = f"{n} 项承诺尚未到期，最近的 {soon} 项于 {by}到期。"
    answer = tr(zh, f"Not due yet: {n}; next due: {soon}, by {by}.")
    fact = Fact(("最近的期限", "Next due date"), by, [*following["id"]], _items(following))
    return Lead([answer], [("next", fact)], 1)


def _size(grouped: tuple[tuple, pd.DataFrame]) -> int:
    return -len(grouped[1])


def _beside(rows: pd.DataFrame, package: Package, as_of: str) -> pd.DataFrame:
    """Figures (mine, at, sign) beside those of a region above, which are of the same time where that is set.

    Rows of the region that most can be compared with, of some the highest, with other, other_period, other_id
    and above (the region), ahead (mine is better) and met (the other meets mine as a target).
    """
    found = []
    for row in rows[rows["unit"].isin(_OF_NO_SIZE)].to_dict("records"):
        for above in package.above(row["region"]):
            asked = [row["indicator"]], [above], as_of
            others = series.annual_rows(package.observations, *asked)
            others = others[others["comparator"].eq("=")]  # "95 % or more" is no point
            if pd.notna(row["at"]):
                others = others[others["period"].eq(row["at"])]
            side = pace.wanted_side(row["sign"], row["direction"])
            if others.empty or side == "neutral":
                continue
            other = others.iloc[-1]
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
    own = printed(compared.assign(value=compared["mine"], period=at, comparator=compared["sign"]), package)
    others = compared.assign(value=compared["other"], period=compared["other_period"], comparator="=")
    told = [f"{place} {figure}" for figure in printed(others, package)]
    return _facts(compared, own, told, [compared["mine_id"], compared["other_id"]], package)


def _from_base(rows: pd.DataFrame, package: Package) -> list[tuple[str, Fact]]:
    """Targets, each with the base that it starts from."""
    base = rows.assign(value=rows["baseline"], period=rows["baseline_period"], comparator="=")
    told = [tr(f"基期 {figure}", f"base {figure}") for figure in printed(base, package)]
    return _facts(rows, printed(rows, package), told, [rows["id"], rows["baseline_id"]], package)


def _facts(
    rows: pd.DataFrame,
    figures: Iterable[str],
    told: Iterable[str],
    ids: list[pd.Series],
    package: Package,
    states: Iterable[str] = repeat(""),
) -> list[tuple[str, Fact]]:
    """A fact a row, named by its indicator, and by its region where there are several."""
    names = rows["indicator"].map(codes.names(package.indicators))
    if rows["region"].nunique() > 1:
        names += rows["region"].map(codes.names(package.regions)).map(words.aside)
    of = zip(rows["indicator"] + " " + rows["region"], names, strict=True)
    known = (list(chain(*several)) for several in zip(*map(stored_ids, ids), strict=True))
    return [
        (key, Fact(name, figure, row_ids, text, state))
        for (key, name), figure, row_ids, text, state in zip(of, figures, known, told, states, strict=False)
    ]


def _of_first(some: str, rows: pd.DataFrame, package: Package) -> list[str]:
    """An answer on some promises that names the first of them; and one without it, which is shorter."""
    name = rows["indicator"].map(codes.names(package.indicators)).head(1).sum()
    more = len(rows) > 1
    zh, en = f"{some}：{name}{'等' * more}。", f"{some}: {name}{' and others' * more}."
    return [tr(zh, en), tr(f"{some}。", f"{some}.")]


def _ids(rows: pd.DataFrame, beside: str) -> list[str]:
    return list(chain(*stored_ids(rows["id"]), *stored_ids(rows[beside])))


def _count(rows: pd.DataFrame, beside: str) -> str:
    """How many rows there are, as a figure that leads to them and what it is reckoned by."""
    return cited(f"{len(rows)}", _ids(rows, beside))


def _items(rows: pd.DataFrame) -> str:
    return tr(f"{len(rows)} 项", measures.counted(len(rows), "promise"))


def _where(compared: pd.DataFrame, package: Package) -> str:
    return codes.names(package.regions)[compared["above"].iloc[0]]


def _moment(time: float) -> str:
    """The end of a year or month, a moment in years: ``2025 年底``, ``2026 年 6 月``."""
    year, month = divmod(round(12 * time) - 1, 12)
    if month == 11:
        return tr(f"{year + 1} 年底", f"the end of {year + 1}")
    return tr(f"{year + 1} 年 {month + 1} 月", f"{month_name[month + 1]} {year + 1}")
