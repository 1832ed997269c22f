"""The templates of whole pages."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from reportkit.formats.statuses import STATUS
from reportkit.language import named, tag, tr

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """Templates of whole pages; everything put into them is escaped."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    templates.globals |= {"tr": tr, "tag": tag, "named": named, "statuses": STATUS}
    return templates
