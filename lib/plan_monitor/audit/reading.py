"""Figures that a machine read from documents, compared with those that persons coded."""

import re

import pandas as pd

from plan_monitor.data.figures import stored
from plan_monitor.data.package import Package
from reportkit import periods

FIELDS = ("value", "unit", "period", "comparator", "role", "region", "indicator")
# what a figure says, without its name and region: if all of it is right, the figure was read right
SAYS = FIELDS[:5]
FORMS = ("prose", "table", "shifted", "words")
_CODED = ("targets", "observations", "standards", "projects")
_ROLES = {"targets": "target", "observations": "observation"}
_TABLE = re.compile(r"表.*(?:行|列)|[行列]$")
_WORDED = ("worded", "counted", "derived")
_DIGIT = re.compile(r"\d|空白")
_ALIKE = {"个百分点": "百分点", "人": "名", "万人": "万名"}
_READ = ("value", "unit", "period", "comparator", "role", "region", "indicator", "note_zh", "note_en")


def compared(package: Package) -> pd.DataFrame:
    """Every figure that persons coded from the documents of ``readings``, beside the machine's reading.

    Parameters
    ----------
    package : Package
        Its ``readings`` name in ``row`` the stored row that they are a reading of.

    Returns
    -------
    DataFrame
        One row a coded figure; of several readings the one with most fields right. Columns:
        row (id), table, document, form (of ``FORMS``: in running text, in a table, in a table whose copy is
        shifted, in words without digits); region, indicator, period, comparator, value, unit and locator as
        coded; those of the reading with ``read_`` before their name; found; and for each of ``FIELDS``, with
        ``is_`` before its name, ``right``, ``wrong``, ``open`` (nothing to compare with: a standard is
        neither target nor actual and holds at all times), for an indicator also ``new`` (named, but matched
        with none of the catalogue). NA where nothing was read.
    """
    readings = package.readings
    coded = _coded(package, readings["document"].unique())
    linked = readings.dropna(subset="row")
    read_columns = linked[["row", *_READ]].rename(columns={name: f"read_{name}" for name in _READ})
    figures = coded.merge(read_columns, on="row", how="left")
    # two amounts of one row, such as the number of projects and their cost: each its own reading
    several_amounts = figures["row"].map(coded["row"].value_counts()).gt(1) & figures["read_value"].abs().ne(
        figures["value"]
    )
    figures.loc[several_amounts, [f"read_{name}" for name in _READ]] = pd.NA
    figures["found"] = figures["read_value"].notna()
    rows = list(figures.itertuples())
    for field in FIELDS:
        judged = [_JUDGES[field](row) if row.found else pd.NA for row in rows]
        figures[f"is_{field}"] = pd.Series(judged, index=figures.index, dtype=object)
    order = figures[[f"is_{field}" for field in FIELDS]].eq("right").sum(axis=1)
    figures = figures.assign(order=order).sort_values("order", ascending=False, kind="stable")
    return figures.drop_duplicates("number").sort_values("number").drop(columns=["order", "number"])


def selected(rows: pd.DataFrame, package: Package, region: str = "", as_of: str = "") -> pd.DataFrame:
    """Rows of documents published up to a period, about a region and those within it; "" stands for all.

    Parameters
    ----------
    rows : DataFrame
        Of ``compared`` or ``unlinked``.
    region : str
        Code or name.
    as_of : str
        ISO 8601 period; its end counts, and a document without a date counts as published.
    """
    issued = package.documents.set_index("id")["issued"].dropna().str[:7]
    late = issued.index[issued.map(periods.end) > periods.end(as_of)] if as_of else []
    published = rows[~rows["document"].isin(late)]
    return (
        published[published["region"].isin(package.within(package.region_code(region)))]
        if region
        else published
    )


def right(figures: pd.DataFrame, fields: tuple[str, ...] = SAYS) -> pd.Series:
    """Whether each figure of ``compared`` was found and nothing of some fields is wrong."""
    wrong = figures[[f"is_{field}" for field in fields]].eq("wrong").any(axis=1)
    return figures["found"] & ~wrong


