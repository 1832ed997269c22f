"""PDF: pandoc writes Typst, Typst lays it out, in the layout of official documents (GB/T 9704-2012).

The fonts are the free ones of the charts, embedded: Noto Serif for 宋, 仿宋 and 楷体, Noto Sans for 黑体.
"""

import importlib.util
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import typst

from reportkit.formats.annex import COLUMNS, GUTTER_MM, NOTE
from reportkit.formats.columns import AREA_MM, SMALL
from reportkit.formats.jinja import TEMPLATES
from reportkit.formats.page import Page
from reportkit.formats.paper import BODY, SHORT, cover

# pandoc leaves the first characters of a cell as they are: "= 809" would be a heading, "+ 3" a list; what is
# escaped or is code stays as it is
_OPENED = re.compile(rb"\\.|(`+).*?\1|\[(?=(?:=+|[-+/]|\d+\.) )", re.DOTALL)
OPTIONS = {"wrap_text": "none"}  # of pandoc
_HEADS = ("official.typ", "first.typ")
_BEGIN = """#let about = json("about.json")
#let annex = annex.with(about)
#let image = described(about.charts)
#show: official.with(about)
"""


def laid_out(page: Page, body: bytes, folder: Path, opening: dict[str, Any] | None = None) -> bytes:
    """A page as a PDF document of its text in Typst; the folder has the charts that the text names.

    `opening` is what ``first.typ`` puts before it on a page of its own.
    """
    charts = {picture.get("src"): picture.get("alt", "") for picture in page.body.iter("img")}
    about = {
        **{"title": page.about["title"], "cover": cover(page), "lang": page.about["lang"], "charts": charts},
        "headings": len([*page.body.iter("h1", "h2")]),
        **{"width": AREA_MM[0], "height": AREA_MM[1], "body": BODY, "small": SMALL},
        **{"note": NOTE, "columns": COLUMNS, "gutter": GUTTER_MM},
    }
    about |= {"document": page.about["document"], "opening": opening, "short": SHORT}
    (folder / "about.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    body = _OPENED.sub(lambda match: b"[#[]" if match[0] == b"[" else match[0], body)
    return compiled(folder, "official.typ", _BEGIN + body.decode())


def compiled(folder: Path, head: str, text: str) -> bytes:
    """A PDF document of a text in Typst that uses what a head defines; the folder has what both name."""
    for name in _HEADS:
        (folder / name).write_bytes((TEMPLATES / name).read_bytes())
    main = folder / "main.typ"
    main.write_text(f'#import "{head}": *\n{text}', encoding="utf-8")
    return typst.compile(main, root=folder, font_paths=_fonts(), format="pdf", timestamp=0)


@cache
def _fonts() -> typst.Fonts:
    folder = Path(importlib.util.find_spec("mplfonts").submodule_search_locations[0]) / "fonts"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
