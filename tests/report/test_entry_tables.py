"""How spreadsheets became rows, in tables: each table and cell as it was read, what was left, what was drafted."""

from plan_monitor.intake.adopt import Draft
from plan_monitor.intake.take.drafts import Figure, Left, Shape, Taken
from plan_monitor.report import entry
from plan_monitor.settle.defaults import Derived
from reportkit.language import use
from reportkit.table import TABLE, unpack
from traces import columns_of_figures


def figure(**changed):
    cells = dict.fromkeys(Figure._fields, "") | {"table": "targets", "indicator": "入园率", "period": "2025"}
    return Figure(**cells | {"comparator": ">=", "value": "95", "unit": "%", "locator": "表一 B2"} | changed)


def cells(bundle):
    return [[cell.text for cell in row] for row in unpack(bundle[TABLE])]


def taken(**parts):
    return Taken(**{"figures": [], "documents": [], "shapes": [], "left": [], "empty": 0} | parts)


def test_each_table_is_told_with_how_it_was_understood(shown):
    kind = {"zh": "行是指标", "en": "rows are indicators"}
    one = taken(shapes=[Shape("表一", "主要指标", kind, "某规划", 1200)])
    entry.shapes_table(one)
    assert cells(shown[0]) == [["表一", "主要指标", "行是指标", "某规划", "1,200"]]
    use("en")
    entry.shapes_table(one)
    assert cells(shown[1])[0][2] == "rows are indicators"


def test_each_cell_stands_beside_what_it_was_read_as(shown):
    rows = [
        figure(as_printed="95%以上"),
        figure(table="observations", value="1200.5", unit="人", comparator="="),
    ]
    entry.cells_table(taken(figures=rows))
    assert cells(shown[0]) == [
        ["表一 B2", "95%以上", "入园率", "2025", ">=", "95", "%", "目标"],
        ["表一 B2", "1200.5", "入园率", "2025", "=", "1200.5", "人", "实绩"],
    ]
    assert columns_of_figures(shown[0]) == ["时期", "读作"] and shown[0][TABLE]["mixed"] == [5]
    read = [row[5].value for row in unpack(shown[0][TABLE])]
    assert read == [95.0, 1200.5]


def test_what_was_left_has_its_reason(shown):
    why = {"zh": "不是数", "en": "no number"}
    entry.left_table(taken(left=[Left("表一 C3", "很多", why)]))
    use("en")
    entry.left_table(taken(left=[Left("表一 C3", "很多", why)]))
    assert [cells(bundle) for bundle in shown] == [
        [["表一 C3", "很多", "不是数"]],
        [["表一 C3", "很多", "no number"]],
    ]


def test_a_drafted_indicator_is_told_with_its_bounds_and_what_is_near_it(shown):
    row = {"name_zh": "入园率", "unit": "%", "direction": "up", "lower": "0", "upper": "", "nature": "stock"}
    near = [("a", "毛入园率"), ("b", "入园人数")]
    bare = row | {"direction": "", "lower": "", "upper": "100", "nature": ""}
    entry.drafts_table([Draft(row, "targets.csv", [2], near), Draft(bare, "targets.csv", [3], [])])
    first, second = cells(shown[0])
    assert first[:2] == ["入园率", "%"] and first[3] == "0 – …" and first[5] == "毛入园率、入园人数"
    assert second[2:] == ["–", "… – 100", "–", "–"]
    assert "–" not in (first[2], first[4])
    assert columns_of_figures(shown[0]) == ["取值范围"]
    use("en")
    entry.drafts_table([Draft(row, "targets.csv", [2], near)])
    assert cells(shown[1])[0][2:] == ["up", "0 – …", "stock", "毛入园率, 入园人数"]


def test_a_column_filled_in_has_its_rule(shown):
    rule = {"zh": "按目录", "en": "by the catalogue"}
    entry.derived_table([Derived("targets.csv", "unit", 1200, rule)])
    assert cells(shown[0]) == [["targets.csv", "unit", "1,200", "按目录"]]
