"""One report to make."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Job:
    """One report to make. ``parameters`` holds every parameter of the notebook, its defaults included.

    ``rank`` is the place of its domain on the front page; ``reads`` are the files that the notebook reads
    beside its data; what is known only from the data has defaults.
    """

    name: str
    notebook: Path
    domain: str
    parameters: dict[str, Any]
    line: int
    rank: int = 0
    reads: tuple[Path, ...] = ()
    region_name: str = ""
    document_name: str = ""
    edition: str = ""
    folder: Path | None = None  # of the data package it reads

    @property
    def lang(self) -> str:
        """Language of the report."""
        return self.parameters.get("lang", "zh")
