"""The annex of a page on paper: its source notes by document, as short as possible.

The region and grade of most rows of a document are given once below its heading, and the part of the document
that several rows share is given above them; a note has only the rest.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from reportkit.formats.notes import Note, runs
from reportkit.formats.page import kept_together
from reportkit.language import tr
from reportkit.source import Document, Quote

_Numbered = tuple[int, Quote]
_LONG = 16  # characters; a longer remark is printed once and then referred to

NOTE, COLUMNS, GUTTER_MM = 7.5, 3, 4  # size of its letters in points, 六号; columns, and room between them
HEADING = ("附：数字出处", "Annex: source notes")
_LEAD = (
    "表中数字后方括号里的号码指向下列各条。文件名、章节下所写的地区和等级，适用于其下未另注明的各条。"
    "全表出处相同的，号码在表题之后。",
    "The number in brackets behind a figure is that of its note. Region and grade below a document or a part "
    "hold for all of its notes that name no other. Where all figures of a table have the same note, its "
    "number is behind the caption.",
)
_COMPUTED = (
    "由计算得出的数字（后面是所用各数的号码）",
    "Computed figures (and the notes of those they were made of)",
)


def annex(notes: list[Note]) -> list[dict[str, Any]]:
    """The annex as paragraphs for ``convert.lua``, each with kind, text and notes.

    Kinds are lead, document, usual (region and grade of its notes unless they name others), part (of a
    document) and notes; the text of the latter names a smaller part. A note has its number, text and the
    numbers of the notes that it is computed from, as runs (first, last).
    """
    quoted: dict[Document, list[_Numbered]] = {}
    for note in notes:
        if note.quote:
            quoted.setdefault(note.quote.document, []).append((note.number, note.quote))
    others = dict.fromkeys(
        document for note in notes for document, _ in note.counts if document not in quoted
    )
    names = {
        document: tr(f"文件 {number}", f"Document {number}")
        for number, document in enumerate([*quoted, *others], 1)
    }
    paragraphs = [_paragraph("lead", tr(*_LEAD))]
    for document, quotes in quoted.items():
        paragraphs.append(_paragraph("document", _titled(names[document], document)))
        paragraphs += _of_document(_once(quotes))
    if others:
        paragraphs.append(_paragraph("document", tr("只用于计算的文件", "Documents only used in computing")))
        paragraphs.append(
            _paragraph("usual", "　".join(_titled(names[document], document) for document in others))
        )
    if computed := [note for note in notes if not note.quote]:
        paragraphs.append(_paragraph("document", tr(*_COMPUTED)))
        lines = [
            _note(note.number, note.counted(names) if note.counts else "", note.made_of) for note in computed
        ]
        paragraphs.append(_paragraph("notes", "", lines))
    return paragraphs


def _titled(name: str, document: Document) -> str:
    title = tr(f"《{document.title}》", document.title)
    return " ".join(filter(None, [name, title, document.imprint]))


def _paragraph(kind: str, text: str, notes: Iterable[dict] = ()) -> dict[str, Any]:
    return {"kind": kind, "text": _line(text), "notes": list(notes)}


def _note(number: int, text: str, made_of: Iterable[int] = ()) -> dict[str, Any]:
    return {"number": number, "text": _line(text), "made_of": runs(made_of)}


def _line(text: str) -> str:
    """A text on one line; figures and their signs are kept together."""
    return kept_together(" ".join(text.split("\n")))


def _of_document(notes: list[_Numbered]) -> list[dict[str, Any]]:
    """The paragraphs below a document's title."""
    usual = _usual(notes, ["", ""])
    paragraphs = [_paragraph("usual", " · ".join(filter(None, usual)))] if any(usual) else []
    for large in _parts(notes, 1):
        usual_in_part, depth_above = usual, 0
        if len(large) > 1:
            usual_in_part, depth_above = _usual(large, usual), 1
            paragraphs.append(_paragraph("part", _heading(large, 1, usual, usual_in_part)))
        for small in _parts(large, 2) if depth_above else [large]:
            text, usual_in_subpart, depth = "", usual_in_part, depth_above
            if len(small) > 1:
                usual_in_subpart, depth = _usual(small, usual_in_part), 2
                text = _heading(small, 2, usual_in_part, usual_in_subpart) + tr("：", ": ")
            lines = [_note(number, _note_text(quote, depth, usual_in_subpart)) for number, quote in small]
            paragraphs.append(_paragraph("notes", text, lines))
    return paragraphs


def _once(notes: list[_Numbered]) -> list[_Numbered]:
    """Notes with each long remark in full the first time, and then as a reference to that note."""
    numbers = {quote.remark: number for number, quote in reversed(notes) if len(quote.remark) > _LONG}
    pairs = ((number, quote, numbers.get(quote.remark, number)) for number, quote in notes)
    return [
        (
            number,
            quote if ref == number else quote._replace(remark=tr(f"说明同 {ref}", f"remark as in {ref}")),
        )
        for number, quote, ref in pairs
    ]


def _parts(notes: list[_Numbered], depth: int) -> Iterator[list[_Numbered]]:
    """Groups of consecutive notes in the same part of a document, if all of them name a place in it."""
    for _, group in groupby(notes, lambda note: note[1].parts[:depth]):
        group = list(group)
        if all(len(quote.parts) > depth for _, quote in group):
            yield group
        else:
            yield from ([note] for note in group)


def _heading(notes: list[_Numbered], depth: int, before: list[str], usual: list[str]) -> str:
    """The heading of a part: its name, and its usual region and grade if they differ from those around it."""
    differing = (value for value, outer in zip(usual, before, strict=True) if value != outer)
    return " · ".join(filter(None, [notes[0][1].parts[depth - 1], *differing]))


def _usual(notes: list[_Numbered], around: list[str]) -> list[str]:
    """The region and the grade of more than half of some notes, else the usual ones around them.

    Empty if a note has none, because it would seem to have the usual one.
    """
    usual = []
    columns = zip(*((quote.region, quote.grade) for _, quote in notes), strict=True)
    for values, outer in zip(columns, around, strict=True):
        (commonest, count), *_ = Counter(values).most_common(1)
        usual.append("" if "" in values else commonest if 2 * count > len(values) else outer)
    return usual


def _note_text(quote: Quote, depth: int, usual: list[str]) -> str:
    """A note's text without what its headings say: `depth` parts of its place, usual region and grade."""
    place = quote.parts[depth:]
    if place and quote.statement.startswith(place[-1]):  # the last part is often the name of the figure
        place = place[:-1]
    region, grade = (
        value if value != common else ""
        for value, common in zip((quote.region, quote.grade), usual, strict=True)
    )
    text = tr("，", ", ").join(filter(None, [quote.statement, region]))
    return " · ".join(filter(None, [*place, text, grade, quote.remark])) or tr("全文", "the whole document")
