"""Rows put into a package's files, which otherwise stay what they are: encoding, separator, line ends."""

import codecs
import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from plan_monitor.data.descriptor import DESCRIPTOR
from reportkit import files

_SEPARATORS = ",;\t"
_MARKS = {  # a file begins with them; the first that fits tells its encoding
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


def changes(folder: Path, rows: Mapping[str, list[Mapping[str, str]]]) -> dict[Path, bytes]:
    """Files of a package that change where some rows are put into its tables, and what they hold then.

    Where the descriptor records the checksum of such a file, it records the new one; one that did not fit the
    file before stays, so that whoever compares them still notices.

    Parameters
    ----------
    folder : Path
        A package whose descriptor knows the tables.
    rows : mapping of str to list of mapping
        Rows by table, as ``put`` takes them.
    """
    descriptor = folder / DESCRIPTOR
    recorded = described = descriptor.read_bytes()
    resources = {one["name"]: one for one in yaml.safe_load(described)["resources"]}
    changed = {}
    for table, added in rows.items():
        path, key = folder / resources[table]["path"], resources[table]["schema"]["primaryKey"]
        before, after = path.read_bytes(), put(path, added, tuple(key))
        if before != after:
            changed[path] = after
            described = described.replace(_recorded(before), _recorded(after))
    return changed | ({descriptor: described} if described != recorded else {})


def write(contents: Mapping[Path, bytes]) -> None:
    """Write files, all or none: what was written before one fails is put back."""
    before = {path: path.read_bytes() for path in contents}
    written = []
    try:
        for path, content in contents.items():
            files.write(path, content)
            written.append(path)
    except OSError:
        for path in written:
            files.write(path, before[path])
        raise


def _recorded(content: bytes) -> bytes:
    """A checksum as the Data Package standard writes it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}".encode()


def put(path: Path, rows: Sequence[Mapping[str, str]], key: tuple[str, ...] = ("id",)) -> bytes:
    """What a CSV file holds after some rows were put into it; the file itself is not touched.

    A row whose key is there already changes the cells that it names; the others follow at the end. Columns
    that the file does not have are left out. Where nothing changes, the bytes are those of the file.

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
    first = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    line_end = "\r\n" if first.endswith("\r") else "\n"
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    header = [name.strip() for name in lines[0]]
    at = [header.index(name) for name in key]
    place = {tuple(line[n] for n in at): line for line in lines[1:] if len(line) == len(header)}
    changed, added = False, []
    for row in rows:
        of = tuple(row[name] for name in key)
        line = place.get(of)
        if line is None:
            line = place[of] = [row.get(name, "") for name in header]
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
