"""The description of a data package, ``datapackage.yaml``, and the files that it names."""

from functools import lru_cache
from pathlib import Path

import yaml

from reportkit.files import digest

DESCRIPTOR = "datapackage.yaml"
_YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C, where libyaml was at hand


def described(folder: Path) -> dict:
    """What the descriptor of a folder says; who gets it leaves it as it is.

    Raises OSError, UnicodeDecodeError or yaml.YAMLError where it cannot be read.
    """
    return _parsed((folder / DESCRIPTOR).read_text(encoding="utf-8"))


@lru_cache(maxsize=8)  # the longest part of reading a small package
def _parsed(text: str) -> dict:
    return yaml.load(text, Loader=_YAML)


def contents(folder: Path) -> tuple[str, ...]:
    """Digests of all files that a package is read from: its descriptor, and each that this names.

    Only the descriptor's where it names none that can be told; empty ones of files that are not there.
    """
    try:
        named = [folder / resource["path"] for resource in described(folder)["resources"]]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError):
        named = []  # what is wrong with it, a check says
    return tuple(map(digest, [folder / DESCRIPTOR, *named]))
