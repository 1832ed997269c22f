"""The styles of a Word document: whether a paragraph is a heading, in the contents, hidden."""

import re
from typing import NamedTuple

from lxml import etree

from plan_monitor.reading.source.word.names import child, children, integer, is_on, value

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])(?:\s*char)?", re.I)
_TITLE = re.compile(r"(?:title|标题|文档标题)", re.I)
_SUBTITLE = re.compile(r"(?:subtitle|副标题)", re.I)
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d?(?:\s*heading)?|toc heading|目录标题", re.I)
_DEEPEST = 20  # styles that one can be based on in a row


class Style(NamedTuple):
    """The style of a paragraph.

    level : of a heading, 0 for a title, None where the style does not say.
    unbroken : a line break within it separates nothing.
    centred : it is centred, as titles are.
    contents : it is a line of the table of contents.
    """

    level: int | None = None
    unbroken: bool = False
    contents: bool = False
    hidden: bool = False
    centred: bool = False


class Styles:
    """The styles of a document, by their ids."""

    def __init__(self, root: etree._Element | None) -> None:
        self.all = {value(style, "styleId"): style for style in children(root, "style")}
        self.default = {
            value(style, "type"): value(style, "styleId")
            for style in self.all.values()
            if value(style, "default") in ("1", "true")
        }
        self.cache: dict[str | None, Style] = {}

    def of(self, paragraph: etree._Element) -> Style:
        """The style of a paragraph, with its own properties."""
        properties = child(paragraph, "pPr")
        style = self._style(self.key(properties))
        outline = integer(child(properties, "outlineLvl"))
        if outline is not None and not style.contents:
            style = style._replace(level=outline + 1 if outline < 9 else None, unbroken=outline < 9)
        centred = value(child(properties, "jc")) == "center"
        return style._replace(centred=centred)

    def key(self, properties: etree._Element | None) -> str | None:
        """The id of the style of a paragraph with such properties."""
        return value(child(properties, "pStyle")) or self.default.get("paragraph")

    def chain(self, key: str | None) -> list[etree._Element]:
        """A style and those that it is based on."""
        styles: list[etree._Element] = []
        while key in self.all and len(styles) < _DEEPEST:
            styles.append(self.all[key])
            key = value(child(styles[-1], "basedOn"))
        return styles

    def hidden(self, properties: etree._Element | None) -> bool | None:
        """Whether characters with such properties are hidden; None where they do not say."""
        if child(properties, "vanish") is not None:
            return is_on(properties, "vanish")
        key = value(child(properties, "rStyle"))
        return self._vanished(key) if key else None

    def _vanished(self, key: str | None) -> bool | None:
        for style in self.chain(key):
            if child(child(style, "rPr"), "vanish") is not None:
                return is_on(child(style, "rPr"), "vanish")
        return None

    def _style(self, key: str | None) -> Style:
        if key not in self.cache:
            self.cache[key] = self._new(key)
        return self.cache[key]

    def _new(self, key: str | None) -> Style:
        hidden = bool(self._vanished(key))
        for style in self.chain(key):
            name = (value(child(style, "name")) or "").strip()
            if _CONTENTS.fullmatch(name):
                return Style(0, contents=True, hidden=hidden)
            outline = integer(child(child(style, "pPr"), "outlineLvl"))
            if outline is not None:
                return Style(outline + 1 if outline < 9 else None, outline < 9, hidden=hidden)
            if heading := _HEADING.fullmatch(name):
                return Style(int(heading[1]), True, hidden=hidden)
            if _TITLE.fullmatch(name):
                return Style(0, True, hidden=hidden)
            if _SUBTITLE.fullmatch(name):
                return Style(0, hidden=hidden)
        return Style(hidden=hidden)
