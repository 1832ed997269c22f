"""What to do next about a plan's promises, in a few sentences: who, what, by when."""

from collections.abc import Iterator

import pandas as pd

from plan_monitor.data import figures
from plan_monitor.data.package import Package
from plan_monitor.methods import agenda
from plan_monitor.report import codes, facts, responsible
from plan_monitor.report.odds import likely
from reportkit import measures, periods, words
from reportkit.cited import cited, unmarked
from reportkit.language import of_data, tr

_ROOM = (60, 30)  # of a step: Chinese characters, English words
_PUBLISHED = 2  # publications, at most
_CUTS = ((16, 8), (8, 4))  # of a name, where a step has no room for it; the same


def next_steps(
    judged: pd.DataFrame,
    package: Package,
    as_of: str,
    *,
    odds: pd.DataFrame | None = None,
    contradictions: pd.DataFrame | None = None,
    dates: pd.DataFrame | None = None,
) -> list[str]:
    """What to do next: at most five sentences, the most urgent first.

    What is due within twelve months, or was due, and is not on pace; figures that are missing, and who would
    have them; contradictions that only the issuer can clear up; and what comes next, and when. `judged` are
    of ``promises.judge``, as of `as_of`, of a `package` selected by document and region. `odds` has id and
    probability (``prospects.chances``). `contradictions` are checks that are held against documents, the
    gravest first: subject_zh, subject_en, and rows and told_rows, ids of stored rows; those that name no row
    of these documents are passed over. `dates` are milestones with what became of them
    (``milestones.states``).
    """
    judged, steps = _called(judged, dates, package)
    missing = agenda.unmeasured(judged, as_of)
    kinds = [
        [_speed_up(row, package) for row in agenda.endangered(judged, as_of, odds).itertuples()],
        [*_ask(missing[missing["late"]]), *_verify(steps[steps["state"].eq("unknown")])],
        [] if contradictions is None else _clear_up(contradictions, judged, package),
        _await(
            missing[~missing["late"]], steps[steps["state"].eq("not_due")], agenda.upcoming(judged, as_of)
        ),
    ]
    return agenda.chosen(kinds)


