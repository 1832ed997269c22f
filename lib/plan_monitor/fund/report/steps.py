"""What to do next about an insurance fund: which figures are missing, who has them, what to clear up."""

import pandas as pd

from plan_monitor import fund
from plan_monitor.data.package import Package
from plan_monitor.fund.report import series
from plan_monitor.fund.report.series import WORDS
from plan_monitor.report import codes
from reportkit import words
from reportkit.cited import cited
from reportkit.language import of_data, tr, word

MOST = 5
_UNIT = {"reserve_months": (" 个月", ""), "surplus_rate": (" %", ""), "growth_gap": (" 个百分点", " points")}


def next_steps(
    result: fund.Verdict,
    region: str,
    as_of: str,
    alerts: pd.DataFrame,
    checked: pd.DataFrame,
    package: Package,
) -> list[str]:
    """At most five steps: figures that are missing, accounts that disagree, lines touched, the next accounts.

    `result` is of ``fund.holds`` for a region; `alerts` and `checked` as for ``leading.first_page``. Whoever
    keeps the accounts of a region is asked for them.
    """
    who = _bureau(region, package)
    parts = sorted(result.parts or (result,), key=lambda part: part.answer != "unknown")
    found = [_missing(part, _years_of(part, region, as_of, package), who) for part in parts]
    found.append(_differs(result, checked, who))
    touched = alerts[alerts["severity"].isin(["watch", "alarm"])].sort_values("severity")
    found += [_touched(row, who, package) for row in touched.head(1).itertuples()]
    found.insert(0 if "stale" in result.reasons else len(found), _later(result, who))
    return list(filter(None, [*found, _assumed(parts, who, package)]))[:MOST]


def _bureau(region: str, package: Package) -> str:
    """Who keeps the accounts of a region."""
    if package.regions.set_index("code").at[region, "level"] == "nation":
        return tr("国家医疗保障局", "the National Healthcare Security Administration")
    place = codes.names(package.regions)[region]
    return tr(f"{place}医疗保障局", f"the healthcare security bureau of {place}")


def _years_of(result: fund.Verdict, region: str, as_of: str, package: Package) -> pd.Series:
    """By year from the first accounts to the newest, whether income and expenditure are known."""
    stored = package.fund
    rows = fund.yearly(stored[(stored["region"] == region) & (stored["scheme"] == result.scheme)], as_of)
    known = rows.set_index("year")[["income", "expenditure"]].notna().all(axis=1)
    known = known.loc[known.idxmax() :] if known.any() else known.iloc[:0]
    return (
        known.reindex(range(known.index.min(), known.index.max() + 1), fill_value=False)
        if len(known)
        else known
    )


def _missing(result: fund.Verdict, known: pd.Series, who: str) -> str:
    """The figures without which there is no verdict, or no probability; empty where all are there."""
    name, absent = series.scheme_name(result.scheme), list(known.index[~known])
    if "no_pooled" in result.reasons:
        return tr(
            f"请{who}单独提供统筹基金的收入、支出和年末累计结余，不含个人账户。",
            f"Ask {who} for income, expenditure and reserve of the pooled fund, without personal accounts.",
        )
    if result.newest is None:
        return tr(
            f"请{who}提供{name}近五年的收入、支出和年末累计结余，填入 fund.csv。",
            f"Ask {who} for five years of income, expenditure and reserve of {name}; put them into fund.csv.",
        )
    if "no_reserve" in result.reasons:
        zh = f"请{who}提供{name} {result.newest} 年末的累计结余。"
        return tr(zh, f"Ask {who} for the reserve of {name} at the end of {result.newest}.")
    if absent and result.answer == "unknown":
        return tr(
            f"请{who}提供{name} {_spans(absent)} 年的收入和支出：缺这些年，增速不全。",
            f"Ask {who} for income and expenditure of {name} in {_spans(absent)}: growth has gaps there.",
        )
    if result.rates < fund.ENOUGH and len(known):
        return tr(
            f"请{who}提供{name} {known.index[0]} 年以前的收入和支出：增速还不够计算可能性。",
            f"Ask {who} for income and expenditure of {name} before {known.index[0]}: growth rates are too "
            "few for odds.",
        )
    return ""


