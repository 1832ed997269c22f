"""Parts of a package, and rules of its rows: what is selected, which lag holds, which checksum differs."""

from dataclasses import replace

import pandas as pd
import pytest

from plan_monitor.data import checksums, validation
from plan_monitor.data.inspection import settled
from plan_monitor.data.package import find_data, load
from plan_monitor.settle.parts import Part
from reportkit.wrong_cells import Findings, in_columns

COUNTY, PROVINCE = "532399", "530000"


def test_rows_are_found_by_one_or_several_of_their_columns_in_the_tables_order(package):
    def ids(**values):
        return package.rows("observations", **values)["id"].tolist()

    assert ids(indicator=["retention-rate", "preschool-rate"]) == ["o-1", "o-2", "o-3"]
    assert ids(indicator=["preschool-rate"], document=["plan-1"]) == ["o-1"]
    assert ids(indicator=["none"]) == ids(indicator=["preschool-rate"], document=["none"]) == []
    assert ids(region=[COUNTY, COUNTY]) == ["o-1", "o-2", "o-3", "o-4"]


def test_promises_are_selected_by_document_and_measured_figures_stay(package):
    none = package.select(document="bulletin-1")
    assert none.targets.empty and len(none.observations) == 4
    own = package.select(document="plan-1", indicator=["retention-rate", "rural-income"])
    assert own.targets["id"].tolist() == ["t-2", "t-3"]
    assert own.observations["id"].tolist() == ["o-3", "o-4"]
    domain = package.select(domain="education")
    assert domain.targets["id"].tolist() == ["t-1", "t-2"] and len(domain.indicators) == 3
    assert package.select(domain="education", indicator="rural-income").targets.empty
    assert len(package.select(region="某县").targets) == 3 and package.select(region="某省").targets.empty
    with pytest.raises(KeyError):
        package.select(region="无此地")


def test_a_region_lies_within_those_above_it(package):
    assert package.above(COUNTY)[0] == PROVINCE and PROVINCE not in package.above(PROVINCE)
    assert package.within(PROVINCE) == [PROVINCE, COUNTY] and package.within(COUNTY) == [COUNTY]


@pytest.mark.parametrize(
    ("lags", "months"),
    [
        (["l-1,,,6"], [6, 6, 6]),
        (["l-2,plan-1,,10"], [10, 10, 10]),
        (["l-1,,,6", "l-2,plan-1,,10", "l-3,,rural-income,3"], [10, 10, 3]),
        (["l-2,bulletin-1,,10", "l-3,,rural-income,3"], [0, 0, 3]),
    ],
)
def test_the_lag_of_an_indicator_precedes_that_of_a_plan_and_this_that_of_all(folder, lags, months):
    path = folder / "publication_lags.csv"
    header = path.read_text(encoding="utf-8")
    path.write_text(header + "".join(f"{row},个月,bulletin-1,表1,,\n" for row in lags), encoding="utf-8")
    targets = load(folder).targets
    assert targets["lag"].tolist() == months
    assert targets["lag_id"].notna().tolist() == [lag > 0 for lag in months]


def test_a_proposed_indicator_is_marked_in_its_names(folder):
    indicators = pd.read_csv(folder / "indicators.csv", dtype="str").assign(proposed=["unit", None, None])
    indicators.to_csv(folder / "indicators.csv", index=False)
    names = load(folder).indicators
    assert names["name_zh"].tolist()[:2] == ["学前毛入园率（拟定）", "巩固率"]
    assert names["name_en"].tolist()[:2] == ["Preschool enrolment (proposed)", "Retention rate"]


def test_a_changed_byte_is_told_by_the_checksum_of_its_table(folder):
    checksums.record(folder)
    assert checksums.changed(folder) == []
    path = folder / "targets.csv"
    path.write_bytes(path.read_bytes().replace(b"95", b"96"))
    assert checksums.changed(folder) == ["targets"]


def found(parts, table, **columns):
    """What is wrong with a table whose columns hold other texts: row, column, value and message."""
    frame = parts[table].frame.copy()
    for name, cells in columns.items():
        frame[name] = pd.Series(cells, frame.index, dtype="str")
    changed = parts | {table: parts[table]._replace(frame=frame)}
    wrong = Findings(in_columns(validation.findings(changed, [])))
    return [
        (one.row, one.column, one.value, one.expected["en"]) for one in wrong if one.file == f"{table}.csv"
    ]


