"""Marks of notes on paper: behind each figure, once where all of a table has the same, below each other in a column."""

import pytest
from lxml import html
from quotes import quote

from reportkit.formats.marks import STYLE, align, in_note, mark, marks, once
from reportkit.formats.notes import Note

NOTES = [Note(1, quote()), Note(2, quote("巩固率 98 %", "第二章"))]


def body(inside):
    return html.fragment_fromstring(f"<div>{inside}</div>")


def link(number, text="5"):
    return f'<a class="source" href="#n{number}">{text}</a>'


def table(*rows, caption="<figcaption>表</figcaption>"):
    lines = "".join(f"<tr><td>{name}</td><td class='number'>{figure}</td></tr>" for name, figure in rows)
    return body(f"<figure>{caption}<div><table><tbody>{lines}</tbody></table></div></figure>")[0]


def test_the_first_mark_of_a_number_can_be_led_back_to():
    made = body(f"<p>由 {link(1)}（2020）到 {link(2)}，{link(1, '[1]')}。</p>")
    mark(made)
    assert made.text_content() == "由 5\u00a0[1]（2020）到 5\u00a0[2]，\u00a0[1]。"
    assert [anchor.get("href") for anchor in made.iter("a")] == ["#n1", "#n2", "#n1"]
    spans = [*made.iter("span")]
    assert [span.get("id") for span in spans] == ["m1", "m2", None]
    assert {(span.get("data-custom-style"), span.get("data-typst:text:size")) for span in spans} == {
        (STYLE, "0.75em")
    }
    assert marks(made) == spans


def test_where_all_of_a_table_has_the_same_note_its_number_behind_the_caption_is_enough():
    figure = table(("甲", link(1)), ("乙", link(1)))
    once(figure)
    assert [anchor.text for anchor in figure.iter("a")] == ["[1]"]
    assert figure.find("figcaption").text_content() == "表[1]"
    assert figure.text_content() == "表[1]甲5乙5"


@pytest.mark.parametrize(
    "figure",
    [
        table(("甲", link(1)), ("乙", link(2))),
        table(("甲", link(1)), ("乙", "5")),  # a figure without a note
        table(("甲", link(1)), ("乙", "–")),  # a row without one
        table(("甲", link(1)), caption=""),
        table(("甲", "5")),
    ],
    ids=["two notes", "no note", "no figure", "no caption", "none at all"],
)
def test_else_each_figure_keeps_its_own(figure):
    before = html.tostring(figure)
    once(figure)
    assert html.tostring(figure) == before


def test_an_empty_cell_needs_no_note():
    figure = table((link(1, "甲"), "–"), (link(1, "乙"), link(1)))
    once(figure)
    assert figure.text_content() == "表[1]甲–乙5"


def test_marks_of_a_column_are_as_wide_as_the_widest():
    made = body("".join(f"<p>{link(number)}</p>" for number in (1, 12, 123)))
    mark(made)
    align([*made])
    assert [part.text for part in marks(made)] == ["\u2007\u2007[1]", "\u2007[12]", "[123]"]
    align([])


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (f"<td>{link(1, '入园率')}</td><td>第一章</td><td>–</td><td>{link(1, '[1]')}</td>", True),
        (f"<td>{link(1, '入园率')}</td><td>第二章</td>", False),
        (f"<td>{link(2, '巩固率')}</td><td>第二章</td>", True),
        ("<td>入园率</td>", False),
    ],
)
def test_whether_a_row_says_what_its_note_says(cells, told):
    row = html.fragment_fromstring(f"<table><tr>{cells}</tr></table>").find("tr")
    assert in_note(row, NOTES) is told