def unlinked(package: Package) -> pd.DataFrame:
    """Readings of no stored row: what only the machine saw, or mistook for a figure."""
    return package.readings[package.readings["row"].isna()]


def confused(figures: pd.DataFrame, field: str) -> pd.DataFrame:
    """Confusions in a field: read, coded, and rows (their ids), the most frequent first."""
    wrong = figures[figures[f"is_{field}"].eq("wrong")]
    read = wrong[f"read_{field}"].fillna("").astype(str)
    coded = wrong["table"].map(_ROLES) if field == "role" else wrong[field].fillna("").astype(str)
    pairs = pd.DataFrame({"read": read, "coded": coded, "rows": wrong["row"]})
    grouped = pairs.groupby(["read", "coded"], sort=False)["rows"].agg(list).reset_index()
    return grouped.sort_values("rows", key=lambda rows: -rows.map(len), kind="stable", ignore_index=True)


def _coded(package: Package, documents) -> pd.DataFrame:
    """The figures that persons coded from some documents; the cost of a project is a figure of its own."""
    rows = stored(package)
    rows = rows[rows["table"].isin(_CODED) & rows["document"].isin(documents)]
    costs = package.projects.set_index("id")["investment"].reindex(rows.index).dropna()
    money = rows.loc[costs.index].assign(value=costs, unit="亿元")
    rows = pd.concat([rows, money]).dropna(subset="value")
    order = {name: place for place, name in enumerate(package.documents["id"])}
    rows = rows.sort_values("document", key=lambda names: names.map(order), kind="stable")
    rows = rows.rename_axis("row").reset_index().assign(number=range(len(rows)))
    return rows.assign(form=[_form(row) for row in rows.itertuples()])


def _form(row) -> str:
    if row.reading == "realigned":
        return "shifted"
    in_words = pd.notna(row.as_printed) and not _DIGIT.search(row.as_printed)
    if row.reading in _WORDED or in_words:
        return "words"
    return "table" if _TABLE.search(row.locator) else "prose"


def plain(unit: str) -> str:
    """A unit without what persons add to the print: brackets, "a year", "of counties".

    >>> [plain(unit) for unit in ("万台(套)", "元/生", "个县市", "个百分点", "人")]
    ['万台', '元', '个', '百分点', '名']
    """
    unit = re.sub(r"[（(].*?[)）]", "", "" if pd.isna(unit) else unit).split("/")[0]
    unit = re.sub("^个县市?$", "个", unit)
    return _ALIKE.get(unit, unit)


def _verdict(is_right: bool) -> str:
    return "right" if is_right else "wrong"


def _value(row) -> str:
    return _verdict(abs(row.value) == abs(row.read_value))


def _unit(row) -> str:
    if pd.isna(row.unit):
        return "open"
    same_print = re.sub("[（()）]", "", row.unit) == row.read_unit  # 套间 for 套(间)
    return _verdict(same_print or plain(row.unit) == plain(row.read_unit))


def _period(row) -> str:
    """Right if both periods end at the same time: a target for a plan's years is due at their end."""
    if pd.isna(row.period) or row.table == "standards":
        return "open"
    return _verdict(pd.notna(row.read_period) and periods.end(row.period) == periods.end(row.read_period))


def _comparator(row) -> str:
    return "open" if pd.isna(row.comparator) else _verdict(row.comparator == row.read_comparator)


def _role(row) -> str:
    if row.read_role == "investment" and "元" in (row.unit or ""):
        return "right"
    return _verdict(row.read_role == _ROLES[row.table]) if row.table in _ROLES else "open"


def _region(row) -> str:
    return "open" if pd.isna(row.region) else _verdict(row.region == row.read_region)


def _indicator(row) -> str:
    if pd.isna(row.indicator):
        return "open"
    return "new" if pd.isna(row.read_indicator) else _verdict(row.indicator == row.read_indicator)


_JUDGES = {
    "value": _value,
    "unit": _unit,
    "period": _period,
    "comparator": _comparator,
    "role": _role,
    "region": _region,
    "indicator": _indicator,
}
