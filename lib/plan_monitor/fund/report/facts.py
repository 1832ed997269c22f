"""The figures of the first page on an insurance fund: warnings, reserve and outlook."""

from collections.abc import Iterable, Sequence

import pandas as pd

from plan_monitor import fund
from plan_monitor.data.package import Package
from plan_monitor.fund.report import series
from plan_monitor.fund.rows import YUAN, by_basis
from plan_monitor.report.odds import likely
from plan_monitor.settle.labels import LABELS
from reportkit import words
from reportkit.brief import Fact
from reportkit.cited import cited
from reportkit.language import Text, current, of_data, tr, word

_STATE = {"watch": "slow", "alarm": "lost"}  # untouched lines are not shown as success
_LABEL: dict[str, Text] = {
    "reserve_months": ("{} 年末可支付月数", "Months in reserve, {}"),
    "surplus_rate": ("{} 年当期结余率", "Current surplus, {}"),
    "growth_gap": ("{} 年支出增速", "Expenditure growth, {}"),
}
_MADE_OF = {
    "reserve_months": ["balance", "expenditure"],
    "surplus_rate": ["income", "expenditure"],
    "growth_gap": ["income", "expenditure"],
}
_ROOM = 16  # Chinese characters of a word beside a figure


def derived(ids: Iterable[str], columns: Sequence[str], package: Package) -> str:
    """An aside that a figure was derived; empty if all of its `columns` were published."""
    rows = by_basis(package.fund[package.fund["id"].isin([*ids])])
    first = [rows[column].first_valid_index() for column in columns]
    is_derived = any(rows.at[row, "basis"] == "derived" for row in first if row is not None)
    return words.aside(word(series.BASIS, "derived")) if is_derived else ""


def warned(record: pd.DataFrame, newest: pd.Series | None, package: Package) -> list[Fact]:
    """The gravest line touched before the newest year: an alarm before what is watched, then the latest.

    `record` are rows of ``fund.warn``; empty unless an earlier warning is graver than those of the newest
    year.
    """
    touched = record[record["severity"].isin(list(_STATE))].sort_values(
        ["severity", "period"], ascending=[True, False], kind="stable"
    )
    if touched.empty or newest is None or touched["period"].iloc[0] == newest["period"]:
        return []
    return [_ratio(next(touched.itertuples()), package)]


def reserve(newest: pd.Series, alerts: pd.DataFrame, package: Package) -> Fact:
    """The reserve at the end of the newest year, the months that it pays for, and their band."""
    amount, ids, remarks = words.NOTHING, newest["id"].split(", "), [_owned(newest["scheme"])]
    if pd.notna(newest["balance"]):
        amount = series.money(newest["balance"], newest["unit"], series.decimals(newest))
        amount += derived(ids, ["balance"], package)
        remarks.append(_trillions(newest["balance"], newest["unit"]))
    pooled = newest["scheme"] in fund.POOLED.values()
    year, state = newest["period"], ""
    label = (f"统筹基金结余（{year}）", f"Pooled fund, reserve {year}")
    label = label if pooled else (f"{year} 年末累计结余", f"Reserve, end of {year}")
    for row in alerts[alerts["ratio"].eq("reserve_months") & alerts["value"].notna()].itertuples():
        remarks.append(_figure(row, package.fund_bands))
        if pd.notna(row.band):
            band = package.fund_bands.set_index("id").loc[row.band]
            remarks.append(band[f"label_{of_data()}"])
            ids, state = [*ids, row.band], _STATE.get(row.severity, "")
    return Fact(label, amount, ids, tr("，", ", ").join(filter(None, remarks)), state)


def _trillions(value: float, unit: str) -> str:
    """An amount that English counts in trillions, rounded; empty where it is smaller, and in Chinese."""
    yuan = value * YUAN[unit]
    return tr("", f"about {words.number(yuan / 1e12, 2)} trillion" if yuan >= 1e12 else "")


def ratios(alerts: pd.DataFrame, package: Package) -> list[Fact]:
    """The other ratios of the newest year, each with its band; what cannot be computed is left out."""
    rows = alerts[alerts["ratio"].ne("reserve_months") & alerts["value"].notna()]
    return [_ratio(row, package) for row in rows.itertuples()]


