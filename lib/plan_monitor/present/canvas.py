"""What all charts share: fonts and colours, and the picture shown with its text.

nbval does not compare pictures; it compares the text, so a changed curve is noticed. In a page the text
is the picture's ``alt``.
"""

import importlib.util
import io
from pathlib import Path

import matplotlib.pyplot as plt
import seaborn as sns
from IPython.display import display
from matplotlib import font_manager
from matplotlib.figure import Figure

PALETTE = ["#b0302a", "#2b5c8a", "#8a8a8a", "#c98b1b", "#3f7d58", "#6d4c8f"]


def style() -> None:
    """White ground, light grid, and a font that has Chinese glyphs, taken by path from mplfonts."""
    folder = Path(importlib.util.find_spec("mplfonts").submodule_search_locations[0]) / "fonts"
    font = folder / "NotoSansCJKsc-Regular.otf"
    family = font_manager.FontProperties(fname=font).get_name()
    if family not in font_manager.get_font_names():
        font_manager.fontManager.addfont(font)
    sns.set_theme(
        style="whitegrid",
        palette=PALETTE,
        rc={
            "font.family": family,
            "axes.unicode_minus": False,
            "axes.edgecolor": "#999999",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlesize": 12,
            "axes.titleweight": "normal",
            "grid.color": "#e6e6e6",
            "legend.frameon": False,
        },
    )


def show(chart: Figure, title: str, said: list[str], lang: str) -> None:
    """Display the picture with its alternative text, then close it."""
    stop, comma = ("。", "；") if lang == "zh" else (". ", "; ")
    text = f"{title}{stop}{comma.join(said)}{stop.strip()}"
    chart.suptitle(title, x=0.01, y=1.0, ha="left", va="bottom", fontsize=13)
    picture = io.BytesIO()
    chart.savefig(picture, format="png", dpi=120, bbox_inches="tight", metadata={"Software": None})
    plt.close(chart)
    display({"image/png": picture.getvalue(), "text/plain": text}, raw=True)
