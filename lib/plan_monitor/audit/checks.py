"""Audit of the plans: do their figures agree with their own arithmetic and with each other?"""

from functools import partial
from itertools import combinations
from typing import Any

import pandas as pd

from plan_monitor.audit.expression import parse
from plan_monitor.data.figures import as_printed, stored
from plan_monitor.data.once import once
from plan_monitor.data.package import Package
from plan_monitor.methods.ranges import Side, printed_range, verdict
from reportkit import periods

_THING = ("indicator", "region", "period")
VERDICTS = ("holds", "rounding", "contradicts", "unknown")
# findings that the issuer is to answer: wrong arithmetic, or figures that cannot both be true; a change by a
# later document that does not say so; figures that could be reconciled, but only the issuer can tell
HELD = ("proven", "changed", "unclear")
# and findings that are no fault of theirs; `unreviewed` ones nobody has looked at yet
CLASSES = (*HELD, "unreviewed", "scope", "compatible", "rounding", "copy", "superseded")
_BEFORE = {"real": "unclear"}  # class in older packages, without the proof that newer classes need
_SIDES = ["computed", "low", "high", "told", "told_low", "told_high"]
_ADDED = [*_SIDES, "difference", "verdict", "finding", "rows", "told_rows"]
Figures = dict[str, dict]  # id of a row → its value, unit, printed and period
_REVIEWED = 1e-4  # precision of the column `gap`


@once
def run(package: Package) -> pd.DataFrame:
    """Compute the table ``checks``: expressions over stored figures against what documents state.

    One row a check, with the columns of ``checks`` and: computed, low, high (the expression, and its range
    given that printed figures were rounded); told, told_low, told_high (the same for what is stated);
    difference (computed less told); verdict: ``holds``, ``rounding`` where it can hold given how the figures
    were rounded, ``contradicts``, or ``unknown`` where a figure is missing or there is nothing to compute;
    finding: for contradictions the reviewer's class if the difference is still the one reviewed, else
    ``unreviewed``; NA for the rest; rows, told_rows (ids of the stored rows of either side).

    A range is the worst case to first order: the sum of the effects of half a unit of the last printed digit
    of each figure; a figure used twice moves both places at once (Taylor, *An Introduction to Error
    Analysis*, 2nd ed., 1997, section 3.11). That is exact for sums and differences. Counts of single things
    are not rounded.
    """
    texts = pd.concat([package.checks["expression"], package.checks["stated"]]).dropna()
    row_ids = list(dict.fromkeys(row for text in texts for row in parse(text).rows))
    cells = stored(package).loc[row_ids, ["value", "unit", "as_printed", "period"]]
    figures = cells.assign(printed=as_printed(cells)).to_dict("index")
    rows = []
    for check in package.checks.itertuples():
        decimals = 0 if pd.isna(check.decimals) else int(check.decimals)
        left, right = (_side(text, figures, decimals) for text in (check.expression, check.stated))
        difference, outcome = left.value - right.value, verdict(left, check.relation, right)
        finding = _finding(check, difference) if outcome == "contradicts" else pd.NA
        made_of = (() if pd.isna(text) else parse(text).rows for text in (check.expression, check.stated))
        rows.append((*left, *right, difference, outcome, finding, *made_of))
    added = pd.DataFrame(rows, index=package.checks.index, columns=_ADDED)
    return pd.concat([package.checks, added], axis=1)


def statements(checked: pd.DataFrame) -> pd.DataFrame:
    """Checks that are statements of the documents, each finding once.

    Left out are readings (kind ``reading``: an interpretation of ours that would reconcile two figures) and
    checks that repeat the finding of another one (``same_as``), as long as both have the same verdict.
    """
    verdicts = checked.set_index("id")["verdict"]
    duplicate = checked["same_as"].notna() & checked["same_as"].map(verdicts).eq(checked["verdict"])
    return checked[checked["kind"].ne("reading") & ~duplicate]


def published(checked: pd.DataFrame, package: Package, as_of: str) -> pd.DataFrame:
    """Checks of documents that were all published by the end of an ISO 8601 period, or have no date."""
    issued = package.documents.set_index("id")["issued"].dropna()
    late = issued[issued.str[:7].map(periods.end) > periods.end(as_of)].index
    documents = stored(package)["document"]
    rows = {*documents.index[documents.isin(late)]}
    return checked.loc[[rows.isdisjoint(ids) for ids in checked["rows"] + checked["told_rows"]]]


