"""What holds for every document: each character and cell has its place in the text."""

import html

from hypothesis import given, settings
from hypothesis import strategies as st

from examples import up_to
from plan_monitor.reading.numbers import FOLD
from plan_monitor.reading.passages import Passage
from plan_monitor.reading.source import web
from plan_monitor.reading.source.blocks import Grid, Paragraph
from plan_monitor.reading.source.compose import Source, compose
from plan_monitor.reading.source.word.numerals import format_number

WORDS = st.text(
    alphabet="一二、。，（）〔〕十全州建幼儿园人%．１２3 4\t\n\r\u3000\u00a0\u2028ab.\\", max_size=40
)
PARAGRAPHS = st.builds(Paragraph, WORDS, st.sampled_from([None, 0, 1, 2, 3]), st.booleans())
GRIDS = st.integers(1, 4).flatmap(
    lambda width: st.builds(
        Grid, st.lists(st.lists(WORDS, min_size=width, max_size=width), min_size=1, max_size=5)
    )
)
LATEX = ("\\",)


def placed(source: Source) -> None:
    for part in source.parts:
        if isinstance(part, Passage):
            for character, place in zip(part.text, part.places, strict=True):
                there = source.text[place]
                assert character in (there.translate(FOLD), " ") or there in LATEX
            assert part.places == sorted(part.places)
        else:
            for cell in (cell for row in part.rows for cell in row):
                assert source.text[cell.start : cell.start + len(cell.text)] == cell.text
                assert not set(cell.text) & set("\t\n\r")


@given(st.lists(PARAGRAPHS | GRIDS, max_size=8))
def test_every_character_has_its_place(blocks):
    placed(compose(blocks))


@given(st.lists(GRIDS, max_size=3))
def test_no_character_of_a_table_is_lost_or_doubled(grids):
    source = compose(grids)
    held = "".join("".join(text.split()) for grid in grids for row in grid.rows for text in row)
    assert "".join(source.text.split()) == held


@given(st.lists(PARAGRAPHS, max_size=6))
def test_no_character_of_a_paragraph_is_lost(paragraphs):
    source = compose([paragraph._replace(unbroken=True) for paragraph in paragraphs])
    assert sorted("".join(source.text.split())) == sorted(
        "".join("".join(p.text for p in paragraphs).split())
    )


@settings(max_examples=up_to(100))
@given(st.lists(WORDS, min_size=1, max_size=5))
def test_a_page_of_paragraphs_is_what_was_written(texts):
    page = "<html><body>" + "".join(f"<p>{html.escape(text)}</p>" for text in texts)
    source = compose(web.blocks_of(page))
    placed(source)
    assert "".join(source.text.split()) == "".join("".join(texts).split())


@given(st.integers(1, 9999))
def test_chinese_numerals_are_read_back(number):
    digits = {char: at for at, char in enumerate("〇一二三四五六七八九")}
    total = value = 0
    for char in format_number(number, "chineseCounting"):
        if char in "十百千":
            total += (value or 1) * 10 ** ("十百千".index(char) + 1)
            value = 0
        else:
            value = digits[char]
    assert total + value == number


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    from plan_monitor.grid.sheet import Unreadable
    from plan_monitor.reading.source import read

    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(content)
    try:
        placed(read(path))
    except Unreadable as refused:
        assert set(refused.expected) == {"zh", "en"}
