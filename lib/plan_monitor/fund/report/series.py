"""An insurance fund as tables and charts: accounts, per head, months, growth by cause, where they stand."""

import csv
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from plan_monitor import fund
from plan_monitor.data.package import Package
from plan_monitor.fund.ratios import bands_for
from plan_monitor.report import codes
from plan_monitor.report.sources import places_table, stored_ids
from plan_monitor.settle.labels import LABELS
from reportkit import words
from reportkit.charts.lines import lines
from reportkit.charts.plain import bars
from reportkit.cited import cited
from reportkit.decimals import against, carried
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
_FEW = 2  # years of which no line is drawn


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


def decimals(row: pd.Series) -> int:
    """Decimals with which the money of one row was printed."""
    (places,) = fund.places(row.to_frame().T)
    return places


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
    cells = [amount(value, unit, digits) for value, digits in zip(values, places, strict=True)]
    return Column((f"{zh}（{unit}）", f"{en} ({_MONEY[unit][0]})"), cells, ids)


def money(value: float, unit: str, places: int | None = None) -> str:
    """A stored amount of money with its unit: ``8,183.02 亿元``."""
    return amount(value, unit, places, f" {money_unit(unit)[0]}")


def of_row(text: str, row: pd.Series, *others: str) -> str:
    """A figure of a sentence that comes from a row (ids joined by ", "), and from others by their ids."""
    return cited(text, [*row["id"].split(", "), *others])


def numbers(values: Iterable[float], places: int | None = None) -> list[str]:
    """Figures of one column."""
    return [words.number(value, places) for value in values]


def ratio_limits(ratio: str, scheme: str, bands: pd.DataFrame) -> list[float]:
    """What a ratio of a scheme is held against: zero, and each line for it of all warning bands."""
    return [0.0, *bands_for(bands, ratio, scheme)["upper"]]


def ratio_places(value: float, ratio: str, scheme: str, bands: pd.DataFrame) -> int:
    """Decimals of a ratio of a scheme: one, and more until it is on its own side of all ``ratio_limits``."""
    return against(value, ratio_limits(ratio, scheme, bands), 1)


def ratio_figure(value: float, ratio: str, scheme: str, bands: pd.DataFrame) -> str:
    """A ratio of a scheme as it is printed beside the lines for it (``ratio_places``)."""
    return words.number(value, ratio_places(value, ratio, scheme, bands))


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


def accounts_chart(rows: pd.DataFrame, what: Text) -> None:
    """Draw the income, expenditure and months in reserve of a scheme (``fund.indicators``) by year.

    With two years or fewer, income and expenditure are bars instead of lines. `what` says whose accounts they
    are; the title sums up the newest ones.
    """
    complete = rows.dropna(subset=["income", "expenditure"])
    if complete.empty:
        return words.nothing(what)
    unit, size = money_unit(next(iter(rows["unit"])))
    by_year, flows = rows.set_index("year"), ("income", "expenditure")
    ids = by_year["id"].str.split(", ")
    if len(complete) <= _FEW:
        pairs = [(row, name) for _, row in complete.iterrows() for name in flows]
        frame = pd.DataFrame(
            {
                "category": [row["period"] for row, _ in pairs],
                "series": [word(FIGURE, name) for _, name in pairs],
                "value": [row[name] / size for row, name in pairs],
                "id": [row["id"].split(", ") for row, _ in pairs],
            }
        )
        return bars(frame, title=_outcome(complete.iloc[-1]), subtitle=what, unit=unit)
    panel, months = (
        tr("收入与支出", "Income and expenditure"),
        ratio_name("reserve_months", next(iter(rows["scheme"]))),
    )
    frames = [curve(by_year[name] / size, panel, word(FIGURE, name), unit, ids=ids) for name in flows]
    frames.append(curve(by_year["reserve_months"], months, months, "月", 1.0, ids))
    lines(pd.concat(frames), title=_outcome(complete.iloc[-1]), subtitle=what)


def _outcome(row: pd.Series) -> str:
    """Income against expenditure of a year, and the reserve: the title of their chart."""
    balance = row["income"] - row["expenditure"]
    size, year = money(abs(balance), row["unit"], decimals(row)), row["period"]
    zh, en = ("多", "above") if balance >= 0 else ("少", "below")
    title = tr(f"{year} 年收入比支出{zh} {size}", f"Income of {year} was {size} {en} expenditure")
    if pd.isna(row["reserve_months"]) or row["reserve_months"] < 0:
        return title
    months = words.number(row["reserve_months"], 1)
    reserve = tr(f"，结余可支付 {months} 个月", f", the reserve worth {months} months")
    return title + reserve + including(row["scheme"])


def curve(
    values: pd.Series,
    panel: str,
    series: str,
    unit: str,
    places: float = float("nan"),
    ids: pd.Series | None = None,
) -> pd.DataFrame:
    """Figures by year as ``charts.lines`` draws them; what is missing is left out."""
    values = values.dropna()
    frame = pd.DataFrame({"year": values.index.astype(float), "value": values.to_numpy(dtype=float)})
    if ids is not None:
        frame["id"] = ids.loc[values.index].tolist()
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
