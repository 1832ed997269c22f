"""``manifest.json``: what every report of a folder was made of, when, how long it took, and its checksums.

A report is noted in a journal as soon as it is published, so that a run that was cut short is resumed; the
manifest itself is written at the end of a run.
"""

import contextlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from reportkit import files
from reportkit.files import digest
from reportkit.render import fingerprint

NAME = "manifest.json"
_JOURNAL = ".manifest.jsonl"
_FORMAT = 2


class Manifest:
    """The manifest of a folder of reports; empty where there is none, or none that can be read.

    ``reports`` is by name; ``last`` tells of the last run that came to its end, to recognise the same again.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.reports: dict[str, dict[str, Any]] = {}
        self.last: dict[str, Any] = {}
        with contextlib.suppress(OSError, ValueError, AttributeError, KeyError):
            stored = json.loads((folder / NAME).read_text(encoding="utf-8"))
            if stored.get("format") == _FORMAT:
                self.reports, self.last = stored["reports"], stored["last"]
        for line in self._journal():
            with contextlib.suppress(ValueError, KeyError):  # the last line of a run that was killed
                record = json.loads(line)
                self.reports[record.pop("name")] = record

    def current(self, name: str, fingerprint: str, validated: bool, formats: Iterable[str]) -> bool:
        """Whether a report is there, made of just this, and as it was published.

        If it is asked for, also run twice, and in these formats.
        """
        record = self.reports.get(name, {})
        made = record.get("status") == "ok" and record.get("fingerprint") == fingerprint
        made = made and record["validated"] >= validated
        made = made and all(f"{name}.{ending}" in record["files"] for ending in formats)
        return made and all(digest(self.folder / file) == sha for file, sha in record["files"].items())

    def note(self, name: str, record: dict[str, Any]) -> None:
        """Note what became of a report."""
        self.reports[name] = record
        self.last = {}  # the folder is no more what a run left
        with (self.folder / _JOURNAL).open("a", encoding="utf-8") as journal:
            journal.write(json.dumps({"name": name, **record}, ensure_ascii=False) + "\n")

    def save(self) -> None:
        """Write the manifest, without reports whose page is gone."""
        kept = {
            name: record
            for name, record in sorted(self.reports.items())
            if record["status"] != "ok" or (self.folder / f"{name}.html").is_file()
        }
        text = {"format": _FORMAT, "reports": kept, "last": self.last}
        files.write(self.folder / NAME, json.dumps(text, ensure_ascii=False, indent=1))
        (self.folder / _JOURNAL).unlink(missing_ok=True)

    def _journal(self) -> list[str]:
        with contextlib.suppress(OSError):
            return (self.folder / _JOURNAL).read_text(encoding="utf-8").splitlines()
        return []


def unchanged(folder: Path, arguments: dict[str, Any]) -> list[str] | None:
    """Names of all reports of a run, if that run would find nothing to do; else None.

    It reads files and imports nothing of what a report is made with, so that it answers at once.

    Parameters
    ----------
    folder : Path
        Where the reports lie.
    arguments : dict
        What the run is told, as ``run`` was.
    """
    manifest = Manifest(folder)
    last = manifest.last
    if not last or last["arguments"] != arguments:
        return None
    if last["library"] != fingerprint.library() or last["versions"] != fingerprint.versions():
        return None
    if any(digest(Path(path)) != before for path, before in last["inputs"].items()):
        return None
    prints = last["reports"].items()
    asked = arguments["validate"], arguments["formats"]
    current = all(manifest.current(name, made_of, *asked) for name, made_of in prints)
    return [*last["reports"]] if current else None
