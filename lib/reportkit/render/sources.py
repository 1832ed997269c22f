"""The data packages that the jobs of one command read: found, validated and loaded once each."""

import contextlib
import os
from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd
import yaml

from plan_monitor.data.package import DESCRIPTOR, Package, find_data, load
from reportkit.findings import DataError, Finding

TABLES = tuple(field.name for field in fields(Package) if field.type is pd.DataFrame)
_NO_DATA = {"zh": "没有找到数据文件夹；请用 --data 指定", "en": "no data folder found; name it with --data"}


@dataclass(frozen=True)
class Source:
    """A data package and its edition: the version and date that its descriptor states."""

    package: Package
    edition: str


class Sources:
    """Data packages by folder, kept as long as this object is.

    Parameters
    ----------
    folder : Path, optional
        The one folder that every job reads, whatever its recipe says (``--data``).

    Attributes
    ----------
    left_out : list of tuple
        What no report was made of, told by whoever reads recipes: notebook, the table that holds no row for
        it, and the domain of which there is none, or an empty text.
    """

    def __init__(self, folder: Path | None = None):
        self._given = folder.resolve() if folder else None
        self._opened: dict[Path | None, Source | None] = {}
        self._faults: list[Finding] = []
        self.left_out: list[tuple[str, str, str]] = []

    def parameter(self, notebook: Path) -> dict[str, str]:
        """The ``data`` parameter that makes a notebook read the one folder; nothing where there is none.

        The path is given relative to the notebook, so that a page does not depend on where the project lies.
        """
        if self._given is None:
            return {}
        # on Windows there is no relative path to another drive
        same = self._given.drive == notebook.drive
        path = Path(os.path.relpath(self._given, notebook.parent) if same else self._given)
        return {"data": path.as_posix()}

    def open(self, notebook: Path, data: str | None) -> Source | None:
        """What a notebook reads with this ``data`` parameter; None where it is unusable: see ``faults``."""
        folder = self._folder(notebook, data)
        if folder not in self._opened:
            self._opened[folder] = self._load(folder)
        return self._opened[folder]

    def faults(self) -> list[Finding]:
        """What is wrong with the folders opened so far. A fault is told once, to whoever asks first."""
        told, self._faults = self._faults, []
        return told

    def _folder(self, notebook: Path, data: str | None) -> Path | None:
        """The one folder, else the one that the parameter names, else the nearest above the notebook."""
        if self._given:
            return self._given
        if data:
            # what is no text is told with the recipes
            return (notebook.parent / str(data)).resolve()
        with contextlib.suppress(FileNotFoundError), contextlib.chdir(notebook.parent):
            return find_data().resolve()
        return None

    def _load(self, folder: Path | None) -> Source | None:
        if folder is None:
            self._faults.append(Finding(DESCRIPTOR, None, None, None, _NO_DATA))
            return None
        try:
            return Source(load(folder), _edition(folder))
        except DataError as error:
            self._faults += error.findings
        except OSError:
            self._faults.append(Finding(DESCRIPTOR, None, None, str(folder), _NO_DATA))
        return None


def _edition(folder: Path) -> str:
    """Version and date of a data package, as its descriptor states them."""
    descriptor = yaml.safe_load((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    return " ".join(str(descriptor[key])[:10] for key in ("version", "created") if key in descriptor)
