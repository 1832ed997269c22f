"""The decisions of a document: a change is in their file before it counts, and those of others are seen."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock

from plan_monitor.reading.panel import decisions
from plan_monitor.reading.panel.decisions import Entry
from reportkit import files

_PATIENCE = 5  # seconds that another may hold the file


class Change(NamedTuple):
    """An entry before and after something was done to it."""

    before: Entry
    after: Entry


class Result(NamedTuple):
    """What became of changes: entries taken over from others, and those that others had changed meanwhile.

    Where anybody else changed one of the entries, nothing is done.
    """

    taken: list[int]
    disputed: list[int]


class Ledger:
    """The entries of a document and the file that holds them.

    Parameters
    ----------
    path : Path
        The file; it is written with the first change.
    entries : list of Entry
        All of the document, with what the file holds of them.
    """

    def __init__(self, path: Path, entries: list[Entry]):
        self.path = path
        self.entries = {entry.row.start: entry for entry in entries}  # by their place in the text
        self._seen = _content(path)
        self._lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=_PATIENCE)

    def apply(self, changes: Mapping[int, Change]) -> Result:
        """Make changes, once they are in the file; see ``Result``.

        Raises
        ------
        DataError
            If somebody else left the file so that it cannot be read.
        OSError
            If the file cannot be written. Then, as with an error, nothing has changed.
        """
        with self._lock:
            entries, taken = self._current()
            disputed = [place for place, change in changes.items() if entries[place] != change.before]
            if not disputed:
                entries |= {place: change.after for place, change in changes.items()}
                content = decisions.text(entries.values()).encode()
                files.write(self.path, content)
                self._seen = content
            self.entries = entries
        return Result(taken, disputed)

    def _current(self) -> tuple[dict[int, Entry], list[int]]:
        """The entries as the file has them now, and which of them somebody else changed."""
        content = _content(self.path)
        if content == self._seen or not content:
            return dict(self.entries), []
        theirs = {entry.row.start: entry for entry in decisions.parsed(content, self.path.name)}
        entries = dict(sorted((self.entries | theirs).items()))
        self._seen = content
        return entries, [place for place, entry in entries.items() if entry != self.entries.get(place)]


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
