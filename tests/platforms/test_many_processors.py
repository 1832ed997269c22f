"""A pool of processes takes 61 workers on Windows and no more, however many processors there are."""

import sys
from types import SimpleNamespace

import pytest

from reportkit.kernel import client
from reportkit.render import executors


class Asked(Exception):
    """A report was about to be handed over."""


def hand_over(job):
    raise Asked


def test_more_workers_than_windows_can_wait_for_are_not_asked_for(monkeypatch):
    monkeypatch.setattr(client, "FORKS", False)
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(Asked):
        next(executors.local([SimpleNamespace(folder=None)], 96, hand_over))
