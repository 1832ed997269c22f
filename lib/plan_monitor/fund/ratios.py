"""Yearly ratios of an insurance fund, and the warning band each falls into."""

import pandas as pd

from plan_monitor.fund.rows import SERIES, YUAN, concerns, yearly
from plan_monitor.methods.series import require_columns
from reportkit.decimals import side

RATIOS = ("reserve_months", "surplus_rate", "growth_gap")
_PERSONS = 1e4  # enrolment is stored in 10 000 persons


def indicators(fund: pd.DataFrame, as_of: str | None = None) -> pd.DataFrame:
    """The ratios that a fund is monitored by, one row a region, scheme and year as in `yearly`.

    The figures of the year (id, region, scheme, period, year, basis, unit, enrollees, workers, retirees,
    income, expenditure, balance, one_off, new_scope) and

    - current_balance: income minus expenditure; where these are not both known, as published (unit);
    - surplus_rate: current balance, % of income;
    - reserve_months: reserve ÷ (expenditure ÷ 12), as the supervision of the funds measures it
      (人社部发〔2009〕67号);
    - dependency_ratio: insured workers per retiree;
    - income_per_head, expenditure_per_head: yuan, by enrolment at the end of the year;
    - enrollees_growth, income_growth, expenditure_growth, income_per_head_growth,
      expenditure_per_head_growth: % on the year before; missing if that year is missing, or at a change of
      scope;
    - growth_gap: growth of expenditure minus growth of income, points.
    """
    table = yearly(fund, as_of)
    income, expenditure = table["income"].where(table["income"] > 0), table["expenditure"]
    table["current_balance"] = (table["income"] - expenditure).fillna(table["period_balance"])
    table["surplus_rate"] = 100 * (table["income"] - expenditure) / income
    table["reserve_months"] = table["balance"] / (expenditure.where(expenditure > 0) / 12)
    table["dependency_ratio"] = table["workers"] / table["retirees"].where(table["retirees"] > 0)
    heads = table["enrollees"].where(table["enrollees"] > 0) * _PERSONS
    for column in ("income", "expenditure"):
        table[f"{column}_per_head"] = table[column] * table["unit"].map(YUAN) / heads
    parts = {name: (name,) for name in ("enrollees", "income", "expenditure")}
    parts |= {f"{name}_per_head": (name, "enrollees") for name in ("income", "expenditure")}
    follows = table.groupby(SERIES)["year"].diff() == 1
    for column, bases in parts.items():
        before = table.groupby(SERIES)[column].shift()
        growth = 100 * (table[column] / before.where(before > 0) - 1)
        table[f"{column}_growth"] = growth.where(follows & ~concerns(table["new_scope"], *bases))
    table["growth_gap"] = table["expenditure_growth"] - table["income_growth"]
    return table


def warn(indicators: pd.DataFrame, bands: pd.DataFrame) -> pd.DataFrame:
    """The warning band (of ``fund_bands``) of every ratio, scheme and year (of `indicators`).

    A band reaches from the upper limit of the one below it to its own (empty: no limit). Bands for a scheme
    come before those for all schemes (empty). One row for each: region, scheme, period, id, ratio, value,
    band (id), severity (ok, watch, alarm), and reason where there is no band: ``no_value`` or ``no_band``.
    """
    require_columns(indicators, (*SERIES, "period", "id", *RATIOS), "indicators")
    require_columns(bands, ("id", "scheme", "ratio", "comparator", "upper", "severity"), "bands")
    key = [*SERIES, "period", "id"]
    judged = [
        (*row[:4], ratio, row[4], *_band(row[4], bands_for(bands, ratio, row.scheme)))
        for ratio in RATIOS
        for row in indicators[[*key, ratio]].itertuples(index=False)
    ]
    text = ["band", "severity", "reason"]
    table = pd.DataFrame(judged, columns=[*key, "ratio", "value", *text])
    table[text] = table[text].astype(object).where(table[text].notna(), None)
    return table


def bands_for(bands: pd.DataFrame, ratio: str, scheme: str) -> pd.DataFrame:
    """Bands of a ratio, lowest first: those of a scheme or, if it has none, those for all schemes."""
    of_ratio = bands[bands["ratio"] == ratio].sort_values(["upper", "comparator"], na_position="last")
    of_scheme = of_ratio[of_ratio["scheme"] == scheme]
    return of_scheme if len(of_scheme) else of_ratio[of_ratio["scheme"].isna()]


def _band(value: float, bands: pd.DataFrame) -> tuple:
    """Id and severity of the first band that reaches up to a value, or the reason there is none."""
    if pd.isna(value):
        return None, None, "no_value"
    for band in bands.itertuples():
        highest = 0 if band.comparator == "<=" else -1  # 9.000000000000002 months are nine
        if pd.isna(band.upper) or side(value, band.upper) <= highest:
            return band.id, band.severity, None
    return None, None, "no_band"
