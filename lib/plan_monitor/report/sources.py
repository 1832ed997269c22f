"""Where the figures of a report come from, and which figures nobody has published."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor.data import figures
from plan_monitor.data.package import Package
from plan_monitor.report import codes
from reportkit.language import chosen, of_data
from reportkit.tables import table

HEADINGS = {
    "figure": ("数字", "Figure"),
    "region": ("地区", "Region"),
    "document": ("文件或发布", "Document or publication"),
    "locator": ("出处", "Place in the document"),
    "grade": ("等级与读法", "Grade and reading"),
    "note": ("说明", "Note"),
}
_NAMED = 12  # indicators a gap names; the tables above list them all
_GAPS = {
    "reason": ("原因", "Reason"),
    "count": ("目标数", "Targets"),
    "indicators": ("指标", "Indicators"),
}


def sources_table(package: Package, ids: Iterable[str], caption: tuple[str, str]) -> None:
    """Show for each stored row its figure, document, place in the document, grade and remarks.

    Parameters
    ----------
    package : Package
        The data the report used.
    ids : iterable of str
        Ids of stored rows (those of a sum joined by ", "); missing ones and repetitions are skipped.
    caption
        As in ``tables.table``.
    """
    single = [row_id for listed in ids if pd.notna(listed) for row_id in listed.split(", ")]
    wanted = pd.Index(dict.fromkeys(single), dtype="str")
    stored = figures.stored(package).loc[wanted]
    region = codes.names(package.regions)
    document = codes.names(package.documents)
    rows = []
    for _, row in stored.iterrows():
        rows.append(
            {
                "figure": codes.said(row),
                "region": "–" if pd.isna(row["region"]) else region[row["region"]],
                "document": document[row["document"]],
                "locator": "–" if pd.isna(row["locator"]) else row["locator"],
                "grade": codes.grade(row),
                "note": "" if pd.isna(row[f"note_{of_data()}"]) else row[f"note_{of_data()}"],
            }
        )
    frame = pd.DataFrame(rows, columns=list(HEADINGS))
    classes = pd.DataFrame("", index=frame.index, columns=frame.columns)
    classes.loc[stored["quality"].eq("C").to_numpy(dtype=bool, na_value=False), "figure"] = "grade-c"
    trace = [{"figure": [row_id]} for row_id in wanted]
    table(frame, caption=caption, headings=HEADINGS, classes=classes, trace=trace)


def places_table(rows: pd.DataFrame, what: list[str], package: Package, caption: tuple[str, str]) -> None:
    """Show where stored rows of any table come from: what each says, its document, place and remark.

    Parameters
    ----------
    rows : DataFrame
        Columns document, locator, note_zh, note_en and, where the table has it, id.
    what : list of str
        What each row says, in words.
    package, caption
        As in ``sources_table``.
    """
    document = codes.names(package.documents)
    shown = pd.DataFrame(
        {
            "figure": what,
            "document": document[rows["document"]].to_numpy(),
            "locator": rows["locator"].to_numpy(),
            "note": rows[f"note_{of_data()}"].fillna("").to_numpy(),
        }
    )
    unused = ("region", "grade", "note") if shown["note"].eq("").all() else ("region", "grade")
    headings = {column: pair for column, pair in HEADINGS.items() if column not in unused}
    trace = [{"figure": [row_id]} for row_id in rows["id"]] if "id" in rows else None
    table(shown, caption=caption, headings=headings, trace=trace)


def gaps_table(progress: pd.DataFrame, package: Package, caption: tuple[str, str]) -> None:
    """Show how many targets could not be judged, by reason, with the first of the indicators concerned.

    Parameters
    ----------
    progress : DataFrame
        Rows of ``methods.progress.assess``.
    package, caption
        As in ``sources_table``.
    """
    name = codes.names(package.indicators)
    comma, more = chosen((("、", " 等"), ("; ", " and others")))
    without = progress[progress["status"].isna()]
    rows, trace = [], []
    for state, group in without.groupby("state", sort=False):
        named = list(dict.fromkeys(name[group["indicator"]]))
        shown = comma.join(named[:_NAMED]) + (more if len(named) > _NAMED else "")
        rows.append({"reason": codes.state(state), "count": str(len(group)), "indicators": shown})
        trace.append({"count": list(group["id"])})
    table(pd.DataFrame(rows, columns=list(_GAPS)), caption=caption, headings=_GAPS, trace=trace)
