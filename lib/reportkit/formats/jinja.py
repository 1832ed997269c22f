"""The templates of whole pages, and how a cell that is marked as a status looks."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from reportkit.language import named, tag, tr

TEMPLATES = Path(__file__).parent / "templates"
# its sign, for who prints in black, and its colour
STATUS = {
    **dict.fromkeys(("achieved", "kept"), ("✓", "#14622f")),
    "on_track": ("●", "#1d5a8c"),
    "slow": ("◐", "#825700"),
    "lagging": ("○", "#a8440a"),
    **dict.fromkeys(("moving_away", "lost"), ("×", "#a3191f")),
}


@cache
def environment() -> Environment:
    """Templates of whole pages; everything put into them is escaped."""
    loader = FileSystemLoader(TEMPLATES)
    templates = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    templates.globals |= {"tr": tr, "tag": tag, "named": named, "statuses": STATUS}
    return templates
