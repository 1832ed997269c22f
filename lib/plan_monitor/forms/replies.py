"""Answers as rows of the tables documents, observations and requests."""

from datetime import date

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.forms.answers import Answer
from plan_monitor.forms.conflicts import amount, fact, stored_figures
from plan_monitor.settle import defaults

TABLES = ("documents", "observations", "requests")


def rows(
    figures: list[Answer], reasons: list[Answer], package: Package, when: date
) -> tuple[dict[str, list[dict[str, str]]], list[Answer], list[Answer]]:
    """Rows to put into the tables, and which figures and reasons are new.

    A figure that is stored already, from any source, answers a request as well.

    Parameters
    ----------
    figures, reasons : list of Answer
        Of ``conflicts.separate``.
    when : date
        The day they came.
    """
    new = {table: {} for table in TABLES}
    stored, requests = stored_figures(package), package.requests.set_index("id")
    targets, documents = package.targets.set_index("id"), package.documents.set_index("id")
    answered, refused = [], []
    for answer in figures:
        key = fact(answer, package)
        amount_given = amount(answer.comparator, answer.value)
        same = [row.id for row in stored.get(key, []) if amount(row.comparator, row.value) == amount_given]
        observation_id = same[0] if same else _observation_id(*key)
        if not same and observation_id not in new["observations"]:
            promise = targets.loc[answer.target]
            new["observations"][observation_id] = _observation(observation_id, answer, promise, when)
            if answer.document not in documents.index:
                plan = documents.loc[promise["document"]]
                new["documents"].setdefault(answer.document, _document(answer, plan))
        elif answer.request in new["requests"] or requests.at[answer.request, "state"] == "answered":
            continue
        answered.append(answer)
        if requests.at[answer.request, "state"] != "answered":
            reply = _reply(answer, "answered", when) | {"observation": observation_id}
            new["requests"].setdefault(answer.request, reply)
    for answer in reasons:
        if answer.request in new["requests"] or requests.at[answer.request, "state"] == "refused":
            continue
        refused.append(answer)
        reason_cells = {"reason_zh": answer.reason, "note_zh": answer.remark}
        new["requests"][answer.request] = _reply(answer, "refused", when) | reason_cells
    return {table: list(rows.values()) for table, rows in new.items()}, answered, refused


def _observation_id(indicator: str, region: str, period: str) -> str:
    return f"reply-{indicator}-{region}-{period.replace('/', '-').lower()}"


def _observation(observation_id: str, answer: Answer, promise: pd.Series, when: date) -> dict[str, str]:
    """A row of observations: grade B, as nobody has compared it with its source yet."""
    remark = f"；{answer.remark}" if answer.remark else ""
    return {
        "id": observation_id,
        "document": answer.document,
        **{name: promise[name] for name in ("indicator", "region", "unit")},
        "period": answer.period,
        "comparator": answer.comparator,
        "value": answer.value,
        "quality": "B",
        "reading": "printed",
        "locator": answer.locator or f"填报表 {answer.file} · 第 {answer.row} 行",
        "note_zh": f"填报：{answer.who}，{when}{remark}",
        "note_en": f"As reported by {answer.who}, {when}",
    }


def _document(answer: Answer, plan: pd.Series) -> dict[str, str]:
    """A row of documents for a source that the package does not have; its subject is that of the plan."""
    return {
        "id": answer.document,
        "type": defaults.kind_of_document(answer.source) or "statistics",
        "title_zh": answer.source.strip("《》"),
        "domain": plan["domain"],
        "note_zh": f"标题由{answer.who}填报，未核对原件",
        "note_en": f"Title as reported by {answer.who}; the original was not seen",
    }


def _reply(answer: Answer, state: str, when: date) -> dict[str, str]:
    return {"id": answer.request, "state": state, "answered": f"{when}", "who": answer.who}
