"""Rules for rows of ``checks`` beyond their types: expressions of rows that exist, classes with evidence."""

import math

import pandas as pd

from plan_monitor.audit.expression import parse
from plan_monitor.settle.parts import Part, Wrong, refused
from reportkit.decimals import carried
from reportkit.findings import Finding
from reportkit.wrong_cells import in_columns

_NAMED = ("targets", "observations", "standards", "projects", "milestones", "documents")
_THING = ["indicator", "region", "period"]
_COLUMNS = ["id", "document", "issued", "value", "comparator", "reading", "as_printed", *_THING]
_SIDES = ("expression", "stated")
_BORNE_OUT = ("changed", "rounding", "proven")  # classes that need evidence in the figures


def _checks(part: Part, parts: dict[str, Part], spoiled: set[str]) -> Wrong:
    tables = [other for other in parts.values() if other.table in _NAMED]
    # None where one of the tables could not be read, which has been reported
    figures = _figures(tables) if all(other.readable for other in tables) else None
    findings = [finding for side in _SIDES for finding in _side(part, side, figures)] + _completeness(part)
    if figures is not None:
        faulty = part.frame.index.isin([row for cells in in_columns(findings) for row in cells.rows])
        evident = part.frame[~faulty & part.frame["review"].isin(_BORNE_OUT)].dropna(subset="expression")
        for row, check in evident.iterrows():
            zh, en = next(((zh, en) for holds, zh, en in _evidence(check, figures) if not holds), ("", ""))
            if zh:
                findings.append(Finding(part.file, row, "review", check["review"], {"zh": zh, "en": en}))
    return findings


def _figures(tables: list[Part]) -> pd.DataFrame:
    """All rows that a check can name, with the columns that decide whether they can prove anything."""
    frames = [other.frame.reindex(columns=_COLUMNS).assign(table=other.table) for other in tables]
    rows = pd.concat(frames).drop_duplicates("id").set_index("id")
    document = rows["document"].mask(rows["table"].eq("documents"), rows.index.to_series())
    return rows.assign(document=document, issued=document.map(rows["issued"]))


def _side(part: Part, side: str, figures: pd.DataFrame | None) -> Wrong:
    """Expressions that cannot be read, and rows they name that do not exist."""
    findings = []
    for row, text in part.frame[side].dropna().items():
        unknown, expected = [], {"zh": "没有此编号的数据行", "en": "expected the id of a stored row"}
        try:
            unknown = [name for name in parse(text).rows if figures is not None and name not in figures.index]
        except ValueError as error:
            unknown, expected = [text], {"zh": f"应为方括号内行编号的算式：{error}", "en": str(error)}
        findings += [Finding(part.file, row, side, value, expected) for value in unknown]
    return findings


def _completeness(part: Part) -> Wrong:
    """Columns that need each other."""
    computed, reviewed = part.frame["expression"].notna(), part.frame["review"].notna()
    why = "没有算式时应说明为何不能检查", "expected why it cannot be checked, as it has no expression"
    sides = "有算式时必填", "expected a value, as there is an expression"
    review = "有评审结论时必填", "expected a value, as the check has been reviewed"
    needed = [
        (~computed, ("reason_zh", "reason_en"), why),
        (computed, ("relation", "stated"), sides),
        (computed & reviewed, ("gap", "reason_zh", "reason_en"), review),
    ]
    findings = []
    for rows, columns, expected in needed:
        for column in columns:
            findings += refused(part, rows & part.frame[column].isna(), column, *expected)
    return findings


def _evidence(check: pd.Series, figures: pd.DataFrame) -> list[tuple[bool, str, str]]:
    """Conditions of a class of ``_BORNE_OUT``: whether each holds, and in both languages what is expected."""
    used = figures.loc[[row for side in _SIDES for row in parse(check[side]).rows]]
    dates = used["issued"].dropna().nunique()
    if check["review"] == "changed":
        zh = "changed 应有一份较早、一份较晚的文件，都有日期"
        return [
            (dates > 1, zh, "expected, for changed, an earlier and a later document, both with their dates")
        ]
    if check["review"] == "rounding":
        zh = "rounding 只用于舍去小数：所写的数应是算出的数去掉后面的小数"
        en = "expected, for rounding, a stated figure that is the computed one, cut off"
        return [(_cut_off(check, figures), zh, en)]
    comparison = check["kind"] == "agreement"
    bare_rows = [check[side] for side in _SIDES] == [f"[{row}]" for row in used.index]
    plain = used["reading"].fillna("printed").eq("printed") & used["as_printed"].isna()
    return [
        (
            (comparison or check["kind"] == "arithmetic") and check["relation"] == "=",
            "proven 只用于重新计算（arithmetic）或两处对照（agreement），关系为 =",
            "expected, for proven, a check of kind arithmetic or agreement with the relation =",
        ),
        (
            (plain & used["comparator"].fillna("=").eq("=")).all(),
            "proven 所用的数应都是原文印出的数，没有“以上”“以下”",
            "expected, for proven, figures as printed and without “at least” or “at most”",
        ),
        (
            used["document"].nunique() == 1 or (dates == 1 and used["issued"].notna().all()),
            "两份文件日期不同或未填，后出的可能改了数：应为 changed 或 unclear",
            "expected changed or unclear: of documents of different or unknown dates, a later may have "
            "changed the figure",
        ),
        (
            not _cut_off(check, figures),
            "所写的数是算出的数舍去了小数，应为 rounding",
            "expected rounding: what is stated is what is computed, cut off",
        ),
        (
            not comparison or (bare_rows and len(used[_THING].drop_duplicates()) == 1),
            "两处对照而 proven 的，应是同一指标、地区、时期的两个数",
            "expected, for proven by comparison, two figures of the same indicator, region and period",
        ),
    ]


def _cut_off(check: pd.Series, figures: pd.DataFrame) -> bool:
    """Whether what is stated is what is computed without its last decimals (71.56 written as 71)."""

    def read(what: str, row: str) -> float:
        return float(figures.at[row, "value"]) if what == "value" else float("nan")

    computed, stated = (abs(parse(check[side]).evaluate(read)) for side in _SIDES)
    if pd.isna(computed) or pd.isna(stated):
        return False
    scale = 10 ** carried([stated])
    return computed > stated and math.floor(computed * scale) == round(stated * scale)


RULES = {"checks": _checks}
