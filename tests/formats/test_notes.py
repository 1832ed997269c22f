"""Notes: which figures share one, which number it has, and what a computed figure's says."""

import nbformat
import pytest
from lxml import html
from quotes import BULLETIN, PLAN, Rows, quote

from reportkit.brief import BRIEF
from reportkit.formats import marks, notes
from reportkit.formats.notes import Note, Notes, runs
from reportkit.language import using
from reportkit.table import TABLE
from reportkit.words import SENTENCE


@pytest.mark.parametrize(("count", "named"), [(12, True), (13, False)])
def test_of_a_figure_made_of_few_rows_each_is_named(count, named):
    rows = Rows(*(quote(f"校 {n}") for n in range(count)))
    assert [bool(note.made_of) for note in Notes(rows, [rows.ids])] == (
        [False] * 12 + [True] if named else [False]
    )


def test_figures_of_the_same_source_share_a_number_whatever_their_order():
    """Notes by document; two rows that say the same; inputs in another order; more rows than are named."""
    one, other = quote(), quote("巩固率 98.88 %（2020）", document=BULLETIN)
    third = quote("巩固率 98 %（2025）", "第二章 · 巩固率")
    rows = Rows(one, other, one, third, *(quote(f"校 {n}") for n in range(12)))
    many = [*rows.ids[3:], "1"]
    figures = [["1"], ["0"], ["2"], ["1", "0"], ["0", "2"], ["0", "1", "2"], ["3"], many, many[::-1], ["x"]]
    notes = Notes(rows, figures)
    cited = [notes.cite(ids) for ids in figures]
    assert cited.pop() is None
    assert [number for number, _ in cited] == [1, 2, 2, 4, 2, 4, 3, 5, 5]
    assert [note.quote for note in notes[:3]] == [other, one, third]
    assert [note.number for note in notes] == [1, 2, 3, 4, 5]
    assert (notes[3].made_of, notes[4].counts) == ((1, 2), ((PLAN, 13), (BULLETIN, 1)))
    assert notes.rows() == {*rows.ids}


def test_of_more_than_three_rows_the_first_three_are_shown_on_hovering():
    rows = Rows(*(quote(f"校 {n}", "") for n in range(4)))
    made = Notes(rows, [rows.ids[:3], rows.ids])
    assert [len(made.cite(ids)[1].splitlines()) for ids in (rows.ids[:3], rows.ids)] == [3, 4]
    assert made.cite(rows.ids)[1].splitlines()[-1] == "…… 共 4 处"
    with using("en"):
        assert made.cite(rows.ids)[1].splitlines()[-1] == "… 4 in all"


def test_a_note_says_what_its_figure_was_made_of():
    assert Note(1, quote(remark="估计")).text == f"{quote()} · 估计"
    assert Note(1, made_of=(2, 3)).text == "计算自"
    counts = Note(1, counts=((PLAN, 20), (BULLETIN, 3)))
    assert counts.text == "由 23 个数据行算出：某县教育规划（20 处）；某县统计公报（3 处）"
    with using("en"):
        assert counts.counted({PLAN: "a", BULLETIN: "b"}) == "computed from 23 rows: a (20); b (3)"


def test_notes_of_one_part_of_a_document_are_together_behind_those_that_stand_alone():
    places = ["第一章 · 甲", "第二章 · 乙", "第一章 · 丙", "第三章 · 丁", "第二章 · 戊"]
    rows = Rows(*(quote(f"{n}", place) for n, place in enumerate(places)))
    assert [note.quote.locator for note in Notes(rows, [[row] for row in rows.ids])] == [
        *("第三章 · 丁", "第一章 · 甲", "第一章 · 丙"),
        *("第二章 · 乙", "第二章 · 戊"),
    ]


def test_numbers_in_order_are_runs():
    assert runs([1, 2, 3, 7, 9, 10]) == [(1, 3), (7, 7), (9, 10)]
    assert runs([]) == [] and runs([4]) == [(4, 4)]


def linked(cell):
    element = html.fragment_fromstring(cell)
    notes._link(element, 7, "出处")
    return html.tostring(element, encoding="unicode")


def test_a_short_cell_is_a_link_and_a_long_one_has_one_at_its_end():
    anchor = '<a class="source" href="#n7" title="出处">'
    assert linked("<td>98 %</td>") == f"<td>{anchor}98 %</a></td>"
    assert linked(f"<td>{'长' * 40}</td>") == f"<td>{anchor}{'长' * 40}</a></td>"
    assert linked(f"<td>{'长' * 41}</td>") == f"<td>{'长' * 41} {anchor}[7]</a></td>"
    assert linked(f"<td><b>{'长' * 41}</b></td>") == f"<td><b>{'长' * 41}</b> {anchor}[7]</a></td>"
    inside = f"<td>{anchor}5 <b>个</b> 整</a><svg></svg></td>"
    assert linked("<td>5 <b>个</b> 整<svg></svg></td>") == inside
    assert linked("<td>98 %<svg></svg></td>") == f"<td>{anchor}98 %</a><svg></svg></td>"


