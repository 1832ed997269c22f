"""PDF: pandoc writes Typst, Typst lays it out, in the layout of official documents (GB/T 9704-2012).

The fonts are the free ones of the charts, embedded: Noto Serif for 宋, 仿宋 and 楷体, Noto Sans for 黑体.
"""

import json
import re
from functools import cache
from pathlib import Path

import typst

from reportkit.formats.annex import COLUMNS, GUTTER_MM, NOTE
from reportkit.formats.jinja import TEMPLATES
from reportkit.formats.page import Page
from reportkit.formats.paper import AREA_MM, BODY, SMALL, cover, long
from reportkit.language import tr
from reportkit.letters import NOTO, YI, lacking, named

# What pandoc leaves as it is and Typst would make something else of: the first characters of a cell ("= 809"
# a heading, "+ 3" a list), three dots, hyphens one behind the other, and one before a digit (a minus) or a
# question mark (nothing at all). What is escaped, code, a label or an address stays as it is.
_OTHERS = re.compile(
    rb"""
    \\. | (`+).*?\1 | <[^ >]*> | \#[\w(]*\("(?:\\.|[^"\\])*"
    | (?P<typed> \[(?=(?:=+|[-+/]|\d+\.)[ ]) | \.(?=\.\.) | -(?=[-?\d]) )
    """,
    re.DOTALL | re.VERBOSE,
)
# of pandoc; its smart typography would write a dash as hyphens, which are no other than those that were typed
FORMAT, OPTIONS = "typst-smart", {"wrap_text": "none"}
_HEAD = "official.typ"
_BEGIN = f"""#import "{_HEAD}": *
#let about = json("about.json")
#let annex = annex.with(about)
#let image = described(about.charts)
#show: spelt.with(about.named)
#show: official.with(about)
"""


def laid_out(page: Page, body: bytes, folder: Path) -> bytes:
    """A page as a PDF document (PDF/UA-1) of its text in Typst; the folder has the charts that it names.

    A letter that none of the fonts has is printed as its number, and among the `letters` of what the page is
    about.
    """
    charts = {picture.get("src"): picture.get("alt", "") for picture in page.body.iter("img")}
    about = {
        **{"title": page.about["title"], "cover": cover(page), "lang": page.about["lang"], "charts": charts},
        "headings": len([*page.body.iter("h1", "h2")]) if long(page) else 0,
        "formula": tr("公式", "Formula"),
        **{"width": AREA_MM[0], "height": AREA_MM[1], "body": BODY, "small": SMALL},
        **{"note": NOTE, "columns": COLUMNS, "gutter": GUTTER_MM},
    }
    absent = lacking("".join([body.decode(), page.about["title"], *cover(page), *charts.values()]))
    page.about["letters"] = "".join(absent)
    about["named"] = {letter: named(letter) for letter in absent}
    (folder / "about.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    (folder / _HEAD).write_bytes((TEMPLATES / _HEAD).read_bytes())
    main = folder / "report.typ"
    main.write_bytes(_BEGIN.encode() + _OTHERS.sub(_as_typed, body))
    asked = {"format": "pdf", "pdf_standards": ["ua-1"], "timestamp": 0}
    made = typst.compile(main, root=folder, font_paths=_fonts(), **asked)
    # that is so anyway, and poppler takes it for an error; as many blanks, so that all stays in its place
    return made.replace(b"/Suspects false", b" " * 15)


def _as_typed(match: re.Match[bytes]) -> bytes:
    typed = match["typed"]
    return match[0] if typed is None else b"[#[]" if typed == b"[" else b"\\" + typed


@cache
def _fonts() -> typst.Fonts:
    # not those of matplotlib: a "last resort" is among them, which has a box for every letter
    return typst.Fonts(include_system_fonts=False, font_paths=[NOTO, YI.parent])
