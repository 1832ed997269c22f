"""The templates of whole pages, and signs and colours of cells that are marked as a status."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader

from reportkit.formats.endings import WORDS
from reportkit.language import chosen, native_name, tag, tr

TEMPLATES = Path(__file__).parent / "templates"
# a sign, for printing in black, and a colour
STATUS = {
    **dict.fromkeys(("achieved", "kept"), ("✓", "#14622f")),
    "on_track": ("●", "#1d5a8c"),
    "slow": ("◐", "#825700"),
    "lagging": ("○", "#a8440a"),
    **dict.fromkeys(("moving_away", "lost"), ("×", "#a3191f")),
    "overdue": ("◆", "#43484e"),
    "awaited": ("◇", "#5f656c"),
    "not_due": ("□", "#4c6a88"),
}


def lit(colour: str) -> str:
    """A colour for text on a dark background: a little more than half way to white.

    >>> lit("#14622f")
    '#99bba5'
    """
    channels = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(channel + 0.565 * (255 - channel)):02x}" for channel in channels)


@cache
def environment() -> Environment:
    """Templates of whole pages; everything put into them is escaped."""
    loader = FileSystemLoader(TEMPLATES)
    templates = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    templates.globals |= {"tr": tr, "tag": tag, "native_name": native_name, "statuses": STATUS}
    templates.globals |= {"words": WORDS, "chosen": chosen, "lit": lit}
    return templates


class Script(NamedTuple):
    """A script of a page, and its digest, by which the page's content security policy allows it."""

    text: str
    digest: str


@cache
def script(name: str) -> Script:
    """A script of the templates."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    return Script(text, base64.b64encode(hashlib.sha256(text.encode()).digest()).decode())
