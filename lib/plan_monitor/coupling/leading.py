"""The first page of the report on coordination: what improved, and what the degree cannot tell."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from plan_monitor.coupling.report import OBSTACLE, SYSTEM, WEIGHTING
from plan_monitor.coupling.robustness import Chance
from plan_monitor.data.package import Package
from plan_monitor.report.codes import names
from reportkit import words
from reportkit.brief import Fact, brief
from reportkit.charts.small import small_lines
from reportkit.cited import cited
from reportkit.language import Text, tr, word
from reportkit.measures import counted

_WHO = {
    "education": ("教育行政部门", "the education authority"),
    "insurance": ("医疗保障部门", "the healthcare security authority"),
    "rural": ("统计部门", "the statistics office"),
}
_NATION = {
    "education": ("教育部", "the Ministry of Education"),
    "insurance": ("国家医疗保障局", "the National Healthcare Security Administration"),
    "rural": ("国家统计局", "the National Bureau of Statistics"),
}
_LIMITS = (
    "协调度高只说明三个指数同时高，既不说明协调，也不说明因果。",
    "A high degree says that three indices are high together, neither that they are coordinated nor why.",
)
_FEWEST = 3  # years
_NAMED = 2  # indicators named in a step


class Computed(NamedTuple):
    """What the report computes, if it can: degrees by year and weighting, and the role of chance."""

    weighting: str
    degrees: pd.DataFrame  # of ``robustness.sensitivity``
    chance: Mapping[str, Chance]  # by weighting
    left_out: pd.Series  # of ``robustness.without_each``, the last year
    worse: pd.Index  # indicators that did not improve from the first year to the last


def first_page(
    figures: pd.DataFrame,
    computed: Computed | None,
    obstacles: Mapping[str, str],
    weighting: str,
    unusual: list[str],
    region: str,
    package: Package,
) -> None:
    """Show the first page on three systems.

    `figures` has all that is published: indicator, label, system, period (a year), id. `computed` is None
    where nothing is: with `obstacles` (``composite.obstacles``) by the `weighting`, else for want of years.
    `unusual`: years, of the first and the last, whose accounts are marked as unusual. Steps name the
    offices of `region`.
    """
    offices = _offices(region, package)
    if computed is None:
        weighting_name = word(WEIGHTING, weighting)
        message = tr(
            f"这些数据按{weighting_name}不能计算协调度。",
            f"These figures give no coordination degree by {weighting_name}.",
        )
        if not obstacles:
            zh = "三个系统没有三年以上齐全的公开数据，不作计算。"
            message = tr(zh, "Fewer than three years have figures of all three systems; nothing is computed.")
        return brief(message, _systems(figures, obstacles), _fill(figures, offices), _LIMITS)
    brief(
        _answer(figures, computed),
        _facts(figures, computed),
        _steps(figures, computed, unusual, offices),
        _LIMITS,
    )


def _offices(region: str, package: Package) -> dict[str, str]:
    """Who has the figures of each system in a region."""
    if package.regions.set_index("code").at[region, "level"] == "nation":
        return {system: tr(*pair) for system, pair in _NATION.items()}
    place = names(package.regions)[region]
    return {system: tr(f"{place}{zh}", f"{en} of {place}") for system, (zh, en) in _WHO.items()}


def _rows(figures: pd.DataFrame) -> list[str]:
    return list(figures["id"].astype(str).str.split(", ").explode().unique())


def _ends(computed: Computed) -> tuple[str, str]:
    return computed.degrees.index[0], computed.degrees.index[-1]


def _answer(figures: pd.DataFrame, computed: Computed) -> str:
    """How many indicators improved, and that this does not show whether the systems are coordinated."""
    (first, last), total = _ends(computed), figures["indicator"].nunique()
    rows = _rows(figures[figures["period"].isin([first, last])])
    improved, total = cited(str(total - len(computed.worse)), rows), cited(str(total), rows)
    return tr(
        f"{first}—{last} 年 {total} 项指标有 {improved} 项改善，三个系统是否协调不能判断。",
        f"{first}–{last}: {improved} of {total} indicators improved; whether the systems are coordinated "
        "cannot be told.",
    )


def _facts(figures: pd.DataFrame, computed: Computed) -> list[Fact]:
    """What improved, the degree of the last year, and why it is no evidence."""
    (first, last), rows, total = _ends(computed), _rows(figures), figures["indicator"].nunique()
    degrees, left_out, chance = computed.degrees.loc[last], computed.left_out, computed.chance
    degree = degrees[computed.weighting]
    most_sensitive = (left_out - degree).abs().idxmax()
    label = figures.drop_duplicates("indicator").set_index("indicator")["label"]
    shares = [100 * null.reached(degrees[name]) for name, null in chance.items()]
    rising = words.number(chance[computed.weighting].rising, 2)
    improved = tr(
        f"{total} 项中 {total - len(computed.worse)} 项", f"{total - len(computed.worse)} of {total}"
    )
    return [
        Fact(
            ("改善的指标", "Indicators improved"), improved, rows, tr(f"{first}—{last} 年", f"{first}–{last}")
        ),
        Fact(
            (f"{last} 年协调度", f"Degree, {last}"),
            words.number(degree, 2),
            rows,
            tr("不是协调的证据", "no evidence"),
        ),
        Fact(
            ("互不相干也可得到", "Unlinked indicators reach"),
            rising,
            rows,
            tr("只要各自逐年改善", "if each improves"),
        ),
        Fact(
            ("随机也不低于它", "Random orders as high"),
            _span(shares, 0) + " %",
            rows,
            tr("随赋权而异", "by weights"),
        ),
        Fact(("换一种赋权", "With other weights"), _span(degrees, 2), rows),
        Fact(("去掉一个指标", "One indicator left out"), _span(left_out, 2), rows, label[most_sensitive]),
    ]


def _span(values: Iterable[float], places: int) -> str:
    low, high = (words.number(end, places) for end in (min(values), max(values)))
    return low if low == high else tr(f"{low}—{high}", f"{low}–{high}")


def _steps(
    figures: pd.DataFrame, computed: Computed, unusual: list[str], offices: Mapping[str, str]
) -> list[str]:
    """Steps: who is to explain what did not improve, how not to use the degree, which figures to add next."""
    indicators, sentences, (first, last) = (
        figures.drop_duplicates("indicator").set_index("indicator"),
        [],
        _ends(computed),
    )
    next_year = str(int(last) + 1)
    for system, rows in indicators.loc[computed.worse].groupby("system", sort=False):
        listed = words.joined(rows["label"])
        zh = f"请{offices[system]}随 {next_year} 年数据说明{listed} {first}—{last} 年为何没有改善。"
        en = (
            f"Ask {offices[system]} to explain with the figures of {next_year} why {listed} did not improve, "
        )
        sentences.append(tr(zh, en + f"{first}–{last}."))
    zh = "各部门不要用协调度评级或考核：互不相干的指标也能得高分。"
    sentences.append(
        tr(zh, "Do not rate or grade by the degree: indicators without any link score high as well.")
    )
    if unusual and len(computed.degrees) > _FEWEST:
        other = computed.degrees.index[1] if first in unusual else computed.degrees.index[-2]
        zh = f"引用前另与 {other} 年比较一次：{words.joined(unusual)} 年基金数字异常。"
        listed = words.joined(unusual)
        en = f"Before quoting, compare with {other} as well: fund accounts of {listed} are unusual."
        sentences.append(tr(zh, en))
    lacking = indicators.index.difference(
        figures.loc[figures["period"] == next_year, "indicator"], sort=False
    )
    if len(lacking):
        listed = tr("、", ", ").join(indicators.loc[lacking[:_NAMED], "label"])
        who = offices[indicators.at[lacking[0], "system"]]
        n = cited(str(len(lacking)), _rows(figures[figures["indicator"].isin(lacking)]))
        zh = f"{next_year} 年 {n} 项指标公布后补入，重新计算；先向{who}要{listed}。"
        en = f"Compute again once the {n} indicators of {next_year} are out; ask {who} first for {listed}."
        sentences.append(tr(zh, en))
    return sentences[:5]


def _systems(figures: pd.DataFrame, obstacles: Mapping[str, str]) -> list[Fact]:
    """For how many years each system has all its indicators."""
    facts = []
    for system, pair in SYSTEM.items():
        rows = figures[figures["system"] == system]
        state, text = (
            word(OBSTACLE, obstacles[system]) if system in obstacles else "",
            tr("没有数据", "no data"),
        )
        if len(rows):
            full = int(rows.groupby("period")["indicator"].nunique().eq(rows["indicator"].nunique()).sum())
            text = tr(f"{full} 年齐全", f"{counted(full, 'full year')}")
        facts.append(Fact(pair, text, _rows(rows), state))
    return facts


def _fill(figures: pd.DataFrame, offices: Mapping[str, str]) -> list[str]:
    """Which system's figures to supply, and who has them."""
    sentences = []
    for system, pair in SYSTEM.items():
        if not figures["system"].eq(system).any():
            zh = f"请{offices[system]}提供{tr(*pair)}系统同口径、三年以上的指标。"
            en = f"Ask {offices[system]} for three years or more of indicators of {tr(*pair)}."
            sentences.append(tr(zh, en))
    return sentences or [
        tr(
            "补齐三个系统同年的指标，至少三年，再重新运行。",
            "Complete the indicators of all three systems for the same three years or more, and run again.",
        )
    ]


def rising_title(systems: pd.DataFrame) -> Text:
    """Which systems' indices (``composite.indices``) rose in every year, and which did not."""
    rose = [name for name in systems if systems[name].diff().dropna().gt(0).all()]
    rest = [name for name in systems if name not in rose]
    names, others = (words.joined(word(SYSTEM, name) for name in part) for part in (rose, rest))
    if not rose:
        title = tr("没有一个系统的指数逐年上升", "No system's index rose in every year")
    elif not rest:
        title = tr(f"{names}的指数都逐年上升", f"The indices of {names} rose in every year")
    else:
        zh, en = f"{names}的指数逐年上升，{others}没有", f"{names} rose in every year, {others} did not"
        title = tr(zh, en[0].upper() + en[1:])
    return title, title


def systems_chart(points: pd.DataFrame, systems: pd.DataFrame, basis: Iterable[str]) -> None:
    """Draw the indices of the systems as a small chart; `points` as ``charts.lines.lines`` takes them."""
    what = (
        "各系统指数，0 为各年最差，1 为最好",
        "Index of each system, 0 the worst of the years, 1 the best",
    )
    small_lines(points, title=rising_title(systems), subtitle=what, basis=basis)
