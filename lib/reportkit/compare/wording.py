"""Two wordings of one text, and where they differ."""

import re
from difflib import SequenceMatcher

from reportkit.language import tr

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|.", re.DOTALL | re.ASCII)
_CLAUSE = re.compile(r"(?<=[，、。；：|])|(?<=[,;.:|] )")
_MARKS = " ，、。；：|,;:."
_ALIKE = 0.4  # share of two texts that is the same; below it they are shown one after the other


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """Two answers as one text: pieces that are ``same``, ``gone`` or ``new``, no figure torn apart.

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
    """Clauses in which two texts differ, each as it was and as it is; empty where there is none.

    Texts with little in common are one such pair as a whole.

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
    return [(one.strip(_MARKS), other.strip(_MARKS)) for one, other in pairs]
