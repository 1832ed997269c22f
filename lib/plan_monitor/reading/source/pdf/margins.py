"""Headers, footers and page numbers: texts that pages repeat at their edges."""

import re
from collections import Counter

from plan_monitor.reading.source.pdf.geometry import Fragment
from plan_monitor.reading.source.pdf.lines import rows_of

_TOP, _BOTTOM = 0.09, 0.88  # of a page's height, above and below which headers and footers stand
_OFTEN = 0.3  # share of the pages that a header is on
_NUMERAL = r"(?:\d{1,4}|[ivxlcIVXLC]{1,6}|[一二三四五六七八九十百〇]{1,5})"
_NUMBER = re.compile(
    rf"[-—–―－~·•\s|]*(?:第\s*)?{_NUMERAL}\s*(?:页)?(?:\s*[/／,，共]+\s*(?:共\s*)?\d{{1,4}}\s*页?)?[-—–―－~·•\s|]*"
)
_BARE = re.compile(r"\d{1,4}")


def without_margins(pages: list[list[Fragment]], heights: list[float]) -> list[list[Fragment]]:
    """The fragments of each page, without headers, footers and page numbers."""
    edges = [_edge_rows(parts, height) for parts, height in zip(pages, heights, strict=True)]
    counts: Counter[str] = Counter()
    for rows in edges:
        counts.update({_signature(row) for row in rows})
    least = max(2, _OFTEN * len(pages))
    result = []
    for parts, rows in zip(pages, edges, strict=True):
        repeated = {
            part
            for row in rows
            if counts[_signature(row)] >= least or _is_number(_text(row), len(pages) > 1)
            for part in row
        }
        result.append([part for part in parts if part not in repeated] if repeated else parts)
    return result


def _edge_rows(parts: list[Fragment], height: float) -> list[list[Fragment]]:
    return rows_of([part for part in parts if part.bottom <= _TOP * height or part.top >= _BOTTOM * height])


def _text(row: list[Fragment]) -> str:
    return " ".join(part.text for part in row)


def _signature(row: list[Fragment]) -> str:
    """A row's text with its numbers masked, and its position on the page."""
    return f"{re.sub(r'[0-9０-９]+', '#', _text(row))}@{round(row[0].middle / 12)}"


def _is_number(text: str, has_several_pages: bool) -> bool:
    """Whether a text can only be a page number; a number by itself only if there are several pages."""
    return bool(_NUMBER.fullmatch(text)) and (has_several_pages or not _BARE.fullmatch(text))
