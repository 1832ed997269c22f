"""The checked tables of a package, kept beside its files: the next process need not read and check them anew.

An entry is named by everything that its tables follow from: the bytes of the package's files, those of this
library, and the versions of what files are read with. It begins with a checksum of its own content. Where
there is none, it is damaged or none can be written, the tables are made as if there were no cache.
"""

import hashlib
import json
import platform
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd

import plan_monitor
import reportkit
from plan_monitor.settle.defaults import Derived
from plan_monitor.settle.parts import factorized
from reportkit import files

LEAST = 2000  # rows of a package that is kept: fewer are checked as quickly as they are wanted
FOLDER = ".checked"  # hidden: no part of the package (``reportkit.files.digest``)
# with which files are read and checked
LIBRARIES = ("fastjsonschema", "frictionless", "lxml", "numpy", "pandas", "pyyaml")
_ENDING = ".checked"
_CHECKSUM, _LENGTH = hashlib.sha256().digest_size, 8  # bytes
_NUMBER, _PLACE = "<f8", "<i4"
Checked = tuple[dict[str, pd.DataFrame], list[Derived]]


def read(folder: Path, contents: tuple[str, ...]) -> Checked | None:
    """The tables of a package whose files have these contents, and what was filled in by rule; None where
    they are not kept."""
    with suppress(OSError), _entry(folder, contents).open("rb") as file:
        checksum = file.read(_CHECKSUM)
        if hashlib.file_digest(file, "sha256").digest() == checksum:
            file.seek(_CHECKSUM)
            return _unpacked(file)
    return None


def write(folder: Path, contents: tuple[str, ...], checked: Checked) -> None:
    """Keep the tables of a package whose files have these contents, in place of what was kept of it before.

    Nothing is kept of a small package, or where that is not possible.
    """
    tables, _ = checked
    entry = _entry(folder, contents)
    with suppress(OSError):
        for path in entry.parent.glob(f"*{_ENDING}*"):
            if path != entry:  # made of what the package no longer holds, or left by who was killed
                path.unlink()
        if sum(map(len, tables.values())) >= LEAST and _versions() == _LOADED_VERSIONS:
            entry.parent.mkdir(exist_ok=True)
            files.write(entry.parent / ".gitignore", "# made by plan-monitor, to be deleted at will\n*\n")
            with files.writing(entry) as file:
                _pack(*checked, file)


def _versions() -> list[str]:
    """What decides, beside a package's files, what its tables are."""
    packages = [Path(module.__path__[0]) for module in (plan_monitor, reportkit)]
    return [platform.python_version(), *map(version, LIBRARIES), *map(files.digest, packages)]


_LOADED_VERSIONS = _versions()  # a library that was edited since is not the one that runs here


def _entry(folder: Path, contents: tuple[str, ...]) -> Path:
    name = hashlib.sha256(json.dumps([contents, _LOADED_VERSIONS]).encode()).hexdigest()
    return folder / FOLDER / f"{name}{_ENDING}"


def _pack(tables: dict[str, pd.DataFrame], derived: list[Derived], file: BinaryIO) -> None:
    """Write an entry: its checksum; what describes the tables, as JSON, and how long that is; and column by
    column the numbers, or of texts their places among the distinct ones, which the description lists."""
    descriptions, arrays = {}, []
    for name, frame in tables.items():
        columns = []
        for column, cells in frame.items():
            if cells.dtype == "float64":
                arrays.append(cells.to_numpy(_NUMBER))
                columns.append((column, "float64", None))
            else:
                places, distinct = factorized(cells)
                arrays.append(places.astype(_PLACE))
                columns.append((column, str(cells.dtype), distinct.tolist()))
        descriptions[name] = len(frame), columns
    text = json.dumps((descriptions, derived)).encode()
    checksum = hashlib.sha256()
    file.seek(_CHECKSUM)
    for content in (len(text).to_bytes(_LENGTH, "little"), text, *arrays):
        file.write(content)
        checksum.update(content)
    file.seek(0)
    file.write(checksum.digest())


def _unpacked(file: BinaryIO) -> Checked:
    descriptions, derived = json.loads(file.read(int.from_bytes(file.read(_LENGTH), "little")))
    tables = {}
    for name, (rows, columns) in descriptions.items():
        cells = {}
        for column, kind, distinct in columns:
            if distinct is None:
                cells[column] = np.fromfile(file, _NUMBER, rows)
            else:
                texts = pd.Series(distinct, dtype=kind).array
                cells[column] = texts.take(np.fromfile(file, _PLACE, rows), allow_fill=True)
        tables[name] = pd.DataFrame(cells, index=range(rows))
    return tables, [Derived(*fields) for fields in derived]
