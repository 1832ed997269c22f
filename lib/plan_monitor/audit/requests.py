"""The question to the issuer about a finding against a document, in one sentence."""

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
    """Whom to ask, for what, both figures, and the plan; its title if there is room.

    `check` is a row of ``consequence.rank``, `figures` are of ``figures.stored``.
    """
    documents = package.documents.set_index("id")
    document_ids = figures["document"][[*check.rows, *check.told_rows]].drop_duplicates()
    document_ids = sorted(document_ids, key=lambda name: str(documents.at[name, "issued"]))
    issuer = responsible.issuers(package)(document_ids[-1]).name
    subject, plans = getattr(check, f"subject_{of_data()}"), [""]
    if len(document_ids) == 1:  # of several the subject names each
        [plan] = documents.loc[document_ids].to_dict("records")
        kind = word(codes.DOMAIN, plan["domain"])
        plans = [plan[f"title_{of_data()}"], tr(f"{kind}规划", f"{kind} plan"), ""]
    sentences = [
        _sentence(issuer, subject, question, words.aside(plan) if plan else "")
        for plan in plans
        for question in _questions(check, document_ids, figures)
    ]
    return facts.fitting(*sentences)


def _sentence(issuer: str, subject: str, question: tuple[str, str], plan: str) -> str:
    verb, text = question
    en = f"Ask the {issuer} to {verb} “{subject}”{plan}: {text}"
    return tr(f"请{issuer}{verb}“{subject}”{plan}：{text}", en)


def _questions(check, document_ids: list[str], figures: pd.DataFrame) -> list[tuple[str, str]]:
    """The answer that is wanted, and both figures; `document_ids` are documents, the newest last."""
    computed, stated = (
        cited(report.value(check, side, figures), rows or check.rows)
        for side, rows in (("computed", check.rows), ("told", check.told_rows))
    )
    pair, question = (
        tr(f"{computed}、{stated}", f"{computed} and {stated}"),
        tr("，何者为准", "; which holds?"),
    )
    if check.finding == "proven":
        verb = tr("更正", "correct")
        if check.kind != "arithmetic":
            return [(verb, pair + question)]
        text = tr(f"写作 {stated}，应为 {computed}", f"stated {stated}, computed {computed}")
        return [(verb, text + words.aside(_formula(check, figures))), (verb, text)]
    if check.finding == "changed":
        later = figures.at[check.rows[0], "document"] == document_ids[-1]
        first, last = (stated, computed) if later else (computed, stated)
        zh, en = f"先 {first}、后 {last}，为何", f"changed from {first} to {last}"
        return [(tr("说明", "explain"), tr(zh, en))]
    if check.kind == "distinct":
        same = unmarked(computed) == unmarked(stated)
        text = (tr(f"都是 {computed}", f"both {computed}") if same else pair) + tr(
            "，是否误用", "; a mistake?"
        )
    elif check.kind == "order":
        text = pair + tr("，为何", "; why?")
    elif check.kind == "arithmetic":
        sign = f"{report.RELATION[check.relation]} " * (check.relation != "=")
        text = (
            tr(f"算得 {computed}，写作 {sign}{stated}", f"computed {computed}, stated {sign}{stated}")
            + question
        )
    else:
        text = pair + question
    return [(tr("澄清", "clear up"), text)]


def _formula(check, figures: pd.DataFrame) -> str:
    """The arithmetic of a check, figures in place of their rows: ``33.38÷20.93``, a share in per cent."""
    text = check.expression.removesuffix(" * 100").replace(" ", "")
    return _ROW.sub(lambda row: words.number(figures.at[row[1], "value"]), text).translate(_SIGNS)
