"""Two panels on one file: neither overwrites what the other did unseen."""

import pytest
from desks import ROWS, decided, desk, stored

from reportkit import language


@pytest.fixture
def both(tmp_path):
    path = tmp_path / "plan-decisions.csv"
    return desk(path), desk(path), path


def test_decisions_on_different_figures_are_joined_and_it_is_said(both):
    mine, other, path = both
    mine.do("decide", 10, decision="yes")
    other.do("go", to=20)
    other.do("decide", 20, decision="no")
    assert decided(other) == {10: "yes", 20: "no"}
    assert other.notice.grave and other.notice.text == "别人也在改这个文件：取来了对方改过的 1 个数字"
    assert stored(path) == other.entries
    mine.do("decide", 20, decision="yes")  # did not see it yet
    assert decided(mine) == {10: "yes", 20: "no"}


def test_a_figure_that_another_changed_is_shown_and_not_overwritten(both):
    mine, other, path = both
    mine.do("decide", 10, decision="yes")
    before = path.read_bytes()
    with language.using("en"):
        other.do("decide", 10, decision="no")
    assert "somebody else has just changed this figure" in other.notice.text
    assert other.at == 10 and decided(other) == {10: "yes"} and path.read_bytes() == before
    other.do("decide", 10, decision="no")  # seen now
    assert decided(other) == {10: "no"}
    mine.do("undo")  # of what is no more
    assert mine.notice.grave and decided(mine) == {10: "no"}
    assert not mine.done


def test_an_edit_is_told_from_another_edit(both):
    mine, other, _ = both
    mine.do("edit", 10, field="value", value="96")
    other.do("edit", 10, field="value", value="97")
    assert other.entries[10].row.value == "96"


def test_all_certain_are_not_accepted_over_somebody_elses_no(both):
    mine, other, _ = both
    mine.do("go", to=30)
    mine.do("decide", 30, decision="no")
    other.do("accept", count=3)
    assert decided(other) == {30: "no"} and other.at == 30


def test_a_file_that_was_taken_away_is_written_again(both):
    mine, _, path = both
    mine.do("decide", 10, decision="yes")
    path.unlink()
    mine.do("decide", 20, decision="no")
    assert {place: entry.decision for place, entry in stored(path).items()} == {
        **dict.fromkeys([one.start for one in ROWS], ""),
        **{10: "yes", 20: "no"},
    }
