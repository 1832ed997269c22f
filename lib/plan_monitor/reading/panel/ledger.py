"""The decisions of a document: a change is saved before it counts, and changes by others are noticed."""

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
    """The result of changes: entries changed by others, and those among them that were to be changed here.

    Where others changed an entry that was to be changed here, nothing is done.
    """

    changed_by_others: list[int]
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
        self._last_content = _content(path)
        self._lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=_PATIENCE)

    def apply(self, changes: Mapping[int, Change]) -> Result:
        """Make changes, once they are in the file; see ``Result``.

        Raises
        ------
        DataError
            If somebody else left the file so that it cannot be read.
        OSError
            If the file cannot be written. After an error nothing has changed.
        """
        with self._lock:
            entries, changed_by_others = self._current()
            disputed = [place for place, change in changes.items() if entries[place] != change.before]
            if not disputed:
                entries |= {place: change.after for place, change in changes.items()}
                content = decisions.text(entries.values()).encode()
                files.write(self.path, content)
                self._last_content = content
            self.entries = entries
        return Result(changed_by_others, disputed)

    def _current(self) -> tuple[dict[int, Entry], list[int]]:
        """The entries as the file has them now, and which of them somebody else changed."""
        content = _content(self.path)
        if content == self._last_content or not content:
            return dict(self.entries), []
        stored = {entry.row.start: entry for entry in decisions.parse(content, self.path.name)}
        entries = dict(sorted((self.entries | stored).items()))
        self._last_content = content
        return entries, [place for place, entry in entries.items() if entry != self.entries.get(place)]


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
