"""What ``plan-monitor trace`` prints: tables of stored, computed and printed figures."""

from pathlib import Path

import pandas as pd
from rich.table import Table
from rich.text import Text

from plan_monitor.audit import checks as audit
from plan_monitor.audit import report as audited
from plan_monitor.data.figures import stored
from plan_monitor.data.package import Package
from plan_monitor.report import codes
from plan_monitor.trace import lookup
from reportkit import words
from reportkit.language import chosen, of_data, tr

_STORED = (
    *(("数字", "figure"), ("地区", "region"), ("文件", "document"), ("出处", "place")),
    *(("等级与读法", "grade and reading"), ("编号", "id")),
)
_FINDINGS = (("核对的内容", "what was checked"), ("类别", "class"), ("说明", "why"), ("编号", "id"))
_COMPUTED = (
    *(("算出的数", "computed figure"), ("数值", "value"), ("核对结果", "what the audit says")),
    ("由哪些数算出", "made of"),
)
_PRINTED = (
    *(("报告", "report"), ("表", "table"), ("印出的数", "as printed"), ("由哪些数据行算出", "stored rows")),
)
_MANY = 8  # ids named of a printed figure; the report's source notes have them all


def tables(package: Package, query: str, reports: Path) -> list[Table]:
    """Everything that a query of ``lookup.find`` leads to; the folder of published reports need not exist."""
    figures, checked = stored(package), audit.run(package)
    rows, computed = lookup.find(package, query), lookup.computed(checked, query)
    parts = (
        (("已入库的数字", "stored figures"), _STORED, _stored(rows, package)),
        (
            ("核查发现的不符", "what does not hold in the audit"),
            _FINDINGS,
            _findings(audit.statements(checked), rows),
        ),
        (("核查算出的数字", "figures the audit computes"), _COMPUTED, _computed(computed, figures)),
        (("报告里印出的数字", "figures printed in reports"), _PRINTED, _printed(reports, query)),
    )
    result = []
    for title, headings, lines in parts:
        table = Table(*map(chosen, headings), title=chosen(title), title_justify="left", box=None)
        for line in lines:
            table.add_row(*map(Text, line))
        result += [table] if lines else []
    return result


def _stored(rows: pd.DataFrame, package: Package) -> list[tuple[str, ...]]:
    region = rows["region"].map(codes.names(package.regions)).fillna(words.NOTHING)
    document = rows["document"].map(codes.names(package.documents))
    locator, records = rows["locator"].fillna(words.NOTHING), rows.to_dict("records")
    grades = [codes.grade(row) or words.NOTHING for row in records]
    return list(
        zip(map(codes.description, records), region, document, locator, grades, rows.index, strict=True)
    )


def _findings(statements: pd.DataFrame, rows: pd.DataFrame) -> list[tuple[str, ...]]:
    about = [audit.about(statements, [row]) for row in rows.index]
    checks = pd.concat([statements.iloc[:0], *about]).drop_duplicates("id")
    subject, reason = f"subject_{of_data()}", f"reason_{of_data()}"
    return [
        (check[subject], audited.finding(check), words.phrase([check[reason]]), check["id"])
        for _, check in checks.iterrows()
    ]


def _computed(computed: pd.DataFrame, figures: pd.DataFrame) -> list[tuple[str, ...]]:
    def named(row: str) -> str:
        return f"{figures.at[row, f'name_{of_data()}']} {words.number(figures.at[row, 'value'])} [{row}]"

    lines = []
    for check in computed.itertuples():
        value, made_of = (
            audited.value(check, "computed", figures),
            tr("；", "; ").join(map(named, check.rows)),
        )
        lines.append((getattr(check, f"subject_{of_data()}"), value, audited.finding(check), made_of))
    return lines


def _printed(reports: Path, query: str) -> list[tuple[str, ...]]:
    lines = []
    for row in lookup.printed(reports, query).itertuples():
        more = f" … ({len(row.ids)})" if len(row.ids) > _MANY else ""
        lines.append(
            (row.report, f"{row.table} · {row.heading}", row.cell, ", ".join(row.ids[:_MANY]) + more)
        )
    return lines
