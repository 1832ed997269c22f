"""An insurance fund as tables and charts: accounts, per head, months, growth by cause, where they stand."""

import csv
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from plan_monitor import fund
from plan_monitor.data.package import Package
from plan_monitor.report import codes
from plan_monitor.report.sources import places_table, stored_ids
from plan_monitor.settle.labels import LABELS
from reportkit import words
from reportkit.charts.lines import lines
from reportkit.charts.plain import bars
from reportkit.decimals import carried, rounded
from reportkit.figure import Figure
from reportkit.language import Text, of_data, tr, word
from reportkit.table import Column, table

WORDS: dict[str, dict[str, Text]] = {}  # by list and code
with Path(__file__).with_name("words.csv").open(encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        WORDS.setdefault(row["list"], {})[row["code"]] = row["zh"], row["en"]
SCHEME, BASIS = LABELS["scheme"], LABELS["basis"]
FIGURE, RATIO = WORDS["figure"], WORDS["ratio"]
_MONEY = {"亿元": ("billion yuan", 10), "万元": ("million yuan", 100)}  # as English counts
_YEAR = ("年份", "Year")


def money_unit(unit: str) -> tuple[str, int]:
    """The unit a report counts money in, and what a stored figure is divided by."""
    return (unit, 1) if of_data() == "zh" else _MONEY[unit]


def amount(value: float, unit: str, places: int | None = None, after: str = "") -> str:
    """A stored amount of money as a table prints it, without its unit and with every digit it carries."""
    if pd.isna(value):
        return words.NOTHING
    size = money_unit(unit)[1]
    places = carried([value]) if places is None else int(places)
    return Figure.of(value / size, places + len(str(size)) - 1, after=after)


def money_column(
    heading: tuple[str, str],
    values: pd.Series,
    unit: str,
    ids: list | None = None,
    places: Iterable | None = None,
) -> Column:
    """Amounts with their unit in the heading; computed ones all with the decimals of the finest."""
    zh, en = heading
    places = [carried(values)] * len(values) if places is None else places
    cells = [amount(value, unit, own) for value, own in zip(values, places, strict=True)]
    return Column((f"{zh}（{unit}）", f"{en} ({_MONEY[unit][0]})"), cells, ids)


def money(value: float, unit: str, places: int | None = None) -> str:
    """A stored amount of money with its unit: ``8,183.02 亿元``."""
    return amount(value, unit, places, f" {money_unit(unit)[0]}")


def numbers(values: Iterable[float], places: int | None = None) -> list[str]:
    """Figures of one column."""
    return [words.number(value, places) for value in values]


def sentences(*parts: str) -> str:
    """Sentences one after another; empty ones are left out.

    Behind a bold one there is a space: Markdown ends nothing between a full stop and a Chinese character.
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
    """A scheme, and that its figures include personal accounts where they do."""
    return scheme_name(scheme) + including(scheme)


def ratio_name(ratio: str, scheme: str) -> str:
    """A ratio of a scheme; of a reserve that includes personal accounts it says so."""
    return word(RATIO, ratio) + (including(scheme) if ratio == "reserve_months" else "")


def basis_words(basis: str) -> str:
    """What figures are: final, derived or preliminary; several joined by a space."""
    return words.joined(word(BASIS, name) for name in basis.split())


def _unusual(row: pd.Series) -> str:
    """What is unusual about a year: figures left out of the fit, or of a new scope."""
    marked = {mark: row[mark].split() for mark in WORDS["mark"] if pd.notna(row[mark])}
    figures = {mark: words.joined(word(FIGURE, name) for name in names) for mark, names in marked.items()}
    return words.phrase(word(WORDS["mark"], mark).format(text) for mark, text in figures.items())


def accounts_chart(rows: pd.DataFrame, title: Text) -> None:
    """Draw the income, expenditure and months in reserve of a scheme (``fund.indicators``) by year."""
    if rows.empty:
        return words.nothing(title)
    unit, size = money_unit(rows["unit"].iloc[0])
    panel, by_year = tr("收入与支出", "Income and expenditure"), rows.set_index("year")
    flows = ("income", "expenditure")
    frames = [curve(by_year[name] / size, panel, word(FIGURE, name), unit) for name in flows]
    months = ratio_name("reserve_months", rows["scheme"].iloc[0])
    frames.append(curve(by_year["reserve_months"], months, months, "月", 1.0))
    lines(pd.concat(frames), title=title)


def curve(
    values: pd.Series, panel: str, series: str, unit: str, places: float = float("nan")
) -> pd.DataFrame:
    """Figures by year as ``charts.lines`` draws them; what is missing is left out."""
    values = values.dropna()
    frame = pd.DataFrame({"year": values.index.astype(float), "value": values.to_numpy(dtype=float)})
    return frame.assign(panel=panel, series=series, unit=unit, places=places)


def accounts_table(rows: pd.DataFrame, caption: Text) -> None:
    """Show the accounts of each year: income, expenditure, balance, reserve, basis and what is unusual."""
    unit, places, ids = next(iter(rows["unit"]), "亿元"), fund.places(rows), stored_ids(rows["id"])
    columns = [
        Column(_YEAR, rows["period"]),
        money_column(("收入", "Income"), rows["income"], unit, ids, places),
        money_column(("支出", "Expenditure"), rows["expenditure"], unit, places=places),
        money_column(("当期结余", "Current balance"), rows["current_balance"], unit),
        money_column(("累计结余", "Reserve"), rows["balance"], unit, places=places),
        Column(("数据性质", "Basis"), [basis_words(basis) for basis in rows["basis"]]),
        Column(("特殊之处", "What is unusual"), [_unusual(row) for _, row in rows.iterrows()], optional=True),
    ]
    table(caption, columns)


def heads_table(rows: pd.DataFrame, caption: Text) -> None:
    """Show people and money per head of each year: enrolment, workers per retiree, growth."""
    headings = WORDS["heads"]
    places = {"enrollees": None, "dependency_ratio": 2, "income_per_head": 0, "expenditure_per_head": 0}
    if rows[list(headings)].isna().all(axis=None):
        return words.nothing(caption)
    ids, columns = stored_ids(rows["id"]), [Column(_YEAR, rows["period"])]
    for name, heading in headings.items():
        cells = numbers(rows[name], places.get(name, 1))
        columns.append(Column(heading, cells, ids, optional=True))
    table(caption, columns)


def months_table(rows: pd.DataFrame, caption: Text) -> None:
    """Show the months: each with the year to date and their growth on a year before."""
    flows = WORDS["months"]
    unit, ids = next(iter(rows["unit"]), "亿元"), stored_ids(rows["id"])
    places = [carried(values) for values in rows[list(flows)].to_numpy()]  # a sum has those of its parts
    columns = [Column(("月份", "Month"), rows["period"])]
    for name, (zh, en) in flows.items():
        columns.append(money_column((zh, en), rows[name], unit, ids, places))
        growth = (f"{zh} 同比，%", f"{en}: growth on a year before, %")
        columns.append(Column(growth, numbers(rows[f"{name}_growth"], 1)))
    table(caption, columns)


def causes_chart(parts: pd.DataFrame, title: Text) -> None:
    """Draw the growth of expenditure (``fund.decompose``), split over its factors, in points."""
    frame = points(parts).melt(["start", "end"], _factors(parts), "factor")
    frame = frame.sort_values(["start", "end"], kind="stable")
    frame["category"] = _years(frame)
    frame["series"] = [word(WORDS["factor"], name) for name in frame["factor"]]
    bars(frame, title=title, unit="百分点")


def causes_table(parts: pd.DataFrame, caption: Text, basis: Iterable[str] = ()) -> None:
    """Show the growth of expenditure between years and what each factor adds to it, in points."""
    shares = points(parts)
    columns = [
        Column(("年份", "Years"), _years(shares)),
        Column(("支出增长，%", "Growth of expenditure, %"), numbers(shares["change"], 1)),
    ]
    for name in _factors(parts):
        heading = word(WORDS["factor"], name) + tr("，百分点", ", points")
        columns.append(Column(heading, numbers(shares[name], 1)))
    table(caption, columns, basis)


def _years(parts: pd.DataFrame) -> list[str]:
    """The years of each row, and whether its figures are those of an average year."""
    mean = words.aside(tr("年均", "a year"))
    pairs = zip(parts["start"], parts["end"], strict=True)
    return [f"{start}–{end}" + (mean if end - start > 1 else "") for start, end in pairs]


def points(parts: pd.DataFrame) -> pd.DataFrame:
    """Growth of a year in percent, to a tenth, so that the parts add up to the total as printed.

    Over several years it is the average yearly growth, shared out as the whole is. Each part is rounded down,
    and the tenths that are left go to those that lost most (the method of largest remainders), so that a part
    is less than a tenth off.
    """
    names, change = _factors(parts), parts["change"]
    span = (parts["end"] - parts["start"]).astype(float)
    yearly = parts["total_start"] * ((parts["total_end"] / parts["total_start"]) ** (1 / span) - 1)
    scale = (yearly / change.where(change != 0)).fillna(1 / span)
    tenths = 1000 * parts[["change", *names]].mul(scale / parts["total_start"], axis=0)
    total, floors = tenths["change"].map(rounded), np.floor(tenths[names])
    most = (tenths[names] - floors).rank(axis=1, ascending=False, method="first")
    shares = (floors + most.le(total - floors.sum(axis=1), axis=0)) / 10
    return parts.assign(change=total / 10, **shares)


def _factors(parts: pd.DataFrame) -> list[str]:
    """The factors of a decomposition; no rest where they leave nothing open."""
    rest = parts["rest"].abs().max() > 1e-9 * parts["total_end"].abs().max()
    return [name for name in WORDS["factor"] if name in parts and (name != "rest" or rest)]


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
