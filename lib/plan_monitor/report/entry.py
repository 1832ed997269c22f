"""How spreadsheets became rows: what tables were taken for, how cells were read, what was drafted."""

import pandas as pd

from plan_monitor.data import labels
from plan_monitor.intake.adopt import Draft
from plan_monitor.intake.take import Taken
from plan_monitor.settle.defaults import Derived
from reportkit.language import current, of_data, tr
from reportkit.tables import table

_READ = {
    **{
        "locator": ("位置", "Place"),
        "printed": ("单元格显示", "The cell shows"),
        "indicator": ("指标", "Indicator"),
    },
    **{"period": ("时期", "Period"), "comparator": ("比较符", "Comparator"), "value": ("读作", "Read as")},
    **{"unit": ("单位", "Unit"), "kind": ("记为", "Taken for")},
}
_TABLES = {"targets": ("目标", "target"), "observations": ("实绩", "actual")}
_SHAPES = {
    **{"place": ("表", "Table"), "title": ("标题", "Title"), "shape": ("认作", "Understood as")},
    **{"document": ("记入文件", "Document"), "figures": ("取得的数", "Figures taken")},
}
_DRAFTED = {
    **{"name": ("指标", "Indicator"), "unit": ("单位", "Unit"), "direction": ("方向", "Direction")},
    **{
        "bounds": ("取值范围", "Bounds"),
        "nature": ("存量或流量", "Stock or flow"),
        "near": ("目录中相近的", "Near it"),
    },
}
_DERIVED = {
    **{
        "file": ("表", "Table"),
        "column": ("列", "Column"),
        "rows": ("行数", "Rows"),
        "rule": ("依据", "Rule"),
    },
}


def shapes_table(taken: Taken) -> None:
    """Each table of the files: where it stands, what it was taken for, and which document it is of."""
    rows = pd.DataFrame([one._asdict() | {"shape": one.shape[of_data()]} for one in taken.shapes])
    table(rows, caption=("认出的表", "Tables that were found"), headings=_SHAPES)


def cells_table(taken: Taken) -> None:
    """Every figure taken: what its cell shows, and what was read."""
    which = 0 if current() == "zh" else 1
    rows = pd.DataFrame([one._asdict() for one in taken.figures])
    rows["printed"] = rows["as_printed"].where(rows["as_printed"].ne(""), rows["value"])
    rows["kind"] = rows["table"].map({name: pair[which] for name, pair in _TABLES.items()})
    table(rows, caption=("逐格怎样读的", "How each cell was read"), headings=_READ)


def left_table(taken: Taken) -> None:
    """What was not taken, and why."""
    headings = {
        **{
            "place": ("位置", "Place"),
            "value": ("内容", "Content"),
            "why": ("为什么没有取", "Why it was left"),
        },
    }
    rows = pd.DataFrame(
        [one._asdict() | {"why": one.expected[of_data()]} for one in taken.left], columns=list(headings)
    )
    table(rows, caption=("没有取的", "What was left"), headings=headings)


def drafts_table(drafts: list[Draft]) -> None:
    """Indicators that were drafted, each definition proposed."""
    rows = [
        {
            "name": draft.row["name_zh"],
            "unit": draft.row["unit"],
            "direction": labels.shown("direction", draft.row["direction"]),
            "bounds": f"{draft.row['lower'] or '…'} – {draft.row['upper'] or '…'}",
            "nature": labels.shown("nature", draft.row["nature"]) if draft.row["nature"] else "–",
            "near": tr("、", ", ").join(name for _, name in draft.near) or "–",
        }
        for draft in drafts
    ]
    caption = ("起草的指标（拟定，待确认）", "Drafted indicators (proposed, to be confirmed)")
    table(pd.DataFrame(rows, columns=list(_DRAFTED)), caption=caption, headings=_DRAFTED)


def derived_table(derived: list[Derived]) -> None:
    """Columns that were filled in where rows leave them empty, and by which rule."""
    rows = pd.DataFrame(
        [one._asdict() | {"rule": one.rule[of_data()]} for one in derived], columns=list(_DERIVED)
    )
    table(rows, caption=("没有写、由程序补上的", "What was not written, and filled in"), headings=_DERIVED)
