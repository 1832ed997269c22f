"""A file of a document, of whatever format, as text, passages and tables."""

from pathlib import Path

from plan_monitor.reading import passages
from plan_monitor.reading.source import book, marked, plain, refusal, web
from plan_monitor.reading.source.compose import Source, compose
from plan_monitor.reading.source.kinds import kind_of
from plan_monitor.reading.source.pdf import document as pdf
from plan_monitor.reading.source.word import document as word

MOST_BYTES = 100_000_000  # of a file


def read(path: Path, ocr: bool = False) -> Source:
    """The text of a document with its passages and tables.

    The kind of file follows from its content, not from its name. Nothing is fetched, run or written.

    Parameters
    ----------
    path : Path
        An existing file: txt, md, html, docx, pdf, xlsx, ods or csv.
    ocr : bool
        Recognise the characters of scanned pages; needs the optional packages ``plan-monitor[ocr]``.

    Raises
    ------
    Unreadable
        Where it is none of these, is damaged, empty, too large or protected by a password, or where pages
        hold no text.
    """
    if path.stat().st_size > MOST_BYTES:
        raise refusal.too_large(MOST_BYTES)
    kind = kind_of(path)
    if kind == "txt":
        text = plain.text(path)
        source = Source(text, passages.read(text))
    elif kind == "pdf":
        source = compose(*pdf.blocks(path, ocr))
    elif kind == "book":
        source = compose(*book.blocks(path))
    else:
        blocks = {"docx": word.blocks, "html": web.blocks, "md": marked.blocks}[kind](path)
        source = compose(blocks)
    if not source.parts:
        raise refusal.Unreadable("文件里没有文字", "expected a document with text; this one has none")
    return source
