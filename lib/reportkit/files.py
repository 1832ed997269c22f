"""Files: whether their content has changed, and writing them completely or not at all."""

import hashlib
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes, or of the names and bytes of a folder's files; empty if nothing is there."""
    if path.is_file():
        with path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    if not path.is_dir():
        return ""
    hasher = hashlib.sha256()
    # by the letters of their names: on Windows, paths themselves are sorted without regard to case
    for name in sorted((file.relative_to(path) for file in path.rglob("*")), key=lambda name: name.parts):
        file = path / name
        hidden = any(part.startswith((".", "__pycache__")) for part in name.parts)
        if file.is_file() and not hidden:
            hasher.update(f"{name.as_posix()}\n{digest(file)}\n".encode())
    return hasher.hexdigest()


def one_file(name: str) -> str:
    """What names have in common that are names of one file on Windows or macOS.

    >>> one_file("Plan") == one_file("plan")
    True
    """
    return unicodedata.normalize("NFD", name).casefold()


def write(path: Path, content: str | bytes) -> None:
    """Write a file beside `path`, then move it to `path` in one step."""
    with writing(path) as file:
        file.write(content.encode() if isinstance(content, str) else content)


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A file beside `path`, moved to `path` in one step once it is written; removed if writing fails."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
