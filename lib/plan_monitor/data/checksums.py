"""Checksums of a data package's tables, recorded in its descriptor (Data Package property ``hash``).

A number changed by accident, even one that no report shows, is noticed by comparing them.
``python -m plan_monitor.data.checksums data`` records them anew, as ``make notebooks`` does.
"""

import hashlib
import sys
from pathlib import Path

import yaml

from plan_monitor.data.descriptor import DESCRIPTOR, read_descriptor


def changed(folder: Path) -> list[str]:
    """Names of the tables whose file differs from the recorded checksum."""
    return [
        resource["name"]
        for resource in read_descriptor(folder)["resources"]
        if resource.get("hash") != _checksum(folder / resource["path"])
    ]


def record(folder: Path) -> None:
    """Write the present checksums into the descriptor."""
    descriptor = read_descriptor(folder)
    resources = descriptor["resources"]
    hashed = [resource | {"hash": _checksum(folder / resource["path"])} for resource in resources]
    text = yaml.safe_dump(descriptor | {"resources": hashed}, allow_unicode=True, sort_keys=False, width=110)
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8", newline="\n")


def _checksum(path: Path) -> str:
    return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


if __name__ == "__main__":
    record(Path(sys.argv[1]))
