"""The findings of the audit in words, tables and a heat map."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

import pandas as pd

from plan_monitor.audit.checks import HELD
from plan_monitor.audit.consequence import CONCERNS
from plan_monitor.data.figures import stored
from plan_monitor.data.package import Package
from plan_monitor.report import codes
from plan_monitor.report.review import VERDICT as COMPUTED
from plan_monitor.settle.labels import LABELS
from reportkit import measures, words
from reportkit.decimals import carried
from reportkit.figure import Figure
from reportkit.language import Text, chosen, of_data, tr, word
from reportkit.table import Column, table

VERDICT = COMPUTED | {"unknown": ("无法核对", "cannot be checked")}
FINDING = LABELS["review"] | {"unreviewed": ("尚未评审", "not reviewed yet")}
_PROOF = {
    "arithmetic": ("经核算证实的错误", "error proven by computing again"),
    "agreement": ("经对照证实的矛盾", "contradiction proven by comparing"),
}
_CONCERN = {
    "money": ("金额", "money"),
    "binding": ("约束性指标", "a binding target"),
    "persons": ("人数", "numbers of people"),
}
_KINDS = ("arithmetic", "agreement", "order", "distinct")
RELATION = {"=": "=", "!=": "≠", ">=": "≥", "<=": "≤", ">": ">", "<": "<"}
# a single stored row (its value, its year, or in another unit) or a number, so nothing was computed
_SINGLE = re.compile(r"\s*(?:(?:[a-z]+\()?\[[^\]]+\]\)?(?:\s*[*/]\s*10+)?|[\d.]+)\s*")
# the first or last year of a row, or some years from it; two such years apart are a number of years
_YEAR = re.compile(r"\s*(?:start|end)\(\[[^\]]+\]\)(?:\s*[+-]\s*\d+)?\s*")
_UNLIKE = re.compile(r"[*/]|\b(?:count|years|start|end)\(")  # what has another unit than its figures
_NAMED = 4  # inputs whose place is printed; the trace has them all
_CLOSES = {
    "closes": ("合计相符", "adds up", "#dfeee4"),
    "differs": ("合计不符", "does not add up", "#e2a19b"),
}


def summary_table(statements: pd.DataFrame, caption: Text) -> None:
    """Show how many of ``checks.statements`` of each kind hold, do not, and cannot be checked."""
    kinds = [kind for kind in _KINDS if statements["kind"].eq(kind).any()]
    verdicts = [verdict for verdict in VERDICT if statements["verdict"].eq(verdict).any()]

    def counted(heading: Text, rows: pd.DataFrame) -> Column:
        parts = [rows[rows["kind"].eq(kind)] for kind in kinds]
        numbers, ids = [words.number(len(part)) for part in parts], list(map(made_of, parts))
        return Column(heading, numbers, ids, total=True)

    columns = [Column(("核对方式", "Check"), [word(LABELS["kind"], kind) for kind in kinds])]
    columns += [counted(VERDICT[code], statements[statements["verdict"].eq(code)]) for code in verdicts]
    table(caption, [*columns, counted(("合计", "All"), statements)], basis=made_of(statements))


def held(statements: pd.DataFrame) -> str:
    """How many of ``checks.statements`` the issuer is to answer, by class, and how many are not reviewed."""
    counts = statements["finding"].value_counts()
    classes = [*HELD, "unreviewed"] if "unreviewed" in counts else HELD
    counted = [(word(FINDING, name), counts.get(name, 0)) for name in classes]
    return tr("；", "; ").join(tr(f"{name} {count} 处", f"{name}: {count}") for name, count in counted)


def finding(check) -> str:
    """The result of a row of ``checks.run``: the class of the finding if it contradicts, else the verdict."""
    if check.verdict != "contradicts":
        return word(VERDICT, check.verdict)
    return word(_PROOF, check.kind) if check.finding == "proven" else word(FINDING, check.finding)


def findings_table(checked: pd.DataFrame, package: Package, caption: Text, *, classed: bool = False) -> None:
    """Show checks that do not hold, one by one: both sides with their places, and the explanation.

    `checked` is of ``checks.run``, or of ``consequence.rank`` to show also what each concerns. `classed`:
    show the class of each finding, where there are several.
    """
    checks, figures, document = list(checked.itertuples()), stored(package), codes.names(package.documents)
    if checks and {*CONCERNS} <= {*checked} and not checked[list(CONCERNS)].any(axis=None):
        zh = "（均不涉及金额、约束性指标和人数，依核对表中文件的先后）"
        en = " (none concerns money, a binding target or people; in the order of the documents in the table)"
        caption = chosen(caption) + tr(zh, en)

    def place(heading: Text, side: str) -> Column:
        shown = [_side(check, side, figures, document) for check in checks]
        return Column(heading, shown, [_ids(check, side) for check in checks])

    columns = [
        Column(("内容", "What"), checked[f"subject_{of_data()}"]),
        place(("一处", "Place one"), "computed"),
        place(("另一处", "Place two"), "told"),
        *([Column(("类别", "Class"), [finding(check) for check in checks])] if classed else []),
        Column(("涉及", "Concerns"), list(map(_concerns, checks)), optional=True),
        Column(("说明", "Why"), checked[f"reason_{of_data()}"].fillna(words.NOTHING)),
    ]
    caption = chosen(caption)
    table(caption[:1].upper() + caption[1:], columns)


def _concerns(check) -> str:
    """What a ranked check concerns, of the things that decide its rank."""
    about = [word(_CONCERN, name) for name in CONCERNS if getattr(check, name, False)]
    return words.joined(about) or words.NOTHING


def readings_table(readings: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show ``checks.readings`` that would reconcile two figures: which, and what they compute to."""
    checks, figures = list(readings.itertuples()), stored(package)
    computed, written = [value(check, "computed", figures) for check in checks], []
    for check in checks:
        relation, text = f"{RELATION[check.relation]} ", value(check, "told", figures)
        written.append(text.preceded(relation) if isinstance(text, Figure) else relation + text)
    columns = [
        Column(("不符的一条", "What does not hold"), readings[f"of_{of_data()}"]),
        Column(("能调和的读法", "Reading that reconciles"), readings[f"subject_{of_data()}"]),
        Column(("按此读法", "By this reading"), computed, [check.rows for check in checks], figures=True),
        Column(("所写", "Stated"), written, [_ids(check, "told") for check in checks], figures=True),
    ]
    table(caption, columns)


