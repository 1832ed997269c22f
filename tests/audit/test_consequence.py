"""In which order findings stand: by what hangs on them, not by how far two figures lie apart."""

from dataclasses import replace

import pandas as pd
import pytest

from plan_monitor import load, subject
from plan_monitor.audit import checks as audit
from plan_monitor.audit import consequence


@pytest.fixture(scope="module")
def ranked(shipped):
    stated = audit.statements(audit.run(shipped))
    return consequence.rank(stated[stated["finding"].isin(audit.HELD)], shipped)


def test_the_binding_income_target_comes_before_five_schools_against_two(ranked):
    ids = ranked["id"].tolist()
    assert ids[:5] == ["chk-178", "chk-179", "chk-186", "chk-146", "chk-162"]
    assert ids.index("chk-075") > ids.index("chk-150")
    assert "size" not in ranked  # 5 schools against 2 are 150 %, and rank no higher for it


def test_growth_of_an_income_is_about_money(ranked):
    money = ranked.set_index("id")["money"]
    assert money["chk-146"]  # 32.69 % of two incomes
    assert not money["chk-162"]  # a rate of pupils


def test_the_order_is_money_binding_people_class_and_then_that_of_the_table(ranked):
    place = ranked["finding"].map({name: number for number, name in enumerate(audit.HELD)})
    keys = list(
        zip(~ranked["money"], ~ranked["binding"], ~ranked["persons"], place, ranked.index, strict=True)
    )
    assert keys == sorted(keys)


def checks(*rows):
    """Findings as ``audit.run`` gives them: figures of one side, of the other, and the values."""
    names = ["id", "finding", "rows", "told_rows", "difference", "told"]
    return pd.DataFrame(rows, columns=names)


def test_what_a_finding_concerns_comes_from_its_figures(folder):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write("o-5,plan-1,retention-rate,530000,2020,=,90,%,A,printed,,第一章,,\n")
    found = checks(
        ("wide", "proven", ("o-1",), ("o-2",), 9.0, 1.0),
        ("elsewhere", "proven", ("o-5",), (), 8.0, 1.0),  # binding in the county, not in the province
        ("base", "unclear", ("o-3",), (), 0.1, 1.0),  # a base figure of a binding target
        ("income", "unreviewed", ("o-4",), ("o-1",), 0.1, 1.0),
    )
    ranked = consequence.rank(found, load(folder)).set_index("id")
    assert ranked.index.tolist() == ["income", "base", "wide", "elsewhere"]
    assert ranked["money"].tolist() == [True, False, False, False]
    assert ranked["binding"].tolist() == [False, True, False, False]


def test_nothing_to_rank_and_nothing_stated_are_no_faults(package):
    assert consequence.rank(checks(), package).empty
    zero = checks(
        ("a", "changed", ("o-1",), ("o-2",), 0.0, 0.0), ("b", "changed", ("o-1",), ("o-2",), 9.0, 0.0)
    )
    assert consequence.rank(zero, package)["id"].tolist() == ["a", "b"]


def test_what_is_held_is_told_again_alike_whoever_changed_it(shipped):
    first = consequence.held(shipped, "2025-12")
    before = first.copy()
    first["finding"] = "none"
    first.loc[:, "money"] = False
    pd.testing.assert_frame_equal(consequence.held(shipped, "2025-12"), before)
    assert len(consequence.held(shipped, "2000")) < len(before)


def test_a_package_with_a_changed_figure_is_audited_anew(shipped):
    rows = shipped.targets
    rows["value"] *= 3
    changed = audit.run(replace(shipped, targets=rows))
    assert not changed["computed"].equals(audit.run(shipped)["computed"])


def test_a_process_that_is_prepared_answers_as_one_that_is_not(folder):
    cold = audit.run(replace(load(folder)))
    subject.prepare(folder)
    pd.testing.assert_frame_equal(audit.run(load(folder)), cold)
