"""Promises in every report on a plan: how many are in which state, and each beside its figures."""

import numpy as np
import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods.pace import CLASSES
from plan_monitor.methods.promises import Count
from plan_monitor.methods.ranges import printed_range
from plan_monitor.report import codes, responsible
from plan_monitor.report.codes import printed
from plan_monitor.report.sources import stored_ids
from reportkit import measures, periods, words
from reportkit.cited import cited
from reportkit.decimals import shared
from reportkit.language import Text, of_data, tr, word
from reportkit.table import Column, table
from reportkit.way import Way

_SAFEGUARD = {"floor": ("底线", "floor"), "ceiling": ("上限", "ceiling")}
_COMPARABLE = {
    "same": ("同一指标", "same indicator"),
    "derived": ("可由公布数推算", "can be derived from published figures"),
    "unlike": ("有数字而口径不同，不比较", "figures of another definition, not compared"),
    "none": ("未见公布", "none found"),
}
_ROLE = {
    "promise": ("数字承诺", "promises in numbers"),
    "by_year": ("分年目标", "stages by year"),
    "by_region": ("分地区任务", "shares of regions"),
    "past": ("上一规划期目标", "targets of the plan before"),
}


def tally_line(counted: dict[str, Count]) -> None:
    """Show the lines of ``tally_lines`` as a paragraph."""
    text = tr("；", "; ").join(tally_lines(counted)) + tr("。", ".")
    words.say(text, text[0].upper() + text[1:])


def tally_lines(counted: dict[str, Count]) -> list[str]:
    """Promises of a plan (``promises.tally``) for its tile and report, by role: how many in which state.

    Figures are ``cited``.
    """
    return [_line(role, count) for role, count in counted.items() if count.total or role == "promise"]


def _line(role: str, count: Count) -> str:
    name, all_ids = word(_ROLE, role), [row_id for code in count.states for row_id in count.ids.get(code, [])]
    total, own_count = cited(f"{count.total}", all_ids), cited(f"{count.own}", count.ids.get("own", []))
    line = tr(f"{name} {total} 项", f"{name}: {total}")
    states = tr("，", "; ").join(
        f"{codes.state(code)} {cited(f'{n}', count.ids.get(code, []))}" for code, n in count.states.items()
    )
    if count.own:
        states += tr(f"（其中据规划自报 {own_count} 项）", f"; by the plan's own figures: {own_count}")
    return line + (tr("：{}", " ({})").format(states) if states else "")


