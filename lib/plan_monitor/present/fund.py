"""An insurance fund as tables and charts: accounts, per head, warning bands, months, what does not add up."""

import pandas as pd

from plan_monitor.decimals import carried
from plan_monitor.methods import fund
from plan_monitor.package import Package
from plan_monitor.present import words
from plan_monitor.present.charts import lines
from plan_monitor.present.sources import places_table
from plan_monitor.present.tables import table

SCHEME = {
    "all": ("基本医疗保险（合计）", "basic medical insurance (all)"),
    "employees": ("职工医保", "employees' insurance"),
    "residents": ("居民医保", "residents' insurance"),
    "new-rural": ("新农合", "new rural cooperative scheme"),
    "employees-pooled": ("职工医保统筹基金", "employees' pooled fund"),
    "pooled": ("统筹基金（合计）", "pooled funds (all)"),
    "personal-accounts": ("职工医保个人账户", "employees' personal accounts"),
}
RATIO = {
    "reserve_months": ("可支付月数", "Months in reserve"),
    "surplus_rate": ("当期结余率，%", "Current surplus, % of income"),
    "growth_gap": ("支出与收入增速之差，百分点", "Expenditure over income growth, points"),
}
SEVERITY = {"ok": ("正常", "ok"), "watch": ("关注", "watch"), "alarm": ("预警", "alarm")}
BASIS = {"final": ("决算", "final"), "derived": ("推算", "derived"), "preliminary": ("快报", "preliminary")}
FIGURE = {
    "enrollees": ("参保人数", "enrolment"),
    "income": ("收入", "income"),
    "expenditure": ("支出", "expenditure"),
    "balance": ("累计结余", "reserve"),
}
_IDENTITY = {
    "current": ("当期结余", "current balance"),
    "reserve": ("累计结余的增加", "change of the reserve"),
}
_ACCOUNT = {"broken": ("对不上", "does not add up"), "new_scope": ("口径变化", "scope changed")}
_MARK = {
    "one_off": ("{}异常，不参与拟合", "unusual {}, not fitted"),
    "new_scope": ("{}口径变化", "{} of new scope"),
}
_MONEY = {"亿元": ("billion yuan", 10), "万元": ("million yuan", 100)}  # as English counts
_CLASS = {"ok": "status-achieved", "watch": "status-slow", "alarm": "status-lost"}
_YEAR = ("年份", "Year")


def money_unit(unit: str, lang: str) -> tuple[str, int]:
    """The unit a report counts money in, and what a stored figure is divided by.

    >>> money_unit("亿元", "zh"), money_unit("亿元", "en")
    (('亿元', 1), ('billion yuan', 10))
    """
    return (unit, 1) if lang == "zh" else _MONEY[unit]


def amount(value: float, unit: str, lang: str, places: int | None = None) -> str:
    """A stored amount of money as a table prints it, without its unit and with every digit it carries.

    >>> amount(8183.02, "亿元", "zh"), amount(8183.02, "亿元", "en"), amount(54527.0, "万元", "en")
    ('8,183.02', '818.302', '545.27')
    """
    if pd.isna(value):
        return "–"
    size = money_unit(unit, lang)[1]
    places = carried([value]) if places is None else places
    return words.number(value / size, places + len(str(size)) - 1)


def amounts(values: pd.Series, unit: str, lang: str) -> list[str]:
    """Computed amounts of one column without their unit, all with the decimals of the finest."""
    places = carried(values)
    return [amount(value, unit, lang, places) for value in values]


def money(value: float, unit: str, lang: str, places: int | None = None) -> str:
    """A stored amount of money with its unit.

    >>> money(8183.02, "亿元", "zh"), money(8183.02, "亿元", "en")
    ('8,183.02 亿元', '818.302 billion yuan')
    """
    return f"{amount(value, unit, lang, places)} {money_unit(unit, lang)[0]}"


def scheme_name(scheme: str, lang: str) -> str:
    """A scheme in the report's language.

    Raises
    ------
    KeyError
        If there is no such scheme; the message lists those there are.
    """
    if scheme not in SCHEME:
        known = ", ".join(f"{code} {zh}" for code, (zh, _) in SCHEME.items())
        raise KeyError(f"no scheme {scheme!r}; known: {known}")
    return words.word(SCHEME, scheme, lang)


def _headed(pair: tuple[str, str], unit: str) -> tuple[str, str]:
    """A heading with the unit of money of each language."""
    return f"{pair[0]}（{unit}）", f"{pair[1]} ({money_unit(unit, 'en')[0]})"


