"""PDF: pandoc writes Typst, Typst lays it out, in the layout of official documents (GB/T 9704-2012).

The fonts are the free ones of the charts, embedded: Noto Serif for 宋, 仿宋 and 楷体, Noto Sans for 黑体.
"""

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
from reportkit.language import tr
from reportkit.letters import NOTO, YI, missing_letters, with_numbers

# Text that pandoc does not escape though Typst would interpret it: the first characters of a cell ("= 809" as
# a heading, "+ 3" as a list), three dots, several hyphens, and one before a digit of any script (a minus) or
# a question mark (nothing). What is escaped, code, a label or an address is left alone.
_OTHERS = re.compile(
    rb"""
    \\. | (`+).*?\1 | <[^ >]*> | \#[\w(]*\("(?:\\.|[^"\\])*"
    | (?P<typed> \[(?=(?:=+|[-+/]|\d+\.)[ ]) | \.(?=\.\.) | -(?=[-?\d\x80-\xff]) )
    """,
    re.DOTALL | re.VERBOSE,
)
# for pandoc; its smart typography would write a dash as hyphens, like those that were typed
FORMAT, OPTIONS = "typst-smart", {"wrap_text": "none"}
_HEADS = ("official.typ", "first.typ")
_BEGIN = """#let about = json("about.json")
#let annex = annex.with(about)
#let image = described(about.charts)
#show: spelt.with(about.named)
#show: official.with(about)
"""


def layout(page: Page, body: bytes, folder: Path, opening: dict[str, Any] | None = None) -> bytes:
    """PDF of a page from its text in Typst; the folder has the charts that the text names.

    `opening` are the data of the first page (``first.typ``). A letter that none of the fonts has is printed
    as its number, and added to the page's `letters`.
    """
    charts = {picture.get("src"): picture.get("alt", "") for picture in page.body.iter("img")}
    about = {
        **{"title": page.about["title"], "cover": cover(page), "lang": page.about["lang"], "charts": charts},
        "headings": len([*page.body.iter("h1", "h2")]),
        "formula": tr("公式", "Formula"),
        **{"width": AREA_MM[0], "height": AREA_MM[1], "body": BODY, "small": SMALL},
        **{"note": NOTE, "columns": COLUMNS, "gutter": GUTTER_MM},
    }
    about |= {"document": page.about["document"], "opening": opening, "short": SHORT}
    about["named"] = absent(body.decode() + json.dumps(about, ensure_ascii=False))
    page.about["letters"] = "".join(about["named"])
    (folder / "about.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    return compiled(folder, "official.typ", _BEGIN + _OTHERS.sub(_escaped, body).decode())


def absent(text: str) -> dict[str, str]:
    """Letters of a text that none of the fonts has, each with its replacement."""
    return {letter: with_numbers(letter) for letter in missing_letters(text)}


def compiled(folder: Path, head: str, text: str) -> bytes:
    """A PDF document (PDF/UA-1) from a text in Typst that uses the definitions of a head; files that both
    name are in the folder."""
    for name in _HEADS:
        (folder / name).write_bytes((TEMPLATES / name).read_bytes())
    main = folder / "main.typ"
    main.write_text(f'#import "{head}": *\n{text}', encoding="utf-8", newline="\n")
    options = {"format": "pdf", "pdf_standards": ["ua-1"], "timestamp": 0}
    content = typst.compile(main, root=folder, font_paths=_fonts(), **options)
    # false is the default, and poppler reports it as an error; blanks keep all offsets
    return content.replace(b"/Suspects false", b" " * 15)


def _escaped(match: re.Match[bytes]) -> bytes:
    typed = match["typed"]
    return match[0] if typed is None else b"[#[]" if typed == b"[" else b"\\" + typed


@cache
def _fonts() -> typst.Fonts:
    # not those of matplotlib: a "last resort" is among them, which has a box for every letter
    return typst.Fonts(include_system_fonts=False, font_paths=[NOTO, YI.parent])
