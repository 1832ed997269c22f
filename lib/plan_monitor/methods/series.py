"""Which observation counts for which period: one figure a period, and yearly series in time order."""

from collections.abc import Iterable

import pandas as pd

from reportkit import periods

_POINT = ("indicator", "region", "period", "value")


def require_columns(table: pd.DataFrame, names: Iterable[str], table_name: str) -> None:
    """Raise a ValueError that names the columns a table lacks."""
    missing = [name for name in names if name not in table.columns]
    if missing:
        raise ValueError(f"{table_name}: column(s) missing: {', '.join(missing)}")


def present_values(rows: pd.DataFrame) -> list[dict]:
    """Each row as a dictionary of its values by column, missing ones left out.

    >>> present_values(pd.DataFrame({"id": ["a", None], "value": [1.0, 2.0]}))
    [{'id': 'a', 'value': 1.0}, {'value': 2.0}]
    """
    records = [{} for _ in range(len(rows))]
    for name in rows:
        for record, value, is_present in zip(records, rows[name].tolist(), rows[name].notna(), strict=True):
            if is_present:
                record[name] = value
    return records


def one_per_period(observations: pd.DataFrame, qualities: Iterable[str] = ("A", "B")) -> pd.DataFrame:
    """Keep one figure for each indicator, region and period.

    Several publications often print the same figure. The best grade wins (in the order of `qualities`, best
    first); among equals, the first in table order. Rows of another grade, without a value or without a period
    are left out. `observations` has indicator, region, period, value and, if there is one, quality (a missing
    one counts as A).

    Rows of `observations` with their index and columns, plus `quality`; in time order, the moment a period
    ends; within one moment the longer period last. Raises ValueError if a column is missing or a period is
    not ISO 8601.

    >>> rows = [("rate", "A1", "2021", 93.0, "B"), ("rate", "A1", "2020", 91.0, "A"),
    ...         ("rate", "A1", "2021", 92.5, "A"), ("rate", "A1", "2022", 99.0, "C")]
    >>> table = pd.DataFrame(rows, columns=["indicator", "region", "period", "value", "quality"])
    >>> one_per_period(table)[["period", "value", "quality"]].values.tolist()
    [['2020', 91.0, 'A'], ['2021', 92.5, 'A']]
    """
    require_columns(observations, _POINT, "observations")
    rank = {grade: place for place, grade in enumerate(qualities)}
    quality = observations.get("quality", pd.Series(index=observations.index)).astype(object)
    quality = quality.where(quality.notna(), "A")
    usable = observations["value"].notna() & observations["period"].notna()
    keys = zip(*(observations[name].tolist() for name in ("indicator", "region", "period")), strict=True)
    best: dict[tuple, tuple[int, int]] = {}  # by indicator, region and period: rank and number of the row
    for number, (key, grade, is_usable) in enumerate(zip(keys, quality.tolist(), usable, strict=True)):
        if is_usable and grade in rank and rank[grade] < best.get(key, (len(rank),))[0]:
            best[key] = rank[grade], number
    in_time = sorted((periods.end(p), -periods.start(p), *row) for (_, _, p), row in best.items())
    numbers = [number for *_, number in in_time]
    return observations.iloc[numbers].assign(quality=quality.iloc[numbers])


def granularity(period: str) -> str:
    """Length of a period: "year", "quarter", "month" or "span"."""
    if "/" in period:
        return "span"
    return {4: "year", 6: "quarter", 7: "month"}[len(period)]


def ends_a_year(period: str) -> bool:
    """Whether a period ends where a calendar year ends, as 2020, 2020-12 and 2020Q4 do."""
    return periods.end(period).is_integer()


def stands_for_a_year(period: str) -> bool:
    """Whether a figure of this period may stand for a year: no span, and it ends where the year ends.

    >>> [stands_for_a_year(period) for period in ("2020", "2020-12", "2020-06", "2016/2020")]
    [True, True, False, False]
    """
    return granularity(period) != "span" and ends_a_year(period)