def basis_words(basis: str, lang: str) -> str:
    """What figures are: final, derived or preliminary; several joined by a space.

    >>> basis_words("final derived", "en"), basis_words("final derived", "zh")
    ('final and derived', '决算和推算')
    """
    return words.joined([words.word(BASIS, name, lang) for name in basis.split()], lang)


def caution(basis: str, lang: str) -> str:
    """An aside on figures that are not all final; empty where they are.

    >>> caution("final derived", "zh"), caution("preliminary", "en"), caution("final", "en")
    ('（有推算数）', ' (preliminary)', '')
    """
    said = {"preliminary": ("快报", "preliminary"), "derived": ("有推算数", "with derived figures")}
    least = basis.split()[-1]
    return words.aside(words.word(said, least, lang), lang) if least in said else ""


def reserve_words(row: pd.Series, lang: str) -> str:
    """What the reserve at the end of a year is worth, as part of a sentence.

    Parameters
    ----------
    row : Series
        A row of ``methods.fund.indicators``.

    Examples
    --------
    >>> row = pd.Series({"balance": 8183.02, "reserve_months": 9.21, "unit": "亿元"})
    >>> reserve_words(row, "zh")
    '年末累计结余 8,183.02 亿元，可支付 9.2 个月'
    >>> reserve_words(row * [-1, -1, 1], "en")
    'the reserve at the end of the year is used up (-818.302 billion yuan)'
    """
    left, months = money(row["balance"], row["unit"], lang), words.number(row["reserve_months"], 1)
    if pd.isna(row["balance"]):
        said = "年末累计结余没有公布", "the reserve at the end of the year is not published"
    elif row["balance"] < 0:
        said = f"累计结余已用尽（{left}）", f"the reserve at the end of the year is used up ({left})"
    elif pd.isna(row["reserve_months"]):
        said = f"年末累计结余 {left}", f"the reserve at the end of the year is {left}"
    else:
        said = (
            f"年末累计结余 {left}，可支付 {months} 个月",
            f"the reserve at the end of the year, {left}, is worth {months} months of expenditure",
        )
    return said[lang != "zh"]


def marks(row: pd.Series, lang: str) -> str:
    """What is unusual about a year: figures left out of the fit, or of a new scope."""
    said = []
    for mark, text in _MARK.items():
        if pd.notna(row[mark]):
            which = words.joined([words.word(FIGURE, name, lang) for name in row[mark].split()], lang)
            said.append((text[0] if lang == "zh" else text[1]).format(which))
    return ("；" if lang == "zh" else "; ").join(said) or "–"


def accounts_chart(rows: pd.DataFrame, lang: str, title: tuple[str, str]) -> None:
    """Draw income and expenditure, and the months of expenditure in the reserve, by year.

    Parameters
    ----------
    rows : DataFrame
        Rows of ``methods.fund.indicators`` of one region and scheme.
    lang, title
        As in ``tables.table``.
    """
    which = lang != "zh"
    panels = {"income": ("收入与支出", "Income and expenditure")[which]}
    panels |= {"expenditure": panels["income"], "reserve_months": words.word(RATIO, "reserve_months", lang)}
    frames = []
    for column, panel in panels.items():
        known = rows.dropna(subset=[column])
        if known.empty:
            continue
        months = column == "reserve_months"
        unit, size = ("月", 1) if months else money_unit(known["unit"].iloc[0], lang)
        frame = pd.DataFrame({"year": known["year"].astype(float), "value": known[column] / size})
        frame["places"] = 1 if months else float("nan")
        series = panel if months else words.word(FIGURE, column, lang)
        frames.append(frame.assign(panel=panel, series=series, unit=unit))
    lines(pd.concat(frames) if frames else pd.DataFrame(), lang, title=title)


