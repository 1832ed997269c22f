"""Where reports are published: a folder or an object store; each file is written completely or not at all."""

import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import chain
from pathlib import Path

from reportkit import files
from reportkit.files import digest
from reportkit.language import tr

MANIFEST = "manifest.json"  # marks a folder of reports
LOCK = ".lock"
_JOURNAL = ".manifest.jsonl"


class Busy(Exception):
    """Another run is writing to the same place; the message also names its holder if known."""

    def __init__(self, place: str, holder: str = ""):
        message = tr(f"另一个 render 正在写入 {place}", f"another render is writing to {place}")
        super().__init__(message + (tr("：", ": ") + holder if holder else ""))


class Store(ABC):
    """A folder of reports; names are those of its files. Failures are an OSError that says why."""

    address: str  # absolute path or URL

    @abstractmethod
    def shown(self, name: str) -> str:
        """Path or URL of a file for messages, as the user named the store."""

    @abstractmethod
    def exists(self, name: str) -> bool:
        """Whether there is such a file."""

    @abstractmethod
    def read(self, name: str) -> bytes:
        """Content of a file; FileNotFoundError if there is none."""

    @abstractmethod
    def write(self, name: str, content: str | bytes) -> str:
        """Write a file in one step and return its checksum."""

    @abstractmethod
    def checksum(self, name: str) -> str:
        """Checksum of a file's content, as ``write`` returned it; empty if there is no such file."""

    @abstractmethod
    def remove(self, names: Iterable[str]) -> None:
        """Delete files; missing ones are ignored."""

    @abstractmethod
    def editions(self) -> list[str]:
        """Names of the earlier editions kept here: folders with a manifest or a journal."""

    @abstractmethod
    def edition(self, name: str) -> "Store":
        """The folder of an edition, which need not exist."""

    @abstractmethod
    def keep(self, names: Iterable[str], edition: str) -> None:
        """Copy files to the folder of an edition; missing ones are ignored."""

    @abstractmethod
    def note(self, name: str, line: str) -> None:
        """Add a line about the report of this name to the journal."""

    @abstractmethod
    def noted(self) -> Iterator[bytes]:
        """Lines of the journal; the last one of a killed run may be incomplete."""

    @abstractmethod
    def forget(self) -> None:
        """Delete the journal."""

    @abstractmethod
    def locked(self) -> AbstractContextManager[None]:
        """Keep every other run out during a block; Busy if there is one."""


def opened(place: str | Path) -> Store:
    """The folder of a path, or the store at an address such as ``s3://bucket/reports``.

    OSError if it cannot be reached: unknown kind of address, a library for it is missing, no answer.
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
        manifests = (self.path.glob(f"*/{name}") for name in (MANIFEST, _JOURNAL))
        return sorted({path.parent.name for path in chain(*manifests)})

    def edition(self, name: str) -> Store:
        return Folder(self.path / name)

    def keep(self, names: Iterable[str], edition: str) -> None:
        folder = self.path / edition
        folder.mkdir(exist_ok=True)
        for name in filter(self.exists, names):
            shutil.copy2(self.path / name, folder / name)

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
        from filelock import FileLock, Timeout  # slow to import, and a run with nothing to do needs no lock

        self.path.mkdir(parents=True, exist_ok=True)
        try:
            lock = FileLock(self.path / LOCK, timeout=0).acquire()
        except Timeout:
            raise Busy(str(self.path)) from None
        with lock:
            yield
