"""The first page of a report on dated promises: how many are past, which, and what became of them."""

from collections.abc import Sequence
from math import ceil

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods import promises
from plan_monitor.methods.promises import Count
from plan_monitor.report import codes
from plan_monitor.report.facts import moment, promised_numbers
from reportkit import brief as page
from reportkit import periods, words
from reportkit.brief import Fact
from reportkit.charts.small import small_bars
from reportkit.cited import cited
from reportkit.language import Text, of_data, tr
from reportkit.measures import counted

_FAILED = ["missed", "dropped"]
_PAST = [*_FAILED, "unknown"]
_BARS = 6  # of the small chart
# state, label, code of the mark; the most telling first
_LABELS: tuple[tuple[list[str], Text, str], ...] = (
    (_FAILED, ("未完成或放弃", "Missed or dropped"), "lost"),
    (["unknown"], ("逾期，未见结果", "Past, no result found"), ""),
    (["awaited"], ("到期，尚在公布期", "Due, results pending"), ""),
    (["done"], ("已完成", "Done"), "achieved"),
    (["under_way"], ("进行中", "Under way"), "on_track"),
    (["not_due"], ("未到期", "Not yet due"), ""),
)


def brief(
    dated: pd.DataFrame, judged: pd.DataFrame, package: Package, steps: Sequence[str], as_of: str
) -> None:
    """Show the first page on dated promises (``states.states``) and those in numbers (``promises.judge``),
    with what to do next as of a period."""
    numbers = promises.tally(judged)
    parts = [dated[dated["state"].isin(states)] for states, _, _ in _LABELS]
    named = zip(_LABELS, parts, strict=True)
    facts = [
        Fact(label, _dates(len(rows)), rows["id"], _when(rows), mark)
        for (_, label, mark), rows in named
        if len(rows)
    ]
    facts[3:3] = [*promised_numbers(judged), *_worst(dated, package)]
    zh = "没有公布结果不等于没有完成；公布期按假设的时滞计算。"
    en = "No published result does not mean that a date was missed; publication lags are assumed."
    page.brief(answer(dated, numbers["promise"]), facts, steps, (zh, en), as_of)


def chart(dated: pd.DataFrame) -> None:
    """Draw which programmes have most dates past without a result, as a small chart."""
    past = dated[dated["state"].isin(_PAST)]
    shown = dated if past.empty else past
    ids = shown.groupby(f"programme_{of_data()}", sort=False)["id"].agg(list)
    frame = pd.DataFrame({"category": ids.index, "value": ids.map(len).to_numpy(), "id": ids.to_numpy()})
    frame = frame.sort_values("value", ascending=False, kind="stable").head(_BARS)
    kind = tr("节点", "dates") if past.empty else tr("逾期未见结果的节点", "dates past without a result")
    title = tr("各事项的节点", "Dates by programme")
    for top in frame.head(1).itertuples():
        zh = f"{kind}最多的是{top.category}，{top.value} 个"
        title = tr(zh, f"Most {kind}: {top.category}, {top.value}")
    subtitle = tr(f"各事项{kind}，个", f"{kind}, by programme")
    small_bars(frame, title=title, subtitle=subtitle, unit="个", places=0)


def past_title(dated: pd.DataFrame) -> Text:
    """How many dates of each year are past without a result, as the title of a timeline."""
    past = dated[dated["state"].isin(_PAST)]
    years = past.groupby(past["period"].map(periods.end).map(ceil)).size()
    if years.empty:
        return "没有逾期的节点", "No date is past without a result"
    zh = "，".join(f"{year} 年 {many} 个" for year, many in years.items())
    en = words.joined(f"{many} of {year}" for year, many in years.items())
    return f"逾期未见结果的节点：{zh}", f"Dates past without a result: {en}"


