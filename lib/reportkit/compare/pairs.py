"""Which reports are compared: two files, or those of two folders by their names."""

from pathlib import Path

from reportkit.compare.content import Content, read

MANIFEST = "manifest.json"  # of a folder of published reports
Pair = tuple[Content | None, Content | None]


def of_paths(before: Path, after: Path) -> list[Pair]:
    """Two notebooks, or those of two folders by their names; None where a report is missing from one of them.

    Unreadable if a file is no notebook.
    """
    if not (before.is_dir() and after.is_dir()):
        return [(read(before), read(after))]
    old, new = below(before), below(after)
    names = sorted(old.keys() | new.keys())
    return [
        (read(old[name]) if name in old else None, read(new[name]) if name in new else None) for name in names
    ]


def below(folder: Path) -> dict[str, Path]:
    """Notebooks in a folder and below it, by their paths, without those of earlier editions."""
    editions = {path.parent for path in folder.glob(f"*/{MANIFEST}")}
    notebooks = {}
    for path in sorted(folder.rglob("*.ipynb")):
        name = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in name.parts)
        if not (hidden or path.name.endswith(".failed.ipynb") or editions & {*path.parents}):
            notebooks[name.as_posix()] = path
    return notebooks
