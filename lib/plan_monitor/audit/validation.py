"""What rows of ``checks`` must hold beyond their types: expressions that can be read, rows that exist, and a
class that the figures bear out.
"""

import math

import pandas as pd

from plan_monitor.audit.expression import parse
from plan_monitor.settle.parts import Part
from reportkit.decimals import carried
from reportkit.findings import Finding

_NAMED = ("targets", "observations", "standards", "projects", "milestones", "documents")
_THING = ["indicator", "region", "period"]


def _checks(part: Part, parts: dict[str, Part], spoiled: set[str]) -> list[Finding]:
    tables = [other for other in parts.values() if other.table in _NAMED]
    # unknown where one of the tables could not be read, which has been said
    figures = _figures(tables) if all(other.readable for other in tables) else None
    findings = []
    for row, check in part.frame.iterrows():
        faults = []
        for column in ("expression", "stated"):
            faults += _side(part.file, row, column, check[column], figures)
        faults += _together(part.file, row, check)
        if not faults and figures is not None and pd.notna(check["review"]):
            faults += _evidence(part.file, row, check, figures)
        findings += faults
    return findings


def _figures(tables: list[Part]) -> pd.DataFrame:
    """All rows that a check can name, with what says whether they can prove anything."""
    frames = [other.frame.assign(table=other.table) for other in tables]
    rows = pd.concat(frames).drop_duplicates("id").set_index("id")
    document = rows["document"].mask(rows["table"].eq("documents"), rows.index.to_series())
    return rows.assign(document=document, issued=document.map(rows["issued"]))


def _side(file: str, row: int, column: str, text: str | None, figures: pd.DataFrame | None) -> list[Finding]:
    if pd.isna(text):
        return []
    try:
        named = parse(text).rows
    except ValueError as error:
        expected = {"zh": f"应为方括号内行编号的算式：{error}", "en": str(error)}
        return [Finding(file, row, column, text, expected)]
    unknown = [] if figures is None else [name for name in named if name not in figures.index]
    expected = {"zh": "没有此编号的数据行", "en": "expected the id of a stored row"}
    return [Finding(file, row, column, name, expected) for name in unknown]


def _together(file: str, row: int, check: pd.Series) -> list[Finding]:
    """Columns that need each other."""

    def lacks(column: str, zh: str, en: str) -> list[Finding]:
        missing = pd.isna(check[column])
        return [Finding(file, row, column, None, {"zh": zh, "en": en})] if missing else []

    if pd.isna(check["expression"]):
        zh, en = "没有算式时应说明为何不能检查", "expected why it cannot be checked, as it has no expression"
        return lacks("reason_zh", zh, en) + lacks("reason_en", zh, en)
    zh, en = "有算式时必填", "expected a value, as there is an expression"
    findings = lacks("relation", zh, en) + lacks("stated", zh, en)
    if pd.notna(check["review"]):
        zh, en = "有评审结论时必填", "expected a value, as the check has been reviewed"
        findings += [fault for column in ("gap", "reason_zh", "reason_en") for fault in lacks(column, zh, en)]
    return findings


def _evidence(file: str, row: int, check: pd.Series, figures: pd.DataFrame) -> list[Finding]:
    """What a class lacks: a proof must be in the figures, a change needs an earlier and a later document."""
    named = [list(parse(check[side]).rows) for side in ("expression", "stated")]
    used = figures.loc[[*named[0], *named[1]]]
    dates = used["issued"].dropna().nunique()
    lacks = []
    if check["review"] == "proven":
        alike = check["kind"] != "agreement" or _same_thing(check, named, used)
        lacks = [
            (
                check["kind"] in ("arithmetic", "agreement") and check["relation"] == "=",
                "proven 只用于重新计算（arithmetic）或两处对照（agreement），关系为 =",
                "expected, for proven, a check of kind arithmetic or agreement with the relation =",
            ),
            (
                _printed(used),
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
                alike,
                "两处对照而 proven 的，应是同一指标、地区、时期的两个数",
                "expected, for proven by comparison, two figures of the same indicator, region and period",
            ),
        ]
    elif check["review"] == "changed":
        zh = "changed 应有一份较早、一份较晚的文件，都有日期"
        en = "expected, for changed, an earlier and a later document, both with their dates"
        lacks = [(dates > 1, zh, en)]
    elif check["review"] == "rounding":
        zh = "rounding 只用于舍去小数：所写的数应是算出的数去掉后面的小数"
        en = "expected, for rounding, a stated figure that is the computed one, cut off"
        lacks = [(_cut_off(check, figures), zh, en)]
    messages = [{"zh": zh, "en": en} for holds, zh, en in lacks if not holds]
    return [Finding(file, row, "review", check["review"], expected) for expected in messages[:1]]


def _cut_off(check: pd.Series, figures: pd.DataFrame) -> bool:
    """Whether what is stated is what is computed without its last decimals (71.56 written as 71)."""

    def read(what: str, row: str) -> float:
        return float(figures.at[row, "value"]) if what == "value" else float("nan")

    computed, stated = (abs(parse(check[side]).evaluate(read)) for side in ("expression", "stated"))
    if pd.isna(computed) or pd.isna(stated):
        return False
    scale = 10 ** carried([stated])
    return computed > stated and math.floor(computed * scale) == round(stated * scale)


def _printed(used: pd.DataFrame) -> bool:
    """Whether all figures are the documents' own, and exact."""
    plain = used["reading"].isna() | used["reading"].eq("printed")
    exact = used["comparator"].isna() | used["comparator"].eq("=")
    return bool((plain & exact & used["as_printed"].isna()).all())


def _same_thing(check: pd.Series, named: list[list[str]], used: pd.DataFrame) -> bool:
    """Whether two single figures are of one thing."""
    single = [check["expression"], check["stated"]] == [f"[{names[0]}]" if names else "" for names in named]
    return single and len(used) == 2 and len(used[_THING].drop_duplicates()) == 1


RULES = {"checks": _checks}
