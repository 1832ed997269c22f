"""Charts of a page: inline drawings, in parts that are stacked on a narrow screen.

Over each figure lies an element that can be pointed at or reached by keyboard: it shows the figure and links
to its note. Its text comes from the chart's data, like the table below the chart.
"""

import base64
import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml.html import HtmlElement
from lxml.html.builder import E
from PIL import Image

from reportkit.language import tr
from reportkit.table import CHART, unpack

SVG, PNG = "image/svg+xml", "image/png"
_PIXELS = 96 / 72  # of a screen to a point of print
_TITLE = re.compile(r'<g id="head">.*?</g>', re.DOTALL)
_MARGIN = 2  # points beside a part: letters of another font may be wider
_WIDE = 480  # pixels; wider panels are not squeezed into a phone
# elements of SVG that are kept
_SHAPES = {"g", "path", "text", "tspan", "use", "defs", "clippath", "rect", "pattern"}


class Drawing(NamedTuple):
    """A chart as drawing, text and data."""

    vector: str  # SVG, of which ``reportkit.charts.vector`` says what its root tells
    pixels: str  # PNG, in base64
    text: str
    data: dict[str, Any]  # table.CHART


def drawing(data: dict[str, Any]) -> Drawing | None:
    """The chart in the data of an output; None where there is none, or one that is only pixels."""
    if CHART not in data or SVG not in data:
        return None
    return Drawing(data[SVG], data[PNG].replace("\n", ""), data["text/plain"], data[CHART])


def arrange(body: HtmlElement, drawings: list[Drawing]) -> None:
    """Split each chart of a page, whose element has its number, into its parts, with its title above."""
    for figure in body.xpath(".//figure[@data-report-chart]"):
        number = int(figure.get("data-report-chart"))
        _arrange(figure, drawings[number], f"c{number}-")


def points(figure: HtmlElement, chart: Drawing) -> Iterator[tuple[HtmlElement, list[str]]]:
    """The elements over a chart's figures, and the ids of the stored rows of each."""
    elements = figure.find_class("point")
    for element, row in zip(_in_order(elements), unpack(chart.data), strict=True):
        yield element, row[-1].ids


def _in_order(elements: list[HtmlElement]) -> list[HtmlElement]:
    return sorted(elements, key=lambda element: int(element.attrib.pop("data-row")))


def lead(point: HtmlElement, number: int, source: str) -> None:
    """Link a figure of a chart to its note, and add its source to the text."""
    point.tag = "a"
    point.attrib.pop("tabindex")
    point.set("href", f"#n{number}")
    point[0].append(E.small(source))


def _arrange(figure: HtmlElement, chart: Drawing, prefix: str) -> None:
    root = figure.find("svg")
    boxes = [*_grouped(root.get("data-parts"), 4)]
    for element in list(root.iter()):
        _safe(element, prefix)
    attributes = {name: root.get(name) for name in ("font-family", "stroke-linejoin")}
    panels, frames = E.div({"class": "panels"}), []
    for number, (x, y, width, height) in enumerate(boxes):
        ids = {f"{prefix}part-{number}"} if len(boxes) > 1 else {None}
        children = [e for e in root if e.get("id") in ids or (not number and e.tag == "defs")]
        view = f"{x - _MARGIN:g} {y:g} {width + 2 * _MARGIN:g} {height:g}"
        svg = E.svg(attributes | {"viewbox": view}, *children)
        svg.attrib.update({"aria-hidden": "true"} if number else {"role": "img", "aria-label": chart.text})
        frames.append(E.div({"class": "drawing"}, svg))
        pixels = (width + 2 * _MARGIN) * _PIXELS
        panel = E.div({"class": "panel", "style": f"--w:{pixels:.0f}"}, frames[-1])
        if pixels > _WIDE:
            panel.attrib.update({"class": "panel wide", "tabindex": "0", "role": "region"})
            panel.set("aria-label", chart.data["title"])
        panels.append(panel)
    places = _grouped(root.get("data-points"), 5)
    for row, (cells, (part, *place)) in enumerate(zip(unpack(chart.data), places, strict=True)):
        frames[int(part)].append(_point(row, [cell.text for cell in cells], boxes[int(part)], place))
    root.drop_tree()
    caption = E.figcaption(E.strong(chart.data["title"]))
    if chart.data["subtitle"]:
        caption[0].tail = " "  # copied text keeps them apart
        caption.append(E.span({"class": "same"}, chart.data["subtitle"]))
    figure.insert(0, caption)
    figure.insert(1, panels)


def _grouped(numbers: str, size: int) -> Iterator[list[float]]:
    """Numbers in a text, in groups of a size."""
    values = map(float, numbers.split())
    return map(list, zip(*[values] * size, strict=True))


def _point(row: int, cells: list[str], box: list[float], place: list[float]) -> HtmlElement:
    """The element over a figure: its names and the figure itself, which show on pointing at it."""
    left, top, width, height = place
    full_width = box[2] + 2 * _MARGIN
    across, down = (left + width / 2 - box[0] + _MARGIN) / full_width, (top + height / 2 - box[1]) / box[3]
    style = f"--x:{across:.1%};--y:{down:.1%};--a:{width / full_width:.1%};--b:{height / box[3]:.1%}"
    readout = E.span({"class": "readout"}, tr("：", ": ").join([" · ".join(cells[:-1]), cells[-1]]))
    attributes = {"class": "point", "tabindex": "0", "style": style, "data-row": str(row)}
    point = E.span(attributes, readout)
    point.tail = " "
    return point


def _safe(element: HtmlElement, prefix: str) -> None:
    """Remove everything that could run, and make ids unique among the charts of the page."""
    if element.tag != "svg" and element.tag not in _SHAPES:
        element.drop_tree()
        return
    for name, value in element.attrib.items():
        if name.startswith("on") or (name == "href" and not value.startswith("#")):
            del element.attrib[name]
        elif name == "id":
            element.set(name, prefix + value)
        elif name == "href":
            element.set(name, value.replace("#", f"#{prefix}"))
        elif "url(#" in value:
            element.set(name, value.replace("url(#", f"url(#{prefix}"))


def body_of(chart: Drawing) -> tuple[bytes, bytes, tuple[float, float]]:
    """A chart without its title, as SVG and as PNG, with its width and height in points."""
    head, _, content = chart.vector.partition(">")
    parts = [float(n) for n in _attribute(head, "data-parts").split()]
    _, _, width, height = (float(n) for n in _attribute(head, "viewBox").split())
    top = max(min(parts[1::4]), 0)
    new_head = head.replace(
        f'viewBox="{_attribute(head, "viewBox")}"', f'viewBox="0 {top:g} {width:g} {height - top:g}"'
    )
    new_head = new_head.replace(f'height="{_attribute(head, "height")}"', f'height="{height - top:g}pt"')
    stream = io.BytesIO()
    with Image.open(io.BytesIO(base64.b64decode(chart.pixels))) as image:
        scale = image.height / height
        image.crop((0, round(top * scale), *image.size)).save(stream, "png", dpi=image.info["dpi"])
    content = _TITLE.sub("", content)  # outside the view, but a reader of text would find it
    return f"{new_head}>{content}".encode(), stream.getvalue(), (width, height - top)


def _attribute(head: str, name: str) -> str:
    return head.partition(f' {name}="')[2].partition('"')[0]
