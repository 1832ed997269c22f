"""Letters of a PDF that stand on one another."""

import unicodedata
from pathlib import Path

import pypdfium2

SHARE = 0.25  # of the smaller letter, both ways: more is no kerning


def overprinted(pdf: Path | bytes) -> list[tuple[int, str, str]]:
    """Page, and the two letters with what stands around each, wherever their ink overlaps.

    Letters of one glyph, as in fi, those of a word that overlap by design, and signs that are meant to stand
    over others are not counted.
    """
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), start=1):
        text = page.get_textpage()
        boxes = []
        for place in range(text.count_chars()):
            letter = text.get_text_range(place, 1)
            if letter.strip() and not unicodedata.combining(letter):
                left, bottom, right, top = text.get_charbox(place)
                # a dot may stand below the arm of the letter before it
                kerned = letter.isascii() and not letter.isdigit()
                boxes.append((bottom, left, right, top, place, kerned))
        boxes.sort()
        for rank, (bottom, left, right, top, place, one) in enumerate(boxes):
            for low, start, end, high, other, two in boxes[rank + 1 :]:
                if low >= top:
                    break
                across = min(right, end) - max(left, start)
                upward = min(top, high) - low
                small = SHARE * min(right - left, end - start), SHARE * min(top - bottom, high - low)
                same = abs(left - start) + abs(right - end) < 0.1 and abs(place - other) < 3
                beside = one and two and abs(place - other) == 1
                if across > small[0] and upward > small[1] and not (same or beside):
                    around = [text.get_text_range(max(at - 6, 0), 12) for at in (place, other)]
                    found.append((number, *around))
    return found
