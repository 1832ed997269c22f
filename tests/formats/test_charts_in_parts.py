"""A chart in its parts on a page, and without its title on paper: by hand, where each figure stands."""

import base64
import io

import pytest
from lxml import html
from PIL import Image

from reportkit.formats.charts import Drawing, arrange, body_of, drawing, lead, points
from reportkit.language import using
from reportkit.table import CHART, Column, packed

INSIDE = (
    '<defs><clippath id="cut"><rect/></clippath></defs><g id="head"><text>题</text></g>'
    '<g id="part-0" clip-path="url(#cut)"><path id="mark" onclick="run()" d="M0 0"/><use href="#mark"/>'
    '<use href="http://somewhere"/><script>run()</script></g><g id="part-1"><path/></g>'
)


def drawn(parts="0 20 90 80 100 30 100 60", places="0 10 30 20 10 1 150 50 0 0", subtitle="副题"):
    """A chart of 200 × 100 points with two figures, and its pixels, two a point, red above its parts."""
    vector = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200.0pt" height="100.0pt" viewBox="0 0 200.0 100.0"'
        f' font-family="F" stroke-linejoin="round" data-parts="{parts}" data-points="{places}">{INSIDE}</svg>'
    )
    pixels, stored = Image.new("RGB", (400, 200), "white"), io.BytesIO()
    pixels.paste("red", (0, 0, 400, 40))
    pixels.save(stored, "png", dpi=(144, 144))
    columns = [
        Column("县", ["甲", "乙"], [["other"], []]),
        Column("年", ["2020", "2021"], [[], []]),
        Column("数值", ["3", "4"], [["a", "b"], ["c"]]),
    ]
    data = {
        "title": "标题",
        "subtitle": subtitle,
        "headings": ["县", "年", "数值"],
        **packed(columns),
    }
    return Drawing(vector, base64.b64encode(stored.getvalue()).decode(), "标题。甲 3。", data)


def arranged(chart):
    """The element of a page's third chart."""
    body = html.fragment_fromstring(f'<div><figure data-report-chart="2">{chart.vector}</figure></div>')
    arrange(body, [None, None, chart])
    return body[0]


def test_each_part_stands_alone_with_room_for_wider_letters():
    figure = arranged(drawn())
    assert [part.tag for part in figure] == ["figcaption", "div"]
    assert figure[0].text_content() == "标题 副题"
    panels = [*figure[1]]
    assert [panel.get("style") for panel in panels] == [
        "--w:125",
        "--w:139",
    ]  # 94 and 104 points, of 4/3 pixels
    pictures = [panel.find(".//svg") for panel in panels]
    assert [picture.get("viewbox") for picture in pictures] == ["-2 20 94 80", "98 30 104 60"]
    first, second = (dict(picture.attrib) for picture in pictures)
    assert (first["role"], first["aria-label"], first["font-family"]) == ("img", "标题。甲 3。", "F")
    assert (second["aria-hidden"], second.get("role")) == ("true", None)
    assert [part.get("id") for part in pictures[0]] == [
        None,
        "c2-part-0",
    ]  # what is referred to, and the part
    assert [part.get("id") for part in pictures[1]] == ["c2-part-1"]


def test_a_chart_stands_between_its_title_and_its_data():
    inside = f"{drawn().vector}<details>数</details>"
    body = html.fragment_fromstring(f'<div><figure data-report-chart="0">{inside}</figure></div>')
    arrange(body, [drawn()])
    assert [part.tag for part in body[0]] == ["figcaption", "div", "details"]


