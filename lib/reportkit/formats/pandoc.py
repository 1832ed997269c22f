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
    """The page in pandoc's formats, by their names.

    `text` is made by ``paper``, `folder` has the charts that it names; `formats`: pandoc's name of a format →
    options of its writer. `opening` is the HTML of a first page for Word. ``annexed`` adds the annex.
    """
    about = {
        "title": page.about["title"],
        "document": page.about["document"],
        "cover": cover(page),
        "lang": "en-US" if tag() == "en" else tag(),
        "contents": tr("目录", "Contents"),
        "annex": annex(page.notes) if annexed and page.notes else [],
    }
    request = {"folder": str(folder), "text": text, "opening": opening, "about": about, "formats": formats}
    _run_request(request)
    return {name: (folder / f"made.{name}").read_bytes() for name in formats}


def pandoc(arguments: list[str], folder: Path) -> None:
    """Run pandoc in a folder; RuntimeError with the last line of its message if it fails."""
    process = subprocess.run([_path(), *arguments], cwd=folder, capture_output=True)
    if process.returncode:
        lines = process.stderr.decode(errors="replace").strip().splitlines() or [f"exit {process.returncode}"]
        raise RuntimeError(f"pandoc: {lines[-1].strip()}")


def _run_request(request: dict[str, Any]) -> None:
    """Have ``convert.lua`` meet a request; RuntimeError with its message if it fails."""
    for _ in range(2):  # the process may have been killed since the last page
        process = _process(os.getpid())
        assert process.stdin and process.stdout, "pipes"
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(json.dumps(request, ensure_ascii=False).encode() + b"\n")
            process.stdin.flush()
        if answer := process.stdout.readline().decode(errors="replace"):
            break
        _process.cache_clear()
        answer = f"exit {process.wait()}"
    if answer.strip():
        raise RuntimeError(f"pandoc: {answer.strip()}")


@cache
def _process(pid: int) -> subprocess.Popen:
    """The pandoc of a process, which ends with it: then its standard input is closed."""
    env = {**os.environ, "SOURCE_DATE_EPOCH": "946684800"}  # a fixed date: the same page is the same file
    # a larger heap, so that garbage collection copies less often
    env["GHCRTS"] = "-A64m -O64m"
    pipe, null_device = subprocess.PIPE, subprocess.DEVNULL
    # where they lie, without the path: in one with Chinese Lua finds nothing on Windows, or where LC_ALL is C
    command = [_path(), "lua", "requests.lua", "convert.lua"]
    return subprocess.Popen(command, cwd=TEMPLATES, env=env, stdin=pipe, stdout=pipe, stderr=null_device)
