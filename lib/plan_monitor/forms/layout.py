"""The layout of a form, shared by the code that writes it and the code that reads it back."""

import re
from typing import NamedTuple

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.report import codes
from reportkit import periods, words
from reportkit.language import chosen, of_data, using

# columns that describe a promise, and those to be filled in
GIVEN = {
    "target": ("编号", "No."),
    "indicator": ("指标", "Indicator"),
    "definition": ("定义", "Definition"),
    "region": ("地区", "Region"),
    "promised": ("目标", "Target"),
    "due": ("到期", "Due"),
    "latest": ("最近一次数值", "Latest figure"),
    "unit": ("单位", "Unit"),
}
ANSWERED = {
    "figure": ("实绩", "Actual"),
    "period": ("时期", "Period"),
    "source": ("出处（文件标题）", "Source (title of the document)"),
    "locator": ("位置（页、表）", "Place (page, table)"),
    "reason": ("不能提供的原因", "Why there is none"),
    "remark": ("备注", "Remark"),
}
COLUMNS = GIVEN | ANSWERED
# columns that identify the promise; the latest figure may be newer by the time of the answer
FIXED = ("indicator", "region", "promised", "due", "unit")
WHO = ("填报人", "Filled in by")
FORM = ("表单", "Form")
_OVER = {"cumulative": ("累计", "in all"), "growth": ("年均", "a year on average")}
_APART = " · "
_FORM = re.compile(r"(?P<package>\S+) · (?P<version>\S+) · (?P<asked>\d{4}-\d{2}-\d{2}) · (?P<as_of>\S+)")


class Form(NamedTuple):
    """Identity of a form: its package and version, the day, and the last period it covers."""

    package: str
    version: str
    asked: str
    as_of: str

    def text(self) -> str:
        """The form in one line, which a CSV file made of it keeps too.

        >>> Form("my-county", "1.0.0", "2026-11-29", "2026-11").text()
        'my-county · 1.0.0 · 2026-11-29 · 2026-11'
        """
        return _APART.join(self)


def form(text: str) -> Form | None:
    """The form that a line identifies; None if it identifies none.

    >>> form("my-county · 1.0.0 · 2026-11-29 · 2026-11").asked
    '2026-11-29'
    """
    match = _FORM.fullmatch(text.strip())
    return Form(**match.groupdict()) if match else None


def request_id(asked: str, target: str) -> str:
    """Row of the table ``requests``: one for each day and target.

    >>> request_id("2026-11-29", "t-1")
    'ask-2026-11-29-t-1'
    """
    return f"ask-{asked}-{target}"


def target_texts(targets: pd.DataFrame, package: Package) -> pd.DataFrame:
    """The texts of a form about some targets.

    Figures are in the unit as published, in every language, as answers are to be given in it.

    Parameters
    ----------
    targets : DataFrame
        Rows of ``package.targets`` with a period.

    Returns
    -------
    DataFrame
        Index as `targets`; a column of text for each of ``GIVEN``.
    """
    name, place = codes.names(package.indicators), codes.names(package.regions)
    definition = package.indicators.set_index("id")[f"definition_{of_data()}"].fillna("")
    latest = _latest(package)
    rows = [
        {
            "target": row.id,
            "indicator": name[row.indicator],
            "definition": definition[row.indicator],
            "region": place[row.region],
            "promised": _as_published(row.value, row.unit, row.comparator),
            "due": _due(row),
            "latest": latest.get((row.indicator, row.region), "–"),
            "unit": row.unit,
        }
        for row in targets.itertuples()
    ]
    return pd.DataFrame(rows, index=targets.index, columns=list(GIVEN))


def years(target: NamedTuple) -> str:
    """The period that a figure must cover: the due period, or for a sum or an average all its years.

    Parameters
    ----------
    target : named tuple
        A row of ``package.targets``: kind, period, base_period.
    """
    if target.kind not in _OVER or "/" in target.period or pd.isna(target.base_period):
        return target.period
    first = f"{periods.end(target.base_period) + 1:.0f}"
    return target.period if first == target.period else f"{first}/{target.period}"


def _due(target: NamedTuple) -> str:
    return f"{years(target).replace('/', '–')} {chosen(_OVER.get(target.kind, ('', '')))}".strip()


def _as_published(value: float, unit: str, comparator: str, period: str | None = None) -> str:
    with using("zh"):
        return words.dated(value, unit, period, comparator)


def _latest(package: Package) -> dict[tuple[str, str], str]:
    """The latest figure of each indicator and region, with its period, as its source has it."""
    rows = package.observations.dropna(subset="period")
    rows = rows.iloc[rows["period"].map(periods.end).argsort(kind="stable")]
    return {
        (row.indicator, row.region): _as_published(row.value, row.unit, row.comparator, row.period)
        for row in rows.itertuples()
    }