def overlooked_table(pairs: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show pairs of figures on the same thing that differ and were not compared (``checks.overlooked``)."""
    figures, document = stored(package), codes.names(package.documents)

    def places(heading: Text, ids: pd.Series) -> Column:
        texts = []
        for row in figures.loc[ids].itertuples():
            shown = words.figure(row.value, measures.named(row.unit, row.unit_en), comparator=row.comparator)
            texts.append(f"{shown} – {document[row.document]} · {row.locator}")
        return Column(heading, texts, [[row_id] for row_id in ids])

    rows = figures.loc[pairs["one"]]
    region = rows["region"].map(codes.names(package.regions))
    columns = [
        Column(("内容", "What"), rows[f"name_{of_data()}"] + " · " + region + " · " + rows["period"]),
        places(("一处", "Place one"), pairs["one"]),
        places(("另一处", "Place two"), pairs["other"]),
    ]
    table(caption, columns)


def unknown_table(checked: pd.DataFrame, caption: Text) -> None:
    """Show statements that stored figures cannot decide, with the reason."""
    what = Column(("内容", "What"), checked[f"subject_{of_data()}"])
    reasons = checked[f"reason_{of_data()}"].fillna(tr("有数字缺失", "a figure is missing"))
    table(caption, [what, Column(("为何无法核对", "Why it cannot be checked"), reasons)])


def _side(check, side: str, figures: pd.DataFrame, document: pd.Series) -> str:
    """A side of a check: its value, and the places of the figures it is made of, document by document."""
    text, ids = _parts(check, side)
    colon, semicolon = tr("：", ": "), tr("；", "; ")
    of_document: dict[str, dict[str, None]] = {}
    for name, locator in _cells(figures, ids[:_NAMED], "document", "locator"):
        of_document.setdefault(name, {}).update({} if pd.isna(locator) else {locator: None})
    places = [
        colon.join(filter(None, [document[name], semicolon.join(locators)]))
        for name, locators in of_document.items()
    ]
    if len(ids) > _NAMED:
        places.append(tr(f"等 {len(ids)} 处", f"{len(ids)} in all"))
    prefix = "" if _SINGLE.fullmatch(text) else tr("算得 ", "computed ")
    relation = f"{RELATION[check.relation]} " if side == "told" and check.relation != "=" else ""
    shown = f"{prefix}{relation}{value(check, side, figures)}"
    return f"{shown} – {semicolon.join(places)}" if places else shown


def _parts(check, side: str) -> tuple[str, tuple[str, ...]]:
    """Expression of a side of a check, and the rows it names."""
    return (check.expression, check.rows) if side == "computed" else (check.stated, check.told_rows)


def _ids(check, side: str) -> tuple[str, ...]:
    """Rows that a side is traced to; for a bare number, those of the other side."""
    return _parts(check, side)[1] or check.rows


def value(check, side: str, figures: pd.DataFrame) -> str:
    """A side of a row of ``checks.run``, ``computed`` or ``told``: a figure with its unit, or a year.

    It has two decimals at most, unless it takes more to tell it from the other side that it contradicts.
    """
    number, (text, rows) = getattr(check, side), _parts(check, side)
    beside = "told" if side == "computed" else "computed"
    other = _parts(check, beside)
    if _YEAR.fullmatch(text if rows else other[0]):
        return f"{int(number)}"
    unit = _unit(text, rows, figures) or _unit(*other, figures)
    limits = [getattr(check, beside)] if check.verdict == "contradicts" else []
    return words.figure(number, unit, min(2, carried([number])), limits=limits)


def _unit(text: str, rows: tuple[str, ...], figures: pd.DataFrame) -> str:
    """Unit of a sum, a difference or a single figure; empty for other arithmetic."""
    if _UNLIKE.search(text):
        return ""
    units = {
        (unit, "" if pd.isna(english) else english)
        for unit, english in _cells(figures, rows, "unit", "unit_en")
    }
    units = {(unit, english) for unit, english in units if pd.notna(unit)}
    if len({unit for unit, _ in units}) != 1:
        return ""
    unit, english = next(iter(units))
    if unit == "%" and " - " in text:
        return "百分点"
    return measures.named(unit, english if len(units) == 1 and english else pd.NA)


def _cells(figures: pd.DataFrame, rows: Iterable[str], *columns: str) -> Iterator[tuple]:
    """Values of some columns of some stored rows."""
    places = figures.index.get_indexer(list(rows))
    return zip(*(figures[column].iloc[places] for column in columns), strict=True)


def sums_map(sums: pd.DataFrame, package: Package) -> None:
    """Heat map of ``sums.parts_and_total`` with a column panel: the excess of the parts over each total."""
    from reportkit.charts.heatmap import heat_map  # slow to import, and `trace` draws nothing

    names = sums["indicator"].map(codes.names(package.indicators))
    gaps_by_panel = sums[sums["difference"].ne(0)].groupby("panel", sort=False).size()
    counts = [(panel, int(gaps_by_panel.get(panel, 0))) for panel in dict.fromkeys(sums["panel"])]
    listed_zh, listed_en = (mark.join(f"{panel} {count}" for panel, count in counts) for mark in ("，", ", "))
    title = (f"合计不符的格：{listed_zh}", f"Cells that do not add up: {listed_en}")
    if gaps_by_panel.empty:
        title = ("各格的县市合计都等于总数", "In every cell the counties add up to the total")
    elif len(counts) == 1:
        gaps = len(sums[sums["difference"].ne(0)])
        title = (f"{gaps} 格的县市合计不等于总数", f"Cells whose counties do not add up to the total: {gaps}")
    heat_map(
        sums.assign(
            row=sums["period"],
            column=names,
            text=[words.number(difference, signed=True) for difference in sums["difference"]],
            state=["differs" if difference else "closes" for difference in sums["difference"]],
            id=[[*parts, *whole] for parts, whole in zip(sums["rows"], sums["told_rows"], strict=True)],
        ),
        title=title,
        subtitle=("各县市合计减总数", "Sum of counties less total"),
        states=_CLOSES,
    )


def made_of(checks: pd.DataFrame) -> list[str]:
    """Ids of the stored rows of some checks."""
    return sorted({*chain(*checks["rows"], *checks["told_rows"])})


def documents(checks: pd.DataFrame, package: Package) -> list[str]:
    """The documents of the figures of some checks: figures are too many to be named one by one."""
    return list(stored(package)["document"][made_of(checks)].unique())
