"""What rows of ``checks`` must hold beyond their types: expressions that can be read, rows that exist."""

import pandas as pd

from plan_monitor.expression import parse
from plan_monitor.findings import Finding
from plan_monitor.validation import Part

_NAMED = ("targets", "observations", "standards", "projects", "milestones", "documents")


def findings(parts: dict[str, Part]) -> list[Finding]:
    """Everything wrong with the meaning of the rows of ``checks``."""
    part = parts["checks"]
    if part.frame.empty:
        return []
    ids = None  # unknown where one of the tables could not be read, which has been said
    if all(other.readable for other in parts.values() if other.table in _NAMED):
        ids = {row for other in parts.values() if other.table in _NAMED for row in other.frame["id"]}
    found = []
    for row, check in part.frame.iterrows():
        for column in ("expression", "stated"):
            found += _side(part.file, row, column, check[column], ids)
        found += _together(part.file, row, check)
    return found


def _side(file: str, row: int, column: str, text: str | None, ids: set[str] | None) -> list[Finding]:
    if pd.isna(text):
        return []
    try:
        named = parse(text).rows
    except ValueError as error:
        said = {"zh": f"应为方括号内行编号的算式：{error}", "en": str(error)}
        return [Finding(file, row, column, text, said)]
    unknown = [] if ids is None else [name for name in named if name not in ids]
    said = {"zh": "没有此编号的数据行", "en": "expected the id of a stored row"}
    return [Finding(file, row, column, name, said) for name in unknown]


def _together(file: str, row: int, check: pd.Series) -> list[Finding]:
    """Columns that need each other."""

    def lacks(column: str, zh: str, en: str) -> list[Finding]:
        missing = pd.isna(check[column])
        return [Finding(file, row, column, None, {"zh": zh, "en": en})] if missing else []

    if pd.isna(check["expression"]):
        zh, en = "没有算式时应说明为何不能检查", "expected why it cannot be checked, as it has no expression"
        return lacks("reason_zh", zh, en) + lacks("reason_en", zh, en)
    zh, en = "有算式时必填", "expected a value, as there is an expression"
    found = lacks("relation", zh, en) + lacks("stated", zh, en)
    if pd.notna(check["review"]):
        zh, en = "有评审结论时必填", "expected a value, as the check has been reviewed"
        found += [fault for column in ("gap", "reason_zh", "reason_en") for fault in lacks(column, zh, en)]
    return found