def accounts_table(rows: pd.DataFrame, lang: str, caption: tuple[str, str]) -> None:
    """Show the accounts of each year: income, expenditure, balance, reserve, basis and what is unusual."""
    unit = rows["unit"].iloc[0] if len(rows) else "亿元"
    columns = ("income", "expenditure", "current_balance", "balance")
    shown = pd.DataFrame({"year": rows["period"]})
    for column in columns:
        shown[column] = [amount(value, unit, lang) for value in rows[column]]
    shown["current_balance"] = amounts(rows["current_balance"], unit, lang)
    shown["basis"] = [basis_words(basis, lang) for basis in rows["basis"]]
    shown["mark"] = [marks(row, lang) for _, row in rows.iterrows()]
    headings = {"year": _YEAR} | {
        "income": _headed(("收入", "Income"), unit),
        "expenditure": _headed(("支出", "Expenditure"), unit),
        "current_balance": _headed(("当期结余", "Current balance"), unit),
        "balance": _headed(("累计结余", "Reserve"), unit),
        "basis": ("口径", "Basis"),
        "mark": ("特殊之处", "What is unusual"),
    }
    if shown["mark"].eq("–").all():
        headings.pop("mark")
    trace = [{column: row.id.split(", ") for column in columns} for row in rows.itertuples()]
    table(shown, lang, caption=caption, headings=headings, trace=trace)


def heads_table(rows: pd.DataFrame, lang: str, caption: tuple[str, str]) -> None:
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
        "income_per_head_growth": ("人均收入 增长，%", "Its growth, %"),
        "expenditure_per_head": ("人均支出（元）", "Expenditure per head (yuan)"),
        "expenditure_per_head_growth": ("人均支出 增长，%", "Growth of that, %"),
    }
    kept = {name: pair for name, pair in headings.items() if not shown[name].eq("–").all()}
    if len(kept) == 1:
        return words.nothing(lang, caption)
    trace = [{"enrollees": row.id.split(", ")} if "enrollees" in kept else {} for row in rows.itertuples()]
    table(shown, lang, caption=caption, headings=kept, trace=trace)


def warnings_table(warned: pd.DataFrame, bands: pd.DataFrame, lang: str, caption: tuple[str, str]) -> None:
    """Show every year's ratios, each with the warning band it falls into.

    Parameters
    ----------
    warned : DataFrame
        Rows of ``methods.fund.warn`` of one region and scheme.
    bands : DataFrame
        Rows of ``fund_bands``.
    lang, caption
        As in ``tables.table``.
    """
    label = bands.set_index("id")[f"label_{lang}"]
    none = ("无预警线", "no line")[lang != "zh"]
    cells = [
        "–" if row.reason == "no_value" else f"{words.number(row.value, 1)} · {label.get(row.band, none)}"
        for row in warned.itertuples()
    ]
    mark = warned["severity"].map(_CLASS).fillna(warned["reason"].map({"no_band": "no-data"})).fillna("")
    long = warned.assign(cell=cells, mark=mark)
    shown = long.pivot(index="period", columns="ratio", values="cell").rename_axis(columns=None)
    classes = long.pivot(index="period", columns="ratio", values="mark").rename_axis(columns=None)
    known = ~shown.eq("–").all(axis=1)
    shown, classes = shown[known].reset_index(), classes[known].reset_index().assign(period="")
    banded = long.dropna(subset=["band"])
    trace = [
        {
            row.ratio: [*row.id.split(", "), row.band]
            for row in banded[banded["period"] == period].itertuples()
        }
        for period in shown["period"]
    ]
    headings = {"period": _YEAR} | RATIO
    table(shown, lang, caption=caption, headings=headings, classes=classes, trace=trace)


def bands_table(bands: pd.DataFrame, package: Package, lang: str, caption: tuple[str, str]) -> None:
    """Show the warning lines used, whether they are published or assumed, and where they stand."""
    order = {"<": ("低于 {}", "below {}"), "<=": ("{} 及以下", "up to {}")}
    above = ("更高", "above")
    texts = []
    for band in bands.itertuples():
        limit = above if pd.isna(band.upper) else order[band.comparator]
        limit = (limit[0] if lang == "zh" else limit[1]).format(words.number(band.upper))
        name, severity = getattr(band, f"label_{lang}"), words.word(SEVERITY, band.severity, lang)
        colon = "：" if lang == "zh" else ": "
        texts.append(f"{words.word(RATIO, band.ratio, lang)}{colon}{limit} · {name} · {severity}")
    places_table(bands, texts, package, lang, caption)


