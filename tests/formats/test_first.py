"""A first page as it is taken from a page: first in it, its lines with their sources, and alone with its own."""

import pytest
from lxml import html

from reportkit.formats.first import Fact, First, Piece, Source, about, alone, lead, plain_text, read, section
from reportkit.formats.notes import Note
from reportkit.language import using
from reportkit.source import Document, Quote

PLAN, REPORT = Document("某规划", "某发〔2021〕1号"), Document("某公报", "")
SHOWN = (
    '<div><p>前文</p><div class="cell brief"><div class="brief"><p class="answer">十项<a class="source" href="#n3">达到</a>。</p>'
    '<ul><li><span>入园率</span><strong><a class="source" href="#n1">91 %（2020）</a></strong>'
    '<span class="state status-slow">偏慢<a class="source" href="#n2">[2]</a></span></li>'
    "<li><span>学位</span><strong>2.92 万个</strong></li></ul>"
    '<p class="next">下一步</p><ol><li>请<b>某局</b>公布</li><li>再办</li></ol><p class="limits">限制</p></div>'
    '<figure class="chart"><a class="point" href="#n12">图</a><a class="point" href="#n4">图</a></figure></div>'
    "<p>后文</p></div>"
)


def body(text=SHOWN):
    page = html.fragment_fromstring(text)
    lead(page)
    return page


def test_it_stands_first_with_its_chart_behind_its_figures():
    page = body()
    assert [part.tag for part in page] == ["section", "p", "p"]
    assert [part.tag for part in page[0]] == ["p", "ul", "figure", "p", "ol", "p"]
    assert dict(page[0].attrib) == {"class": "brief", "aria-label": "一页摘要"}
    assert [part.text_content() for part in page.find_class("when")] == ["（2020）"]
    assert section(page) is page[0]
    with using("en"):
        assert body()[0].get("aria-label") == "The report on one page"


@pytest.mark.parametrize(
    "text",
    [
        "<div><div class='cell'><div class='brief'><ul></ul></div></div></div>",  # a cell without the tag
        "<div><div class='brief'><p>文</p></div></div>",  # one that shows something else
        "<div></div>",
    ],
)
def test_a_page_without_one_is_left_as_it_is(text):
    page = body(text)
    assert html.tostring(page) == html.tostring(html.fragment_fromstring(text))
    assert section(page) is None and read(page) is None
    second = html.fragment_fromstring("<div><p>文</p><section class='brief'></section></div>")
    assert section(second) is None  # it is the first part of a page or none


@pytest.mark.parametrize(
    ("figure", "time"),
    [
        ("91 %（2020）", "（2020）"),
        ("91 % (2020-06)", "(2020-06)"),
        ("（2020）", None),
        ("3 处（两县）", None),
        ("91 %", None),
    ],
)
def test_the_time_of_a_figure_is_apart(figure, time):
    text = f"<div><div class='brief'><div class='brief'><ul><li><strong>{figure}</strong></li></ul></div></div></div>"
    page = body(text)
    assert [part.text_content() for part in page.find_class("when")] == ([time] if time else [])
    assert page.text_content() == figure


def test_what_it_says_is_read_with_the_numbers_of_its_notes():
    page = body()
    shown = read(page)
    assert shown.answer == [Piece("十项"), Piece("达到", (3,)), Piece("。")]
    assert shown.facts == [
        Fact([Piece("入园率")], [Piece("91 %（2020）", (1,))], [Piece("偏慢"), Piece("", (2,))], "slow"),
        Fact([Piece("学位")], [Piece("2.92 万个")], [], ""),
    ]
    assert shown.steps == [[Piece("请"), Piece("某局"), Piece("公布")], [Piece("再办")]]
    assert (shown.limits, shown.next, shown.plotted) == ([Piece("限制")], "下一步", (4, 12))
    assert shown.chart is page[0][2]
    assert [plain_text(line) for line in shown.lines()] == [
        *("十项达到。", "入园率", "91 %（2020）", "偏慢", "学位", "2.92 万个", ""),
        *("请某局公布", "再办", "限制"),
    ]
    assert about(shown) == {
        "facts": [
            {"label": "入园率", "figure": "91 %（2020）", "word": "偏慢", "state": "slow"},
            {"label": "学位", "figure": "2.92 万个", "word": "", "state": ""},
        ],
        "steps": ["请某局公布", "再办"],
        "limits": "限制",
    }


