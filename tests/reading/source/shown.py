"""What a source holds, in short."""

from pathlib import Path

from plan_monitor.reading.passages import Passage, Table
from plan_monitor.reading.source import Source, read


def texts(source: Source) -> list[str]:
    return [part.text for part in source.parts if isinstance(part, Passage)]


def levels(source: Source) -> list[tuple[int, str]]:
    return [(part.level, part.text) for part in source.parts if isinstance(part, Passage)]


def tables(source: Source) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row] for row in part.rows] for part in source.parts if isinstance(part, Table)
    ]


def alike(source: Source) -> list[tuple]:
    """Passages and tables as two formats of one document have them: how high a heading is may differ."""
    return [
        ("table", [[cell.text for cell in row] for row in part.rows], part.above, part.path)
        if isinstance(part, Table)
        else ("passage", part.text, bool(part.level), part.path)
        for part in source.parts
    ]


def read_bytes(folder: Path, content: bytes | str, name: str = "document") -> Source:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path)
