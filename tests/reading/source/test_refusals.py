"""What cannot be read is refused in one sentence in both languages; nothing is fetched, run or written."""

import io
import socket
import struct
import zipfile

import openpyxl
import pypdfium2
import pytest
from made_documents import PLAN, to_docx, to_pdf
from PIL import Image
from shown import read_bytes

from plan_monitor.grid.sheet import Unreadable
from plan_monitor.reading.source import archive, files, read

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def packed(**parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return content.getvalue()


def picture(kind):
    content = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(content, kind)
    return content.getvalue()


def locked_zip():
    content = bytearray(packed(word__document_xml="<x/>"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(mark) + offset
        content[at : at + 2] = struct.pack("<H", 1)
    return bytes(content)


def leading_out():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
        archive.writestr("../out.xml", "x")
    return content.getvalue()


BAD = {
    "empty": (b"", "空", "empty"),
    "blank": (b" \r\n\n", "空", "empty"),
    "only a mark": (b"\xef\xbb\xbf\n", "没有文字", "none"),
    "no text": (bytes(range(256)) * 40, "无法识别", "no text in"),
    "png": (picture("PNG"), "图片", "PNG"),
    "jpeg": (picture("JPEG"), "图片", "JPEG"),
    "webp": (picture("WEBP"), "图片", "WebP"),
    "tiff": (picture("TIFF"), "图片", "TIFF"),
    "zip": (packed(a="x"), "压缩包", "unpack"),
    "rar": (b"Rar!\x1a\x07\x01\x00", "压缩包", "RAR"),
    "old document": (OLD + "WordDocument".encode("utf-16-le"), ".docx", "save it as .docx"),
    "old workbook": (OLD + "Workbook".encode("utf-16-le"), ".xlsx", "save it as .xlsx"),
    "document with password": (OLD + "EncryptedPackage".encode("utf-16-le"), "密码", "password"),
    "zip with password": (locked_zip(), "密码", "password"),
    "rtf": (b"{\\rtf1 x}", "RTF", "RTF"),
    "xml": (b"<?xml version='1.0'?><a>1</a>", "XML", "XML"),
    "ofd": (packed(OFD_xml="<x/>"), "OFD", "OFD"),
    "open document": (packed(mimetype="application/vnd.oasis.opendocument.text"), "odt", "odt"),
    "epub": (packed(mimetype="application/epub+zip"), "EPUB", "EPUB"),
    "old office file of no known kind": (OLD, "旧格式的 Office 文件", "an old office format"),
    "gif": (picture("GIF"), "图片", "GIF"),
    "bmp": (picture("BMP"), "图片", "BMP"),
    "7z": (b"7z\xbc\xaf\x27\x1c", "压缩包", "7z"),
    "gzip": (b"\x1f\x8b\x08\x00", "压缩包", "gzip"),
    "saved mail": (b"MIME-Version: 1.0\nx", "MHT", "MHT"),
    "page description": (b"%!PS-Adobe", "PostScript", "PostScript"),
    "document type of xml": (b"<!DOCTYPE note SYSTEM 'x'><note/>", "XML", "XML"),
    "slides": (packed(**{"[Content_Types]_xml": "<x/>", "ppt__x_xml": "<x/>"}), "PDF", "PDF"),
    "document that leads out": (leading_out(), "损坏", "damaged"),
    "document without content": (packed(word__document_xml="<x/>"), "损坏", "damaged"),
    "document of no xml": (packed(word__document_xml="<x"), "损坏", "damaged"),
    "half a zip": (packed(word__document_xml="<x/>" * 99)[:-30], "损坏", "damaged"),
    "pdf of nothing": (b"%PDF-1.7\n" + b"x" * 500, "损坏", "damaged"),
    "html too deep": (b"<html><body>" + b"<div>" * 5000 + b"x", "损坏", "damaged"),
}


@pytest.mark.parametrize("name", BAD)
def test_one_sentence_in_both_languages(tmp_path, name):
    content, zh, en = BAD[name]
    with pytest.raises(Unreadable) as refused:
        read_bytes(tmp_path, content, "document.docx")
    assert zh in refused.value.expected["zh"]
    assert en in refused.value.expected["en"]
    assert "\n" not in "".join(refused.value.expected.values())
    assert [path.name for path in tmp_path.iterdir()] == ["document.docx"]


def test_half_a_document(tmp_path):
    whole = to_docx(tmp_path / "made.docx", PLAN).read_bytes()
    with pytest.raises(Unreadable, match="damaged"):
        read_bytes(tmp_path, whole[: len(whole) // 2])


def test_half_a_pdf(tmp_path):
    whole = to_pdf(tmp_path / "made.pdf", PLAN).read_bytes()
    with pytest.raises(Unreadable, match="damaged"):
        read_bytes(tmp_path, whole[: len(whole) // 2])


def test_a_file_too_large(tmp_path):
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(200_000_000)
    with pytest.raises(Unreadable, match="at most 100 MB"):
        read(path)


def test_a_file_just_as_large_as_may_be_is_read(tmp_path, monkeypatch):
    path = tmp_path / "plan.txt"
    path.write_text("建成学校 12 所。", encoding="utf-8")
    monkeypatch.setattr("plan_monitor.reading.source.files.MOST_BYTES", path.stat().st_size)
    assert read(path).parts


def test_a_document_that_declares_more_than_it_can_hold(tmp_path):
    path = tmp_path / "bomb.docx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(30):
            part.write(bytes(1_000_000))
    with pytest.raises(Unreadable, match="content"):
        read(path)


def test_a_workbook_with_a_password(tmp_path):
    with pytest.raises(Unreadable, match="password"):
        read_bytes(tmp_path, OLD + "EncryptedPackage".encode("utf-16-le"), "book.xlsx")


def test_a_pdf_with_a_password(tmp_path):
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
        f"<</Filter/Standard/V 1/R 2/P -44/O<{'00' * 32}>/U<{'11' * 32}>>>",
    ]
    body = "".join(f"{number} 0 obj{content}endobj\n" for number, content in enumerate(objects, 1))
    content = f"%PDF-1.4\n{body}trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>\n%%EOF"
    with pytest.raises(Unreadable, match="password") as refused:
        read_bytes(tmp_path, content)
    assert "密码" in refused.value.expected["zh"]


def scan(folder, pages, before=()):
    """A PDF of some pages with text, and pages that are pictures behind them."""
    picture = folder / "picture.pdf"
    image = Image.new("RGB", (400, 600), "white")
    image.save(picture, save_all=True, append_images=[image] * (pages - 1))
    whole = pypdfium2.PdfDocument.new()
    if before:
        whole.import_pages(pypdfium2.PdfDocument(to_pdf(folder / "text.pdf", before)))
    whole.import_pages(pypdfium2.PdfDocument(picture))
    path = folder / "scan.pdf"
    whole.save(path)
    return path


def test_scanned_pages_are_named(tmp_path):
    with pytest.raises(Unreadable, match="page 2-3 is a scan") as refused:
        read(scan(tmp_path, 2, PLAN[:3]))
    assert "第 2-3 页是扫描件" in refused.value.expected["zh"]


def test_recognition_that_is_not_installed_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "rapidocr", None)
    with pytest.raises(Unreadable, match=r"plan-monitor\[ocr\]"):
        files.read(scan(tmp_path, 1), ocr=True)


def test_text_whose_characters_the_file_does_not_tell(tmp_path):
    whole = to_pdf(tmp_path / "made.pdf", PLAN).read_bytes()
    garbled = whole.replace(b"/ToUnicode", b"/ToUnicodX")
    assert garbled != whole
    with pytest.raises(Unreadable, match="fonts of page 1-2"):
        read_bytes(tmp_path, garbled)


def test_nothing_is_fetched(tmp_path, monkeypatch):
    def refuse(*args):
        raise AssertionError("a document made the reader open a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    body = "<img src='http://127.0.0.1:9/a.png'><link rel='stylesheet' href='http://127.0.0.1:9/a.css'><iframe src='http://127.0.0.1:9'></iframe><p>字</p>"
    assert read_bytes(tmp_path, f"<html><body>{body}").text == "字\n"


def test_a_workbook_of_formulas_is_not_calculated(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["县市", '=HYPERLINK("http://127.0.0.1:9")'])
    book.active.append(["白水县", 3])
    path = tmp_path / "book.xlsx"
    book.save(path)
    assert len(read(path).remarks) == 1


def archived(*entries):
    """A zip archive of parts, each with its name and how many bytes it holds."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed_:
        for name, size in entries:
            packed_.writestr(name, bytes(size))
    return content


@pytest.mark.parametrize(
    ("name", "is_out"),
    [
        *(("a/../b.xml", True), ("..\\b.xml", True), ("/b.xml", True), ("\\b.xml", True), ("C:/b.xml", True)),
        *(("a/b..xml", False), ("a/b:c.xml", False), ("...xml", False)),
    ],
)
def test_no_part_lies_outside_of_its_archive(tmp_path, name, is_out):
    path = tmp_path / "made.zip"
    path.write_bytes(archived((name, 1)).getvalue())
    if is_out:
        with pytest.raises(Unreadable, match="damaged"):
            archive.part_names(path, 100)
    else:
        assert archive.part_names(path, 100) == [name]


def test_what_parts_of_text_hold_together_is_bounded(tmp_path):
    path = tmp_path / "made.zip"
    path.write_bytes(archived(("a.xml", 60), ("b.RELS", 30), ("c.xhtml", 10), ("d.png", 999)).getvalue())
    assert archive.part_names(path, 100) == ["a.xml", "b.RELS", "c.xhtml", "d.png"]
    with pytest.raises(Unreadable, match="content"):
        archive.part_names(path, 99)


def test_text_is_not_squeezed_more_than_five_hundred_times_where_it_is_large(tmp_path):
    path = tmp_path / "made.zip"
    path.write_bytes(archived(("a.xml", 20_000_000)).getvalue())
    assert archive.part_names(path, 10**9) == ["a.xml"]
    path.write_bytes(archived(("a.xml", 20_000_001)).getvalue())
    with pytest.raises(Unreadable, match="content"):
        archive.part_names(path, 10**9)


@pytest.mark.slow
def test_an_archive_has_at_most_twenty_thousand_parts(tmp_path):
    path = tmp_path / "made.zip"
    with zipfile.ZipFile(path, "w") as packed_:
        for at in range(20_000):
            packed_.writestr(f"{at}", b"")
    assert len(archive.part_names(path, 0)) == 20_000
    with zipfile.ZipFile(path, "a") as packed_:
        packed_.writestr("x", b"")
    with pytest.raises(Unreadable, match="damaged"):
        archive.part_names(path, 0)
