"""Checksums of a data package's tables, recorded in its descriptor (Data Package property ``hash``).

A number changed by accident, even one that no report shows, is noticed by comparing them.
``python -m plan_monitor.data.checksums data`` records them anew, as ``make notebooks`` does.
"""

import hashlib
import sys
from pathlib import Path

import yaml

from plan_monitor.data.descriptor import DESCRIPTOR


def changed(folder: Path) -> list[str]:
    """Names of the tables whose file differs from the recorded checksum."""
    resources = _descriptor(folder)["resources"]
    return [
        resource["name"]
        for resource in resources
        if resource.get("hash") != _checksum(folder / resource["path"])
    ]


def record(folder: Path) -> None:
    """Write the present checksums into the descriptor."""
    descriptor = _descriptor(folder)
    for resource in descriptor["resources"]:
        resource["hash"] = _checksum(folder / resource["path"])
    text = yaml.safe_dump(descriptor, allow_unicode=True, sort_keys=False, width=110)
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8", newline="\n")


def _checksum(path: Path) -> str:
    return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


def _descriptor(folder: Path) -> dict:
    return yaml.safe_load((folder / DESCRIPTOR).read_text(encoding="utf-8"))


if __name__ == "__main__":
    record(Path(sys.argv[1]))
