"""The data folders that the jobs of one command read: each is located, validated and loaded once."""

import contextlib
import os
from pathlib import Path

from reportkit import source
from reportkit.findings import DataError, Finding
from reportkit.source import Data, Subject

_NO_DATA = {"zh": "没有找到数据文件夹；请用 --data 指定", "en": "no data folder found; name it with --data"}


class Sources:
    """Data by folder, kept as long as this object; if a folder is given (``--data``), only that one."""

    def __init__(self, folder: Path | None = None):
        self.subject = source.current()
        self._given = folder.resolve() if folder else None
        self._opened: dict[Path | None, Data | None] = {}
        self._faults: list[Finding] = []
        # recipes left out for lack of rows: notebook, the table without rows for it, and the value of a
        # filter (such as a domain) for which there are none, or an empty text
        self.left_out: list[tuple[str, str, str]] = []

    def parameter(self, notebook: Path) -> dict[str, str]:
        """The ``data`` parameter that makes a notebook read the given folder; empty if none is given."""
        if self._given is None:
            return {}
        # relative, so that no page depends on the project's place; on Windows not possible across drives
        same_drive = self._given.drive == notebook.drive
        path = Path(os.path.relpath(self._given, notebook.parent) if same_drive else self._given)
        return {"data": path.as_posix()}

    def open(self, notebook: Path, data: str | None) -> Data | None:
        """Data that a notebook reads with this ``data`` parameter; None if unusable: see ``faults``."""
        if self.subject is None:  # no notebook reads anything, and that is no fault
            return None
        folder = self._folder(self.subject, notebook, data)
        if folder not in self._opened:
            self._opened[folder] = self._load(self.subject, folder)
        return self._opened[folder]

    def faults(self) -> list[Finding]:
        """Faults of the folders opened since the last call: each fault is returned once."""
        faults, self._faults = self._faults, []
        return faults

    def _folder(self, subject: Subject, notebook: Path, data: str | None) -> Path | None:
        """The one folder, else the one that the parameter names, else the nearest above the notebook."""
        if self._given:
            return self._given
        if data:
            return (notebook.parent / str(data)).resolve()  # another type is a finding about the recipes
        with contextlib.suppress(FileNotFoundError), contextlib.chdir(notebook.parent):
            return subject.find().resolve()
        return None

    def _load(self, subject: Subject, folder: Path | None) -> Data | None:
        if folder is None:
            self._faults.append(Finding(subject.DESCRIPTOR, None, None, None, _NO_DATA))
            return None
        try:
            return subject.read(folder)
        except DataError as error:
            self._faults += error.findings
        except PermissionError:
            raise  # it is there: who asked is to say why it cannot be read
        except OSError:
            self._faults.append(Finding(subject.DESCRIPTOR, None, None, str(folder), _NO_DATA))
        return None
