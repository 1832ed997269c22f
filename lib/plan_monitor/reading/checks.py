"""Checks from the figures of a document: which of them should follow from others, and whether they do."""

import re
from decimal import Decimal

import pandas as pd

from plan_monitor.reading.checking import cells, pairs, sentences
from plan_monitor.reading.checking.formulas import Check, Figure
from reportkit.decimals import against, fixed

COLUMNS = (
    *("id", "kind", "subject_zh", "subject_en", "expression", "relation", "stated", "decimals", "review"),
    *("gap", "reason_zh", "reason_en", "reading", "same_as"),
)
ADDED = ("rule", "verdict", "computed", "told", "starts", "text_zh", "text_en")
RULES = {
    "column": ("各行合计与总数", "rows add up to the total"),
    "row": ("各栏合计与总数", "columns add up to the total"),
    "rise": ("两年之差与所写的提高", "the rise between two years"),
    "growth": ("前后两数与所写的增长", "growth between two figures"),
    "series": ("逐年不回头", "no step back from year to year"),
    "parts": ("各部分与总数", "parts and their whole"),
    "stock": ("保留、新建与总数", "kept, new, and the total"),
    "completed": ("完成数与目标数之比", "what was done as a share of what was to be done"),
    "share": ("部分占总数的比例", "a share of the whole"),
    "yearly": ("每年的数乘年数", "so much every year, over the years"),
    "beyond": ("平均数与高出的部分", "an average and what is above it"),
    "hundred": ("各部分占比之和", "shares add up to 100"),
    "twice": ("两处所写", "told twice"),
    "units": ("同一个数的两种单位", "one number in two units"),
    "reached": ("目标与已达到的", "a promise and what has been reached"),
    "coincidence": ("两件事一个数", "one number for two things"),
}
_RELATION = {"=": "=", "!=": "≠", ">=": "≥", "<=": "≤", ">": ">", "<": "<"}
_VERDICT = {
    "holds": ("相符", "holds"),
    "rounding": ("在舍入之内相符", "holds within rounding"),
    "contradicts": ("不符", "does not hold"),
}


def candidates(draft: pd.DataFrame) -> pd.DataFrame:
    """Checks that follow from the figures of a draft, for a person to accept or not.

    Sums of a table's rows and columns against its totals; the rise between two years; total and average
    annual growth; parts, or kept and new ones, against the whole; rates of completion, shares, and
    differences from an average; shares that add up to 100; an amount every year against its sum over the
    years; one thing stated twice, also in 人 and 万人; a target that does not exceed what is reached; a step
    back in a series; one number for two things.

    Parameters
    ----------
    draft : DataFrame
        Of ``draft.read``, of one document or several. A column ``row`` holds the ids of the rows of a package
        that figures have become; where it is missing or empty, a figure is named by its place (``at-1234``).

    Returns
    -------
    DataFrame
        The columns of the table ``checks`` (``review`` and what belongs to it are empty, for a person);
        rule, of ``RULES``; verdict (``holds``, ``rounding``, ``contradicts``, by the audit's rule); computed,
        told; starts, the places of all figures; text_zh and text_en, the check in words and printed figures.
        Checks that do not hold come first.
    """
    figures = _figures(draft)
    checks: list[Check] = []
    for table in cells.tables(figures):
        checks += cells.find(table)
    by_document: dict[str, list[Figure]] = {}
    for figure in figures:
        if not cells.is_cell(figure):
            by_document.setdefault(figure.document, []).append(figure)
    for document_figures in by_document.values():
        checks += sentences.find(sorted(document_figures, key=lambda figure: figure.start))
    checks += pairs.find(figures)
    distinct = {(item.computed.expression, item.relation, item.stated.expression): item for item in checks}
    order = sorted(
        distinct.values(), key=lambda item: (item.verdict != "contradicts", item.figures[-1].start)
    )
    rows = [_row(f"read-{number:03d}", check) for number, check in enumerate(order, 1)]
    return pd.DataFrame(rows, columns=[*COLUMNS, *ADDED])


def _figures(draft: pd.DataFrame) -> list[Figure]:
    figures = []
    for number, row in enumerate(draft.fillna("").to_dict("records")):
        text = str(row["value"]).replace(",", "")
        if not re.fullmatch(r"-?\d+(?:\.\d+)?", text):
            continue
        figures.append(
            Figure(
                number=number,
                ref=row.get("row") or f"at-{row['start']}",
                value=float(text),
                text=text,
                unit=row["unit"],
                kind=row["kind"],
                name=row["indicator_zh"],
                indicator=row["indicator"],
                region=row["region"],
                period=row["period"],
                comparator=row["comparator"] or "=",
                role=row["role"],
                start=int(row["start"]),
                under=int(row["under"]) if str(row["under"]).isdigit() else None,
                document=row["document"],
                quote=row["quote"],
                locator=row["locator"],
                falls=str(row["value_signed"]).startswith("-"),
            )
        )
    return figures


def _row(name: str, check: Check) -> dict[str, object]:
    figure = (check.stated.figures or check.computed.figures)[0]
    figure_name = figure.name or figure.locator.split(" · ")[-1]
    subject = "，".join(part for part in (figure_name, figure.period) if part)
    computed = check.computed.side.value
    relation = _RELATION[check.relation]
    computed_text = "" if check.computed.text == "{0}" else f" = {_computed(check)}"
    verdict_words = _VERDICT[check.verdict]
    text = f"{check.computed.shown}{computed_text} {relation} {check.stated.shown}"
    places = " / ".join(dict.fromkeys(other.locator for other in check.figures[-2:]))
    return {
        "id": name,
        "kind": check.kind,
        "subject_zh": f"{subject}：{RULES[check.rule][0]}",
        "subject_en": f"{subject}: {RULES[check.rule][1]}",
        "expression": check.computed.expression,
        "relation": check.relation,
        "stated": check.stated.expression,
        "decimals": _decimals(check) or "",
        **dict.fromkeys(COLUMNS[8:], ""),
        "rule": check.rule,
        "verdict": check.verdict,
        "computed": computed,
        "told": check.stated.side.value,
        "starts": tuple(other.start for other in check.figures),
        "text_zh": f"{verdict_words[0]}：{text}（{places}）",
        "text_en": f"{verdict_words[1]}: {text} ({places})",
    }


def _computed(check: Check) -> str:
    """What a formula comes to: six digits, or as many as tell it from what it contradicts."""
    computed, told = check.computed.side.value, check.stated.side.value
    limits = [told] if check.verdict == "contradicts" else []
    six = max(0, 5 - Decimal(repr(computed)).adjusted())
    return f"{fixed(computed, against(computed, limits, six)).normalize():f}"


def _decimals(check: Check) -> int:
    """How many decimals the document prints; 0 where no figure ends in zeros that a number would lose."""
    decimals = [one.text.partition(".")[2] for one in check.figures]
    return max(map(len, decimals)) if any(one.endswith("0") for one in decimals) else 0
