"""Laws that any sequence of actions keeps, and a process that is killed in the middle of one."""

import random
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from desks import ROWS, desk, stored
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.slow

PLACES = [row.start for row in ROWS]
DECISIONS = ["yes", "no", "later", ""]
WRITTEN = {
    "value": ["96", "many"],
    "period": ["2025", "20x5"],
    "role": ["observation", "target"],
    "indicator": ["学前毛入园率", "别的指标"],
}
edits = st.sampled_from([(field, value) for field, values in WRITTEN.items() for value in values])
action = st.one_of(
    st.builds(
        lambda place, decision: ("decide", place, decision),
        st.sampled_from(PLACES),
        st.sampled_from(DECISIONS),
    ),
    st.builds(lambda place, edit: ("edit", place, *edit), st.sampled_from(PLACES), edits),
    st.sampled_from([("accept",), ("undo",), ("move", 1), ("move", -2), ("show", "look"), ("show", "place")]),
    st.builds(lambda state: ("state", state), st.sampled_from(["", "undecided", "yes", "later"])),
)


def act(one, name, *given):
    """One action as a person does it: what is decided on or changed lies in front."""
    if name in ("decide", "edit"):
        one.do("go", to=given[0])
        more = {"decision": given[1]} if name == "decide" else {"field": given[1], "value": given[2]}
        one.do(name, given[0], **more)
    elif name == "accept":
        one.do(name, count=len(one.certain()))
    elif name == "move":
        one.do(name, steps=given[0])
    elif name in ("show", "state"):
        one.do("show", **{"order" if name == "show" else "state": given[0]})
    else:
        one.do(name)


@given(st.lists(action, max_size=25))
def test_the_file_is_what_is_shown_and_all_can_be_taken_back(actions):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kept.csv"
        one = desk(path)
        initial = dict(one.entries)
        for each in actions:
            act(one, *each)
            assert one.at in one.entries
            assert (stored(path) or initial) == one.entries
            assert desk(path).entries == one.entries  # opened again, it goes on
        while one.done:
            one.do("undo")
            assert (stored(path) or initial) == one.entries
        assert one.entries == initial


@given(st.lists(st.tuples(st.booleans(), action), max_size=25))
def test_of_two_who_work_on_one_file_none_loses_what_was_kept_unseen(actions):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kept.csv"
        both = desk(path), desk(path)
        for second, each in actions:
            mine, before = both[second], stored(path)
            seen = dict(mine.entries)
            act(mine, *each)
            after = stored(path)
            for place, entry in before.items():
                if after[place] != entry:  # then what was overwritten had been seen
                    assert seen[place] == entry
            if after != before:
                assert after == mine.entries


WORKER = """
import random, sys
from pathlib import Path
from desks import desk
one = desk(Path(sys.argv[1]))
chance = random.Random(int(sys.argv[2]))
for number in range(100_000):
    place, decision = chance.choice([*one.entries]), chance.choice(["yes", "no", "later"])
    one.do("go", to=place)
    one.do("decide", place, decision=decision)
    print(place, decision, flush=True)
"""


def test_a_killed_process_has_lost_nothing_that_it_said_was_done(tmp_path):
    for seed in range(5):
        path = tmp_path / f"{seed}.csv"
        process = subprocess.Popen(
            [sys.executable, "-c", WORKER, path, str(seed)],
            cwd=Path(__file__).parent,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        lines = [process.stdout.readline() for _ in range(random.Random(seed).randrange(1, 40))]
        process.kill()
        lines += process.stdout.readlines()
        process.wait()
        process.stdout.close()
        done = [line.split() for line in lines if line.endswith("\n")]
        said = {int(place): decision for place, decision in done}
        kept = {place: entry.decision for place, entry in stored(path).items() if entry.decision}
        more = {place for place in kept | said if kept.get(place) != said.get(place)}
        assert done and len(more) <= 1  # the one that was being done
        one = desk(path)  # no lock and no half a file is in the way
        one.do("go", to=10)
        one.do("decide", 10, decision="no")
        assert stored(path)[10].decision == "no"
