"""The files that one page becomes."""

import tempfile
from pathlib import Path

from plan_monitor.kernel import client
from plan_monitor.render.page import Page, html


def formats(page: Page, others: tuple[str, ...], alone: bool = False) -> dict[str, str | bytes]:
    """A page as HTML and in other formats, by the ending of the file's name.

    Parameters
    ----------
    page : Page
    others : tuple of str
        Of ``tasks.FORMATS``.
    alone : bool
        Whether there is no front page beside it.
    """
    made: dict[str, str | bytes] = {".html": html(page, others, alone)}
    if others:  # what makes them is only imported where they are wanted
        from plan_monitor.render.paper import paper
        from plan_monitor.render.pdf import pdf
        from plan_monitor.render.word import word
        from plan_monitor.render.workbook import workbook

        with tempfile.TemporaryDirectory(dir=client.folder()) as scratch:
            charts = Path(scratch)
            text = paper(page, charts)
            if "docx" in others:
                made[".docx"] = word(page, text, charts)
            if "pdf" in others:
                made[".pdf"] = pdf(page, text, charts)
            if "xlsx" in others:
                made[".xlsx"] = workbook(page)
    return made
