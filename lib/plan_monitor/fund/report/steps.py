"""What to do next about an insurance fund: who, what, by when."""

import pandas as pd

from plan_monitor import fund
from plan_monitor.data.package import Package
from plan_monitor.fund.report import facts, series
from plan_monitor.fund.report.series import WORDS
from plan_monitor.report import codes
from reportkit import words
from reportkit.cited import cited
from reportkit.language import of_data, tr, word

MOST = 5


def next_steps(
    result: fund.Verdict,
    region: str,
    as_of: str,
    alerts: pd.DataFrame,
    checked: pd.DataFrame,
    package: Package,
) -> list[str]:
    """At most five steps: a line touched, figures missing, what a local bureau does with a sum of many
    funds, accounts that disagree, the next accounts, an assumed line.

    `result` is of ``fund.holds`` for a region; `alerts` are the rows of ``fund.warn`` of its newest year,
    `checked` as for ``leading.first_page``. Whoever keeps the accounts of a region is named.
    """
    who = _bureau(region, package)
    parts = sorted(result.parts or (result,), key=lambda part: part.answer != "unknown")
    touched = alerts[alerts["severity"].isin(["watch", "alarm"])].sort_values("severity", kind="stable")
    if result.parts:  # funds are kept apart: nobody disposes of the sum of their reserves
        touched = touched[touched["ratio"] != "reserve_months"]
    sentences = [_touched(row, result.years[0], who, package) for row in touched.head(1).itertuples()]
    missing = [_missing(part, _years_of(part, region, as_of, package), who) for part in parts]
    sentences += [*filter(None, missing)][:1]
    if package.regions.set_index("code").at[region, "level"] == "nation":
        sentences.append(_local(result))
    sentences.append(_differs(result, checked, who))
    sentences.insert(0 if "stale" in result.reasons else len(sentences), _later(result, who))
    return list(filter(None, [*sentences, _assumed(parts, result.years[0], who, package)]))[:MOST]


def _bureau(region: str, package: Package) -> str:
    """Who keeps the accounts of a region."""
    if package.regions.set_index("code").at[region, "level"] == "nation":
        return tr("国家医疗保障局", "the National Healthcare Security Administration")
    place = codes.names(package.regions)[region]
    return tr(f"{place}医疗保障局", f"the healthcare security bureau of {place}")


def _years_of(result: fund.Verdict, region: str, as_of: str, package: Package) -> pd.Series:
    """For each year from the first accounts to the newest: whether income and expenditure are known."""
    stored = package.fund
    rows = fund.yearly(stored[(stored["region"] == region) & (stored["scheme"] == result.scheme)], as_of)
    is_known = rows.set_index("year")[["income", "expenditure"]].notna().all(axis=1)
    is_known = is_known.loc[is_known.idxmax() :] if is_known.any() else is_known.iloc[:0]
    return (
        is_known.reindex(range(is_known.index.min(), is_known.index.max() + 1), fill_value=False)
        if len(is_known)
        else is_known
    )


def _missing(result: fund.Verdict, is_known: pd.Series, who: str) -> str:
    """The figures without which there is no verdict, or no probability; empty where all are there."""
    name, gaps = series.scheme_name(result.scheme), list(is_known.index[~is_known])
    over = result.years[0] - 1
    coming = over if result.newest is None else max(over, result.newest + 1)
    zh, en, when = f"{who}在 {coming} 年决算公布时", f"{who} to", f"with the accounts of {coming}"
    if "no_pooled" in result.reasons:
        zh += "，单独列出统筹基金的收入、支出和年末结余，不含个人账户。"
        en += f" state the pooled fund apart {when}: income, expenditure and reserve, no personal accounts."
    elif result.newest is None:
        zh += f"，提供{name}近五年的收入、支出和年末累计结余。"
        en += f" supply five years of income, expenditure and reserve of {name} {when}."
    elif "no_reserve" in result.reasons:
        zh += f"，补充{words.apart(name)}{result.newest} 年末的累计结余。"
        en += f" supply the reserve of {name} at the end of {result.newest} {when}."
    elif gaps and result.answer == "unknown":
        zh += f"，补充{words.apart(name)}{_spans(gaps)} 年收支：缺这些年，增速不全。"
        en += f" supply income and expenditure of {name} for {_spans(gaps)} {when}: growth has gaps there."
    elif result.rates < fund.ENOUGH and len(is_known):
        zh += f"，补充{words.apart(name)}{is_known.index[0]} 年以前的收支：增速不足 {fund.ENOUGH} 个。"
        en += f" supply income and expenditure of {name} before {is_known.index[0]} {when}: too few rates."
    else:
        return ""
    return _sentence(tr(zh, en))


def _local(result: fund.Verdict) -> str:
    """The step for local bureaus, where the page is on the sum of all local funds."""
    if result.newest is None:
        return ""
    first, by = result.newest - 2, result.years[0]
    return tr(
        f"各统筹地区医保局 {by} 年内取本地 {first}—{result.newest} 年决算，按险种填报，另作本地判断。",
        f"Local healthcare security bureaus to enter their own accounts of {first}–{result.newest} by scheme "
        f"within {by}, and to judge their own funds.",
    )


