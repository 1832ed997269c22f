"""What to do next about a plan's promises, in a few sentences: who, what, by when."""

from collections.abc import Iterator

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods import agenda
from plan_monitor.report import codes, contradicted, facts, responsible
from plan_monitor.report.odds import likely
from reportkit import measures, periods, words
from reportkit.cited import cited
from reportkit.language import of_data, tr

_PUBLISHED = 2  # publications, at most
_UNITS = 2  # units that are told what falls due first, at most


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

    Promises that are due within twelve months, or were due, and are not on pace; missing figures, and whom to
    ask for them; the gravest contradiction, for its issuer to clear up; what comes next, and when; and
    figures of another definition, or of promises outside the table of main indicators. `judged` are rows of
    ``promises.judge``, as of `as_of`, of a `package` selected by document and region. `odds` has id and
    probability (``prospects.chances``). `contradictions` are findings against documents, the gravest first,
    as for ``contradicted.step``. `dates` are milestones with their states (``milestones.states``).
    """
    judged, steps = _called(judged, dates, package)
    missing = agenda.important(agenda.unmeasured(judged, as_of))
    missing, unlike = missing[~missing["unlike"]], missing[missing["unlike"]]
    late, pending = missing[missing["late"]], missing[~missing["late"]]
    aside = agenda.minor(judged)[late.index]
    documents = set(judged["document"])
    clear = "" if contradictions is None else contradicted.step(contradictions, documents, package)
    kinds = [
        [_speed_up(row, package) for row in agenda.endangered(judged, as_of, odds).itertuples()],
        [*_ask(late[~aside]), *_verify(steps[steps["state"].eq("unknown")])],
        [clear] if clear else [],
        _await(pending, steps[steps["state"].eq("not_due")], agenda.upcoming(judged, as_of)),
        [*_define(unlike), *_ask(late[aside])],
    ]
    return agenda.chosen(kinds)


def _called(
    judged: pd.DataFrame, dates: pd.DataFrame | None, package: Package
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Promises and milestones with their names and whom to ask.

    Columns called (its name), who (whom to ask, in short), asked (the same, to group by) and said (ids of the
    rows that say so).
    """
    contact_for, place = responsible.contacts(package), codes.names(package.regions)
    dated = package.milestones.assign(state="")[:0] if dates is None else dates
    main_region = judged.loc[judged["role"].eq("promise"), "region"].mode()
    result = []
    for rows, name in (
        (judged, judged["indicator"].map(codes.names(package.indicators))),
        (dated, dated[f"label_{of_data()}"]),
    ):
        elsewhere = (rows["region"].map(place) + tr("", ": ")).where(
            ~rows["region"].isin(main_region[:1]), ""
        )
        who = [contact_for(row) for row in rows.filter(responsible.ASKED).to_dict("records")]
        columns = {"called": elsewhere + name, "who": [contact.name for contact in who]}
        columns["asked"] = [contact.issuer or contact.name for contact in who]
        result.append(
            rows.assign(**columns, said=pd.Series([contact.ids for contact in who], rows.index, dtype=object))
        )
    promises, milestones = result
    return promises, milestones


def _speed_up(row, package: Package) -> str:
    """A promise that is not on pace: who is to act, the latest figure, and the target."""
    unit = measures.units(package.indicators)[row.indicator]
    target = cited(words.figure(row.value, unit, comparator=row.comparator), [row.id])
    due, state = row.target_period.split("/")[-1], codes.state(row.state)
    if pd.isna(row.status):
        state = tr(
            f"按以往走势，可能性{likely(row.probability)}", f"odds by trend: {likely(row.probability)}"
        )
    stands = ""
    if pd.notna(row.latest_id):
        reached = words.dated(row.latest, unit, row.latest_period, limits=[row.value])
        stands = cited(reached, row.latest_id.split(", "))
        stands += tr("，", ", ")
    who = cited(row.who, row.said)
    goal = tr(f"{due} 年目标 {target}（{state}）", f"target {target} for {due} ({state})")
    measured = row.past and pd.notna(row.latest_period)
    over = measured and periods.end(row.latest_period) >= periods.end(row.target_period)

    def sentence(name: str, stands: str = "") -> str:
        if over:
            zh = f"请{who}说明“{name}”未达到的原因：{stands}{goal}"
            return tr(zh, f"Ask the {who} why “{name}” was missed: {stands}{goal}")
        zh = f"请{who}查明原因，加快“{name}”：{stands}{goal}"
        return tr(zh, f"Ask the {who} to speed up “{name}”: {stands}{goal}")

    return facts.fitting(sentence(row.called, stands), *map(sentence, facts.shorter(row.called)))


