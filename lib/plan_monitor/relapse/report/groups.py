"""The monitoring against relapse in words, tables and charts: counts only, those that may be published."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods.disclosure import TOTAL
from plan_monitor.relapse import GROUPS, MONITORED, SOURCES, Release
from plan_monitor.relapse.published import NOBODY
from plan_monitor.report import codes
from reportkit import words
from reportkit.charts.heatmap import heat_map
from reportkit.charts.plain import lines, stacked
from reportkit.language import chosen, current, of_data, tr, word
from reportkit.tables import table

GROUP = {
    "none": ("无需监测", "not to be monitored"),
    "unstable": ("脱贫不稳定户", "unstable (lifted)"),
    "marginal": ("边缘易致贫户", "marginal"),
    "hardship": ("突发严重困难户", "sudden hardship"),
    TOTAL: ("合计", "total"),
    "all": ("全部农户", "all households"),
}
SOURCE = {
    "wage": ("工资性收入", "wages"),
    "business": ("经营净收入", "business"),
    "property": ("财产净收入", "property"),
    "transfer": ("转移净收入", "transfers"),
    "medical": ("医疗支出", "medical spending"),
    "education": ("教育支出", "spending on education"),
    "disaster": ("灾害与意外支出", "spending on disasters and accidents"),
}
REASON = {
    "medical": ("因病（医疗支出）", "illness (medical spending)"),
    "education": ("因学（教育支出）", "schooling (education spending)"),
    "disaster": ("因灾因意外", "disaster or accident"),
    "wage": ("工资性收入减少", "wages fell"),
    "business": ("经营净收入减少", "business income fell"),
    "property": ("财产净收入减少", "property income fell"),
    "transfer": ("转移净收入减少", "transfers fell"),
    "no_worker": ("无劳动力", "nobody can work"),
    "low_income": ("收入偏低", "low income"),
    TOTAL: ("合计", "total"),
}
REGISTER = {
    NOBODY: ("未纳入", "not registered"),
    **{name: GROUP[name] for name in MONITORED},
    TOTAL: GROUP[TOTAL],
}
GUARANTEE = {
    "school": ("义务教育", "compulsory schooling"),
    "insured": ("基本医疗（参加基本医保）", "basic medical insurance"),
    "housing": ("住房安全", "safe housing"),
    "water": ("饮水安全", "safe water"),
}
HIDDEN = "＊"
_HEAT = {
    "some": ("低于 2 %", "below 2 %", "#f3f0ea"),
    "more": ("2 %–5 %", "2 %–5 %", "#e9c46a"),
    "most": ("5 % 及以上", "5 % or more", "#c8553d"),
    "hidden": ("隐去", "hidden", "#d9d9d9"),
}


def count(number: float) -> str:
    """A count as reports print it; a star where it is hidden."""
    return HIDDEN if pd.isna(number) else words.number(number, 0)


def counts_table(
    shown: pd.DataFrame,
    names: dict[str, tuple[str, str]],
    caption: tuple[str, str],
    heading: tuple[str, str],
    columns: tuple[str, ...] = (*GROUPS, TOTAL),
    basis: Iterable[str] = (),
) -> None:
    """Show households by some feature and group.

    Parameters
    ----------
    shown : DataFrame
        A table of ``Release``.
    names : dict
        Row → its words; a row that is not named prints as it is, one without households is left out.
    caption
        As in ``tables.table``.
    heading : (str, str)
        What the rows are.
    columns : tuple of str
        Which to print.
    """
    some = shown[~shown[list(columns)].eq(0).all(axis=1)]
    cells = some[list(columns)].map(count)
    which = int(current() != "zh")
    cells.insert(0, "row", [names.get(row, (row, row))[which] for row in some.index])
    headings = {"row": heading} | {name: GROUP[name] for name in columns}
    table(cells, caption=caption, headings=headings, basis=basis)


def townships_heat_map(release: Release, title: tuple[str, str]) -> None:
    """Households to be monitored by township and group, coloured by their share of the township's."""
    cells = []
    for township, row in release.townships.drop(TOTAL).iterrows():
        name = township + words.aside(count(row[TOTAL]))
        for group in MONITORED:
            share = 0.0 if row[group] == 0 else 100 * row[group] / row[TOTAL]  # NaN where either is hidden
            state = "hidden" if pd.isna(share) else "some" if share < 2 else "more" if share < 5 else "most"
            cells.append((name, word(GROUP, group), count(row[group]), state))
    frame = pd.DataFrame(cells, columns=["row", "column", "text", "state"])
    panel = (
        "户数（括号内为全部农户），颜色为占本乡镇的比例",
        "households (all in brackets); the colour is their share of the township's",
    )
    heat_map(frame.assign(panel=chosen(panel)), title=title, states=_HEAT)


def years_chart(release: Release, title: tuple[str, str]) -> None:
    """Share of the households in each monitored group, year by year, where no count is hidden."""
    shares = release.years[list(MONITORED)].div(release.years[TOTAL], axis=0).mul(100)
    points = shares.rename_axis("year").reset_index().melt("year", var_name="group").dropna()
    frame = pd.DataFrame(
        {
            "panel": tr("占全部农户", "share of all households"),
            "series": [word(GROUP, group) for group in points["group"]],
            "year": points["year"].astype(float),
            "value": points["value"],
            "unit": "%",
            "places": 1,
        }
    )
    lines(frame, title=title)


