"""Stored notebooks compared with those of a git revision, with the data of then and of now."""

import io
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from reportkit import source
from reportkit.compare.content import Content, Unreadable, extract, quoted, read
from reportkit.compare.pairs import Pair, below
from reportkit.findings import DataError
from reportkit.source import Data


class Unknown(ValueError):
    """A revision or repository that git does not know; the message is git's own."""


def of_revision(revision: str, paths: Iterable[Path]) -> list[Pair]:
    """Notebooks in some files and folders that differ from those of a revision, before and after.

    None where a notebook exists on one side only. Unknown if there is no such revision, or no repository;
    Unreadable if a file is no notebook.
    """
    root = Path(_git(Path(), "rev-parse", "--show-toplevel").decode().strip())
    _git(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    pairs = []
    for path in map(Path.resolve, paths):
        if not path.is_relative_to(root):
            raise Unreadable(str(path))
        place = path.relative_to(root).as_posix()
        stored = _git(root, "ls-tree", "-r", "-z", "--name-only", revision, "--", place).decode().split("\0")
        current = {
            file.relative_to(root).as_posix() for file in (below(path).values() if path.is_dir() else [path])
        }
        for name in sorted(current | {name for name in stored if name.endswith(".ipynb")}):
            if name not in current or name not in stored or _differs(root, revision, name):
                old = _stored(root, revision, name) if name in stored else None
                pairs.append((old, read(root / name) if name in current else None))
    return _with_quotes(pairs, root, revision) if pairs else []


def _stored(root: Path, revision: str, name: str) -> Content:
    text = _git(root, "show", f"{revision}:{name}")
    try:
        return extract(json.loads(text), Path(name).stem)
    except (ValueError, KeyError):
        raise Unreadable(f"{revision}:{name}") from None


def _with_quotes(pairs: list[Pair], root: Path, revision: str) -> list[Pair]:
    """The pairs with the texts of the stored rows, before and after, and whether the library changed."""
    folders = [path.resolve() for path in source.libraries()]
    libraries = [path.relative_to(root).as_posix() for path in folders if path.is_relative_to(root)]
    versions = (revision, "now") if libraries and _differs(root, revision, *libraries) else ("", "")
    data: tuple[Data | None, Data | None] = (None, None)
    # without data, or with data that are not valid by today's rules, no reasons are given
    with suppress(DataError, OSError, Unknown), tempfile.TemporaryDirectory() as scratch:
        data = _data(root, revision, Path(scratch))
    return [
        (_add_quotes(old, data[0], versions[0]), _add_quotes(new, data[1], versions[1])) for old, new in pairs
    ]


def _data(root: Path, revision: str, scratch: Path) -> tuple[Data | None, Data | None]:
    """The data of a revision and those of now, where they differ."""
    subject = source.current()
    if subject is None:
        return None, None
    folder = subject.find().resolve()
    place = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else "."
    if place == "." or not _differs(root, revision, place):
        return None, None
    with tarfile.open(fileobj=io.BytesIO(_git(root, "archive", revision, "--", place))) as stored:
        stored.extractall(scratch, filter="data")
    return subject.read(scratch / place), subject.read(folder)


def _add_quotes(content: Content | None, data: Data | None, library: str) -> Content | None:
    if content is None:
        return None
    return replace(content, library=library, quotes=quoted(content.rows, data) if data else {})


def _differs(root: Path, revision: str, *places: str) -> bool:
    return bool(_git(root, "diff", "--name-only", revision, "--", *places).strip())


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        process = subprocess.run(["git", *arguments], cwd=folder, capture_output=True)
    except FileNotFoundError as error:
        raise Unknown(str(error)) from None
    if process.returncode:
        raise Unknown(process.stderr.decode(errors="replace").strip().partition("\n")[0])
    return process.stdout
