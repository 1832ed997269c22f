"""What rows must hold beyond their types: figures within the bounds of their indicator, tables that are there."""

import pytest
import yaml

from plan_monitor import check, load


def put(folder, table, old, new):
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("lower", "upper", "value", "expected"),
    [
        ("0", "", "-0.5", "0 to "),
        ("0", "", "0", None),
        ("0", "", "1000000", None),
        ("", "99.5", "99.75", " to 99.5"),
        ("", "99.5", "99.5", None),
        ("", "99.5", "-7", None),
        ("1.5", "99.5", "1.25", "1.5 to 99.5"),
        ("1.5", "99.5", "100", "1.5 to 99.5"),
        ("", "", "-1000", None),
    ],
)
@pytest.mark.parametrize("table", ["targets", "observations"])
def test_a_figure_lies_within_the_bounds_of_its_indicator_where_it_has_some(
    folder, table, lower, upper, value, expected
):
    put(folder, "indicators", "%,,up,0,,stock", f"%,,up,{lower},{upper},stock")
    put(folder, "targets", ">=,95,%", f">=,{value if table == 'targets' else 50},%")
    put(folder, "observations", "=,91,%", "=,50,%")
    put(folder, "observations", "=,93,%", f"=,{value if table == 'observations' else 50},%")
    shown = [(one.file, one.column, one.value, one.expected["en"]) for one in check(folder)]
    message = f"expected a value within the indicator's bounds: {expected}"
    assert shown == ([] if expected is None else [(f"{table}.csv", "value", value, message)])


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


def _with_a_sample(folder):
    """The package, described as having a sample of promises too."""
    path = folder / "datapackage.yaml"
    descriptor = yaml.safe_load(path.read_text(encoding="utf-8"))
    promises = next(one for one in descriptor["resources"] if one["name"] == "targets")
    descriptor["resources"].append(
        promises | {"name": "targets-sample", "path": "sample.csv", "table": "targets"}
    )
    path.write_text(yaml.safe_dump(descriptor, allow_unicode=True), encoding="utf-8")
    return folder


def test_who_copies_the_descriptor_may_leave_a_sample_behind(folder):
    _with_a_sample(folder)
    assert check(folder) == []
    assert len(load(folder).targets) == 3
    header, row, *_ = (folder / "targets.csv").read_text(encoding="utf-8").splitlines()
    (folder / "sample.csv").write_text(f"{header}\n{row.replace('t-1', 't-9')}\n", encoding="utf-8")
    assert load(folder).targets["id"].tolist() == ["t-1", "t-2", "t-3", "t-9"]


def test_a_table_itself_may_not_be_left_behind(folder):
    (folder / "targets.csv").unlink()
    assert "targets.csv" in {one.file for one in check(_with_a_sample(folder))}
