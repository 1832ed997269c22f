"""Parts of the leads on a plan's first page: facts, counts and dates in words."""

from calendar import month_name
from collections.abc import Iterable
from itertools import chain, repeat
from typing import NamedTuple

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods import agenda, promises
from plan_monitor.report import codes
from plan_monitor.report.sources import stored_ids
from reportkit import measures, words
from reportkit.brief import Fact
from reportkit.cited import cited, unmarked
from reportkit.language import of_data, tr

_ROOM = (60, 30)  # length of a step: Chinese characters, English words
_CUTS = ((16, 8), (8, 4))  # lengths to which a name is cut in a long step, in the same units


class Lead(NamedTuple):
    """One kind of finding about a plan."""

    answers: list[str]  # wordings of one sentence, the fullest first
    facts: list[tuple[str, Fact]]  # each with a key of its subject
    most: int  # how many of these facts a page shows


def facts_of(
    rows: pd.DataFrame,
    figures: Iterable[str],
    texts: Iterable[str],
    ids: list[pd.Series],
    package: Package,
    states: Iterable[str] = repeat(""),
) -> list[tuple[str, Fact]]:
    """A fact a row, named by its indicator, and by its region where there are several."""
    names = rows["indicator"].map(codes.names(package.indicators))
    if rows["region"].nunique() > 1:
        names += rows["region"].map(codes.names(package.regions)).map(words.aside)
    names_by_key = zip(rows["indicator"] + " " + rows["region"], names, strict=True)
    ids_by_row = (list(chain(*several)) for several in zip(*map(stored_ids, ids), strict=True))
    return [
        (key, Fact(name, figure, row_ids, text, state))
        for (key, name), figure, row_ids, text, state in zip(
            names_by_key, figures, ids_by_row, texts, states, strict=False
        )
    ]


def goals(rows: pd.DataFrame, package: Package) -> list[str]:
    """Targets as figures that say so: ``目标 ≥ 95 %（2025）``."""
    return [figure.preceded(tr("目标 ", "target ")) for figure in codes.printed(rows, package)]


def aims(row) -> bool:
    """Whether a target is only an aim (力争), by the note of its row."""
    return "力争" in (row.note_zh if isinstance(row.note_zh, str) else "")


def state(row) -> str:
    """State of a promise in words, and a remark if it is only an aim."""
    return tr("力争，", "an aim; ") * aims(row) + codes.state(row.state)


def of_first(lead: str, rows: pd.DataFrame, package: Package) -> list[str]:
    """An answer that begins with `lead` and names the first of some promises, and a shorter one."""
    name = rows["indicator"].map(codes.names(package.indicators)).head(1).sum()
    several = len(rows) > 1
    zh, en = f"{lead}：{name}{'等' * several}。", f"{lead}: {name}{' and others' * several}."
    return [tr(zh, en), tr(f"{lead}。", f"{lead}.")]


def ids_of(rows: pd.DataFrame, beside: str) -> list[str]:
    """Ids of some promises, and those of a column of ids that their judgement rests on."""
    return list(chain(*stored_ids(rows["id"]), *stored_ids(rows[beside])))


def count(rows: pd.DataFrame, beside: str) -> str:
    """The number of rows, as a figure that leads to them and to the ids of a column."""
    return cited(f"{len(rows)}", ids_of(rows, beside))


def promised_numbers(judged: pd.DataFrame) -> list[Fact]:
    """How many promises in numbers there are (``promises.judge``), and how many can be judged or are due.

    Numbers due include stages of single years, as in steps and tables.
    """
    counted = promises.tally(judged)["promise"]
    if not counted.total:
        return []
    if counted.judged:
        word = tr(f"可判断 {counted.judged} 项", f"{counted.judged} can be judged")
    else:
        with_stages = judged[judged["role"].isin(["promise", "by_year"])]
        late, due = (int(with_stages["state"].eq(state).sum()) for state in ("overdue", "awaited"))
        zh, en = (
            ("含分年：逾期", "with yearly ones: ") if len(with_stages) > counted.total else ("逾期未收录", "")
        )
        word = tr(f"{zh} {late}，待公布 {due}", f"{en}{late} overdue, {due} awaited")
    ids = judged.loc[judged["role"].eq("promise"), "id"]
    label = ("数字承诺", "Promises in numbers")
    return [Fact(label, tr(f"{counted.total} 项", words.number(counted.total)), ids, word)]


def items(rows: pd.DataFrame) -> str:
    """How many promises, as a figure with its unit."""
    return tr(f"{len(rows)} 项", measures.counted(len(rows), "promise"))


def moment(time: float) -> str:
    """The end of a year or a month, a moment in years: ``2025 年底``, ``2026 年 6 月``."""
    year, month = map(int, agenda.month(time).split("-"))
    if month == 12:
        return tr(f"{year} 年底", f"the end of {year}")
    return tr(f"{year} 年 {month} 月", f"{month_name[month]} {year}")


def fitting(*texts: str) -> str:
    """The first of some texts, longest first, that is short enough for a step; else the last."""
    return next(filter(fits, texts), texts[-1])


def fits(step: str) -> bool:
    """Whether a step is short enough: 60 Chinese characters, or 30 words."""
    text = unmarked(step)
    return len(text if of_data() == "zh" else text.split()) <= _ROOM[of_data() == "en"]


def shorter(name: str) -> list[str]:
    """A name, and shorter and shorter cuts of it."""
    return [name, *(_cut(name, *room) for room in _CUTS)]


def _cut(name: str, characters: int, most: int) -> str:
    if of_data() == "zh":
        return name if len(name) <= characters else name[: characters - 1] + "…"
    parts = name.split()
    return name if len(parts) <= most else " ".join(parts[:most]) + " …"
