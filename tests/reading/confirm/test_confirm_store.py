"""Accepted figures become rows of a package: all of them or none, and once."""

import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from made_up_plan import PLAN, bytes_of, cells, drafted, file, stored

from examples import up_to
from plan_monitor import load
from plan_monitor.data.inspection import settled
from plan_monitor.data.package import check
from plan_monitor.intake import adopt, rows
from plan_monitor.reading import confirm
from reportkit import files
from reportkit.findings import DataError

pytestmark = pytest.mark.slow

DOCUMENT = "镇江市“十四五”教育发展规划"


def outcome(mine, path, accept_certain=False):
    return confirm.confirm(confirm.read(path), mine, accept_certain)


def put(mine, path, accept_certain=False):
    made = outcome(mine, path, accept_certain)
    confirm.put(made)
    return made


def expectations(caught, lang="en"):
    return {(one.row, one.column): one.expected[lang] for one in caught.value.findings}


def test_certain_figures_become_rows_with_their_place_and_leave_readings(mine, tmp_path):
    made = put(mine, file(tmp_path / "d.csv", drafted(mine)), accept_certain=True)
    (document,) = [row for row in stored(mine, "documents") if row["title_zh"] == DOCUMENT]
    assert document["type"] == "plan"
    assert (document["number"], document["period"]) == ("镇政发〔2021〕15号", "2021/2025")
    targets = {(row["indicator"], row["period"]): row for row in stored(mine, "targets")}
    rate = targets["preschool-gross-enrolment-rate", "2025"]
    assert [rate[name] for name in ("document", "region", "comparator", "value", "unit", "attribute")] == [
        *(document["id"], "321100", ">=", "99", "%", "expected"),
    ]
    place = PLAN.index("99%") + 1
    assert rate["locator"] == f"二、主要目标 · 第 {place} 字"
    money = targets["规划期内安排校舍建设资金", "2021/2025"]
    assert (money["kind"], money["value"], money["unit"]) == ("cumulative", "32", "亿元")
    growth = targets["教育经费 · 年均增长", "2021/2025"]
    assert (growth["kind"], growth["base_period"], growth["comparator"]) == ("growth", "2020", "about")
    actuals = {(row["indicator"], row["period"]): row["value"] for row in stored(mine, "observations")}
    assert actuals["新建学校", "2016/2020"] == "45"
    readings = stored(mine, "readings")
    assert len(readings) == made.readings == made.decided["yes"]
    first = next(row for row in readings if row["start"] == str(place - 1))
    assert (first["row"], first["decision"], first["indicator_zh"]) == (
        rate["id"],
        "yes",
        "学前教育三年毛入园率",
    )
    assert len({row["digest"] for row in readings}) == 1
    assert "保持在" not in (mine / "readings.csv").read_text(encoding="utf-8-sig")  # no sentence is stored


def test_the_package_is_valid_once_its_new_indicators_are_adopted(mine, tmp_path):
    put(mine, file(tmp_path / "d.csv", drafted(mine)), accept_certain=True)
    assert {one.column for one in check(mine)} == {"indicator"}
    adopt.write(mine / "indicators.csv", adopt.drafts(settled(mine).parts))
    assert check(mine) == []
    package = load(mine)
    assert set(package.readings["row"]) <= {*package.targets["id"], *package.observations["id"]}


def test_nothing_is_written_before_it_is_put(mine, tmp_path):
    before = bytes_of(mine)
    made = outcome(mine, file(tmp_path / "d.csv", drafted(mine)), accept_certain=True)
    assert made.changes
    assert bytes_of(mine) == before


