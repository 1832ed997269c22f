"""What goes to a worker and what comes back."""

from dataclasses import dataclass, field
from typing import Any

from reportkit import source
from reportkit.jobs import Job

FORMATS = ("docx", "pdf", "xlsx")  # that a page can be had in as well
TIMEOUT = 1800  # seconds for one cell, unless another time is given


@dataclass(frozen=True)
class Task:
    """A job with all that a worker needs beside the data package.

    Attributes
    ----------
    notebook : str
        Text of the notebook, without outputs.
    reads : dict
        Path, relative to the notebook's folder → content of the files that it reads beside its data.
    library : str
        Digest of the library that asks: a worker with another one makes another report.
    timeout : int
        Seconds that one cell may take.
    validate : bool
        Whether to run the finished notebook once more and refuse what does not come out the same.
    formats : tuple of str
        Those of ``FORMATS`` to make.
    alone : bool
        Whether there is no front page beside it to lead to.
    subject : str
        What it is about (``source.name``); empty for nothing in particular.
    """

    job: Job
    notebook: str
    reads: dict[str, bytes]
    library: str
    timeout: int
    validate: bool
    formats: tuple[str, ...] = ()
    alone: bool = False
    subject: str = field(default_factory=source.name)


@dataclass(frozen=True)
class Made:
    """What became of a task: files by the ending of their names, and for the front page what it is about.

    ``reason`` is empty where there is a report; ``seconds`` by step; ``versions`` are the worker's.
    """

    reason: str = ""
    files: dict[str, str | bytes] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
