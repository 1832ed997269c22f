"""The files that one page becomes."""

import tempfile
from pathlib import Path

from reportkit.formats import first
from reportkit.formats.page import Page, html
from reportkit.kernel import client
from reportkit.language import using


def formats(page: Page, others: tuple[str, ...], alone: bool = False) -> dict[str, str | bytes]:
    """A page as HTML and in others of ``tasks.FORMATS``, by the ending of the file's name; its body is used
    up.

    `alone` is a page that has no front page beside it.
    """
    made: dict[str, str | bytes] = {".html": html(page, others, alone)}
    if not others:
        return made
    # what makes them is only imported where they are wanted
    from reportkit.formats import pdf, word
    from reportkit.formats.brief import Brief
    from reportkit.formats.pandoc import convert
    from reportkit.formats.paper import has_contents, paper
    from reportkit.formats.workbook import workbook

    with using(page.about["lang"]), tempfile.TemporaryDirectory(dir=client.folder()) as scratch:
        folder = Path(scratch)
        shown = first.read(page.body)
        brief = Brief(page, shown, folder) if shown and {*others} - {"xlsx"} else None
        if brief and "brief" in others:
            made |= brief.alone()
        if "xlsx" in others:
            made[".xlsx"] = workbook(page)
        asked, sheet = {}, brief.word() if brief and "docx" in others else None
        if "docx" in others:
            asked["docx"] = word.options(folder, has_contents(page), *([sheet.size] if sheet else []))
        if "pdf" in others:
            asked[pdf.FORMAT] = pdf.OPTIONS
        text = paper(page, folder) if asked else ""
        written = convert(page, text, folder, asked, sheet.html() if sheet else "") if asked else {}
        if "docx" in others:
            made[".docx"] = word.finished(written["docx"])
        if "pdf" in others:
            opening = brief.typst() if brief else None
            made[".pdf"] = pdf.laid_out(page, written[pdf.FORMAT], folder, opening)
    return made