def test_a_second_time_nothing_changes_even_after_the_names_were_adopted(mine, tmp_path):
    path = file(tmp_path / "d.csv", drafted(mine), v3_1="yes", v45="no", v5="later")
    first = put(mine, path, accept_certain=True)
    before = bytes_of(mine)
    again = put(mine, path, accept_certain=True)
    assert (again.changes, again.targets, again.observations, again.readings) == ({}, 0, 0, 0)
    assert again.same == first.same + first.targets + first.observations
    adopt.write(mine / "indicators.csv", adopt.drafts(settled(mine).parts))
    before["indicators.csv"] = (mine / "indicators.csv").read_bytes()
    assert put(mine, path, accept_certain=True).changes == {}
    assert bytes_of(mine) == before


def test_what_nobody_decided_on_is_left(mine, tmp_path):
    made = put(mine, file(tmp_path / "d.csv", drafted(mine), v86_5="yes"))
    assert (made.decided, made.targets, made.observations) == ({"yes": 1, "no": 0, "later": 0}, 0, 1)
    assert made.undecided == len(drafted(mine).rows) - 1
    assert len(stored(mine, "readings")) == 1


def test_no_and_later_are_kept_and_make_no_row(mine, tmp_path):
    put(mine, file(tmp_path / "d.csv", drafted(mine), v86_5="no", v45="later"))
    assert stored(mine, "targets") == stored(mine, "observations") == []
    assert {(row["decision"], row["row"]) for row in stored(mine, "readings")} == {("no", ""), ("later", "")}
    assert DOCUMENT in [row["title_zh"] for row in stored(mine, "documents")]
    assert check(mine) == []


def test_a_later_decision_replaces_an_earlier_one(mine, tmp_path):
    put(mine, file(tmp_path / "d.csv", drafted(mine), v86_5="later"))
    put(mine, file(tmp_path / "d.csv", drafted(mine), v86_5="yes"))
    (reading,) = stored(mine, "readings")
    (actual,) = stored(mine, "observations")
    assert (reading["decision"], reading["row"]) == ("yes", actual["id"])


def test_a_change_is_kept_in_readings_only_and_said(mine, tmp_path):
    made = put(mine, file(tmp_path / "d.csv", drafted(mine), v3_1="yes"))
    assert [one.decision.value for one in made.left] == ["3.1"]
    assert stored(mine, "observations") == []
    (reading,) = stored(mine, "readings")
    assert (reading["kind"], reading["decision"], reading["row"]) == ("change", "yes", "")
    assert check(mine) == []


def test_what_somebody_put_right_is_what_is_stored(mine, tmp_path):
    path = file(tmp_path / "d.csv", drafted(mine), v45="yes")
    cells(path, {("45", "indicator"): "新建中小学", ("45", "value"): "46", ("46", "period"): "2016—2020年"})
    put(mine, path)
    (actual,) = stored(mine, "observations")
    assert (actual["indicator"], actual["value"], actual["period"]) == ("schools-new", "46", "2016/2020")
    (reading,) = stored(mine, "readings")
    assert (reading["indicator"], reading["value"]) == ("schools-new", "46")


def test_a_figure_in_another_unit_is_counted_in_the_indicators_own(mine, tmp_path):
    text = "镇江市教育统计公报\n\n2020年，全市小学在校生18.5万人。\n"
    path = file(tmp_path / "d.csv", drafted(mine, text, year=2020), v18_5="yes")
    cells(path, {("18.5", "indicator"): "own"})
    own = {"id": "own", "domain": "education", "name_zh": "小学生", "unit": "人", "direction": "neutral"}
    (mine / "indicators.csv").write_bytes(rows.put(mine / "indicators.csv", [own]))
    put(mine, path)
    (actual,) = stored(mine, "observations")
    assert (actual["value"], actual["unit"], actual["as_printed"]) == ("185000", "人", "18.5 万人")
    (reading,) = stored(mine, "readings")
    assert (reading["value"], reading["unit"]) == ("18.5", "万人")
    assert check(mine) == []


