"""What a person may write into the fields of a row, and the choices for each."""

import re
from collections import Counter
from collections.abc import Sequence

import pandas as pd

from plan_monitor.reading.matching import Catalogue
from plan_monitor.reading.rows import KINDS, ROLES, Row
from plan_monitor.settle.divisions import today
from plan_monitor.settle.labels import LABELS
from plan_monitor.settle.names import Names, aliases
from plan_monitor.settle.regions import Regions
from reportkit import periods
from reportkit.language import chosen, tr

PERSON = "person"  # where a field comes from that a person wrote
COMPARATORS = ("=", ">=", ">", "<=", "<", "about")
ATTRIBUTES = ("", "binding", "expected")
CODES = {"role": ROLES, "comparator": COMPARATORS, "kind": KINDS, "attribute": ATTRIBUTES}
EDITABLE = (
    *("role", "indicator", "value", "unit", "comparator", "region", "period"),
    *("kind", "base_period", "attribute", "value_signed", "locator"),
)
_NUMBER = re.compile(r"\d+(\.\d+)?")
_LONGEST = 200


class Fields:
    """The fields of rows, with the indicators and regions of a package.

    Parameters
    ----------
    indicators, regions : DataFrame
        Those of a package; empty where there is none.
    """

    def __init__(self, indicators: pd.DataFrame, regions: pd.DataFrame):
        rows = indicators.fillna("").to_dict("records")
        self._indicators = Names(
            (row["id"], [row["name_zh"], *aliases(row.get("aliases", ""))]) for row in rows
        )
        region_rows = regions.fillna("").to_dict("records")
        self._places = Regions(region_rows)
        self._catalogue = Catalogue(indicators)
        self._regions = {row["code"]: row["name_zh"] for row in region_rows}

    def with_text(self, row: Row, field: str, value: str) -> Row:
        """A row with a text written into a field, which then comes from a person and needs no look.

        Raises
        ------
        ValueError
            Where the field cannot hold the text; it says what was expected, in the reader's language.
        """
        value = value.strip()
        if field not in EDITABLE:
            raise ValueError(tr("这一栏不能改", "this field cannot be changed"))
        if len(value) > _LONGEST or "\n" in value:
            raise ValueError(tr(f"最长 {_LONGEST} 字，不换行", f"one line of at most {_LONGEST} characters"))
        changed = row._replace(**self._changes(row, field, value))
        if changed == row:
            return row
        source = {f"{field}_from": PERSON} if f"{field}_from" in Row._fields else {}
        look = " ".join(name for name in row.look.split() if name != field)
        return changed._replace(look=look, **source)

    def _changes(self, row: Row, field: str, value: str) -> dict[str, str]:
        """The fields that change with a text."""
        if field in CODES:
            return {field: _code(field, value)}
        if field == "indicator":
            return self._indicator(row, value)
        if field == "region":
            return {field: self._places.find(value, near=False).id or value}
        if field in ("period", "base_period"):
            return {field: _period(value)}
        if field == "value":
            sign = "-" if row.value_signed.startswith("-") else ""
            return {field: _number(value), "value_signed": sign + value}
        if field == "value_signed":
            _number(value.removeprefix("-"))
        return {field: value}

    def _indicator(self, row: Row, value: str) -> dict[str, str]:
        if not value:
            raise ValueError(tr("应为指标名称或编号", "expected the name or the id of an indicator"))
        if value == self.name(row):
            return {}
        match = self._indicators.find(value, near=False)
        if match.id:
            return {"indicator": match.id}
        near = self._catalogue.find(value, row.unit).nearest
        nearest = "；".join(f"{code} {name}" for code, name in near)
        return {"indicator": "", "indicator_zh": value, "nearest": nearest}

    def name(self, row: Row) -> str:
        """The indicator of a row as people call it: the catalogue's name, else the drafted one."""
        return self._indicators.shown.get(row.indicator, row.indicator or row.indicator_zh)

    def place(self, code: str) -> str:
        """The name of a region's code; a name as it is."""
        return self._regions.get(code) or (today()[code].name if code in today() else code)

    def value(self, row: Row, field: str) -> str:
        """What a field shows."""
        if field == "indicator":
            return self.name(row)
        return self.place(row.region) if field == "region" else getattr(row, field)

    def offered(self, rows: Sequence[Row]) -> dict[str, list[list[str]]]:
        """The choices for each field: pairs of the text to write and its name.

        Units, periods and regions include those of the rows, the most frequent first.
        """
        codes = {
            field: [[code, chosen(LABELS[field][code]) if code else tr("无", "none")] for code in allowed]
            for field, allowed in CODES.items()
        }
        catalogue = [[name, code] for code, name in self._indicators.shown.items()]
        counts = {
            field: Counter(getattr(row, field) for row in rows) for field in ("unit", "period", "region")
        }
        frequent = {
            field: [[value, ""] for value, _ in counts[field].most_common() if value] for field in counts
        }
        regions = {code: self.place(code) for code in [*dict(counts["region"].most_common()), *self._regions]}
        frequent["region"] = [[name, code] for code, name in regions.items() if code]
        return {**codes, **frequent, "indicator": catalogue}


def _code(field: str, value: str) -> str:
    if value not in CODES[field]:
        raise ValueError(tr("应为所列之一", "expected one of those listed"))
    return value


def _number(value: str) -> str:
    if not _NUMBER.fullmatch(value) or not value.isascii():
        raise ValueError(tr("应为数字，如 95 或 1.5", "expected a number, such as 95 or 1.5"))
    return value


def _period(value: str) -> str:
    try:
        for bound in (periods.start, periods.end) if value else ():
            bound(value)
    except ValueError as error:
        zh, en = "应为 2025、2025-06、2025Q3 或 2021/2025", "expected 2025, 2025-06, 2025Q3 or 2021/2025"
        raise ValueError(tr(zh, en)) from error
    return value
