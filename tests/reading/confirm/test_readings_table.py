"""The table of readings: a figure that somebody accepted is the row that it names."""

import pytest
import yaml

from plan_monitor import load
from plan_monitor.data.package import check

pytestmark = pytest.mark.slow

HEADER = (
    "document,start,digest,role,indicator_zh,indicator,region,period,comparator,value,unit,kind,locator,"
    "decision,row,note_zh,note_en\n"
)
ACCEPTED = (
    "plan-1,12,0123456789ab,target,学前毛入园率,preschool-rate,532399,2025,>=,95,%,level,第二章,yes,t-1,,\n"
)


@pytest.fixture
def readings(folder):
    """Write the rows of a small package's table, and say what is wrong with them."""

    def write(rows):
        (folder / "readings.csv").write_text(HEADER + rows, encoding="utf-8")
        return [(one.file, one.row, one.column, one.expected["en"]) for one in check(folder)]

    return write


def test_a_reading_that_is_its_row_is_fine(readings, folder):
    assert readings(ACCEPTED) == []
    (reading,) = load(folder).readings.to_dict("records")
    assert (reading["start"], reading["value"], reading["row"]) == (12.0, 95.0, "t-1")
    assert len(load(folder).select(document="plan-1").readings) == 1
    assert load(folder).select(document="bulletin-1").readings.empty


@pytest.mark.parametrize("decision", ["no", "later", ""])
def test_what_is_not_accepted_needs_no_row(readings, decision):
    assert readings(ACCEPTED.replace("yes,t-1", f"{decision},")) == []


@pytest.mark.parametrize("kind", ["change", "contribution", "gap", "rank"])
def test_what_a_package_cannot_hold_needs_no_row(readings, kind):
    assert readings(ACCEPTED.replace("level", kind).replace("yes,t-1", "yes,")) == []


@pytest.mark.parametrize(
    ("old", "new", "column", "expected"),
    [
        ("yes,t-1", "yes,", "row", "expected the row that the accepted figure became"),
        ("yes,t-1", "yes,t-9", "row", "expected the id of a target"),
        ("yes,t-1", "yes,o-2", "row", "expected a row of the same document"),
        (",95,", ",96,", "value", "expected one figure: the reading says 96 %, t-1 95 %"),
        (",2025,", ",2024,", "period", 'expected one period: the reading says "2024", t-1 "2025"'),
        (",%,", ",万人,", "unit", "expected one unit: the reading says 万人, t-1 %"),
        (",12,", ",1.5,", "start", "expected a whole number of at least 0"),
        (",target,", ",promise,", "role", "expected one of: target, observation, investment, other"),
        ("0123456789ab", "xyz", "digest", "expected the form"),
        ("preschool-rate,", "nothing,", "indicator", "expected an id or a name listed in indicators.csv"),
    ],
)
def test_what_is_wrong_with_a_reading_is_named(readings, old, new, column, expected):
    ((file, row, name, message),) = readings(ACCEPTED.replace(old, new))
    assert (file, row, name) == ("readings.csv", 2, column)
    assert expected in message


def test_a_figure_in_another_unit_agrees_with_its_row(readings, folder):
    targets = folder / "targets.csv"
    targets.write_text(targets.read_text(encoding="utf-8").replace("26581,元", "26000,元"), encoding="utf-8")
    row = (
        "plan-1,40,0123456789ab,target,农民收入,rural-income,532399,2025,=,2.6,万元,level,第三章,yes,t-3,,\n"
    )
    assert readings(row) == []
    assert readings(row.replace("2.6", "2.7"))[0][2] == "value"


def test_one_place_of_one_text_has_one_reading(readings):
    ((_, row, _, message),) = readings(ACCEPTED + ACCEPTED)
    assert row == 3 and "expected" in message
    assert readings(ACCEPTED + ACCEPTED.replace("0123456789ab", "ba9876543210")) == []


def test_a_package_written_before_the_table_has_it_empty(folder):
    path = folder / "datapackage.yaml"
    described = yaml.safe_load(path.read_text(encoding="utf-8"))
    described["resources"] = [one for one in described["resources"] if one["name"] != "readings"]
    path.write_text(yaml.safe_dump(described, allow_unicode=True), encoding="utf-8")
    assert check(folder) == []
    assert load(folder).readings.empty
