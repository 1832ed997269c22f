"""Texts in the language of a report; one that is not given in it is shown in English."""

import pytest

from reportkit import language
from reportkit.language import chosen, current, native_name, of_data, tag, tr, using, word


def test_a_text_is_shown_in_the_language_that_is_set():
    three = {"zh": "目标", "en": "target", "fr": "objectif"}
    shown = {}
    for code in ("zh", "en", "fr", "de"):
        with using(code):
            shown[code] = (
                chosen(three),
                chosen(("目标", "target", "#fff")),
                tr("目标", "target", fr="objectif"),
            )
    assert shown == {
        "zh": ("目标",) * 3,
        "en": ("target",) * 3,
        "fr": ("objectif", "target", "objectif"),
        "de": ("target",) * 3,
    }
    assert chosen("one") == "one" and word({"a": ("甲", "A")}, "a") == "甲"


def test_a_document_declares_its_language_and_data_have_two():
    told = []
    for code in ("zh", "en", "fr"):
        with using(code):
            told.append((tag(), native_name(), of_data()))
    assert told == [("zh-CN", "中文", "zh"), ("en", "English", "en"), ("fr", "fr", "en")]


def test_after_a_block_the_language_is_the_one_before_whatever_happened():
    language.use("en")
    with pytest.raises(KeyError), using("fr"):
        raise KeyError
    assert current() == "en"
