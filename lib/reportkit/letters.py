"""Letters that the fonts of the library have; a letter that none of them has is replaced by its number.

Noto of Chinese, as mplfonts ships it, has two thousand letters of extension B of the unified ideographs and
no script of China's other peoples; that of the Yi lies here. DejaVu, which matplotlib and Typst both have,
knows more signs.
"""

import importlib.util
import re
import unicodedata
from functools import cache
from pathlib import Path

import matplotlib
from matplotlib.ft2font import FT2Font

_MPLFONTS = importlib.util.find_spec("mplfonts")
assert _MPLFONTS and _MPLFONTS.origin
NOTO = Path(_MPLFONTS.origin).parent / "fonts"
YI = Path(__file__).parent / "fonts" / "NotoSansYi-Regular.ttf"
# in the order in which a letter is looked for; Noto Serif has fewer, and is helped out by these
_SANS, _DEJAVU = "NotoSansCJKsc-Regular.otf", "fonts/ttf/DejaVuSansMono.ttf"
FONTS = (NOTO / _SANS, YI, Path(matplotlib.get_data_path(), _DEJAVU))
# blanks, and signs to programs (which form a letter has, where a word may be broken): no font needs them
_UNSEEN = re.compile(
    "[\t\n\r\u00ad\u061c\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\ufe00-\ufe0f\U000e0000-\U000e0fff]"
)


def missing_letters(text: str) -> list[str]:
    """Letters of a text that none of the fonts has, in the order of their numbers.

    Letters of the private use area count as missing: what a font draws there is not what was meant.
    """
    return sorted(letter for letter in set(text) - _font_letters() if not _UNSEEN.match(letter))


def with_numbers(text: str) -> str:
    """A text in which each letter that none of the fonts has is replaced by its number: ``〔U+1820〕``."""
    absent = {ord(letter): f"〔U+{ord(letter):04X}〕" for letter in missing_letters(text)}
    return text.translate(absent) if absent else text


@cache
def _font_letters() -> frozenset[str]:
    codes = set().union(*(FT2Font(str(font)).get_charmap() for font in FONTS))
    return frozenset(letter for letter in map(chr, codes) if unicodedata.category(letter) != "Co")
