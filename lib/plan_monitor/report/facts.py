"""Parts that the leads of a plan's first page are made of: its facts, counts and dates in words."""

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

_ROOM = (60, 30)  # of a step: Chinese characters, English words
_CUTS = ((16, 8), (8, 4))  # of a name, where a step has no room for it; the same


class Lead(NamedTuple):
    """One kind of thing that is known of a plan."""

    answers: list[str]  # as a sentence, the fullest first
    facts: list[tuple[str, Fact]]  # each with what it is of
    most: int  # how many of them a page shows


def facts_of(
    rows: pd.DataFrame,
    figures: Iterable[str],
    told: Iterable[str],
    ids: list[pd.Series],
    package: Package,
    states: Iterable[str] = repeat(""),
) -> list[tuple[str, Fact]]:
    """A fact a row, named by its indicator, and by its region where there are several."""
    names = rows["indicator"].map(codes.names(package.indicators))
    if rows["region"].nunique() > 1:
        names += rows["region"].map(codes.names(package.regions)).map(words.aside)
    of = zip(rows["indicator"] + " " + rows["region"], names, strict=True)
    known = (list(chain(*several)) for several in zip(*map(stored_ids, ids), strict=True))
    return [
        (key, Fact(name, figure, row_ids, text, state))
        for (key, name), figure, row_ids, text, state in zip(of, figures, known, told, states, strict=False)
    ]


def goals(rows: pd.DataFrame, package: Package) -> list[str]:
    """Targets as figures that say so: ``目标 ≥ 95 %（2025）``."""
    return [figure.preceded(tr("目标 ", "target ")) for figure in codes.printed(rows, package)]


def aims(row) -> bool:
    """Whether a document only strives for a target, as the note of its row says."""
    return "力争" in (row.note_zh if isinstance(row.note_zh, str) else "")


def state(row) -> str:
    """State of a promise in words, and that it is an aim where the document only strives for it."""
    return tr("力争，", "an aim; ") * aims(row) + codes.state(row.state)


def of_first(some: str, rows: pd.DataFrame, package: Package) -> list[str]:
    """An answer on some promises that names the first of them; and one without it, which is shorter."""
    name = rows["indicator"].map(codes.names(package.indicators)).head(1).sum()
    more = len(rows) > 1
    zh, en = f"{some}：{name}{'等' * more}。", f"{some}: {name}{' and others' * more}."
    return [tr(zh, en), tr(f"{some}。", f"{some}.")]


def ids_of(rows: pd.DataFrame, beside: str) -> list[str]:
    """Ids of some promises and of what they are reckoned by, a column of ids."""
    return list(chain(*stored_ids(rows["id"]), *stored_ids(rows[beside])))


def count(rows: pd.DataFrame, beside: str) -> str:
    """How many rows there are, as a figure that leads to them and what it is reckoned by."""
    return cited(f"{len(rows)}", ids_of(rows, beside))


def promised_numbers(judged: pd.DataFrame) -> list[Fact]:
    """How many promises in numbers there are (``promises.judge``), and how many can be judged or are due.

    What is due counts their stages of single years too, as steps and tables do.
    """
    counted = promises.tally(judged)["promise"]
    if not counted.total:
        return []
    if counted.judged:
        word = tr(f"可判断 {counted.judged} 项", f"{counted.judged} can be judged")
    else:
        every = judged[judged["role"].isin(["promise", "by_year"])]
        late, due = (int(every["state"].eq(state).sum()) for state in ("overdue", "awaited"))
        zh, en = ("含分年：逾期", "with yearly ones: ") if len(every) > counted.total else ("逾期未收录", "")
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
    read = unmarked(step)
    return len(read if of_data() == "zh" else read.split()) <= _ROOM[of_data() == "en"]


def shorter(name: str) -> list[str]:
    """A name, and what is left of it where there is less and less room."""
    return [name, *(_cut(name, *room) for room in _CUTS)]


def _cut(name: str, characters: int, most: int) -> str:
    if of_data() == "zh":
        return name if len(name) <= characters else name[: characters - 1] + "…"
    parts = name.split()
    return name if len(parts) <= most else " ".join(parts[:most]) + " …"
