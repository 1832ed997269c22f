"""Tables written as frames of text; to be replaced by ``table``, which is given its figures."""

import re
from collections.abc import Iterable

import pandas as pd

from reportkit import table as new
from reportkit.figure import Figure
from reportkit.language import Text

_FIGURE = re.compile(
    r"(?P<before>[≥≤≈<>]\s?)?(?P<digits>[+\-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
    r"(?P<after>(?:\s?[^\d\s\-−.,:;/\"][^\d\"]{0,24}?)?(?:\s?[（(](?:19|20)\d\d(?:[-–]20\d\d)?[）)])?)"
)
_YEAR = re.compile(r"(19|20)\d\d(\s?年)?")
_TRACED, _SENTENCE = re.compile(r"(P |ρ )?[<>≥≤≈=≠+\-]?\s?\d"), re.compile(r"[，。；]|[,;] ")
_NUMERIC = re.compile(r"[<>≥≤≈+\-]?\s?\d.{0,23}( \(\d{4}\))?|[–＊]")


def table(
    frame: pd.DataFrame,
    *,
    caption: Text,
    headings: dict[str, Text],
    classes: pd.DataFrame | None = None,
    trace: list[dict[str, list[str]]] | None = None,
    basis: Iterable[str] = (),
) -> None:
    """As ``table.table``, of a frame whose columns are texts."""
    columns = []
    for number, (name, heading) in enumerate(headings.items()):
        texts = [str(cell) for cell in frame[name].astype("str")]
        numeric = bool(number) and all(_NUMERIC.fullmatch(text) for text in texts)
        columns.append(
            new.Column(
                heading,
                [_figure(text) for text in texts],
                [row.get(name, []) for row in trace] if trace else None,
                list(classes[name]) if classes is not None else None,
                figures=numeric,
            )
        )
    new.table(caption, columns, basis)


def _figure(text: str) -> str:
    match = _FIGURE.fullmatch(text)
    if match and not _YEAR.fullmatch(text):
        digits = match["digits"]
        value = float(digits.replace(",", "").replace("−", "-"))
        return Figure.printed(digits, value, match["before"] or "", match["after"])
    if _TRACED.match(text) and not _SENTENCE.search(text):
        figure = Figure(text)
        figure.value = figure.shape = None
        return figure
    return text
