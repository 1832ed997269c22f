"""A first page for Word: sizes and places of its paragraphs, and the letters in which it fits a page."""

import re
from types import SimpleNamespace

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from lxml import html

from reportkit.formats import word
from reportkit.formats.brief_word import Sheet, arrange, paragraph_styles
from reportkit.formats.first import Chart, Fact, First, Piece, Source
from reportkit.language import using

LEFT, CENTRE, RIGHT = range(3)
# by hand, of letters of 10 points: font, size (to a half), and what is above and below
STYLES = {
    "Brief issuer": ("title", 22, 0, 4.4, CENTRE),
    "Brief number": ("head", 10, 0, 4, CENTRE),
    "Title": ("title", 17.5, 5.25, 3.5, CENTRE),
    "Brief document": ("body", 12, 0, 0, LEFT),
    "Subtitle": ("body", 8, 0, 0, CENTRE),
    "Brief to": ("body", 10, 8, 0, LEFT),
    "Brief answer": ("head", 16, 9.6, 8, LEFT),
    "Brief label": ("body", 8, 1.6, 0, LEFT),
    "Brief fact": ("head", 13.5, 0, 3.375, LEFT),
    "Brief drawn": ("head", 9.5, 1.9, 0.95, LEFT),
    "Brief unit": ("body", 8, 0, 1.6, LEFT),
    "Brief next": ("head", 11, 9.9, 2.2, LEFT),
    "Brief step": ("body", 10, 0, 3, LEFT),
    "Brief limits": ("body", 8.5, 5.1, 0, LEFT),
    "Brief attached": ("body", 10, 6, 0, LEFT),
    "Brief signed": ("body", 10, 6, 0, RIGHT),
    "Brief source": ("body", 7, 0.7, 0, LEFT),
}


def line(text, *numbers):
    return [Piece(text, numbers)] if text else []


def first(limits="", facts=(), steps=(), answer=""):
    return First(line(answer), [*facts], [*steps], line(limits), None)


def sheet(shown, chart=None, sources=None, attached="", **about):
    told = {"title": "", "document": "", "head": {}, "question": "", "region": "", "until": "", "edition": ""}
    page = SimpleNamespace(about=told | {"synthetic": False} | about)
    return Sheet(page, shown, chart, sources, attached)


def test_each_paragraph_has_its_size_its_font_and_its_room():
    found = {}
    for name, font, size, form in paragraph_styles(10):
        found[name] = (font, size, form["space_before"].pt, form["space_after"].pt, int(form["alignment"]))
        assert form["line_spacing"] == (1.0 if name == "Subtitle" else Pt(1.3 * size)), name
        indents = (form.get("left_indent"), form.get("first_line_indent"))
        assert indents == ((Pt(14), -Pt(14)) if name == "Brief step" else (None, None)), name
    assert found.keys() == STYLES.keys()
    for name, expected in STYLES.items():
        assert found[name] == (expected[0], *(pytest.approx(part, abs=0.04) for part in expected[1:])), name


def test_its_head_is_red_its_lines_are_thin_and_states_have_their_colours(tmp_path):
    options = word.options(tmp_path, contents=False, size=10)
    styles = docx.Document(options["reference_doc"]).styles
    lines = {}
    for name in ("number", "label", "source"):
        (edge,) = styles[f"Brief {name}"].element.find(f".//{qn('w:pBdr')}")
        lines[name] = (edge.tag.split("}")[1], edge.get(qn("w:sz")), edge.get(qn("w:color")))
    red, grey = "C00000", ("A6A6A6", "808080")
    assert lines == {
        **{"number": ("bottom", "12", red), "label": ("top", "4", grey[0])},
        "source": ("top", "4", grey[1]),
    }
    assert str(styles["Brief issuer"].font.color.rgb) == red
    states = {name: styles[f"Brief {name}"].font for name in ("slow", "lost", "word")}
    assert {name: str(font.color.rgb) for name, font in states.items()} == {
        **{"slow": "825700", "lost": "A3191F"},
        "word": "4D4D4D",
    }
    assert {font.size for font in states.values()} == {Pt(8)}  # 0.82 of 10, to a half
    assert styles["Subject"].font.size == Pt(12)
    sides = styles["Brief"].element.findall(f".//{qn('w:tblCellMar')}/*")
    assert [(side.tag.split("}")[1], side.get(qn("w:w"))) for side in sides] == [
        ("left", "60"),
        ("right", "60"),
    ]
    assert styles["Subtitle"].element.rPr.find(qn("w:spacing")) is None


