"""What is asked of the issuer about a check that is held against a document, in one sentence."""

import re

import pandas as pd

from plan_monitor.audit import report
from plan_monitor.data.package import Package
from plan_monitor.report import codes, facts, responsible
from reportkit import words
from reportkit.cited import cited, unmarked
from reportkit.language import of_data, tr, word

_ROW = re.compile(r"\[([^\]]+)\]")
_SIGNS = str.maketrans({"*": "×", "/": "÷"})


def request(check, figures: pd.DataFrame, package: Package) -> str:
    """Whom to ask, for what, both figures, and of which plan; the plan's title as far as there is room.

    `check` is a row of ``consequence.rank``, `figures` are of ``figures.stored``.
    """
    documents = package.documents.set_index("id")
    named = figures["document"][[*check.rows, *check.told_rows]].drop_duplicates()
    named = sorted(named, key=lambda name: str(documents.at[name, "issued"]))
    who = responsible.issuers(package)(named[-1]).name
    subject, plans = getattr(check, f"subject_{of_data()}"), [""]
    if len(named) == 1:  # of several the subject names each
        kind = word(codes.DOMAIN, documents.at[named[0], "domain"])
        plans = [documents.at[named[0], f"title_{of_data()}"], tr(f"{kind}规划", f"{kind} plan"), ""]
    told = [
        _sentence(who, subject, wanted, words.aside(plan) if plan else "")
        for plan in plans
        for wanted in _wanted(check, named, figures)
    ]
    return facts.fitting(*told)


def _sentence(who: str, subject: str, wanted: tuple[str, str], plan: str) -> str:
    verb, told = wanted
    en = f"Ask the {who} to {verb} “{subject}”{plan}: {told}"
    return tr(f"请{who}{verb}“{subject}”{plan}：{told}", en)


def _wanted(check, named: list[str], figures: pd.DataFrame) -> list[tuple[str, str]]:
    """The answer that is wanted, and both figures; `named` are documents, the newest last."""
    ours, theirs = (
        cited(report.value(check, side, figures), rows or check.rows)
        for side, rows in (("computed", check.rows), ("told", check.told_rows))
    )
    both, which = tr(f"{ours}、{theirs}", f"{ours} and {theirs}"), tr("，何者为准", "; which holds?")
    if check.finding == "proven":
        verb = tr("更正", "correct")
        if check.kind != "arithmetic":
            return [(verb, both + which)]
        told = tr(f"写作 {theirs}，应为 {ours}", f"stated {theirs}, computed {ours}")
        return [(verb, told + words.aside(_formula(check, figures))), (verb, told)]
    if check.finding == "changed":
        later = figures.at[check.rows[0], "document"] == named[-1]
        first, last = (theirs, ours) if later else (ours, theirs)
        zh, en = f"先 {first}、后 {last}，为何", f"changed from {first} to {last}"
        return [(tr("说明", "explain"), tr(zh, en))]
    if check.kind == "distinct":
        same = unmarked(ours) == unmarked(theirs)
        told = (tr(f"都是 {ours}", f"both {ours}") if same else both) + tr("，是否误用", "; a mistake?")
    elif check.kind == "order":
        told = both + tr("，为何", "; why?")
    elif check.kind == "arithmetic":
        sign = f"{report.RELATION[check.relation]} " * (check.relation != "=")
        told = tr(f"算得 {ours}，写作 {sign}{theirs}", f"computed {ours}, stated {sign}{theirs}") + which
    else:
        told = both + which
    return [(tr("澄清", "clear up"), told)]


def _formula(check, figures: pd.DataFrame) -> str:
    """The arithmetic of a check, figures in place of their rows: ``33.38÷20.93``, a share in per cent."""
    text = check.expression.removesuffix(" * 100").replace(" ", "")
    return _ROW.sub(lambda row: words.number(figures.at[row[1], "value"]), text).translate(_SIGNS)