def income_chart(release: Release, title: tuple[str, str]) -> None:
    """Net income a head of each group by its four sources."""
    income = release.income[list(SOURCES)].rename_axis("group").reset_index()
    long = income.melt("group", var_name="source")
    frame = pd.DataFrame(
        {
            "category": [word(GROUP, group) for group in long["group"]],
            "series": [word(SOURCE, source) for source in long["source"]],
            "value": long["value"],
        }
    )
    stacked(frame, title=title, unit="元", places=0)


def income_table(release: Release, caption: tuple[str, str], basis: Iterable[str] = ()) -> None:
    """Net income a head of each group and what each source contributes to it, %."""
    income = release.income
    shares = income[list(SOURCES)].div(income["net_income"], axis=0).mul(100)
    shown = shares.map(lambda share: words.number(share, 1))
    shown.insert(0, "group", [word(GROUP, group) for group in income.index])
    shown.insert(1, "net_income", [words.figure(value, "元", 0) for value in income["net_income"]])
    headings = {"group": ("农户", "Households"), "net_income": ("人均纯收入", "Net income a head")}
    headings |= {
        name: (f"{SOURCE[name][0][:2]}，%", f"{SOURCE[name][1].capitalize()}, %") for name in SOURCES
    }
    table(shown, caption=caption, headings=headings, basis=basis)


def guarantees_table(release: Release, caption: tuple[str, str], basis: Iterable[str] = ()) -> None:
    """How many households have each of the three guarantees, or safe water, unmet."""
    rows = [
        {"name": word(GUARANTEE, name), "count": count(number)} for name, number in release.guarantees.items()
    ]
    headings = {"name": ("保障", "Guarantee"), "count": ("未达到的农户", "Households without it")}
    table(pd.DataFrame(rows, columns=list(headings)), caption=caption, headings=headings, basis=basis)


def watch_list(rows: pd.DataFrame, number: int, caption: tuple[str, str], basis: Iterable[str] = ()) -> None:
    """Show single households, by code: only for whoever works with them, never for a published report.

    Parameters
    ----------
    rows : DataFrame
        Of ``classify`` with the column risk (%; NaN where the household is to be monitored already), in the
        order to print.
    number : int
        How many to print.
    """
    first = rows.head(number)
    shown = pd.DataFrame(
        {
            "code": first["code"],
            "township": first["township"],
            "group": [word(GROUP, group) for group in first["group"]],
            "reason": ["" if pd.isna(r) else word(REASON, r) for r in first["reason"]],
            "net_income": [words.number(value, 0) for value in first["net_income"]],
            "risk": [words.number(value, 1) for value in first["risk"]],
        }
    )
    headings = {
        **{"code": ("户编号", "Code"), "township": ("乡镇", "Township"), "group": ("类型", "Group")},
        **{"reason": ("原因", "Reason"), "net_income": ("人均纯收入，元", "Net income a head, yuan")},
        "risk": ("一年内落入监测范围的风险，%", "Risk of needing monitoring within a year, %"),
    }
    table(shown, caption=caption, headings=headings, basis=basis)


def assumed(rows: pd.DataFrame, package: Package) -> str:
    """What a judgement by monitoring lines has to say first where a line is assumed; else nothing.

    Parameters
    ----------
    rows : DataFrame
        Rows of ``monitoring_lines``, of the year judged.
    """
    kinds = package.documents.set_index("id")["type"]
    told = rows[rows["document"].map(kinds).eq("assumption")]
    if told.empty:
        return ""
    row = told.iloc[0]
    line, fall = words.figure(row["line"], "元", 0), words.figure(row["loss"], "%")
    zh, en = (
        f"按假设的监测线 {line}、收入降幅 {fall}，",
        f"by an assumed line of {line} and an assumed fall of {fall}, ",
    )
    return tr(zh, en)


def lines_table(rows: pd.DataFrame, package: Package, caption: tuple[str, str]) -> None:
    """Monitoring lines with what they rest on.

    Parameters
    ----------
    rows : DataFrame
        Rows of ``monitoring_lines``.
    """
    document = codes.names(package.documents)
    shown = pd.DataFrame(
        {
            "period": rows["period"],
            "line": [words.figure(value, "元", 0) for value in rows["line"]],
            "loss": [words.figure(value, "%") for value in rows["loss"]],
            "document": rows["document"].map(document),
            "locator": rows["locator"],
            "note": rows[f"note_{of_data()}"].fillna(""),
        }
    )
    headings = {
        **{"period": ("年份", "Year"), "line": ("监测线（人均纯收入）", "Line (net income a head)")},
        **{"loss": ("收入大幅缩减（降幅）", "Severe loss (fall)"), "document": ("文件", "Document")},
        **{"locator": ("出处", "Place in the document"), "note": ("说明", "Note")},
    }
    trace = [{"line": [row_id], "loss": [row_id]} for row_id in rows["id"]]
    table(shown, caption=caption, headings=headings, trace=trace)
