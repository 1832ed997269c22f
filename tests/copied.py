"""Text of a page as somebody copies it."""

import re

from bs4 import Tag


def run_together(soup):
    """Pairs of elements of one line whose words have nothing between them."""
    parts = soup.select("main :is(span, strong, em, a, time, label, button):not(pre *)")
    pairs = [(part.get_text(), part.next_sibling) for part in parts if isinstance(part.next_sibling, Tag)]
    texts = [(before, after.get_text()) for before, after in pairs if after.name not in ("br", "select")]
    return [
        (before, after) for before, after in texts if re.search(r"\w$", before) and re.match(r"\w", after)
    ]
