"""The kind of document that a file is, by its content."""

import csv
import re
import zipfile
from pathlib import Path

from plan_monitor.reading.source import archive, plain, refusal

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
}
_PACKED = {b"Rar!": "RAR", b"7z\xbc\xaf": "7z", b"\x1f\x8b": "gzip"}
_OTHERS = {b"{\\rtf": "RTF", b"MIME-Version:": "MHT", b"%!PS": "PostScript"}
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|div|p|table|h\d)\b",
    re.I | re.S,
)
_XML = re.compile(r"\s*<(?:\?xml|!DOCTYPE|[a-z]+:)", re.I)
_MARKED = re.compile(r"^#{1,6} \S|^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$", re.M)
_HEAD = 4000  # characters in which HTML begins
_CELL = 30  # characters that a cell of a CSV file has at most, on average


def kind_of(path: Path) -> str:
    """One of "txt", "md", "html", "docx", "pdf" and, for xlsx, ods and csv, "book".

    Raises
    ------
    Unreadable
        Where it is none of these, is empty or broken, or has a password.
    """
    with path.open("rb") as file:
        start = file.read(2048)
    if not start.strip():
        raise refusal.Unreadable("文件是空的", "expected a document; the file is empty")
    if start.startswith(b"PK"):
        return _packed(path)
    if b"%PDF-" in start[:1024]:
        return "pdf"
    if start.startswith(_OLD_OFFICE):
        raise _old(path.read_bytes())
    _refuse(start)
    text = plain.text(path)
    if _HTML.match(text[:_HEAD]):
        return "html"
    if _XML.match(text):
        raise refusal.kind(" XML 文件；请另存为 docx", "XML: save it as docx")
    if _MARKED.search(text) and path.suffix.lower() != ".txt":  # a file named .txt is plain text
        return "md"
    return "book" if _separated(text) else "txt"


def _refuse(start: bytes) -> None:
    for marks, zh, en in (
        (
            _PICTURES,
            "图片（{}）；请提供文字版，或先把图片转成 PDF 再做文字识别",
            "a picture ({}): it holds no text",
        ),
        (_PACKED, "压缩包（{}）；请解压后逐个提供", "an archive ({}): unpack it and give its files"),
        (_OTHERS, " {} 文件；请另存为 docx", "{}: save it as docx"),
    ):
        for mark, name in marks.items():
            if start.startswith(mark):
                raise refusal.kind(zh.format(name), en.format(name))
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        raise refusal.kind("图片（WebP）；请提供文字版", "a picture (WebP): it holds no text")


def _packed(path: Path) -> str:
    """The kind of a zip archive."""
    names = set(archive.part_names(path, archive.MOST_CELLS))
    if any(name.startswith("xl/") for name in names):
        return "book"
    if "word/document.xml" in names or "word/document2.xml" in names:
        archive.part_names(path, archive.MOST_TEXT)
        return "docx"
    if "OFD.xml" in names:
        raise refusal.kind(" OFD 文件；请用阅读器另存为 PDF", "OFD: save it as PDF")
    if "mimetype" in names:
        return _open_document(path)
    if "[Content_Types].xml" in names:
        raise refusal.kind("演示文稿或其他 Office 文件；请另存为 PDF", "another office file: save it as PDF")
    raise refusal.kind("压缩包（zip）；请解压后逐个提供", "an archive (zip): unpack it and give its files")


def _open_document(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as packed, packed.open("mimetype") as file:
            type_ = file.read(200)
    except (zipfile.BadZipFile, OSError) as error:
        raise refusal.damaged("ods") from error
    if b"spreadsheet" in type_:
        return "book"
    if b"epub" in type_:
        raise refusal.kind(" EPUB 文件；请另存为 html", "EPUB: save it as html")
    raise refusal.kind(
        " OpenDocument 文件（.odt）；请另存为 docx", "OpenDocument text (.odt): save it as docx"
    )


def _old(content: bytes) -> refusal.Unreadable:
    """The refusal of a file in the container that Office used before 2007."""
    marks = {name: name.encode("utf-16-le") for name in ("EncryptedPackage", "WordDocument", "Workbook")}
    if marks["EncryptedPackage"] in content:
        return refusal.locked("docx / xlsx")
    if marks["WordDocument"] in content:
        return refusal.kind(
            "旧格式的文档（.doc 或 .wps）；请另存为 .docx", "an old format (.doc or .wps): save it as .docx"
        )
    if marks["Workbook"] in content:
        return refusal.kind(
            "旧格式的表格（.xls 或 .et）；请另存为 .xlsx", "an old format (.xls or .et): save it as .xlsx"
        )
    return refusal.kind(
        "旧格式的 Office 文件；请另存为 .docx 或 .xlsx", "an old office format: save it as .docx or .xlsx"
    )


def _separated(text: str) -> bool:
    """Whether commas or semicolons divide all lines of a text into the same number of short cells."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    for separator in ",;":
        if len(lines) < 2 or separator not in lines[0]:
            continue
        widths = {len(row) for row in csv.reader(lines, delimiter=separator)}
        cells = sum(map(len, lines)) / (len(lines) * max(widths))
        if len(widths) == 1 and max(widths) > 1 and cells <= _CELL:
            return True
    return False
