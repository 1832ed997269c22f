"""Headings of tables on a page: of one column or of several, of figures or of texts, numbered from 1."""

import pytest
from lxml import html

from reportkit.formats.tables import frame
from reportkit.language import use

TABLE = """<div><table><caption>人口</caption>
<thead><tr><th rowspan="2">县</th><th colspan="2">年份</th><th rowspan="2">说明</th></tr>
<tr><th>2022</th><th>2023</th></tr></thead>
<tbody><tr><td>甲</td><td class="number">1</td><td class="number">2</td><td>快报</td></tr>
<tr><td>乙</td><td class="number">3</td><td class="number">4</td><td class="number">5</td></tr></tbody></table>
<details class="data"><table><tbody><tr><td>图的数据</td></tr></tbody></table></details>
<table><tbody><tr><td>丙</td></tr></tbody></table></div>"""


@pytest.fixture
def framed():
    body = html.fromstring(TABLE)
    frame(body)
    return body


def test_a_heading_says_whether_it_is_of_a_column_or_of_several(framed):
    scopes = {heading.text: heading.get("scope") for heading in framed.iter("th")}
    assert scopes == {"县": "col", "年份": "colgroup", "说明": "col", "2022": "col", "2023": "col"}


def test_a_heading_of_figures_alone_stands_as_they_do(framed):
    assert [th.text for th in framed.iter("th") if "number" in th.classes] == ["年份", "2022", "2023"]


CHARTS = """<div><figure class="chart"><img></figure>
<figure class="chart"><figcaption>乙</figcaption><img></figure>
<div class="brief"><figure class="chart"><img></figure></div></div>"""


@pytest.mark.parametrize(
    ("lang", "captions"),
    [("zh", ["图 1", "图 2　乙", None]), ("en", ["Figure 1", "Figure 2. 乙", None])],
)
def test_charts_are_numbered_but_for_those_of_the_first_page(lang, captions):
    use(lang)
    body = html.fromstring(CHARTS)
    frame(body)
    charts = [*body.iter("figure")]
    assert [chart.get("id") for chart in charts] == ["f1", "f2", None]
    told = [chart.find("figcaption") for chart in charts]
    assert [caption if caption is None else caption.text_content() for caption in told] == captions


def test_a_table_stands_in_its_frame_below_its_caption(framed):
    for figure in framed.iter("figure"):
        assert [part.tag for part in figure] == ["figcaption", "div"]
        assert [part.tag for part in figure[1]] == ["table"]


def test_the_number_stands_before_all_of_a_caption():
    body = html.fromstring("<div><table><caption>甲<em>乙</em>丙<sup>1</sup></caption></table></div>")
    frame(body)
    assert body.find(".//figcaption").text_content() == "表 1　甲乙丙1"
    body = html.fromstring("<div><table><caption><em>乙</em>丙</caption></table></div>")
    frame(body)
    assert body.find(".//figcaption").text_content() == "表 1　乙丙"


def test_tables_are_numbered_but_for_those_of_charts(framed):
    captions = [
        (figure.get("id"), figure.find("figcaption").text_content()) for figure in framed.iter("figure")
    ]
    assert captions == [("t1", "表 1　人口"), (None, ""), ("t2", "表 2")]
    places = [frame.get("aria-labelledby") for frame in framed.iter("div") if "frame" in frame.classes]
    assert (
        places
        == [figure.find("figcaption").get("id") for figure in framed.iter("figure")]
        == ["c1", "c2", "c3"]
    )
    use("en")
    english = html.fromstring(TABLE)
    frame(english)
    assert english.find(".//figcaption").text_content() == "Table 1. 人口"
