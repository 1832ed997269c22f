"""The interface between the engine and its subject, the library that knows what reports are about.

A subject is a module with everything that ``Subject`` lists. It is passed on by its name: to this process and
all that it starts in their environment, to a worker of a cluster in its task. Without a subject, notebooks
read no data and figures link to no notes.
"""

import os
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from reportkit.language import Text, tr

if TYPE_CHECKING:  # a command that finds nothing to do answers at once
    import pandas as pd

VARIABLE = "REPORTKIT_SUBJECT"  # of the environment: name of the module


class Document(NamedTuple):
    """A document as notes cite it: its title; its number and date (the imprint) if they are known."""

    title: str
    imprint: str


class Quote(NamedTuple):
    """A stored row as notes quote it, in texts; each may be empty."""

    statement: str  # what it is, its figure and time
    region: str
    document: Document
    locator: str  # from the chapter to the cell, parted by middle dots
    grade: str  # how good it is, and how it was read
    remark: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the locator; none of an empty one."""
        return tuple(filter(None, self.locator.split(" · ")))

    @property
    def message(self) -> str:
        """Its figure, time and place."""
        return tr("，", ", ").join(filter(None, [self.statement, self.region]))

    def __str__(self) -> str:
        """All but the remark."""
        title = tr(f"《{self.document.title}》", self.document.title)
        return " · ".join(filter(None, [self.message, title, self.locator, self.grade]))


class Data(Protocol):
    """Data of a folder, read and valid. Names are in the language that is set."""

    path: Path
    edition: str

    # rows of a table with the given values; filters are those of ``Subject.FILTERS``
    def rows(self, table: str, **filters: str) -> "pd.DataFrame": ...
    def region(self, name: str) -> str: ...  # its name, by code or name; KeyError where it is none
    # topic of a report with some parameters beside its region, such as a document's title; may be empty
    def topic(self, parameters: Mapping[str, Any]) -> str: ...
    def quote(self, row: str) -> Quote | None: ...  # a stored row, by its id
    # how recent some rows are, in a few words, for a report about a region, or about all (empty)
    def age(self, rows: Iterable[str], region: str, as_of: str) -> str: ...
    def synthetic(self, rows: Iterable[str]) -> bool: ...  # whether some are made up


class Subject(Protocol):
    """A library about whose subject reports are made."""

    NAME: str  # of its distribution, its command and its kernel
    TITLE: Text  # of the front page, and what stands below it
    LEAD: Text
    MODULES: tuple[str, ...]  # what a warm kernel has imported; of a package, all its modules
    DESCRIPTOR: str  # file that is named in a finding if there are no data
    FILTERS: Mapping[str, str]  # name of a filter for rows → the column that a table must have for it

    def tables(self) -> tuple[str, ...]: ...  # names of the tables of its data
    # the folder given, else the nearest above the working directory; FileNotFoundError without any
    def find(self, folder: Path | None = None) -> Path: ...
    # data of a folder; DataError where they are not valid, OSError where there are none
    def read(self, folder: Path) -> Data: ...
    # codes and names of the regions around one, the widest first; empty if they are not known
    def around(self, region: str) -> dict[str, str]: ...
    # load what all reports on a folder need, in a process from which others are forked
    def prepare(self, folder: Path) -> None: ...


def use(name: str) -> None:
    """Set the subject of reports, by the name of its module; empty for none."""
    os.environ[VARIABLE] = name


def name() -> str:
    """Name of the subject's module; empty without one."""
    return os.environ.get(VARIABLE, "")


def current() -> Subject | None:
    """The subject, if there is one."""
    # whether the module has what a subject needs shows when it is used
    return cast("Subject", import_module(name())) if name() else None


def required() -> Subject:
    """The subject; LookupError if none is set."""
    subject = current()
    if subject is None:
        raise LookupError(f"no subject is set: {VARIABLE} in the environment names its module")
    return subject


@cache
def opened(folder: Path) -> Data:
    """Data of a folder, read once a process."""
    return required().read(folder)


def libraries() -> list[Path]:
    """Folders of the engine's modules and of its subject's; of a subject that is one module, its file."""
    package = name().partition(".")[0]
    spec = find_spec(package) if package else None
    places = (spec.submodule_search_locations or filter(None, [spec.origin])) if spec else []
    return [Path(__file__).parent, *map(Path, places)]
