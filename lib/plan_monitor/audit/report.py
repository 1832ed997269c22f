"""What the audit of the plans found, in words, tables and a heat map."""

import re

import pandas as pd

from plan_monitor.audit.checks import HELD
from plan_monitor.audit.consequence import CONCERNS
from plan_monitor.data.figures import stored
from plan_monitor.data.package import Package
from plan_monitor.report import codes
from plan_monitor.report.review import VERDICT as COMPUTED
from reportkit import measures, words
from reportkit.charts.heatmap import heat_map
from reportkit.decimals import carried
from reportkit.language import current, of_data, tr, word
from reportkit.tables import table

VERDICT = COMPUTED | {"unknown": ("无法核对", "cannot be checked")}
FINDING = {
    "proven": ("经核算或对照证实的错误或矛盾", "errors or contradictions proven by computing or comparing"),
    "changed": ("后出文件改变而未说明", "changed by a later document that does not say so"),
    "unclear": ("待发文机关澄清", "to be cleared up by the issuer"),
    "scope": ("范围或口径不同", "different scope or definition"),
    "compatible": ("可以同时成立", "both can be true"),
    "rounding": ("舍去小数", "decimals cut off"),
    "copy": ("文字稿损坏", "damage to our copy"),
    "superseded": ("预计数，已有后来的数", "an estimate, with a later figure since"),
    "unreviewed": ("尚未评审", "not reviewed yet"),
}
_PROOF = {
    "arithmetic": ("经核算证实的错误", "error proven by computing again"),
    "agreement": ("经对照证实的矛盾", "contradiction proven by comparing"),
}
CONCERN = {
    "money": ("金额", "money"),
    "binding": ("约束性指标", "a binding target"),
    "persons": ("人数", "numbers of people"),
}
_IN_ORDER = (
    "（均不涉及金额、约束性指标和人数，依核对表中文件的先后）",
    " (none concerns money, a binding target or people; in the order of the documents in the table)",
)
KIND = {
    "arithmetic": ("重新计算", "computed again"),
    "agreement": ("两处对照", "one thing stated twice"),
    "order": ("大小关系", "which is larger"),
    "distinct": ("不同事物同一数", "one number for two things"),
    "reading": ("可调和的读法", "reading that would reconcile"),
}
_RELATION = {"=": "=", "!=": "≠", ">=": "≥", "<=": "≤", ">": ">", "<": "<"}
# one stored row (its value, its year, or in another unit) or a number: nothing was computed
_SINGLE = re.compile(r"\s*(?:(?:[a-z]+\()?\[[^\]]+\]\)?(?:\s*[*/]\s*10+)?|[\d.]+)\s*")
_YEAR = re.compile(r"\b(start|end)\(")
_NAMED = 4  # inputs whose place is printed; the trace has them all
_CLOSES = {
    "closes": ("合计相符", "adds up", "#dfeee4"),
    "differs": ("合计不符", "does not add up", "#e2a19b"),
}


def summary_table(statements: pd.DataFrame, caption: tuple[str, str]) -> None:
    """Show how many statements of each kind hold, do not, and cannot be checked.

    Parameters
    ----------
    statements : DataFrame
        Of ``audit.statements``.
    """
    counts = pd.crosstab(statements["kind"], statements["verdict"])
    kinds = [kind for kind in KIND if kind in counts.index]
    verdicts = [verdict for verdict in VERDICT if verdict in counts.columns]
    counts = counts.loc[kinds, verdicts]
    shown = counts.astype(str).assign(all=counts.sum(axis=1).astype(str))
    shown.insert(0, "kind", [word(KIND, kind) for kind in kinds])
    headings = {"kind": ("核对方式", "Check")} | {verdict: VERDICT[verdict] for verdict in verdicts}
    headings["all"] = ("合计", "All")
    trace = [
        {
            verdict: _used(statements[statements["kind"].eq(kind) & statements["verdict"].eq(verdict)])
            for verdict in verdicts
        }
        for kind in kinds
    ]
    trace = [{column: ids or _used(statements) for column, ids in row.items()} for row in trace]
    table(shown, caption=caption, headings=headings, trace=trace)