def answer(dated: pd.DataFrame, numbers: Count) -> Text:
    """What became of dated promises, in a sentence; without any, how many promises in numbers there are."""
    total, ids = len(dated), list(dated["id"])
    if not total:
        return _none(numbers)
    failed, past, due = (
        dated.loc[dated["state"].isin(states), "id"] for states in (_FAILED, ["unknown"], ["awaited"])
    )
    zh, en = f"{cited(str(total), ids)} 个节点", f"Of {cited(counted(total, 'date'), ids)} "
    lost, silent, pending = (cited(str(len(rows)), rows) for rows in (failed, past, due))
    were, are = ("was" if len(failed) == 1 else "were"), ("is" if len(past) == 1 else "are")
    if len(failed) and len(past):
        return (
            f"{zh}中 {lost} 个没有完成，{silent} 个已逾期，未见结果。",
            f"{en}{lost} {were} missed or dropped, and {silent} {are} past without a published result.",
        )
    if len(failed):
        return f"{zh}中 {lost} 个没有完成。", f"{en}{lost} {were} missed or dropped."
    if len(past):
        return (
            f"{zh}中 {silent} 个已逾期，未见公布结果。",
            f"{en}{silent} {are} past without a published result.",
        )
    if len(due):
        return (
            f"{zh}中 {pending} 个到期，结果尚在公布期内。",
            f"{en}{pending} {'is' if len(due) == 1 else 'are'} due, results pending.",
        )
    done = dated.loc[dated["state"].eq("done"), "id"]
    if done.empty:
        return f"{zh}，没有一个逾期。", f"{en}none is overdue."
    reached = cited(str(len(done)), done)
    are = "is" if len(done) == 1 else "are"
    return f"{zh}中已完成 {reached} 个，没有逾期的。", f"{en}{reached} {are} done, and none is overdue."


def _none(numbers: Count) -> Text:
    if not numbers.total:
        return "没有写明日期的节点，也没有数字承诺。", "No dates are set, and nothing is promised in numbers."
    if not numbers.judged:
        return (
            f"没有写明日期的节点，只有数字承诺 {numbers.total} 项。",
            f"No dates are set; there are only promises in numbers: {numbers.total}.",
        )
    total = counted(numbers.total, "promise")
    return (
        f"没有写明日期的节点；数字承诺 {numbers.total} 项，可判断 {numbers.judged} 项。",
        f"No dates are set; of {total} in numbers {numbers.judged} can be judged.",
    )


def _dates(many: int) -> str:
    return tr(f"{many} 个", counted(many, "date"))


def _when(rows: pd.DataFrame) -> str:
    """The years of some promises; if they are all awaited, by when their results are expected."""
    if rows["state"].eq("awaited").all():
        last = moment(max(periods.end(row.period) + row.lag / 12 for row in rows.itertuples()))
        return tr(f"预计 {last}前公布", f"expected by {last}")
    years = sorted({ceil(periods.end(period)) for period in rows["period"]})
    if len(years) == 1:
        return tr(f"{years[0]} 年", str(years[0]))
    return tr(f"{years[0]}—{years[-1]} 年", f"{years[0]}–{years[-1]}")


def _worst(dated: pd.DataFrame, package: Package) -> list[Fact]:
    """The places with most dates past without a result, where some have more than others.

    A region that contains others of them is left out.
    """
    past = dated[dated["state"].isin(_PAST)]
    ids_by_region = past.groupby("region", sort=False)["id"].agg(list)
    parents = package.regions.set_index("code")["parent"].reindex(ids_by_region.index)
    ids_by_region = ids_by_region[~ids_by_region.index.isin(parents)]
    sizes = ids_by_region.map(len)
    most = ids_by_region[sizes.eq(sizes.max())]
    if len(most) == len(ids_by_region):
        return []
    ids, largest = [row_id for rows in most for row_id in rows], sizes.max()
    shown = _dates(largest) if len(most) == 1 else tr(f"各 {largest} 个", f"{largest} each")
    names = words.joined(codes.names(package.regions)[most.index])
    return [Fact(("逾期最多的地方", "Most dates past"), shown, ids, names)]
