"""The first page of a report: first on the screen, one page on paper, in the report and alone; of a folder."""

import io
import re
from pathlib import Path

import docx
import nbformat
import pytest
from bs4 import BeautifulSoup
from docx.oxml.ns import qn
from pypdfium2 import PdfDocument

from browser import SCREENS, cut_off, needed, serious, shown, started
from first_pages import ANSWER, FIGURES, LABELS, LIMITS, SOURCES, STEP, briefs, notebook, too_long
from office import SOFFICE, converted
from reportkit import source
from reportkit.formats.all import formats
from reportkit.formats.page import html, lay_out
from reportkit.jobs import Job
from reportkit.language import using
from reportkit.render.briefs import write
from reportkit.render.store import Folder

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
NOTEBOOKS = [
    path
    for path in sorted((ROOT / "notebooks").rglob("*.ipynb"))
    if any("brief" in cell.metadata.get("tags", []) for cell in nbformat.read(path, as_version=4).cells)
]
DOCUMENT = {
    "zh": "某州“十四五”巩固拓展脱贫攻坚成果同乡村振兴有效衔接规划",
    "en": "14th Five-Year Plan for Linking Poverty Alleviation with Rural Revitalisation of a Prefecture",
}
HEAD = {
    "issuer": "某州教育体育局",
    "number": "某教体发〔2026〕12号",
    "date": "2026年11月30日",
    "to": "州人民政府",
}
office = pytest.mark.skipif(SOFFICE is None, reason="needs libreoffice-writer")
LANGS = pytest.mark.parametrize("lang", ["zh", "en"])


def page_of(made, lang="zh", name="plan", **about):
    parameters = {"region": "532300", "as_of": "2025-12", "lang": lang}
    job = {"folder": ROOT / "data", "region_name": "某州", "edition": "1.0", "document_name": DOCUMENT[lang]}
    return lay_out(made, Job(name, None, "教育", parameters, 1, **job | about))


def pages(pdf):
    return [page.get_textpage().get_text_bounded() for page in PdfDocument(pdf)]


def printed(folder, **made):
    """Pages of documents of Word as LibreOffice lays them out."""
    for name, content in made.items():
        (folder / f"{name}.docx").write_bytes(content)
    converted([folder / f"{name}.docx" for name in made], "pdf", folder)
    return [pages(folder / f"{name}.pdf") for name in made]


def close(text):
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_first_page_of_a_notebook_is_short_and_one_page(path):
    made = nbformat.read(path, as_version=4)
    (told,) = briefs(made)
    assert too_long(told, "zh", fewest=3) == []
    if path.stem != "first_report":  # whose rows are those of a package that it makes itself
        assert all(fact["ids"] for fact in told["facts"] if re.search(r"\d", fact["figure"])), told["facts"]
    files = formats(page_of(made), ("brief",))
    assert len(pages(files["-brief.pdf"])) == 1
    assert files["-brief.docx"]


def test_it_stands_first_wherever_its_cell_is(monkeypatch):
    soup = BeautifulSoup(html(page_of(notebook(monkeypatch, "zh"))), "html.parser")
    first = soup.select_one("header").find_next_sibling()
    assert (first.name, first["class"]) == ("section", ["brief"])
    assert [part.name for part in first.find_all(recursive=False)] == ["p", "ul", "figure", "p", "ol", "p"]
    assert first.select_one(".answer").get_text() == ANSWER[0]
    assert len(soup.select(".brief")) == 1
    figures = first.select(".facts strong a.source")
    assert [figure.get_text() for figure in figures] == [
        figure.replace(" ", "\u00a0", figure.endswith("%")) for figure in FIGURES[0]
    ]
    notes = {note["id"] for note in soup.select(".notes li")}
    assert {link["href"][1:] for link in first.select("a.source")} <= notes
    assert len(first.select(".steps a.source")) == 5


def test_a_notebook_without_one_is_laid_out_as_it_was():
    cells = [
        nbformat.v4.new_markdown_cell("# 题"),
        nbformat.v4.new_markdown_cell("text", metadata={"tags": ["brief"]}),
    ]
    page = page_of(nbformat.v4.new_notebook(cells=cells))
    assert "facts" not in page.about
    assert "<section" not in html(page)
    assert set(formats(page, ("brief",))) == {".html"}


def test_what_the_front_page_says_of_it(monkeypatch):
    about = page_of(notebook(monkeypatch, "zh")).about
    assert about["headline"] == about["answer"][0] == ANSWER[0]
    fact = {"label": LABELS[0][0], "figure": "91 %", "word": "全国 85.2 %（2020）", "state": "slow"}
    assert about["facts"][0] == fact
    assert about["steps"] == [STEP[0]] * 5


