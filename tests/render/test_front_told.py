"""What the front page says of a report, without a browser: its heading, its states, its files."""

from contextlib import nullcontext

import pytest
from bs4 import BeautifulSoup

from reportkit.formats.jinja import script
from reportkit.render import front
from reportkit.render.front import Earlier
from reportkit.render.store import Folder

ABOUT = {"answer": ["十项中 2 项达到。", "另有一项。"], "synthetic": False, "title": "t"}


def entry(tmp_path, previous=None, status="ok", **about):
    record = {"about": ABOUT | about, "status": status, "published": "2026-01-31"}
    return front._entry(Folder(tmp_path), "plan", record, previous)


def earlier(*answer):
    return Earlier("1.0", "2025-01-31", {"answer": [*answer]})


def test_a_report_is_current_or_its_update_failed(tmp_path):
    assert entry(tmp_path)["states"] == ["current"]
    assert entry(tmp_path, status="failed")["states"] == ["failed"]
    assert entry(tmp_path, synthetic=True)["states"] == ["synthetic", "current"]


def test_a_report_says_which_sentences_of_its_answer_changed(tmp_path):
    same = entry(tmp_path, earlier(*ABOUT["answer"]))
    assert (same["changed"], same["states"], same["before"].edition) == ([], ["current"], "1.0")
    other = entry(tmp_path, earlier("十项中 1 项达到。", "另有一项。"))
    assert other["states"] == ["changed", "current"]
    assert other["changed"] == [[("same", "十项中 "), ("gone", "1"), ("new", "2"), ("same", " 项达到。")]]
    assert entry(tmp_path, earlier("十项中 2 项达到。"))["changed"] == []
    assert entry(tmp_path)["before"] is None


def test_a_report_leads_to_the_files_that_there_are(tmp_path):
    for ending in (".pdf", "-brief.docx", ".html"):
        (tmp_path / f"plan{ending}").write_text("x")
    assert entry(tmp_path)["formats"] == ["-brief.docx", ".pdf"]


def headed(*reports):
    entries = [{"title": "规划", "region": "", "parameters": {}, **report} for report in reports]
    front._set_headings(entries)
    return [one["heading"] for one in entries]


def test_reports_on_one_topic_have_what_tells_them_apart_in_their_heading():
    assert headed({}) == ["规划"]
    assert headed({"region": "甲"}) == ["规划"]
    assert headed({"region": "甲"}, {"region": "乙"}) == ["规划 · 甲", "规划 · 乙"]
    years = [{"region": "甲", "parameters": {"years": years, "share": 1}} for years in (3, 5)]
    assert headed(*years) == ["规划 · 3", "规划 · 5"]
    both = [{"region": "甲", "parameters": {"years": 3}}, *({**one, "region": "乙"} for one in years)]
    assert headed(*both)[0].startswith("规划 · 3") and len({*headed(*both)}) == 3
    documents = [{"document": f"{name}县规划", "region": name} for name in "甲乙"]
    assert headed(*documents) == ["甲县规划", "乙县规划"]
    assert headed({"document": "某县规划"}, {}) == ["某县规划", "规划"]
    assert headed({"parameters": {"years": 3}}, {"parameters": {"share": 1}}) == ["规划 · 3", "规划"]
    assert headed({"title": "plan of a county"}) == ["Plan of a county"]


@pytest.mark.parametrize(("count", "many"), [(200, False), (201, True)])
def test_more_than_two_hundred_reports_are_shown_page_by_page(tmp_path, monkeypatch, count, many):
    class Packed(Exception):
        """Cards were packed; that they are laid out as well is for the browser to say."""

    def pack(cards):
        assert {card["area"] for card in cards} == {"某省"}
        raise Packed(len(cards))

    monkeypatch.setattr(front, "pack", pack)
    about = {"lang": "zh", "domain": "d", "rank": 0, "headline": "", "edition": "", "as_of": ""}
    about |= {"region": "某省"}
    records = {}
    for number in range(count):
        (tmp_path / f"{number}.html").write_text("x")
        records[f"{number}"] = {"about": ABOUT | about, "status": "ok", "published": "2026-01-31"}
    with pytest.raises(Packed, match="201") if many else nullcontext():
        front.write(Folder(tmp_path), records, {}, [], "")
    assert (tmp_path / "index.html").exists() is not many


@pytest.mark.parametrize(("lang", "title"), [("zh", "规划监测报告"), ("en", "Reports on plans")])
def test_the_front_page_has_the_name_of_the_subject_and_without_one_says_what_it_is(
    tmp_path, monkeypatch, lang, title
):
    def written():
        front.write(Folder(tmp_path), records, {}, [], "")
        soup = BeautifulSoup((tmp_path / "index.html").read_text(encoding="utf-8"), "html.parser")
        (card,) = soup.find_all("article")
        assert card.h3.get_text(strip=True) == "T"
        return soup.title.get_text(), soup.h1.get_text()

    about = {"lang": lang, "domain": "d", "rank": 0, "region": "", "headline": "", "edition": "", "as_of": ""}
    (tmp_path / "plan.html").write_text("x")
    records = {"plan": {"about": ABOUT | about, "status": "ok", "published": "2026-01-31"}}
    assert written() == ("plan-monitor", title)
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert script("index.js").text in text and script("many.js").text not in text
    monkeypatch.setattr(front.source, "current", lambda: None)
    plain = {"zh": "报告", "en": "Reports"}[lang]
    assert written() == (plain, plain)


def test_a_folder_without_a_report_says_so_first_in_chinese(tmp_path):
    front.write(Folder(tmp_path), {}, {}, [], "")
    soup = BeautifulSoup((tmp_path / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert soup.html["lang"].startswith("zh") and soup.h1.get_text() == "规划监测报告"
    assert soup.p.get_text() == "还没有报告。 No report yet."
