import base64
import io
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from PIL import Image

from copied import run_together
from reportkit.formats.page import html, in_language, kept_together, lay_out
from reportkit.jobs import Job
from reportkit.language import using
from reportkit.render.parameters import LANGUAGES
from small_project import PIXEL

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").rglob("*.ipynb"))


def code(source, *outputs, tags=()):
    return nbformat.v4.new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)})


def prose(text, *tags):
    return nbformat.v4.new_markdown_cell(text, metadata={"tags": list(tags)})


def shown(data):
    return nbformat.v4.new_output("display_data", data=data)


TABLE = (
    "<table class='report-table'><caption>表甲</caption><thead><tr><th>指标</th><th>值</th></tr></thead>"
    "<tbody><tr><td>入园率</td><td class='number status-slow'>91</td></tr></tbody></table>"
)
CELLS = [
    prose("# 一份规划 <5%\n\n走到了哪里？", "lang-zh"),
    prose("# A plan\n\nWhere does it stand?", "lang-en"),
    code('region: str = "1"', tags=["parameters"]),
    code('region = "532399"', tags=["injected-parameters"]),
    prose("## 结论", "lang-zh"),
    prose("## The answer", "lang-en"),
    code("say()", shown({"text/markdown": "**两项**达成。", "text/plain": "x"}), tags=["headline"]),
    prose("## 结论\n\n细节", "lang-zh"),
    code("load()"),
    code(
        "plot()",
        nbformat.v4.new_output("stream", name="stderr", text="/tmp/x: UserWarning"),
        shown({"image/png": PIXEL, "text/plain": '曲线：2020 91 "<b>"'}),
        shown({"text/plain": "<Axes: title>"}),
        shown({"text/html": TABLE, "text/markdown": "| x |", "text/plain": "x"}),
    ),
]


def report(lang="zh", cells=CELLS, **about):
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})
    parameters = {"region": "532399", "as_of": "2025-12", "lang": lang}
    job = Job("plan-1", None, "学校", parameters, 1, **{"region_name": "某县", "edition": "1.0.0", **about})
    page = lay_out(notebook, job)
    return BeautifulSoup(html(page), "html.parser"), page.about


def test_a_picture_that_is_attached_to_a_text_is_shown():
    cell = prose("![图](attachment:map.png)")
    cell.attachments = {"map.png": {"image/png": PIXEL}}
    page, _ = report(cells=[cell])
    assert page.select_one(".prose img")["src"] == f"data:image/png;base64,{PIXEL}"


def test_what_the_front_page_says_about_a_report():
    assert report()[1] == {
        "title": "一份规划 <5%",
        "question": "走到了哪里？",
        "headline": "两项达成。",
        "answer": ["两项达成。"],
        "synthetic": False,
        "region": "某县",
        "document": "",
        "as_of": "2025-12",
        "until": "截止 2025-12",
        "lang": "zh",
        "domain": "学校",
        "rank": 0,
        "edition": "1.0.0",
        "head": {},
    }


def test_the_other_language_is_dropped():
    chinese, english = report("zh")[0], report("en")[0]
    assert chinese.html["lang"] == "zh-CN"
    assert english.html["lang"] == "en"
    assert [h.get_text() for h in chinese.select("article h2")] == ["结论", "结论"]
    assert [h.get_text() for h in english.select("article h2")] == ["The answer"]
    assert english.h1.get_text() == "A plan"
    assert {fold.summary.get_text() for fold in english.select("details.code")} == {"Show code"}


def test_a_third_language_is_shown_and_english_where_it_is_not():
    french = [
        prose("# Un plan\n\nOù en est-il ?", "lang-fr"),
        prose("## Method", "lang-en"),
        prose("## Méthode", "lang-fr"),
    ]
    cells = [*CELLS[:2], french[0], *CELLS[2:], prose("## 方法", "lang-zh"), *french[1:]]
    cells += [prose("## 数据", "lang-zh"), prose("## Data", "lang-en")]
    page, about = report("fr", cells)
    assert (page.html["lang"], page.h1.get_text(), about["title"]) == ("fr", "Un plan", "Un plan")
    assert page.select_one(".foot").get_text().strip().endswith("fr")
    assert [h.get_text() for h in page.select("article h2")] == ["The answer", "Méthode", "Data"]
    for lang in ("zh", "en"):  # show what they showed before
        assert "Méthode" not in (shown := report(lang, cells)[0].get_text())
        assert ("Data" in shown, "数据" in shown) == (lang == "en", lang == "zh")


