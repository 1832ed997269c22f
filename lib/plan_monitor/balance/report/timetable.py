"""When counties are to be certified as balanced, and whether promised shares fit the counties named."""

from typing import NamedTuple

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.report.codes import names
from reportkit import words
from reportkit.brief import Fact
from reportkit.charts.small import small_states
from reportkit.cited import cited
from reportkit.language import Text, tr
from reportkit.measures import counted

_LABELS = {
    "early": ("计划早于期限", "Planned before deadline"),
    "same": ("计划在期限当年", "Planned in deadline year"),
    "late": ("计划晚于期限", "Planned after deadline"),
}
_STATES = {
    "early": ("早于期限", "before the deadline", "#14622f"),
    "same": ("等于期限", "in its year", "#2b5c8a"),
    "late": ("晚于期限", "after it", "#a3191f"),
}


class Timetable(NamedTuple):
    """The dates of one programme."""

    certified: pd.DataFrame  # the milestones of counties' own certification, of ``milestones.states``
    fit: pd.DataFrame  # of ``milestones.against_deadlines``
    shares: pd.DataFrame  # of `shares`


def shares(targets: pd.DataFrame, certified: pd.DataFrame, many: int, titles: pd.Series) -> pd.DataFrame:
    """Shares of counties that documents promise, beside the counties they name by then.

    `targets` are the promised shares, `certified` the milestones of counties, `many` how many counties there
    are, `titles` those of documents by id. Their rows and: needs (counties that the share takes), named, ids
    (of the milestones that name them), title.
    """
    named = [certified[certified["period"] <= period] for period in targets["period"]]
    return targets.assign(
        needs=targets["value"] * many / 100,
        named=[rows["region"].nunique() for rows in named],
        ids=[list(rows["id"]) for rows in named],
        title=targets["document"].map(titles),
    )


def counts(fit: pd.DataFrame) -> dict[str, int]:
    """How many counties (``milestones.against_deadlines``) are planned before, in or after the deadline."""
    early = fit["years_early"]
    return {"early": int((early > 0).sum()), "same": int(early.eq(0).sum()), "late": int((early < 0).sum())}


def finding(fit: pd.DataFrame) -> str:
    """Whether planned years keep to the deadlines: a title."""
    late, compared = counts(fit)["late"], int(fit["fits"].notna().sum())
    if not compared:
        return tr("没有县市同时有期限和计划年", "No county has both a deadline and a planned year")
    if not late:
        return tr(
            f"{compared} 个县市的计划年都不晚于期限",
            f"None of {counted(compared, 'county')} is planned after its deadline",
        )
    return tr(
        f"{compared} 个县市中 {late} 个的计划年晚于期限",
        f"Of {counted(compared, 'county')} {late} are planned after the deadline",
    )


def ids(fit: pd.DataFrame) -> list[str]:
    """The stored rows that the dates come from."""
    return [*fit["deadline_id"].dropna(), *fit["planned_id"].dropna()]


def answer(dates: Timetable) -> str:
    """The answer where no school is known: whether the timetable is in order."""
    fit = dates.fit
    lead = tr("没有学校数据，无从评估", "Without school data there is no evaluation")
    if fit["fits"].notna().sum() == 0:
        return tr(f"{lead}。", f"{lead}.")
    statement = cited(finding(fit), ids(fit))
    return tr(f"{lead}；{statement}。", f"{lead}. {statement}.")


def facts(dates: Timetable) -> list[Fact]:
    """How many counties are planned when, and how many shares need more counties than are named."""
    fit, promised = dates.fit, dates.shares
    rows = ids(fit)
    shown = [
        Fact(
            _LABELS[code],
            tr(f"{many} 个县市", counted(many, "county")),
            rows,
            "",
            "lost" if code == "late" and many else "",
        )
        for code, many in counts(fit).items()
    ]
    short = promised[promised["needs"] > promised["named"]]
    label = ("占比与名单不符", "Shares exceeding counties named")
    ratio = tr(f"{len(promised)} 处中 {len(short)} 处", f"{len(short)} of {len(promised)}")
    return [*shown, Fact(label, ratio, promised["id"], "", "slow" if len(short) else "")]


