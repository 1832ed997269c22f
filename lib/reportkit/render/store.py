"""Where reports are published: a folder, or a store of objects; each file is there whole or not at all."""

import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import chain
from pathlib import Path

from reportkit import files
from reportkit.files import digest
from reportkit.language import tr

MANIFEST = "manifest.json"  # what a folder of reports is known by
LOCK = ".lock"
_JOURNAL = ".manifest.jsonl"


class Busy(Exception):
    """Another run is writing to the same place; the text says so, and whose it is where that is known."""

    def __init__(self, place: str, whose: str = ""):
        said = tr(f"另一个 render 正在写入 {place}", f"another render is writing to {place}")
        super().__init__(said + (tr("：", ": ") + whose if whose else ""))


class Store(ABC):
    """A folder of reports; names are those of its files. What cannot be done is an OSError that says why."""

    address: str  # where it is, for whoever is somewhere else

    @abstractmethod
    def shown(self, name: str) -> str:
        """A file as it is named to whoever named the store."""

    @abstractmethod
    def exists(self, name: str) -> bool:
        """Whether there is such a file."""

    @abstractmethod
    def read(self, name: str) -> bytes:
        """Content of a file; FileNotFoundError if there is none."""

    @abstractmethod
    def write(self, name: str, content: str | bytes) -> str:
        """Put a file in its place in one step; gives its checksum."""

    @abstractmethod
    def checksum(self, name: str) -> str:
        """What another content would not have, as ``write`` gave it; empty if there is no such file."""

    @abstractmethod
    def remove(self, names: Iterable[str]) -> None:
        """Take files away, those that are there."""

    @abstractmethod
    def editions(self) -> list[str]:
        """Names of the earlier editions kept here: folders with a manifest, or with a journal as yet."""

    @abstractmethod
    def edition(self, name: str) -> "Store":
        """The folder of an edition, there or not."""

    @abstractmethod
    def keep(self, names: Iterable[str], edition: str) -> None:
        """Copy files, those that are there, to the folder of an edition."""

    @abstractmethod
    def note(self, name: str, line: str) -> None:
        """Add a line to the journal, about the report of this name."""

    @abstractmethod
    def noted(self) -> Iterator[bytes]:
        """Lines of the journal; the last of a run that was killed may be cut short."""

    @abstractmethod
    def forget(self) -> None:
        """Take the journal away."""

    @abstractmethod
    def locked(self) -> AbstractContextManager[None]:
        """Keep every other run out for the length of a block; Busy if one is there."""


def opened(place: str | Path) -> Store:
    """The folder of a path, or what an address such as ``s3://bucket/reports`` leads to.

    OSError if nothing leads there: no such kind of address, what it takes is not installed, no answer.
    """
    if "://" not in str(place):
        return Folder(Path(place))
    try:
        from reportkit.render.objects import connected
    except ImportError as error:
        raise OSError(tr("需要另行安装：", "not installed: ") + str(error.name)) from None
    return connected(str(place))


class Folder(Store):
    """A folder of this machine."""

    def __init__(self, path: Path):
        self.path = path
        self.address = str(path.resolve())

    def shown(self, name: str) -> str:
        return str(self.path / name)

    def exists(self, name: str) -> bool:
        return (self.path / name).is_file()

    def read(self, name: str) -> bytes:
        return (self.path / name).read_bytes()

    def write(self, name: str, content: str | bytes) -> str:
        files.write(self.path / name, content)
        return self.checksum(name)

    def checksum(self, name: str) -> str:
        return digest(self.path / name)

    def remove(self, names: Iterable[str]) -> None:
        for name in names:
            (self.path / name).unlink(missing_ok=True)

    def editions(self) -> list[str]:
        known = (self.path.glob(f"*/{name}") for name in (MANIFEST, _JOURNAL))
        return sorted({path.parent.name for path in chain(*known)})

    def edition(self, name: str) -> Store:
        return Folder(self.path / name)

    def keep(self, names: Iterable[str], edition: str) -> None:
        kept = self.path / edition
        kept.mkdir(exist_ok=True)
        for name in filter(self.exists, names):
            shutil.copy2(self.path / name, kept / name)

    def note(self, name: str, line: str) -> None:
        with (self.path / _JOURNAL).open("a", encoding="utf-8", newline="\n") as journal:
            journal.write(line + "\n")

    def noted(self) -> Iterator[bytes]:
        with suppress(FileNotFoundError):
            yield from (self.path / _JOURNAL).read_bytes().splitlines()

    def forget(self) -> None:
        (self.path / _JOURNAL).unlink(missing_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        from filelock import FileLock, Timeout  # slow to import: who finds nothing to do needs no lock

        self.path.mkdir(parents=True, exist_ok=True)
        try:
            lock = FileLock(self.path / LOCK, timeout=0).acquire()
        except Timeout:
            raise Busy(str(self.path)) from None
        with lock:
            yield