@pytest.mark.parametrize(
    ("characters", "size"),
    # 211.5 mm are filled. Of 12 points a character is 0.86 × 4.233 = 3.641 mm wide, and 41.85 have room on a line
    # of 1.3 × 3.641 = 4.733 mm; with 0.6 × 3.641 mm above, 44 lines have room. Of 6 points all is taken.
    [(0, 12), (1841, 12), (1842, 11.5), (90_000, 6)],
)
def test_letters_are_the_largest_in_which_all_that_is_said_fits_a_page(characters, size):
    assert sheet(first("数" * characters)).size == size


def test_letters_become_smaller_by_half_a_point_down_to_six():
    counts = [int(1800 * 1.04**step) for step in range(45)]
    sizes = dict.fromkeys(sheet(first("数" * count)).size for count in counts)
    assert [*sizes] == [12, 11.5, 11, 10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6]


@pytest.mark.parametrize(("characters", "size"), [(34, 12), (35, 11.5)])
def test_the_word_of_a_state_takes_two_thirds_of_the_room_of_its_figure(characters, size):
    """50.8 letters of 1.35 × 12 points have room on 151 mm: the figure's, and 0.65 of twice 34 and of six more."""
    fact = Fact(line("标签"), line("5"), line("慢" * characters), "slow")
    assert sheet(first(facts=[fact] * 14)).size == size


def test_the_word_of_each_state_stands_behind_its_figure():
    facts = [Fact(line(name), line(f"{n} %"), line("偏慢"), "slow") for n, name in enumerate("甲乙")]
    body = html.fragment_fromstring(sheet(first(facts=facts)).html(), create_parent=True)
    told = [part.text_content().replace("\u00a0", " ") for part in body.xpath(".//td/div")]
    assert told == ["甲", "0 %\u2002◐ 偏慢", "乙", "1 %\u2002◐ 偏慢"]


@pytest.mark.parametrize(
    ("shape", "size"),
    # a chart is 0.6 × 156 - 5 = 88.6 mm wide; with 3 mm below it, none is higher than 2.353 times that
    [(2.35, 12), (2.36, 6)],
)
def test_a_chart_takes_as_much_as_it_is_high(shape, size):
    assert sheet(first(), Chart("a.svg", "a.png", shape, "")).size == size


def test_what_stands_above_a_chart_takes_room_too():
    """21 characters of 0.95 × 4.233 = 4.022 mm have room on a line; of 13.6 mm two lines and 0.4 more take 12.1."""
    bare = Chart("a.svg", "a.png", 2.2, "")
    assert [sheet(first(), bare._replace(title="题" * count)).size for count in (42, 43)] == [12, 11.5]


def test_facts_stand_beside_a_chart_and_all_else_stands_below_each_other():
    fact = Fact(line("标签"), line("98 %"), line("进度偏慢"), "slow")
    # a label is 0.82 × 4.233 × 1.5 = 5.207 mm high, its figure 1.35 × 4.233 × 1.55 = 8.859: 15 have room
    assert [sheet(first(facts=[fact] * count)).size for count in (15, 16)] == [12, 11]
    chart = Chart("a.svg", "a.png", 1.0, "")
    assert sheet(first(facts=[fact] * 6), chart).size == 12
    step = line("一步")
    # 4.233 × 1.6 = 6.773 mm each: 31
    assert [sheet(first(steps=[step] * count)).size for count in (31, 32)] == [12, 11.5]


