"""Who is to correct, explain or clear up a contradiction of a plan: one step, with both figures."""

import pandas as pd

from plan_monitor.data import figures
from plan_monitor.data.package import Package
from plan_monitor.report import responsible
from plan_monitor.report.facts import fitting, shorter
from reportkit import measures, words
from reportkit.cited import cited
from reportkit.decimals import carried
from reportkit.language import of_data, tr

_ASK = {  # class of the audit's review: what is asked for, and what is said of the two figures
    "proven": (("更正", "correct"), ("", "")),
    "changed": (("说明", "explain"), ("，改变而未说明", ", changed without saying so")),
    "unclear": (("澄清", "clear up"), ("", "")),
}


def step(held: pd.DataFrame, documents: set[str], package: Package) -> str:
    """What to do about the gravest contradiction of some documents, and how many more there are.

    `held` are checks that are held against documents, the gravest first (subject_zh, subject_en, relation,
    finding, computed, told, and rows and told_rows, ids of stored rows); nothing where none names a row of
    these documents, of `package`.
    """
    stored = figures.stored(package)
    ours = stored.index[stored["document"].isin(documents)]
    rows, own = (held["rows"] + held["told_rows"]).map(list), {*ours}
    held = held[[not own.isdisjoint(ids) for ids in rows]]
    if held.empty:
        return ""
    check, rows = next(held.itertuples()), rows[held.index[0]]
    who = responsible.issuers(package)(stored.loc[ours.intersection(rows)[-1], "document"]).name
    (zh, en), (said_zh, said_en) = _ASK.get(check.finding, _ASK["unclear"])
    others = [row for several in held["rows"] + held["told_rows"] for row in several]
    more = cited(f"{len(held) - 1}", others)
    left = tr(f"；另有 {more} 处见核查报告", f"; {more} more in the audit")
    if len(held) == 1:
        left = tr("；详见核查报告", "; see the audit")

    def told(subject: str, both: str) -> str:
        what = cited(f"“{subject}”{both}", rows)
        return tr(f"请{who}{zh}{what}{said_zh}{left}", f"The {who} to {en} {what}{said_en}{left}")

    subject, both = getattr(check, f"subject_{of_data()}"), _both(check, stored)
    plain = subject.replace(",", "")
    named = all(words.number(value).replace(",", "") in plain for value in (check.computed, check.told))
    head = subject.partition(tr("：", ": "))[0]
    names = [head, *shorter(head.partition(tr("，", ", "))[0])]
    return fitting(told(subject, "" if named else both), *(told(name, both) for name in names))


def _both(check, stored: pd.DataFrame) -> str:
    """Both figures of a check as text behind its subject; with their times where they need not be equal."""
    sides = [stored.reindex(rows) for rows in (check.rows, check.told_rows)]
    known = pd.concat(reversed(sides)).dropna(subset=["value", "unit"])  # the stated one before its parts
    unit = ""
    if len(known) and (check.relation != "!=" or known["unit"].nunique() == 1):
        unit = measures.named(known["unit"].iloc[0], known["unit_en"].iloc[0])
    if check.relation == "!=":
        one = words.figure(check.computed, unit)
        return tr(f"（两处同为 {one}）", f" ({one} in both places)")

    def figure(value: float, rows: pd.DataFrame) -> str:
        alone = len(rows) == 1 and check.relation != "=" and rows["value"].notna().all()
        period = rows["period"].iloc[0] if alone else None
        if len(rows) > 1:  # computed: no finer than what is stated
            return words.figure(value, unit, carried([check.told]))
        return words.dated(value, unit or ("年" if 1900 < value < 2100 else ""), period)

    one, other = map(figure, (check.computed, check.told), sides)
    space = " " if one[-1].isascii() else ""
    return tr(f"（{one}{space}与 {other}）", f" ({one} against {other})")
