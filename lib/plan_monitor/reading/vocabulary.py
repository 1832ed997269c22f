"""The words that the rules of reading are made of: ``vocabulary.csv``, a list in one or several rows."""

import csv
from collections import defaultdict
from pathlib import Path


def _read() -> dict[str, list[str]]:
    lists = defaultdict(list)
    with Path(__file__).with_name("vocabulary.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lists[row["list"]] += row["words"].split()
    return dict(lists)


_LISTS = _read()


def words(name: str) -> list[str]:
    """The words of a list.

    >>> words("falls")[:2]
    ['下降', '减亏']
    """
    return _LISTS[name]
