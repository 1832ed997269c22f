"""A rule of reading: a name, a pattern, and a sentence made up for it."""

import re
from collections.abc import Iterable
from typing import NamedTuple

DASH = r"[-‐‑‒–—―−~～〜]+"
"""What stands between the ends of a span."""


class Rule(NamedTuple):
    """A pattern with its name, and an example with what it matches between ⟦ and ⟧."""

    name: str
    pattern: re.Pattern
    example: str


def rule(name: str, pattern: str, example: str) -> Rule:
    """A rule from the text of a pattern."""
    return Rule(name, re.compile(pattern), example)


def plain(example: str) -> str:
    """An example without its marks."""
    return re.sub("[⟦⟧]", "", example)


def marked(example: str) -> list[tuple[int, int]]:
    """The places between the marks of an example, in its plain text.

    >>> marked("按⟦18⟧号文补助⟦3⟧万元")
    [(1, 3), (7, 8)]
    """
    places, position, start = [], 0, 0
    for character in example:
        if character == "⟦":
            start = position
        elif character == "⟧":
            places.append((start, position))
        else:
            position += 1
    return places


def any_of(words: str | Iterable[str]) -> str:
    """A pattern of words, the longest first; a text is split at its blanks.

    >>> any_of("近 接近 km²")
    '(?:km²|接近|近)'
    """
    words = words.split() if isinstance(words, str) else words
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"