def _called(
    judged: pd.DataFrame, dates: pd.DataFrame | None, package: Package
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Promises and milestones with called, what to call each, who and asked, whom to ask (in short, and
    to tell them apart), and said, the rows that say so."""
    asked, place = responsible.asked(package), codes.names(package.regions)
    known = package.milestones.assign(state="")[:0] if dates is None else dates
    here = judged.loc[judged["role"].eq("promise"), "region"].mode()
    result = []
    for rows, name in (
        (judged, judged["indicator"].map(codes.names(package.indicators))),
        (known, known[f"label_{of_data()}"]),
    ):
        elsewhere = (rows["region"].map(place) + tr("", ": ")).where(~rows["region"].isin(here[:1]), "")
        who = [asked(row) for row in rows.to_dict("records")]
        called = {"called": elsewhere + name, "who": [one.name for one in who]}
        called["asked"] = [one.issuer or one.name for one in who]
        result.append(
            rows.assign(**called, said=pd.Series([one.ids for one in who], rows.index, dtype=object))
        )
    promises, milestones = result
    return promises, milestones


def _speed_up(row, package: Package) -> str:
    """A promise that is not on pace: who is to see to it, where it stands, what was promised."""
    unit = measures.units(package.indicators)[row.indicator]
    target = cited(words.figure(row.value, unit, comparator=row.comparator), [row.id])
    due, state = row.target_period.split("/")[-1], codes.state(row.state)
    if pd.isna(row.status):
        state = tr(
            f"按以往走势，可能性{likely(row.probability)}", f"odds by trend: {likely(row.probability)}"
        )
    stands = ""
    if pd.notna(row.latest_id):
        stands = cited(words.dated(row.latest, unit, row.latest_period), row.latest_id.split(", "))
        stands += tr("，", ", ")
    who = cited(row.who, row.said)
    goal = tr(f"{due} 年目标 {target}（{state}）", f"target {target} for {due} ({state})")
    measured = row.past and pd.notna(row.latest_period)
    over = measured and periods.end(row.latest_period) >= periods.end(row.target_period)

    def told(name: str, stands: str = "") -> str:
        if over:
            zh = f"请{who}说明“{name}”未达到的原因：{stands}{goal}"
            return tr(zh, f"Ask the {who} why “{name}” was missed: {stands}{goal}")
        zh = f"请{who}查明原因，加快“{name}”：{stands}{goal}"
        return tr(zh, f"Ask the {who} to speed up “{name}”: {stands}{goal}")

    return _fitting(told(row.called, stands), *map(told, _shorter(row.called)))


def _ask(missing: pd.DataFrame) -> Iterator[str]:
    """Figures that should have been published: whom to ask for them, the largest request first."""
    for who, rows in _by_unit(missing):
        years = _years(rows["target_period"])
        yield _of(
            rows,
            (
                f"向{who}索取 {years} 年的{{}}：已过公布期，未收录到",
                f"Ask the {who} for {{}} of {years}: overdue, none found",
            ),
        )


def _verify(dates: pd.DataFrame) -> Iterator[str]:
    """Milestones whose date is over, and nothing is recorded: whom to ask what became of them."""
    for who, rows in _by_unit(dates):
        yield _of(
            rows,
            (
                f"向{who}核实{{}}是否完成：已到期，无记录",
                f"Ask the {who} whether {{}} came about: due, no record",
            ),
        )


def _clear_up(contradictions: pd.DataFrame, judged: pd.DataFrame, package: Package) -> list[str]:
    """What only the issuer can clear up: how much, and the gravest of it."""
    document = figures.stored(package)["document"]
    ours = set(document.index[document.isin(judged["document"])])
    rows = contradictions["rows"].map(list) + contradictions["told_rows"].map(list)
    held = contradictions.assign(id=rows, called=contradictions[f"subject_{of_data()}"])
    held = held[[bool(ours.intersection(ids)) for ids in rows]]
    if held.empty:
        return []
    many = cited(str(len(held)), [row for ids in held["id"] for row in ids])
    zh = f"请发文机关澄清 {many} 处不符，首先是{{}}（见核查报告）"
    en = f"Ask the issuer to clear up {many} discrepancies, {{}} first (see the audit)"
    if len(held) == 1:
        zh, en = (
            "请发文机关澄清一处不符：{}（见核查报告）",
            "Ask the issuer to clear up a discrepancy: {} (see the audit)",
        )
    return [_of(held[:1], (zh, en))]


def _await(missing: pd.DataFrame, dates: pd.DataFrame, coming: pd.DataFrame) -> list[str]:
    """What comes next: publications to be expected, and what comes due first of targets and milestones."""
    told = []
    for moment, rows in missing.groupby("expected"):
        for who, part in _by_unit(rows):
            years, when = _years(part["target_period"]), facts.moment(moment)
            zh = f"{when}前后：请{who}公布 {years} 年的{{}}，届时复核"
            en = f"Around {when}, ask the {who} for {{}} of {years}; judge again then"
            told.append((moment, _of(part, (zh, en))))
    told = told[:_PUBLISHED]
    dated = dates.assign(moment=dates["period"].map(periods.end).astype(float))
    due = pd.concat([coming, dated])
    for moment, part in [*due.groupby("moment")][:1]:
        when, who = facts.moment(moment), _by_unit(part)[0][0]
        zh, en = f"{when}：{{}}到期，请{who}提前自查", f"Before {when}, ask the {who} to check {{}}, due then"
        told.append((moment, _of(part, (zh, en))))
    return [text for _, text in sorted(told, key=lambda pair: pair[0])]


def _by_unit(rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Rows by who is to be asked (with the rows that say so of the first of them), the most first."""
    if "attribute" in rows:
        rows = rows.sort_values("attribute", kind="stable", key=pd.Series.isna)  # main indicators first
    groups = sorted(rows.groupby("asked", sort=False), key=lambda group: -len(group[1]))
    return [(cited(part["who"].iloc[0], part["said"].iloc[0]), part) for _, part in groups]


def _of(rows: pd.DataFrame, text: tuple[str, str]) -> str:
    """A sentence about the first of some rows, and how many there are (columns called and id)."""
    each = [[given] if isinstance(given, str) else list(given) for given in rows["id"]]
    ids = [row for given in each for row in given]

    name = rows["called"].iloc[0]

    def some(name: str) -> str:
        name = cited(f"“{name}”", each[0])  # it may hold a figure
        if len(rows) == 1:
            return name
        more = cited(tr(f"{len(rows)} 项", f"{len(rows) - 1} more"), ids)
        return tr(f"{name}等 {more}", f"{name} and {more}")

    return _fitting(*(tr(*text).replace("{}", some(given)) for given in _shorter(name)))


def _fitting(*texts: str) -> str:
    """The first of some texts, longest first, that is short enough for a step; else the last."""
    return next((text for text in texts if _long(text) <= _ROOM[of_data() == "en"]), texts[-1])


def _long(text: str) -> int:
    return len(unmarked(text)) if of_data() == "zh" else len(unmarked(text).split())


def _shorter(name: str) -> list[str]:
    """A name, and what is left of it where there is less and less room."""
    return [name, *(_cut(name, *room) for room in _CUTS)]


def _cut(name: str, characters: int, most: int) -> str:
    if of_data() == "zh":
        return name if len(name) <= characters else name[: characters - 1] + "…"
    parts = name.split()
    return name if len(parts) <= most else " ".join(parts[:most]) + " …"


def _years(due: pd.Series) -> str:
    """The years in which some promises are due: ``2025``, ``2023–2025``."""
    years = sorted({period.split("/")[-1][:4] for period in due})
    return years[0] if len(years) == 1 else f"{years[0]}{tr('—', '–')}{years[-1]}"
