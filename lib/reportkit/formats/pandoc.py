"""pandoc, which turns a page's HTML into other formats."""

import contextlib
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
    asked = {"folder": str(folder), "text": text, "opening": opening, "about": about, "formats": formats}
    _requested(asked)
    return {name: (folder / f"made.{name}").read_bytes() for name in formats}


def pandoc(arguments: list[str], folder: Path) -> None:
    """Run it in a folder; RuntimeError with the last line of what it says if it fails."""
    done = subprocess.run([_path(), *arguments], cwd=folder, capture_output=True)
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or [f"exit {done.returncode}"]
        raise RuntimeError(f"pandoc: {lines[-1].strip()}")


def _requested(asked: dict[str, Any]) -> None:
    """Have ``convert.lua`` do what is asked; RuntimeError with what it says if it fails."""
    for _ in range(2):  # the process may have been killed since the last page
        process = _process(os.getpid())
        assert process.stdin and process.stdout, "pipes"
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(json.dumps(asked, ensure_ascii=False).encode() + b"\n")
            process.stdin.flush()
        if answer := process.stdout.readline().decode(errors="replace"):
            break
        _process.cache_clear()
        answer = f"exit {process.wait()}"
    if answer.strip():
        raise RuntimeError(f"pandoc: {answer.strip()}")


@cache
def _process(of: int) -> subprocess.Popen:
    """The pandoc of a process, which ends with it: its standard input does."""
    env = {**os.environ, "SOURCE_DATE_EPOCH": "946684800"}  # which it writes: the same page is the same file
    # room for what it reads and makes, which it copies less often then
    env["GHCRTS"] = "-A64m -O64m"
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    # where they lie, without the path: in one with Chinese Lua finds nothing on Windows, or where LC_ALL is C
    command = [_path(), "lua", "requests.lua", "convert.lua"]
    return subprocess.Popen(command, cwd=TEMPLATES, env=env, stdin=pipe, stdout=pipe, stderr=nowhere)
