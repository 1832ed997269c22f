"""The numbers that Word puts before paragraphs, which are not part of their text."""

import re

from lxml import etree

from plan_monitor.reading.source.word.names import child, children, integer, is_on, value
from plan_monitor.reading.source.word.numerals import format_number
from plan_monitor.reading.source.word.styles import Styles

_PLACE = re.compile(r"%([1-9])")


class _Level:
    """How a level of a list is numbered."""

    def __init__(self, element: etree._Element) -> None:
        start = integer(child(element, "start"))
        self.start = 1 if start is None else start
        self.form = value(child(element, "numFmt")) or "decimal"
        self.text = value(child(element, "lvlText")) or ""
        self.gap = value(child(element, "suff")) or "tab"
        self.legal = is_on(element, "isLgl")
        self.restart = integer(child(element, "lvlRestart"))
        self.style = value(child(element, "pStyle"))


class _List:
    """Levels of a list, and the pattern whose counters it shares with other lists."""

    def __init__(self, levels: dict[int, _Level], pattern: str | None) -> None:
        self.levels = levels
        self.pattern = pattern
        self.restarts: dict[int, int] = {}  # levels that this list begins anew when it is first used


class Numbering:
    """Numbers of the paragraphs of a document, to be asked for in its order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self.styles = styles
        self.patterns = {
            value(element, "abstractNumId"): element for element in children(root, "abstractNum")
        }
        self.lists = {value(element, "numId"): self._list(element) for element in children(root, "num")}
        self.counts: dict[str | None, dict[int, int]] = {}
        self.used: set[str] = set()

    def of(self, paragraph: etree._Element) -> str:
        """The number before a paragraph, with the blank after it; "" where it has none, or only a bullet."""
        key, depth = self._place(child(paragraph, "pPr"))
        list_ = self.lists.get(key)
        if list_ is None or depth not in list_.levels:
            return ""
        counts = self._count(key, list_, depth)
        level = list_.levels[depth]
        if level.form in ("bullet", "none"):
            return "" if level.form == "bullet" else _PLACE.sub("", level.text)
        number = _PLACE.sub(
            lambda place: self._figure(list_, counts, int(place[1]) - 1, level.legal), level.text
        )
        return f"{number} " if number[-1:].isascii() and level.gap != "nothing" else number

    def _figure(self, list_: _List, counts: dict[int, int], depth: int, legal: bool) -> str:
        level = list_.levels.get(depth)
        if level is None:
            return ""
        return format_number(counts.get(depth, level.start), "decimal" if legal else level.form)

    def _count(self, key: str, list_: _List, depth: int) -> dict[int, int]:
        """The counters after one more paragraph of a level; deeper levels start again."""
        counts = self.counts.setdefault(list_.pattern, {})
        if key not in self.used:
            self.used.add(key)
            for level, start in list_.restarts.items():
                counts[level] = start - 1
        for upper in range(depth):
            if upper not in counts and upper in list_.levels:
                counts[upper] = list_.levels[upper].start
        counts[depth] = counts.get(depth, list_.levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            restart = list_.levels[deeper].restart if deeper in list_.levels else None
            if restart is None or (restart and depth < restart):
                del counts[deeper]
        return counts

    def _place(self, properties: etree._Element | None) -> tuple[str | None, int]:
        """The list that a paragraph belongs to, and its level there."""
        key = level = None
        style = self.styles.key(properties)
        for holder in [
            properties,
            *(child(style_element, "pPr") for style_element in self.styles.chain(style)),
        ]:
            number_properties = child(holder, "numPr")
            if number_properties is None:
                continue
            key = key if key is not None else value(child(number_properties, "numId"))
            level = level if level is not None else integer(child(number_properties, "ilvl"))
        if key in (None, "0"):
            return None, 0
        if level is None:
            level = self._of_style(key, style)
        return key, level

    def _of_style(self, key: str, style: str | None) -> int:
        """The level that a list has for a style."""
        list_ = self.lists.get(key)
        levels = list_.levels.items() if list_ else ()
        return next((depth for depth, level in levels if level.style == style), 0)

    def _list(self, element: etree._Element) -> _List:
        pattern = value(child(element, "abstractNumId"))
        list_ = _List(self._levels(pattern), pattern)
        for override in children(element, "lvlOverride"):
            depth = integer(override, "ilvl") or 0
            if (level_element := child(override, "lvl")) is not None:
                list_.levels[depth] = _Level(level_element)
                list_.restarts[depth] = list_.levels[depth].start
            if (start := integer(child(override, "startOverride"))) is not None:
                list_.restarts[depth] = start
        return list_

    def _levels(self, pattern: str | None) -> dict[int, _Level]:
        element = self.patterns.get(pattern)
        linked = value(child(element, "numStyleLink"))
        if linked:  # the pattern is the one that names the same style as its own
            matches = [
                other for other in self.patterns.values() if value(child(other, "styleLink")) == linked
            ]
            element = matches[0] if matches else element
        return {integer(level, "ilvl") or 0: _Level(level) for level in children(element, "lvl")}