def test_a_figure_lies_over_its_mark_in_shares_of_its_part():
    first, second = arranged(drawn()).find_class("point")
    # of 94 × 80 points: the middle of 20 × 10, 10 + 2 right and 10 below the upper left corner
    assert first.get("style") == "--x:23.4%;--y:18.8%;--a:21.3%;--b:12.5%"
    assert second.get("style") == "--x:50.0%;--y:33.3%;--a:0.0%;--b:0.0%"
    assert [point.text_content() for point in (first, second)] == ["甲 · 2020：3", "乙 · 2021：4"]
    assert [point.getparent().getparent().get("style") for point in (first, second)] == ["--w:125", "--w:139"]
    assert first.tail == " " and first.get("tabindex") == "0"
    with using("en"):
        assert arranged(drawn()).find_class("point")[1].text_content() == "乙 · 2021: 4"


def test_nothing_runs_and_no_name_is_that_of_another_chart():
    figure = arranged(drawn())
    assert not figure.xpath(".//script | .//@onclick")
    assert figure.xpath(".//use/@href") == ["#c2-mark"]
    assert figure.xpath(".//g/@clip-path") == ["url(#c2-cut)"]
    assert "题" not in figure[1].text_content().replace("标题", "")


@pytest.mark.parametrize(("width", "wide"), [(356, False), (357, True)])
def test_what_is_wider_than_480_pixels_is_moved_and_not_squeezed(width, wide):
    (panel,) = arranged(drawn(f"0 0 {width} 80", "0 0 0 0 0 0 0 0 0 0"))[1]
    assert panel.get("class") == ("panel wide" if wide else "panel")
    expected = ("0", "region", "标题") if wide else (None, None, None)
    assert (panel.get("tabindex"), panel.get("role"), panel.get("aria-label")) == expected
    assert not panel.xpath(".//*[contains(@id, 'head') or contains(@id, 'part')]")  # its own parts only


def test_a_chart_without_a_subtitle_has_none():
    assert [*map(str, arranged(drawn(subtitle=""))[0].itertext())] == ["标题"]


def test_the_points_of_a_chart_come_in_the_order_of_its_data_with_their_rows():
    chart = drawn(places="1 150 50 0 0 0 10 30 20 10")  # the first figure in the second part
    figure = arranged(chart)
    found = [(point.text_content(), ids) for point, ids in points(figure, chart)]
    assert found == [("甲 · 2020：3", ["a", "b"]), ("乙 · 2021：4", ["c"])]


def test_a_point_with_a_note_is_a_link_and_says_its_source_last():
    point = arranged(drawn()).find_class("point")[0]
    lead(point, 7, "某规划")
    assert (point.tag, point.get("href"), point.get("tabindex")) == ("a", "#n7", None)
    assert [part.tag for part in point[0]] == ["small"]
    assert point[0].text_content() == "甲 · 2020：3某规划"


@pytest.mark.parametrize(
    ("parts", "top"),
    [("0 20 90 80 100 30 100 60", 20), ("0 -5 90 80 100 30 100 60", 0), ("0 30 90 80 100 20 100 60", 20)],
)
def test_on_paper_a_chart_begins_where_its_highest_part_does(parts, top):
    vector, pixels, size = body_of(drawn(parts))
    assert size == (200, 100 - top)
    told = vector.decode()
    assert f'viewBox="0 {top} 200 {100 - top}"' in told and f'height="{100 - top}pt"' in told
    assert "题" not in told and 'id="part-1"' in told and told.endswith("</svg>")
    with Image.open(io.BytesIO(pixels)) as image:
        assert image.size == (400, 200 - 2 * top)
        assert image.info["dpi"] == pytest.approx((144, 144), abs=0.1)
        assert image.convert("RGB").getpixel((0, 0)) == ((255, 255, 255) if top else (255, 0, 0))


def test_only_an_output_with_data_and_lines_is_a_chart():
    chart = drawn()
    output = {"image/svg+xml": chart.vector, "image/png": f"{chart.pixels[:9]}\n{chart.pixels[9:]}\n"}
    output |= {"text/plain": chart.text}
    assert drawing(output) is None
    assert drawing({CHART: chart.data, "image/png": chart.pixels}) is None
    assert drawing(output | {CHART: chart.data}) == chart
