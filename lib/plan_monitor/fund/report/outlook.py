"""The outlook of an insurance fund as tables and charts: growth, fan, chances, stress tests."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor import fund
from plan_monitor.fund.projection import OLD
from plan_monitor.fund.report.odds import chance
from plan_monitor.fund.report.series import FIGURE, WORDS, curve, money_unit, numbers, ratio_name
from plan_monitor.methods import record
from reportkit import measures, words
from reportkit.charts.lines import lines
from reportkit.decimals import beside
from reportkit.language import Text, of_data, tr, word
from reportkit.table import Column, table

_CHANCE = WORDS["chance"]


def fits_table(result: fund.Projection, caption: Text, basis: Iterable[str] = ()) -> None:
    """Show the growth that the projection rests on, its spread, and the years left out."""
    fits = result.fits
    one_off, new_scope = (
        [", ".join(map(str, years)) or words.NOTHING for years in fits[name]]
        for name in ("one_off", "new_scope")
    )
    ends = fits[["correlation", "correlation_low", "correlation_high"]].itertuples(index=False)
    correlations = [words.NOTHING if pd.isna(row[0]) else _with_range(*row) for row in ends]
    columns = [
        Column(("成分", "Component"), [word(WORDS["component"], name) for name in fits.index]),
        Column(("下一年增速，%", "Growth of the next year, %"), numbers(fits["growth"], 1)),
        Column(("自身年际波动，百分点", "Own spread of a year, points"), numbers(fits["own"], 1)),
        Column(("共享波动，百分点", "Shared spread, points"), numbers(fits["spread"], 1)),
        Column(
            ("延续的部分（与当年波动之比）", "What lasts, to the spread of a year"),
            numbers(fits["lasting"], 2),
        ),
        Column(("收支相关（80 % 区间）", "Correlation of both (80 % range)"), correlations, figures=True),
        Column(("年份数", "Years"), numbers(fits["points"])),
        Column(("自由度", "Degrees of freedom"), numbers(fits["df"], 0)),
        Column(("异常年份（不拟合）", "Unusual years left out"), one_off, figures=True),
        Column(("口径变化（不跨越）", "New scope (not measured across)"), new_scope, figures=True),
    ]
    table(caption, columns, basis)


def _with_range(value: float, low: float, high: float) -> str:
    """A figure with its range, to a tenth."""
    middle, least, most = numbers([value, low, high], 1)
    return middle + words.aside(tr(f"{least} 至 {most}", f"{least} to {most}"))


def middle_words(result: fund.Projection, scheme: str, place: str, lender: str) -> str:
    """Why only the middle path is shown, without a probability; empty if a probability may be given.

    `place` is the name of the fund's region, `lender` that of the region whose growth is assumed.
    """
    if result.borrowed:
        return tr(
            f"{place}自身年份太少。图和表只是“如按{lender}的增速”的情形，不是对{place}的预测，不给概率。",
            f"The own years of {place} are too few. Chart and tables only say what would come if the growth "
            f"of {lender} held; they are no forecast for {place}, and have no probability.",
        )
    if scheme in fund.POOLED:
        return tr(
            "这里的结余含个人账户，不能都用于支付，所以不给赤字和用尽的概率，只画中间路径。",
            "This reserve includes personal accounts, not all of which can be spent: no probability of a "
            "deficit or of a reserve used up is given, only the middle path.",
        )
    if result.carries:
        return ""
    if result.passed > OLD:
        newest, years = int(result.start["year"]), measures.counted(result.passed, "year has", "years have")
        return tr(
            f"最新账目是 {newest} 年的，此后已过去 {result.passed} 年，不给概率，只画中间路径。",
            f"The newest accounts are those of {newest}, and {years} passed since: no probability is given, "
            "only the middle path.",
        )
    return tr(
        f"自身同口径的增速只有 {result.rates} 个，少于 {fund.ENOUGH} 个，不给概率，只画中间路径。",
        f"It has only {measures.counted(result.rates, 'growth rate')} of one scope of its own, fewer "
        f"than {fund.ENOUGH}: no probability is given, only the middle path.",
    )


def start_words(result: fund.Projection) -> list[str]:
    """Remarks on the start of a projection: a reserve carried forward, years that are over."""
    texts = []
    if result.start["carried"]:
        since = int(result.start["year"] - result.start["carried"])
        zh = f"累计结余最近公布于 {since} 年，此后各年按收入减支出接续。"
        en = f"The reserve was last published for {since}; income minus expenditure carries it on from there."
        texts.append(tr(zh, en))
    if over := [year for year in result.years if year <= result.over]:
        listed = f"{over[0]}–{over[-1]}" if len(over) > 1 else str(over[0])
        zh = f"{listed} 年已经过去，账目没有收录，图中只有推算的中位数。"
        en = f"Of {listed}, already over, no accounts are on record; the chart has only the median estimate."
        texts.append(tr(zh, en))
    return texts


def fan_chart(
    rows: pd.DataFrame,
    result: fund.Projection,
    what: Text,
    middle: str | None = None,
    basis: Iterable[str] = (),
) -> None:
    """Draw the reserve as it was (``fund.indicators``) and as the paths have it, in money and in months.

    Where the years carry no probability, the middle path is drawn alone, under the name `middle`. The title
    is what the last year may bring; `basis` are ids of the rows that the paths are computed from.
    """
    unit, size = money_unit(result.unit)
    months = ratio_name("reserve_months", next(iter(rows["scheme"])))
    by_year = rows.set_index("year")
    series = tr("公布的账目", "published accounts")
    if by_year["basis"][by_year["balance"].notna()].str.contains("derived").any():
        series = tr("公布和推算的账目", "accounts published or derived")
    frames, fans, ids = [], [], by_year["id"].str.split(", ")
    for column, panel, unit_of, by, places in (
        ("balance", word(FIGURE, "balance").capitalize(), unit, size, 0.0 if size < 100 else 1.0),
        ("reserve_months", months, "月", 1, 1.0),
    ):
        frames.append(curve(by_year[column] / by, panel, series, unit_of, places, ids))
        fan = result.quantiles(column) / by
        if middle is None:
            fan.loc[fan.index <= result.over, fan.columns != "median"] = float("nan")
            fans.append(fan.reset_index().assign(panel=panel))
        else:
            sure = beside(*fan[["lower_80", "upper_80"]].iloc[-1])
            frames.append(curve(fan["median"], panel, middle, unit_of, min(sure, places)))
    title = _prospect(result, middle)
    lines(pd.concat(frames), title=title, subtitle=what, fan=pd.concat(fans) if fans else None, basis=basis)


def _prospect(result: fund.Projection, middle: str | None) -> str:
    """What the reserve may be worth at the end of the last year; where only the middle is known, that."""
    last = result.quantiles("reserve_months").iloc[-1]
    low, high = last["lower_80"], last["upper_80"]
    least, most, median = numbers([low, high, last["median"]], max(beside(low, high), 0))
    year = last.name
    if middle is None:
        return tr(
            f"{year} 年末可支付月数的 80 % 区间是 {least} 至 {most} 个月",
            f"The 80 % range of the reserve at the end of {year} is {least} to {most} months",
        )
    return tr(
        f"{middle}，{year} 年末结余可支付 {median} 个月",
        f"The reserve at the end of {year}, {middle}: {median} months",
    )


def chances_chart(result: fund.Projection, what: Text, basis: Iterable[str] = ()) -> None:
    """Draw, by year to come, the probability that a deficit has come, and that the reserve is used up.

    The title says both of the last year.
    """
    panel = tr("到该年为止的概率（一成一档，画在档中）", "Probability by that year (middle of its tenth)")
    middles = {name: 10 * getattr(result, name).map(record.tenth) + 5 for name in _CHANCE}
    shares = [curve(values, panel, word(_CHANCE, name), "%", 0.0) for name, values in middles.items()]
    deficit, used_up = (chance(getattr(result, name).iloc[-1]) for name in _CHANCE)
    title = tr(
        f"到 {result.years[-1]} 年出现过当期赤字的概率 {deficit}，结余用尽的概率 {used_up}",
        f"By {result.years[-1]} the chance of a deficit is {deficit}, of a reserve used up {used_up}",
    )
    lines(pd.concat(shares), title=title, subtitle=what, basis=basis)


def scenario_name(name: str, scenarios: pd.DataFrame) -> str:
    """Name of a stress test."""
    return scenarios.set_index("id").at[name, f"name_{of_data()}"]


def stress_table(
    stressed: pd.DataFrame,
    scenarios: pd.DataFrame,
    base: str,
    end: int,
    scheme: str,
    caption: Text,
    basis: Iterable[str] = (),
    chances: bool = True,
) -> None:
    """Show the stress tests of a fund (``fund.stress``) side by side.

    The projection without any stress is called `base`. Years after the last one projected (`end`) are shown
    as later. Where no probability may be given (not `chances`), only the reserve of the middle path is shown.
    """
    names = [base if name == "base" else scenario_name(name, scenarios) for name in stressed.index]
    reasons = [
        words.aside(word(WORDS["obstacle"], code)) if pd.notna(code) else "" for code in stressed["reason"]
    ]
    cells = [name + reason for name, reason in zip(names, reasons, strict=True)]
    ids = [[] if name == "base" else [name] for name in stressed.index]
    first = stressed[["first_deficit", "first_exhausted"]]
    first = first.map(lambda year: f">{end}" if pd.isna(year) else str(int(year)))
    first[stressed["reason"].notna()] = words.NOTHING
    deficit, exhausted = ([chance(p) for p in stressed[name]] for name in ("p_deficit", "p_exhausted"))
    by_deficit = ("半数路径 赤字年份", "Half of the paths have a deficit by")
    by_exhausted = ("半数路径 用尽年份", "Half of the paths have used up the reserve by")
    reserve_heading = ratio_name("reserve_months", scheme) + tr("，期末中位数", ", median at the end")
    columns = [
        Column(("情景", "Scenario"), cells, ids),
        Column(("当期赤字 概率", "Chance of a deficit"), deficit, figures=True),
        Column(by_deficit, first["first_deficit"], figures=True),
        Column(("结余用尽 概率", "Chance of a reserve used up"), exhausted, figures=True),
        Column(by_exhausted, first["first_exhausted"], figures=True),
        Column(reserve_heading, numbers(stressed["reserve_months"], 1)),
    ]
    table(caption, columns if chances else [columns[0], columns[-1]], basis)
