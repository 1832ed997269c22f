"""What the styles of a Word document say of a paragraph: heading or not, numbered, hidden."""

import re
from typing import NamedTuple

from lxml import etree

from plan_monitor.reading.source.word.names import child, children, on, value, whole

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])(?:\s*char)?", re.I)
_TITLE = re.compile(r"(?:title|标题|文档标题)", re.I)
_SUBTITLE = re.compile(r"(?:subtitle|副标题)", re.I)
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d?(?:\s*heading)?|toc heading|目录标题", re.I)
_DEEPEST = 20  # styles that one can be based on in a row


class Style(NamedTuple):
    """What holds for a paragraph.

    level : of a heading, 0 of a title, None where nothing is said.
    whole : a line break within it divides nothing.
    centred : it stands in the middle, as titles do.
    contents : it is a line of the table of contents.
    """

    level: int | None = None
    whole: bool = False
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
        self.read: dict[str | None, Style] = {}

    def of(self, paragraph: etree._Element) -> Style:
        """What style and own properties say of a paragraph."""
        properties = child(paragraph, "pPr")
        style = self._style(self.key(properties))
        outline = whole(child(properties, "outlineLvl"))
        if outline is not None and not style.contents:
            style = style._replace(level=outline + 1 if outline < 9 else None, whole=outline < 9)
        centred = value(child(properties, "jc")) == "center"
        return style._replace(centred=centred)

    def key(self, properties: etree._Element | None) -> str | None:
        """The style of a paragraph with such properties."""
        return value(child(properties, "pStyle")) or self.default.get("paragraph")

    def chain(self, key: str | None) -> list[etree._Element]:
        """A style and those that it is based on."""
        chain: list[etree._Element] = []
        while key in self.all and len(chain) < _DEEPEST:
            chain.append(self.all[key])
            key = value(child(chain[-1], "basedOn"))
        return chain

    def hidden(self, properties: etree._Element | None) -> bool | None:
        """Whether characters with such properties are hidden; None where they do not say."""
        if child(properties, "vanish") is not None:
            return on(properties, "vanish")
        key = value(child(properties, "rStyle"))
        return self._vanished(key) if key else None

    def _vanished(self, key: str | None) -> bool | None:
        for style in self.chain(key):
            if child(child(style, "rPr"), "vanish") is not None:
                return on(child(style, "rPr"), "vanish")
        return None

    def _style(self, key: str | None) -> Style:
        if key not in self.read:
            self.read[key] = self._new(key)
        return self.read[key]

    def _new(self, key: str | None) -> Style:
        hidden = bool(self._vanished(key))
        for style in self.chain(key):
            name = (value(child(style, "name")) or "").strip()
            if _CONTENTS.fullmatch(name):
                return Style(0, contents=True, hidden=hidden)
            outline = whole(child(child(style, "pPr"), "outlineLvl"))
            if outline is not None:
                return Style(outline + 1 if outline < 9 else None, outline < 9, hidden=hidden)
            if heading := _HEADING.fullmatch(name):
                return Style(int(heading[1]), True, hidden=hidden)
            if _TITLE.fullmatch(name):
                return Style(0, True, hidden=hidden)
            if _SUBTITLE.fullmatch(name):
                return Style(0, hidden=hidden)
        return Style(hidden=hidden)