def held(statements: pd.DataFrame) -> tuple[str, str]:
    """How many findings of each class are held against the issuer, and not reviewed, in both languages.

    Parameters
    ----------
    statements : DataFrame
        Of ``audit.statements``.
    """
    counts = statements["finding"].value_counts()
    named = [*HELD, *(["unreviewed"] if "unreviewed" in counts else [])]
    counted = [(*FINDING[name], counts.get(name, 0)) for name in named]
    return (
        "；".join(f"{zh} {count} 处" for zh, _, count in counted),
        "; ".join(f"{en}: {count}" for _, en, count in counted),
    )


def finding(check) -> str:
    """What the audit says of a check: the class of what does not hold, else the verdict.

    Parameters
    ----------
    check : Series or namedtuple
        A row of ``audit.run``.
    """
    if check.finding == "proven":
        return word(_PROOF, check.kind)
    if check.verdict == "contradicts":
        return word(FINDING, check.finding)
    return word(VERDICT, check.verdict)


def findings_table(
    checked: pd.DataFrame, package: Package, caption: tuple[str, str], *, classed: bool = False
) -> None:
    """Show checks that do not hold, one by one: both sides with their places, and what is to be said of it.

    Parameters
    ----------
    checked : DataFrame
        Rows of ``audit.run``; of ``consequence.rank``, where it is to be said what they concern, or that
        none of them concerns any of that and they stand in the order of the table.
    classed : bool
        Name the class of each finding, where they are of several.
    """
    figures, document = stored(package), codes.names(package.documents)
    shown = pd.DataFrame(
        {
            "subject": checked[f"subject_{of_data()}"].to_numpy(),
            "one": [side(check, "computed", figures, document) for check in checked.itertuples()],
            "other": [side(check, "told", figures, document) for check in checked.itertuples()],
            "finding": [finding(check) for check in checked.itertuples()],
            "concerns": [_concerns(check) for check in checked.itertuples()],
            "why": checked[f"reason_{of_data()}"].fillna("–").to_numpy(),
        }
    )
    headings = {
        **{"subject": ("内容", "What"), "one": ("一处", "Place one"), "other": ("另一处", "Place two")},
        **{"finding": ("类别", "Class"), "concerns": ("涉及", "Concerns"), "why": ("说明", "Why")},
    }
    if not classed:
        del headings["finding"]
    ranked = set(CONCERNS) <= set(checked)
    if not ranked or not checked[list(CONCERNS)].any(axis=None):
        del headings["concerns"]
    if ranked and len(checked) and "concerns" not in headings:
        caption = (caption[0] + _IN_ORDER[0], caption[1] + _IN_ORDER[1])
    trace = [{"one": list(check.rows), "other": list(check.told_rows)} for check in checked.itertuples()]
    table(shown, caption=caption, headings=headings, trace=trace)


def _concerns(check) -> str:
    """What a ranked check is about, as far as it decides its rank."""
    about = [word(CONCERN, name) for name in CONCERNS if getattr(check, name, False)]
    return words.joined(about) or "–"


def readings_table(readings: pd.DataFrame, package: Package, caption: tuple[str, str]) -> None:
    """Show readings that would reconcile two figures: what they reconcile, and what they compute to.

    Parameters
    ----------
    readings : DataFrame
        Of ``audit.readings``.
    """
    figures = stored(package)
    shown = pd.DataFrame(
        {
            "of": readings[f"of_{of_data()}"].to_numpy(),
            "reading": readings[f"subject_{of_data()}"].to_numpy(),
            "computed": [value(check, "computed", figures) for check in readings.itertuples()],
            "told": [
                f"{_RELATION[check.relation]} {value(check, 'told', figures)}"
                for check in readings.itertuples()
            ],
        }
    )
    headings = {
        **{
            "of": ("不符的一条", "What does not hold"),
            "reading": ("能调和的读法", "Reading that reconciles"),
        },
        **{"computed": ("按此读法", "By this reading"), "told": ("所写", "Stated")},
    }
    trace = [
        {"computed": list(check.rows), "told": list(check.told_rows or check.rows)}
        for check in readings.itertuples()
    ]
    table(shown, caption=caption, headings=headings, trace=trace)


