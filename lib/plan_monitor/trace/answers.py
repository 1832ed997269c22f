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
from reportkit.language import current, of_data, tr

_STORED = {
    **{"figure": ("数字", "figure"), "region": ("地区", "region"), "document": ("文件", "document")},
    **{"locator": ("出处", "place"), "grade": ("等级与读法", "grade and reading"), "id": ("编号", "id")},
}
_COMPUTED = {
    **{"what": ("算出的数", "computed figure"), "value": ("数值", "value")},
    "finding": ("核对结果", "what the audit says"),
    "made_of": ("由哪些数算出", "made of"),
}
_FOUND = {
    **{"what": ("核对的内容", "what was checked"), "finding": ("类别", "class")},
    **{"why": ("说明", "why"), "id": ("编号", "id")},
}
_PRINTED = {
    **{"report": ("报告", "report"), "table": ("表", "table"), "cell": ("印出的数", "as printed")},
    "made_of": ("由哪些数据行算出", "stored rows"),
}
_MANY = 8  # ids named of a printed figure; the report's source notes have them all


def tables(package: Package, query: str, reports: Path) -> list[Table]:
    """Everything that a figure or an indicator leads to; an empty list where that is nothing.

    Parameters
    ----------
    package, query
        As for ``lookup.find``.
    reports : Path
        Folder of published reports; it need not exist.
    """
    figures, checked = stored(package), audit.run(package)
    statements = audit.statements(checked)
    known, computed = lookup.find(package, query), lookup.computed(checked, query)
    parts = (
        (("已入库的数字", "stored figures"), _STORED, _stored(known, package)),
        (("核查发现的不符", "what does not hold in the audit"), _FOUND, _found(statements, known)),
        (("核查算出的数字", "figures the audit computes"), _COMPUTED, _computed(computed, figures)),
        (("报告里印出的数字", "figures printed in reports"), _PRINTED, _printed(reports, query)),
    )
    return [_table(title, headings, rows) for title, headings, rows in parts if rows]


def _table(title: tuple[str, str], headings: dict[str, tuple[str, str]], rows: list[dict[str, str]]) -> Table:
    which = int(current() != "zh")
    names = (pair[which] for pair in headings.values())
    table = Table(*names, title=title[which], title_justify="left", box=None)
    for row in rows:
        table.add_row(*(Text(row[column]) for column in headings))
    return table


def _stored(rows: pd.DataFrame, package: Package) -> list[dict[str, str]]:
    region, document = codes.names(package.regions), codes.names(package.documents)
    found = []
    for row_id, row in rows.iterrows():
        found.append(
            {
                "figure": codes.said(row),
                "region": "–" if pd.isna(row["region"]) else region[row["region"]],
                "document": document[row["document"]],
                "locator": "–" if pd.isna(row["locator"]) else row["locator"],
                "grade": codes.grade(row) or "–",
                "id": row_id,
            }
        )
    return found


def _found(statements: pd.DataFrame, known: pd.DataFrame) -> list[dict[str, str]]:
    about = [audit.about(statements, [row]) for row in known.index]
    found = pd.concat([statements.iloc[:0], *about]).drop_duplicates("id")
    return [
        {
            "what": getattr(check, f"subject_{of_data()}"),
            "finding": audited.finding(check),
            "why": "–" if pd.isna(check.reason_zh) else getattr(check, f"reason_{of_data()}"),
            "id": check.id,
        }
        for check in found.itertuples()
    ]


def _computed(computed: pd.DataFrame, figures: pd.DataFrame) -> list[dict[str, str]]:
    comma = tr("；", "; ")
    return [
        {
            "what": getattr(check, f"subject_{of_data()}"),
            "value": audited.value(check, "computed", figures),
            "finding": audited.finding(check),
            "made_of": comma.join(
                f"{figures.at[row, f'name_{of_data()}']} {words.number(figures.at[row, 'value'])} [{row}]"
                for row in check.rows
            ),
        }
        for check in computed.itertuples()
    ]


def _printed(reports: Path, query: str) -> list[dict[str, str]]:
    return [
        {
            "report": row.report,
            "table": f"{row.table} · {row.heading}",
            "cell": row.cell,
            "made_of": ", ".join(row.ids[:_MANY]) + (f" … ({len(row.ids)})" if len(row.ids) > _MANY else ""),
        }
        for row in lookup.printed(reports, query).itertuples()
    ]
