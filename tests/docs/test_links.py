"""Links of README and guide lead to what exists; asked without a network."""

import re
from urllib.parse import urlsplit

import pytest

from pages import ALL, READMES, ROOT, anchors, links, named, tokens


@pytest.mark.parametrize("page", ALL, ids=named)
def test_links_lead_somewhere(page):
    for link in links(tokens(page.read_text(encoding="utf-8"))):
        parts = urlsplit(link)
        if parts.scheme:
            assert parts.scheme == "https" and re.fullmatch(r"[\w-]+(\.[\w-]+)+", parts.netloc), link
            continue
        target = (page.parent / parts.path).resolve() if parts.path else page
        assert target.is_file() and target.is_relative_to(ROOT), link
        assert not parts.fragment or parts.fragment in anchors(target), link


@pytest.mark.parametrize("readme", READMES, ids=named)
def test_the_readme_is_one_page_and_counts_what_there_is(readme, shipped):
    text = readme.read_text(encoding="utf-8")
    assert len(text.encode()) <= 6000
    (row,) = [line for line in text.splitlines() if line.startswith("| `data/` |")]
    plans = shipped.documents.query("type in ('plan', 'chronicle')")
    tables = (shipped.documents, plans, shipped.targets, shipped.observations, shipped.checks)
    assert re.findall(r"\d+", row) == [str(len(table)) for table in tables]
    notebooks = list((ROOT / "notebooks").rglob("*.ipynb"))
    assert re.findall(r"(\d+) (?:notebooks|个笔记本)", text) == [str(len(notebooks))]
