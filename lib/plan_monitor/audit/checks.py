"""Audit of the plans: do they agree with their own arithmetic, with each other and with themselves?"""

from itertools import combinations
from typing import Any

import pandas as pd

from plan_monitor.audit.expression import parse
from plan_monitor.data.figures import as_printed, stored
from plan_monitor.data.once import once
from plan_monitor.data.package import Package
from plan_monitor.methods.ranges import Side, printed_range, verdict
from reportkit import periods
from reportkit.decimals import NOISE

_THING = ("indicator", "region", "period")
VERDICTS = ("holds", "rounding", "contradicts", "unknown")
# what a reviewer may hold against the issuer: wrong arithmetic, or figures that cannot both be true; a change
# by a later document that does not say so; what could be reconciled, but only the issuer can tell
HELD = ("proven", "changed", "unclear")
# or find to be no fault of theirs; `unreviewed` is for those nobody has looked at yet
CLASSES = (*HELD, "unreviewed", "scope", "compatible", "rounding", "copy", "superseded")
_BEFORE = {"real": "unclear"}  # an older package says so of all that is held, without what proves it
_SIDES = ["computed", "low", "high", "told", "told_low", "told_high"]
_ADDED = [*_SIDES, "difference", "verdict", "finding", "rows", "told_rows"]
Figures = dict[str, dict]  # id of a row → its value, unit, printed and period
_REVIEWED = 1e-4  # how exactly `gap` is written down


@once
def run(package: Package) -> pd.DataFrame:
    """Check what the table ``checks`` states: expressions over stored figures against what documents say.

    One row a check, with the columns of ``checks`` and: computed, low, high (the expression, and what it may
    be given that printed figures were rounded); told, told_low, told_high (the same of what is stated);
    difference (computed less told); verdict: ``holds``, ``rounding`` where it can hold given how the figures
    were rounded, ``contradicts``, or ``unknown`` where a figure is missing or there is nothing to compute
    with; finding, for contradictions the reviewer's class as long as the difference is the one that was
    reviewed, else ``unreviewed``, NA for the rest; rows, told_rows (ids of the stored rows either side was
    made of).

    A range is the worst case to first order: the sum of what half a unit of the last printed digit of each
    figure can move it, a figure used twice moving both places at once (Taylor, *An Introduction to Error
    Analysis*, 2nd ed., 1997, section 3.11). That is exact for sums and differences. Counts of single things
    are not rounded.
    """
    texts = pd.concat([package.checks["expression"], package.checks["stated"]]).dropna()
    named = list(dict.fromkeys(row for text in texts for row in parse(text).rows))
    read = stored(package).loc[named, ["value", "unit", "as_printed", "period"]]
    figures = read.assign(printed=as_printed(read)).to_dict("index")
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

    Left out are readings (kind ``reading``: what would reconcile two figures, which is ours and not the
    document's) and checks that find once more what another one finds (``same_as``), as long as both do.
    """
    verdicts = checked.set_index("id")["verdict"]
    again = checked["same_as"].notna() & checked["same_as"].map(verdicts).eq(checked["verdict"])
    return checked[checked["kind"].ne("reading") & ~again]


def published(checked: pd.DataFrame, package: Package, as_of: str) -> pd.DataFrame:
    """Checks between documents that were all out at the end of an ISO 8601 period, or have no date."""
    issued = package.documents.set_index("id")["issued"].dropna()
    late = issued[issued.str[:7].map(periods.end) > periods.end(as_of)].index
    documents = stored(package)["document"]
    rows = {*documents.index[documents.isin(late)]}
    return checked.loc[[rows.isdisjoint(ids) for ids in checked["rows"] + checked["told_rows"]]]


def about(checked: pd.DataFrame, rows: list[str]) -> pd.DataFrame:
    """Checks that do not hold between some stored figures, all named by id: what there is to say of these.

    A report with two figures side by side takes its judgement from here, so that no pair is judged twice.
    """
    named = checked.loc[[set(rows) <= {*check.rows, *check.told_rows} for check in checked.itertuples()]]
    return named[named["verdict"].eq("contradicts") & named["kind"].ne("reading")]


def readings(checked: pd.DataFrame) -> pd.DataFrame:
    """Readings that hold when they are computed; of_zh and of_en are what they would reconcile."""
    wrong = checked[checked["verdict"].eq("contradicts")].dropna(subset="reading")
    wrong = wrong[["reading", "subject_zh", "subject_en"]].set_axis(["id", "of_zh", "of_en"], axis=1)
    return checked[checked["verdict"].eq("holds")].merge(wrong, on="id")


def overlooked(package: Package, checked: pd.DataFrame) -> pd.DataFrame:
    """Pairs of stored figures on one thing that differ and that no check names together.

    Whoever adds figures need not write checks to see where they disagree with others. Targets are compared
    among themselves, and observations that are neither synthetic nor doubtful (grade C). One row a pair with
    the same indicator, region and period whose values differ by more than rounding: one and other (row ids),
    value and other_value. A lower and an upper bound are no disagreement.
    """
    synthetic = package.documents.loc[package.documents["type"].eq("synthetic"), "id"]
    measured = package.observations[~package.observations["quality"].eq("C")]
    tables = [package.targets, measured[~measured["document"].isin(synthetic)]]
    columns = ["id", *_THING, "value"]
    states = {row[0]: row[1:] for table in tables for row in table[columns].itertuples(index=False)}
    made_of = checked["rows"] + checked["told_rows"]
    named = [{states.get(row) for row in rows} for rows in made_of]
    pairs = []
    for table in tables:
        complete = table.dropna(subset=[*_THING, "value"])
        told: dict[tuple, dict[tuple, Any]] = {}  # by the thing, then by what is said of it: the first row
        for row in complete[[*columns, "comparator", "unit"]].itertuples():
            of_thing = told.setdefault((row.indicator, row.region, row.period), {})
            of_thing.setdefault((row.value, row.comparator), row)
        for of_thing in told.values():
            for one, other in combinations(of_thing.values(), 2):
                both = {states[one.id], states[other.id]}
                if _disagree(one, other) and not any(both <= things for things in named):
                    pairs.append((one.id, other.id, one.value, other.value))
    return pd.DataFrame(pairs, columns=["one", "other", "value", "other_value"])


def _disagree(one, other) -> bool:
    """Whether two rows say different things of one: not by rounding, and not as the two ends of a range."""
    if {one.comparator[0], other.comparator[0]} == {"<", ">"}:
        return False
    (low, high), (least, most) = printed_range(one.value, one.unit), printed_range(other.value, other.unit)
    return not (least - NOISE <= one.value <= most + NOISE or low - NOISE <= other.value <= high + NOISE)


def _side(text: str | None, figures: Figures, decimals: int) -> Side:
    """A side of a check; `decimals` is how many the document prints where zeros at the end are not stored."""
    if pd.isna(text):
        return Side(float("nan"), float("nan"), float("nan"))
    expression = parse(text)

    def value(moved: str = "", step: float = 0.0) -> float:
        """The expression, with one figure moved."""
        return expression.evaluate(
            lambda what, row: _read(figures, what, row) + step * (row == moved and what == "value")
        )

    exact = value()
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
    """A row's value, or as its cell prints it; first and last year of its period, or how many; or NaN."""
    if what in ("value", "printed"):
        return figures[row][what]
    period = figures[row]["period"]
    if pd.isna(period):
        return float("nan")
    first, last = round(periods.start(period) + 1), round(periods.end(period))
    return float({"start": first, "end": last, "years": last - first + 1}[what])
