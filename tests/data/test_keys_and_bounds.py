"""What a cell may name and hold beyond its form: an id among others that are right, a bound alone, files left behind."""

import pytest
import yaml

from plan_monitor import check


def found(folder):
    return [(one.file, one.row, one.column, one.value, one.expected["en"]) for one in check(folder)]


def replaced(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_one_unknown_id_among_known_ones_is_named(folder):
    """A target that another place repeats; ids of targets have no names to go by."""
    replaced(folder / "targets.csv", "binding,2020,printed,,,", "binding,2020,printed,,t-1,")
    replaced(folder / "targets.csv", "level,,2020,printed,,,", "level,,2020,printed,,t-9,")
    expected = "expected an id listed in targets.csv"
    assert found(folder) == [("targets.csv", 4, "restates", "t-9", expected)]


@pytest.mark.parametrize(("value", "faulty"), [("-1", True), ("0", False), ("100.5", False)])
def test_an_indicator_that_has_a_lower_bound_alone_is_held_to_that(folder, value, faulty):
    """Gross enrolment has no upper bound: it passes 100."""
    replaced(folder / "observations.csv", "2023,=,93,", f"2023,=,{value},")
    expected = "expected a value within the indicator's bounds: 0 to "
    assert found(folder) == [("observations.csv", 3, "value", value, expected)] * faulty


@pytest.mark.parametrize(("value", "faulty"), [("-0.5", True), ("0", False), ("100", False), ("100.5", True)])
def test_an_indicator_that_has_both_bounds_may_be_at_either(folder, value, faulty):
    replaced(folder / "observations.csv", "2020,=,98.88,", f"2020,=,{value},")
    expected = "expected a value within the indicator's bounds: 0 to 100"
    assert found(folder) == [("observations.csv", 4, "value", value, expected)] * faulty


def test_a_further_file_of_a_table_may_be_absent_and_the_table_itself_may_not(folder):
    path = folder / "datapackage.yaml"
    descriptor = yaml.safe_load(path.read_text(encoding="utf-8"))
    own = next(one for one in descriptor["resources"] if one["name"] == "observations")
    descriptor["resources"].append(own | {"name": "more", "path": "more.csv", "table": "observations"})
    path.write_text(yaml.safe_dump(descriptor, allow_unicode=True), encoding="utf-8")
    assert found(folder) == []
    (folder / "observations.csv").unlink()
    assert [one[0] for one in found(folder)] == ["observations.csv"]
