"""The texts for readers, README and guide, as Markdown is parsed: what several tests ask of them."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[1]
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
ENGLISH, CHINESE = (sorted((ROOT / "docs" / language).glob("*.md")) for language in ("en", "zh"))
ALL = [
    *READMES,
    *ENGLISH,
    *CHINESE,
    *sorted((ROOT / "docs/en/reference").glob("*.md")),
    ROOT / "CONTRIBUTING.md",
]
ALL += [ROOT / "CHANGELOG.md", ROOT / "findings/README.md"]


class Block(NamedTuple):
    """A fenced block: the language it says it is in, its text, and its first line in the file."""

    language: str
    text: str
    line: int


def named(path: Path) -> str:
    """What a page is called in a test."""
    return path.relative_to(ROOT).as_posix()


def tokens(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(text)


def blocks(path: Path) -> list[Block]:
    """The fenced blocks of a page, without directives of Sphinx."""
    fences = [token for token in tokens(path.read_text(encoding="utf-8")) if token.type == "fence"]
    return [Block(t.info, t.content, t.map[0] + 1) for t in fences if not t.info.startswith("{")]


def inline(parts: list[Token]) -> Iterator[Token]:
    """The words, code, links and pictures of parsed Markdown, in order."""
    for token in parts:
        for child in token.children or ():
            yield child
            yield from inline([child])


def links(parts: list[Token]) -> list[str]:
    """Where links and pictures lead."""
    return [
        t.attrs.get("href", t.attrs.get("src")) for t in inline(parts) if t.type in ("link_open", "image")
    ]


def anchors(path: Path) -> set[str]:
    """The names of a page's headings in its address, those of what it includes among them."""
    text = path.read_text(encoding="utf-8")
    if included := re.search(r"^```\{include\} (.+)$", text, flags=re.MULTILINE):
        return anchors(path.parent / included[1])
    titles = [after.content for token, after in pairwise(tokens(text)) if token.type == "heading_open"]
    return {re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", title.lower()).strip()) for title in titles}