def cited(numbers, inside="<details></details>"):
    chart = html.fragment_fromstring(f"<figure>{inside}</figure>")
    notes._cite_chart(chart, numbers)
    return [(part.tag, part.text_content()) for part in chart]


def test_below_a_chart_are_the_numbers_of_its_notes():
    assert cited([1, 2, 3, 7]) == [("p", "数字出处：1–3、7"), ("details", "")]
    assert cited([1, 3, 5, 6]) == [("p", "数字出处：1、3、5–6"), ("details", "")]
    assert cited([2], "") == [("p", "数字出处：2")]
    assert cited([]) == [("details", "")]


def pieced(text, citation):
    line = html.fragment_fromstring(f"<p>{text}</p>")
    notes._link_piece(line.find("span"), citation)
    return line.text_content(), [(link.get("href"), link.get("title")) for link in line.iter("a")]


def test_a_figure_of_a_sentence_is_a_link_and_what_all_of_it_is_made_of_a_number_behind_it():
    assert pieced("共 <span>5</span> 项", (3, "出处")) == ("共 5 项", [("#n3", "出处")])
    assert pieced("共 5 项。<span></span>", (3, "出处")) == ("共 5 项。 [3]", [("#n3", "出处")])
    assert pieced("<b>共</b>。<span></span>", (3, "出处")) == ("共。 [3]", [("#n3", "出处")])
    assert pieced("共 <span>5</span> 项", None) == ("共 5 项", [])
    line = html.fragment_fromstring("<p>共 <span>5</span> 项</p>")
    notes._link_piece(line[0], None)
    assert html.tostring(line, encoding="unicode") == "<p>共 5 项</p>"


def test_the_sign_of_a_share_is_part_of_its_figure():
    """Whether a sentence cites 7.1 or 7.1 %, its mark on paper stands behind the sign."""
    line = html.fragment_fromstring("<p>（<span>7.1</span> %）、<span>18.8 %</span>、<span>5</span> 项</p>")
    for span in line.findall("span"):
        notes._link_piece(span, (6, "出处"))
    assert [link.text for link in line] == ["7.1 %", "18.8 %", "5"]
    marks.mark(line)
    assert line.text_content() == "（7.1 %\u00a0[6]）、18.8 %\u00a0[6]、5\u00a0[6] 项"


def numbered(*bundles):
    """What a notebook's outputs become where they refer to rows, and what they refer to."""
    outputs = [nbformat.v4.new_output("display_data", data=bundle) for bundle in bundles]
    outputs.append(nbformat.v4.new_output("stream", text="gone"))
    cells = [nbformat.v4.new_markdown_cell("文"), nbformat.v4.new_code_cell("x", outputs=outputs)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    marked = notes.mark(notebook)
    return [output.data for output in notebook.cells[1].outputs[:-1]], marked


def test_tables_of_reports_are_numbered_and_others_are_not():
    inside = "<table><tr><td><table></table></td></tr></table>"
    data = {"rows": [], "sets": []}
    shown, marked = numbered(
        {"text/html": inside},
        {"text/html": inside, TABLE: data},
        {"text/plain": "x", TABLE: data},
        {"text/html": "<table>", TABLE: data | {"title": "二"}},
    )
    assert [bundle.get("text/html") for bundle in shown] == [
        inside,
        inside.replace("<table", '<table data-report-table="0"', 1),
        None,
        '<table data-report-table="1">',
    ]
    assert [table.get("title") for table in marked.tables] == [None, "二"]


def test_figures_of_sentences_are_numbered_through_the_notebook():
    sentence = {"text": 'a <span data-cite="0">5</span>', "sets": [["o-1"]]}
    page = '<p>b <span data-cite="0">6</span> <span data-cite="1">7</span></p>'
    shown, marked = numbered(
        {"text/markdown": "a 5", SENTENCE: sentence},
        {"text/html": page, BRIEF: {"sets": [["o-2"], ["o-3"]]}},
        {"text/html": "<p>a 5</p>", "text/markdown": "a 5", SENTENCE: sentence},
        {"text/html": page},
    )
    assert shown[0]["text/markdown"] == 'a <span data-cite="0">5</span>'
    assert shown[1]["text/html"] == '<p>b <span data-cite="1">6</span> <span data-cite="2">7</span></p>'
    assert (shown[2]["text/html"], shown[2]["text/markdown"]) == ('a <span data-cite="3">5</span>', "a 5")
    assert shown[3]["text/html"] == page
    assert marked.sets == [["o-1"], ["o-2"], ["o-3"], ["o-1"]]


def test_of_twelve_rows_that_are_quoted_one_by_one_a_figure_names_each():
    """Thirteen rows with notes of their own are named as well: no other note says more."""
    rows = Rows(*(quote(f"校 {n}") for n in range(14)))
    each = [[row] for row in rows.ids[:13]]
    made = Notes(rows, [*each, rows.ids[:13], rows.ids])
    assert [len(note.made_of) for note in made[13:]] == [13, 0]
    assert made[14].counts == ((PLAN, 14),)
