"""The reference has every module that computes something."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# modules of a room that compute nothing: they lay out reports, and check tables
OTHERS = {"__init__", "leading", "report", "validation"}


@pytest.mark.parametrize("room", ["methods", "fund", "balance", "coupling", "relapse"])
def test_every_method_is_in_the_reference(room):
    pages = "".join(page.read_text("utf-8") for page in (ROOT / "docs/en/reference").glob("*.md"))
    listed = set(re.findall(rf"automodule:: plan_monitor\.{room}\.(\w+)$", pages, flags=re.MULTILINE))
    modules = {path.stem for path in (ROOT / "lib/plan_monitor" / room).glob("*.py")}
    assert modules - OTHERS <= listed