def counts_chart(fit: pd.DataFrame) -> None:
    """Draw how many counties are planned before their deadline, in it and after it, as a small chart."""
    rows = fit.assign(
        state=fit["years_early"].map(lambda years: "early" if years > 0 else "same" if years == 0 else "late")
    )
    rows = rows[rows["fits"].notna()]
    by = {code: ids(part) for code, part in rows.groupby("state")}
    title = finding(fit)
    subtitle = ("计划认定年与最迟期限相比，县市数", "Counties by planned year and deadline")
    small_states(counts(fit), states=_STATES, title=(title, title), subtitle=subtitle, ids=by)


def mismatch(row) -> Text:
    """A share that needs more counties than the documents name; `row` is of `shares`."""
    share = cited(words.number(row.value) + " %", [row.id])
    needs, named = words.number(row.needs), cited(str(row.named), row.ids)
    needs = cited(needs, [row.id, *row.ids])
    return (
        f"占比与名单不符：《{row.title}》承诺 {row.period} 年占比 {share}，需要 {needs} 个县市，"
        f"各文件届时明确到县的只有 {named} 个。",
        f"A share and the list do not match: the {row.title} promises {share} by {row.period}, which takes "
        f"{needs} counties; by then the documents name only {named}.",
    )


def authority(region: str, package: Package) -> str:
    """The office that answers for schools in a region."""
    place = names(package.regions)[region]
    return tr(f"{place}教育行政部门", f"the education authority of {place}")


def steps(dates: Timetable, package: Package, region: str) -> list[str]:
    """Steps: counties that should be certified by now, a share to be cleared up, the next county.

    Empty where the dates are of regions other than this one and those within it.
    """
    place, sentences, counties = names(package.regions), [], dates.certified["region"].unique()
    if not any(region in [county, *package.above(county)] for county in counties):
        return []
    above = package.above(counties[0])
    who = authority(above[0] if above else region, package)
    planned = dates.certified[dates.certified["timing"] == "in"]
    due = planned[planned["state"].isin(["awaited", "unknown", "under_way"])]
    ahead = planned[planned["state"] == "not_due"].sort_values("period", kind="stable")
    if len(due):
        named, years = words.joined(place[due["region"].unique()]), _span(due["period"])
        zh = f"{who}核实{named}是否已通过国家认定（计划 {years} 年），公布结果。"
        en = f"{who} to state whether {named} passed, as planned for {years}."
        sentences.append(_sentence(tr(zh, en)))
    short = dates.shares[dates.shares["needs"] > dates.shares["named"]]
    for row in short.head(1).itertuples():
        share = cited(words.number(row.value) + " %", [row.id])
        needs, named = cited(words.number(row.needs), [row.id, *row.ids]), cited(str(row.named), row.ids)
        issuer = package.documents.set_index("id")["issuer"].fillna("")[row.document].split()
        by = issuer[-1] if issuer else who
        zh = f"请{by}澄清：{row.period} 年占比 {share} 需 {needs} 个县市，文件列名的只有 {named} 个。"
        en = (
            f"{who} to clear up with the issuer: {share} by {row.period} takes {needs} counties, {named} are "
        )
        sentences.append(_sentence(tr(zh, en + "named.")))
    if len(ahead):
        year = ahead["period"].iloc[0]
        named = words.joined(place[ahead.loc[ahead["period"] == year, "region"].unique()])
        zh = f"{named}教育行政部门在 {year} 年认定前，按本报告的标准自评一次。"
        en = (
            f"The education authority of {named} to evaluate itself by this standard before {year}, the year "
        )
        sentences.append(tr(zh, en + "planned for its certification."))
    return sentences


def _span(years: pd.Series) -> str:
    """The first and the last of some years."""
    return tr("—", "–").join(dict.fromkeys([years.min(), years.max()]))


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]
