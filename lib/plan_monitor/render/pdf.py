"""PDF: pandoc writes Typst, Typst lays it out, in the layout of official documents (GB/T 9704-2012).

The fonts are those that the charts use, free ones, and are embedded: Noto Serif for 宋, 仿宋 and 楷体, Noto
Sans for 黑体.
"""

import importlib.util
import json
from functools import cache
from pathlib import Path

import typst

from plan_monitor.render.jinja import TEMPLATES
from plan_monitor.render.page import Page
from plan_monitor.render.pandoc import pandoc
from plan_monitor.render.paper import AREA_MM, BODY, SMALL, cover

_HEAD = "official.typ"


def pdf(page: Page, text: str, charts: Path) -> bytes:
    """A page as a PDF document, its fonts embedded.

    Parameters
    ----------
    page : Page
    text : str
        What ``paper`` makes of it.
    charts : Path
        Folder of the charts that the text names.
    """
    body = pandoc(["--from=html", "--to=typst", "--wrap=none"], text, charts)
    about = {
        **{"title": page.about["title"], "cover": cover(page), "lang": page.about["lang"]},
        **{"width": AREA_MM[0], "height": AREA_MM[1], "body": BODY, "small": SMALL},
    }
    (charts / "about.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    (charts / _HEAD).write_bytes((TEMPLATES / _HEAD).read_bytes())
    main = charts / "report.typ"
    main.write_text(
        f'#import "{_HEAD}": official\n#show: official.with(json("about.json"))\n{body}', encoding="utf-8"
    )
    return typst.compile(main, root=charts, font_paths=_fonts(), format="pdf", timestamp=0)


@cache
def _fonts() -> typst.Fonts:
    folder = Path(importlib.util.find_spec("mplfonts").submodule_search_locations[0]) / "fonts"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
