"""The task that goes to a worker, the output that comes back, and the options for making reports."""

from dataclasses import dataclass, field
from typing import Any

from reportkit import source
from reportkit.formats.endings import FILES
from reportkit.jobs import Job

FORMATS = tuple(FILES)  # beside the page
TIMEOUT = 1800  # seconds for one cell, unless another time is given


@dataclass(frozen=True)
class Options:
    """How reports are made."""

    workers: int | None = None  # processes on this machine; by default one a processor
    scheduler: str | None = None  # address of a Dask scheduler, to make reports there
    force: bool = False  # make also reports that are up to date
    validate: bool = False  # publish only reports that come out the same when run again
    timeout: int = TIMEOUT  # seconds that one cell may take
    formats: tuple[str, ...] = ()  # those of FORMATS to make beside the page and the notebook


@dataclass(frozen=True)
class Task:
    """A job with all that a worker needs beside the data package."""

    job: Job
    notebook: str  # its text, without outputs
    reads: dict[str, bytes]  # files that it reads beside its data: path relative to its folder → content
    library: str  # digest of the caller's library: a worker with another version would make another report
    options: Options
    before: str = ""  # text of the notebook of the last edition, if there is one
    alone: bool = False  # whether there is no front page beside it to link to
    subject: str = field(default_factory=source.name)


@dataclass(frozen=True)
class Output:
    """The output of a task."""

    reason: str = ""  # empty where there is a report
    files: dict[str, str | bytes] = field(default_factory=dict)  # by the ending of their names
    about: dict[str, Any] = field(default_factory=dict)  # what the report is about, for the front page
    seconds: dict[str, float] = field(default_factory=dict)  # by step
    versions: dict[str, str] = field(default_factory=dict)  # the worker's
