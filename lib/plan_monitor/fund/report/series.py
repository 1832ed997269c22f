"""An insurance fund as tables and charts: accounts, per head, months, and where they stand."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor import fund
from plan_monitor.data.package import Package
from plan_monitor.report import codes
from plan_monitor.report.sources import places_table
from plan_monitor.settle.labels import LABELS
from reportkit import words
from reportkit.charts.plain import lines
from reportkit.decimals import carried
from reportkit.figure import Figure
from reportkit.language import Text, of_data, tr, word
from reportkit.table import Column, table

SCHEME, BASIS = LABELS["scheme"], LABELS["basis"]
RATIO = {
    "reserve_months": ("可支付月数", "Months in reserve"),
    "surplus_rate": ("当期结余率，%", "Current surplus, % of income"),
    "growth_gap": ("支出与收入增速之差，百分点", "Growth of expenditure less that of income, points"),
}
FIGURE = {
    "enrollees": ("参保人数", "enrolment"),
    "income": ("收入", "income"),
    "expenditure": ("支出", "expenditure"),
    "balance": ("累计结余", "reserve"),
}
_MARK = {
    "one_off": ("{}异常，不参与拟合", "unusual {}, not fitted"),
    "new_scope": ("{}口径变化", "{} of new scope"),
}
_MONEY = {"亿元": ("billion yuan", 10), "万元": ("million yuan", 100)}  # as English counts
_YEAR = ("年份", "Year")


def money_unit(unit: str) -> tuple[str, int]:
    """The unit a report counts money in, and what a stored figure is divided by.

    >>> money_unit("亿元")
    ('亿元', 1)
    """
    return (unit, 1) if of_data() == "zh" else _MONEY[unit]


def amount(value: float, unit: str, places: int | None = None, after: str = "") -> str:
    """A stored amount of money as a table prints it, without its unit and with every digit it carries.

    >>> from reportkit.language import using
    >>> with using("en"):
    ...     amount(8183.02, "亿元"), amount(54527.0, "万元")
    ('818.302', '545.27')
    """
    if pd.isna(value):
        return words.NOTHING
    size = money_unit(unit)[1]
    places = carried([value]) if places is None else int(places)
    return Figure.of(value / size, places + len(str(size)) - 1, after=after)


def amounts(values: pd.Series, unit: str, places: Iterable[int] | None = None) -> list[str]:
    """Amounts of one column without their unit; computed ones all with the decimals of the finest."""
    places = [carried(values)] * len(values) if places is None else places
    return [amount(value, unit, own) for value, own in zip(values, places, strict=True)]


def money(value: float, unit: str, places: int | None = None) -> str:
    """A stored amount of money with its unit.

    >>> money(8183.02, "亿元")
    '8,183.02 亿元'
    """
    return amount(value, unit, places, f" {money_unit(unit)[0]}")


def numbers(values: Iterable[float], places: int | None = None) -> list[str]:
    """Figures of one column."""
    return [words.number(value, places) for value in values]


def sentences(*parts: str) -> str:
    """Sentences one after another; empty ones are left out.

    Behind a bold one there is a space: Markdown ends nothing between a full stop and a Chinese character.

    >>> sentences("**可支付 9.2 个月。**", "", "高于最低线。", "照列不改。")
    '**可支付 9.2 个月。** 高于最低线。照列不改。'
    """
    gap = tr("", " ")
    return "".join(part + (" " if part.endswith("**") else gap) for part in parts if part).strip()


def scheme_name(scheme: str) -> str:
    """A scheme in the report's language; of one that does not exist, a KeyError lists those that do."""
    if scheme not in SCHEME:
        listed = ", ".join(f"{code} {zh}" for code, (zh, _) in SCHEME.items())
        raise KeyError(f"no scheme {scheme!r}; known: {listed}")
    return word(SCHEME, scheme)


def including(scheme: str) -> str:
    """An aside that the figures of a scheme include personal accounts; empty where they do not."""
    return words.aside(tr("含个人账户", "incl. personal accounts")) if scheme in fund.POOLED else ""


def fund_name(scheme: str) -> str:
    """A scheme, and that its figures include personal accounts where they do.

    >>> fund_name("employees"), fund_name("residents")
    ('职工医保（含个人账户）', '居民医保')
    """
    return scheme_name(scheme) + including(scheme)


def ratio_name(ratio: str, scheme: str) -> str:
    """A ratio of a scheme; of a reserve that includes personal accounts it says so.

    >>> ratio_name("reserve_months", "employees"), ratio_name("surplus_rate", "employees")
    ('可支付月数（含个人账户）', '当期结余率，%')
    """
    return word(RATIO, ratio) + (including(scheme) if ratio == "reserve_months" else "")


def headed(zh: str, en: str, unit: str) -> Text:
    """A heading with the unit of money that its figures are printed in."""
    return f"{zh}（{unit}）", f"{en} ({_MONEY[unit][0]})"


def basis_words(basis: str) -> str:
    """What figures are: final, derived or preliminary; several joined by a space.

    >>> basis_words("final derived")
    '决算和推算'
    """
    return words.joined(word(BASIS, name) for name in basis.split())


def _unusual(row: pd.Series) -> str:
    """What is unusual about a year: figures left out of the fit, or of a new scope."""
    marked = {mark: row[mark].split() for mark in _MARK if pd.notna(row[mark])}
    figures = {mark: words.joined(word(FIGURE, name) for name in names) for mark, names in marked.items()}
    return words.phrase(word(_MARK, mark).format(text) for mark, text in figures.items())


