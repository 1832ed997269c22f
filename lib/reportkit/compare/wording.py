"""Differences between two wordings of one text."""

import re
from difflib import SequenceMatcher

from reportkit.language import tr

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|.", re.DOTALL | re.ASCII)
_CLAUSE = re.compile(r"(?<=[，、。；：|])|(?<=[,;.:|] )")
_MARKS = " ，、。；：|,;:."
_ALIKE = 0.4  # similarity of two texts; below it they are shown one after the other


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """Two answers merged into pieces that are ``same``, ``gone`` or ``new``; no figure is split.

    >>> changes("11 of 19 kept", "12 of 19 kept")
    [('gone', '11'), ('new', '12'), ('same', ' of 19 kept')]
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return [("gone", before), ("new", after)]
    pieces = []
    for change, i, j, k, m in matcher.get_opcodes():
        texts = [("same", old[i:j])] if change == "equal" else [("gone", old[i:j]), ("new", new[k:m])]
        pieces += [(kind, "".join(text)) for kind, text in texts if text]
    return pieces


def clauses(before: str, after: str) -> list[tuple[str, str]]:
    """Clauses in which two texts differ, each before and after; an empty text if one side has none.

    Texts with little in common are returned whole, as one pair.

    >>> clauses("Rates: 2020 98.88, 2021 99.", "Rates: 2020 98.98, 2021 99, 2022 97.")
    [('2020 98.88', '2020 98.98'), ('', '2022 97')]
    """
    if changes(before, after) == [("gone", before), ("new", after)]:
        return [(before, after)]
    old, new = ([part.strip(_MARKS) for part in _CLAUSE.split(text)] for text in (before, after))
    pairs = []
    for change, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "replace" and j - i == m - k:
            pairs += zip(old[i:j], new[k:m], strict=True)
        elif change != "equal":
            comma = tr("，", ", ")
            pairs.append((comma.join(old[i:j]), comma.join(new[k:m])))
    return [(old_clause.strip(_MARKS), new_clause.strip(_MARKS)) for old_clause, new_clause in pairs]
