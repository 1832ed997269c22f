"""The characters, ruling lines and pictures of a PDF page."""

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pypdfium2.raw as pdfium

from plan_monitor.reading.source.blocks import superscript
from plan_monitor.reading.source.pdf.geometry import Char, Rule

_THIN = 3.5  # points that a drawn rectangle is a line up to
_SHORTEST = 4.0  # points of a ruling line
_MOST_OBJECTS = 30_000  # drawings of a page; a map or a chart has more, a table does not
_MOST_SEGMENTS = 400
_DEEPEST = 4  # forms within forms
_RADICALS = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF))  # characters that fonts name in place of the usual ones
_TURNED = 30  # characters that make a part of a page of their own; fewer stand where they are
_DIGITS = frozenset("0123456789")
_ASCENT = 0.88  # of a character's size, that is above its baseline
_HIGH, _SMALL = 0.25, 0.55  # of the size: where a raised figure begins, and how high it is
_SLANT = 0.1  # of a right angle
_UNREAD = "�"
_LINE_END_HYPHEN = 0x02  # what PDFium gives for a hyphen or minus sign that ends a line

Place = Callable[[float, float], tuple[float, float]]


class Page(NamedTuple):
    """The content of a page, upright.

    garbled : number of characters without a known meaning; they are in ``chars`` as U+FFFD.
    pictured : share of the page that pictures cover, 0 to 1 and above.
    drawn : number of drawings that are neither text nor picture.
    turned : parts turned by right angles, such as a wide table, each made upright.
    """

    chars: list[Char]
    horizontal: list[Rule]
    vertical: list[Rule]
    width: float
    height: float
    garbled: int
    pictured: float
    drawn: int
    turned: tuple["Page", ...] = ()


class _Raw(NamedTuple):
    """A character as in the file: its box, and the number of right angles by which it is turned."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    quarter: int


def read(page) -> Page:
    """A page of pypdfium2 as its characters in the order of the file, with their places."""
    textpage = page.get_textpage()
    try:
        raw = list(_raw(textpage.raw, textpage.count_chars()))
    finally:
        textpage.close()
    counts = Counter(char.quarter for char in raw if char.text.strip())
    main, *other_quarters = [quarter for quarter, _ in counts.most_common()] or [0]
    turned_parts = [quarter for quarter in other_quarters if counts[quarter] >= _TURNED]
    objects = list(_objects(page.raw))
    upright = [char for char in raw if char.quarter not in turned_parts]
    turned = (
        _turned(page, [char for char in raw if char.quarter == turn], objects, turn) for turn in turned_parts
    )
    return _turned(page, upright, objects, main)._replace(turned=tuple(turned))


def _turned(page, raw: list[_Raw], objects: list[tuple], quarter: int) -> Page:
    """A page turned by so many right angles that some of its characters are upright."""
    place, width, height = _upright(quarter, *page.get_bbox())
    chars = []
    drawn_places: set[tuple[str, int, int]] = set()
    for char in raw:
        (ax, ay), (bx, by) = place(char.x0, char.y0), place(char.x1, char.y1)
        x0, x1, top, bottom = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
        if not (-1 <= (x0 + x1) / 2 <= width + 1 and -1 <= (top + bottom) / 2 <= height + 1):
            continue  # outside of what is shown
        column, line = round(x0), round(top)
        if any((char.text, column + shift, line) in drawn_places for shift in (-1, 0, 1)):
            continue  # drawn twice to look bold
        drawn_places.add((char.text, column, line))
        chars.append(Char(char.text, x0, x1, top, bottom))
    horizontal, vertical, pictured, drawn = _drawings(objects, place)
    garbled = sum(char.text == _UNREAD for char in chars)
    return Page(chars, horizontal, vertical, width, height, garbled, pictured / (width * height), drawn)


def _raw(textpage, count: int) -> Iterator[_Raw]:
    """Characters of a page, without those that only stand for gaps, and without stamps and watermarks."""
    rect, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    high = 0
    for at in range(count):
        if pdfium.FPDFText_IsGenerated(textpage, at) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(textpage, at)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        if not (
            pdfium.FPDFText_GetMatrix(textpage, at, matrix)
            and pdfium.FPDFText_GetCharOrigin(textpage, at, x, y)
            and pdfium.FPDFText_GetLooseCharBox(textpage, at, rect)
        ):
            continue
        angle = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        if abs(angle - round(angle)) > _SLANT:
            continue
        size = pdfium.FPDFText_GetFontSize(textpage, at) * math.hypot(matrix.c, matrix.d)
        is_unread = pdfium.FPDFText_HasUnicodeMapError(textpage, at) == 1
        meaning = _meaning(code, is_unread)
        if meaning in _DIGITS and _is_raised(textpage, at, y.value, size):
            meaning = superscript(meaning)
        quarter = round(angle) % 4
        yield _Raw(meaning, *_box(rect, x.value, y.value, size, quarter), quarter)


def _box(rect: pdfium.FS_RECTF, x: float, y: float, size: float, quarter: int) -> tuple:
    """A character's box, as high as its size: fonts disagree about how high their characters are."""
    above, below = _ASCENT * size, (1 - _ASCENT) * size
    if quarter == 0:
        return rect.left, y - below, rect.right, y + above
    if quarter == 1:
        return x - above, rect.bottom, x + below, rect.top
    if quarter == 2:
        return rect.left, y - above, rect.right, y + below
    return x - below, rect.bottom, x + above, rect.top