def test_figures_of_a_new_indicator_are_in_the_unit_of_the_first_and_keep_what_was_printed(mine, tmp_path):
    text = "镇江市教育统计公报\n\n2019年，全市小学在校生18.1万人。2020年，全市小学在校生185000人。\n"
    put(mine, file(tmp_path / "d.csv", drafted(mine, text, year=2020), v18_1="yes", v185000="yes"))
    columns = ("period", "value", "unit", "as_printed")
    assert [tuple(row[name] for name in columns) for row in stored(mine, "observations")] == [
        ("2019", "18.1", "万人", ""),
        ("2020", "18.5", "万人", "185000 人"),
    ]


@pytest.mark.parametrize(("period", "table"), [("2020年", "observations"), ("2021年", "targets")])
def test_money_of_a_plans_first_year_is_aimed_at_and_of_the_year_before_was_spent(
    mine, tmp_path, period, table
):
    path = file(tmp_path / "d.csv", drafted(mine), v32="yes")
    put(mine, cells(path, {("32", "period"): period}))
    found = {name: [row["value"] for row in stored(mine, name)] for name in ("targets", "observations")}
    assert found == {"targets": [], "observations": []} | {table: ["32"]}


def test_a_growth_is_an_indicator_of_its_own_unless_the_catalogue_has_it(mine, tmp_path):
    text = "镇江市统计公报\n\n2020年，全市农村居民人均可支配收入增长7.2%，教育经费比上年下降2.5%。\n"
    path = file(tmp_path / "d.csv", drafted(mine, text, year=2020), v7_2="yes", v2_5="yes")
    cells(path, {("7.2", "indicator_zh"): "农村居民人均可支配收入"})
    put(mine, path)
    actuals = {row["indicator"]: row["value"] for row in stored(mine, "observations")}
    assert actuals == {"rural-disposable-income-growth": "7.2", "教育经费 · 增长": "-2.5"}


def test_figures_of_one_thing_that_differ_are_a_conflict_and_nothing_is_written(mine, tmp_path):
    before = bytes_of(mine)
    path = file(tmp_path / "d.csv", drafted(mine), v86_5="yes", v90="yes")
    cells(path, {("90", "role"): "observation", ("86.5", "period"): "2025"})
    made = outcome(mine, path)
    (conflict,) = made.conflicts
    assert {conflict.existing.split()[1], conflict.new.split()[1]} == {"86.5", "90"}
    assert made.changes == {}
    assert bytes_of(mine) == before


def test_a_figure_that_differs_from_a_stored_one_is_a_conflict(mine, tmp_path):
    path = file(tmp_path / "d.csv", drafted(mine), v86_5="yes")
    put(mine, path)
    before = bytes_of(mine)
    cells(path, {("86.5", "value"): "87"})
    made = outcome(mine, path)
    assert [one.existing for one in made.conflicts] == ["= 86.5 %"]
    assert made.changes == {}
    assert bytes_of(mine) == before


def test_what_is_certain_and_clashes_is_not_accepted_the_rest_is(mine, tmp_path):
    text = PLAN.replace("年均增长6%左右。", "年均增长6%左右。2020年普惠性幼儿园覆盖率为85%。")
    made = drafted(mine, text).rows
    clashing = made[made["value"].isin(["86.5", "85"])]
    assert clashing["look"].eq("value").all()
    path = file(tmp_path / "d.csv", drafted(mine, text))
    cells(path, {("86.5", "look"): "", ("85", "look"): ""})
    made = put(mine, path, accept_certain=True)
    assert sorted(one.decision.value for one in made.unsure) == ["85", "86.5"]
    assert made.conflicts == []
    assert made.targets > 4


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("region", "不知名开发区", "expected a region"),
        ("region", "", "expected a region"),
        ("value", "250", "within the indicator's bounds: 0 to 100"),
        ("unit", "万人", "expected the unit of inclusive-kindergarten-share: %"),
    ],
)
def test_an_accepted_figure_that_cannot_be_a_row_is_refused(mine, tmp_path, column, cell, expected):
    before = bytes_of(mine)
    path = file(tmp_path / "d.csv", drafted(mine), v86_5="yes")
    cells(path, {("86.5", column): cell})
    with pytest.raises(DataError) as caught:
        outcome(mine, path)
    (finding,) = caught.value.findings
    assert finding.file == "d.csv" and finding.row > 1 and expected in finding.expected["en"]
    assert bytes_of(mine) == before