def accounts_chart(rows: pd.DataFrame, title: Text) -> None:
    """Draw the income, expenditure and months in reserve of a scheme (``fund.indicators``) by year."""
    if rows.empty:
        return words.nothing(title)
    unit, size = money_unit(rows["unit"].iloc[0])
    flows = tr("收入与支出", "Income and expenditure")
    months = ratio_name("reserve_months", rows["scheme"].iloc[0])
    by_year = rows.set_index("year")
    frames = [
        curve(by_year[name] / size, flows, word(FIGURE, name), unit) for name in ("income", "expenditure")
    ]
    frames.append(curve(by_year["reserve_months"], months, months, "月", 1.0))
    lines(pd.concat(frames), title=title)


def curve(
    values: pd.Series, panel: str, series: str, unit: str, places: float = float("nan")
) -> pd.DataFrame:
    """Figures by year as ``charts.plain.lines`` draws them; what is missing is left out."""
    values = values.dropna()
    frame = pd.DataFrame({"year": values.index.astype(float), "value": values.to_numpy(dtype=float)})
    return frame.assign(panel=panel, series=series, unit=unit, places=places)


def accounts_table(rows: pd.DataFrame, caption: Text) -> None:
    """Show the accounts of each year: income, expenditure, balance, reserve, basis and what is unusual."""
    unit, places = next(iter(rows["unit"]), "亿元"), fund.places(rows)
    ids = [row_ids.split(", ") for row_ids in rows["id"]]
    columns = [
        Column(_YEAR, rows["period"]),
        Column(headed("收入", "Income", unit), amounts(rows["income"], unit, places), ids),
        Column(headed("支出", "Expenditure", unit), amounts(rows["expenditure"], unit, places)),
        Column(headed("当期结余", "Current balance", unit), amounts(rows["current_balance"], unit)),
        Column(headed("累计结余", "Reserve", unit), amounts(rows["balance"], unit, places)),
        Column(("数据性质", "Basis"), [basis_words(basis) for basis in rows["basis"]]),
        Column(("特殊之处", "What is unusual"), [_unusual(row) for _, row in rows.iterrows()], optional=True),
    ]
    table(caption, columns)


def heads_table(rows: pd.DataFrame, caption: Text) -> None:
    """Show people and money per head of each year: enrolment, workers per retiree, growth."""
    headings = {
        "enrollees": ("参保人数（万人）", "Enrolled (10,000 persons)", None),
        "enrollees_growth": ("参保增长，%", "Growth of enrolment, %", 1),
        "dependency_ratio": ("在职退休比", "Workers per retiree", 2),
        "income_per_head": ("人均收入（元）", "Income per head (yuan)", 0),
        "income_per_head_growth": ("人均收入 增长，%", "Growth of income per head, %", 1),
        "expenditure_per_head": ("人均支出（元）", "Expenditure per head (yuan)", 0),
        "expenditure_per_head_growth": ("人均支出 增长，%", "Growth of expenditure per head, %", 1),
    }
    if rows[list(headings)].isna().all(axis=None):
        return words.nothing(caption)
    ids = [row_ids.split(", ") for row_ids in rows["id"]]
    columns = [Column(_YEAR, rows["period"])]
    for name, (zh, en, places) in headings.items():
        columns.append(Column((zh, en), numbers(rows[name], places), ids, optional=True))
    table(caption, columns)


def months_table(rows: pd.DataFrame, caption: Text) -> None:
    """Show the months: each with the year to date and their growth on a year before."""
    flows = {
        "income": ("当月收入", "Income, month"),
        "income_to_date": ("累计收入", "Income, to date"),
        "expenditure": ("当月支出", "Expenditure, month"),
        "expenditure_to_date": ("累计支出", "Expenditure, to date"),
    }
    unit = next(iter(rows["unit"]), "亿元")
    places = [carried(values) for values in rows[list(flows)].to_numpy()]  # a sum has those of its parts
    ids = [row_ids.split(", ") for row_ids in rows["id"]]
    columns = [Column(("月份", "Month"), rows["period"])]
    for name, (zh, en) in flows.items():
        growth = (f"{zh} 同比，%", f"{en}: growth on a year before, %")
        columns += [
            Column(headed(zh, en, unit), amounts(rows[name], unit, places), ids),
            Column(growth, numbers(rows[f"{name}_growth"], 1)),
        ]
    table(caption, columns)


def fund_sources(rows: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show where stored rows of ``fund`` come from, each with its figures."""
    place = codes.names(package.regions)
    several = rows["region"].nunique() > 1  # else the title names it
    texts = []
    for (_, row), places in zip(rows.iterrows(), fund.places(rows), strict=True):
        printed = {name: money(row[name], row["unit"], places) for name in FIGURE}
        printed["enrollees"] = words.figure(row["enrollees"], "万人")
        figures = [f"{word(FIGURE, name)} {printed[name]}" for name in FIGURE if pd.notna(row[name])]
        head = f"{place[row['region']]} " if several else ""
        head += f"{scheme_name(row['scheme'])} {row['period'].replace('/', '–')}"
        head += words.aside(f"{word(BASIS, row['basis'])} · {row['quality']}")
        texts.append(head + (tr("：", ": ") + tr("，", ", ").join(figures) if figures else ""))
    places_table(rows, texts, package, caption)


def used_rows(package: Package, region: str, schemes: list[str], as_of: str) -> pd.DataFrame:
    """Stored rows of ``fund`` that a report on some schemes of a region rests on."""
    rows = package.fund[(package.fund["region"] == region) & package.fund["scheme"].isin(schemes)]
    return rows[rows["id"].isin(fund.settled(rows, as_of)["id"].str.split(", ").explode())]