def overlooked_table(pairs: pd.DataFrame, package: Package, caption: tuple[str, str]) -> None:
    """Show pairs of figures on one thing that differ and that nobody has looked at.

    Parameters
    ----------
    pairs : DataFrame
        Of ``audit.overlooked``.
    """
    figures, document = stored(package), codes.names(package.documents)

    def place(row: str) -> str:
        found = figures.loc[row]
        unit = measures.named(found["unit"], found["unit_en"])
        shown = words.figure(found["value"], unit, comparator=found["comparator"])
        return f"{shown} – {document[found['document']]} · {found['locator']}"

    region = codes.names(package.regions)
    first = figures.loc[pairs["one"]]
    shown = pd.DataFrame(
        {
            "what": [
                f"{row[f'name_{of_data()}']} · {region[row['region']]} · {row['period']}"
                for _, row in first.iterrows()
            ],
            "one": [place(row) for row in pairs["one"]],
            "other": [place(row) for row in pairs["other"]],
        }
    )
    headings = {"what": ("内容", "What"), "one": ("一处", "Place one"), "other": ("另一处", "Place two")}
    trace = [{"one": [pair.one], "other": [pair.other]} for pair in pairs.itertuples()]
    table(shown, caption=caption, headings=headings, trace=trace)


def unknown_table(checked: pd.DataFrame, caption: tuple[str, str]) -> None:
    """Show statements that stored figures cannot decide, with the reason."""
    shown = pd.DataFrame(
        {
            "subject": checked[f"subject_{of_data()}"].to_numpy(),
            "why": checked[f"reason_{of_data()}"].fillna(tr("有数字缺失", "a figure is missing")).to_numpy(),
        }
    )
    headings = {"subject": ("内容", "What"), "why": ("为何无法核对", "Why it cannot be checked")}
    table(shown, caption=caption, headings=headings)


def side(check, which: str, figures: pd.DataFrame, document: pd.Series) -> str:
    """One side of a check: its value, and the places of the figures it is made of, document by document."""
    ids = check.rows if which == "computed" else check.told_rows
    relation = "" if which == "computed" or check.relation == "=" else f"{_RELATION[check.relation]} "
    places = figures.loc[list(ids[:_NAMED]), ["document", "locator"]].fillna("")
    colon, semicolon, more = (
        ("：", "；", f"等 {len(ids)} 处") if current() == "zh" else (": ", "; ", f"{len(ids)} in all")
    )
    named = [
        colon.join(filter(None, (document[name], semicolon.join(filter(None, dict.fromkeys(part))))))
        for name, part in places.groupby("document", sort=False)["locator"]
    ]
    if len(ids) > _NAMED:
        named.append(more)
    text = check.expression if which == "computed" else check.stated
    ours = "" if _SINGLE.fullmatch(text) else tr("算得 ", "computed ")
    shown = f"{ours}{relation}{value(check, which, figures)}"
    return " – ".join([shown, *([semicolon.join(named)] if named else [])])


def value(check, which: str, figures: pd.DataFrame) -> str:
    """One side of a check as a figure alone, with its unit; a year is printed as one."""
    sides = [(check.expression, check.rows), (check.stated, check.told_rows)]
    (text, rows), other = sides if which == "computed" else sides[::-1]
    number = getattr(check, which)
    if _YEAR.search(text) and "**" not in text:
        return f"{int(number)}"
    unit = _unit(text, rows, figures) or _unit(*other, figures)
    return words.figure(number, unit, min(2, carried([number])))


def _unit(text: str, rows: tuple[str, ...], figures: pd.DataFrame) -> str:
    """Unit of a sum, a difference or a single figure; of other arithmetic it cannot be known."""
    made_of = figures.loc[list(rows), ["unit", "unit_en"]].dropna(subset="unit").drop_duplicates()
    if made_of["unit"].nunique() != 1 or re.search(r"[*/]|count|years", text):
        return ""
    unit, own = made_of.iloc[0]
    if unit == "%" and " - " in text:
        return "百分点"
    return measures.named(unit, own if len(made_of) == 1 else pd.NA)


def sums_map(sums: pd.DataFrame, package: Package, title: tuple[str, str]) -> None:
    """Heat map of sums over regions held against their totals: what each cell of the total has too much.

    Parameters
    ----------
    sums : DataFrame
        Of ``sums.parts_and_total``, with a column panel.
    """
    name = codes.names(package.indicators)
    shown = pd.DataFrame(
        {
            "panel": sums["panel"],
            "row": sums["period"],
            "column": name[sums["indicator"]].to_numpy(),
            "text": [words.number(d, signed=True) for d in sums["difference"]],
            "state": ["differs" if d else "closes" for d in sums["difference"]],
        }
    )
    heat_map(shown, title=title, states=_CLOSES)


def _used(rows: pd.DataFrame) -> list[str]:
    return sorted({row for side in (rows["rows"], rows["told_rows"]) for ids in side for row in ids})
