"""Files in Markdown, read by way of their HTML."""

from collections.abc import Iterator
from pathlib import Path

from plan_monitor.reading.source import plain, web
from plan_monitor.reading.source.blocks import Block


def blocks(path: Path) -> Iterator[Block]:
    """Paragraphs and tables of a Markdown file."""
    from markdown_it import MarkdownIt

    return web.blocks_of(MarkdownIt("commonmark").enable("table").render(plain.text(path)))
