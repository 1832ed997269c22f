"""Rows put into a table's file, which otherwise stays what it is: encoding, separator, line ends, columns."""

import codecs
import csv
import io
from collections.abc import Mapping
from pathlib import Path

_SEPARATORS = ",;\t"
_MARKS = {  # a file begins with them; the first that fits tells its encoding
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


def put(path: Path, rows: list[Mapping[str, str]], key: str = "id") -> bytes:
    """What a CSV file holds after some rows were put into it; the file itself is not touched.

    A row whose key is there already changes the cells that it names; the others follow at the end. Columns
    that the file does not have are left out. Where nothing changes, the bytes are those of the file.

    Parameters
    ----------
    path : Path
        A CSV file with a header.
    rows : list of mapping
        Column → text.
    key : str
        The column that tells rows apart.

    Raises
    ------
    ValueError
        If the text cannot be written in the file's encoding.
    """
    mark, encoding, text = _decoded(path.read_bytes())
    first = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    line_end = "\r\n" if first.endswith("\r") else "\n"
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    header = [name.strip() for name in lines[0]]
    place = {line[header.index(key)]: line for line in lines[1:] if len(line) == len(header)}
    changed, added = False, []
    for row in rows:
        line = place.get(row[key])
        if line is None:
            line = place[row[key]] = [row.get(name, "") for name in header]
            added.append(line)
            continue
        cells = [row.get(name, cell) for name, cell in zip(header, line, strict=True)]
        changed |= cells != line
        line[:] = cells
    whole = io.StringIO(newline="")
    writer = csv.writer(whole, delimiter=separator, lineterminator=line_end)
    if changed:
        writer.writerows([*lines, *added])
    else:
        whole.write(text + (line_end if added and not text.endswith("\n") else ""))
        writer.writerows(added)
    return mark + whole.getvalue().encode(encoding)


def _decoded(raw: bytes) -> tuple[bytes, str, str]:
    """The mark a file begins with, its encoding and its text: UTF-8, UTF-16 with mark, or GBK."""
    for mark, encoding in _MARKS.items():
        if raw.startswith(mark):
            return mark, encoding, raw.removeprefix(mark).decode(encoding)
    try:
        return b"", "utf-8", raw.decode("utf-8")
    except UnicodeDecodeError:
        return b"", "gb18030", raw.decode("gb18030")
