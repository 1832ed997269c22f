"""What the audit finds in the shipped plans, what it is fair about, and that it notices a wrong digit."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor import load
from plan_monitor.audit import checks as audit
from plan_monitor.data.figures import stored
from plan_monitor.methods.ranges import Side, verdict


@pytest.fixture(scope="module")
def checked(shipped):
    return audit.run(shipped)


@pytest.fixture(scope="module")
def by_id(checked):
    return checked.set_index("id")


@pytest.mark.parametrize(
    ("check", "finding", "computed", "told"),
    [
        pytest.param("chk-150", "proven", 159.484, 159.6, id="completion rate"),
        pytest.param("chk-034", "unclear", 812, 809, id="kindergartens"),
        pytest.param("chk-070", "changed", 20, 30, id="balanced counties"),
        pytest.param("chk-072", "changed", 3, 2, id="counties that 30 % needs, and those named"),
        pytest.param("chk-073", "changed", 5, 6, id="counties with universal preschool"),
        pytest.param("chk-075", "changed", 5, 2, id="promoted schools"),
        pytest.param("chk-079", "unclear", 3, 4, id="levels of research"),
        pytest.param("chk-159", "unclear", 9695, 18900, id="households poor by illness"),
        pytest.param("chk-161", "unclear", 7, 8, id="poor counties"),
        pytest.param("chk-162", "unclear", 98.2, 98.88, id="retention, poor counties"),
        pytest.param("chk-178", "unclear", 11637, 12861, id="income of 2020"),
        pytest.param("chk-179", "unclear", 15.627, 19.2, id="income growth needed and promised"),
        pytest.param("chk-186", "unclear", 5890, 5890, id="an amount and a number of posts"),
        pytest.param("chk-188", "unclear", 1101, 1103, id="villages"),
        pytest.param("chk-204", "unclear", 50.55, 50.6, id="rates of use and of issue"),
        pytest.param("chk-208", "unclear", 2020, 2021, id="a step before the plan"),
    ],
)
def test_what_is_held_against_the_issuer(by_id, check, finding, computed, told):
    found = by_id.loc[check]
    assert (found["verdict"], found["finding"]) == ("contradicts", finding)
    assert found["computed"] == pytest.approx(computed, abs=0.001)
    assert found["told"] == pytest.approx(told)
    assert len(found["reason_zh"]) > 10
    assert len(found["reason_en"]) > 10


@pytest.mark.parametrize(
    ("checks", "finding", "because"),
    [
        pytest.param(["chk-061", "chk-062", "chk-066", "chk-067", "chk-068", "chk-069"], "compatible", "期限", id="deadlines"),
        pytest.param(["chk-171", "chk-172", "chk-173"], "scope", "老标准", id="tap water"),
        pytest.param(["chk-212"], "scope", "十四五", id="five years"),
        pytest.param(["chk-220", "chk-221"], "superseded", "预计数", id="estimates"),
        pytest.param(["chk-078", "chk-081", "chk-174", "chk-184"], "compatible", "底线", id="floors"),
        pytest.param(["chk-143"], "rounding", "舍去", id="cut off, not rounded"),
        pytest.param(["chk-125", "chk-122"], "copy", "", id="damage of the copy"),
    ],
)  # fmt: skip
def test_what_looks_like_a_contradiction_and_is_none(by_id, checks, finding, because):
    for check in checks:
        assert by_id.at[check, "verdict"] == "contradicts"
        assert by_id.at[check, "finding"] == finding
        assert because in by_id.at[check, "reason_zh"]


def test_every_contradiction_of_the_shipped_plans_has_been_reviewed(checked, shipped):
    wrong = checked[checked["verdict"].eq("contradicts")]
    assert set(wrong["finding"]) <= set(audit.CLASSES) - {"unreviewed"}
    assert checked.loc[checked["verdict"].ne("contradicts"), "review"].isna().all()
    assert audit.overlooked(shipped, checked).empty


def test_what_is_to_be_cleared_up_names_the_reading_that_reconciles(checked):
    unclear = checked[
        checked["finding"].eq("unclear") & checked["same_as"].isna() & checked["kind"].ne("reading")
    ]
    assert len(unclear) > 10
    assert unclear["reason_zh"].str.contains("可以调和的读法").all()
    assert unclear["reason_en"].str.contains("reading that reconciles|Readings that reconcile").all()


def test_no_fault_rests_on_what_a_document_does_not_say(checked):
    fine = checked[checked["verdict"].eq("contradicts") & ~checked["finding"].isin(audit.HELD)]
    assert len(fine) > 30
    assert not fine["reason_zh"].str.contains("没有说明|没有写明|未说明|原表如此").any()
    assert not fine["reason_en"].str.contains("does not (?:say so|explain)").any()


def test_one_rule_gives_one_verdict(shipped, checked):
    """A year within a deadline, and two floors of which one is stricter, can both be kept."""
    figures = stored(shipped)
    wrong = checked[checked["verdict"].eq("contradicts") & checked["kind"].eq("agreement")]
    deadlines = wrong[wrong["stated"].str.startswith("end(")]
    floors = [
        check.finding
        for check in wrong.itertuples()
        if figures.loc[[*check.rows, *check.told_rows], "comparator"].eq(">=").all()
    ]
    assert len(deadlines) == 7 and set(deadlines["finding"]) == {"compatible"}
    assert "compatible" in floors and set(floors) <= {"compatible", "scope"}


def test_a_change_says_which_document_came_first(checked):
    changed = checked[checked["finding"].eq("changed")]
    assert changed["reason_zh"].str.contains("没有说明|没有随之修改").all()
    assert changed["reason_zh"].str.count("202[23]年").ge(2).all()


def test_two_figures_side_by_side_take_their_judgement_from_the_check(checked):
    incomes = audit.about(checked, ["rural-145-159", "rural-145-012"])
    assert incomes["id"].tolist() == ["chk-178"]  # readings judge nothing
    path = audit.about(audit.statements(checked), ["rural-145-160", "rural-145-159", "rural-145-148"])
    assert path[["id", "finding"]].values.tolist() == [["chk-179", "unclear"]]
    assert audit.about(checked, ["edu-145-092", "edu-145-037"]).empty  # a check that holds


def test_what_would_reconcile_holds_when_it_is_computed(checked, by_id):
    readings = audit.readings(checked)
    assert len(readings) == by_id["reading"].dropna().nunique()
    found = readings.set_index("id").loc["chk-181"]
    assert found["computed"] == pytest.approx(19.901, abs=0.001)
    assert "15" not in found["of_zh"][:2]
    assert by_id.loc["chk-179", "reading"] == "chk-181"


def test_a_finding_told_twice_counts_once(checked):
    stated = audit.statements(checked)
    assert {"chk-071", "chk-072", "chk-151", "chk-163", "chk-182"}.isdisjoint(stated["id"])
    assert stated["kind"].ne("reading").all()
    counts = stated["finding"].value_counts()
    assert counts[list(audit.HELD)].tolist() == [1, 3, 17]


def test_a_restated_finding_counts_again_when_only_one_of_both_is_mended(shipped):
    targets = shipped.observations.copy()
    targets.loc[targets["id"].eq("rural-145-041"), "value"] = 334042.0  # 159.6 % of 209 300
    mended = audit.run(replace(shipped, observations=targets))
    assert mended.set_index("id").at["chk-151", "verdict"] == "holds"
    assert "chk-151" in set(audit.statements(mended)["id"])


DIGITS = {"edu-145-097": 98.98, "edu-145-220": 746.0, "listing-017": 11.0, "rural-145-086": 10.03}


@pytest.mark.parametrize(("row", "wrong"), DIGITS.items())
def test_one_wrong_digit_in_a_copy_of_the_data_is_found(shipped, checked, row, wrong):
    damaged = {}
    for table in ("targets", "observations"):
        rows = getattr(shipped, table).copy()
        rows.loc[rows["id"].eq(row), "value"] = wrong
        damaged[table] = rows
    found = audit.run(replace(shipped, **damaged))
    new = found[found["finding"].eq("unreviewed")]
    assert len(new)
    assert any(row in (*check.rows, *check.told_rows) for check in new.itertuples())
    assert not checked["finding"].eq("unreviewed").any()


def test_a_review_lapses_when_the_figures_change(shipped):
    targets = shipped.targets.copy()
    targets.loc[targets["id"].eq("edu-3y-019"), "value"] = 40.0
    found = audit.run(replace(shipped, targets=targets)).set_index("id")
    assert found.at["chk-070", "finding"] == "unreviewed"


def test_the_class_of_an_older_package_accuses_nobody(folder):
    """It said "real" of whatever was held against the issuer, without what proves it."""
    path = folder / "datapackage.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("- proven\n", "- real\n"), encoding="utf-8")
    header = (folder / "checks.csv").read_text(encoding="utf-8")
    row = {
        "id": "c-1",
        "kind": "agreement",
        "subject_zh": "某事",
        "subject_en": "something",
        "expression": "[o-1]",
    }
    row |= {
        "relation": "=",
        "stated": "[o-2]",
        "review": "real",
        "gap": "-2",
        "reason_zh": "因为",
        "reason_en": "because",
    }
    line = ",".join(row.get(name, "") for name in header.strip().split(","))
    (folder / "checks.csv").write_text(f"{header}{line}\n", encoding="utf-8")
    assert audit.run(load(folder))["finding"].tolist() == ["unclear"]


@pytest.mark.slow
def test_every_figure_of_an_exact_check_is_watched(shipped, checked):
    """A digit more or less in any figure that an equality of counts rests on is noticed."""
    counted = checked[
        checked["verdict"].eq("holds") & checked["relation"].eq("=") & checked["kind"].eq("arithmetic")
    ]
    listed = counted[counted["id"].between("chk-105", "chk-118")]
    assert len(listed) >= 13
    for check in listed.itertuples():
        for row in (check.rows[0], check.told_rows[0]):
            targets = shipped.targets.copy()
            targets.loc[targets["id"].eq(row), "value"] += 1
            found = audit.run(replace(shipped, targets=targets)).set_index("id")
            assert found.at[check.id, "verdict"] == "contradicts"


def own(folder, *lines, rows=()):
    """A small package with checks of its own."""
    header = (folder / "checks.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    text = ",".join(header) + "\n"
    for number, line in enumerate(lines):
        cells = dict(zip(("kind", "expression", "relation", "stated", "decimals"), line, strict=False))
        cells |= {"id": f"c-{number}", "subject_zh": "某事", "subject_en": "something"}
        text += ",".join(str(cells.get(name, "")) for name in header) + "\n"
    (folder / "checks.csv").write_text(text, encoding="utf-8")
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        for row_id, value in rows:
            file.write(
                f"{row_id},bulletin-1,preschool-rate,530000,2019,=,{value},%,A,printed,,表{row_id},,\n"
            )
    return audit.run(load(folder)).set_index("id")


def test_the_verdict_allows_for_how_figures_were_rounded(folder):
    # 33.3 % of 45.2 %: 15.05; printed with one decimal the factors may be 33.35 and 45.25
    rows = [("r-1", "33.3"), ("r-2", "45.2"), ("r-3", "15.1"), ("r-4", "15.2"), ("r-5", "15.05")]
    product = "[r-1] * [r-2] / 100"
    found = own(
        folder,
        ("arithmetic", product, "=", "[r-5]"),
        ("arithmetic", product, "=", "[r-3]"),
        ("arithmetic", product, "=", "[r-4]"),
        ("order", "[r-3]", ">=", "[r-4]"),
        ("order", "[r-4]", ">=", "[r-3]"),
        ("distinct", "[r-5]", "!=", "[r-3]"),
        ("distinct", "[r-1]", "!=", "[r-2]"),
        ("arithmetic", "[r-1] / 0", "=", "1"),
        rows=rows,
    )
    assert found["verdict"].tolist() == [
        "holds", "holds", "contradicts", "contradicts", "holds", "contradicts", "holds", "unknown",
    ]  # fmt: skip
    assert found.at["c-2", "finding"] == "unreviewed"
    assert found.at["c-0", "low"] == pytest.approx(15.0516 - (0.05 * 0.452 + 0.05 * 0.333))


def test_a_sum_that_meets_its_bound_meets_it_in_floating_point_too(folder):
    rows = [("r-1", "0.1"), ("r-2", "0.2"), ("r-3", "0.3")]  # 0.30000000000000004 and 0.3
    found = own(
        folder,
        ("order", "[r-1] + [r-2]", "<=", "[r-3]"),
        ("order", "[r-1] + [r-2]", ">", "[r-3]"),
        rows=rows,
    )
    assert found["verdict"].tolist() == ["holds", "rounding"]


@pytest.mark.slow
def test_a_figure_printed_with_more_zeros_leaves_less_room(folder):
    rows = [("r-1", "95"), ("r-2", "95.3")]
    found = own(
        folder, ("agreement", "[r-2]", "=", "[r-1]"), ("agreement", "[r-2]", "=", "[r-1]", 2), rows=rows
    )
    assert found["verdict"].tolist() == ["holds", "contradicts"]


def test_two_figures_on_one_thing_that_differ_are_found_without_a_check(folder):
    found = own(folder, rows=[("r-1", "93.4"), ("r-2", "93.8"), ("r-3", "93")])
    pairs = audit.overlooked(load(folder), found.reset_index())
    assert pairs[["one", "other"]].values.tolist() == [["r-1", "r-2"], ["r-2", "r-3"]]
    named = own(folder, ("agreement", "[r-1]", "=", "[r-2]"), ("agreement", "[r-2]", "=", "[r-3]"))
    assert audit.overlooked(load(folder), named.reset_index()).empty


def test_checks_between_documents_that_were_not_out_yet_are_left_out(shipped, checked):
    early = audit.published(checked, shipped, "2022-12")
    assert len(early) < len(checked)
    assert "chk-070" not in set(early["id"])  # its other side was issued in 2023
    assert "chk-150" in set(early["id"])


def test_an_empty_table_of_checks_is_no_fault(package):
    found = audit.run(package)
    assert found.empty
    assert audit.statements(found).empty
    assert audit.readings(found).empty


@given(st.floats(0.1, 1e5), st.integers(0, 3))
def test_a_printed_figure_agrees_with_itself_rounded_further(value, places):
    fine, coarse = round(value, places + 1), round(value, places)
    half = 10.0**-places / 2
    assert verdict(Side(fine, fine, fine), "=", Side(coarse, coarse - half, coarse + half)) == "holds"
