"""The first page of the report on an insurance fund: the answer, the newest figures, what it cannot say."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor import fund
from plan_monitor.data.package import Package
from plan_monitor.fund.report import series, steps
from plan_monitor.fund.report.series import WORDS
from plan_monitor.report.odds import likely
from plan_monitor.settle.labels import LABELS
from reportkit import words
from reportkit.brief import Fact, brief
from reportkit.charts.small import small_bars
from reportkit.cited import cited
from reportkit.language import Text, of_data, tr, word

_UNIT = {
    "reserve_months": ("个月", "months"),
    "surplus_rate": ("%", "%"),
    "growth_gap": ("个百分点", "points"),
}
_STATE = {"ok": "kept", "watch": "slow", "alarm": "lost"}
_COLOURS = {"ok": "#14622f", "watch": "#c98b1b", "alarm": "#a3191f"}
_BARS = {severity: (*LABELS["severity"][severity], colour) for severity, colour in _COLOURS.items()}
_DRAWN = 6  # bars of a small chart


def first_page(
    result: fund.Verdict,
    region: str,
    as_of: str,
    newest: pd.Series | None,
    alerts: pd.DataFrame,
    checked: pd.DataFrame,
    months: pd.DataFrame,
    package: Package,
) -> None:
    """Show the first page of the report on the fund of a region that ``fund.holds`` judged as of a period.

    `newest` is the newest row of ``fund.indicators`` with income and expenditure (of the pooled fund where it
    is published; None where there is none), `alerts` the rows of ``fund.warn`` of its year, `checked` all of
    ``fund.check_accounts`` of its region, `months` of ``fund.months``.
    """
    everything = package.fund["id"]  # a fund shares how much growth varies with all others
    facts = [
        *_newest(newest, months),
        *_touched(alerts, package),
        *_odds(result, everything),
        *_checked(checked),
    ]
    todo = steps.next_steps(result, region, as_of, alerts, checked, package)
    nation = package.regions.set_index("code").at[region, "level"] == "nation"
    brief(leading_answer(result, newest), facts, todo, _limits(result, nation, newest))


def leading_answer(result: fund.Verdict, newest: pd.Series | None) -> str:
    """The answer (``fund.holds``) in one short sentence, what is known first; `newest` as in `first_page`."""
    if result.parts:
        each = [series.scheme_name(one.scheme) + tr("", " ") + _told("part", one) for one in result.parts]
        return tr(f"今后三年：{'，'.join(each)}。", f"The next three years: {'; '.join(each)}.")
    name, told = series.scheme_name(result.scheme), _told("leading", result)
    known = tr(f"没有收录到{name}可用的结余", f"No usable reserve of {name} is on record")
    if newest is not None and newest["scheme"] == result.scheme and pd.notna(newest["reserve_months"]):
        months, year = series.of_row(words.number(newest["reserve_months"], 1), newest), newest["period"]
        capital = name[0].upper() + name[1:]
        known = tr(
            f"{name}结余可支付 {months} 个月（{year}）", f"{capital}: reserve of {months} months ({year})"
        )
    return tr(f"{known}，{told}。", f"{known}; {told}.")


def _told(of: str, result: fund.Verdict) -> str:
    return word(WORDS[of], "below" if result.rule == "below" else result.answer)


def _newest(newest: pd.Series | None, months: pd.DataFrame) -> list[Fact]:
    """The reserve of the newest accounts; without any, what is on record in their place."""
    if newest is None:
        month = months["period"].iloc[-1] if len(months) else tr("没有", "none")
        return [
            Fact(("年度收支账目", "Yearly accounts"), tr("没有", "none")),
            Fact(("最新月度数字", "Newest month"), month),
            Fact(("要有的数字", "What it takes"), tr("收入、支出、结余", "income, expenditure, reserve")),
        ]
    left = words.NOTHING
    if pd.notna(newest["balance"]):
        left = series.money(newest["balance"], newest["unit"], fund.places(newest.to_frame().T).iloc[0])
    label = tr(f"{newest['period']} 年末累计结余", f"Reserve, end of {newest['period']}")
    return [Fact((label, label), left, newest["id"].split(", "), series.scheme_name(newest["scheme"]))]


def _touched(alerts: pd.DataFrame, package: Package) -> list[Fact]:
    """Each ratio of the newest year with the band it falls into; what cannot be computed is left out."""
    bands, kinds = package.fund_bands.set_index("id"), package.documents.set_index("id")["type"]
    facts = []
    for row in alerts.dropna(subset=["value"]).itertuples():
        state, ids = tr("没有预警线", "no line"), row.id.split(", ")
        if pd.notna(row.band):
            band, ids = bands.loc[row.band], [*ids, row.band]
            state = band[f"label_{of_data()}"]
            if kinds[band["document"]] == "assumption":
                state += words.aside(tr("假设线", "assumed line"))
        if row.ratio == "reserve_months" and row.scheme in fund.POOLED:
            state = tr(f"含个人账户，{state}", f"incl. personal accounts, {state}")
        value = f"{words.number(row.value, 1)} {word(_UNIT, row.ratio)}"
        facts.append(Fact(WORDS["brief"][row.ratio], value, ids, state, _STATE.get(row.severity, "")))
    return facts


def _odds(result: fund.Verdict, basis: Iterable[str]) -> list[Fact]:
    """How likely each fund that is judged falls below its lowest line, and under the hardest test."""
    facts = []
    for part in (one for one in result.parts or (result,) if pd.notna(one.chance)):
        label = ("三年内跌破最低线", "Below line in three years")
        under = tr(f"压力下{likely(part.stressed)}", f"{likely(part.stressed)} under stress")
        if result.parts:
            under = series.scheme_name(part.scheme) + tr("，", ", ") + under
        facts.append(Fact(label, likely(part.chance), [*basis, part.line], under))
    return facts


def _checked(checked: pd.DataFrame) -> list[Fact]:
    """How many identities of the accounts do not hold."""
    known = checked[checked["state"] != "unknown"]
    if known.empty:
        return []
    broken, label = known[known["state"] == "broken"], ("对不上的账目", "Accounts that disagree")
    of, most = tr(f"{len(known)} 处中 {len(broken)} 处", f"{len(broken)} of {len(known)}"), ""
    if len(broken):
        gap = broken.loc[broken["difference"].abs().idxmax()]
        size = cited(series.money(abs(gap["difference"]), gap["unit"]), gap[["id", "before"]])
        most = tr(f"最大差 {size}", f"up to {size}")
    return [Fact(label, of, known["id"], most, "slow" if len(broken) else "kept")]


def _limits(result: fund.Verdict, nation: bool, newest: pd.Series | None) -> str:
    """What the page cannot say."""
    parts, texts = result.parts or (result,), []
    if nation:
        zh = "全国数是各统筹地区的合计，不说明其中任何一个地区。"
        texts.append(tr(zh, "Figures of the nation are sums of many local funds and say nothing of any one."))
    elif newest is not None and newest["scheme"] in fund.POOLED:
        zh, en = "含个人账户的结余不能都用于支付。", "A reserve with personal accounts cannot all be spent."
        texts.append(tr(zh, en))
    if any(pd.notna(part.chance) for part in parts):
        zh, en = (
            "可能性按近年增速推算，未计政策和人口结构的变化。",
            "Odds assume growth as in recent years, and no change of policy or population.",
        )
    elif all(part.rule == "reserve" for part in parts):
        zh, en = (
            "依据是最坏情形下的结余，没有可能性。",
            "It rests on the worst case of the reserve, not on odds.",
        )
    elif result.newest is None:
        zh, en = "没有账目，不作推算。", "Without accounts nothing is projected."
    else:
        zh = f"最新账目 {result.newest} 年，自身增速不够计算可能性。"
        en = f"Accounts up to {result.newest} and growth rates too few for odds."
    return series.sentences(*texts, tr(zh, en))


def reserve_chart(rows: pd.DataFrame, warned: pd.DataFrame, result: fund.Verdict) -> None:
    """Draw how many months the reserve was worth at the end of the latest years, beside the lowest line.

    `rows` are of ``fund.indicators``, `warned` of ``fund.warn`` of the same scheme.
    """
    scheme = rows["scheme"].iloc[0] if len(rows) else result.scheme
    limit = result.limit if scheme == result.scheme else float("nan")  # the line is for the pooled fund
    bands = warned[warned["ratio"] == "reserve_months"].set_index("period")
    frame = rows.dropna(subset=["reserve_months"]).tail(_DRAWN)
    frame = frame.assign(category=frame["period"], value=frame["reserve_months"])
    frame["state"] = frame["period"].map(bands["severity"])
    lines = [] if pd.isna(limit) else [result.line]
    frame["id"] = [[*row.id.split(", "), *lines] for row in frame.itertuples()]
    small_bars(
        frame[["category", "value", "state", "id"]],
        title=_spanned(frame, series.fund_name(scheme), limit),
        subtitle=("各年末结余可支付的月数", "Months of expenditure in reserve at the end of the year"),
        unit="月",
        places=1,
        states=_BARS,
    )


def _spanned(frame: pd.DataFrame, name: str, limit: float) -> Text:
    """The finding: between which figures the reserve lay, and how often below the lowest line."""
    if frame.empty:
        title = tr(f"{name}的可支付月数", f"Months in reserve, {name}")
        return title, title
    low, high = (words.number(end, 1) for end in (frame["value"].min(), frame["value"].max()))
    years = tr("—", "–").join(dict.fromkeys([frame["category"].iloc[0], frame["category"].iloc[-1]]))
    span = low if low == high else tr(f"{low} 至 {high}", f"{low} to {high}")
    title = tr(f"{years} 年{name}结余可支付 {span} 个月", f"{years}: {name} had a reserve of {span} months")
    if pd.notna(limit):
        below, line = int((frame["value"] < limit).sum()), words.number(limit)
        zh = f"，{below} 年低于最低线 {line} 个月" if below else f"，不低于最低线 {line} 个月"
        en = (
            f", in {below} below the lowest line of {line}"
            if below
            else f", not below the lowest line of {line}"
        )
        title += tr(zh, en)
    return title, title