@pytest.fixture
def parts(folder):
    return settled(folder).parts


def test_a_figure_is_in_the_unit_of_its_indicator(parts):
    assert found(parts, "targets") == []
    assert found(parts, "targets", unit=["%", "人", "元"]) == [
        (3, "unit", "人", "expected the unit of retention-rate: %")
    ]
    outside = "expected a value within the indicator's bounds: 0 to 100"
    assert found(parts, "observations", value=["-0", "93", "100", "0"]) == []
    assert found(parts, "observations", value=["91", "93", "100.5", "0"]) == [(4, "value", "100.5", outside)]


def test_only_a_target_in_words_may_go_without_a_number(parts):
    expected = "expected a number; only a target of kind text may go without"
    assert found(parts, "targets", value=[None, "98", "1"]) == [(2, "value", None, expected)]
    assert found(parts, "targets", value=[None, "98", "1"], kind=["text", "floor", "level"]) == []


def test_an_indicator_is_like_others_and_has_room_between_its_bounds(parts):
    expected = "expected ids of other indicators, separated by blanks"
    assert found(parts, "indicators", alike=["retention-rate rural-income", None, None]) == []
    for alike in ("preschool-rate", "retention-rate none"):
        assert found(parts, "indicators", alike=[alike, None, None]) == [(2, "alike", alike, expected)]
    above = "expected an upper bound above the lower one"
    assert found(parts, "indicators", lower=["0", "99.9", "0"]) == []
    assert found(parts, "indicators", lower=["0", "100", "0"]) == [(3, "upper", "100", above)]


@pytest.mark.parametrize(("levels", "wrong"), [(10, 0), (11, 1), (12, 2)])
def test_regions_hang_below_each_other_ten_times_at_most(levels, wrong):
    codes = [f"{number}" for number in range(levels + 1)]
    frame = pd.DataFrame({"code": codes, "parent": [None, *codes[:-1]]}, range(2, levels + 3), dtype="str")
    part = Part("regions", "regions.csv", frame, {"fields": []}, True)
    findings = Findings(in_columns(validation.findings({"regions": part}, [])))
    assert len(findings) == wrong


def test_regions_that_run_in_a_circle_are_all_told(parts):
    rows = found(parts, "regions", parent=["532399", "530000"])
    assert [(row, column) for row, column, *_ in rows] == [(2, "parent"), (3, "parent")]
    assert rows[0][3] == "expected a region above; the chain of parents runs in a circle"


def test_another_package_has_its_own_rows(package):
    other = replace(package, observations=package.observations[:1])
    assert len(other.rows("observations", region=[COUNTY])) == 1
    assert len(package.rows("observations", region=[COUNTY])) == 4


def test_selected_rows_keep_their_columns_and_are_counted_anew(package):
    rows = package.rows("observations", document=["plan-1"], region=[COUNTY])
    assert rows["id"].tolist() == ["o-1", "o-3", "o-4"] and rows.index.tolist() == [0, 1, 2]
    assert rows.columns.tolist() == package.observations.columns.tolist()


def test_the_nearest_row_of_each_period_is_that_of_the_region_or_of_one_above(package):
    lines = [
        ("a", PROVINCE, "2021", 6.0),
        ("b", COUNTY, "2022", 7.0),
        ("c", PROVINCE, "2022", 8.0),
        ("d", "x", "2023", 9.0),
    ]
    rows = pd.DataFrame(lines, columns=["id", "region", "period", "line"])
    other = replace(package, monitoring_lines=rows)
    found = other.nearest("monitoring_lines", COUNTY)
    assert found["id"].tolist() == ["a", "b"] and found.columns.tolist() == rows.columns.tolist()
    assert other.nearest("monitoring_lines", PROVINCE)["id"].tolist() == ["a", "c"]


def test_the_frame_that_a_package_is_made_of_stays_apart(package):
    rows = package.targets
    other = replace(package, targets=rows)
    rows.loc[0, "value"] = -1.0
    assert other.targets.loc[0, "value"] == 95 and "computed" not in repr(other)


def test_rows_are_synthetic_where_any_of_their_documents_is(package):
    documents = package.documents.assign(type=["plan", "synthetic"])
    other = replace(package, documents=documents)
    assert not other.synthetic(other.targets) and other.synthetic(other.observations)
    assert not package.synthetic(package.observations)