def _is_raised(textpage, at: int, baseline: float, size: float) -> bool:
    """Whether a digit is small and high on its line, as that of a footnote."""
    edges = [ctypes.c_double() for _ in range(4)]
    if not pdfium.FPDFText_GetCharBox(textpage, at, *edges):
        return False
    _, _, bottom, top = (edge.value for edge in edges)
    return bottom - baseline > _HIGH * size and top - bottom < _SMALL * size


def _meaning(code: int, is_unread: bool) -> str:
    """A character as text; U+FFFD where the file does not say which it is."""
    if is_unread or code in (0, 0xFFFD, 0xFFFE) or 0xDC00 <= code <= 0xF8FF:  # half of one, or a font's own
        return _UNREAD
    if code == _LINE_END_HYPHEN:
        return "-"
    if code < 0x20 or code in (0xA0, 0x3000):
        return " "
    text = chr(code)
    if any(first <= code <= last for first, last in _RADICALS):
        return unicodedata.normalize("NFKC", text)
    return "" if code in (0xAD, 0x200B, 0xFEFF) else text


def _upright(
    quarter: int, left: float, bottom: float, right: float, top: float
) -> tuple[Place, float, float]:
    """The function from a place in the file to one on the upright page, and that page's width and height."""
    width, height = right - left, top - bottom
    if quarter == 1:
        return lambda x, y: (y - bottom, x - left), height, width
    if quarter == 2:
        return lambda x, y: (right - x, y - bottom), width, height
    if quarter == 3:
        return lambda x, y: (top - y, right - x), height, width
    return lambda x, y: (x - left, top - y), width, height


def _drawings(objects: list[tuple], place: Place) -> tuple[list[Rule], list[Rule], float, int]:
    """Ruling lines across and down, the area that pictures cover, and how many drawings there are."""
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    pictured, drawn = 0.0, 0
    for kind, x0, y0, x1, y1 in objects:
        (ax, ay), (bx, by) = place(x0, y0), place(x1, y1)
        x0, x1, y0, y1 = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictured += (x1 - x0) * (y1 - y0)
            continue
        drawn += 1
        if y1 - y0 <= _THIN and x1 - x0 >= _SHORTEST:
            horizontal.append(Rule((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= _THIN and y1 - y0 >= _SHORTEST:
            vertical.append(Rule((x0 + x1) / 2, y0, y1))
    return horizontal, vertical, pictured, drawn


def _objects(page) -> Iterator[tuple[int, float, float, float, float]]:
    """Kind and box of pictures and drawings; for a stroked drawing those of each of its lines."""
    count = pdfium.FPDFPage_CountObjects(page)
    if count > _MOST_OBJECTS:
        return
    for at in range(count):
        yield from _object(pdfium.FPDFPage_GetObject(page, at), (1, 0, 0, 1, 0, 0), 0)


def _object(item, matrix: tuple, depth: int) -> Iterator[tuple[int, float, float, float, float]]:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        inner = _times(_matrix(item), matrix)
        for at in range(min(pdfium.FPDFFormObj_CountObjects(item), _MOST_OBJECTS)):
            yield from _object(pdfium.FPDFFormObj_GetObject(item, at), inner, depth + 1)
    if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
        return
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(item, *edges):
        return
    x0, y0, x1, y1 = (edge.value for edge in edges)
    box = *_transformed(matrix, x0, y0), *_transformed(matrix, x1, y1)
    thin = min(abs(box[2] - box[0]), abs(box[3] - box[1])) <= _THIN
    if kind == pdfium.FPDF_PAGEOBJ_IMAGE or thin or not _stroked(item):
        yield kind, *box
        return
    for ends in _segments(item, _times(_matrix(item), matrix)):
        yield kind, *ends


def _stroked(path) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(path, fill, stroke) and stroke.value)


def _segments(path, matrix: tuple) -> Iterator[tuple[float, float, float, float]]:
    """The straight lines of a path, from end to end."""
    count = pdfium.FPDFPath_CountSegments(path)
    if count > _MOST_SEGMENTS:
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    first = previous = None
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = _transformed(matrix, x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and previous is not None:
            yield *previous, *point
        if pdfium.FPDFPathSegment_GetClose(segment) and first is not None:
            yield *point, *first
        previous = point


def _matrix(item) -> tuple:
    """How a path or a form lies on its page: both have a matrix, if that of what is not moved."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(inner: tuple, outer: tuple) -> tuple:
    """The product of two matrices: first the inner, then the outer transformation."""
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od,
        e * oa + f * oc + oe, e * ob + f * od + of,
    )  # fmt: skip


def _transformed(matrix: tuple, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
