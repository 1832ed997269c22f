"""CSV files that can be read in one way only, a line a row, by pandas' reader in C."""

import csv
import io
from pathlib import Path

import pandas as pd

# what may mean something else than its place between commas says: quotes, other separators, errors, comments
_DOUBT = (b'"', b";", b"#", b"Err:")
_CONTROL = bytes(set(range(32)) - set(b"\n\r"))
_BOM = b"\xef\xbb\xbf"
_NO_MARKS = bytes(set(range(256)) - set(b",\n"))


def read(path: Path) -> tuple[list[str], pd.DataFrame] | None:
    """The first row of a CSV file, and a column of texts for each of its cells; missing where empty.

    The rows have the numbers that a spreadsheet shows. None for a file that is not UTF-8, has one column
    only, rows of different lengths or what may mean something else: ``grid.sheets`` reads that.
    """
    raw = path.read_bytes().removeprefix(_BOM)
    if any(mark in raw for mark in _DOUBT) or len(raw.translate(None, _CONTROL)) != len(raw):
        return None
    if raw.count(b"\r") != raw.count(b"\r\n"):
        return None
    if not raw.endswith(b"\n"):
        raw += b"\n"
    heading = raw[: raw.index(b"\n")]
    row = b"," * heading.count(b",") + b"\n"
    marks = raw.translate(None, _NO_MARKS)
    if len(row) == 1 or marks != row * marks.count(b"\n"):
        return None
    try:
        names = heading.decode().removesuffix("\r").split(",")
        usual = {"header": None, "names": range(len(row)), "dtype": "str", "engine": "c", "low_memory": False}
        empty = {"keep_default_na": False, "na_values": [""], "skip_blank_lines": False}
        cells = pd.read_csv(io.BytesIO(raw), skiprows=1, quoting=csv.QUOTE_NONE, **usual, **empty)
    except (UnicodeDecodeError, pd.errors.EmptyDataError):
        return None
    cells.index = range(2, len(cells) + 2)
    return names, cells
