"""Checksums of a data package's tables, recorded in its descriptor (Data Package property ``hash``).

A number changed by accident, even one that no report shows, is noticed by comparing them.
``python -m plan_monitor.data.checksums data`` records them anew, as ``make notebooks`` does.
"""

import hashlib
import sys
from pathlib import Path

import yaml

from plan_monitor.data.package import DESCRIPTOR


def checksum(path: Path) -> str:
    """Checksum of a file as the Data Package standard writes it: ``sha256:<hex>``."""
    return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


def changed(folder: Path) -> list[str]:
    """Names of the tables whose file differs from the recorded checksum."""
    descriptor = yaml.safe_load((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    return [r["name"] for r in descriptor["resources"] if r.get("hash") != checksum(folder / r["path"])]


def record(folder: Path) -> None:
    """Write the present checksums into the descriptor."""
    path = folder / DESCRIPTOR
    descriptor = yaml.safe_load(path.read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        resource["hash"] = checksum(folder / resource["path"])
    text = yaml.safe_dump(descriptor, allow_unicode=True, sort_keys=False, width=110)
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    record(Path(sys.argv[1]))
