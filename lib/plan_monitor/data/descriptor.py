"""The description of a data package, ``datapackage.yaml``, and the files that it names."""

from functools import lru_cache
from pathlib import Path

import yaml

from reportkit.files import digest

DESCRIPTOR = "datapackage.yaml"
_YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C, where libyaml was at hand


def read_descriptor(folder: Path) -> dict:
    """The descriptor of a folder; callers must not change it.

    Raises OSError, UnicodeDecodeError or yaml.YAMLError where it cannot be read.
    """
    return _parsed((folder / DESCRIPTOR).read_text(encoding="utf-8"))


@lru_cache(maxsize=8)  # the longest part of reading a small package
def _parsed(text: str) -> dict:
    return yaml.load(text, Loader=_YAML)


def contents(folder: Path) -> tuple[str, ...]:
    """Digests of all files that a package is read from: its descriptor, and each that this names.

    Only the descriptor's where it is not readable; an empty digest for a file that does not exist.
    """
    try:
        paths = [folder / resource["path"] for resource in read_descriptor(folder)["resources"]]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError):
        paths = []  # what is wrong with it, a check says
    return tuple(map(digest, [folder / DESCRIPTOR, *paths]))
