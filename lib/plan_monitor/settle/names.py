"""The ids of things by their names: indicators, documents, regions."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from plan_monitor.settle.labels import key

_BETWEEN_ALIASES = re.compile(r"[;；|]")
_ALIKE = 0.25  # what has less in common with a text than this is no help to its writer
_NEAREST = 3
_COMMON = 500  # a character that stands in more names than these, such as 县, tells none of them


class Match(NamedTuple):
    """What a text names: one thing, one of several, or none.

    ``id`` is None where nothing or more than one thing answers. ``candidates`` are then pairs of id and shown
    name: the several it may be (``ambiguous``), or the three nearest.
    """

    id: str | None
    candidates: list[tuple[str, str]]
    ambiguous: bool


def aliases(cell: str) -> list[str]:
    """The other names of an indicator, as its cell lists them.

    >>> aliases("义务教育巩固率；九年巩固率; "), aliases("")
    (['义务教育巩固率', '九年巩固率'], [])
    """
    return [name.strip() for name in _BETWEEN_ALIASES.split(cell) if name.strip()]


def _grams(name: str) -> set[str]:
    """Characters and pairs of neighbours: what two writings of one name share."""
    return {*name, *(a + b for a, b in pairwise(name))}


class Names:
    """Things with names, to be found by any of them.

    Parameters
    ----------
    entries : iterable of (str, iterable of str)
        An id and its names; the first name is shown to people. A name of several ids is ambiguous.
    """

    def __init__(self, entries: Iterable[tuple[str, Iterable[str]]]):
        self.shown: dict[str, str] = {}
        self._ids: dict[str, dict[str, None]] = defaultdict(dict)  # ordered sets of ids
        for code, names in entries:
            names = [name for name in names if name]
            self.shown[code] = names[0] if names else code
            for name in (code, *names):
                self._ids[key(name)][code] = None
        self.find = lru_cache(maxsize=None)(self.find)

    @cached_property
    def _grams(self) -> dict[str, set[str]]:
        return {name: _grams(name) for name in self._ids}

    @cached_property
    def _names_by_gram(self) -> dict[str, list[str]]:
        """Names by what stands in them."""
        names_by_gram = defaultdict(list)
        for name, grams in self._grams.items():
            for gram in grams:
                names_by_gram[gram].append(name)
        return names_by_gram

    def find(self, text: str, near: bool = True) -> Match:
        """Which id a text names; an id itself always names its own.

        Without `near` the nearest are left out: to find them takes a thousand times as long as the rest.

        >>> names = Names([("a", ["参保人数", "Enrollees"]), ("b", ["参保率"]), ("c", ["参保率"])])
        >>> names.find("Enrollees ").id, names.find("b").id
        ('a', 'b')
        >>> names.find("参保率")
        Match(id=None, candidates=[('b', '参保率'), ('c', '参保率')], ambiguous=True)
        >>> names.find("参保人口")
        Match(id=None, candidates=[('a', '参保人数'), ('b', '参保率'), ('c', '参保率')], ambiguous=False)
        """
        if text.strip() in self.shown:
            return Match(text.strip(), [], False)
        ids = list(self._ids.get(key(text), ()))
        if len(ids) == 1:
            return Match(ids[0], [], False)
        if ids:
            return Match(None, [(code, self.shown[code]) for code in ids], True)
        return Match(None, self.nearest(text) if near else [], False)

    def nearest(self, text: str) -> list[tuple[str, str]]:
        """The three ids, with their shown names, named most like a text; fewer where little is alike."""
        grams = _grams(key(text))
        candidates = [
            names for gram in sorted(grams) if len(names := self._names_by_gram.get(gram, ())) <= _COMMON
        ]
        similarity = {
            name: 2 * len(grams & self._grams[name]) / (len(grams) + len(self._grams[name]))
            for name in dict.fromkeys(chain.from_iterable(candidates))
        }
        result: dict[str, str] = {}
        for name in sorted(similarity, key=similarity.get, reverse=True):
            if similarity[name] < _ALIKE or len(result) >= _NEAREST:
                break
            for code in self._ids[name]:
                result[code] = self.shown[code]
        return list(result.items())[:_NEAREST]
