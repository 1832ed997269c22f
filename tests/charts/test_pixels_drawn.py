"""The picture in pixels is the one in vectors: as large, each figure in its place and colour, letters where they are."""

import base64
import io

import numpy as np
import pandas as pd
import pytest
from lxml import etree
from matplotlib.colors import to_rgb
from PIL import Image

from reportkit.charts import plain
from reportkit.charts.canvas import PALETTE, WIDTH
from reportkit.charts.heatmap import heat_map
from reportkit.charts.lines import lines
from reportkit.charts.pixels import png
from reportkit.charts.small import small_lines

TITLE = ("标题", "Title")
SCALE = 200 / 72  # pixels a point
STATES = {"met": ("达到", "met", "#cfe3d4"), "short": ("不足", "short", "#a3191f")}
PARTS = pd.DataFrame(
    [("甲", "一", 50.0), ("甲", "二", 30.0), ("乙", "一", 20.0), ("乙", "二", 45.0)],
    columns=["category", "series", "value"],
)
YEARS = pd.DataFrame(
    {"panel": "入园率", "series": "甲", "year": [2018.0, 2019, 2020], "value": [60.0, 70, 81]}
)
CELLS = pd.DataFrame(
    [("图", "甲", "列", "", "met"), ("图", "乙", "列", "", "short")],
    columns=["panel", "row", "column", "text", "state"],
)
BAR = [PALETTE[0], PALETTE[0], PALETTE[1], PALETTE[1]]


def two_panels():
    lines(pd.concat([YEARS.assign(unit="%"), YEARS.assign(unit="%", panel="巩固率")]), title=TITLE)


CHARTS = {
    # and the colours of its figures, in their order
    "stacked": (lambda: plain.stacked(PARTS, title=TITLE, unit="项"), BAR),
    "dots": (lambda: plain.dots(PARTS, title=TITLE, unit="项"), BAR),
    "lines": (lambda: lines(YEARS.assign(unit="%"), title=TITLE), [PALETTE[0]] * 3),
    "panels": (two_panels, [PALETTE[0]] * 6),
    "small": (lambda: small_lines(YEARS.assign(unit="%"), title=TITLE), [PALETTE[0]] * 3),
    "heat": (lambda: heat_map(CELLS, title=TITLE, states=STATES), ["#cfe3d4", "#a3191f"]),
}


def drawn(bundle):
    root = etree.fromstring(bundle["image/svg+xml"])
    stored = bundle["image/png"]
    image = Image.open(io.BytesIO(stored if isinstance(stored, bytes) else base64.b64decode(stored)))
    return root, image


@pytest.mark.parametrize("name", CHARTS)
def test_pixels_show_each_figure_where_the_drawing_has_it(shown, name):
    draw, colours = CHARTS[name]
    draw()
    root, image = drawn(shown[0])
    width, height = (float(root.get(side).removesuffix("pt")) for side in ("width", "height"))
    assert image.size == pytest.approx((width * SCALE, height * SCALE), abs=1)
    assert image.info["dpi"] == pytest.approx((200, 200), abs=0.1)
    seen = np.asarray(image.convert("RGB")).astype(int)
    numbers = [float(number) for number in root.get("data-points").split()]
    places = [numbers[start : start + 5] for start in range(0, len(numbers), 5)]
    for (_, x, y, wide, high), colour in zip(places, colours, strict=True):
        found = seen[int((y + 0.3 * high) * SCALE), int((x + 0.3 * wide) * SCALE)]
        assert abs(found - 255 * np.array(to_rgb(colour))).max() <= 12, (x, y)


@pytest.mark.parametrize("name", CHARTS)
def test_letters_in_pixels_stand_where_those_of_the_drawing_stand(shown, name):
    CHARTS[name][0]()
    root, image = drawn(shown[0])
    seen = np.asarray(image.convert("L"))
    texts = [text for text in root.iter("{*}text") if "rotate" not in text.get("transform", "")]
    assert len(texts) > 3
    for text in texts:
        x, y = (float(text.get(side)) * SCALE for side in ("x", "y"))
        around = seen[int(y - 8 * SCALE) : int(y) + 1, max(0, int(x - 8 * SCALE)) : int(x + 8 * SCALE)]
        assert around.min() < 160, text.text  # a letter is dark, and no line is


def test_lines_in_pixels_are_as_wide_as_in_the_drawing(shown):
    """The line at a limit is 1.4 points wide: 3.9 pixels, of which the outer ones are not quite black."""
    frame = pd.DataFrame({"panel": "小学", "category": ["用房"], "value": [0.2], "limit": [0.5]})
    plain.limit_bars(frame, title=TITLE, unit="", over=("超过", "over"))
    _, image = drawn(shown[0])
    seen = np.asarray(image.convert("L")).astype(int)
    columns = (seen < 128).mean(axis=0)
    assert 3 <= (columns > 0.4).sum() <= 5
    assert image.width == pytest.approx(4.1 * 200, abs=1) and WIDTH == 6.1


def test_half_of_257_colours_are_the_most_frequent_ones_unchanged():
    """128 greys of three pixels each, and 129 greens of which the likeliest are merged."""
    greys = np.repeat(np.arange(128), 3)
    drawn = np.zeros((1, 128 * 6 + 129, 4), np.uint8)
    drawn[..., 3] = 255
    drawn[0, 0 : 128 * 6 : 2, :3] = greys[:, None]
    drawn[0, 1 : 128 * 6 : 2, :3] = (255, 0, 0)
    drawn[0, 128 * 6 :, 1] = 120 + np.arange(129)
    with Image.open(io.BytesIO(png(memoryview(drawn), 100))) as stored:
        seen = np.asarray(stored.convert("RGB")).astype(int)
        assert stored.info["dpi"] == pytest.approx((100, 100), abs=0.1)
    assert np.array_equal(seen[0, 1 : 128 * 6 : 2], np.tile((255, 0, 0), (384, 1)))
    kept = [np.array_equal(seen[0, at], drawn[0, at, :3]) for at in range(0, 128 * 6, 2)]
    assert sum(kept) >= 127 * 3
    assert abs(seen[0, 128 * 6 :] - drawn[0, 128 * 6 :, :3]).max() <= 8