def _spans(years: list[int]) -> str:
    """Years, those that follow each other as a span: ``2019—2020、2022``."""
    groups = pd.Series(years, dtype=int).groupby(pd.Series(years, dtype=int).diff().ne(1).cumsum())
    ends = groups.agg(["first", "last"]).itertuples(index=False)
    return words.joined(str(a) if a == b else tr(f"{a}—{b}", f"{a}–{b}") for a, b in ends)


def _differs(result: fund.Verdict, checked: pd.DataFrame, who: str) -> str:
    """The largest difference of the accounts, of the scheme itself where it has one."""
    broken = checked[checked["state"] == "broken"]
    own = broken[broken["scheme"].isin([result.scheme, *(part.scheme for part in result.parts)])]
    rows = own[own["scheme"] == result.scheme] if (own["scheme"] == result.scheme).any() else own
    rows = rows if len(rows) else broken
    if rows.empty:
        return ""
    gap = rows.loc[rows["difference"].abs().idxmax()]
    size = cited(series.money(abs(gap["difference"]), gap["unit"]), gap[["id", "before"]])
    more, side = gap["difference"] > 0, word(WORDS["side"], gap["identity"])
    year, scheme = gap["period"], series.scheme_name(gap["scheme"])
    return tr(
        f"请{who}说明 {year} 年{scheme}账目：{side}比收入减支出{'多' if more else '少'} {size}。",
        f"Ask {who} why in {year} {side} of {scheme} is {size} {'more' if more else 'less'} than income less "
        "expenditure.",
    )


def _touched(row, who: str, package: Package) -> str:
    """A line that the newest accounts touch."""
    label = package.fund_bands.set_index("id").at[row.band, f"label_{of_data()}"]
    value = cited(words.number(row.value, 1), [*row.id.split(", "), row.band]) + word(_UNIT, row.ratio)
    name, what = series.scheme_name(row.scheme), word(WORDS["spoken"], row.ratio)
    return tr(
        f"请{who}说明 {row.period} 年{name}{what}为 {value}（{label}）的原因。",
        f"Ask {who} why {what} of {name} stood at {value} ({label}) in {row.period}.",
    )


def _later(result: fund.Verdict, who: str) -> str:
    """The accounts that come next, or should be out: those of a year are published in the year after."""
    if result.newest is None:
        return ""
    over = result.years[0] - 1
    out, coming = list(range(result.newest + 1, over)), max(over, result.newest + 1)
    if out:
        return tr(
            f"向{who}取得应已公布的 {_spans(out)} 年决算，{coming} 年的在 {coming + 1} 年公布后补入。",
            f"Obtain from {who} the accounts of {_spans(out)}, which should be out; those of {coming} are "
            f"due in {coming + 1}.",
        )
    return tr(
        f"{coming} 年决算在 {coming + 1} 年公布后填入 fund.csv，重新判断。",
        f"Put the accounts of {coming}, due in {coming + 1}, into fund.csv and judge again.",
    )


def _assumed(parts: list[fund.Verdict], who: str, package: Package) -> str:
    """The lowest line, where it is an assumption."""
    kinds = package.documents.set_index("id")["type"]
    bands = package.fund_bands[package.fund_bands["id"].isin([part.line for part in parts])]
    bands = bands[bands["document"].map(kinds) == "assumption"]
    if bands.empty:
        return ""
    line = bands.iloc[0]
    months = cited(words.number(line["upper"]), [line["id"]])
    return tr(
        f"请{who}认定最低线，替换 fund_bands.csv 里假设的 {months} 个月。",
        f"Have {who} set the lowest line, in place of the {months} months assumed in fund_bands.csv.",
    )
