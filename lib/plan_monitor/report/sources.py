"""Where the figures of a report come from, and which figures nobody has published."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor.data import figures
from plan_monitor.data.package import Package
from plan_monitor.report import codes
from reportkit import words
from reportkit.language import Text, of_data, tr
from reportkit.table import Column, table

_FIGURE = ("数字", "Figure")
_DOCUMENT = ("文件或发布", "Document or publication")
_LOCATOR = ("出处", "Place in the document")
_NOTE = ("说明", "Note")
_NAMED = 12  # indicators named for each reason; the tables above list them all


def stored_ids(listed: Iterable[str]) -> list[list[str]]:
    """Ids of the stored rows behind each figure: several for a sum, joined by ", "; none where missing."""
    return [[] if pd.isna(ids) else ids.split(", ") for ids in listed]


def sources_table(package: Package, ids: Iterable[str], caption: Text) -> None:
    """Show for each stored row its figure, document, place in the document, grade and remarks.

    `ids` are as ``stored_ids`` takes them; repetitions are skipped.
    """
    single = dict.fromkeys(row_id for several in stored_ids(ids) for row_id in several)
    stored = figures.stored(package).loc[pd.Index(single, dtype="str")]
    rows = stored.to_dict("records")
    doubts = ["grade-c" if row["quality"] == "C" else "" for row in rows]
    columns = [
        Column(_FIGURE, [codes.description(row) for row in rows], stored_ids(stored.index), doubts),
        Column(("地区", "Region"), stored["region"].map(codes.names(package.regions)).fillna(words.NOTHING)),
        Column(_DOCUMENT, codes.names(package.documents)[stored["document"]]),
        Column(_LOCATOR, stored["locator"].fillna(words.NOTHING)),
        Column(("等级与读法", "Grade and reading"), [codes.grade(row) for row in rows]),
        Column(_NOTE, stored[f"note_{of_data()}"].fillna("")),
    ]
    table(caption, columns)


def places_table(rows: pd.DataFrame, texts: list[str], package: Package, caption: Text) -> None:
    """Show where stored rows of any table come from: what each says (`texts`), its document, place, remark.

    `rows` have the columns document, locator, note_zh, note_en and, where the table has it, id.
    """
    columns = [
        Column(_FIGURE, texts, stored_ids(rows["id"]) if "id" in rows else ()),
        Column(_DOCUMENT, codes.names(package.documents)[rows["document"]]),
        Column(_LOCATOR, rows["locator"]),
        Column(_NOTE, rows[f"note_{of_data()}"].fillna(""), optional=True),
    ]
    table(caption, columns)


def gaps_table(progress: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show how many targets (``progress.assess``) could not be judged, by reason, with the indicators."""
    name = codes.names(package.indicators)
    gaps = dict(list(progress[progress["status"].isna()].groupby("state", sort=False)))
    ids = [list(rows["id"]) for rows in gaps.values()]
    columns = [
        Column(("原因", "Reason"), [codes.state(state) for state in gaps]),
        Column(("目标数", "Targets"), [words.number(len(rows)) for rows in ids], ids, total=True),
        Column(("指标", "Indicators"), [_first(name[rows["indicator"]]) for rows in gaps.values()]),
    ]
    table(caption, columns)


def _first(names: Iterable[str]) -> str:
    """The first of some names, and that there are more."""
    names = list(dict.fromkeys(names))
    more = tr(" 等", " and others") if len(names) > _NAMED else ""
    return tr("、", "; ").join(names[:_NAMED]) + more
