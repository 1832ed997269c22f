"""Files: whether they are still what they were, and writing them whole or not at all."""

import hashlib
import os
from pathlib import Path


def digest(path: Path) -> str:
    """SHA-256, in hexadecimal, of a file's bytes; of a folder, of the names and bytes of its files.

    What is hidden, and what Python compiled, does not count. Of what does not exist the digest is empty.
    """
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    if not path.is_dir():
        return ""
    whole = hashlib.sha256()
    for file in sorted(path.rglob("*")):
        name = file.relative_to(path)
        counts = not any(part.startswith((".", "__pycache__")) for part in name.parts)
        if counts and file.is_file():
            whole.update(f"{name.as_posix()}\n{digest(file)}\n".encode())
    return whole.hexdigest()


def write(path: Path, content: str | bytes) -> None:
    """Write a file beside its place, then move it there in one step."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content.encode() if isinstance(content, str) else content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