def progress_table(
    progress: pd.DataFrame, package: Package, caption: Text, *, urgent_first: bool = True
) -> None:
    """Show some targets (``progress.assess``): base, latest figure, target, pace still needed, verdict.

    Those in danger come first, what is kept or achieved last (`states.csv` has the order), in the given order
    within a state; unless `urgent_first` is false.
    """
    if urgent_first:
        progress = progress.sort_values("state", key=lambda states: states.map(codes.RANK), kind="stable")
    rows = list(progress.itertuples())
    start = progress["baseline"].where(progress["baseline_id"].notna())  # a sum begins at no figure
    base = progress.assign(value=start, period=progress["baseline_period"], comparator="=")
    stored = package.observations.set_index("id")
    sign = progress["latest_id"].map(stored["comparator"]).fillna("=")  # "more than 30" is no 30
    latest = progress.assign(value=progress["latest"], period=progress["latest_period"], comparator=sign)
    latest["limit"] = progress["value"]
    nature = progress["attribute"].map({code: word(codes.ATTRIBUTE, code) for code in codes.ATTRIBUTE})
    ways, targets = _ways(progress, start, package), stored_ids(progress["id"])
    newest = ("最新实绩", "Latest figure")
    required = ("每年需变动（自最新实绩或基期）", "Change needed a year (from latest figure or base)")
    columns = [
        Column(("指标", "Indicator"), codes.names(package.indicators)[progress["indicator"]]),
        Column(("地区", "Region"), codes.names(package.regions)[progress["region"]]),
        Column(("判断", "Verdict"), [verdict(row) for row in rows], marks=marks(progress["state"])),
        Column(("基期", "Base"), printed(base, package), stored_ids(progress["baseline_id"]), optional=True),
        Column(newest, printed(latest, package), stored_ids(progress["latest_id"]), optional=True),
        Column(("目标", "Target"), printed(progress, package), targets, figures=True, ways=ways),
        Column(required, _required(progress, rows, package), optional=True),
        Column(("ρ／欧盟", "ρ / Eurostat"), [_ratios(row) for row in rows], figures=True, optional=True),
        Column(("属性", "Nature"), nature.fillna(words.NOTHING), optional=True),
        responsible.column(progress["id"], package),
        Column(("说明", "Note"), _notes(rows, package), optional=True),
    ]
    if progress["region"].nunique() < 2:
        del columns[1]  # the title says where
    table(caption, columns)
    proposed = package.indicators.loc[package.indicators["proposed"].notna(), "id"]
    if progress["indicator"].isin(proposed).any():
        words.say(
            "标“（拟定）”的指标，单位、方向、取值范围、存量或流量由程序按名称和数字拟定，尚未有人确认，判断以此为前提。",
            "Of indicators marked (proposed), unit, direction, bounds and nature were drafted from the name "
            "and the figures; nobody has confirmed them yet, and the verdicts depend on them.",
        )


def _ways(progress: pd.DataFrame, start: pd.Series, package: Package) -> list[Way]:
    """Base, latest figure and target of each promise, on a line that for a share ends at 100 %."""
    indicators = package.indicators.set_index("id")
    ends = indicators["upper"].where(indicators["unit"].eq("%") & indicators["upper"].eq(100))
    units = measures.units(package.indicators)
    sides = (start, progress["latest"], progress["value"], progress["indicator"])
    return [
        Way(*figures, 0.0, ends[indicator], units[indicator])
        for *figures, indicator in zip(*sides, strict=True)
    ]


def verdict(row) -> str:
    """State of a target, a row of ``progress.assess``; floors, ceilings and doubts are named."""
    parts = [codes.state(row.state)]
    due = pd.notna(row.status) and row.due in ("awaited", "overdue")
    if due and periods.end(row.latest_period) < periods.end(row.target_period):  # the last figure may differ
        parts[0] += words.aside(tr(f"按 {row.latest_period} 的数", f"as of {row.latest_period}"))
    if row.kind in _SAFEGUARD:
        parts.append(word(_SAFEGUARD, row.kind))
    if row.disagrees:
        parts.append(tr("两种方法不一致", "the two methods disagree"))
    return " · ".join(parts)


def marks(states: pd.Series) -> list[str]:
    """Marks of the cells of verdicts: the status, or the due state where there is none."""
    shown = {*codes.STATUS, *codes.DUE} - {"undated"}
    return [f"status-{code}" if code in shown else "no-data" for code in states]


def _required(progress: pd.DataFrame, rows: list, package: Package) -> list[str]:
    """Change a year that each target still needs, in points for shares; – where none is needed.

    All changes in one unit have the same number of decimals: those that all of them carry
    (``decimals.shared``), two at most, none where all are 100 or more.
    """
    unit = measures.units(package.indicators)[progress["indicator"]].replace("%", "百分点").to_numpy()
    needed = progress["required_per_year"].where(~progress["kind"].isin(list(_SAFEGUARD)))
    ranges = pd.Series(list(map(_required_range, rows)), progress.index)
    decimals = _by_unit(needed, ranges, unit)
    return [
        words.figure(value, unit_of_row, n, "+" if value > 0 else "=")
        for value, unit_of_row, n in zip(needed, unit, decimals, strict=True)
    ]


