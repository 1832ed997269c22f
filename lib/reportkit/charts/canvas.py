"""What all charts share: fonts and colours, room for text, and the picture shown with its text."""

import importlib.util
import io
import textwrap
from collections.abc import Iterable
from pathlib import Path

import matplotlib.pyplot as plt
import seaborn as sns
from IPython.display import display
from matplotlib import font_manager
from matplotlib.figure import Figure
from PIL import Image

from reportkit.language import chosen, of_data
from reportkit.words import wide

PALETTE = ["#b0302a", "#2b5c8a", "#8a8a8a", "#c98b1b", "#3f7d58", "#6d4c8f"]
_LOOKS = {
    "axes.unicode_minus": False,
    "axes.edgecolor": "#999999",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": "#e6e6e6",
    "legend.frameon": False,
}
States = dict[str, tuple[str, str, str]]  # state → its words in Chinese and English, and its colour

_CLOSING = "，。、；：！？）》”’·,.;:!?)%"  # marks that begin no line
_OPENING = "（《“‘("  # and those that end none


def style() -> None:
    """White ground, light grid, and a font that has Chinese glyphs, taken by path from mplfonts."""
    library = Path(importlib.util.find_spec("mplfonts").submodule_search_locations[0])
    font = library / "fonts/NotoSansCJKsc-Regular.otf"
    family = font_manager.FontProperties(fname=font).get_name()
    if family not in font_manager.get_font_names():
        font_manager.fontManager.addfont(font)
    sns.set_theme(style="whitegrid", palette=PALETTE, rc={**_LOOKS, "font.family": family})


def wrapped(text: str, width: int) -> str:
    """A text on lines of at most a width: English by words, Chinese by characters and rather at a space."""
    if of_data() == "en":
        return "\n".join(textwrap.wrap(text, width))
    lines = []
    while wide(text) > width:
        cuts = [i for i in range(1, len(text)) if wide(text[:i].rstrip()) <= width and _may_break(text, i)]
        spaces = [i for i in cuts if text[i - 1] == " " and 2 * wide(text[:i]) > width]
        cut = (spaces or cuts or [len(text)])[-1]
        lines.append(text[:cut].rstrip())
        text = text[cut:]
    return "\n".join([*lines, text]).rstrip()


def _may_break(text: str, place: int) -> bool:
    """Whether a line may end before a character: no mark is torn off, no number or Latin word torn apart."""
    before, after = text[place - 1], text[place]
    torn = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return not (torn or after == " " or after in _CLOSING or before in _OPENING)


def legend_columns(labels: Iterable[str], room: int = 100) -> int:
    """Entries of a legend side by side, four at most, where so many Latin characters have room."""
    return max(1, min(4, room // (max(map(wide, labels)) + 8)))


def listed(name: str, parts: Iterable[str]) -> str:
    """What belongs to a name, in words: ``Yunnan: 2015 63.82, 2016 68.27``."""
    colon, comma = chosen((("：", "，"), (": ", ", ")))
    return name + colon + comma.join(parts)


def show(chart: Figure, title: str, parts: list[str], subtitle: str = "") -> None:
    """Display the picture with its title and, as its text, what its parts show in words; then close it."""
    # nbval compares the text, so a changed curve is noticed; a page has it as the picture's alt
    stop, comma = chosen((("。", "；"), (". ", "; ")))
    text = stop.join(filter(None, [title, subtitle, comma.join(parts)])) + stop.strip()
    head = "\n".join(filter(None, [title, subtitle]))
    chart.suptitle(head, x=0.01, y=1.0, ha="left", va="bottom", fontsize=13)
    picture = _png(chart)
    plt.close(chart)
    display({"image/png": picture, "text/plain": text}, raw=True)


def _png(chart: Figure) -> bytes:
    """A chart as PNG for print, in 256 colours: no eye sees it, it is a third of the size."""
    drawn, stored = io.BytesIO(), io.BytesIO()
    chart.savefig(drawn, format="tiff", dpi=200, bbox_inches="tight")
    with Image.open(drawn) as image:
        few = image.convert("RGB").quantize(method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(stored, "png", dpi=image.info["dpi"])
    return stored.getvalue()