def _spans(years: list[int]) -> str:
    """Years, those that follow each other as a span: ``2019—2020、2022``."""
    groups = pd.Series(years, dtype=int).groupby(pd.Series(years, dtype=int).diff().ne(1).cumsum())
    ends = groups.agg(["first", "last"]).itertuples(index=False)
    return words.joined(str(a) if a == b else tr(f"{a}—{b}", f"{a}–{b}") for a, b in ends)


def _differs(result: fund.Verdict, checked: pd.DataFrame, who: str) -> str:
    """The largest difference of the scheme's own accounts, with both its sides."""
    accounts = facts.own_accounts(result, checked)
    broken = accounts[accounts["state"].eq("broken") & ~accounts["summed"]]
    if broken.empty:
        return ""
    gap = broken.loc[broken["difference"].abs().idxmax()]
    ids = [one for one in gap[["id", "before"]] if pd.notna(one)]
    one, other = (cited(series.money(gap[side], gap["unit"]), ids) for side in ("stated", "computed"))
    side, scheme = word(WORDS["side"], gap["identity"]), series.scheme_name(gap["scheme"])
    return _sentence(
        tr(
            f"{who}说明 {gap['period']} 年{scheme}账目：{side} {one}，收入减支出 {other}。",
            f"{who} to explain the accounts of {scheme}, {gap['period']}: {side} {one}, "
            f"income less expenditure {other}.",
        )
    )


def _touched(row, by: int, who: str, package: Package) -> str:
    """The step on a line that the newest accounts touch: what its bureau can propose within the next year."""
    band = package.fund_bands.set_index("id").loc[row.band]
    label, name = band[f"label_{of_data()}"], series.scheme_name(row.scheme)
    places = series.ratio_places(row.value, row.ratio, row.scheme, package.fund_bands)
    value = cited(words.number(abs(row.value), places), [*row.id.split(", "), row.band])
    if row.ratio == "reserve_months":
        short = pd.notna(band["upper"])
        zh = "增收节支和财政补助" if short else "费率或待遇调整"
        en = "more income, less expenditure or subsidies" if short else "other contribution rates or benefits"
        zh = f"{who}就{name}结余可付 {value} 个月（{label}），{by} 年底前提出{zh}的意见。"
        en = f"{who} to propose {en} by the end of {by}: {name}, reserve of {value} months ({label})."
    elif row.ratio == "surplus_rate":
        minus = "-" if row.value < 0 else ""
        zh = f"{who}查明{name}{label}（{row.period} 年 {minus}{value} %）的原因，{by} 年底前提出措施。"
        en = f"{who} to find the causes by the end of {by}: {name}, {label}, {minus}{value} % ({row.period})."
    else:
        zh = f"{who}查明 {row.period} 年{name}支出增速高于收入 {value} 个百分点的原因，{by} 年底前提出措施。"
        en = (
            f"{who} to explain by the end of {by} why expenditure of {name} grew {value} points faster than "
            f"income in {row.period}."
        )
    return _sentence(tr(zh, en))


def _later(result: fund.Verdict, who: str) -> str:
    """The step on the next accounts, or those that should be out: they are published in the year after."""
    if result.newest is None:
        return ""
    over = result.years[0] - 1
    out, coming = list(range(result.newest + 1, over)), max(over, result.newest + 1)
    if out:
        zh = f"{who}补报应已公布的 {_spans(out)} 年决算；{coming} 年的 {coming + 1} 年公布，届时补入。"
        en = f"{who} to supply the accounts of {_spans(out)}, which should be out; those of {coming} come in "
        en += f"{coming + 1}."
        return _sentence(tr(zh, en))
    return tr(
        f"{coming} 年决算应在 {coming + 1} 年公布，公布后补入，重新判断；年底未见的，向{who}催要。",
        f"Accounts of {coming} are due in {coming + 1}: add them and judge again; if not out by its end, ask "
        f"{who}.",
    )


def _assumed(parts: list[fund.Verdict], by: int, who: str, package: Package) -> str:
    """The step on the lowest line, if it is an assumption: who is to set it."""
    kinds = package.documents.set_index("id")["type"]
    bands = package.fund_bands[package.fund_bands["id"].isin([part.line for part in parts])]
    bands = bands[bands["document"].map(kinds) == "assumption"]
    if bands.empty:
        return ""
    line = bands.iloc[0]
    name, months = series.scheme_name(line["scheme"]), cited(words.number(line["upper"]), [line["id"]])
    return _sentence(
        tr(
            f"{who}会同财政部门，{by} 年底前认定{name}最低结余；认定前用假设的 {months} 个月。",
            f"{who} with the finance authority to set the lowest line of {name} by the end of {by}; until "
            f"then {months} months are assumed.",
        )
    )


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]
