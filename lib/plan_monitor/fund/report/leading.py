"""The first page of the report on an insurance fund: the answer, the newest figures, and its limits."""

import pandas as pd

from plan_monitor import fund
from plan_monitor.data.package import Package
from plan_monitor.fund.ratios import bands_for
from plan_monitor.fund.report import facts, series, steps
from plan_monitor.fund.report.series import WORDS
from plan_monitor.report.leading import fits
from reportkit import words
from reportkit.brief import Fact, brief
from reportkit.charts.canvas import PALETTE
from reportkit.charts.small import Level, small_bars
from reportkit.cited import cited
from reportkit.decimals import side
from reportkit.language import tr, word
from reportkit.measures import counted

_COLOURS = {"ok": PALETTE[1], "watch": "#c98b1b", "alarm": "#a3191f"}
_WORST = ("最不利", "worst case", PALETTE[2])
_DRAWN = 5  # bars of years on record in a small chart


def first_page(
    result: fund.Verdict,
    region: str,
    as_of: str,
    newest: pd.Series | None,
    record: pd.DataFrame,
    checked: pd.DataFrame,
    months: pd.DataFrame,
    package: Package,
) -> None:
    """Show the first page of the report on the fund of a region that ``fund.holds`` judged as of a period.

    `newest` is the newest row of ``fund.indicators`` with income and expenditure (of the pooled fund where it
    is published; None where there is none), `record` the rows of ``fund.warn`` of all years, `checked` all of
    ``fund.check_accounts`` of its region, `months` of ``fund.months``.
    """
    alerts = record.iloc[:0] if newest is None else record[record["period"] == newest["period"]]
    shown = _nothing(months) if newest is None else [facts.reserve(newest, alerts, package)]
    ratios = facts.ratios(alerts, package)
    shown = [
        *facts.warned(record, newest, package),
        *shown,
        # a fund shares how much growth varies with all others
        *facts.outlook(result, package.fund["id"], package.fund_bands),
        *(fact for fact in ratios if fact.state),
        *facts.disagreeing(result, checked),
        *(fact for fact in ratios if not fact.state),
    ]
    shown.sort(key=lambda fact: fact.state != "lost")  # alarms lead, and of six facts none is cut
    next_steps = steps.next_steps(result, region, as_of, alerts, checked, package)
    headline = leading_answer(result, newest, package)
    brief(headline, shown, next_steps, _limits(result, region, newest, alerts, package), as_of)


def leading_answer(result: fund.Verdict, newest: pd.Series | None, package: Package) -> str:
    """The answer (``fund.holds``) in one short sentence; `newest` as in `first_page`."""
    first, last = result.years
    if result.parts:
        schemes_by_answer: dict[str, list[str]] = {}
        for part in result.parts:
            schemes_by_answer.setdefault(_answer_words("part", part), []).append(
                series.scheme_name(part.scheme)
            )
        answers = [words.joined(names) + tr("", ": ") + text for text, names in schemes_by_answer.items()]
        return tr(
            f"{first}—{last} 年：{'，'.join(answers)}。",
            f"Reserve adequacy, {first}–{last}: {'; '.join(answers)}.",
        )
    name, text = series.scheme_name(result.scheme), _answer_words("leading", result).format(last)
    if newest is None or newest["scheme"] != result.scheme or pd.isna(newest["reserve_months"]):
        missing = tr(f"没有收录到{name}可用的结余", f"No usable reserve of {name} is on record")
        return tr(f"{missing}，{text}。", f"{missing}; {text}.")
    worth = newest["reserve_months"], "reserve_months", newest["scheme"]
    months = series.of_row(series.ratio_figure(*worth, package.fund_bands), newest)
    year = newest["period"]
    if facts.derived(newest["id"].split(", "), ["balance", "expenditure"], package):
        year += tr("，", ", ") + word(series.BASIS, "derived")
    capital = name[0].upper() + name[1:]
    en = f"{capital}: reserve of {months} months ({year}); {text}."
    full, short = (tr(f"{name}{verb} {months} 个月（{year}），{text}。", en) for verb in ("结余可付", "可付"))
    return full if fits(full) else short


