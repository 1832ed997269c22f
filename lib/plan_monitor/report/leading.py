"""The first page of a report on a plan: findings about its promises, the strongest first, never a zero."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods import promises
from plan_monitor.report import known
from reportkit import measures, words
from reportkit.brief import MOST, Fact
from reportkit.cited import cited, unmarked
from reportkit.language import current, of_data, tr

_FULL = 5  # facts on a page, which promises fill up
_ANSWER, _LIMITS = (40, 20), (80, 40)  # Chinese characters, or words of another language


def leading_answer(judged: pd.DataFrame, package: Package, as_of: str) -> str:
    """The main finding about a plan's promises, in one sentence for the top of a report's first page.

    `judged` are rows of ``promises.judge`` of one document, `as_of` the period that they were judged at. The
    first of these that applies: how many can be judged and their states; targets below what had been reached;
    base figures beside a region above; the largest change; targets beside what a region above has reached;
    promises whose figures are overdue, expected, or due later; how many there are.
    """
    for lead in known.leads(judged, package, as_of):
        if lead.answers:
            return next(filter(fits, lead.answers), lead.answers[-1])
    return tr("文件没有可以逐项判断的数字承诺。", "The document makes no promise in numbers.")


def leading_facts(judged: pd.DataFrame, package: Package, as_of: str) -> list[Fact]:
    """Facts for a report's first page, at most six, from the same findings as ``leading_answer``.

    If there are few, promises with their states fill the page.
    """
    shown: dict[str, Fact] = {}
    for lead in known.leads(judged, package, as_of):
        new = [(key, fact) for key, fact in lead.facts if key not in shown]
        shown |= dict(new[: min(lead.most, MOST - len(shown))])
        if len(shown) == MOST:
            break
    if len(shown) < _FULL:
        rest = [(key, fact) for key, fact in known.promised(judged, package) if key not in shown]
        shown |= dict(rest[: _FULL - len(shown)])
    return [*shown.values()]


def limits(judged: pd.DataFrame, package: Package | None = None) -> str:
    """What a report's first page cannot tell of a plan's promises (``promises.judge``), in two sentences.

    With `package`, a third sentence is the longest remark on a figure that a promise is judged by, if there
    is room.
    """
    counted, sentences = promises.tally(judged)["promise"], []
    if counted.total and not counted.judged:
        en = "No promise has a later figure to use: whether they are kept cannot be judged yet."
        sentences.append(tr("承诺都没有可用的后续实绩，是否兑现还不能判断。", en))
    elif counted.judged < counted.total:
        unjudged = judged[judged["role"].eq("promise") & judged["status"].isna()]
        rest = cited(f"{len(unjudged)}", unjudged["id"])
        en = f"The other {rest} have no later figure, which does not mean that they failed."
        sentences.append(tr(f"其余 {rest} 项没有可用的后续实绩，不等于没有完成。", en))
    if counted.of("awaited", "overdue"):
        sentences.append(tr("公布期按假设的时滞推算。", "Dates of publication rest on assumed lags."))
    short = tr("", " ").join(sentences)
    full = tr("", " ").join([*sentences, *([] if package is None else _remark(judged, package))])
    return full if _long(full) <= _LIMITS[current() != "zh"] else short


def _remark(judged: pd.DataFrame, package: Package) -> list[str]:
    """The longest remark on a figure that a promise is judged by, behind the figure."""
    rows, notes = package.observations, f"note_{of_data()}"
    used = judged.loc[judged["role"].eq("promise") & judged["status"].notna(), "latest_id"].dropna()
    rows = rows[rows["id"].isin(used)].dropna(subset=notes)
    rows = rows.sort_values(notes, key=lambda texts: -texts.str.len(), kind="stable").head(1)
    unit = measures.units(package.indicators)
    return [
        cited(words.figure(row.value, unit[row.indicator], comparator=row.comparator), [row.id])
        + tr(f"：{row.note_zh}。", f": {str(row.note_en)[:1].lower()}{str(row.note_en)[1:]}.")
        for row in rows.itertuples()
    ]


def fits(answer: str) -> bool:
    """Whether an answer is short enough to lead a first page: 40 characters in Chinese, else 20 words."""
    return _long(answer) <= _ANSWER[current() != "zh"]


def _long(text: str) -> int:
    plain = unmarked(text)
    return len(plain if current() == "zh" else plain.split())
