"""The words that the rules of reading are made of: ``vocabulary.csv``, a list in one or several rows."""

import csv
from collections import defaultdict
from pathlib import Path

_LISTS: defaultdict[str, list[str]] = defaultdict(list)
with Path(__file__).with_name("vocabulary.csv").open(encoding="utf-8", newline="") as _file:
    for _row in csv.DictReader(_file):
        _LISTS[_row["list"]].extend(_row["words"].split())


def words(name: str) -> list[str]:
    """The words of a list.

    >>> words("falls")[:2]
    ['下降', '减亏']
    """
    return _LISTS[name]