def test_a_region_that_nobody_knows_is_told_with_the_nearest_or_with_all(package):
    with pytest.raises(KeyError, match=f"no region 'Atlantis'; known: {PROVINCE} 某省, {COUNTY} 某县"):
        package.region_code("Atlantis")
    twice = package.regions.assign(name_zh=["某县", "某县"])
    with pytest.raises(KeyError, match=r"no region .某县.; nearest: .*某县"):
        replace(package, regions=twice).region_code("某县")
    assert package.region_code("A county") == COUNTY == package.region_code(COUNTY)
    with pytest.raises(KeyError, match="no region '南京市'; known: "):  # one of another province
        package.region_code("南京市")


def test_of_several_lags_for_all_promises_the_first_holds(folder):
    path = folder / "publication_lags.csv"
    header = path.read_text(encoding="utf-8")
    rows = ["l-1,,,6", "l-2,,,9"]
    path.write_text(header + "".join(f"{row},个月,bulletin-1,表1,,\n" for row in rows), encoding="utf-8")
    assert load(folder).targets["lag"].tolist() == [6, 6, 6]


def test_a_package_is_in_the_folder_that_was_named(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    assert str(load(folder.name).path) == folder.name and load(folder).path == folder


def test_the_data_are_those_of_the_nearest_folder_upwards(folder, tmp_path, monkeypatch):
    (tmp_path / "a/b").mkdir(parents=True)
    folder.rename(tmp_path / "data")
    monkeypatch.chdir(tmp_path / "a/b")
    assert find_data() == tmp_path / "data" and str(find_data("x")) == "x"
    (tmp_path / "a/data").mkdir()
    assert find_data() == tmp_path / "data"  # a folder without a descriptor is none
    (tmp_path / "data").rename(tmp_path / "elsewhere")
    with pytest.raises(FileNotFoundError, match="name the data folder"):
        find_data()


def test_figures_of_an_unknown_indicator_are_in_no_wrong_unit(parts):
    assert found(parts, "targets", indicator=["none", "retention-rate", None], unit=["人", "%", "人"]) == []
    out = {"zh": "指标 rural-income 的单位应为“元”", "en": "expected the unit of rural-income: 元"}
    frame = parts["targets"].frame.assign(unit=["%", "%", "人"])
    changed = parts | {"targets": parts["targets"]._replace(frame=frame)}
    (finding,) = Findings(in_columns(validation.findings(changed, [])))
    assert finding.expected == out


def test_units_of_promises_that_cannot_be_read_are_not_held_against_them(parts):
    rows = {"id": ["r-1"], "document": ["plan-1"], "promise": ["t-9"], "unit_zh": ["局"], "unit_en": [None]}
    frame = pd.DataFrame(rows, [2], dtype="str")
    part = Part("responsibilities", "responsibilities.csv", frame, {"fields": []}, True)
    asked = parts | {"responsibilities": part}
    assert [one.value for one in Findings(in_columns(validation.findings(asked, [])))] == ["t-9"]
    unread = asked | {"milestones": parts["milestones"]._replace(readable=False)}
    assert not Findings(in_columns(validation.findings(unread, [])))


def test_promises_of_another_document_and_other_english_names_are_told_once(parts):
    rows = [
        ("t-1", "局", "Office"),
        ("t-2", "局", "Bureau"),
        ("t-3", "局", "Office"),
        ("t-3", "局", None),
        (None, "站", None),
    ]
    cells = pd.DataFrame(rows, range(2, 7), columns=["promise", "unit_zh", "unit_en"], dtype="str")
    frame = cells.assign(id=[f"r-{n}" for n in range(5)], document=["plan-1"] * 4 + ["bulletin-1"]).astype(
        "str"
    )
    part = Part("responsibilities", "responsibilities.csv", frame, {"fields": []}, True)
    wrong = Findings(in_columns(validation.findings(parts | {"responsibilities": part}, [])))
    assert [(one.row, one.column, one.value) for one in wrong] == [(3, "unit_en", "Bureau")]
    assert wrong[0].expected == {
        "zh": "同一单位的英文名应一致：Office", "en": "expected one English name for each unit: Office"
    }  # fmt: skip
    moved = part._replace(frame=frame.assign(document=["plan-1"] * 3 + ["bulletin-1"] * 2, unit_en=None))
    wrong = Findings(in_columns(validation.findings(parts | {"responsibilities": moved}, [])))
    assert [(one.row, one.column, one.expected["zh"]) for one in wrong] == [
        (5, "document", "应与所指的承诺同属一份文件")
    ]
