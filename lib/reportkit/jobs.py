"""One report to make."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Job:
    """One report to make. Fields with defaults are filled in from the data."""

    name: str
    notebook: Path
    domain: str
    parameters: dict[str, Any]  # every one of the notebook, its defaults included
    line: int
    rank: int = 0  # position of its domain on the front page
    reads: tuple[Path, ...] = ()  # files that the notebook reads beside its data
    region_name: str = ""
    document_name: str = ""  # of the document that it is about, or of another topic
    edition: str = ""
    folder: Path | None = None  # of the data package it reads
    # head of its first page as a document, in its language: issuer, number, date, to
    head: Mapping[str, str] = field(default_factory=dict)

    @property
    def lang(self) -> str:
        return self.parameters.get("lang", "zh")
