"""CSV files that can be read in one way only, one row on each line, by pandas' reader in C."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd

# what may mean something else than its place between commas says: quotes, other separators, errors, comments
_DOUBT = bytes(set(range(32)) - set(b"\n\r")) + b'";#'
_ERROR = b"Err:"
_CELLS = bytes(set(range(256)) - set(_DOUBT) - set(b",\r\n"))
_BOM = b"\xef\xbb\xbf"
_AT_ONCE = 1 << 21  # bytes: the reader looks texts up in tables that fit the processor's cache
_USUAL = {"header": None, "dtype": object, "engine": "c", "low_memory": False, "quoting": csv.QUOTE_NONE}
_EMPTY = {"keep_default_na": False, "na_values": [""]}


def read(path: Path) -> tuple[list[str], pd.DataFrame] | None:
    """The first row of a CSV file, and a column of texts for each of its cells; missing where empty.

    The rows have the numbers that a spreadsheet shows. None for a file that is not UTF-8, has one column
    only, rows of different lengths or what may mean something else: ``grid.sheets`` reads that.
    """
    with path.open("rb") as file:
        line = file.readline()
        heading, width = line.removeprefix(_BOM).removesuffix(b"\n"), line.count(b",") + 1
        if width == 1 or not _rows(heading + b"\n", width):
            return None
        count = 0
        for block in _blocks(file):
            if not (rows := _rows(block, width)):
                return None
            count += rows
        columns, end = [np.empty(count, dtype=object) for _ in range(width)], 0
        file.seek(len(line))
        try:
            names = heading.decode().removesuffix("\r").split(",")
            for block in _blocks(file):
                cells = pd.read_csv(io.BytesIO(block), names=range(width), **_USUAL, **_EMPTY)
                start, end = end, end + len(cells)
                for place, texts in enumerate(columns):  # in place: two copies of a big table do not fit
                    texts[start:end] = cells[place].to_numpy()
        except UnicodeDecodeError:
            return None
    numbers = pd.RangeIndex(2, count + 2)
    return names, pd.DataFrame(dict(enumerate(columns)), numbers, dtype="str", copy=False)


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    """The rest of a file in parts of whole lines, each with its end."""
    while block := file.read(_AT_ONCE):
        block += file.readline()
        yield block if block.endswith(b"\n") else block + b"\n"


def _rows(block: bytes, width: int) -> int:
    """How many lines a part has, each of so many plain cells; 0 where any is another."""
    if b"\r" in block:
        block = block.replace(b"\r\n", b"\n")
    marks = block.translate(None, _CELLS)
    rows = len(marks) // width
    even = marks == (b"," * (width - 1) + b"\n") * rows
    return rows if even and _ERROR not in block else 0
