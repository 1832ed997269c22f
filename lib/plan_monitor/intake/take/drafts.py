"""What taking a file yields: drafted figures and documents, and what was left with the reason."""

from typing import NamedTuple

from plan_monitor.settle import defaults


class Figure(NamedTuple):
    """One drafted row of ``targets`` or ``observations``, every cell the text that will be written.

    Indicator and region are names as the table has them; ``document`` is the title of the document.
    ``unit``, ``comparator`` and ``kind`` are empty where the table does not say.
    """

    table: str  # "targets" or "observations"
    document: str
    indicator: str
    region: str
    period: str
    comparator: str
    value: str
    unit: str
    kind: str  # "growth", "cumulative" or ""
    attribute: str
    base_period: str
    quality: str
    as_printed: str
    locator: str
    note_zh: str
    note_en: str


class Left(NamedTuple):
    """Cells or rows that were not taken: where they stand, what they show, and why."""

    place: str
    value: str
    expected: dict[str, str]


class Document(NamedTuple):
    """A drafted row of ``documents``; its id follows from its title."""

    title: str
    type: str  # "plan", "statistics", or "synthetic" where the title says so
    number: str
    issuer: str
    issued: str
    period: str
    domain: str

    @property
    def id(self) -> str:
        """Id drafted from the title."""
        return defaults.document_id(self.title)


class Shape(NamedTuple):
    """How one table was understood: where it stands, what it is called, and what its rows and columns are."""

    place: str
    title: str
    shape: dict[str, str]
    document: str
    figures: int


class Taken(NamedTuple):
    """What some files yield; nothing is written yet."""

    figures: list[Figure]
    documents: list[Document]
    shapes: list[Shape]
    left: list[Left]
    empty: int  # cells that are empty, or hold a dash for "none"