def _answer_words(list_name: str, result: fund.Verdict) -> str:
    return word(WORDS[list_name], "below" if result.rule == "below" else result.answer)


def _nothing(months: pd.DataFrame) -> list[Fact]:
    """What is on record in place of yearly accounts."""
    month = months["period"].iloc[-1] if len(months) else tr("没有", "none")
    return [
        Fact(("年度收支账目", "Yearly accounts"), tr("没有", "none")),
        Fact(("最新月度数字", "Newest month"), month),
        Fact(("要有的数字", "Figures needed"), tr("收入、支出、结余", "income, expenditure, reserve")),
    ]


def _limits(
    result: fund.Verdict, region: str, newest: pd.Series | None, alerts: pd.DataFrame, package: Package
) -> str:
    """The limits of the page: what it cannot tell."""
    parts, texts = result.parts or (result,), []
    local = package.fund[package.fund["region"] == region]
    if package.regions.set_index("code").at[region, "level"] == "nation":
        zh, en = "全国合计不代表任何一个统筹地区。", "National totals do not describe any single local fund."
        texts.append(tr(zh, en))
    elif newest is not None and newest["scheme"] in fund.POOLED:
        zh, en = "含个人账户的结余不能都用于支付。", "Personal accounts in the reserve cannot pay for others."
        texts.append(tr(zh, en))
    bands = package.fund_bands[package.fund_bands["id"].isin(alerts["band"].dropna())]
    bands = bands[bands["ratio"] == "reserve_months"]
    if bands["document"].map(package.documents.set_index("id")["type"]).eq("assumption").any():
        texts.append(tr("结余分档线为假设。", "Reserve bands are assumed."))
    for part in parts:
        n = cited(str(part.rates), local.loc[local["scheme"] == part.scheme, "id"])
        if pd.notna(part.chance):
            whose = series.scheme_name(part.scheme) if result.parts else "自身"
            zh = f"可能性据{whose} {n} 个增速推算（方法见第四节）。"
            en = f"Probabilities are projected from {n} own growth rates (method: section 4)."
            texts.append(tr(zh, en))
        elif part.rule == "reserve":
            zh = "最不利：收入不增，支出按最快增速，叠加压力测试。"
            en = "Worst case: no growth of income, fastest known growth of expenditure, hardest stress test."
            texts.append(tr(zh, en))
        elif not result.parts and part.newest is None:
            texts.append(tr("没有账目，不作推算。", "Without accounts nothing is projected."))
        elif not result.parts and part.rates < fund.ENOUGH:
            zh = f"最新账目 {part.newest} 年；自身增速 {n} 个，不足 {fund.ENOUGH} 个，不计算可能性。"
            en = (
                f"The newest accounts are those of {part.newest}. No probabilities: "
                f"of the {fund.ENOUGH} own growth rates needed there {counted(part.rates, 'is', 'are')}."
            )
            texts.append(tr(zh, en))
    if result.parts and not any(part.rule == "reserve" or pd.notna(part.chance) for part in parts):
        texts.append(tr("各险种都没有可用的推算。", "No scheme has a projection that could be used."))
    return series.sentences(*texts)