def paces(stages: pd.DataFrame, units: pd.Series) -> list[str]:
    """Change a year that each stage of a path asks for (``trajectory.stages``), without its unit.

    `units` are those of the indicators, by id; all stages in one unit have the same number of decimals, as in
    a progress table.
    """
    ranges = pd.Series(list(zip(stages["per_year_low"], stages["per_year_high"], strict=True)), stages.index)
    decimals = _by_unit(stages["per_year"], ranges, units[stages["indicator"]].to_numpy())
    return list(map(words.number, stages["per_year"], decimals))


def _by_unit(values: pd.Series, ranges: pd.Series, unit: np.ndarray) -> list[int]:
    """Decimals of each figure, those that all in its unit carry."""

    def places(same_unit: pd.Series) -> int:
        return shared(same_unit, ranges[same_unit.index], 0 if same_unit.abs().min() >= 100 else 2)

    return values.groupby(unit).transform(places).astype(int).tolist()


def _required_range(row) -> tuple[float, float]:
    """Range of the change still needed, as the starting figure was rounded; a target is exact."""
    needed, measured = row.required_per_year, pd.notna(row.latest) or pd.notna(row.baseline_id)
    if not (measured and abs(needed) > 0):  # a sum begins at no figure
        return needed, needed
    low, high = printed_range(row.baseline if pd.isna(row.latest) else row.latest, row.unit)
    room = (high - low) / 2 / abs(row.gap / needed)
    return needed - room, needed + room


def _ratios(row) -> str:
    """Linear progress ratio and Eurostat's ratio of growth rates."""
    if pd.isna(row.rho):
        return words.NOTHING
    return f"{ratio(row.rho)} / {ratio(row.eurostat_ratio)}"


def ratio(progress: float) -> str:
    """A ratio of actual to required progress, never printed as the bound of a class that it is short of."""
    return words.number(progress, 2, limits=[bound for bound in CLASSES.values() if progress < bound])


def _notes(rows: list, package: Package) -> list[str]:
    """Notes on each promise, on its latest figure, and on figures of another definition."""
    name, note = codes.names(package.indicators), f"note_{of_data()}"
    remark = package.observations.set_index("id")[note]
    notes = []
    for row in rows:
        parts = [getattr(row, note), remark.get(row.latest_id)]
        if row.reason == "other_definition":
            alike = words.joined(name[indicator] for indicator in row.alike.split())
            parts.append(tr(f"口径不同的：{alike}", f"of another definition: {alike}"))
        notes.append(words.phrase(parts))
    return notes


def beside_table(
    targets: pd.DataFrame,
    figures: pd.DataFrame,
    regions: list[str],
    otherwise: dict[str, str],
    package: Package,
    caption: Text,
) -> None:
    """Show every target with what has been published of its indicator in some other regions, a column each.

    `figures` are observations of the same definition, at most one an indicator and region; `otherwise` says
    of an indicator ``derived`` or ``unlike``, where there is something else than such a figure.
    """
    place = codes.names(package.regions)
    rows = zip(figures.itertuples(), printed(figures, package), strict=True)
    figures_by_key = {(row.indicator, row.region): (text, row.id) for row, text in rows}
    others = []
    for code in regions:
        cells = [
            figures_by_key.get((indicator, code), (words.NOTHING, None)) for indicator in targets["indicator"]
        ]
        ids = stored_ids(row_id for _, row_id in cells)
        others.append(Column((place[code], place[code]), [text for text, _ in cells], ids))
    published = set(figures.loc[figures["region"].isin(regions), "indicator"])
    remarks = ["same" if code in published else otherwise.get(code, "none") for code in targets["indicator"]]
    columns = [
        Column(("指标", "Indicator"), codes.names(package.indicators)[targets["indicator"]]),
        Column(("目标", "Target"), printed(targets, package), stored_ids(targets["id"])),
        *others,
        Column(("可比性", "Comparability"), [word(_COMPARABLE, remark) for remark in remarks]),
    ]
    table(caption, columns)
