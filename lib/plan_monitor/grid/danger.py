"""Texts of cells that would be dangerous in a report or a spreadsheet."""

import re

_FORMULA = re.compile(r"[=+@]|-(?![\d.])")
_ANY = re.compile(r"\n(?:[=+@]|-(?![\d.]))|<[A-Za-z/!]|\.\.[/\\]")  # of several, a line each
_MARKUP = re.compile(r"<[A-Za-z/!]")
_TRAVERSAL = re.compile(r"\.\.[/\\]")
# one sentence each for however many cells
_RUNS = {
    "zh": "应为文字，不能以 = + - @ 开头（会被当作公式）",
    "en": "expected text; a cell that begins with = + - @ would run as a formula",
}
_MARKED_UP = {"zh": "应为不含 HTML 标记的文字", "en": "expected text without HTML markup"}
_UPWARD = {"zh": "应为不含 ../ 的文字", "en": "expected text without ../"}


def danger(cell: str) -> dict[str, str] | None:
    """What was expected in place of a dangerous text; None for any other.

    >>> danger("=1+1")["en"], danger("-5")
    ('expected text; a cell that begins with = + - @ would run as a formula', None)
    """
    if _FORMULA.match(cell):
        return _RUNS
    if _MARKUP.search(cell):
        return _MARKED_UP
    if _TRAVERSAL.search(cell):
        return _UPWARD
    return None


def any_danger(cells: list[str]) -> bool:
    """Whether some of these texts are dangerous."""
    return _ANY.search("\n".join(["", *cells])) is not None
