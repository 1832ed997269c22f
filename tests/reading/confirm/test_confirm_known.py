"""What was decided on before is known again, in the same text and in a newer one; what changed shows both."""

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up_plan import PLAN, cells, drafted, file, stored, tables, text

from examples import up_to
from plan_monitor.data.package import inspect
from plan_monitor.reading import confirm

pytestmark = pytest.mark.slow

MORE = "2019年，全市有幼儿园312所，小学118所，初中64所。"


@pytest.fixture(scope="module")
def decided(empty, tmp_path_factory):
    """A package in which all figures of the plan were decided on, two of them otherwise than drafted."""
    folder = Path(shutil.copytree(empty, tmp_path_factory.mktemp("decided") / "mine"))
    path = file(folder.parent / "d.csv", drafted(folder), v3_1="yes", v45="no", v32="later")
    cells(
        path, {("5", "indicator"): "新增学位（公办）", ("86.5", "indicator"): "inclusive-kindergarten-share"}
    )
    confirm.put(confirm.confirm(confirm.read(path), folder, accept_certain=True))
    return folder


def known(folder, content):
    rows = drafted(folder, content).rows
    return {
        value: (row["known"], row["before"], row["decision"])
        for value, row in zip(rows["value"], rows.to_dict("records"), strict=True)
    }


def test_the_same_text_is_known_figure_for_figure(decided):
    rows = drafted(decided).rows
    assert set(rows["known"]) == {"known"}
    by_value = rows.set_index("value")["decision"].to_dict()
    assert (by_value["3.1"], by_value["45"], by_value["32"], by_value["90"]) == ("yes", "no", "later", "yes")
    assert rows.set_index("value").at["5", "indicator_zh"] == "新增学位（公办）"


def test_figures_are_known_though_the_text_before_them_grew(decided):
    rows = drafted(decided, PLAN.replace("2020年，全市学前", MORE + "2020年，全市学前")).rows
    new = {"312", "118", "64"}
    assert set(rows.loc[rows["known"].eq(""), "value"]) >= new
    old = rows[~rows["value"].isin(new)]
    assert set(old["known"]) == {"known"}
    assert old.set_index("value").at["5", "indicator_zh"] == "新增学位（公办）"


def test_a_figure_that_changed_stands_first_with_both(decided):
    rows = drafted(
        decided, PLAN.replace("86.5%", "87.2%").replace("一、发展基础", f"一、发展基础\n\n{MORE}")
    ).rows
    first = rows.iloc[0]
    assert [first[name] for name in ("value", "known", "before", "decision")] == [
        "87.2",
        "changed",
        "86.5 %",
        "",
    ]
    assert "value" in first["look"].split()
    assert rows["known"].eq("changed").sum() == 1


def test_a_figure_that_was_left_out_leaves_the_others_known(decided):
    rows = drafted(decided, PLAN.replace("普惠性幼儿园覆盖率达到90%以上，", "")).rows
    assert "90" not in set(rows["value"])
    assert set(rows["known"]) == {"known"}


def test_what_was_moved_elsewhere_is_known(decided):
    moved = PLAN.replace("九年义务教育巩固率99.8%。", "").rstrip() + "2020年九年义务教育巩固率99.8%。\n"
    assert known(decided, moved)["99.8"][0] == "known"


def test_another_document_knows_nothing(decided):
    rows = drafted(decided, PLAN.replace("镇江市", "丹阳市")).rows
    assert set(rows["known"]) == {""}


def test_deciding_on_a_newer_text_keeps_what_was_decided_on_the_older(decided, tmp_path):
    folder = Path(shutil.copytree(decided, tmp_path / "mine"))
    newer = PLAN.replace("一、发展基础", f"一、发展基础\n\n{MORE}")
    path = file(tmp_path / "d.csv", drafted(folder, newer))
    made = confirm.confirm(confirm.read(path), folder)
    assert (made.targets, made.observations, made.conflicts) == (0, 0, [])
    confirm.put(made)
    readings = tables(folder)["readings"]
    assert len(set(readings["digest"])) == 2
    assert set(drafted(folder, newer).rows.query("known == 'known'")["decision"]) >= {"yes", "no", "later"}


SENTENCES = [
    "全市有幼儿园{}所。",
    "“十三五”期间培训教师{}人次。",
    "2020年财政教育支出{}亿元。",
    "全面加强党的领导。",
]
SPOTS = [match.end() for match in re.finditer("。", PLAN)]


@settings(max_examples=up_to(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(SPOTS), st.sampled_from(SENTENCES), st.integers(1000, 9999)), max_size=6
    )
)
def test_whatever_is_put_in_between_every_figure_is_known_and_none_is_changed(decided, put_in):
    content = PLAN
    for spot, sentence, number in sorted(put_in, reverse=True):
        content = content[:spot] + sentence.format(number) + content[spot:]
    rows = confirm.draft(text(content), confirm.Given(), tables(decided)).rows
    before = drafted(decided).rows
    old = rows[~rows["value"].isin({str(number) for *_, number in put_in})]
    assert len(old) == len(before)
    assert set(old["known"]) == {"known"}
    assert set(rows.drop(old.index)["known"]) <= {""}


def test_a_changed_figure_that_is_accepted_rewrites_its_row(decided, tmp_path):
    folder = Path(shutil.copytree(decided, tmp_path / "mine"))
    before = {row["id"]: row["value"] for row in stored(folder, "observations")}
    path = file(tmp_path / "d.csv", drafted(folder, PLAN.replace("86.5%", "87.2%")), v87_2="yes")
    outcome = confirm.confirm(confirm.read(path), folder)
    assert (outcome.replaced, outcome.conflicts) == (1, [])
    confirm.put(outcome)
    after = {row["id"]: row["value"] for row in stored(folder, "observations")}
    (changed,) = (id_ for id_ in before if before[id_] != after[id_])
    assert (list(after), before[changed], after[changed]) == (list(before), "86.5", "87.2")
    readings = {row["value"]: row["decision"] for row in stored(folder, "readings") if row["row"] == changed}
    assert readings == {"86.5": "no", "87.2": "yes"}
    assert not [finding for finding in inspect(folder)[1] if finding.file == "readings.csv"]
    again = confirm.confirm(confirm.read(path), folder)
    assert (again.changes, again.replaced) == ({}, 0)