def about(checked: pd.DataFrame, rows: list[str]) -> pd.DataFrame:
    """Checks that do not hold and that involve all of some stored figures, given by id.

    A report that shows two figures side by side takes its judgement from here, so that no pair is judged
    twice.
    """
    matching = checked.loc[[set(rows) <= {*check.rows, *check.told_rows} for check in checked.itertuples()]]
    return matching[matching["verdict"].eq("contradicts") & matching["kind"].ne("reading")]


def readings(checked: pd.DataFrame) -> pd.DataFrame:
    """Readings that hold when computed; of_zh and of_en name what they would reconcile."""
    wrong = checked[checked["verdict"].eq("contradicts")].dropna(subset="reading")
    wrong = wrong[["reading", "subject_zh", "subject_en"]].set_axis(["id", "of_zh", "of_en"], axis=1)
    return checked[checked["verdict"].eq("holds")].merge(wrong, on="id")


def overlooked(package: Package, checked: pd.DataFrame) -> pd.DataFrame:
    """Pairs of stored figures on the same thing that differ and that no check compares.

    So whoever adds figures sees disagreements with others without writing checks. Targets are compared
    among themselves, and observations that are neither synthetic nor doubtful (grade C). One row a pair with
    the same indicator, region and period whose values differ by more than rounding: one and other (row ids),
    value and other_value. A lower and an upper bound do not disagree.
    """
    synthetic = package.documents.loc[package.documents["type"].eq("synthetic"), "id"]
    measured = package.observations[~package.observations["quality"].eq("C")]
    tables = [package.targets, measured[~measured["document"].isin(synthetic)]]
    columns = ["id", *_THING, "value"]
    states = {row[0]: row[1:] for table in tables for row in table[columns].itertuples(index=False)}
    made_of = checked["rows"] + checked["told_rows"]
    checked_pairs = [{states.get(row) for row in rows} for rows in made_of]
    pairs = []
    for table in tables:
        complete = table.dropna(subset=[*_THING, "value"])
        by_thing: dict[tuple, dict[tuple, Any]] = {}  # then by value and comparator: the first row
        for row in complete[[*columns, "comparator", "unit"]].itertuples():
            rows_of_thing = by_thing.setdefault((row.indicator, row.region, row.period), {})
            rows_of_thing.setdefault((row.value, row.comparator), row)
        for rows_of_thing in by_thing.values():
            for first, second in combinations(rows_of_thing.values(), 2):
                pair = {states[first.id], states[second.id]}
                if _disagree(first, second) and not any(pair <= things for things in checked_pairs):
                    pairs.append((first.id, second.id, first.value, second.value))
    return pd.DataFrame(pairs, columns=["one", "other", "value", "other_value"])


def _disagree(first, second) -> bool:
    """Whether two rows disagree on the same thing, by more than rounding and not as two ends of a range."""
    if {first.comparator[0], second.comparator[0]} == {"<", ">"}:
        return False
    ends = printed_range(first.value, first.unit), printed_range(second.value, second.unit)
    (low, high), (least, most) = ends
    return not (least <= first.value <= most or low <= second.value <= high)


def _side(text: str | None, figures: Figures, decimals: int) -> Side:
    """A side of a check; `decimals` is the least number printed, as zeros at the end are not stored."""
    if pd.isna(text):
        return Side(float("nan"), float("nan"), float("nan"))
    expression = parse(text)

    def value(moved: str, step: float) -> float:
        """The expression, with one figure moved."""
        return expression.evaluate(
            lambda what, row: _read(figures, what, row) + step * (row == moved and what == "value")
        )

    exact = expression.evaluate(partial(_read, figures))
    below = above = 0.0
    for row in expression.rows:
        if pd.isna(figures[row]["value"]) or pd.isna(figures[row]["unit"]):
            continue
        low, high = printed_range(figures[row]["value"], figures[row]["unit"], decimals)
        half = (high - low) / 2
        changes = [value(row, step) - exact for step in (-half, half)]
        below, above = below - min(*changes, 0.0), above + max(*changes, 0.0)
    return Side(exact, exact - below, exact + above)


def _finding(check, difference: float) -> str:
    """The reviewer's class, unless the figures have changed since the review."""
    if pd.isna(check.review) or abs(difference - check.gap) > _REVIEWED:
        return "unreviewed"
    return _BEFORE.get(check.review, check.review)


def _read(figures: Figures, what: str, row: str) -> float:
    """A row's value, or its value as printed; first, last or number of years of its period; or NaN."""
    if what in ("value", "printed"):
        return figures[row][what]
    period = figures[row]["period"]
    if pd.isna(period):
        return float("nan")
    first, last = round(periods.start(period) + 1), round(periods.end(period))
    return float({"start": first, "end": last, "years": last - first + 1}[what])
