"""The one process of pandoc: what it has to say is told, and another is started where it died."""

import psutil
import pytest
from small_page import tiny

from reportkit.formats.all import formats
from reportkit.formats.pandoc import convert, pandoc

pytestmark = pytest.mark.slow


def test_what_pandoc_has_to_say_is_not_lost(tmp_path):
    with pytest.raises(RuntimeError, match=r"pandoc: .*no-such"):
        pandoc(["lua", "no-such.lua"], tmp_path)
    page = tiny([("a", "1")])
    with pytest.raises(RuntimeError, match=r"pandoc: .*nonesuch"):
        convert(page, "<p>一</p>", tmp_path, {"nonesuch": {}})
    assert set(formats(page, ("docx",))) == {".html", ".docx"}  # the same process goes on


def test_a_page_is_made_after_pandoc_was_killed():
    formats(tiny([("a", "1")]), ("docx",))
    [process] = [one for one in psutil.Process().children() if "pandoc" in one.name()]
    process.kill()
    assert ".docx" in formats(tiny([("a", "1")]), ("docx",))
    assert process.pid not in [one.pid for one in psutil.Process().children()]
