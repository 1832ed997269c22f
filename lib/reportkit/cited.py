"""Figures in sentences that still know which stored rows they come from.

``cited`` puts the rows' ids around a piece of text, between characters that no document can hold; what is
made of the text by joining and formatting keeps them. ``unmarked`` takes them out again for readers, and
``spans`` makes them elements that a page leads to its notes.
"""

import re
from collections.abc import Callable, Iterable

_OPEN, _APART, _SHOWN, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"  # noncharacters of Unicode
_CITED = re.compile(f"{_OPEN}([^{_SHOWN}]*){_SHOWN}([^{_CLOSE}]*){_CLOSE}")


def cited(text: str, ids: Iterable[str]) -> str:
    """A figure, or a piece of a sentence, that comes from stored rows, by their ids; plain text without any.

    It is for a sentence (``words.say``), a step or a fact of a brief; a table's figures have a column of ids.
    """
    rows = known(ids)
    if not rows or not text:
        return text
    return f"{_OPEN}{_APART.join(rows)}{_SHOWN}{text}{_CLOSE}"


def known(ids: Iterable[object]) -> list[str]:
    """Ids of stored rows, each once, without those that are missing."""
    return [*dict.fromkeys(one for one in ids if isinstance(one, str) and one)]


def unmarked(text: str) -> str:
    """A text as it is read, without what ``cited`` put around its figures."""
    return _CITED.sub(lambda match: match[2], text)


def spans(text: str, sets: list[list[str]], shown: Callable[[str], str] = str) -> str:
    """A text (Markdown or HTML) with every cited piece in an element that names its rows by a number.

    The numbers are places in `sets`, to which the ids of rows not yet in it are added.
    """
    return _CITED.sub(lambda match: span(match[1].split(_APART), sets, shown(match[2])), text)


def span(ids: Iterable[str], sets: list[list[str]], text: str = "") -> str:
    """The element of one piece of text; without a text, of all that stands before it."""
    ids = [*ids]
    if ids not in sets:
        sets.append(ids)
    return f'<span data-cite="{sets.index(ids)}">{text}</span>'