def _ratio(row, package: Package) -> Fact:
    label, ids = word(_LABEL, row.ratio).format(row.period), row.id.split(", ")
    asides = [derived(year, _MADE_OF[row.ratio], package) for year in (ids, _year_before(row, package))]
    figure = _figure(row, package.fund_bands) + max(asides)
    if pd.isna(row.band):
        remarks = [_owned(row.scheme), tr("没有预警线", "no line")]
        return Fact((label, label), figure, ids, tr("，", ", ").join(filter(None, remarks)))
    band = package.fund_bands.set_index("id").loc[row.band]
    kinds = package.documents.set_index("id")["type"]
    is_assumed = kinds[band["document"]] == "assumption"
    assumed = words.aside(tr("假设线", "assumed line")) if is_assumed else ""
    name, short = band[f"label_{of_data()}"], word(LABELS["severity"], row.severity)
    options = [name, name]
    if row.severity in _STATE:
        options = [short + tr("：", ": ") + name, short]
    remarks = [tr("，", ", ").join(filter(None, [_owned(row.scheme), text])) + assumed for text in options]
    remark = remarks[0] if current() != "zh" or len(remarks[0]) <= _ROOM else remarks[1]
    return Fact((label, label), figure, [*ids, row.band], remark, _STATE.get(row.severity, ""))


def _year_before(row, package: Package) -> list[str]:
    """Ids of the accounts of the year before, which growth is measured from."""
    if row.ratio != "growth_gap":
        return []
    stored = package.fund
    accounts = fund.yearly(stored[(stored["region"] == row.region) & (stored["scheme"] == row.scheme)])
    return accounts.loc[accounts["year"] == int(row.period) - 1, "id"].str.split(", ").explode().tolist()


def _figure(row, bands: pd.DataFrame) -> str:
    places = series.ratio_places(row.value, row.ratio, row.scheme, bands)
    if row.ratio == "reserve_months":
        return words.number(row.value, places) + tr(" 个月", " months")
    if row.ratio == "surplus_rate":
        return words.number(row.value, places) + " %"
    size = words.number(abs(row.value), places)
    zh, en = ("高于", "above") if row.value >= 0 else ("低于", "below")
    return tr(f"{zh}收入 {size} 个百分点", f"{size} points {en} income")


def _owned(scheme: str) -> str:
    return tr("含个人账户", "incl. personal accounts") if scheme in fund.POOLED else ""


def outlook(result: fund.Verdict, basis: Iterable[str], bands: pd.DataFrame) -> list[Fact]:
    """The outlook of each fund that is judged: the worst case, or a probability; `bands` are all lines."""
    facts, basis = [], [*basis]
    for part in result.parts or (result,):
        name, last = series.scheme_name(part.scheme), part.years[1]
        line = tr(f"最低线 {words.number(part.limit)} 个月", f"lowest line {words.number(part.limit)} months")
        if part.rule == "reserve":
            label = (f"最不利时 {part.worst.year} 年末", f"Worst case, end of {part.worst.year}")
            worth = part.worst.months, "reserve_months", part.scheme
            months = series.ratio_figure(*worth, bands) + tr(" 个月", " months")
            facts.append(Fact(label, months, [*basis, part.line], name if result.parts else line))
        elif pd.notna(part.chance):
            label = ("三年内跌破最低线", f"Below lowest line by {last}")
            under = tr(f"压力下{likely(part.stressed)}", f"{likely(part.stressed)} under stress")
            under = name + tr("，", ", ") + under if result.parts else under
            facts.append(Fact(label, likely(part.chance), [*basis, part.line], under))
    return facts


def own_accounts(result: fund.Verdict, checked: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``fund.check_accounts`` of the scheme that is judged; of the sum of all schemes, all."""
    if result.parts:
        return checked
    including_it = [name for name, pooled in fund.POOLED.items() if pooled == result.scheme]
    return checked[checked["scheme"].isin([result.scheme, *including_it])]


def disagreeing(result: fund.Verdict, checked: pd.DataFrame) -> list[Fact]:
    """How many identities of the scheme's own accounts do not hold."""
    accounts = own_accounts(result, checked)
    checkable = accounts[accounts["state"] != "unknown"]
    if checkable.empty:
        return []
    broken, label = checkable[checkable["state"] == "broken"], ("对不上的账目", "Accounts not adding up")
    ratio, most = tr(f"{len(checkable)} 处中 {len(broken)} 处", f"{len(broken)} of {len(checkable)}"), ""
    if len(broken):
        gap = broken.loc[broken["difference"].abs().idxmax()]
        size = cited(series.money(abs(gap["difference"]), gap["unit"]), gap[["id", "before"]])
        most = tr(f"最大差 {size}", f"up to {size}")
    if result.parts:
        label = ("各险种对不上的账", "All schemes: accounts disagree")
    return [Fact(label, ratio, checkable["id"], most, "slow" if len(broken) else "")]