def test_one_of_nothing_but_figures_has_no_other_lines():
    shown = read(body("<div><div class='brief'><div class='brief'><ul></ul></div></div></div>"))
    assert shown == First([], [], [], [], None)


def quote(document, locator):
    return Quote("入园率 91 %", "某县", document, locator, "", "")


def first(*numbers, plotted=()):
    """A first page of figures with these numbers."""
    facts = [Fact([], [Piece(f"{place}", of)], [], "") for place, of in enumerate(numbers)]
    return First([Piece("答")], facts, [[Piece("办")]], [], None, plotted)


def numbers_of(page):
    return [fact.figure[0].numbers for fact in page.facts]


def test_alone_it_counts_its_own_sources_document_by_document():
    """Figures of the plan, the bulletin, the plan again: the plan's come first, in the order of their use."""
    notes = [
        Note(1, quote(PLAN, "第一章")),
        Note(2, quote(REPORT, "")),
        Note(3, quote(PLAN, "第二章 · 表 1")),
        Note(4, made_of=(3, 2)),
    ]
    page, sources = alone(first((3,), (2,), (1,), (4,)), notes)
    assert numbers_of(page) == [(1,), (3,), (2,), (1, 3)]
    assert sources == [
        Source("《某规划》 某发〔2021〕1号", [(1, "第二章 · 表 1"), (2, "第一章")]),
        Source("《某公报》", [(3, "全文")]),
    ]
    assert (page.answer, page.steps, page.facts[0].figure[0].text) == ([Piece("答")], [[Piece("办")]], "0")
    with using("en"):
        _, sources = alone(first((2,)), notes)
    assert sources == [Source("某公报", [(1, "the whole document")])]


def test_a_figure_of_three_rows_has_the_number_of_each_and_one_of_four_a_single_one_that_comes_last():
    notes = [Note(number, quote(PLAN, f"第{number}章")) for number in range(1, 5)]
    notes += [Note(5, made_of=(1, 2, 3)), Note(6, made_of=(1, 2, 3, 4)), Note(7, quote(REPORT, "表"))]
    page, sources = alone(first((6,), (5,), (7,)), notes)
    assert numbers_of(page) == [(5,), (1, 2, 3), (4,)]
    assert [source.title for source in sources] == ["《某规划》 某发〔2021〕1号", "《某公报》", ""]
    assert sources[2].places == [(5, "由 4 个数据行算出：《某规划》第1章、第2章、第3章、第4章（4 处）")]
    with using("en"):
        (_, _, many) = alone(first((6,), (5,), (7,)), notes)[1]
    assert many.places == [(5, "computed from 4 rows: 某规划 第1章, 第2章, 第3章, 第4章 (4)")]


def test_of_more_than_four_parts_of_a_document_none_is_named():
    notes = [Note(number, quote(PLAN, f"第{number}章 · 表")) for number in range(1, 6)]
    notes += [Note(6, quote(REPORT, "")), Note(7, quote(REPORT, "")), Note(8, made_of=(1, 2, 3, 4, 5, 6, 7))]
    _, sources = alone(first((8,)), notes)
    assert sources == [Source("", [(1, "由 7 个数据行算出：《某规划》（5 处）；《某公报》（2 处）")])]


def test_what_is_made_of_rows_that_have_no_notes_says_how_many_of_each_document():
    notes = [Note(1, counts=((PLAN, 20), (REPORT, 3)))]
    page, sources = alone(first((1,)), notes)
    assert numbers_of(page) == [(1,)]
    assert sources == [Source("", [(1, notes[0].text)])]
    assert "某规划（20 处）" in notes[0].text and "某公报（3 处）" in notes[0].text


def test_documents_of_its_chart_alone_are_named_last():
    notes = [
        Note(1, quote(PLAN, "第一章")),
        Note(2, quote(REPORT, "表")),
        Note(3, counts=((Document("某年鉴", ""), 20),)),
        Note(4, made_of=(1, 2)),
    ]
    _, sources = alone(first((1,), plotted=(1, 3, 4)), notes)
    assert sources[1:] == [Source("图中数字另出自《某年鉴》、《某公报》", [])]
    with using("en"):
        assert alone(first((1,), plotted=(2,)), notes)[1][1:] == [Source("The chart also uses 某公报", [])]
    assert len(alone(first((1,), plotted=(1,)), notes)[1]) == 1
    notes[2] = Note(3, quote(Document("某年鉴", ""), "表"))
    assert alone(first((1,), plotted=(4,)), notes)[1][1:] == [Source("图中数字另出自《某公报》", [])]
