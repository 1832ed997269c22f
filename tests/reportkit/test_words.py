"""Sentences and figures as a report prints them."""

import pytest

from reportkit import words
from reportkit.language import using


def test_a_sentence_is_shown_in_one_language(shown):
    words.say("达成", "achieved")
    with using("en"):
        words.say("达成", "achieved")
    assert [bundle["text/markdown"] for bundle in shown] == ["达成", "achieved"]
    assert all(bundle["text/plain"] == bundle["text/markdown"] for bundle in shown)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (12861, None, "12,861"),
        (98.88, None, "98.88"),
        (-0.001, 2, "0.00"),
        (float("nan"), None, "–"),
        (0.1 + 0.2, None, "0.3"),
    ],
)
def test_numbers_are_shown_as_precisely_as_the_source(value, places, expected):
    assert words.number(value, places) == expected