def months_table(rows: pd.DataFrame, lang: str, caption: tuple[str, str]) -> None:
    """Show the months: each with the year to date and their growth on a year before."""
    unit = rows["unit"].iloc[0] if len(rows) else "亿元"
    shown = pd.DataFrame({"period": rows["period"]})
    headings = {"period": ("月份", "Month")}
    names = {"income": ("收入", "Income"), "expenditure": ("支出", "Expenditure")}
    for name, (zh, en) in names.items():
        spans = {"": ("当月", "month"), "_to_date": ("累计", "to date")}
        for span, (zh_span, en_span) in spans.items():
            column = name + span
            shown[column] = [amount(value, unit, lang) for value in rows[column]]
            shown[f"{column}_growth"] = [words.number(value, 1) for value in rows[f"{column}_growth"]]
            headings[column] = _headed((f"{zh_span}{zh}", f"{en}, {en_span}"), unit)
            headings[f"{column}_growth"] = (
                f"{zh_span}{zh} 同比，%",
                f"{en}, {en_span}: growth on a year before, %",
            )
    trace = [
        {column: row.id.split(", ") for column in ("income_to_date", "expenditure_to_date")}
        for row in rows.itertuples()
    ]
    table(shown, lang, caption=caption, headings=headings, trace=trace)


def broken_table(checked: pd.DataFrame, lang: str, caption: tuple[str, str]) -> None:
    """Show the accounts that do not add up, with both sides and the difference.

    Parameters
    ----------
    checked : DataFrame
        Rows of ``methods.fund.check_accounts``.
    lang, caption
        As in ``tables.table``.
    """
    rows = checked[checked["state"].isin(list(_ACCOUNT))]
    unit = rows["unit"].iloc[0] if len(rows) else "亿元"
    shown = pd.DataFrame(
        {
            "what": [
                " · ".join([scheme_name(row.scheme, lang), row.period, basis_words(row.basis, lang)])
                + (f" · {words.word(words.QUALITY, 'C', lang)}" if row.quality == "C" else "")
                for row in rows.itertuples()
            ],
            "identity": [words.word(_IDENTITY, name, lang) for name in rows["identity"]],
            "stated": [amount(value, unit, lang) for value in rows["stated"]],
            **{side: amounts(rows[side], unit, lang) for side in ("computed", "difference", "allowed")},
            "state": [words.word(_ACCOUNT, state, lang) for state in rows["state"]],
        }
    )
    headings = {
        "what": ("账目", "Accounts"),
        "identity": ("应等于 收入 − 支出", "Should equal income − expenditure"),
        "stated": _headed(("公布", "As published"), unit),
        "computed": _headed(("收入 − 支出", "Income − expenditure"), unit),
        "difference": ("差", "Difference"),
        "allowed": ("舍入可解释", "By rounding at most"),
        "state": ("判断", "Finding"),
    }
    trace = [
        {"stated": [row.id, *([row.before] if pd.notna(row.before) else [])]} for row in rows.itertuples()
    ]
    classes = pd.DataFrame("", index=shown.index, columns=shown.columns)
    classes.loc[rows["quality"].eq("C").to_numpy(), "what"] = "grade-c"
    table(shown, lang, caption=caption, headings=headings, classes=classes, trace=trace)


def fund_sources(rows: pd.DataFrame, package: Package, lang: str, caption: tuple[str, str]) -> None:
    """Show where stored rows of ``fund`` come from, each with its figures."""
    colon, comma = ("：", "，") if lang == "zh" else (": ", ", ")
    place = words.names(package.regions, lang)
    several = rows["region"].nunique() > 1  # else the title says which
    texts = []
    for _, row in rows.iterrows():
        parts = []
        for name in FIGURE:
            if pd.notna(row[name]):
                unit = "万人" if name == "enrollees" else row["unit"]
                value = (
                    words.figure(row[name], unit, lang)
                    if name == "enrollees"
                    else money(row[name], unit, lang)
                )
                parts.append(f"{words.word(FIGURE, name, lang)} {value}")
        head = f"{place[row['region']]} " if several else ""
        head += f"{scheme_name(row['scheme'], lang)} {row['period'].replace('/', '–')}"
        kind = words.aside(f"{words.word(BASIS, row['basis'], lang)} · {row['quality']}", lang)
        texts.append(head + kind + (colon + comma.join(parts) if parts else ""))
    places_table(rows, texts, package, lang, caption)


def used_rows(package: Package, region: str, schemes: list[str], as_of: str) -> pd.DataFrame:
    """Stored rows of ``fund`` that a report on some schemes of a region rests on."""
    rows = package.fund[(package.fund["region"] == region) & package.fund["scheme"].isin(schemes)]
    ids = [row_id for listed in fund.settled(rows, as_of)["id"] for row_id in listed.split(", ")]
    return rows[rows["id"].isin(ids)]