def test_its_paragraphs_are_those_of_the_page_in_their_order():
    shown = first(
        "限制", [Fact(line("标签", 2, 5), line("98 %"), line("偏慢"), "slow")], [line("请办", 3)], "答。"
    )
    page = sheet(
        shown._replace(next="下一步"),
        attached="附件：某报告",
        head={"issuer": "某局", "number": "1号", "to": "州政府", "date": "2026年"},
    )
    body = html.fragment_fromstring(page.html(), create_parent=True)
    told = [(part.get("data-custom-style"), part.text_content().replace("\u00a0", " ")) for part in body]
    assert told == [
        ("Brief issuer", "某局"),
        ("Brief number", "1号"),
        ("Brief to", "州政府："),
        ("Brief answer", "答。"),
        ("Brief", "标签 [2, 5]98 %\u2002◐ 偏慢"),
        ("Brief next", "下一步"),
        ("Brief step", "1.\t请办 [3]"),
        ("Brief limits", "限制"),
        ("Brief attached", "附件：某报告"),
        ("Brief signed", "某局"),
        ("Brief signed", "2026年"),
    ]
    assert body.xpath(".//a/@href") == ["#n2", "#n3"]
    assert body.xpath(".//col/@style") == ["width:100%"]
    styles = [span.get("data-custom-style") for span in body.iter("span")]
    assert [style for style in styles if style and style.startswith("Brief")] == ["Brief slow"]


def test_alone_it_names_its_sources_and_leads_nowhere():
    chart = Chart("a.svg", "a.png", 0.5, "说", "图题", "单位")
    sources = [Source("《某规划》 某发〔2021〕1号", [(1, "第一章"), (2, "第二章")]), Source("另有", [])]
    with using("en"):
        page = sheet(first(facts=[Fact(line("a"), line("5", 1), [], "")]), chart, sources, head={"to": "All"})
    body = html.fragment_fromstring(page.html(), create_parent=True)
    told = [part.text_content() for part in body]
    assert told == [
        "All:",
        "a5\u00a0[1]图题单位",
        "《某规划》 某发〔2021〕1号　[1]\u00a0第一章　[2]\u00a0第二章",
        "另有",
    ]
    assert not body.xpath(".//a")
    assert body.xpath(".//col/@style") == ["width:40%", "width:60%"]
    (picture,) = body.iter("img")
    assert (picture.get("width"), picture.get("src"), picture.get("alt")) == ("88.6mm", "a.png", "说")
    assert [part.get("data-custom-style") for part in body.xpath(".//td[2]/div")] == [
        *("Brief drawn", "Brief unit"),
        "Chart",
    ]


def paragraph(style, text):
    looks = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{looks}<w:r><w:t>{text}</w:t></w:r></w:p>"


def text(part):
    return "".join(found.text for found in part.iter(qn("w:t")))


@pytest.mark.parametrize("contents", [True, False])
def test_in_a_report_its_head_stands_above_the_title_and_what_follows_on_the_next_page(contents):
    table = '<w:tbl><w:tblPr><w:tblStyle w:val="Brief"/></w:tblPr></w:tbl>'
    parts = [
        paragraph("Title", "题"),
        f"<w:sdt><w:sdtContent>{paragraph('TOCHeading', 'contents')}</w:sdtContent></w:sdt>" * contents,
        *(paragraph(f"Brief{kind}", kind) for kind in ("issuer", "number", "answer")),
        *(table, paragraph("Brieflimits", "limits"), paragraph("", "next")),
    ]
    root = parse_xml(f"<w:document {nsdecls('w')}><w:body>{''.join(parts)}</w:body></w:document>")
    arrange(root)
    told = [text(part) or re.sub("{.*}", "", part.tag) for part in root[0]]
    assert told == ["issuer", "number", "题", "answer", "tbl", "limits", *["contents"] * contents, "next"]
    breaks = root.findall(f".//{qn('w:pageBreakBefore')}")
    assert [text(found.getparent().getparent()) for found in breaks] == ["contents" if contents else "next"]


def test_a_report_without_a_first_page_is_left_as_it_is():
    parts = paragraph("Heading1", "一") + paragraph("", "文")
    root = parse_xml(f"<w:document {nsdecls('w')}><w:body>{parts}</w:body></w:document>")
    arrange(root)
    assert root.findall(f".//{qn('w:pageBreakBefore')}") == []


def test_the_break_stands_behind_the_style_of_what_follows():
    parts = paragraph("Briefanswer", "答") + paragraph("Heading1", "一")
    root = parse_xml(f"<w:document {nsdecls('w')}><w:body>{parts}</w:body></w:document>")
    arrange(root)
    form = root[0][1].find(qn("w:pPr"))
    assert [part.tag for part in form] == [qn("w:pStyle"), qn("w:pageBreakBefore")]
