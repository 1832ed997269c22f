"""What pandoc is told of a page: headings with numbers, pictures of their size, tables by what they hold."""

import base64
import io
from types import SimpleNamespace

import pytest
from lxml import html
from PIL import Image
from quotes import quote

from reportkit.formats.charts import Drawing
from reportkit.formats.notes import Note
from reportkit.formats.paper import has_contents, numeral, paper
from reportkit.language import use
from small_project import PIXEL

HEADINGS = (
    "<h2>甲</h2><h3>乙</h3><h4>丙</h4><h5>丁</h5><h6>戊</h6><h5>己</h5><h3>庚</h3><h2>辛</h2><h3>壬</h3>"
)


def page(inside, notes=(), charts=()):
    body = html.fragment_fromstring(f"<article>{inside}</article>")
    return SimpleNamespace(body=body, notes=[*notes], charts=[*charts])


@pytest.fixture
def told(tmp_path):
    """What becomes of a page's body, parsed again."""

    def run(inside, **other):
        text = paper(page(inside, **other), tmp_path).replace("<body", "<div").replace("</body", "</div")
        return html.fragment_fromstring(text)

    return run


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")],
)
def test_numbers_of_chapters_in_chinese(number, said):
    assert numeral(number) == said


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("zh", ["一、甲", "（一）乙", "1. 丙", "（1）丁", "戊", "（2）己", "（二）庚", "二、辛", "（一）壬"]),
        ("en", ["1 甲", "1.1 乙", "1.1.1 丙", "1.1.1.1 丁", "戊", "1.1.1.2 己", "1.2 庚", "2 辛", "2.1 壬"]),
    ],
)
def test_headings_are_numbered_as_those_of_official_documents(told, lang, expected):
    use(lang)
    body = told(HEADINGS)
    assert [part.text for part in body] == expected
    assert [part.tag for part in body] == ["h1", "h2", "h3", "h4", "h5", "h4", "h2", "h1", "h2"]


@pytest.mark.parametrize("own", ["一、甲", "（一）甲", "(3) 甲", "1. 甲", "1.2 甲", "2、甲"])
def test_a_notebook_that_numbers_its_headings_keeps_its_own(told, own):
    assert [part.text for part in told(f"<h2>{own}</h2><h3>乙</h3>")] == [own, "乙"]


@pytest.mark.parametrize("text", ["2025年", "3.5 %", "一共"])
def test_a_heading_that_begins_with_a_figure_has_no_number_of_its_own(told, text):
    assert [part.text for part in told(f"<h2>{text}</h2>")] == [f"一、{text}".replace(" %", "\u00a0%")]


def test_of_levels_none_is_left_out(told):
    use("en")
    assert [(part.tag, part.text) for part in told("<h2>a</h2><h5>b</h5><h4>c</h4>")] == [
        *(("h1", "1 a"), ("h2", "1.1 b")),
        ("h3", "1.1 c"),
    ]


@pytest.mark.parametrize(
    ("headings", "notes", "listed"), [(6, 0, False), (7, 0, True), (5, 1, False), (6, 1, True)]
)
def test_contents_begin_with_seven_headings_that_of_the_notes_included(headings, notes, listed):
    made = page("<h2>a</h2>" * headings, [Note(1, quote())] * notes)
    assert has_contents(made) is listed


def test_notes_have_a_heading_of_their_own(told):
    body = told("<h2>甲</h2><p>文</p>", notes=[Note(1, quote())])
    assert [part.text for part in body] == ["一、甲", "文", "附：数字出处"]


@pytest.mark.parametrize(
    ("looks", "size"),
    [
        ("width='340' height='190'", ("90.0mm", "50.3mm")),  # of 96 an inch
        ("width='1000' height='500'", ("156.0mm", "78.0mm")),  # as wide as the page
        ("width='300' height='1200'", ("50.0mm", "200.0mm")),  # as high as leaves room for a line or two
        ("", (None, None)),
    ],
)
def test_a_picture_is_as_large_as_on_the_screen_or_as_the_page(told, tmp_path, looks, size):
    body = told(
        f"<figure class='chart' id='f1'><img class='x' src='data:image/png;base64,{PIXEL}' {looks}></figure>"
    )
    (picture,) = body.iter("img")
    assert (picture.get("width"), picture.get("height"), picture.get("class")) == (*size, None)
    assert picture.get("src") == "chart-0.png"
    assert (tmp_path / "chart-0.png").read_bytes() == base64.b64decode(PIXEL)
    assert picture.getparent().tag == "p"
    assert dict(picture.getparent().getparent().attrib) == {"data-custom-style": "Chart", "class": "chart"}


