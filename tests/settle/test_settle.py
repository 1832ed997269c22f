"""What people write is settled once: names for ids, labels for codes, gaps filled by rule, nothing guessed."""

import pandas as pd
import pytest

from plan_monitor import check, load
from plan_monitor.data.package import inspect


@pytest.fixture
def write(folder):
    """Write rows (column → text) of a table in place of its own."""

    def written(table, *rows):
        pd.DataFrame(list(rows)).to_csv(folder / f"{table}.csv", index=False)
        return check(folder)

    return written


TARGET = {"文件": "某县教育规划", "指标": "学前毛入园率", "地区": "某县", "时期": "2025年", "目标值": "95%"}


def test_five_cells_are_a_promise(write, folder):
    assert write("targets", TARGET) == []
    row = load(folder).targets.iloc[0]
    assert row[["document", "indicator", "region", "period"]].tolist() == [
        "plan-1",
        "preschool-rate",
        "532399",
        "2025",
    ]
    assert row[["value", "unit", "comparator", "kind", "reading"]].tolist() == [
        95,
        "%",
        ">=",
        "level",
        "printed",
    ]
    assert row["base_period"] == "2020"  # the figure that the plan itself gives before its own time
    assert row["locator"] == "录入表 targets.csv 第 2 行（未写原文位置）"
    derived = {(one.file, one.column): one.rows for one in inspect(folder)[2]}
    assert {derived["targets.csv", name] for name in ("kind", "comparator", "base_period")} == {1}


def test_an_id_that_was_made_stays_when_rows_are_put_before(write, folder):
    write("targets", TARGET)
    made = load(folder).targets["id"].iloc[0]
    assert write("targets", TARGET | {"指标": "巩固率"}, TARGET) == []
    assert load(folder).targets["id"].iloc[1] == made


@pytest.mark.parametrize(
    ("change", "kind", "comparator"),
    [
        ({"目标值": "90"}, "floor", ">="),  # 91 in 2020
        ({"目标值": "≤90"}, "level", "<="),
        ({"指标": "农民收入", "时期": "2021-2025", "目标值": "90000"}, "cumulative", ">="),
    ],
)
def test_the_kind_of_a_promise_follows_from_its_sign_and_its_base(write, folder, change, kind, comparator):
    assert write("targets", TARGET | change) == []
    assert load(folder).targets[["kind", "comparator"]].iloc[0].tolist() == [kind, comparator]


def test_a_span_of_years_of_a_stock_has_two_readings(write):
    found = write("targets", TARGET | {"时期": "2021-2025"})
    assert [(f.row, f.column) for f in found] == [(2, "kind")]


@pytest.mark.parametrize(
    ("change", "column", "expected"),
    [
        ({"地区": "鼓楼区"}, "region", "several: 江苏省南京市鼓楼区"),
        ({"地区": "某乡"}, "region", "listed in regions.csv"),
        ({"指标": "学前毛入园"}, "indicator", "nearest: 学前毛入园率 (preschool-rate)"),
        ({"文件": "另一规划"}, "document", "listed in documents.csv"),
        ({"时期": "2020.1"}, "period", "2020-01"),
        ({"目标值": "95人"}, "value", "is 95 人 meant as 95 %"),
        ({"目标值": "90-95"}, "value", "90"),
        ({"目标值": ""}, "value", "only a target of kind text may go without"),  # forgotten, or only words
    ],
)
def test_what_cannot_be_told_is_asked(write, change, column, expected):
    found = write("targets", TARGET | change)
    assert [(f.row, f.column) for f in found] == [(2, column)]
    assert expected in found[0].expected["en"]


def test_a_note_and_a_total_are_one_finding_each(write):
    blank = dict.fromkeys(TARGET, "")
    found = write("targets", TARGET, blank | {"文件": ""} | {"目标值": "95"}, blank | {"说明": "注：虚构"})
    assert [(f.row, f.column) for f in found] == [(3, None), (4, None)]
    assert "row of data" in found[0].expected["en"]


def test_a_note_is_shown_by_its_first_forty_characters(write):
    note = "注:" + "".join(map(str, range(30)))
    found = write("targets", TARGET, dict.fromkeys(TARGET, "") | {"目标值": note})
    assert [one.value for one in found] == [note[:40]]


def test_two_faults_of_a_column_are_told_each_with_its_own_reason(write):
    years = ("2020.1", "2021.1", "2025年")
    found = write("targets", *(TARGET | {"时期": year} for year in years))
    assert [(one.row, one.value) for one in found] == [(2, "2020.1"), (3, "2021.1")]
    assert ["2020-10" in one.expected["en"] for one in found] == [True, False]
    assert "2021-10" in found[1].expected["en"]


def test_the_nearest_are_looked_for_twenty_names_of_a_column(write):
    found = write("targets", *(TARGET | {"指标": f"学前毛入园{at}"} for at in range(22)))
    assert ["nearest" in one.expected["en"] for one in found] == [True] * 20 + [False] * 2


def test_a_place_of_the_country_brings_those_above(write, folder):
    assert write("targets", TARGET | {"地区": "江苏镇江"}) == []
    package = load(folder)
    assert package.targets["region"].tolist() == ["321100"]
    assert package.above("321100") == ["320000", "100000"]
    assert package.regions.set_index("code").loc["321100", ["name_zh", "name_en", "level"]].tolist() == [
        "镇江市",
        "Zhenjiang",
        "prefecture",
    ]


def test_a_county_is_not_taken_for_the_prefecture_in_its_name(write, folder):
    assert write("targets", TARGET | {"地区": "大理州祥云县"}) == []
    assert load(folder).targets["region"].tolist() == ["532923"]


def test_other_names_are_names(write, folder):
    indicators = pd.read_csv(folder / "indicators.csv", dtype="str").assign(
        aliases=["入园率；三年入园率", None, None]
    )
    indicators.to_csv(folder / "indicators.csv", index=False)
    assert write("targets", TARGET | {"指标": "三年入园率"}) == []
    assert load(folder).targets["indicator"].tolist() == ["preschool-rate"]


def test_merged_cells_and_hidden_rows_are_no_data(folder, tmp_path):
    """A workbook of a package: who merges cells leaves open whether the others hold the same."""
    import xlsxwriter
    import yaml

    path = folder / "datapackage.yaml"
    descriptor = yaml.safe_load(path.read_text(encoding="utf-8"))
    schema = next(one["schema"] for one in descriptor["resources"] if one["name"] == "targets")
    sheet = {"name": "targets-sheet", "table": "targets", "path": "tables.xlsx", "schema": schema}
    descriptor["resources"].append(sheet | {"dialect": {"sheet": "目标"}})
    path.write_text(yaml.safe_dump(descriptor, allow_unicode=True), encoding="utf-8")
    with xlsxwriter.Workbook(folder / "tables.xlsx") as book:
        page = book.add_worksheet("目标")
        page.write_row(0, 0, TARGET)
        for row in (1, 2, 3):
            page.write_row(row, 0, (TARGET | {"时期": f"203{row}年"}).values())
        page.merge_range("C2:C3", "某县")
        page.set_row(3, None, None, {"hidden": True})
    found = [(f.row, f.column, f.expected["en"]) for f in check(folder)]
    assert [place[:2] for place in found] == [(2, "region"), (3, "region"), (4, None)]
    assert "merged" in found[0][2] and "hides" in found[2][2]
