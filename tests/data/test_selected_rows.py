"""Parts of a package, and rules of its rows: what is selected, which lag holds, which checksum differs."""

from dataclasses import replace

import pandas as pd
import pytest

from plan_monitor.data import checksums, validation
from plan_monitor.data.inspection import settled
from plan_monitor.data.package import load
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