def annual(observations: pd.DataFrame, indicator: str, region: str) -> pd.Series:
    """Yearly figures of one indicator in one region, by year (int), ascending.

    A December or fourth-quarter figure stands for its year where no yearly one is published; spans and other
    months are left out. `observations` as for `one_per_period`; empty where nothing is published.

    >>> rows = [("rate", "A1", "2020-12", 91.0), ("rate", "A1", "2022", 93.0), ("rate", "A1", "2022-06", 5.0)]
    >>> annual(pd.DataFrame(rows, columns=["indicator", "region", "period", "value"]), "rate", "A1").to_dict()
    {2020: 91.0, 2022: 93.0}
    """
    points = annual_rows(observations, [indicator], [region])
    index = pd.Index(points["period"].str[:4].astype(int), name="year")
    return pd.Series(points["value"].to_numpy(dtype=float), index=index, name="value")


def annual_rows(
    observations: pd.DataFrame,
    indicators: list[str],
    regions: list[str],
    as_of: str = "9999",
    qualities: Iterable[str] = ("A", "B"),
) -> pd.DataFrame:
    """Yearly figures of several indicators and regions as stored rows, in the order asked for.

    `observations` and `qualities` as for `one_per_period`; figures later than `as_of` (ISO 8601) are left
    out. Rows of `observations`, one a year: by indicator, region and time.

    >>> rows = [("b", "A1", "2021", 5.0), ("a", "A1", "2021", 2.0), ("a", "A1", "2020", 1.0)]
    >>> table = pd.DataFrame(rows, columns=["indicator", "region", "period", "value"])
    >>> annual_rows(table, ["a", "b"], ["A1"], "2021")["value"].tolist()
    [1.0, 2.0, 5.0]
    """
    require_columns(observations, _POINT, "observations")
    chosen = observations["indicator"].isin(indicators) & observations["region"].isin(regions)
    selected = one_per_period(observations[chosen], qualities)
    now = periods.end(as_of)
    order = {name: position for position, name in enumerate([*indicators, *regions])}
    last: dict[tuple[int, int, str], int] = {}
    keys = zip(*(selected[name].tolist() for name in ("indicator", "region", "period")), strict=True)
    for number, (indicator, region, period) in enumerate(keys):
        if stands_for_a_year(period) and periods.end(period) <= now:
            last[order[indicator], order[region], period[:4]] = number  # the last of a year
    return selected.iloc[[last[key] for key in sorted(last)]]


def annual_series(observations: pd.DataFrame, as_of: str = "9999") -> dict[tuple[str, str], pd.Series]:
    """All yearly series there are, as of `annual`, by indicator and region; `as_of` as for `annual_rows`."""
    rows = annual_rows(
        observations, [*observations["indicator"].unique()], [*observations["region"].unique()], as_of
    )
    figures: dict[tuple[str, str], dict[int, float]] = {}
    for indicator, region, period, value in zip(*(rows[name].tolist() for name in _POINT), strict=True):
        figures.setdefault((indicator, region), {})[int(period[:4])] = float(value)
    return {
        key: pd.Series([*values.values()], pd.Index([*values], name="year"), name="value")
        for key, values in figures.items()
    }


def last_period(rows: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Rows of the last period that ends by a date (the end of `as_of`, ISO 8601), whatever they are about.

    >>> rows = pd.DataFrame({"period": ["2023", "2024", "2025"], "value": [1, 2, 3]})
    >>> last_period(rows, "2025-06")["value"].tolist()
    [2]
    """
    ends = rows["period"].map(periods.end).astype(float)
    past = ends[ends <= periods.end(as_of)]
    return rows[ends == past.max()].reset_index(drop=True)


def rebase(rows: pd.DataFrame, period: str) -> pd.DataFrame:
    """Figures of several regions on one scale: each region's figure of a period is 100.

    `rows` are observations of one indicator, one a period and region: region, period, value. The rows come
    back with `value` as an index (no unit); regions without a figure for the period are left out.

    >>> table = pd.DataFrame({"region": ["A", "A"], "period": ["2020", "2021"], "value": [50.0, 45.0]})
    >>> rebase(table, "2020")["value"].tolist()
    [100.0, 90.0]
    """
    base = rows[rows["period"] == period].set_index("region")["value"]
    index = rows.assign(value=100 * rows["value"] / rows["region"].map(base).astype(float))
    return index.dropna(subset="value")
