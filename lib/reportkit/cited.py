"""Figures in sentences that keep the ids of the stored rows they come from.

``cited`` puts the rows' ids around a piece of text, between characters that no document can hold; they
survive joining and formatting. ``unmarked`` removes them for readers, and ``spans`` turns them into elements
that a page links to its notes.
"""

import re
from collections.abc import Callable, Iterable

_OPEN, _APART, _SHOWN, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"  # noncharacters of Unicode
_CITED = re.compile(f"{_OPEN}([^{_SHOWN}]*){_SHOWN}([^{_CLOSE}]*){_CLOSE}")


def cited(text: str, ids: Iterable[str]) -> str:
    """Mark a figure, or a piece of a sentence, with the ids of its stored rows; without ids, the plain text.

    Use it in a sentence (``words.say``), a step or a fact of a brief; a table's figures have a column of ids.
    """
    rows = unique_ids(ids)
    if not rows or not text:
        return text
    return f"{_OPEN}{_APART.join(rows)}{_SHOWN}{text}{_CLOSE}"


def unique_ids(ids: Iterable[object]) -> list[str]:
    """Ids of stored rows, each once, without missing ones."""
    return [*dict.fromkeys(row for row in ids if isinstance(row, str) and row)]


def unmarked(text: str) -> str:
    """A text for readers, without what ``cited`` put around its figures."""
    return _CITED.sub(lambda match: match[2], text)


def spans(text: str, sets: list[list[str]], render: Callable[[str], str] = str) -> str:
    """A text (Markdown or HTML) with every cited piece in an element that refers to its rows by a number.

    The number is the place of the rows' ids in `sets`, to which new ones are added. `render` is applied to
    the text of each piece.
    """
    return _CITED.sub(lambda match: span(match[1].split(_APART), sets, render(match[2])), text)


def span(ids: Iterable[str], sets: list[list[str]], text: str = "") -> str:
    """The element of one piece of text; without a text, it refers to all that precedes it."""
    ids = [*ids]
    if ids not in sets:
        sets.append(ids)
    return f'<span data-cite="{sets.index(ids)}">{text}</span>'
