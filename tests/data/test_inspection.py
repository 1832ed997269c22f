"""A folder read as a whole: what a descriptor that cannot be used is told in either language, what follows from what."""

import pandas as pd
import pytest
import yaml

from plan_monitor import check
from plan_monitor.data.inspection import inspect, settled
from plan_monitor.data.tables import TABLES


def told(findings):
    return [(one.file, one.column, one.expected["zh"], one.expected["en"]) for one in findings]


def described(folder, change):
    """Let a function change the descriptor of a folder."""
    path = folder / "datapackage.yaml"
    descriptor = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(descriptor["resources"])
    path.write_text(yaml.safe_dump(descriptor, allow_unicode=True), encoding="utf-8")


def test_a_folder_without_a_description_is_told_in_both_languages(tmp_path):
    zh = f"{tmp_path} 中应有此文件（数据包说明）"
    en = f"expected this file, the package's description, in {tmp_path}"
    assert told(check(tmp_path)) == [("datapackage.yaml", None, zh, en)]


def test_a_description_that_is_no_yaml_is_told_by_the_first_line_of_what_is_wrong(folder):
    (folder / "datapackage.yaml").write_text("resources: [", encoding="utf-8")
    problem = "while parsing a flow node"
    zh, en = f"应为有效的数据包说明：{problem}", f"expected a valid data package descriptor: {problem}"
    assert told(check(folder)) == [("datapackage.yaml", None, zh, en)]


def test_a_table_that_is_missing_and_one_that_nobody_knows_are_told_in_both_languages(folder):
    def change(resources):
        next(one for one in resources if one["name"] == "fund")["name"] = "funds"

    described(folder, change)
    known = ", ".join(TABLES)
    assert told(check(folder)) == [
        ("datapackage.yaml", "fund", "数据包说明应列出此表", "expected this table in the descriptor"),
        ("datapackage.yaml", "funds", f"未知的表；应为：{known}", f"expected one of: {known}"),
    ]


def test_a_table_that_came_later_may_be_missing_and_has_all_its_columns(folder):
    def change(resources):
        resources[:] = [one for one in resources if not TABLES[one["name"]].new]

    described(folder, change)
    tables, findings, _ = inspect(folder)
    assert not findings and list(tables) == list(TABLES)
    assert tables["requests"].empty and "target" in tables["requests"]


def test_where_something_is_wrong_there_are_no_tables(folder):
    path = folder / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",95,", ",many,"), encoding="utf-8")
    tables, findings, _ = inspect(folder)
    assert tables == {} and [(one.row, one.value) for one in findings] == [(2, "many")]


def test_a_part_that_cannot_be_read_is_no_empty_table(folder):
    (folder / "regions.csv").write_bytes(b"")
    parts = settled(folder).parts
    assert not parts["regions"].readable and parts["targets"].readable
    assert parts["fund"].readable and parts["fund"].frame.empty


@pytest.mark.parametrize(
    ("indicators", "told_of"),
    [
        # a unit that would follow from the indicator is not missed where this is unknown
        (["pre-school", "retention-rate", "rural-income"], [(2, "indicator")]),
        ([None, "retention-rate", "rural-income"], [(2, "indicator")]),
        (["preschool-rate", "retention-rate", "rural-income"], []),
    ],
)
def test_what_would_follow_from_a_right_indicator_is_not_missed(folder, indicators, told_of):
    rows = pd.read_csv(folder / "targets.csv", dtype="str").assign(indicator=indicators, unit=None)
    rows.to_csv(folder / "targets.csv", index=False)
    assert [(one.row, one.column) for one in check(folder)] == told_of


def test_a_unit_that_is_wrong_itself_is_told_beside_an_unknown_indicator(folder):
    rows = pd.read_csv(folder / "observations.csv", dtype="str")
    rows.loc[0, "indicator"] = "pre-school"
    rows.loc[0, "unit"] = "x" * 3 + "<b>"
    rows.to_csv(folder / "observations.csv", index=False)
    assert {(one.row, one.column) for one in check(folder)} >= {(2, "indicator"), (2, "unit")}
