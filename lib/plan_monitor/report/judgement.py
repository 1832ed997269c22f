"""The table every plan report has: base, latest figure, target, pace still needed, verdict or reason."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.report import words
from reportkit import measures, periods
from reportkit.decimals import carried, rounded
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


def verdict(row: pd.Series, lang: str) -> str:
    """State of an assessed target; floors, ceilings and doubts are named."""
    text = words.state(row["state"], lang)
    if pd.notna(row["status"]):
        text += _as_of(row, lang)
    if row["kind"] in _SAFEGUARD:
        text += words.word(_SAFEGUARD, row["kind"], lang)
    return f"{text} · {_DISAGREES[lang != 'zh']}" if row["disagrees"] else text


def _as_of(row: pd.Series, lang: str) -> str:
    """Of when a verdict is, where its figure is older than a target that is due: the last one may differ."""
    last = periods.end(row["latest_period"])
    if row["due"] not in ("awaited", "overdue") or last >= periods.end(row["target_period"]):
        return ""
    return words.aside(("按 {} 的数" if lang == "zh" else "as of {}").format(row["latest_period"]), lang)


def ratios(row: pd.Series) -> str:
    """Linear progress ratio and Eurostat's ratio of growth rates; – where neither applies."""
    if pd.isna(row["rho"]):
        return "–"
    return f"{words.number(row['rho'], 2)} / {words.number(row['eurostat_ratio'], 2)}"


def required(progress: pd.DataFrame, package: Package, lang: str) -> list[str]:
    """Change a year that each target still needs, in points for shares; – where none is needed.

    All changes in one unit have one number of decimals: two at most, none where all are 100 or more.
    """
    unit = measures.units(package.indicators, lang)[progress["indicator"]].replace("%", "百分点").to_numpy()
    needed = progress["required_per_year"].where(~progress["kind"].isin(list(_SAFEGUARD)))
    most = needed.abs().groupby(unit).transform(lambda all_: 0 if all_.min() >= 100 else 2)
    exact = [
        value if pd.isna(value) else rounded(value, int(n)) for value, n in zip(needed, most, strict=True)
    ]
    places = pd.Series(exact, needed.index).groupby(unit).transform(carried)
    return [
        words.figure(value, one, lang, int(n), "+" if value > 0 else "=")
        for value, one, n in zip(needed, unit, places, strict=True)
    ]


def _note(row: pd.Series, remark: pd.Series, name: pd.Series, lang: str) -> str:
    """What is to be known of a promise, of the figure it is judged by, or of what was found in its place."""
    alike = ""
    if row["reason"] == "other_definition":
        named = words.joined([name[one] for one in row["alike"].split()], lang)
        alike = f"口径不同的：{named}" if lang == "zh" else f"of another definition: {named}"
    latest = None if pd.isna(row["latest_id"]) else remark.get(row["latest_id"])
    return words.phrase([row.get(f"note_{lang}"), latest, alike or None], lang)


def _say_proposed(progress: pd.DataFrame, package: Package, lang: str) -> None:
    """That some verdicts rest on definitions which were drafted, and nobody has confirmed."""
    proposed = package.indicators.loc[package.indicators["proposed"].notna(), "id"]
    if progress["indicator"].isin(proposed).any():
        words.say(
            lang,
            "标“（拟定）”的指标，单位、方向、取值范围、存量或流量由程序按名称和数字拟定，尚未有人确认，判断以此为前提。",
            "Of indicators marked (proposed), unit, direction, bounds and nature were drafted from the name "
            "and the figures; nobody has confirmed them yet, and the verdicts depend on them.",
        )


def progress_table(progress: pd.DataFrame, package: Package, lang: str, caption: tuple[str, str]) -> None:
    """Show the assessment of some targets, one row a target.

    Parameters
    ----------
    progress : DataFrame
        Rows of ``methods.progress.assess``.
    package : Package
        For the names of the indicators.
    lang : str
        "zh" or "en".
    caption : (str, str)
        Title of the table in both languages.
    """
    name, place = words.names(package.indicators, lang), words.names(package.regions, lang)
    unit = measures.units(package.indicators, lang)
    measured = package.observations.set_index("id")["comparator"]  # "more than 30" is no 30
    remark = package.observations.set_index("id")[f"note_{lang}"]
    rows, trace = [], []
    for (_, row), needed in zip(progress.iterrows(), required(progress, package, lang), strict=True):
        attribute, counts = row["attribute"], unit[row["indicator"]]
        start = float("nan") if pd.isna(row["baseline_id"]) else row["baseline"]  # a sum begins at no figure
        rows.append(
            {
                "indicator": name[row["indicator"]],
                "region": place[row["region"]],
                "attribute": "–" if pd.isna(attribute) else words.word(words.ATTRIBUTE, attribute, lang),
                "baseline": words.dated(start, counts, row["baseline_period"], lang),
                "latest": words.dated(
                    row["latest"],
                    counts,
                    row["latest_period"],
                    lang,
                    measured.get(row["latest_id"], "="),
                ),
                "target": words.dated(row["value"], counts, row["period"], lang, row["comparator"]),
                "required": needed,
                "ratios": ratios(row),
                "verdict": verdict(row, lang),
                "note": _note(row, remark, name, lang),
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
    table(frame, lang, caption=caption, headings=headings, classes=classes, trace=trace)
    _say_proposed(progress, package, lang)
