"""The numbers that Word puts before paragraphs, which are no text of them."""

import re

from lxml import etree

from plan_monitor.reading.source.word.names import child, children, on, value, whole
from plan_monitor.reading.source.word.numerals import written
from plan_monitor.reading.source.word.styles import Styles

_PLACE = re.compile(r"%([1-9])")


class _Level:
    """How a level of a list is numbered."""

    def __init__(self, element: etree._Element) -> None:
        start = whole(child(element, "start"))
        self.start = 1 if start is None else start
        self.form = value(child(element, "numFmt")) or "decimal"
        self.text = value(child(element, "lvlText")) or ""
        self.gap = value(child(element, "suff")) or "tab"
        self.legal = on(element, "isLgl")
        self.restart = whole(child(element, "lvlRestart"))
        self.style = value(child(element, "pStyle"))


class _List:
    """Levels of a list and the counters that go with them, which lists of one pattern share."""

    def __init__(self, levels: dict[int, _Level], pattern: str | None) -> None:
        self.levels = levels
        self.pattern = pattern
        self.restarts: dict[int, int] = {}  # levels that this list begins anew when it is first used


class Numbering:
    """Numbers of the paragraphs of a document, asked for in its order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self.styles = styles
        self.patterns = {value(one, "abstractNumId"): one for one in children(root, "abstractNum")}
        self.lists = {value(one, "numId"): self._list(one) for one in children(root, "num")}
        self.counts: dict[str | None, dict[int, int]] = {}
        self.used: set[str] = set()

    def of(self, paragraph: etree._Element) -> str:
        """The number before a paragraph, with what follows it; "" where it has none, or a mere sign."""
        key, depth = self._place(child(paragraph, "pPr"))
        numbered = self.lists.get(key)
        if numbered is None or depth not in numbered.levels:
            return ""
        counts = self._counted(key, numbered, depth)
        level = numbered.levels[depth]
        if level.form in ("bullet", "none"):
            return "" if level.form == "bullet" else _PLACE.sub("", level.text)
        number = _PLACE.sub(
            lambda place: self._figure(numbered, counts, int(place[1]) - 1, level.legal), level.text
        )
        return f"{number} " if number[-1:].isascii() and level.gap != "nothing" else number

    def _figure(self, numbered: _List, counts: dict[int, int], depth: int, legal: bool) -> str:
        level = numbered.levels.get(depth)
        if level is None:
            return ""
        return written(counts.get(depth, level.start), "decimal" if legal else level.form)

    def _counted(self, key: str, numbered: _List, depth: int) -> dict[int, int]:
        """The counters after one more paragraph of a level; deeper levels begin anew."""
        counts = self.counts.setdefault(numbered.pattern, {})
        if key not in self.used:
            self.used.add(key)
            for level, start in numbered.restarts.items():
                counts[level] = start - 1
        for above in range(depth):
            if above not in counts and above in numbered.levels:
                counts[above] = numbered.levels[above].start
        counts[depth] = counts.get(depth, numbered.levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            restart = numbered.levels[deeper].restart if deeper in numbered.levels else None
            if restart is None or (restart and depth < restart):
                del counts[deeper]
        return counts

    def _place(self, properties: etree._Element | None) -> tuple[str | None, int]:
        """The list that a paragraph belongs to, and its level there."""
        key = level = None
        style = self.styles.key(properties)
        for holder in [properties, *(child(one, "pPr") for one in self.styles.chain(style))]:
            own = child(holder, "numPr")
            if own is None:
                continue
            key = key if key is not None else value(child(own, "numId"))
            level = level if level is not None else whole(child(own, "ilvl"))
        if key in (None, "0"):
            return None, 0
        if level is None:
            level = self._of_style(key, style)
        return key, level

    def _of_style(self, key: str, style: str | None) -> int:
        """The level that a list has for a style."""
        numbered = self.lists.get(key)
        levels = numbered.levels.items() if numbered else ()
        return next((depth for depth, level in levels if level.style == style), 0)

    def _list(self, element: etree._Element) -> _List:
        pattern = value(child(element, "abstractNumId"))
        numbered = _List(self._levels(pattern), pattern)
        for override in children(element, "lvlOverride"):
            depth = whole(override, "ilvl") or 0
            if (own := child(override, "lvl")) is not None:
                numbered.levels[depth] = _Level(own)
                numbered.restarts[depth] = numbered.levels[depth].start
            if (start := whole(child(override, "startOverride"))) is not None:
                numbered.restarts[depth] = start
        return numbered

    def _levels(self, pattern: str | None) -> dict[int, _Level]:
        element = self.patterns.get(pattern)
        linked = value(child(element, "numStyleLink"))
        if linked:  # the pattern is the one that names the same style as its own
            named = [one for one in self.patterns.values() if value(child(one, "styleLink")) == linked]
            element = named[0] if named else element
        return {whole(level, "ilvl") or 0: _Level(level) for level in children(element, "lvl")}