def reserve_chart(rows: pd.DataFrame, warned: pd.DataFrame, result: fund.Verdict, package: Package) -> None:
    """Draw how many months the reserve was worth at the end of the latest years, beside the lines for it.

    The lines are the lowest one, and that of an excess where it is published. Where the answer rests on the
    worst case, this is drawn below. `rows` are of ``fund.indicators``, `warned` of ``fund.warn`` of the same
    scheme.
    """
    scheme = next(iter(rows["scheme"]), result.scheme)
    is_judged = scheme == result.scheme  # the lines are for the pooled fund
    bands = warned[warned["ratio"] == "reserve_months"].set_index("period")
    frame = rows.dropna(subset=["reserve_months"]).tail(_DRAWN)
    limit = result.limit if is_judged else float("nan")
    lines, points = package.fund_bands, frame.assign(category=frame["period"], value=frame["reserve_months"])
    title = _spanned(points, scheme, limit, lines)
    ids = frame["id"].str.split(", ")
    marks = [facts.derived(row_ids, ["balance", "expenditure"], package) for row_ids in ids]
    frame = pd.DataFrame(
        {
            "category": frame["period"] + pd.Series(marks, frame.index, dtype=object),
            "value": frame["reserve_months"],
            "state": frame["period"].map(bands["band"]),
            "id": ids,
        }
    )
    states = {
        band.id: (band.label_zh, band.label_en, _COLOURS[band.severity])
        for band in package.fund_bands.itertuples()
    }
    if is_judged and result.rule == "reserve" and len(frame):
        year = str(result.worst.year)
        frame.loc[len(rows)] = [year, result.worst.months, "worst", [*package.fund["id"]]]
        at_worst = series.ratio_figure(result.worst.months, "reserve_months", scheme, lines)
        title += tr(f"；最不利时 {year} 年末 {at_worst} 个月", f"; {at_worst} in the worst case of {year}")
    small_bars(
        frame,
        title=(title, title),
        subtitle=("各年末结余可支付的月数", "Months of expenditure in reserve at the end of the year"),
        unit="月",
        places=1,
        states=states | {"worst": _WORST},
        levels=_levels(scheme, package) if is_judged and len(frame) else (),
        limits=series.ratio_limits("reserve_months", scheme, lines),
    )


def _levels(scheme: str, package: Package) -> list[Level]:
    """The lowest line for a reserve, and that of an excess where it is published."""
    bands = bands_for(package.fund_bands, "reserve_months", scheme)
    kinds = bands["document"].map(package.documents.set_index("id")["type"]).to_numpy()
    limits, levels = bands[bands["upper"].notna()], []
    if len(limits):
        months = words.number(limits["upper"].iloc[0])
        text = tr(f"最低线 {months}", f"lowest line {months}")
        text += words.aside(tr("假设", "assumed")) if kinds[0] == "assumption" else ""
        levels.append(Level(limits["upper"].iloc[0], text, [limits["id"].iloc[0]]))
    if len(limits) > 1 and bands["severity"].iloc[-1] != "ok" and kinds[-1] != "assumption":
        months, label = words.number(limits["upper"].iloc[-1]), bands.iloc[-1]
        text = tr(f"{label['label_zh']} {months}", f"{label['label_en']} {months}")
        levels.append(Level(limits["upper"].iloc[-1], text, [label["id"], limits["id"].iloc[-1]]))
    return levels


def _spanned(frame: pd.DataFrame, scheme: str, limit: float, bands: pd.DataFrame) -> str:
    """The finding: the range of the reserve, and how often it was below the lowest line."""
    name = series.fund_name(scheme)
    if frame.empty:
        return tr(f"{name}的可支付月数", f"Months in reserve, {name}")
    low, high = (
        series.ratio_figure(end, "reserve_months", scheme, bands)
        for end in (frame["value"].min(), frame["value"].max())
    )
    years = tr("—", "–").join(dict.fromkeys([frame["category"].iloc[0], frame["category"].iloc[-1]]))
    span = low if low == high else tr(f"{low} 至 {high}", f"{low} to {high}")
    title = tr(f"{years} 年{name}结余可付 {span} 个月", f"{years}: {name}, reserve of {span} months")
    if pd.isna(limit):
        return title
    below, line = sum(side(value, limit) < 0 for value in frame["value"]), words.number(limit)
    if not below:
        return title + tr(f"，不低于最低线 {line} 个月", f", not below the lowest line of {line}")
    zh, en = (
        f"，{below} 年低于最低线 {line} 个月",
        f", below the lowest line of {line} in {counted(below, 'year')}",
    )
    return title + tr(zh, en)
