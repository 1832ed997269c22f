"""What rows must hold beyond their types: figures within the bounds of their indicator."""

import pytest

from plan_monitor import check


def put(folder, table, old, new):
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("lower", "upper", "value", "expected"),
    [
        ("", "99.5", "99.75", " to 99.5"),
        ("", "99.5", "99.5", None),
        ("", "99.5", "-7", None),
        ("1.5", "99.5", "1.25", "1.5 to 99.5"),
        ("", "", "-1000", None),
    ],
)
def test_a_target_lies_within_the_bounds_that_its_indicator_has(folder, lower, upper, value, expected):
    put(folder, "indicators", "%,,up,0,,stock", f"%,,up,{lower},{upper},stock")
    put(folder, "targets", ">=,95,%", f">=,{value},%")
    shown = [(one.file, one.column, one.value, one.expected["en"]) for one in check(folder)]
    message = f"expected a value within the indicator's bounds: {expected}"
    assert shown == ([] if expected is None else [("targets.csv", "value", value, message)])


def test_figures_beyond_bounds_that_differ_are_told_their_own(folder):
    put(folder, "targets", ">=,95,%", ">=,-1,%")
    put(folder, "targets", "=,98,%", "=,101,%")
    found = {one.row: one.expected["zh"] for one in check(folder)}
    assert found == {2: "应在指标的取值范围内：0 至 ", 3: "应在指标的取值范围内：0 至 100"}


def test_bounds_have_something_between_them(folder):
    put(folder, "indicators", "%,,up,0,100,stock", "%,,up,100,100,stock")
    put(folder, "targets", "=,98,%", "=,100,%")
    put(folder, "observations", "98.88", "100")
    (finding,) = check(folder)
    assert (finding.file, finding.row, finding.column) == ("indicators.csv", 3, "upper")
