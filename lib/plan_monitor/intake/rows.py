"""Rows put into a package's files, which otherwise stay what they are: encoding, separator, line ends."""

import codecs
import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from plan_monitor.data.descriptor import DESCRIPTOR, read_descriptor
from reportkit import files

_SEPARATORS = ",;\t"
_MARKS = {  # a file begins with them; the first that fits tells its encoding
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


def changes(folder: Path, rows: Mapping[str, list[Mapping[str, str]]]) -> dict[Path, bytes]:
    """The new contents of those files of a package that change where rows are put into its tables.

    The descriptor gets the new checksum of a changed file in place of the old one; a checksum that did not
    fit the file before is left, so that a comparison still notices it.

    Parameters
    ----------
    folder : Path
        A package whose descriptor knows the tables.
    rows : mapping of str to list of mapping
        Rows by table, as ``put`` takes them.
    """
    descriptor = folder / DESCRIPTOR
    original = updated = descriptor.read_bytes()
    resources = {resource["name"]: resource for resource in read_descriptor(folder)["resources"]}
    changed = {}
    for table, new_rows in rows.items():
        path, key = folder / resources[table]["path"], resources[table]["schema"]["primaryKey"]
        before, after = path.read_bytes(), put(path, new_rows, tuple(key))
        if before != after:
            changed[path] = after
            updated = updated.replace(_checksum(before), _checksum(after))
    return changed | ({descriptor: updated} if updated != original else {})


def write(contents: Mapping[Path, bytes]) -> None:
    """Write files, all or none: what was written before one fails is put back."""
    originals = {path: path.read_bytes() for path in contents}
    paths = []
    try:
        for path, content in contents.items():
            files.write(path, content)
            paths.append(path)
    except OSError:
        for path in paths:
            files.write(path, originals[path])
        raise


def _checksum(content: bytes) -> bytes:
    """A checksum as the Data Package standard writes it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}".encode()


def put(path: Path, rows: Sequence[Mapping[str, str]], key: tuple[str, ...] = ("id",)) -> bytes:
    """The content of a CSV file after some rows were put into it; the file itself is not touched.

    A row whose key exists already changes the cells that it names; the others are appended. Columns that the
    file does not have are left out. Where nothing changes, the bytes are those of the file.

    Parameters
    ----------
    path : Path
        A CSV file with a header.
    rows : list of mapping
        Column → text.
    key : tuple of str
        The columns that tell rows apart.

    Raises
    ------
    ValueError
        If the text cannot be written in the file's encoding.
    """
    mark, encoding, text = _decoded(path.read_bytes())
    first_line = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first_line.count)
    line_end = "\r\n" if first_line.endswith("\r") else "\n"
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    header = [name.strip() for name in lines[0]]
    positions = [header.index(name) for name in key]
    line_by_key = {tuple(line[n] for n in positions): line for line in lines[1:] if len(line) == len(header)}
    changed, new_lines = False, []
    for row in rows:
        row_key = tuple(row[name] for name in key)
        line = line_by_key.get(row_key)
        if line is None:
            line = line_by_key[row_key] = [row.get(name, "") for name in header]
            new_lines.append(line)
            continue
        cells = [row.get(name, cell) for name, cell in zip(header, line, strict=True)]
        changed |= cells != line
        line[:] = cells
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator, lineterminator=line_end)
    if changed:
        writer.writerows([*lines, *new_lines])
    else:
        buffer.write(text + (line_end if new_lines and not text.endswith("\n") else ""))
        writer.writerows(new_lines)
    return mark + buffer.getvalue().encode(encoding)


def _decoded(raw: bytes) -> tuple[bytes, str, str]:
    """The mark a file begins with, its encoding and its text: UTF-8, UTF-16 with mark, or GBK."""
    for mark, encoding in _MARKS.items():
        if raw.startswith(mark):
            return mark, encoding, raw.removeprefix(mark).decode(encoding)
    try:
        return b"", "utf-8", raw.decode("utf-8")
    except UnicodeDecodeError:
        return b"", "gb18030", raw.decode("gb18030")
