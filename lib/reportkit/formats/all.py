"""The files made from one page."""

import tempfile
from pathlib import Path

from reportkit.formats import first
from reportkit.formats.page import Page, html
from reportkit.kernel import client
from reportkit.language import using


def formats(page: Page, others: tuple[str, ...], alone: bool = False) -> dict[str, str | bytes]:
    """The files of a page by the endings of their names: HTML, and `others` of ``tasks.FORMATS``.

    The body of the page is consumed. `alone` says that there is no front page beside it.
    """
    files: dict[str, str | bytes] = {".html": html(page, others, alone)}
    if not others:
        return files
    # imported only if one of these formats is needed
    from reportkit.formats import pdf, word
    from reportkit.formats.brief import Brief
    from reportkit.formats.pandoc import convert
    from reportkit.formats.paper import has_contents, paper
    from reportkit.formats.workbook import workbook

    with using(page.about["lang"]), tempfile.TemporaryDirectory(dir=client.folder()) as scratch:
        folder = Path(scratch)
        content = first.read(page.body)
        brief = Brief(page, content, folder) if content and {*others} - {"xlsx"} else None
        if brief and "brief" in others:
            files |= brief.alone()
        if "xlsx" in others:
            files[".xlsx"] = workbook(page)
        options, sheet = {}, brief.word() if brief and "docx" in others else None
        if "docx" in others:
            options["docx"] = word.options(folder, has_contents(page), *([sheet.size] if sheet else []))
        if "pdf" in others:
            options[pdf.FORMAT] = pdf.OPTIONS
        text = paper(page, folder) if options else ""
        converted = convert(page, text, folder, options, sheet.html() if sheet else "") if options else {}
        if "docx" in others:
            files[".docx"] = word.finished(converted["docx"])
        if "pdf" in others:
            opening = brief.typst() if brief else None
            files[".pdf"] = pdf.layout(page, converted[pdf.FORMAT], folder, opening)
    return files
