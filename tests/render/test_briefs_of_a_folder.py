"""One document of all first pages of a folder: a line for each report, by language and domain."""

import pytest

from reportkit.language import using
from reportkit.render import briefs
from reportkit.render.store import Folder

FACT = {"label": "入园率", "figure": "91 %", "word": "偏慢", "state": "slow"}
ABOUT = {"lang": "zh", "rank": 0, "domain": "教育", "title": "规划", "document": "", "region": "某县"}
ABOUT |= {"facts": [FACT], "steps": ["公布。", "再办。"], "answer": ["答。", "另。"], "synthetic": False}
ABOUT |= {"until": "截止 2025-12", "edition": "1.0", "head": {"issuer": "某局", "number": "1号"}}


@pytest.fixture
def pages(tmp_path, monkeypatch):
    """The pages that are written of some reports."""

    def write(*abouts):
        made = []
        monkeypatch.setattr(
            briefs, "formats", lambda page, _: made.append(page) or {".html": "", ".pdf": b"x"}
        )
        reports = {f"r{number}": {"about": about} for number, about in enumerate(abouts)}
        briefs.write(Folder(tmp_path), reports)
        write.files = sorted(path.name for path in tmp_path.iterdir())
        return made

    return write


def rows(page):
    return [[cell.text_content() for cell in row] for row in page.body.iterfind(".//tbody/tr")]


def test_a_report_is_a_line_with_its_first_figure_and_its_first_step(pages):
    (page,) = pages(ABOUT)
    assert rows(page) == [["规划 · 某县", "答。", "入园率 91 %，偏慢", "公布。"]]
    assert [cell.get("class") for cell in page.body.iterfind(".//tbody/tr/td")] == [
        *(None, None, "status-slow"),
        None,
    ]
    assert [cell.text for cell in page.body.iterfind(".//th")] == [
        *("报告", "结论", "主要数字与状态"),
        "下一步",
    ]
    assert pages.files == ["briefs-zh.pdf"] and page.tables == [None]


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"document": "某县规划"}, "规划 · 某县规划"),
        ({"document": "另一规划"}, "规划 · 另一规划 · 某县"),
        ({"synthetic": True}, "规划 · 某县 · 含合成数据"),
        ({"region": "某县 2020", "document": "某县规划"}, "规划 · 某县规划"),
    ],
)
def test_a_place_is_named_unless_its_document_does(pages, changed, line):
    (page,) = pages(ABOUT | changed)
    assert rows(page)[0][0] == line
    assert page.about["synthetic"] is bool(changed.get("synthetic"))


def test_what_there_is_not_is_a_dash_or_nothing(pages):
    (page,) = pages(ABOUT | {"steps": [], "facts": [FACT | {"word": "", "state": ""}]})
    assert rows(page)[0][2:] == ["入园率 91 %", "–"]
    assert [cell.get("class") for cell in page.body.iterfind(".//tbody/tr/td")] == [None] * 4


def test_languages_are_apart_and_domains_in_their_order(pages):
    later = ABOUT | {"rank": 1, "domain": "医疗", "title": "二"}
    english = ABOUT | {"lang": "en", "title": "Plan"}
    without = {key: value for key, value in ABOUT.items() if key != "facts"}
    made = pages(later, english, ABOUT, without, ABOUT | {"title": "三"})
    assert [page.name for page in made] == ["briefs-en", "briefs-zh"]
    assert [heading.text for heading in made[1].body.iter("h2")] == ["教育", "医疗"]
    assert [row[0] for row in rows(made[1])] == ["规划 · 某县", "三 · 某县", "二 · 某县"]
    assert (made[1].about["question"], made[1].tables) == ("3 份报告的一页摘要", [None, None])
    assert made[0].about["question"] == "1 reports, a line each"
    assert pages() == []


def test_what_all_reports_have_alike_is_said_once(pages):
    other = ABOUT | {"region": "另县", "edition": "1.1", "head": {"issuer": "某局", "to": "政府"}}
    (page,) = pages(ABOUT, other)
    told = {key: page.about[key] for key in ("until", "edition", "region", "head")}
    assert told == {"until": "截止 2025-12", "edition": "", "region": "", "head": {"issuer": "某局"}}
    (alone,) = pages(ABOUT)
    assert (alone.about["region"], alone.about["head"]) == ("某县", {"issuer": "某局"})


def test_in_english_its_line_is_joined_with_commas():
    with using("en"):
        cells = [cell.text_content() for cell in briefs._cells(ABOUT | {"synthetic": True})]
    assert cells[0].endswith(" · synthetic data") and cells[2] == "入园率 91 %, 偏慢"


def test_a_document_has_the_name_of_the_subject_and_without_one_says_what_it_is(pages, monkeypatch):
    assert pages(ABOUT)[0].about["title"] == "规划监测报告"
    monkeypatch.setattr(briefs.source, "current", lambda: None)
    made = pages(ABOUT, ABOUT | {"lang": "en"})
    assert [page.about["title"] for page in made] == ["Reports", "报告"]


def test_headings_of_a_table_stand_above_its_lines(pages):
    (page,) = pages(ABOUT)
    assert [part.tag for part in page.body.find(".//table")] == ["thead", "tbody"]


def test_its_head_says_only_what_all_reports_have_alike(pages):
    other = ABOUT | {"until": "截止 2026-06", "region": "另一县", "synthetic": True, "title": "二"}
    other |= {
        "head": {"issuer": "某局", "number": "2号", "date": "5 月"},
        "facts": [FACT, FACT | {"label": "二"}],
    }
    first = ABOUT | {"head": ABOUT["head"] | {"date": "4 月"}}
    for reports in ((first, other), (other, first), (first, first, other)):
        (page,) = pages(*reports)
        told = page.about
        assert (told["until"], told["region"], told["edition"]) == ("", "", "1.0")
        assert told["head"] == {"issuer": "某局"} and told["synthetic"] is True
    (alone,) = pages(other)
    assert (
        alone.about["head"] == {"issuer": "某局", "date": "5 月"} and alone.about["until"] == "截止 2026-06"
    )
    assert rows(alone)[0][2] == "入园率 91 %，偏慢"  # the first of its figures


def test_a_place_of_several_words_is_known_by_its_first(pages):
    english = ABOUT | {"lang": "en", "region": "Dali prefecture", "document": "Plan of Dali"}
    (page,) = pages(english)
    assert rows(page)[0][0] == "规划 · Plan of Dali"
    (page,) = pages(english | {"document": "Plan of a prefecture"})
    assert rows(page)[0][0] == "规划 · Plan of a prefecture · Dali prefecture"