def test_the_cover_says_where_and_up_to_when():
    cover = report()[0].select_one("header .cover").get_text().strip()
    assert cover == "plan-monitor · 某县 · 截止 2025-12 · 数据版本 1.0.0"
    assert report()[0].select_one(".foot").get_text().strip().endswith("数据版本 1.0.0 · 中文")
    assert "532399" in report(region_name="")[0].select_one("header .cover").get_text()


def test_the_heading_names_the_document_a_report_is_about():
    soup, facts = report(document_name="某县教育规划")
    assert soup.h1.get_text() == "一份规划 <5% 某县教育规划"
    assert soup.title.get_text() == "某县教育规划 · 一份规划 <5% · 某县"
    assert facts["document"] == "某县教育规划"
    assert report()[0].title.get_text() == "一份规划 <5% · 某县"


def test_contents_lead_to_headings_even_where_two_are_the_same():
    soup = report()[0]
    targets = [link["href"] for link in soup.select("nav.toc a")]
    assert targets == ["#s1", "#s2"]
    assert [soup.select_one(target).name for target in targets] == ["h2", "h2"]


def test_a_chart_carries_its_text_as_alt():
    picture = report()[0].select_one(".chart img")
    assert picture["alt"] == '曲线：2020 91 "<b>"'
    assert picture["src"].startswith("data:image/png;base64,")


def test_a_picture_that_nobody_described_is_called_one():
    cells = [*CELLS, prose(f"<img src='data:image/png;base64,{PIXEL}'>")]
    assert report(cells=cells)[0].select_one(".prose img")["alt"] == "图"
    assert report("en", cells=cells)[0].select_one(".prose img")["alt"] == "Picture"


def test_a_table_scrolls_in_a_labelled_frame():
    soup = report()[0]
    frame = soup.select_one("figure.table > .frame")
    assert soup.find(id=frame["aria-labelledby"]).get_text() == "表 1　表甲"
    assert frame["tabindex"] == "0"
    assert [th.get("class") for th in frame.select("th")] == [None, ["number"]]
    assert frame.select_one("td.status-slow").get_text() == "91"


def test_code_is_folded_and_noise_is_gone():
    soup = report()[0]
    folds = soup.select("article details.code")
    assert [len(fold.select(".highlight")) for fold in folds] == [2, 1, 2]
    assert all(not fold.has_attr("open") for fold in folds)
    assert "load" in folds[2].select(".highlight")[0].get_text()
    assert "UserWarning" not in soup.get_text()
    assert "<Axes" not in soup.get_text()


def test_code_stays_as_typed_and_only_what_has_a_colour_is_marked():
    source = "from a import b  # why\nif x not in y:\n    print('<é>', 1.5, None)"
    cells = [*CELLS, nbformat.v4.new_code_cell(source)]
    (code,) = (part for part in report(cells=cells)[0].select(".highlight") if "é" in part.get_text())
    assert code.get_text().strip() == source
    marked = {(part.get_text().strip(), *part["class"]) for part in code.select("span[class]")}
    words = {(word, "k") for word in ("from", "import", "if", "not", "in", "None")}
    assert marked == words | {("# why", "c"), ("'<é>'", "s"), ("1.5", "m")}


@pytest.mark.parametrize("attribute", ["src", "href"])
def test_nothing_comes_from_the_web(attribute):
    soup = report()[0]
    values = [tag[attribute] for tag in soup.find_all(attrs={attribute: True})]
    assert values
    assert all(value.startswith(("#", "data:", "index.html", "plan-1.ipynb")) for value in values)
    assert soup.find_all(["script", "link", "iframe"]) == []
    assert "url(" not in soup.style.get_text()
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'")


def test_names_cannot_bring_markup_along():
    html = str(report(region_name="<script>x</script>")[0])
    assert "<script>" not in html


def test_the_question_stands_beneath_the_title_and_nowhere_else():
    soup, _ = report()
    assert soup.select_one("h1 + p.question").get_text() == "走到了哪里？"
    assert soup.get_text().count("走到了哪里？") == 1


def test_a_sentence_beneath_the_title_is_text_and_no_question():
    soup, facts = report(cells=[prose("# 题\n\n先说两句。")])
    assert (facts["title"], facts["question"]) == ("题", "")
    assert soup.select_one(".prose").get_text().strip() == "先说两句。"


