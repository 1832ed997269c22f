"""How spreadsheets became rows: how tables and cells were read, and what was drafted."""

from plan_monitor.intake.adopt import Draft
from plan_monitor.intake.take import Taken
from plan_monitor.settle import labels
from plan_monitor.settle.defaults import Derived
from reportkit.figure import Figure
from reportkit.language import chosen, tr, word
from reportkit.table import Column, table
from reportkit.words import NOTHING, number

_TABLES = {"targets": ("目标", "target"), "observations": ("实绩", "actual")}


def shapes_table(taken: Taken) -> None:
    """Each table of the files: its place, how it was understood, and its document."""
    shapes = taken.shapes
    columns = [
        Column(("表", "Table"), [shape.place for shape in shapes]),
        Column(("标题", "Title"), [shape.title for shape in shapes]),
        Column(("认作", "Understood as"), [chosen(shape.shape) for shape in shapes]),
        Column(("记入文件", "Document"), [shape.document for shape in shapes]),
        Column(("取得的数", "Figures taken"), [number(shape.figures) for shape in shapes]),
    ]
    table(("认出的表", "Tables that were found"), columns)


def cells_table(taken: Taken) -> None:
    """Every figure taken: what its cell shows, and how it was read."""
    rows = taken.figures
    columns = [
        Column(("位置", "Place"), [row.locator for row in rows]),
        Column(("单元格显示", "The cell shows"), [row.as_printed or row.value for row in rows]),
        Column(("指标", "Indicator"), [row.indicator for row in rows]),
        Column(("时期", "Period"), [row.period for row in rows], figures=True),
        Column(("比较符", "Comparator"), [row.comparator for row in rows]),
        Column(("读作", "Read as"), [Figure.printed(r.value, float(r.value)) for r in rows], mixed=True),
        Column(("单位", "Unit"), [row.unit for row in rows]),
        Column(("记为", "Taken for"), [word(_TABLES, row.table) for row in rows]),
    ]
    table(("逐格怎样读的", "How each cell was read"), columns)


def left_table(taken: Taken) -> None:
    """What was not taken, and why."""
    columns = [
        Column(("位置", "Place"), [cell.place for cell in taken.left]),
        Column(("内容", "Content"), [cell.value for cell in taken.left]),
        Column(("为什么没有取", "Why it was left"), [chosen(cell.expected) for cell in taken.left]),
    ]
    table(("没有取的", "What was left"), columns)


def drafts_table(drafts: list[Draft]) -> None:
    """Indicators that were drafted, each definition proposed."""
    rows, comma = [draft.row for draft in drafts], tr("、", ", ")
    bounds = [f"{row['lower'] or '…'} – {row['upper'] or '…'}" for row in rows]
    near = [comma.join(name for _, name in draft.near) or NOTHING for draft in drafts]

    def shown(field: str) -> list[str]:
        return [labels.shown(field, row[field]) if row[field] else NOTHING for row in rows]

    columns = [
        Column(("指标", "Indicator"), [row["name_zh"] for row in rows]),
        Column(("单位", "Unit"), [row["unit"] for row in rows]),
        Column(("方向", "Direction"), shown("direction")),
        Column(("取值范围", "Bounds"), bounds, figures=True),
        Column(("存量或流量", "Stock or flow"), shown("nature")),
        Column(("目录中相近的", "Near it"), near),
    ]
    table(("起草的指标（拟定，待确认）", "Drafted indicators (proposed, to be confirmed)"), columns)


def derived_table(derived: list[Derived]) -> None:
    """Columns that were filled in where rows left them empty, and the rule for each."""
    columns = [
        Column(("表", "Table"), [column.file for column in derived]),
        Column(("列", "Column"), [column.column for column in derived]),
        Column(("行数", "Rows"), [number(column.rows) for column in derived]),
        Column(("依据", "Rule"), [chosen(column.rule) for column in derived]),
    ]
    table(("没有写、由程序补上的", "What was not written, and filled in"), columns)
