"""An insurance fund as tables and charts: accounts, per head, months, and where they stand."""

import pandas as pd

from plan_monitor import fund
from plan_monitor.data.labels import LABELS
from plan_monitor.data.package import Package
from plan_monitor.report import codes
from plan_monitor.report.sources import places_table
from reportkit import words
from reportkit.charts.plain import lines
from reportkit.decimals import carried
from reportkit.language import chosen, current, tr, word
from reportkit.tables import table

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

    >>> money_unit("亿元", "zh"), money_unit("亿元", "en")
    (('亿元', 1), ('billion yuan', 10))
    """
    return (unit, 1) if current() == "zh" else _MONEY[unit]


def amount(value: float, unit: str, places: int | None = None) -> str:
    """A stored amount of money as a table prints it, without its unit and with every digit it carries.

    >>> amount(8183.02, "亿元", "zh"), amount(8183.02, "亿元", "en"), amount(54527.0, "万元", "en")
    ('8,183.02', '818.302', '545.27')
    """
    if pd.isna(value):
        return "–"
    size = money_unit(unit)[1]
    places = carried([value]) if places is None else int(places)
    return words.number(value / size, places + len(str(size)) - 1)


def amounts(values: pd.Series, unit: str) -> list[str]:
    """Computed amounts of one column without their unit, all with the decimals of the finest."""
    places = carried(values)
    return [amount(value, unit, places) for value in values]


def money(value: float, unit: str, places: int | None = None) -> str:
    """A stored amount of money with its unit.

    >>> money(8183.02, "亿元", "zh"), money(8183.02, "亿元", "en")
    ('8,183.02 亿元', '818.302 billion yuan')
    """
    return f"{amount(value, unit, places)} {money_unit(unit)[0]}"


def scheme_name(scheme: str) -> str:
    """A scheme in the report's language.

    Raises
    ------
    KeyError
        If there is no such scheme; the message lists those there are.
    """
    if scheme not in SCHEME:
        known = ", ".join(f"{code} {zh}" for code, (zh, _) in SCHEME.items())
        raise KeyError(f"no scheme {scheme!r}; known: {known}")
    return word(SCHEME, scheme)


def with_accounts(scheme: str) -> bool:
    """Whether the figures of a scheme include personal accounts, which the pool cannot spend."""
    return scheme in fund.POOLED


def fund_name(scheme: str) -> str:
    """A scheme, and that its figures include personal accounts where they do.

    >>> fund_name("employees", "zh"), fund_name("residents", "en")
    ('职工医保（含个人账户）', "residents' insurance")
    """
    return scheme_name(scheme) + including(scheme)


def ratio_name(ratio: str, scheme: str) -> str:
    """A ratio of a scheme; of a reserve that includes personal accounts it says so.

    >>> ratio_name("reserve_months", "employees", "en"), ratio_name("surplus_rate", "employees", "zh")
    ('Months in reserve (incl. personal accounts)', '当期结余率，%')
    """
    return word(RATIO, ratio) + (including(scheme) if ratio == "reserve_months" else "")


def including(scheme: str) -> str:
    """An aside that the figures of a scheme include personal accounts; empty where they do not."""
    said = tr("含个人账户", "incl. personal accounts")
    return words.aside(said) if with_accounts(scheme) else ""


def headed(pair: tuple[str, str], unit: str) -> tuple[str, str]:
    """A heading with the unit of money of each language."""
    return f"{pair[0]}（{unit}）", f"{pair[1]} ({money_unit(unit, 'en')[0]})"


def basis_words(basis: str) -> str:
    """What figures are: final, derived or preliminary; several joined by a space.

    >>> basis_words("final derived", "en"), basis_words("final derived", "zh")
    ('final and derived', '决算和推算')
    """
    return words.joined([word(BASIS, name) for name in basis.split()])


def marks(row: pd.Series) -> str:
    """What is unusual about a year: figures left out of the fit, or of a new scope."""
    said = []
    for mark, text in _MARK.items():
        if pd.notna(row[mark]):
            which = words.joined([word(FIGURE, name) for name in row[mark].split()])
            said.append(tr(text[0], text[1]).format(which))
    return tr("；", "; ").join(said) or "–"


def accounts_chart(rows: pd.DataFrame, title: tuple[str, str]) -> None:
    """Draw income and expenditure, and the months of expenditure in the reserve, by year.

    Parameters
    ----------
    rows : DataFrame
        Rows of ``methods.fund.indicators`` of one region and scheme.
    title
        As in ``tables.table``.
    """
    which = current() != "zh"
    panels = {"income": ("收入与支出", "Income and expenditure")[which]}
    scheme = rows["scheme"].iloc[0] if len(rows) else ""
    panels |= {"expenditure": panels["income"], "reserve_months": ratio_name("reserve_months", scheme)}
    frames = []
    for column, panel in panels.items():
        known = rows.dropna(subset=[column])
        if known.empty:
            continue
        months = column == "reserve_months"
        unit, size = ("月", 1) if months else money_unit(known["unit"].iloc[0])
        frame = pd.DataFrame({"year": known["year"].astype(float), "value": known[column] / size})
        frame["places"] = 1 if months else float("nan")
        series = panel if months else word(FIGURE, column)
        frames.append(frame.assign(panel=panel, series=series, unit=unit))
    lines(pd.concat(frames) if frames else pd.DataFrame(), title=title)


def accounts_table(rows: pd.DataFrame, caption: tuple[str, str]) -> None:
    """Show the accounts of each year: income, expenditure, balance, reserve, basis and what is unusual."""
    unit = rows["unit"].iloc[0] if len(rows) else "亿元"
    columns = ("income", "expenditure", "current_balance", "balance")
    shown, printed = pd.DataFrame({"year": rows["period"]}), fund.places(rows)
    for column in columns:
        pairs = zip(rows[column], printed, strict=True)
        shown[column] = [amount(value, unit, places) for value, places in pairs]
    shown["current_balance"] = amounts(rows["current_balance"], unit)
    shown["basis"] = [basis_words(basis) for basis in rows["basis"]]
    shown["mark"] = [marks(row) for _, row in rows.iterrows()]
    headings = {"year": _YEAR} | {
        "income": headed(("收入", "Income"), unit),
        "expenditure": headed(("支出", "Expenditure"), unit),
        "current_balance": headed(("当期结余", "Current balance"), unit),
        "balance": headed(("累计结余", "Reserve"), unit),
        "basis": ("数据性质", "Basis"),
        "mark": ("特殊之处", "What is unusual"),
    }
    if shown["mark"].eq("–").all():
        headings.pop("mark")
    trace = [{column: row.id.split(", ") for column in columns} for row in rows.itertuples()]
    table(shown, caption=caption, headings=headings, trace=trace)


def heads_table(rows: pd.DataFrame, caption: tuple[str, str]) -> None:
    """Show people and money per head of each year: enrolment, workers per retiree, growth."""
    percent = ("enrollees_growth", "income_per_head_growth", "expenditure_per_head_growth")
    shown = pd.DataFrame({"year": rows["period"], "enrollees": rows["enrollees"].map(words.number)})
    shown["dependency_ratio"] = [words.number(value, 2) for value in rows["dependency_ratio"]]
    for column in ("income_per_head", "expenditure_per_head"):
        shown[column] = [words.number(value, 0) for value in rows[column]]
    for column in percent:
        shown[column] = [words.number(value, 1) for value in rows[column]]
    headings = {
        "year": _YEAR,
        "enrollees": ("参保人数（万人）", "Enrolled (10,000 persons)"),
        "enrollees_growth": ("参保增长，%", "Growth of enrolment, %"),
        "dependency_ratio": ("在职退休比", "Workers per retiree"),
        "income_per_head": ("人均收入（元）", "Income per head (yuan)"),
        "income_per_head_growth": ("人均收入 增长，%", "Growth of income per head, %"),
        "expenditure_per_head": ("人均支出（元）", "Expenditure per head (yuan)"),
        "expenditure_per_head_growth": ("人均支出 增长，%", "Growth of expenditure per head, %"),
    }
    kept = {name: pair for name, pair in headings.items() if not shown[name].eq("–").all()}
    if len(kept) == 1:
        return words.nothing(caption)
    trace = [{"enrollees": row.id.split(", ")} if "enrollees" in kept else {} for row in rows.itertuples()]
    table(shown, caption=caption, headings=kept, trace=trace)


def months_table(rows: pd.DataFrame, caption: tuple[str, str]) -> None:
    """Show the months: each with the year to date and their growth on a year before."""
    unit = rows["unit"].iloc[0] if len(rows) else "亿元"
    shown = pd.DataFrame({"period": rows["period"]})
    headings = {"period": ("月份", "Month")}
    names = {"income": ("收入", "Income"), "expenditure": ("支出", "Expenditure")}
    for name, (zh, en) in names.items():
        spans = {"": ("当月", "month"), "_to_date": ("累计", "to date")}
        for span, (zh_span, en_span) in spans.items():
            column = name + span
            pairs = zip(rows[column], month_places(rows), strict=True)
            shown[column] = [amount(value, unit, places) for value, places in pairs]
            shown[f"{column}_growth"] = [words.number(value, 1) for value in rows[f"{column}_growth"]]
            headings[column] = headed((f"{zh_span}{zh}", f"{en}, {en_span}"), unit)
            headings[f"{column}_growth"] = (
                f"{zh_span}{zh} 同比，%",
                f"{en}, {en_span}: growth on a year before, %",
            )
    trace = [
        {column: row.id.split(", ") for column in ("income_to_date", "expenditure_to_date")}
        for row in rows.itertuples()
    ]
    table(shown, caption=caption, headings=headings, trace=trace)


def month_places(rows: pd.DataFrame) -> list[int]:
    """Decimals of the money of each month: those of the most precise figure, as a sum has them too."""
    flows = ["income", "expenditure", "income_to_date", "expenditure_to_date"]
    return [carried(values) for values in rows[flows].to_numpy()]


def fund_sources(rows: pd.DataFrame, package: Package, caption: tuple[str, str]) -> None:
    """Show where stored rows of ``fund`` come from, each with its figures."""
    colon, comma = chosen((("：", "，"), (": ", ", ")))
    place = codes.names(package.regions)
    several = rows["region"].nunique() > 1  # else the title says which
    texts = []
    for (_, row), places in zip(rows.iterrows(), fund.places(rows), strict=True):
        parts = []
        for name in FIGURE:
            if pd.notna(row[name]):
                unit = "万人" if name == "enrollees" else row["unit"]
                value = (
                    words.figure(row[name], unit) if name == "enrollees" else money(row[name], unit, places)
                )
                parts.append(f"{word(FIGURE, name)} {value}")
        head = f"{place[row['region']]} " if several else ""
        head += f"{scheme_name(row['scheme'])} {row['period'].replace('/', '–')}"
        kind = words.aside(f"{word(BASIS, row['basis'])} · {row['quality']}")
        texts.append(head + kind + (colon + comma.join(parts) if parts else ""))
    places_table(rows, texts, package, caption)


def used_rows(package: Package, region: str, schemes: list[str], as_of: str) -> pd.DataFrame:
    """Stored rows of ``fund`` that a report on some schemes of a region rests on."""
    rows = package.fund[(package.fund["region"] == region) & package.fund["scheme"].isin(schemes)]
    ids = [row_id for listed in fund.settled(rows, as_of)["id"] for row_id in listed.split(", ")]
    return rows[rows["id"].isin(ids)]
