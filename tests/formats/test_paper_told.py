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


def wide(columns, spans=""):
    """A table of a linked name and so many wide figures."""
    name = "<a class='source' href='#n1'>甲</a>"
    heads = "".join(f"<th class='number'>数{n}</th>" for n in range(columns))
    figures = "".join(f"<td class='number'{spans}>12,345,678.9</td>" for _ in range(columns))
    return (
        f"<figure class='table' id='t1'><figcaption id='c1'>表 1</figcaption><div class='frame'><table><thead><tr><th>县</th>"
        f"{heads}</tr></thead><tbody><tr><td>{name}</td>{figures}</tr></tbody></table></div></figure>"
    )


def test_a_table_that_is_too_wide_is_in_parts_of_which_each_has_the_names(told):
    """Seven figures fit beside the names; what is led to stands in the first part alone."""
    body = told(wide(16), notes=[Note(1, quote())])
    parts = [part for part in body if part.find("table") is not None]
    assert [[cell.text_content() for cell in part.find("table/thead/tr")] for part in parts] == [
        ["县", *(f"数{n}" for n in range(0, 7))],
        ["县", *(f"数{n}" for n in range(7, 14))],
        ["县", "数14", "数15"],
    ]
    assert [part.find("table/caption").text_content() for part in parts] == [
        "表 1",
        "表 1（续）",
        "表 1（续）",
    ]
    assert [part.get("id") for part in parts] == ["t1", None, None]
    assert [part.xpath(".//span/@id") for part in parts] == [["m1"], [], []]
    assert [part.get("data-typst:text:size") for part in parts] == ["7.5pt", "7.5pt", "10.5pt"]
    for part in parts:
        shares = [float(column.get("style")[6:-1]) for column in part.iter("col")]
        assert len(shares) == len(part.find("table/thead/tr")) and sum(shares) == pytest.approx(100, abs=0.5)
    use("en")
    assert (
        told(wide(8), notes=[Note(1, quote())])[1].find("table/caption").text_content() == "表 1 (continued)"
    )


def test_a_table_with_cells_over_several_columns_stays_in_one_part(told):
    (made,) = told(wide(16, " rowspan='1'"))
    assert len(made.find("table/thead/tr")) == 17


def test_a_note_is_told_of_wherever_its_table_stands(told):
    rows = "<tr><td><a class='source' href='#n1'>入园率</a></td><td>第一章</td></tr>"
    table = f"<figure class='table'><div><table><tbody>{rows}</tbody></table></div></figure>"
    inside = f"<div class='cell'><div class='sources'><div>{table}</div></div></div>"
    use("en")
    made = told(inside, notes=[Note(1, quote())])
    assert [part.text for part in made] == ["See the source notes.", "Annex: source notes"]


@pytest.mark.parametrize("inside", ["", "<tbody></tbody>", "<thead><tr></tr></thead>"])
def test_of_a_table_without_a_cell_its_caption_is_left(told, inside):
    (made,) = told(
        f"<figure class='table'><figcaption>表 1　无</figcaption><div><table>{inside}</table></div></figure>"
    )
    assert (made.tag, made.text_content()) == ("p", "表 1　无")


def test_a_small_bar_is_a_picture_below_its_figure(told, tmp_path):
    bar = (
        "<svg class='way' width='72' height='10' stroke='#3d444c' fill='#fff' aria-label='基期 91 %'>"
        "<path stroke='#c4c9cf' d='M4 5H68'/></svg>"
    )
    table = TABLE.replace("5</td>", f"5{bar}</td>").replace("不详", f"不详{bar}<svg><path/></svg>")
    (made,) = told(table)
    pictures = [*made.iter("img")]
    assert [(picture.get("width"), picture.get("height"), picture.get("alt")) for picture in pictures] == [
        ("19.1mm", "2.6mm", "基期 91\u00a0%")
    ] * 2
    assert [picture.getprevious().tag for picture in pictures] == ["br", "br"]
    assert len({picture.get("src") for picture in pictures}) == 2
    assert all((tmp_path / picture.get("src")).exists() for picture in pictures)
    assert not [*made.iter("svg")]


def test_the_number_of_a_note_takes_less_room_than_its_figure(told):
    """A mark of [1] has three quarters of its letters: the column is as wide as for one letter fewer."""
    linked = TABLE.replace(">5<", "><a class='source' href='#n1'>12345678</a><").replace("不详", "1")
    plain = TABLE.replace(">5<", ">12345678\u00a0[1<").replace("不详", "1")
    shares = []
    for table in (linked, plain):
        made = told(table, notes=[Note(1, quote())])[0]
        shares.append([column.get("style") for column in made.iter("col")])
    assert shares[0] == shares[1]
