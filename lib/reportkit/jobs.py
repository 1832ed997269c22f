"""One report to make."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Job:
    """One report to make; what is known only from the data has defaults."""

    name: str
    notebook: Path
    domain: str
    parameters: dict[str, Any]  # every one of the notebook, its defaults included
    line: int
    rank: int = 0  # place of its domain on the front page
    reads: tuple[Path, ...] = ()  # files that the notebook reads beside its data
    region_name: str = ""
    document_name: str = ""
    edition: str = ""
    folder: Path | None = None  # of the data package it reads

    @property
    def lang(self) -> str:
        return self.parameters.get("lang", "zh")