@LANGS
@pytest.mark.parametrize("head", [{}, HEAD], ids=["plain", "head"])
@pytest.mark.parametrize("shown", [{}, {"facts": 3, "steps": 0, "chart": False}], ids=["full", "small"])
def test_alone_it_is_one_page_with_all_it_says_and_its_sources(monkeypatch, lang, head, shown):
    page = page_of(notebook(monkeypatch, lang, **shown), lang, head=head)
    (said,) = pages(formats(page, ("brief",))["-brief.pdf"])
    zh, said = lang == "en", close(said)
    expected = [ANSWER[zh], LIMITS[zh], page.about["title"], DOCUMENT[lang], *head.values()]
    expected += [*FIGURES[zh][: shown.get("facts", 6)], *([STEP[zh][:20]] if not shown else [])]
    assert [text for text in expected if close(text) not in said] == []
    assert (("附件：", "Enclosure:")[zh] in said) == bool(head)
    numbered = {int(n) for mark in re.findall(r"\[([\d,]+)\]", said) for n in mark.split(",")}
    assert numbered == {*range(1, max(numbered) + 1)}
    with using(lang):
        quote = source.opened(ROOT / "data").quote
        for ids, figure in zip(SOURCES, FIGURES[zh][: shown.get("facts", 6)], strict=False):
            rows = [*filter(None, map(quote, ids))]
            if len(rows) > 3:
                assert close(f"由 {len(rows)} 个数据行" if lang == "zh" else f"from {len(rows)} rows") in said
                continue
            mark = re.search(re.escape(close(figure)) + r"\[([\d,]+)\]", said)[1]
            assert len(mark.split(",")) == len({row.locator for row in rows})
            for row in rows:
                assert close(row.document.title) in said
                assert any(f"[{n}]{close(row.locator)}" in said for n in mark.split(",")), row


@LANGS
def test_it_begins_the_report_on_a_page_of_its_own(monkeypatch, lang):
    page = page_of(notebook(monkeypatch, lang, sections=8), lang)
    notes = len(page.notes)
    first, second, *_ = pages(formats(page, ("pdf",))[".pdf"])
    assert close(ANSWER[lang == "en"]) in close(first)
    assert close(LIMITS[lang == "en"]) in close(first)
    assert close(ANSWER[lang == "en"]) not in close(second)
    assert "第1节" in close(second) and "第1节" not in close(first)
    marks = [int(n) for n in re.findall(r"\[(\d+)\]", first)]
    assert len(marks) == 11 and max(marks) <= notes  # those of the annex


@office
@LANGS
@pytest.mark.parametrize("head", [{}, HEAD], ids=["plain", "head"])
def test_in_word_it_is_one_page_too(monkeypatch, tmp_path, lang, head):
    page = page_of(notebook(monkeypatch, lang, sections=8), lang, head=head)
    files = formats(page, ("brief", "docx"))
    (alone,), (first, second, *_) = printed(tmp_path, brief=files["-brief.docx"], report=files[".docx"])
    for said in (alone, first):
        assert close(ANSWER[lang == "en"]) in close(said)
        assert close(LIMITS[lang == "en"]) in close(said)
    assert close("".join(head.get(key, "") for key in ("issuer", "number"))) in close(alone)[:60]
    assert "第1节" in close(second)


def test_word_leads_its_figures_to_the_notes_and_its_looks_are_styles(monkeypatch):
    made = formats(page_of(notebook(monkeypatch, "zh", sections=8), head=HEAD), ("docx",))[".docx"]
    document = docx.Document(io.BytesIO(made))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[:4] == ["Brief issuer", "Brief number", "Title", "Subtitle"]
    assert styles.count("Brief step") == 5
    table = document.tables[0]
    names = {name.get(qn("w:name")) for name in document.element.iter(qn("w:bookmarkStart"))}
    links = [link.get(qn("w:anchor")) for link in table._tbl.iter(qn("w:hyperlink"))]
    assert len(links) == 6 and {*links} <= names
    assert table._tbl.find(f".//{qn('w:drawing')}") is not None
    assert not list(table._tbl.iter(qn("w:b")))


def test_a_short_report_has_no_contents(monkeypatch):
    for sections, listed in ((1, 0), (8, 10)):
        made = formats(page_of(notebook(monkeypatch, "zh", sections)), ("docx",))[".docx"]
        document = docx.Document(io.BytesIO(made))
        entries = [p for p in document.element.iter(qn("w:pStyle")) if p.get(qn("w:val")) == "TOC1"]
        assert len(entries) == listed


@pytest.fixture(scope="module")
def browser():
    with started() as one:
        yield one


@needed
@LANGS
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_screen_has_answer_figures_and_chart(monkeypatch, tmp_path, browser, lang, screen, scheme):
    path, size = tmp_path / "page.html", SCREENS[screen]
    path.write_text(html(page_of(notebook(monkeypatch, lang), lang)), encoding="utf-8")
    with shown(browser, viewport=size, color_scheme=scheme) as page:
        page.goto(path.as_uri())
        assert page.locator(".brief .facts .state").count() == 6
        assert page.locator(".brief .chart .drawing").count() == 1
        assert cut_off(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert serious(page) == []


def record(monkeypatch, lang, name, **about):
    told = page_of(notebook(monkeypatch, lang), lang, name).about
    return {"about": told | {"rank": 0, "domain": "教育"} | about}


def test_the_first_pages_of_a_folder_are_one_document_a_language(monkeypatch, tmp_path):
    reports = {
        "b": record(monkeypatch, "zh", "b", document="某县规划", domain="医疗", rank=1),
        "a": record(monkeypatch, "zh", "a"),
        "a-en": record(monkeypatch, "en", "a-en"),
        "old": {"about": {"title": "旧", "lang": "zh"}},
        "never": {"about": {}},
    }
    write(Folder(tmp_path), reports)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"briefs-{lang}{ending}" for lang in ("en", "zh") for ending in (".docx", ".pdf")
    ]
    said = close("".join(pages(tmp_path / "briefs-zh.pdf")))
    assert said.index("一、教育") < said.index("二、医疗") < said.index("某县规划")
    for text in (ANSWER[0], DOCUMENT["zh"], "91%", STEP[0], "2份报告"):
        assert close(text) in said
    table = docx.Document(tmp_path / "briefs-zh.docx").tables[0]
    assert [cell.text for cell in table.rows[1].cells][1] == ANSWER[0]
