"""The table every plan report has: base, latest figure, target, pace still needed, verdict or reason."""

import pandas as pd

from plan_monitor.package import Package
from plan_monitor.present import words
from plan_monitor.present.tables import table

_HEADINGS = {
    "indicator": ("指标", "Indicator"),
    "region": ("地区", "Region"),
    "verdict": ("判断", "Verdict"),
    "baseline": ("基期", "Base"),
    "latest": ("最新实绩", "Latest figure"),
    "target": ("目标", "Target"),
    "required": ("每年尚需", "Needed a year"),
    "ratios": ("ρ／欧盟", "ρ / Eurostat"),
    "attribute": ("属性", "Nature"),
}
_DISAGREES = ("两种方法不一致", "the two methods disagree")
_SAFEGUARD = {"floor": (" · 底线", " · floor"), "ceiling": (" · 上限", " · ceiling")}


def unjudged(row: pd.Series, lang: str) -> str:
    """Why an assessed target has no status: whether a figure could be there, or what those found lack."""
    if row["reason"] == "no_observation":
        return words.state(row["due"], lang)
    return words.word(words.REASON, row["reason"], lang)


def verdict(row: pd.Series, lang: str) -> str:
    """Status of an assessed target, or the reason it has none; floors, ceilings and doubts are named."""
    text = unjudged(row, lang) if pd.isna(row["status"]) else words.state(row["status"], lang)
    if row["kind"] in _SAFEGUARD:
        text += words.word(_SAFEGUARD, row["kind"], lang)
    return f"{text} · {_DISAGREES[lang != 'zh']}" if row["disagrees"] else text


def ratios(row: pd.Series) -> str:
    """Linear progress ratio and Eurostat's ratio of growth rates; – where neither applies."""
    if pd.isna(row["rho"]):
        return "–"
    return f"{words.number(row['rho'], 2)} / {words.number(row['eurostat_ratio'], 2)}"


def required(row: pd.Series, lang: str) -> str:
    """Change a year that an assessed target still needs, in points for shares; – where none is needed."""
    needed = row["required_per_year"]
    if pd.isna(needed) or row["kind"] in _SAFEGUARD:
        return "–"
    unit = "百分点" if row["unit"] == "%" else row["unit"]
    amount = words.number(round(needed, 2 if abs(needed) < 100 else 0))
    return f"{'+' if needed > 0 else ''}{amount} {words.unit_word(unit, lang)}".strip()


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
    measured = package.observations.set_index("id")["comparator"]  # "more than 30" is no 30
    rows, trace = [], []
    for _, row in progress.iterrows():
        attribute = row["attribute"]
        start = float("nan") if pd.isna(row["baseline_id"]) else row["baseline"]  # a sum begins at no figure
        rows.append(
            {
                "indicator": name[row["indicator"]],
                "region": place[row["region"]],
                "attribute": "–" if pd.isna(attribute) else words.word(words.ATTRIBUTE, attribute, lang),
                "baseline": words.dated(start, row["unit"], row["baseline_period"], lang),
                "latest": words.dated(
                    row["latest"],
                    row["unit"],
                    row["latest_period"],
                    lang,
                    measured.get(row["latest_id"], "="),
                ),
                "target": words.dated(row["value"], row["unit"], row["period"], lang, row["comparator"]),
                "required": required(row, lang),
                "ratios": ratios(row),
                "verdict": verdict(row, lang),
            }
        )
        ids = {"target": row["id"], "baseline": row["baseline_id"], "latest": row["latest_id"]}
        trace.append({column: listed.split(", ") for column, listed in ids.items() if pd.notna(listed)})
    frame = pd.DataFrame(rows, columns=list(_HEADINGS))
    classes = pd.DataFrame("", index=frame.index, columns=frame.columns)
    classes["verdict"] = [
        "no-data" if pd.isna(status) else f"status-{status}" for status in progress["status"]
    ]
    optional = ("attribute", "baseline", "latest", "required", "ratios")
    unused = [column for column in optional if frame[column].eq("–").all()]
    if frame["region"].nunique() < 2:  # the title says which
        unused.append("region")
    headings = {column: pair for column, pair in _HEADINGS.items() if column not in unused}
    trace = [{column: ids for column, ids in row.items() if column in headings} for row in trace]
    table(frame, lang, caption=caption, headings=headings, classes=classes, trace=trace)