def test_a_picture_that_is_not_here_is_words(told):
    body = told("<p>前<img src='https://example.org/a.png' alt='图'>后</p>")
    assert html.tostring(body[0], encoding="unicode") == "<p>前<span>图</span>后</p>"


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [
        (200, 120, ("70.6mm", "35.3mm")),  # points, of which 20 are its title's
        (600, 120, ("156.0mm", "26.0mm")),
        (200, 820, ("50.0mm", "200.0mm")),
    ],
)
def test_a_chart_is_drawn_below_its_title_and_above_its_sources(told, tmp_path, width, height, size):
    head = f'width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}" data-parts="0 20 {width} {height - 20}"'
    stored = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(stored, "png", dpi=(72, 72))
    pixels = base64.b64encode(stored.getvalue()).decode()
    drawn = Drawing(f"<svg {head}><g/></svg>", pixels, "说", {"title": "标题", "subtitle": "副题"})
    caption = "<figcaption><span class='count'>图 1　</span>标题</figcaption>"
    figure = f"<figure id='f1' data-report-chart='0'>{caption}<p class='chart-sources'>出处</p></figure>"
    (made,) = told(figure, charts=[drawn])
    assert dict(made.attrib) == {"class": "drawn", "data-chart": "drawn-0", "id": "f1"}
    styles = [(part.get("data-custom-style"), part.text_content()) for part in made]
    assert styles == [
        ("Chart Title", "图 1　标题"),
        ("Chart Subtitle", "副题"),
        ("Chart", ""),
        ("Chart", "出处"),
    ]
    assert [part.get("data-typst:text:size") for part in made] == ["10.5pt", "9.0pt", None, "9.0pt"]
    (picture,) = made.iter("img")
    assert (picture.get("width"), picture.get("height")) == size
    assert (picture.get("src"), picture.get("alt")) == ("drawn-0.png", "说")
    assert (tmp_path / "drawn-0.svg").exists() and (tmp_path / "drawn-0.png").exists()


TABLE = (
    "<figure class='table' id='t1'><figcaption id='c1'>表 1　人口</figcaption><div class='frame'><table class='x'><thead><tr>"
    "<th>县</th><th class='number'>人</th></tr></thead><tbody><tr><td>甲</td><td class='number status-slow'>5</td></tr>"
    "<tr><td>乙</td><td>不详</td></tr></tbody></table></div></figure>"
)


def test_a_table_is_as_wide_as_the_page_with_figures_on_the_right(told):
    (made,) = told(TABLE)
    assert dict(made.attrib) == {"data-typst:text:size": "10.5pt", "id": "t1"}
    table = made.find("table")
    assert (dict(table.attrib), [part.tag for part in table]) == (
        {"data-custom-style": "Table10.5"},
        ["caption", "colgroup", "thead", "tbody"],
    )
    shares = [float(column.get("style")[6:-1]) for column in table.iter("col")]
    assert sum(shares) == pytest.approx(100, abs=0.2) and len(shares) == 2
    sides = [[cell.get("style", "")[11:] for cell in row] for row in table.iter("tr")]
    # of the heading and the first row; then where a row holds something else
    assert sides == [["", ""], ["left", "right"], ["left", "left"]]
    (state,) = table.iter("span")
    assert (state.text, dict(state.attrib)) == (
        "◐ 5",
        {"data-custom-style": "Status slow", "data-typst:text:fill": 'rgb("#825700")'},
    )


def test_what_is_only_for_the_screen_is_gone(told):
    body = told(
        "<details class='code'>x</details><p>甲</p><svg></svg><div><p>乙</p></div><div data-typst:x='1'><p>丙</p></div>"
    )
    assert [(part.tag, part.text_content()) for part in body] == [("p", "甲"), ("p", "乙"), ("div", "丙")]


def test_the_legend_of_bars_stands_on_a_line_of_its_own_and_a_chart_keeps_its_number(told):
    caption = "<figcaption>人口<span class='legend'>○ 基期</span></figcaption>"
    legend = told(TABLE.replace("<figcaption id='c1'>表 1　人口</figcaption>", caption))
    assert [part.tag for part in legend[0].find("table/caption")] == ["br", "span"]
    chart = told(
        f"<figure class='chart' id='f1'><img src='data:image/png;base64,{PIXEL}'><figcaption>图 1</figcaption></figure>"
    )
    (named,) = chart.xpath(".//*[@id='f1']")
    assert (named.tag, named.get("class"), named.get("data-custom-style")) == (
        "div",
        "chart-caption",
        "Chart",
    )


def test_a_table_of_sources_that_the_notes_repeat_is_left_to_them(told):
    rows = "<tr><td><a class='source' href='#n1'>入园率</a></td><td>第一章</td></tr>"
    table = f"<figure class='table'><div><table><tbody>{rows}</tbody></table></div></figure>"
    notes = [Note(1, quote())]
    assert "见“数字出处”各条。" in [
        part.text for part in told(f"<div class='sources'>{table}</div>", notes=notes)
    ]
    assert "见“数字出处”各条。" not in [part.text for part in told(f"<div>{table}</div>", notes=notes)]
    other = table.replace("第一章", "另一章")
    assert "见“数字出处”各条。" not in [
        part.text for part in told(f"<div class='sources'>{other}</div>", notes=notes)
    ]
