"""The results of a machine's reading in words, tables and a chart."""

import pandas as pd

from plan_monitor.audit.reading import FIELDS, FORMS, SAYS, confused, right
from plan_monitor.data.package import Package
from plan_monitor.report import codes
from plan_monitor.settle.labels import LABELS
from reportkit import measures, words
from reportkit.charts.canvas import States
from reportkit.charts.plain import stacked
from reportkit.language import Text, chosen, of_data, tr, word
from reportkit.table import Column, table

FORM = {
    "prose": ("正文里的数", "in running text"),
    "table": ("表格里的数", "in a table"),
    "shifted": ("错位的表格里的数", "in a table whose copy is shifted"),
    "words": ("没有数字的文字", "in words, without digits"),
}
FIELD = {
    "value": ("数值", "value"),
    "unit": ("单位", "unit"),
    "period": ("时期", "period"),
    "comparator": ("比较符", "comparator"),
    "role": ("作用（目标或实绩）", "role (target or actual)"),
    "region": ("地区", "region"),
    "indicator": ("指标", "indicator"),
}
PARTS: States = {
    "right": ("读对", "read right", "#4c9f70"),
    "wrong": ("读到而有误", "found, with a fault", "#e0a458"),
    "missed": ("没读到", "not found", "#b0413e"),
}
_FEW = 10  # with fewer figures a share says little


def share(part: int, whole: int, places: int = 0) -> str:
    """A share of a count in %, as a figure; of fewer than ten a dash."""
    return words.figure(100 * part / whole, "%", places) if whole >= _FEW else words.NOTHING


