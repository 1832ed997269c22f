"""The pixels of a chart as PNG with 256 colours: it looks the same at half the size."""

import io

import numpy as np
from PIL import Image

_COLOURS = 256


def png(pixels: memoryview, dpi: int) -> bytes:
    """Rows of opaque pixels in RGBA as PNG for print.

    A chart is mostly runs of one colour, of which only the first pixel is examined. With more than 256
    colours, half of the palette are the most frequent ones, unchanged; similar ones of the others are merged,
    however rare they are, so that a single mark keeps its colour.
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
