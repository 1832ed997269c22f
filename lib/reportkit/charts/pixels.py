"""The pixels of a chart as PNG in 256 colours: it looks the same, and is half the size."""

import io

import numpy as np
from PIL import Image

_COLOURS = 256


def png(pixels: memoryview, dpi: int) -> bytes:
    """What is drawn, rows of pixels in RGBA with nothing to see through, as PNG for print.

    A chart is mostly runs of one colour, and only their beginnings are looked at. Where it has more than 256
    colours, half of the palette are the most frequent, as they are; of the others those that are alike become
    one, however rare: a single mark keeps its own.
    """
    height, width, _ = np.asarray(pixels).shape
    colours = np.frombuffer(pixels, np.uint32)
    starts = np.append(0, 1 + np.flatnonzero(colours[1:] != colours[:-1]))
    colours_used, code, count = np.unique(colours[starts], return_inverse=True, return_counts=True)
    palette = colours_used.view(np.uint8).reshape(-1, 4)[:, :3]
    if len(palette) > _COLOURS:
        half = _COLOURS // 2
        order = np.argsort(-count, kind="stable")
        rare = Image.fromarray(palette[order[half:]][None])
        quantized = rare.quantize(_COLOURS - half, Image.Quantize.MAXCOVERAGE)
        place = np.empty_like(order)
        place[order] = np.append(np.arange(half), half + np.asarray(quantized)[0].astype(int))
        palette = np.append(
            palette[order[:half]], np.array(quantized.getpalette("RGB"), np.uint8).reshape(-1, 3), 0
        )
        code = place[code]
    codes = np.repeat(code.astype(np.uint8), np.diff(starts, append=len(colours)))
    picture = Image.fromarray(codes.reshape(height, width), "P")
    picture.putpalette(palette.tobytes())
    stream = io.BytesIO()
    picture.save(stream, "png", dpi=(dpi, dpi))
    return stream.getvalue()
