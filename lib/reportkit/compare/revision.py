"""Stored notebooks beside those of a revision of git, with what their data said then and say now."""

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
from reportkit.compare.pairs import Pair, below
from reportkit.compare.told import Told, Unreadable, quoted, read, tell
from reportkit.findings import DataError
from reportkit.source import Data


class Unknown(ValueError):
    """What git does not know; the text is what it says."""


def of_revision(revision: str, paths: Iterable[Path]) -> list[Pair]:
    """Notebooks of some files and folders that are not what they were in a revision, before and after.

    None where a notebook is only on one side. Unknown where there is no such revision, or no repository;
    Unreadable where a file is no notebook.
    """
    root = Path(_git(Path(), "rev-parse", "--show-toplevel").decode().strip())
    _git(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    pairs = []
    for path in map(Path.resolve, paths):
        if not path.is_relative_to(root):
            raise Unreadable(str(path))
        place = path.relative_to(root).as_posix()
        listed = _git(root, "ls-tree", "-r", "-z", "--name-only", revision, "--", place).decode().split("\0")
        now = {
            file.relative_to(root).as_posix() for file in (below(path).values() if path.is_dir() else [path])
        }
        for name in sorted(now | {name for name in listed if name.endswith(".ipynb")}):
            if name not in now or name not in listed or _differs(root, revision, name):
                old = _stored(root, revision, name) if name in listed else None
                pairs.append((old, read(root / name) if name in now else None))
    return _with_quotes(pairs, root, revision) if pairs else []


def _stored(root: Path, revision: str, name: str) -> Told:
    text = _git(root, "show", f"{revision}:{name}")
    try:
        return tell(json.loads(text), Path(name).stem)
    except (ValueError, KeyError):
        raise Unreadable(f"{revision}:{name}") from None


def _with_quotes(pairs: list[Pair], root: Path, revision: str) -> list[Pair]:
    """The same, with what the stored rows said and say, and whether the library changed."""
    folders = [path.resolve() for path in source.libraries()]
    own = [path.relative_to(root).as_posix() for path in folders if path.is_relative_to(root)]
    made = (revision, "now") if own and _differs(root, revision, *own) else ("", "")
    data: tuple[Data | None, Data | None] = (None, None)
    # without data, or with such as are not valid by the rules of today, it is not told why
    with suppress(DataError, OSError, Unknown), tempfile.TemporaryDirectory() as scratch:
        data = _data(root, revision, Path(scratch))
    return [(_known(old, data[0], made[0]), _known(new, data[1], made[1])) for old, new in pairs]


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


def _known(told: Told | None, data: Data | None, made: str) -> Told | None:
    if told is None:
        return None
    return replace(told, library=made, quotes=quoted(told.rows, data) if data else {})


def _differs(root: Path, revision: str, *places: str) -> bool:
    return bool(_git(root, "diff", "--name-only", revision, "--", *places).strip())


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True)
    except FileNotFoundError as error:
        raise Unknown(str(error)) from None
    if done.returncode:
        raise Unknown(done.stderr.decode(errors="replace").strip().partition("\n")[0])
    return done.stdout
