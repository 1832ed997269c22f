"""The small bars of a table (``reportkit.way``) as pictures for paper, where a cell can hold no drawing."""

import io
import re

from lxml.html import HtmlElement
from PIL import Image, ImageDraw

_SCALE = 6  # dots a pixel: 576 an inch
_LINE = re.compile(r"M([\d.]+) ([\d.]+)([Hv])([\d.]+)")


def png(bar: HtmlElement) -> bytes:
    """The picture of a bar, drawn like its lines and dots on a page."""
    width, height = (int(bar.get(side)) * _SCALE for side in ("width", "height"))
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    for shape in bar:
        stroke, thick = shape.get("stroke", bar.get("stroke")), float(shape.get("stroke-width", 1)) * _SCALE
        if shape.tag == "circle":
            x, y, radius = (float(shape.get(name)) * _SCALE for name in ("cx", "cy", "r"))
            radius += _SCALE / 2  # its line lies on both sides of it
            box = (x - radius, y - radius, x + radius, y + radius)
            draw.ellipse(box, shape.get("fill", bar.get("fill")), stroke, _SCALE)
        else:
            [(x, y, way, length)] = _LINE.findall(shape.get("d"))
            start = float(x) * _SCALE, float(y) * _SCALE
            end = (start[0], start[1] + float(length) * _SCALE)
            if way == "H":
                end = float(length) * _SCALE, start[1]
            draw.line((start, end), stroke, round(thick))
    stream = io.BytesIO()
    image.quantize(16).save(stream, "PNG")
    return stream.getvalue()
