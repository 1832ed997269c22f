"""The step on a contradiction of a plan: who is to correct, explain or clear it up, with both figures."""

import pandas as pd

from plan_monitor.data import figures
from plan_monitor.data.package import Package
from plan_monitor.report import responsible
from plan_monitor.report.facts import fitting, shorter
from reportkit import measures, words
from reportkit.cited import cited
from reportkit.decimals import carried
from reportkit.language import of_data, tr

_ASK = {  # class of the audit's review: the request, and a remark on the two figures
    "proven": (("更正", "correct"), ("", "")),
    "changed": (("说明", "explain"), ("，改变而未说明", ", changed without saying so")),
    "unclear": (("澄清", "clear up"), ("", "")),
}


def step(findings: pd.DataFrame, documents: set[str], package: Package) -> str:
    """What to do about the gravest contradiction of some documents, and how many more there are.

    `findings` are findings against documents, the gravest first (subject_zh, subject_en, relation,
    finding, computed, told, and rows and told_rows, ids of stored rows); nothing where none names a row of
    these documents, of `package`.
    """
    stored = figures.stored(package)
    own_rows = stored.index[stored["document"].isin(documents)]
    rows, own_ids = (findings["rows"] + findings["told_rows"]).map(list), {*own_rows}
    findings = findings[[not own_ids.isdisjoint(ids) for ids in rows]]
    if findings.empty:
        return ""
    check, rows = next(findings.itertuples()), rows[findings.index[0]]
    issuer = responsible.issuers(package)(stored.loc[own_rows.intersection(rows)[-1], "document"]).name
    (zh, en), (said_zh, said_en) = _ASK.get(check.finding, _ASK["unclear"])
    other_rows = [row for several in findings["rows"] + findings["told_rows"] for row in several]
    others_count = cited(f"{len(findings) - 1}", other_rows)
    remainder = tr(f"；另有 {others_count} 处见核查报告", f"; {others_count} more in the audit")
    if len(findings) == 1:
        remainder = tr("；详见核查报告", "; see the audit")

    def sentence(subject: str, figures_text: str) -> str:
        subject_text = cited(f"“{subject}”{figures_text}", rows)
        return tr(
            f"请{issuer}{zh}{subject_text}{said_zh}{remainder}",
            f"The {issuer} to {en} {subject_text}{said_en}{remainder}",
        )

    subject, pair_text = getattr(check, f"subject_{of_data()}"), _both_figures(check, stored)
    plain = subject.replace(",", "")
    named = all(words.number(value).replace(",", "") in plain for value in (check.computed, check.told))
    head = subject.partition(tr("：", ": "))[0]
    names = [head, *shorter(head.partition(tr("，", ", "))[0])]
    return fitting(
        sentence(subject, "" if named else pair_text), *(sentence(name, pair_text) for name in names)
    )


def _both_figures(check, stored: pd.DataFrame) -> str:
    """Both figures of a check as text after its subject, with their periods where they may differ."""
    sides = [stored.reindex(rows) for rows in (check.rows, check.told_rows)]
    complete = pd.concat(reversed(sides)).dropna(subset=["value", "unit"])  # the stated one before its parts
    unit = ""
    if len(complete) and (check.relation != "!=" or complete["unit"].nunique() == 1):
        unit = measures.named(complete["unit"].iloc[0], complete["unit_en"].iloc[0])
    if check.relation == "!=":
        first = words.figure(check.computed, unit)
        return tr(f"（两处同为 {first}）", f" ({first} in both places)")

    def figure(value: float, rows: pd.DataFrame) -> str:
        single = len(rows) == 1 and check.relation != "=" and rows["value"].notna().all()
        period = rows["period"].iloc[0] if single else None
        if len(rows) > 1:  # computed: no finer than what is stated, but for what tells them apart
            return words.figure(value, unit, carried([check.told]), limits=[check.told])
        return words.dated(value, unit or ("年" if 1900 < value < 2100 else ""), period)

    first, second = map(figure, (check.computed, check.told), sides)
    return tr(f"（{words.between(first, '与', second)}）", f" ({first} against {second})")
