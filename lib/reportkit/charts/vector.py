"""A chart as SVG: small, reproducible, its text as text, and ready to be embedded in a page with others.

Attributes of the root give, in points of print from the upper left, the boxes of the parts that a page may
stack (``data-parts``: four numbers each: x, y, width, height), and for each figure the number of its part and
its box (``data-points``: five numbers each).
"""

import re
from functools import partial

from lxml import etree
from matplotlib.transforms import Bbox

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_FONTS = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',SimHei,sans-serif"
_NUMBER = re.compile(r"-?\d+\.\d+(e-?\d+)?")
_SPACE = re.compile(r"\s*\n\s*|(?<=[MLQCZz]) | (?=[MLQCZz])")
_FAMILY = re.compile(r"font-family: [^;]*; |(?<=font: )(\S+) '[^;]*'")
_REFERRED = re.compile(r"#([\w-]+)")


def tidy(svg: str, parts: list[Bbox], points: list[tuple[int, Bbox]]) -> str:
    """A chart as matplotlib wrote it, tidied; parts and points are in points of print from the lower left."""
    root = etree.fromstring(svg.encode(), etree.XMLParser(remove_comments=True, remove_blank_text=True))
    for unused in [*root.findall(f"{_SVG}metadata"), *root.findall(f"{_SVG}defs[{_SVG}style]")]:
        root.remove(unused)
    ids = {
        name
        for element in root.iter()
        for text in element.attrib.values()
        for name in _REFERRED.findall(text)
    }
    for element in list(root.iter()):
        _tidy(element, ids)
    width, height = (float(number) for number in root.get("viewBox").split()[2:])
    root.attrib.clear()
    root.attrib.update(
        {"width": f"{width:.1f}pt", "height": f"{height:.1f}pt", "viewBox": f"0 0 {width:.1f} {height:.1f}"}
    )
    root.attrib.update({"font-family": _FONTS, "stroke-linejoin": "round"})
    root.set("data-parts", " ".join(_corners(part, height) for part in parts))
    root.set("data-points", " ".join(f"{number} {_corners(box, height)}" for number, box in points))
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _short(number: re.Match, places: int) -> str:
    return f"{float(number[0]):.{places}f}".rstrip("0").rstrip(".")


def _corners(box: Bbox, height: float) -> str:
    return " ".join(f"{n:.1f}" for n in (box.xmin, height - box.ymax, abs(box.width), abs(box.height)))


def _tidy(element: etree._Element, ids: set[str]) -> None:
    """Shorten the attributes of an element; a group without any is replaced by its content."""
    if element.get("id") not in ids and not element.get("id", "").startswith(("part-", "head", "ground")):
        element.attrib.pop("id", None)
    if element.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]
    if _HREF in element.attrib:
        element.set("href", element.attrib.pop(_HREF))
    inside_defs = element.getparent() is not None and element.getparent().tag == f"{_SVG}defs"  # a marker
    for name, text in element.attrib.items():
        if name in ("id", "href", "clip-path"):
            continue
        places = 2 if name == "style" or inside_defs else 1
        text = _NUMBER.sub(partial(_short, places=places), text)
        text = _SPACE.sub("", text) if name == "d" else text
        if name == "style":
            text = _FAMILY.sub(r"\1", text).replace("; ", ";").replace(": ", ":")
        element.set(name, text)
    if element.tag == f"{_SVG}g" and not element.attrib:
        parent, place = element.getparent(), element.getparent().index(element)
        parent[place : place + 1] = list(element)
