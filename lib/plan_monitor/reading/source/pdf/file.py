"""The pages of a PDF file, or why they cannot be read."""

from pathlib import Path

import pypdfium2 as pdfium

from plan_monitor.reading.source import refusal
from plan_monitor.reading.source.blocks import Remark
from plan_monitor.reading.source.pdf import pages, recognition
from plan_monitor.reading.source.pdf.pages import Page

_MOST_PAGES = 2000
_GARBLED = 0.05  # share of a page's characters that may have no meaning, such as signs before items
_FEW = 12  # characters that a stamp or a number adds to a scanned page
_PICTURED = 0.5  # share of a page that a picture of its text covers
_DRAWN = 200  # drawings that text without fonts consists of at least


def read(path: Path, ocr: bool) -> tuple[list[Page], list[Remark]]:
    """The pages of a file with what they hold, and a remark about those that were recognised from pictures.

    Raises
    ------
    Unreadable
        Where the file is broken, has a password, or pages hold no text that can be read.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise refusal.locked("PDF") if "assword" in str(error) else refusal.damaged("PDF") from error
    try:
        if len(document) > _MOST_PAGES:
            raise refusal.Unreadable(
                f"PDF 应不超过 {_MOST_PAGES} 页；请拆分",
                f"expected a PDF of at most {_MOST_PAGES} pages; split it",
            )
        contents = []
        for number in range(len(document)):
            page = document[number]
            contents.append(pages.read(page))
            page.close()
        readable_pages, remarks = _readable(document, contents, ocr)
        return [part for page in readable_pages for part in (page, *page.turned)], remarks
    except pdfium.PdfiumError as error:
        raise refusal.damaged("PDF") from error
    finally:
        document.close()


def _readable(
    document: pdfium.PdfDocument, contents: list[Page], ocr: bool
) -> tuple[list[Page], list[Remark]]:
    scanned = [number for number, page in enumerate(contents) if _is_scan(page)]
    garbled = [number for number, page in enumerate(contents) if _is_garbled(page)]
    unreadable = sorted({*scanned, *garbled})
    if unreadable and ocr:
        recognise = recognition.engine()
        for number in unreadable:
            contents[number] = recognise(document[number], contents[number])
        names = _page_ranges(unreadable)
        return contents, [
            Remark(
                f"第 {names} 页由图片识别，数字请核对",
                f"page {names}: recognised from pictures; check the figures",
            )
        ]
    if garbled:
        names = _page_ranges(garbled)
        raise refusal.Unreadable(
            f"第 {names} 页的字体没有文字编码，读出来是乱码；请提供 Word 文件，或用文字识别（OCR）",
            f"expected text; the fonts of page {names} do not tell what they show: use the Word file, or OCR",
        )
    if scanned:
        names = _page_ranges(scanned)
        raise refusal.Unreadable(
            f"第 {names} 页是扫描件或图片，没有文字；请提供文字版，或用文字识别（OCR）",
            f"expected text; page {names} is a scan or a picture: use a version with text, or OCR",
        )
    return contents, []


def _is_garbled(page: Page) -> bool:
    return any(part.garbled > _GARBLED * len(part.chars) for part in (page, *page.turned))


def _is_scan(page: Page) -> bool:
    letters = sum(bool(char.text.strip()) for char in page.chars)
    if letters > _FEW or page.turned:
        return False
    return page.pictured >= _PICTURED or (not letters and page.drawn >= _DRAWN)


def _page_ranges(numbers: list[int]) -> str:
    """Numbers of pages, counted from 1, consecutive ones as a range.

    >>> _page_ranges([0, 1, 2, 6])
    '1-3, 7'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0] + 1}-{run[-1] + 1}" if len(run) > 1 else f"{run[0] + 1}" for run in runs)
