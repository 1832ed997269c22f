"""The formats that a report can be had in beside its page, and the files that each of them is."""

from collections.abc import Iterable, Iterator

from reportkit.language import Text

FILES = {
    "brief": ("-brief.pdf", "-brief.docx"),
    "docx": (".docx",),
    "pdf": (".pdf",),
    "xlsx": (".xlsx",),
}
# what readers call a file, by the ending of its name
WORDS: dict[str, Text] = {
    "-brief.pdf": ("一页 PDF", "One page (PDF)"),
    "-brief.docx": ("一页 Word", "One page (Word)"),
    ".docx": "Word",
    ".pdf": "PDF",
    ".xlsx": "Excel",
}


def endings(formats: Iterable[str], brief: bool) -> Iterator[str]:
    """Endings of the files of some formats, of a report that has a first page (``brief``) or none."""
    for name in formats:
        if brief or name != "brief":
            yield from FILES[name]
