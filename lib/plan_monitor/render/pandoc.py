"""pandoc, which turns a page's HTML into other formats."""

import os
import subprocess
from functools import cache
from pathlib import Path

import pypandoc

_path = cache(pypandoc.get_pandoc_path)


def pandoc(options: list[str], text: str, folder: Path) -> str:
    """What pandoc prints, given a text.

    Parameters
    ----------
    options : list of str
    text : str
    folder : Path
        Where it runs: pictures are named from there.
    """
    # pandoc itself takes the time that it writes into a file from here: the same page is the same file
    env = {**os.environ, "SOURCE_DATE_EPOCH": "946684800"}
    ran = subprocess.run(
        [_path(), *options], input=text.encode(), cwd=folder, env=env, capture_output=True, check=True
    )
    return ran.stdout.decode()