def test_one_new_name_has_one_unit(mine, tmp_path):
    path = file(tmp_path / "d.csv", drafted(mine), v45="yes", v5="yes")
    cells(path, {("5", "indicator_zh"): "新建学校"})
    put(mine, path)  # 5 万个 are 50 000 of them
    both = [row for table in ("observations", "targets") for row in stored(mine, table)]
    assert [(row["value"], row["unit"], row["as_printed"]) for row in both] == [
        ("45", "所", ""),
        ("50000", "所", "5 万个"),
    ]
    cells(path, {("5", "unit"): "平方米"})
    with pytest.raises(DataError) as caught:
        outcome(mine, path)
    assert caught.value.findings[0].value == "平方米"


def test_a_package_older_than_the_table_is_told_what_it_lacks(mine, tmp_path):
    path = mine / "datapackage.yaml"
    described = yaml.safe_load(path.read_text(encoding="utf-8"))
    described["resources"] = [one for one in described["resources"] if one["name"] != "readings"]
    path.write_text(yaml.safe_dump(described, allow_unicode=True), encoding="utf-8")
    assert load(mine).readings.empty
    with pytest.raises(DataError) as caught:
        outcome(mine, file(tmp_path / "d.csv", drafted(mine), v45="yes"))
    assert caught.value.findings[0].column == "readings"


def test_a_disk_that_is_full_leaves_the_package_as_it_was(mine, tmp_path, monkeypatch):
    made = outcome(mine, file(tmp_path / "d.csv", drafted(mine)), accept_certain=True)
    before, write, written = bytes_of(mine), files.write, []

    def full(path, content):
        if path.name == "readings.csv":
            raise OSError(28, "No space left on device")
        written.append(path.name)
        write(path, content)

    monkeypatch.setattr(files, "write", full)
    with pytest.raises(OSError, match="No space"):
        confirm.put(made)
    assert len(written) > 1
    assert bytes_of(mine) == before


def test_what_an_interruption_left_undone_the_next_time_does(mine, tmp_path):
    path = file(tmp_path / "d.csv", drafted(mine), v3_1="yes")
    made = outcome(mine, path, accept_certain=True)
    for name, content in made.changes.items():
        if name.name in ("documents.csv", "targets.csv"):
            name.write_bytes(content)
    rest = put(mine, path, accept_certain=True)
    assert (rest.documents, rest.targets, rest.observations) == (0, 0, made.observations)
    assert rest.readings == made.readings
    assert put(mine, path, accept_certain=True).changes == {}


@settings(
    max_examples=up_to(8),
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    decisions=st.lists(st.sampled_from(["yes", "no", "later", ""]), min_size=20, max_size=20),
    accept_certain=st.booleans(),
)
def test_whatever_was_decided_the_package_is_valid_and_a_second_time_nothing_changes(
    empty, tmp_path_factory, decisions, accept_certain
):
    folder = tmp_path_factory.mktemp("any")
    mine = Path(shutil.copytree(empty, folder / "mine"))
    made = drafted(mine)
    chosen = (decisions * 2)[: len(made.rows)]
    path = file(folder / "d.csv", made._replace(rows=made.rows.assign(decision=chosen)))
    put(mine, path, accept_certain)
    assert {one.column for one in check(mine)} <= {"indicator"}
    readings = stored(mine, "readings")
    kept = [
        decision or (accept_certain and not look)
        for decision, look in zip(chosen, made.rows["look"], strict=True)
    ]
    assert len(readings) == sum(map(bool, kept))
    assert put(mine, path, accept_certain).changes == {}
