"""The formats of a report beside its page, and the files of each format."""

from collections.abc import Iterable, Iterator

from reportkit.language import Text

FILES = {
    "brief": ("-brief.pdf", "-brief.docx"),
    "docx": (".docx",),
    "pdf": (".pdf",),
    "xlsx": (".xlsx",),
}
# names of files for readers, by their endings
WORDS: dict[str, Text] = {
    "-brief.pdf": ("一页 PDF", "One page (PDF)"),
    "-brief.docx": ("一页 Word", "One page (Word)"),
    ".docx": "Word",
    ".pdf": "PDF",
    ".xlsx": "Excel",
}


def endings(formats: Iterable[str], brief: bool) -> Iterator[str]:
    """Endings of the files in some formats; ``brief`` says whether the report has a first page."""
    for name in formats:
        if brief or name != "brief":
            yield from FILES[name]
