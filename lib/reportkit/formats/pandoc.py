"""pandoc, which turns a page's HTML into other formats."""

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pypandoc

from reportkit.formats.annex import annex
from reportkit.formats.jinja import TEMPLATES
from reportkit.formats.page import Page
from reportkit.formats.paper import cover
from reportkit.language import tag, tr

_path = cache(pypandoc.get_pandoc_path)


def convert(
    page: Page,
    text: str,
    folder: Path,
    formats: dict[str, dict[str, Any]],
    opening: str = "",
    *,
    annexed: bool = True,
) -> dict[str, bytes]:
    """What goes on paper in pandoc's formats, by their names.

    `text` is what ``paper`` makes of the page, `folder` has the charts that it names; `formats`: pandoc's
    name of a format → options of its writer. `opening`, HTML, is a first page for Word. The annex follows the
    text if that is ``annexed``.
    """
    about = {
        "title": page.about["title"],
        "document": page.about["document"],
        "cover": cover(page),
        "lang": "en-US" if tag() == "en" else tag(),
        "contents": tr("目录", "Contents"),
        "annex": annex(page.notes) if annexed and page.notes else [],
    }
    asked = {"text": text, "opening": opening, "about": about, "formats": formats}
    pandoc(["lua", str(TEMPLATES / "convert.lua")], json.dumps(asked, ensure_ascii=False), folder)
    return {name: (folder / f"made.{name}").read_bytes() for name in formats}


def pandoc(arguments: list[str], text: str, folder: Path) -> None:
    """Run it in a folder and hand it a text; RuntimeError with the last line of what it says if it fails."""
    env = {**os.environ, "SOURCE_DATE_EPOCH": "946684800"}  # which it writes: the same page is the same file
    env["GHCRTS"] = "-O64m"  # room for what it has read, which it copies less often then: a tenth of its time
    command = [_path(), *arguments]
    done = subprocess.run(command, input=text.encode(), cwd=folder, env=env, capture_output=True)
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or [f"exit {done.returncode}"]
        raise RuntimeError(f"pandoc: {lines[-1].strip()}")
