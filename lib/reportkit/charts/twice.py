"""The canvas of a chart: its parts are traversed once and drawn as SVG and in pixels at the same time.

Both have one layout, in points of print, from the widths of letters in their fonts: a renderer of pixels
would round them, differently at each resolution. Letters that no font has are replaced by their numbers:
matplotlib would draw the same box for each.
"""

import copy
import io

from matplotlib.backend_bases import FigureCanvasBase, GraphicsContextBase, RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D, Bbox

from reportkit.letters import with_numbers

POINTS = 72  # an inch


class Canvas(FigureCanvasBase):
    """The canvas of a chart whose size is final; it has one renderer, which also measures texts."""

    def __init__(self, chart: Figure, dpi: int):
        super().__init__(chart)
        width, height = chart.get_size_inches() * POINTS
        self._renderer = _Twice(width, height, dpi)

    def get_renderer(self) -> RendererBase:
        """The renderer that matplotlib asks for the size of a text."""
        return self._renderer

    def drawn(self) -> tuple[str, memoryview]:
        """The chart as an SVG, and its pixels, row by row in RGBA; call it only once."""
        self.figure.draw(self._renderer)
        return self._renderer.finished()


class _Twice(RendererBase):
    """Passes all drawing to two renderers; `dpi` is the resolution of the pixels."""

    def __init__(self, width: float, height: float, dpi: int):
        super().__init__()
        self._size, self._factor, self._text = (width, height), dpi / POINTS, io.StringIO()
        self._enlarged = Affine2D().scale(self._factor)
        self._vector = RendererSVG(width, height, self._text)
        self._pixels = RendererAgg(round(width * self._factor), round(height * self._factor), dpi)

    def finished(self) -> tuple[str, memoryview]:
        self._vector.finalize()
        return self._text.getvalue(), self._pixels.buffer_rgba()

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self._size

    def get_text_width_height_descent(self, s, prop, ismath) -> tuple[float, float, float]:
        return self._vector.get_text_width_height_descent(with_numbers(s), prop, ismath)

    def open_group(self, *group, **options) -> None:
        self._vector.open_group(*group, **options)

    def close_group(self, group: str) -> None:
        self._vector.close_group(group)

    def draw_path(self, gc, path, transform, rgbFace=None) -> None:
        self._vector.draw_path(gc, path, transform, rgbFace)
        self._pixels.draw_path(self._large(gc), path, transform + self._enlarged, rgbFace)

    def draw_markers(self, gc, marker, marker_transform, path, transform, rgbFace=None) -> None:
        self._vector.draw_markers(gc, marker, marker_transform, path, transform, rgbFace)
        larger = marker_transform + self._enlarged, path, transform + self._enlarged
        self._pixels.draw_markers(self._large(gc), marker, *larger, rgbFace)

    def draw_path_collection(
        self, gc, master, paths, transforms, offsets, offset_transform, *properties, **options
    ) -> None:
        self._vector.draw_path_collection(
            gc, master, paths, transforms, offsets, offset_transform, *properties, **options
        )
        places = paths, transforms, offsets, offset_transform + self._enlarged
        self._pixels.draw_path_collection(
            self._large(gc), master + self._enlarged, *places, *properties, **options
        )

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None) -> None:
        s = with_numbers(s)
        self._vector.draw_text(gc, x, y, s, prop, angle, ismath, mtext)
        place = x * self._factor, y * self._factor
        self._pixels.draw_text(self._large(gc), *place, s, prop, angle, ismath, mtext)

    def _large(self, gc: GraphicsContextBase) -> GraphicsContextBase:
        """The same for pixels: the clip rectangle is enlarged; widths of lines are in points for both."""
        if (clip := gc.get_clip_rectangle()) is None:
            return gc
        large = copy.copy(gc)
        large.set_clip_rectangle(Bbox(clip.get_points() * self._factor))
        return large
