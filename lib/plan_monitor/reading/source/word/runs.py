"""The characters of a Word paragraph that a reader sees."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from plan_monitor.reading.source.blocks import superscript
from plan_monitor.reading.source.word.names import child, local, value
from plan_monitor.reading.source.word.styles import Styles

_UNSEEN = frozenset(
    ("del", "moveFrom", "pPr", "rPr", "delText", "instrText", "delInstrText", "rt", "fldData")
)
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
# characters of the font Symbol that figures stand beside
_SYMBOL = {"b3": "≥", "a3": "≤", "b1": "±", "b0": "°", "b4": "×", "2d": "−", "bb": "≈", "a5": "∞"}
_BOXES = ("txbxContent",)


class Text(NamedTuple):
    """Text of a paragraph, boxes anchored in it, notes it refers to; whether it is a table of contents."""

    text: str
    boxes: list[etree._Element]
    notes: list[tuple[str, str]]
    contents: bool = False

    def after(self, previous: "Text") -> "Text":
        """Both texts as one, where the end of the first was deleted."""
        return Text(
            previous.text + self.text, previous.boxes + self.boxes, previous.notes + self.notes, self.contents
        )


class Runs:
    """Reads paragraphs one after the other, because fields can continue from one to the next."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.fields: list[str] = []  # of each field that is open: "code" or "result", then what it is

    def read(self, paragraph: etree._Element) -> Text:
        text = Text("", [], [])
        in_contents = any(field.startswith("result TOC") for field in self.fields)
        self.hidden_style = self.styles.of(paragraph).hidden
        characters = "".join(self._characters(paragraph, text))
        still_in_contents = any(field.startswith("result TOC") for field in self.fields)
        return text._replace(
            text=characters, contents=in_contents or (still_in_contents and bool(characters.strip()))
        )

    def _characters(self, element: etree._Element, text: Text) -> Iterator[str]:
        for part in element:
            name = local(part)
            if name in _UNSEEN:
                if name == "instrText" and self.fields and self.fields[-1].startswith("code"):
                    self.fields[-1] += part.text or ""
                continue
            if name == "r":
                yield from self._run(part, text)
            elif name == "AlternateContent":
                yield from self._characters(_first_alternative(part), text)
            elif name in _BOXES:
                if self._is_visible():
                    text.boxes.append(part)
            elif name == "t":  # of a formula
                yield part.text or ""
            else:
                yield from self._characters(part, text)

    def _run(self, run: etree._Element, text: Text) -> Iterator[str]:
        properties = child(run, "rPr")
        hidden = self.styles.hidden(properties)
        is_shown = not (self.hidden_style if hidden is None else hidden)
        is_raised = value(child(properties, "vertAlign")) == "superscript"
        for part in run:
            name = local(part)
            if name == "fldChar":
                self._field(value(part, "fldCharType"))
            elif name in ("instrText", "delInstrText"):
                if self.fields and self.fields[-1].startswith("code") and name == "instrText":
                    self.fields[-1] = "code " + (self.fields[-1][5:] + (part.text or "")).lstrip()
            elif not is_shown or not self._is_visible() or name in _UNSEEN:
                continue
            elif name == "t":
                yield superscript(part.text or "") if is_raised else part.text or ""
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name == "br":
                yield "\n"
            elif name == "sym":
                yield _symbol(part)
            elif name in ("footnoteReference", "endnoteReference"):
                text.notes.append((name.removesuffix("Reference"), value(part, "id") or ""))
            elif name == "ruby":
                yield from self._characters(_base(part), text)
            else:
                yield from self._characters(
                    _first_alternative(part) if name == "AlternateContent" else part, text
                )

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append("code ")
        elif kind == "separate" and self.fields:
            self.fields[-1] = self.fields[-1].replace("code", "result", 1)
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _is_visible(self) -> bool:
        """Whether the characters that follow are not the code of a field."""
        return not any(field.startswith("code") for field in self.fields)


def _first_alternative(alternatives: etree._Element) -> etree._Element | tuple:
    """The alternative that present-day programs show."""
    return next(iter(alternatives), ())


def _base(ruby: etree._Element) -> etree._Element | tuple:
    """Characters without the reading aid above them."""
    base = child(ruby, "rubyBase")
    return () if base is None else base


def _symbol(part: etree._Element) -> str:
    """A sign of the font Symbol; only those that mean something beside a figure."""
    if (value(part, "font") or "").lower() != "symbol":
        return ""
    return _SYMBOL.get((value(part, "char") or "")[-2:].lower(), "")
