"""pandoc, which turns a page's HTML into other formats."""

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pypandoc

from reportkit.formats.jinja import TEMPLATES
from reportkit.formats.page import Page, kept_together
from reportkit.formats.paper import cover
from reportkit.formats.widths import SMALL
from reportkit.language import tag, tr

_path = cache(pypandoc.get_pandoc_path)


def convert(page: Page, text: str, folder: Path, formats: dict[str, dict[str, Any]]) -> dict[str, bytes]:
    """What goes on paper in pandoc's formats, by their names.

    Parameters
    ----------
    page : Page
        For title, cover, language and source notes.
    text : str
        What ``paper`` makes of it.
    folder : Path
        Of the charts that the text names.
    formats : dict
        pandoc's name of a format → options of its writer.
    """
    about = {"title": page.about["title"], "cover": cover(page), "lang": "en-US" if tag() == "en" else tag()}
    texts = (kept_together(" ".join(note.text.split("\n"))) for note in page.notes)
    notes = [{"text": text, "made_of": note.made_of} for note, text in zip(page.notes, texts, strict=True)]
    style = {"custom-style": "Source Note", "typst:text:size": f"{SMALL}pt"}
    about |= {"contents": tr("目录", "Contents"), "notes": notes, "style": style}
    asked = {"text": text, "about": about, "formats": formats}
    pandoc(["lua", str(TEMPLATES / "convert.lua")], json.dumps(asked, ensure_ascii=False), folder)
    return {name: (folder / f"made.{name}").read_bytes() for name in formats}


def pandoc(arguments: list[str], text: str, folder: Path) -> None:
    """Run it in a folder and hand it a text.

    Raises
    ------
    RuntimeError
        If it fails, with the last line of what it says.
    """
    env = {
        **os.environ,
        # the time that pandoc writes into a file: the same page is the same file
        "SOURCE_DATE_EPOCH": "946684800",
        # room for what it has read, which it would otherwise copy again and again: a fifth of its time
        "GHCRTS": "-O64m",
    }
    done = subprocess.run(
        [_path(), *arguments], input=text.encode(), cwd=folder, env=env, capture_output=True
    )
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or [f"exit {done.returncode}"]
        raise RuntimeError(f"pandoc: {lines[-1].strip()}")
