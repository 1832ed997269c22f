"""The table every plan report has: base, latest figure, target, pace still needed, verdict or reason."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.report import codes
from reportkit import measures, periods, words
from reportkit.decimals import carried, rounded
from reportkit.language import current, of_data, tr, word
from reportkit.tables import table

_HEADINGS = {
    "indicator": ("指标", "Indicator"),
    "region": ("地区", "Region"),
    "verdict": ("判断", "Verdict"),
    "baseline": ("基期", "Base"),
    "latest": ("最新实绩", "Latest figure"),
    "target": ("目标", "Target"),
    "required": ("每年需变动（自最新实绩或基期）", "Change needed a year (from latest figure or base)"),
    "ratios": ("ρ／欧盟", "ρ / Eurostat"),
    "attribute": ("属性", "Nature"),
    "note": ("说明", "Note"),
}
_DISAGREES = ("两种方法不一致", "the two methods disagree")
_SAFEGUARD = {"floor": (" · 底线", " · floor"), "ceiling": (" · 上限", " · ceiling")}


def verdict(row: pd.Series) -> str:
    """State of an assessed target; floors, ceilings and doubts are named."""
    text = codes.state(row["state"])
    if pd.notna(row["status"]):
        text += _as_of(row)
    if row["kind"] in _SAFEGUARD:
        text += word(_SAFEGUARD, row["kind"])
    return f"{text} · {_DISAGREES[current() != 'zh']}" if row["disagrees"] else text


def _as_of(row: pd.Series) -> str:
    """Of when a verdict is, where its figure is older than a target that is due: the last one may differ."""
    last = periods.end(row["latest_period"])
    if row["due"] not in ("awaited", "overdue") or last >= periods.end(row["target_period"]):
        return ""
    return words.aside(tr("按 {} 的数", "as of {}").format(row["latest_period"]))


def ratios(row: pd.Series) -> str:
    """Linear progress ratio and Eurostat's ratio of growth rates; – where neither applies."""
    if pd.isna(row["rho"]):
        return "–"
    return f"{words.number(row['rho'], 2)} / {words.number(row['eurostat_ratio'], 2)}"


def required(progress: pd.DataFrame, package: Package) -> list[str]:
    """Change a year that each target still needs, in points for shares; – where none is needed.

    All changes in one unit have one number of decimals: two at most, none where all are 100 or more.
    """
    unit = measures.units(package.indicators)[progress["indicator"]].replace("%", "百分点").to_numpy()
    needed = progress["required_per_year"].where(~progress["kind"].isin(list(_SAFEGUARD)))
    most = needed.abs().groupby(unit).transform(lambda all_: 0 if all_.min() >= 100 else 2)
    exact = [
        value if pd.isna(value) else rounded(value, int(n)) for value, n in zip(needed, most, strict=True)
    ]
    places = pd.Series(exact, needed.index).groupby(unit).transform(carried)
    return [
        words.figure(value, one, int(n), "+" if value > 0 else "=")
        for value, one, n in zip(needed, unit, places, strict=True)
    ]


def _note(row: pd.Series, remark: pd.Series, name: pd.Series) -> str:
    """What is to be known of a promise, of the figure it is judged by, or of what was found in its place."""
    alike = ""
    if row["reason"] == "other_definition":
        named = words.joined([name[one] for one in row["alike"].split()])
        alike = tr(f"口径不同的：{named}", f"of another definition: {named}")
    latest = None if pd.isna(row["latest_id"]) else remark.get(row["latest_id"])
    return words.phrase([row.get(f"note_{of_data()}"), latest, alike or None])


def _say_proposed(progress: pd.DataFrame, package: Package) -> None:
    """That some verdicts rest on definitions which were drafted, and nobody has confirmed."""
    proposed = package.indicators.loc[package.indicators["proposed"].notna(), "id"]
    if progress["indicator"].isin(proposed).any():
        words.say(
            "标“（拟定）”的指标，单位、方向、取值范围、存量或流量由程序按名称和数字拟定，尚未有人确认，判断以此为前提。",
            "Of indicators marked (proposed), unit, direction, bounds and nature were drafted from the name "
            "and the figures; nobody has confirmed them yet, and the verdicts depend on them.",
        )


def progress_table(progress: pd.DataFrame, package: Package, caption: tuple[str, str]) -> None:
    """Show the assessment of some targets, one row a target.

    Parameters
    ----------
    progress : DataFrame
        Rows of ``methods.progress.assess``.
    package : Package
        For the names of the indicators.
    caption : (str, str)
        Title of the table in both languages.
    """
    name, place = codes.names(package.indicators), codes.names(package.regions)
    unit = measures.units(package.indicators)
    measured = package.observations.set_index("id")["comparator"]  # "more than 30" is no 30
    remark = package.observations.set_index("id")[f"note_{of_data()}"]
    rows, trace = [], []
    for (_, row), needed in zip(progress.iterrows(), required(progress, package), strict=True):
        attribute, counts = row["attribute"], unit[row["indicator"]]
        start = float("nan") if pd.isna(row["baseline_id"]) else row["baseline"]  # a sum begins at no figure
        rows.append(
            {
                "indicator": name[row["indicator"]],
                "region": place[row["region"]],
                "attribute": "–" if pd.isna(attribute) else word(codes.ATTRIBUTE, attribute),
                "baseline": words.dated(start, counts, row["baseline_period"]),
                "latest": words.dated(
                    row["latest"], counts, row["latest_period"], measured.get(row["latest_id"], "=")
                ),
                "target": words.dated(row["value"], counts, row["period"], row["comparator"]),
                "required": needed,
                "ratios": ratios(row),
                "verdict": verdict(row),
                "note": _note(row, remark, name),
            }
        )
        ids = {"target": row["id"], "baseline": row["baseline_id"], "latest": row["latest_id"]}
        trace.append({column: listed.split(", ") for column, listed in ids.items() if pd.notna(listed)})
    frame = pd.DataFrame(rows, columns=list(_HEADINGS))
    classes = pd.DataFrame("", index=frame.index, columns=frame.columns)
    classes["verdict"] = [
        "no-data" if pd.isna(status) else f"status-{status}" for status in progress["status"]
    ]
    optional = ("attribute", "baseline", "latest", "required", "ratios", "note")
    unused = [column for column in optional if frame[column].eq("–").all()]
    if frame["region"].nunique() < 2:  # the title says which
        unused.append("region")
    headings = {column: pair for column, pair in _HEADINGS.items() if column not in unused}
    trace = [{column: ids for column, ids in row.items() if column in headings} for row in trace]
    table(frame, caption=caption, headings=headings, classes=classes, trace=trace)
    _say_proposed(progress, package)
