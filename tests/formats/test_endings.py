"""Files of the formats of a report, and colours of its states."""

import base64
import hashlib

from reportkit.formats import jinja
from reportkit.formats.endings import FILES, WORDS, endings


def test_a_report_without_a_first_page_has_no_files_of_one():
    assert [*endings(["brief", "pdf"], True)] == ["-brief.pdf", "-brief.docx", ".pdf"]
    assert [*endings(["brief", "pdf"], False)] == [".pdf"]
    assert [*endings(FILES, True)] == ["-brief.pdf", "-brief.docx", ".docx", ".pdf", ".xlsx"]
    assert {*endings(FILES, True)} == {*WORDS}


def test_on_a_dark_background_a_colour_is_lighter():
    assert [jinja.lit(colour) for colour in ("#14622f", "#000000", "#ffffff")] == [
        *("#99bba5", "#909090"),
        "#ffffff",
    ]


def test_a_script_is_allowed_by_its_digest():
    text, digest = jinja.script("tables.js")
    assert text and base64.b64decode(digest) == hashlib.sha256(text.encode()).digest()


def test_every_state_has_a_sign_and_those_that_are_alike_the_same():
    assert jinja.STATUS["achieved"] == jinja.STATUS["kept"] != jinja.STATUS["lost"]
    assert jinja.STATUS["moving_away"] == jinja.STATUS["lost"]
    assert len({sign for sign, _ in jinja.STATUS.values()}) == 8


def test_what_is_put_into_a_page_is_escaped():
    assert jinja.environment().from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"
