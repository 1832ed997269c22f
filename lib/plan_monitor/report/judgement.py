"""The table every plan report has: base, latest figure, target, pace still needed, verdict or reason."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.report import codes
from plan_monitor.report.frames import printed
from plan_monitor.report.sources import stored_ids
from reportkit import measures, periods, words
from reportkit.decimals import carried, rounded
from reportkit.language import Text, chosen, of_data, tr, word
from reportkit.table import Column, table

_DISAGREES = ("两种方法不一致", "the two methods disagree")
_SAFEGUARD = {"floor": ("底线", "floor"), "ceiling": ("上限", "ceiling")}


def verdict(row) -> str:
    """State of an assessed target; floors, ceilings and doubts are named.

    Parameters
    ----------
    row : Series or namedtuple
        A row of ``methods.progress.assess``.
    """
    parts = [codes.state(row.state)]
    if pd.notna(row.status):
        parts[0] += _as_of(row)
    if row.kind in _SAFEGUARD:
        parts.append(word(_SAFEGUARD, row.kind))
    if row.disagrees:
        parts.append(chosen(_DISAGREES))
    return " · ".join(parts)


def _as_of(row) -> str:
    """Of when a verdict is, where its figure is older than a target that is due: the last one may differ."""
    last = periods.end(row.latest_period)
    if row.due not in ("awaited", "overdue") or last >= periods.end(row.target_period):
        return ""
    return words.aside(tr(f"按 {row.latest_period} 的数", f"as of {row.latest_period}"))


def marks(status: pd.Series) -> list[str]:
    """How a table marks the cells of verdicts."""
    return ["no-data" if pd.isna(code) else f"status-{code}" for code in status]


def progress_table(progress: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show the assessment of some targets, one row a target.

    Parameters
    ----------
    progress : DataFrame
        Rows of ``methods.progress.assess``.
    package, caption
        As in ``sources_table``.
    """
    rows = list(progress.itertuples())
    name, place = codes.names(package.indicators), codes.names(package.regions)
    unit = measures.units(package.indicators)
    comparator = package.observations.set_index("id")["comparator"]  # "more than 30" is no 30
    start = progress["baseline"].where(progress["baseline_id"].notna())  # a sum begins at no figure
    base = [
        words.dated(value, unit[row.indicator], row.baseline_period)
        for row, value in zip(rows, start, strict=True)
    ]
    latest = [
        words.dated(row.latest, unit[row.indicator], row.latest_period, comparator.get(row.latest_id, "="))
        for row in rows
    ]
    required = ("每年需变动（自最新实绩或基期）", "Change needed a year (from latest figure or base)")
    columns = [
        Column(("指标", "Indicator"), [name[row.indicator] for row in rows]),
        Column(("地区", "Region"), [place[row.region] for row in rows]),
        Column(("判断", "Verdict"), [verdict(row) for row in rows], marks=marks(progress["status"])),
        Column(("基期", "Base"), base, stored_ids(progress["baseline_id"]), optional=True),
        Column(("最新实绩", "Latest figure"), latest, stored_ids(progress["latest_id"]), optional=True),
        Column(("目标", "Target"), printed(progress, package), stored_ids(progress["id"]), figures=True),
        Column(required, _required(progress, package), optional=True),
        Column(("ρ／欧盟", "ρ / Eurostat"), [_ratios(row) for row in rows], figures=True, optional=True),
        Column(("属性", "Nature"), [_attribute(row) for row in rows], optional=True),
        Column(("说明", "Note"), _notes(rows, package), optional=True),
    ]
    if progress["region"].nunique() < 2:
        del columns[1]  # the title says where
    table(caption, columns)
    _say_proposed(progress, package)


def _required(progress: pd.DataFrame, package: Package) -> list[str]:
    """Change a year that each target still needs, in points for shares; – where none is needed.

    All changes in one unit have one number of decimals: two at most, none where all are 100 or more.
    """
    unit = measures.units(package.indicators)[progress["indicator"]].replace("%", "百分点").to_numpy()
    needed = progress["required_per_year"].where(~progress["kind"].isin(list(_SAFEGUARD)))

    def places(alike: pd.Series) -> int:
        most = 0 if alike.abs().min() >= 100 else 2
        return carried(rounded(value, most) for value in alike)

    decimals = needed.groupby(unit).transform(places)
    return [
        words.figure(value, one, int(n), "+" if value > 0 else "=")
        for value, one, n in zip(needed, unit, decimals, strict=True)
    ]


def _ratios(row) -> str:
    """Linear progress ratio and Eurostat's ratio of growth rates."""
    if pd.isna(row.rho):
        return words.NOTHING
    return f"{words.number(row.rho, 2)} / {words.number(row.eurostat_ratio, 2)}"


def _attribute(row) -> str:
    return words.NOTHING if pd.isna(row.attribute) else word(codes.ATTRIBUTE, row.attribute)


def _notes(rows: list, package: Package) -> list[str]:
    """What is to be known of each promise, of its latest figure, and of others of another definition."""
    name, note = codes.names(package.indicators), f"note_{of_data()}"
    remark = package.observations.set_index("id")[note]
    notes = []
    for row in rows:
        parts = [getattr(row, note), remark.get(row.latest_id)]
        if row.reason == "other_definition":
            alike = words.joined(name[one] for one in row.alike.split())
            parts.append(tr(f"口径不同的：{alike}", f"of another definition: {alike}"))
        notes.append(words.phrase(parts))
    return notes


def _say_proposed(progress: pd.DataFrame, package: Package) -> None:
    """That some verdicts rest on definitions which were drafted, and nobody has confirmed."""
    proposed = package.indicators.loc[package.indicators["proposed"].notna(), "id"]
    if progress["indicator"].isin(proposed).any():
        words.say(
            "标“（拟定）”的指标，单位、方向、取值范围、存量或流量由程序按名称和数字拟定，尚未有人确认，判断以此为前提。",
            "Of indicators marked (proposed), unit, direction, bounds and nature were drafted from the name "
            "and the figures; nobody has confirmed them yet, and the verdicts depend on them.",
        )
