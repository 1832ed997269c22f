"""A Word document's paragraphs and tables, in reading order."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from plan_monitor.reading.source import archive, refusal
from plan_monitor.reading.source.blocks import Block, Paragraph
from plan_monitor.reading.source.word.names import child, is_on, local, value
from plan_monitor.reading.source.word.numbering import Numbering
from plan_monitor.reading.source.word.runs import Runs, Text
from plan_monitor.reading.source.word.styles import Styles
from plan_monitor.reading.source.word.tables import grid

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    KeyError,
    ValueError,
    OSError,
    EOFError,
    StopIteration,
)
_LONGEST_HEADING = 80  # characters; a paragraph in the style of a heading that is longer is text
_TWO_LINES = re.compile(r"[^\n]*[^\n。？！：；，]\n[^\n（(\d]*")  # of a title
_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))


def blocks(path: Path) -> list[Block]:
    """Paragraphs and tables of a document; text boxes and notes follow the paragraph they belong to.

    Raises
    ------
    Unreadable
        Where parts of it are missing or broken.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            return _Document(packed).read()
    except refusal.Unreadable:
        raise
    except _DAMAGE as error:
        raise refusal.damaged("docx") from error


class _Document:
    """The parts of a document that its text comes from."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        names = set(packed.namelist())
        main = next(name for name in ("word/document.xml", "word/document2.xml") if name in names)
        roots = {}
        for kind, part in _relations(packed, main, names):
            if kind in ("styles", "numbering", "footnotes", "endnotes") and part in names:
                roots[kind] = archive.parse(packed, part)
        self.body = child(archive.parse(packed, main), "body")
        if self.body is None:
            raise refusal.damaged("docx")
        self.styles = Styles(roots.get("styles"))
        self.numbering = Numbering(roots.get("numbering"), self.styles)
        self.notes = {
            kind: {value(note, "id"): note for note in roots.get(f"{kind}s", ())}
            for kind in ("footnote", "endnote")
        }
        self.runs = Runs(self.styles)

    def read(self) -> list[Block]:
        return list(self._content(self.body))

    def _content(self, container: etree._Element) -> Iterator[Block]:
        """Blocks of a body, a cell, a text box or a note."""
        pending: Text | None = None  # its end was deleted: the next paragraph continues it
        for element in _flat(container):
            if local(element) == "tbl":
                yield from self._table(element)
                continue
            text = self.runs.read(element)
            if pending is not None:
                text = text.after(pending)
                pending = None
            if _end_deleted(element):
                pending = text
                continue
            yield from self._paragraph(element, text)
        if pending is not None:
            yield Paragraph(pending.text)
            yield from self._attached(pending)

    def _paragraph(self, element: etree._Element, text: Text) -> Iterator[Block]:
        style = self.styles.of(element)
        number = self.numbering.of(element)
        if text.text.strip() and not style.contents and not text.contents:
            level, unbroken = style.level, style.unbroken
            if level and len(text.text.strip()) > _LONGEST_HEADING:
                level, unbroken = 0, False
            unbroken = unbroken or (style.centred and bool(_TWO_LINES.fullmatch(text.text.strip())))
            yield Paragraph(number + text.text.lstrip() if number else text.text, level, unbroken)
        yield from self._attached(text)

    def _attached(self, text: Text) -> Iterator[Block]:
        """Blocks of the boxes anchored in a text, and of the notes that it refers to."""
        for box in text.boxes:
            yield from self._content(box)
        for kind, key in text.notes:
            if (note := self.notes[kind].get(key)) is not None:
                yield from self._content(note)

    def _table(self, table: etree._Element) -> Iterator[Block]:
        inner: list[etree._Element] = []
        texts: list[Text] = []

        def text_of(cell: etree._Element) -> str:
            lines = []
            for element in _flat(cell):
                if local(element) == "tbl":
                    inner.append(element)
                    continue
                text = self.runs.read(element)
                number = self.numbering.of(element)
                lines.append(number + text.text.strip() if text.text.strip() else "")
                texts.append(text)
            return "\n".join(filter(None, lines))

        yield grid(table, text_of)
        for element in inner:
            yield from self._table(element)
        for text in texts:
            yield from self._attached(text)


def _relations(packed: zipfile.ZipFile, main: str, names: set[str]) -> Iterator[tuple[str, str]]:
    """Kind and path of the parts inside the document that its main part refers to."""
    folder, name = posixpath.split(main)
    part = posixpath.join(folder, "_rels", f"{name}.rels")
    if part not in names:
        return
    for relation in archive.parse(packed, part):
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            yield relation.get("Type", "").rpartition("/")[2], target.lstrip("/")


def _flat(container: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """Paragraphs and tables, also those inside controls and marks of changes."""
    for element in container:
        name = local(element)
        if name in ("p", "tbl"):
            yield element
        elif name in _WRAPPERS:
            if name == "sdt" and _is_contents(element):
                continue
            yield from _flat(element)
        elif name == "AlternateContent":
            yield from _flat(next(iter(element), ()))


def _is_contents(control: etree._Element) -> bool:
    """Whether a control holds the table of contents, which says nothing that the headings do not."""
    gallery = next((part for part in control.iter() if local(part) == "docPartGallery"), None)
    return gallery is not None and value(gallery, "val") == "Table of Contents"


def _end_deleted(paragraph: etree._Element) -> bool:
    properties = child(child(paragraph, "pPr"), "rPr")
    return any(is_on(properties, name) for name in ("del", "moveFrom"))
