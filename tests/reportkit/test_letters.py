"""Letters that no font has are named by their number, in texts and in charts."""

import warnings

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from lxml import etree

from reportkit.charts import canvas, plain
from reportkit.letters import missing_letters, with_numbers

STRANGE = "\U0002a6d6ᠮ\ue005"  # of extension B, Mongolian, and for private use


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("楚雄 Chuxiong 1.5 %，≥ ₀ ● –", ""),
        ("ꀀꆈꌠꁱꂷꒌ", ""),  # Yi
        ("𠮷", ""),  # of extension B, and in the fonts
        (f"甲{STRANGE}乙", "ᠮ\ue005\U0002a6d6"),
        ("\u3000\u00a0\u200b\u2060\u00ad\ufe0f\n\t", ""),  # blanks, and signs that have no form
    ],
)
def test_letters_that_no_font_has(text, absent):
    assert "".join(missing_letters(text)) == absent


def test_a_letter_is_named_by_its_number_and_no_other_is():
    assert with_numbers(f"甲{STRANGE}乙") == "甲〔U+2A6D6〕〔U+182E〕〔U+E005〕乙"
    assert with_numbers("ꀀ𠮷") == "ꀀ𠮷"


def test_a_chart_draws_the_letters_that_it_has_and_names_the_others(shown):
    names = [f"ꀀ{STRANGE}村", "𠮷村"]
    canvas.style()
    chart, ax = plt.subplots()
    ax.barh(names, [1, 2], label=STRANGE)
    ax.legend()
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a letter that no font has
        canvas.show(chart, STRANGE, [])
    drawn = etree.fromstring(shown[0]["image/svg+xml"])
    said = {text.text for text in drawn.iter("{*}text")}
    assert {with_numbers(names[0]), "𠮷村", with_numbers(STRANGE)} <= said
    assert not {*"".join(said)} & {*STRANGE}


def test_the_words_of_a_chart_keep_the_letters_that_it_names(shown):
    frame = pd.DataFrame(
        [("学段", f"小学{STRANGE}", 0.5, 0.6)], columns=["panel", "category", "value", "limit"]
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plain.limit_bars(frame, title=("标题", "Title"), unit="", over=("超过", "over"))
    assert f"小学{STRANGE}" in shown[0]["text/plain"]