def _ask(missing: pd.DataFrame) -> Iterator[str]:
    """Figures that should have been published: whom to ask for them, the largest request first."""
    for who, rows in _by_unit(missing):
        years = _years(rows["target_period"])
        yield _request(
            rows,
            (
                f"向{who}索取{{}} {years} 年的实绩：已过公布期，未见公布",
                f"Ask the {who} for {{}} of {years}: no published result found",
            ),
        )


def _define(unlike: pd.DataFrame) -> Iterator[str]:
    """Figures published only in another definition: who could give them in that of the plan."""
    for who, rows in _by_unit(unlike):
        years = _years(rows["target_period"])
        yield _request(
            rows,
            (
                f"请{who}按规划口径提供{{}} {years} 年的实绩：现有的数口径不同",
                f"Ask the {who} for {{}} of {years} as the plan defines them: those found differ",
            ),
        )


def _verify(dates: pd.DataFrame) -> Iterator[str]:
    """Milestones past their date without a record: whom to ask what became of them."""
    for who, rows in _by_unit(dates):
        yield _request(
            rows,
            (
                f"向{who}核实{{}}是否完成：已到期，无记录",
                f"Ask the {who} whether {{}} came about: due, no record",
            ),
            "milestones",
        )


def _await(missing: pd.DataFrame, dates: pd.DataFrame, coming: pd.DataFrame) -> list[str]:
    """What comes next: expected publications, and the targets and milestones that fall due first."""
    sentences = []
    for moment, rows in missing.groupby("expected"):
        for who, part in _by_unit(rows):
            when = facts.moment(moment)
            for lag in (("（按假设的时滞）", " (assumed lag)"), ("", "")):
                zh = f"{when}前应公布{{}}{lag[0]}；过时未见的，向{who}催要"
                en = f"By {when}{lag[1]} {{}} should be out; if not, ask the {who}"
                text = _request(part, (zh, en))
                if facts.fits(text):
                    break
            sentences.append((moment, text))
    sentences = sentences[:_PUBLISHED]
    dated = dates.assign(moment=dates["period"].map(periods.end).astype(float))
    due = pd.concat([coming, dated])
    for moment, part in [*due.groupby("moment")][:1]:
        when = facts.moment(moment)
        for who, rows in _by_unit(agenda.important(part))[:_UNITS]:
            zh, en = f"{when}：{{}}到期，请{who}提前自查", f"By {when}, the {who} to check {{}}: due then"
            sentences.append((moment, _request(rows, (zh, en), "promises")))
    return [text for _, text in sorted(sentences, key=lambda pair: pair[0])]


def _by_unit(rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Rows grouped by whom to ask (cited with the ids of the first row), the largest group first."""
    groups = sorted(rows.groupby("asked", sort=False), key=lambda group: -len(group[1]))
    return [(cited(part["who"].iloc[0], part["said"].iloc[0]), part) for _, part in groups]


def _request(rows: pd.DataFrame, text: tuple[str, str], things: str = "results") -> str:
    """A sentence about the first of some rows, and how many there are (columns called and id)."""
    ids_by_row = [[cell] if isinstance(cell, str) else list(cell) for cell in rows["id"]]
    ids = [row_id for row_ids in ids_by_row for row_id in row_ids]
    name = rows["called"].iloc[0]

    def subject(name: str) -> str:
        name = cited(f"“{name}”", ids_by_row[0])  # it may hold a figure
        if len(rows) == 1:
            return name
        many = cited(tr(f"{len(rows)} 项", f"{len(rows)} {things}"), ids)
        return tr(f"{name}等 {many}", f"{many} such as {name}")

    return facts.fitting(*(tr(*text).replace("{}", subject(short)) for short in facts.shorter(name)))


def _years(due: pd.Series) -> str:
    """The years in which some promises are due: ``2025``, ``2023–2025``."""
    years = sorted({period.split("/")[-1][:4] for period in due})
    return years[0] if len(years) == 1 else f"{years[0]}{tr('—', '–')}{years[-1]}"