def documents_table(figures: pd.DataFrame, readings: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show by document how many coded figures were found, and read right, and what else was read.

    Parameters
    ----------
    figures : DataFrame
        Of ``reading.compared``, without those in words.
    readings : DataFrame
        Of ``reading.unlinked``.
    """
    names = codes.names(package.documents)
    groups = [(names[name], part) for name, part in figures.groupby("document", sort=False)]
    more = readings["document"].value_counts()
    extra = [more.get(name, 0) for name in figures["document"].unique()]
    last = Column(("另读出", "Read beside"), [words.number(n) for n in [*extra, sum(extra)]])
    _counts(groups, ("文件", "Document"), caption, figures, last)


def forms_table(figures: pd.DataFrame, caption: Text) -> None:
    """Show how many figures were found, and read right, by their form in the document."""
    groups = [(word(FORM, form), figures[figures["form"].eq(form)]) for form in FORMS]
    _counts(
        [(name, part) for name, part in groups if len(part)],
        ("数字的写法", "How it is written"),
        caption,
        figures,
    )


def _counts(groups, heading: Text, caption: Text, figures: pd.DataFrame, *more: Column) -> None:
    parts = [*(part for _, part in groups), figures]

    def counted(title: Text, chosen: list[pd.DataFrame]) -> Column:
        return Column(title, [words.number(len(one)) for one in chosen], [_ids(part) for part in parts])

    def shared(title: Text, chosen: list[pd.DataFrame]) -> Column:
        shares = [share(len(one), len(part)) for one, part in zip(chosen, parts, strict=True)]
        return Column(title, shares, [_ids(part) for part in parts])

    found, correct = [part[part["found"]] for part in parts], [part[right(part)] for part in parts]
    matched = [part[part["is_indicator"].eq("right")] for part in parts]
    columns = [
        Column(heading, [*(name for name, _ in groups), tr("合计", "all")]),
        counted(("人工录入", "Coded by persons"), parts),
        counted(("读到", "Found"), found),
        shared(("占比", "Share"), found),
        counted(("读对", "Read right"), correct),
        shared(("占比", "Share"), correct),
        counted(("指标认对", "Indicator right"), matched),
        *more,
    ]
    table(caption, columns, basis=_ids(figures))


def fields_table(figures: pd.DataFrame, caption: Text) -> None:
    """Show, field by field, how many of the figures found are right, wrong or new."""
    found = figures[figures["found"]]
    judged = {name: found[~found[f"is_{name}"].eq("open")] for name in FIELDS}

    def counted(heading: Text, verdict: str) -> Column:
        parts = [part[part[f"is_{name}"].eq(verdict)] for name, part in judged.items()]
        rows = [_ids(part) for part in judged.values()]
        return Column(heading, [words.number(len(part)) for part in parts], rows)

    rows = [_ids(part) for part in judged.values()]
    correct = [
        share(int(part[f"is_{name}"].eq("right").sum()), len(part), 1) for name, part in judged.items()
    ]
    columns = [
        Column(("读的是什么", "What is read"), [word(FIELD, name) for name in FIELDS]),
        Column(("可比的数", "To compare"), [words.number(len(part)) for part in judged.values()], rows),
        counted(("读对", "Right"), "right"),
        counted(("读错", "Wrong"), "wrong"),
        counted(("没有配上", "Not matched"), "new"),
        Column(("读对占比", "Share right"), correct, rows),
    ]
    table(caption, columns)


def units_table(figures: pd.DataFrame, caption: Text) -> None:
    """Show how many units are right, by the place where they were read."""
    found = figures[figures["found"] & ~figures["is_unit"].eq("open")]
    source = found[f"read_note_{of_data()}"].fillna(tr("紧跟在数字后面", "right behind the figure"))
    parts = [found[source.eq(name)] for name in source.value_counts().index]
    correct = [int(part["is_unit"].eq("right").sum()) for part in parts]
    rows = [_ids(part) for part in parts]
    columns = [
        Column(("单位从哪里读来", "Where the unit was read"), list(source.value_counts().index)),
        Column(("读到的数", "Figures found"), [words.number(len(part)) for part in parts], rows),
        Column(("单位读对", "Unit right"), [words.number(count) for count in correct], rows),
        Column(
            ("占比", "Share"),
            [share(count, len(part), 1) for count, part in zip(correct, parts, strict=True)],
            rows,
        ),
    ]
    table(caption, columns)


def confusions_table(figures: pd.DataFrame, package: Package, caption: Text, most: int = 4) -> None:
    """Show the most frequent confusions of each field."""
    shown = []
    regions = codes.names(package.regions)
    for field in (*SAYS, "region"):
        for pair in confused(figures, field).head(most).itertuples():
            texts = [_text(field, value, regions) for value in (pair.read, pair.coded)]
            shown.append((word(FIELD, field), *texts, pair.rows))
    names, read, coded, rows = zip(*shown, strict=True) if shown else ((), (), (), ())
    columns = [
        Column(("读的是什么", "What is read"), names),
        Column(("机器读作", "Read as"), read, rows),
        Column(("人工录作", "Coded as"), coded, rows),
        Column(("次数", "Times"), [words.number(len(ids)) for ids in rows], rows),
    ]
    table(caption, columns)


def _text(field: str, value: str, regions: pd.Series) -> str:
    """A field's value in words."""
    if value == "":
        return tr("（无）", "(none)")
    if field == "value":
        return words.number(float(value))
    if field == "role":
        return word(LABELS["role"], value)
    if field == "region":
        return regions.get(value, value)
    if field == "unit":
        return tr(value, measures.unit_word(value) or "(things counted)")
    return {"=": "=", ">=": "≥", "<=": "≤", "about": tr("约", "about")}.get(value, value)


def missed_table(figures: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show coded figures that the machine did not find, with their places."""
    missed, names = figures[~figures["found"]], codes.names(package.documents)
    shown = [_figure(row.value, row.unit, row.comparator) for row in missed.itertuples()]
    columns = [
        Column(("文件", "Document"), missed["document"].map(names)),
        Column(("数字", "Figure"), shown, [[row] for row in missed["row"]]),
        Column(("出处", "Place in the document"), missed["locator"]),
    ]
    table(caption, columns)


def unlinked_table(readings: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show what only the machine read: figure, name and place as read, and what it really is."""
    names = codes.names(package.documents)
    shown = [_figure(row.value, row.unit, row.comparator) for row in readings.itertuples()]
    columns = [
        Column(("文件", "Document"), readings["document"].map(names)),
        Column(("数字", "Figure"), shown, [[name] for name in readings["document"]]),
        Column(("机器起的名字", "Name that the machine gave"), "“" + readings["indicator_zh"] + "”"),
        Column(("出处", "Place in the document"), readings["locator"]),
        Column(("是什么", "What it is"), readings[f"note_{of_data()}"].fillna(words.NOTHING)),
    ]
    table(caption, columns)


def _figure(value: float, unit: str | None, comparator: str | None) -> str:
    sign = comparator if pd.notna(comparator) and comparator != "about" else "="
    return words.figure(value, unit if pd.notna(unit) else "", comparator=sign)


def outcome(figures: pd.DataFrame) -> pd.Series:
    """Whether each figure was read right, with a fault, or missed: a code of ``PARTS``."""
    return figures["found"].map({True: "wrong", False: "missed"}).mask(right(figures), "right")


def chart(figures: pd.DataFrame, package: Package) -> None:
    """A bar a document of ten figures or more: those read right, found with a fault, and not found."""
    names = codes.names(package.documents)
    has_enough = figures["document"].map(figures["document"].value_counts()) >= _FEW
    figures = figures[has_enough]
    state = outcome(figures)
    rows = []
    for name, part in state.groupby(figures["document"], sort=False):
        counts = part.value_counts()
        rows += [
            (names[name], chosen(PARTS[part_name]), counts.get(part_name, 0), name) for part_name in PARTS
        ]
    frame = pd.DataFrame(rows, columns=["category", "series", "value", "id"])
    shares = state.eq("right").groupby(figures["document"], sort=False).mean().sort_values()
    title: Text = ("没有十个数以上的文件", "No document has ten figures")
    if len(shares):
        ends = [words.figure(100 * end, "%", 0) for end in (shares.iloc[0], shares.iloc[-1])]
        spread = tr("—", " to ").join(dict.fromkeys(ends))
        title = (f"各文件五项都读对的占 {spread}", f"Read right in five fields, by document: {spread}")
    subtitle = (
        "机器读出的数，个（十个数以上的文件）",
        "What the machine read (documents of ten figures or more)",
    )
    colours = {chosen(look): look[2] for look in PARTS.values()}
    stacked(frame, title=title, subtitle=subtitle, unit="个", colours=colours)


def _ids(figures: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(figures["row"].tolist()))
