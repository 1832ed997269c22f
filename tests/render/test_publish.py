import pytest
from bs4 import BeautifulSoup

from copied import run_together
from reportkit import files
from reportkit.render.publish import publish
from reportkit.render.store import Folder


@pytest.fixture
def reports():
    """Records of a manifest; ``put`` adds one."""
    return {}


def put(folder, reports, name, status="ok", **about):
    facts = dict.fromkeys(("headline", "region", "as_of", "edition"), "")
    facts |= {"title": name, "rank": 0, "synthetic": False, "answer": [about.get("headline", "")], **about}
    reports[name] = {"about": facts, "status": status, "published": "2026-01-31T08:00:00+00:00"}
    (folder / f"{name}.html").write_text("page", encoding="utf-8")


def front(folder, reports):
    publish(Folder(folder), reports)
    return BeautifulSoup((folder / "index.html").read_text(encoding="utf-8"), "html.parser")


def test_an_interrupted_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "page.html"
    files.write(path, "old")
    with pytest.raises(UnicodeEncodeError):
        files.write(path, "new \ud800")
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


def test_reports_stand_under_their_language_and_domain(tmp_path, reports):
    put(tmp_path, reports, "b-zh", lang="zh", domain="医疗", headline="够用 <b>12</b> 个月", region="某县")
    put(tmp_path, reports, "a-zh", lang="zh", domain="教育")
    put(tmp_path, reports, "a-en", lang="en", domain="Education")
    soup = front(tmp_path, reports)
    editions = {main["lang"]: main for main in soup.select("main.language")}
    assert [h.get_text() for h in editions["zh-CN"].select("h2")] == ["医疗", "教育"]
    assert [h.get_text() for h in editions["en"].select("h2")] == ["Education"]
    assert editions["zh-CN"].select_one(".answer").get_text() == "够用 <b>12</b> 个月"
    links = {a["href"] for a in soup.select("a")}
    assert links == {f"{name}.{kind}" for name in ("b-zh", "a-zh", "a-en") for kind in ("html", "ipynb")}
    assert len(soup.select("input[type=radio][checked]")) == 1
    assert soup.find_all("link") == []
    assert [script.attrs for script in soup.find_all("script")] == [{}]  # its own, none loaded


def test_domains_stand_in_the_order_of_the_recipes(tmp_path, reports):
    put(tmp_path, reports, "a", lang="zh", domain="教育", rank=1, document="某县教育规划")
    put(tmp_path, reports, "overview", lang="zh", domain="总览", rank=0)
    put(tmp_path, reports, "b", lang="zh", domain="审计", rank=2)
    soup = front(tmp_path, reports)
    assert [h.get_text() for h in soup.select("h2")] == ["总览", "教育", "审计"]
    assert soup.select("article h3")[1].get_text() == "教育 · a 某县教育规划"


def test_the_question_stands_beneath_the_title(tmp_path, reports):
    put(tmp_path, reports, "a", lang="zh", domain="教育", question="走到了哪里？")
    put(tmp_path, reports, "b", lang="zh", domain="教育")  # made before there were any
    soup = front(tmp_path, reports)
    assert [asked.get_text() for asked in soup.select("h3 + .question")] == ["走到了哪里？"]


def test_no_words_of_the_front_page_run_together_in_copied_text(tmp_path, reports):
    whole = {
        "region": "某县",
        "document": "某规划",
        "as_of": "2025-12",
        "until": "截止 2025-12 · 最新实绩 2023",
        "edition": "1.0",
        "question": "几何？",
    }
    for lang in ("zh", "en"):
        put(tmp_path, reports, f"a-{lang}", lang=lang, domain="教育", **whole)
        put(tmp_path, reports, f"b-{lang}", lang=lang, domain="医疗", **(whole | {"region": "某市"}))
        (tmp_path / f"a-{lang}.pdf").write_bytes(b"%PDF")
    soup = front(tmp_path, reports)
    assert run_together(soup) == []
    cover = soup.select_one("[data-domain=教育] .cover").get_text().strip()
    assert cover == "某县 · 截止 2025-12 · 最新实绩 2023 · 制作于 2026-01-31"
    assert soup.select_one(".lead").get_text().endswith("数据版本 1.0。")


def test_one_language_needs_no_switch(tmp_path, reports):
    put(tmp_path, reports, "a-en", lang="en", domain="Education")
    soup = front(tmp_path, reports)
    assert soup.select("input[type=radio]") == []
    assert soup.html["lang"] == "en"


def test_only_what_exists_is_listed(tmp_path, reports):
    put(tmp_path, reports, "a", lang="zh", domain="教育")
    put(tmp_path, reports, "b", lang="zh", domain="教育")
    (tmp_path / "b.html").unlink()
    (tmp_path / "other.html").write_text("x", encoding="utf-8")
    reports["never"] = {"about": {}, "status": "failed"}
    assert [h.get_text() for h in front(tmp_path, reports).select("h3")] == ["A"]


def test_a_report_whose_update_failed_says_so(tmp_path, reports):
    put(tmp_path, reports, "a", "failed", lang="zh", domain="教育")
    assert len(front(tmp_path, reports).select(".stale")) == 1


def test_an_empty_folder_says_that_there_is_nothing(tmp_path, reports):
    assert "还没有报告" in front(tmp_path, reports).get_text()
