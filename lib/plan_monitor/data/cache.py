"""The checked tables of a package, kept beside its files: the next process need not read and check them anew.

An entry is named by everything that its tables follow from: the bytes of the package's files, those of this
library, and the versions of what files are read with. It begins with a checksum of its own content. Where
there is none, it is damaged or none can be written, the tables are made as if there were no cache.
"""

import hashlib
import io
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
from reportkit import files

LEAST = 2000  # rows of a package that is kept: fewer are checked as quickly as they are wanted
FOLDER = ".checked"  # hidden: no part of the package (``reportkit.files.digest``)
# with which files are read and checked
LIBRARIES = ("fastjsonschema", "frictionless", "lxml", "numpy", "pandas", "pyyaml")
_ENDING = ".checked"
_CHECKSUM = hashlib.sha256().digest_size
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
        for other in entry.parent.glob(f"*{_ENDING}*"):
            if other != entry:  # made of what the package no longer holds, or left by who was killed
                other.unlink()
        if sum(map(len, tables.values())) >= LEAST and _made_with() == _LOADED:
            entry.parent.mkdir(exist_ok=True)
            files.write(entry.parent / ".gitignore", "# made by plan-monitor, to be deleted at will\n*\n")
            files.write(entry, _packed(*checked))


def _made_with() -> list[str]:
    """What decides, beside a package's files, what its tables are."""
    packages = [Path(module.__path__[0]) for module in (plan_monitor, reportkit)]
    return [platform.python_version(), *map(version, LIBRARIES), *map(files.digest, packages)]


_LOADED = _made_with()  # a library that was edited since is not the one that runs here


def _entry(folder: Path, contents: tuple[str, ...]) -> Path:
    name = hashlib.sha256(json.dumps([contents, _LOADED]).encode()).hexdigest()
    return folder / FOLDER / f"{name}{_ENDING}"


def _packed(tables: dict[str, pd.DataFrame], derived: list[Derived]) -> memoryview:
    """An entry: its checksum; arrays of each table's numbers, and of its texts by their places among the
    distinct ones of their column; and these, with the columns, as JSON."""
    arrays, described = {}, {}
    for name, frame in tables.items():
        numbers, places, columns = [], [], []
        for column, cells in frame.items():
            if cells.dtype == "float64":
                numbers.append(cells.to_numpy())
                columns.append((column, "float64", None))
            else:
                codes, distinct = pd.factorize(cells)
                places.append(codes.astype("int32"))
                columns.append((column, str(cells.dtype), distinct.tolist()))
        arrays |= {f"{name} numbers": np.array(numbers), f"{name} places": np.array(places)}
        described[name] = len(frame), columns
    text = json.dumps((described, derived)).encode()
    packed = io.BytesIO()
    packed.seek(_CHECKSUM)
    np.savez(packed, described=np.frombuffer(text, "uint8"), **arrays)
    entry = packed.getbuffer()
    entry[:_CHECKSUM] = hashlib.sha256(entry[_CHECKSUM:]).digest()
    return entry


def _unpacked(file: BinaryIO) -> Checked:
    with np.load(file, allow_pickle=False) as arrays:
        described, derived = json.loads(arrays["described"].tobytes())
        tables = {}
        for name, (rows, columns) in described.items():
            numbers, places = iter(arrays[f"{name} numbers"]), iter(arrays[f"{name} places"])
            cells = {}
            for column, kind, distinct in columns:
                if distinct is None:
                    cells[column] = next(numbers)
                else:
                    texts = pd.Series(distinct, dtype=kind).array
                    cells[column] = texts.take(next(places), allow_fill=True)
            tables[name] = pd.DataFrame(cells, index=range(rows))
    return tables, [Derived(*one) for one in derived]
