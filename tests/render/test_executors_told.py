"""How many reports are under way at once, and which come first; nobody makes any."""

import pickle
import zlib
from collections import deque
from concurrent.futures import Future

from reportkit.render import executors


def test_no_more_are_submitted_than_there_is_room_for_and_all_come_back():
    queue, submitted, most = deque("abcde"), {}, []

    def submit(job):
        future = Future()
        future.set_result(job)
        return future

    def room():
        most.append(len(submitted))
        return 2

    done = []
    for future in executors._completed(submit, queue, submitted, room):
        assert len(submitted) <= 2
        done.append(submitted.pop(future))
    assert sorted(done) == [*"abcde"] and not queue and most[0] == 0
    assert len(most) == 3  # two at once, two, one


def test_nothing_to_do_asks_for_no_room():
    assert [*executors._completed(None, deque(), {}, None)] == []


def test_a_report_is_packed_for_a_cluster_and_made_there(monkeypatch):
    made = []
    monkeypatch.setattr(executors, "make", lambda task: made.append(task) or "output")
    assert executors.make_packed(zlib.compress(pickle.dumps({"task": 1}))) == "output"
    assert made == [{"task": 1}]
