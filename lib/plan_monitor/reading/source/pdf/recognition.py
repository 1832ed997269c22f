"""Scanned pages: their characters recognised, where the optional packages are installed."""

from collections.abc import Callable, Iterator

import numpy as np

from plan_monitor.reading.source import refusal
from plan_monitor.reading.source.pdf.geometry import Char, Rule
from plan_monitor.reading.source.pdf.pages import Page

_SCALE = 200 / 72  # pixels a point
_SURE = 0.5  # of 1, below which a text is a guess at a picture
_MARGIN = 0.15  # of the height of a box, that is free above and below the characters in it
_DARK = 140  # of 255, below which a pixel is part of a line
_LONG = 70  # pixels in a row that no character has
_WHOLE = 0.95  # share of them that are dark


def engine() -> Callable[[object, Page], Page]:
    """A function that turns a page of pypdfium2 into one with the characters and lines in its picture.

    Raises
    ------
    Unreadable
        Where the packages are not installed.
    """
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise refusal.Unreadable(
            "文字识别需要另装：pip install 'plan-monitor[ocr]'",
            "expected the packages that recognise characters: pip install 'plan-monitor[ocr]'",
        ) from error
    recognise_text = RapidOCR(params={"Global.log_level": "error"})  # its models come with the package

    def recognise(page, sheet: Page) -> Page:
        picture = page.render(scale=_SCALE).to_numpy()
        height, width = (side / _SCALE for side in picture.shape[:2])
        result = recognise_text(picture, return_word_box=True, return_single_char_box=True)
        lines = (
            (result.word_results or ()) if result.txts else ()
        )  # of a blank page the library gives one empty line
        chars = [char for line in lines for char in _characters(line)]
        dark = picture.mean(axis=2) < _DARK
        return Page(chars, _rules(dark), _rules(dark.T), width, height, 0, sheet.pictured, sheet.drawn)

    return recognise


def _characters(line: tuple) -> Iterator[Char]:
    """The characters of a recognised line with their places on the page."""
    for text, score, box in line:
        if score < _SURE or not box:
            continue
        x0, x1 = (end(x for x, _ in box) / _SCALE for end in (min, max))
        top, bottom = (end(y for _, y in box) / _SCALE for end in (min, max))
        margin = _MARGIN * (bottom - top)
        yield Char(text, x0, x1, top + margin, bottom - margin)


def _rules(dark: np.ndarray) -> list[Rule]:
    """The straight lines across a picture of dark pixels."""
    sums = np.cumsum(np.pad(dark, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    starts = sums[:, _LONG:] - sums[:, :-_LONG] >= _WHOLE * _LONG
    rules = []
    for row in np.flatnonzero(starts.any(axis=1)):
        places = np.flatnonzero(starts[row])
        for run in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1):
            rules.append(Rule(*(float(place) / _SCALE for place in (row, run[0], run[-1] + _LONG))))
    return rules
