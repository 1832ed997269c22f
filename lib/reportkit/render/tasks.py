"""What reports are made with: what goes to a worker and what comes back."""

from dataclasses import dataclass, field
from typing import Any

from reportkit import source
from reportkit.formats.endings import FILES
from reportkit.jobs import Job

FORMATS = tuple(FILES)  # that a page can be had in as well
TIMEOUT = 1800  # seconds for one cell, unless another time is given


@dataclass(frozen=True)
class Options:
    """How reports are made."""

    workers: int | None = None  # made at the same time on this machine; else as many as there are processors
    scheduler: str | None = None  # address of a Dask scheduler, to make them there
    force: bool = False  # also those that are there already and would not change
    validate: bool = False  # publish only what comes out the same when it is run once more
    timeout: int = TIMEOUT  # seconds that one cell may take
    formats: tuple[str, ...] = ()  # those of FORMATS to make beside the page and the notebook


@dataclass(frozen=True)
class Task:
    """A job with all that a worker needs beside the data package."""

    job: Job
    notebook: str  # its text, without outputs
    reads: dict[str, bytes]  # what it reads beside its data: path relative to its folder → content
    library: str  # digest of the one that asks: a worker with another one makes another report
    options: Options
    before: str = ""  # text of the notebook of the last edition, if there is one
    alone: bool = False  # without a front page beside it to lead to
    subject: str = field(default_factory=source.name)


@dataclass(frozen=True)
class Made:
    """What became of a task."""

    reason: str = ""  # empty where there is a report
    files: dict[str, str | bytes] = field(default_factory=dict)  # by the ending of their names
    about: dict[str, Any] = field(default_factory=dict)  # what the report is about, for the front page
    seconds: dict[str, float] = field(default_factory=dict)  # by step
    versions: dict[str, str] = field(default_factory=dict)  # the worker's