def test_a_notebook_without_title_or_headline():
    soup, facts = report(cells=[code("1")])
    assert (facts["title"], facts["question"], facts["headline"]) == ("plan-1", "", "")
    assert soup.select(".toc") == [] == soup.select(".question")


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_no_words_of_a_page_run_together_in_copied_text(path, lang):
    job = Job("x", None, "d", {"lang": lang, "as_of": "2025-12"}, 1, edition="1", region_name="某县")
    soup = BeautifulSoup(html(lay_out(nbformat.read(path, as_version=4), job)), "html.parser")
    assert run_together(soup) == []


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("# 题", ""),
        ("# 题\n\n## 走到了哪里？", ""),
        ("# 题\n\n走到了哪里？", "走到了哪里？"),
        ("# 题\n\n文。", ""),
    ],
)
def test_the_question_is_the_paragraph_below_the_title(text, question):
    page, about = report(cells=[prose(text)])
    assert (about["title"], about["question"]) == ("题", question)
    assert [h.get_text() for h in page.select("article h2")] == ["走到了哪里？"] * ("##" in text)


def test_what_is_no_text_of_a_page_is_left_out():
    page, _ = report(cells=[prose("甲 <!-- 注释 --> 乙 <?run it?> 丙")])
    assert "注释" not in str(page.article) and "run it" not in str(page.article)


def test_a_picture_that_says_no_size_in_print_is_shown_as_it_is():
    stream = io.BytesIO()
    Image.new("RGB", (900, 30)).save(stream, "jpeg")
    image = {"image/jpeg": base64.b64encode(stream.getvalue()).decode(), "text/plain": "图"}
    picture = report(cells=[code("plot()", shown(image))])[0].select_one(".chart img")
    assert picture["src"].startswith("data:image/jpeg") and "width" not in picture.attrs


def test_the_same_notebook_gives_the_same_page():
    assert str(report()[0]) == str(report()[0])


def test_a_page_that_stands_alone_leads_nowhere_else():
    job = Job("plan-1", None, "学校", {"lang": "zh"}, 1)
    page = lay_out(nbformat.v4.new_notebook(cells=CELLS), job)
    links = {
        link["href"] for link in BeautifulSoup(html(page, ("pdf",), alone=True), "html.parser").select("a")
    }
    assert {link for link in links if not link.startswith("#")} == {"plan-1.pdf"}
    others = {link["href"] for link in report()[0].select("a")}
    assert "index.html" in others and "plan-1.pdf" not in others


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sign_of_markdown_is_left_in_the_text(path, lang):
    """Between a full stop and a Chinese character, two asterisks end nothing."""
    page = lay_out(nbformat.read(path, as_version=4), Job(path.stem, None, "d", {"lang": lang}, 1))
    text = BeautifulSoup(html(page), "html.parser")
    for part in text.select("details.code, style"):
        part.decompose()
    assert "**" not in text.get_text()


@pytest.mark.parametrize(("pixels", "wide"), [(600, False), (601, True)])
def test_a_picture_is_as_large_as_printed_and_one_of_more_than_600_pixels_is_wide(pixels, wide):
    def picture(width, height, dpi):
        stream = io.BytesIO()
        Image.new("1", (width, height)).save(stream, "png", **({"dpi": (dpi, dpi)} if dpi else {}))
        image = {"image/png": base64.b64encode(stream.getvalue()).decode(), "text/plain": "图"}
        return report(cells=[code("plot()", shown(image))])[0].select_one(".chart img")

    drawn = picture(pixels, 30, None)
    assert (drawn["width"], drawn["height"], "wide" in drawn.get("class", [])) == (str(pixels), "30", wide)
    fine = picture(pixels * 2, 60, 192)
    assert (fine["width"], fine["height"], "wide" in fine.get("class", [])) == (str(pixels), "30", wide)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("≥ 95 %", "≥\u00a095\u00a0%"),
        ("95 % 以上", "95\u00a0% 以上"),
        ("甲 % 乙", "甲 % 乙"),
        ("≤ 甲", "≤ 甲"),
        ("≈ 5 个", "≈\u00a05 个"),
    ],
)
def test_a_figure_and_its_signs_stay_on_one_line(text, kept):
    assert kept_together(text) == kept


def chosen(lang, *tags):
    cells = [prose(f"{number}", *(tag,) * bool(tag)) for number, tag in enumerate(tags)]
    with using(lang):
        return "".join(cell.source for cell in in_language(cells))


def test_versions_of_a_passage_stand_beside_each_other_until_a_language_is_repeated():
    assert chosen("zh", "lang-zh", "lang-en", "", "lang-en", "lang-zh") == "024"
    assert chosen("en", "lang-zh", "lang-en", "", "lang-en", "lang-zh") == "123"
    assert chosen("en", "lang-zh", "lang-zh", "lang-en") == "2"
    assert chosen("fr", "lang-zh", "lang-en", "lang-fr", "", "lang-zh", "lang-en") == "235"
    assert chosen("zh", "other", "", "other") == "012"
