"""What ``read`` and ``confirm`` say in both languages, what they ask at a terminal, and which years they take."""

import csv
import inspect
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from plan_monitor.cli import app
from plan_monitor.commands import reading
from reportkit import language
from reportkit.findings import DataError

PLAN = """镇江市“十四五”教育发展规划

镇政发〔2021〕15号

2020年，入园率达到98.2%。

到2025年，毛入园率保持在99%以上，到2025年基本实现教育现代化。
"""
BULLETIN = "2025年1—5月镇江市教育统计公报\n\n2025年1—5月，毛入园率99.3%。\n"
TWO = "".join(
    f"镇江市人民政府关于印发教育规划的通知\n\n镇政发〔2021〕{number}号\n\n到2025年，建成学校1{number}所。\n\n"
    for number in (3, 4)
)
LOCALES = {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}


@pytest.fixture(params=["zh", "en"])
def lang(request, monkeypatch):
    monkeypatch.setenv("LC_ALL", LOCALES[request.param])
    return request.param


@pytest.fixture
def read(tmp_path):
    """Read a text into ``o.csv``; gives what is said, without what is said of the figures."""

    def read(text, *arguments, answers=None, status=0):
        read.asked = "\n".join(answers) + "\n" if answers else None
        (tmp_path / "b.txt").write_text(text, encoding="utf-8")
        read.out.unlink(missing_ok=True)
        given = ("read", tmp_path / "b.txt", "--out", read.out, *arguments)
        result = CliRunner().invoke(app, [*map(str, given)], input=read.asked)
        assert result.exit_code == status, result.output
        lines = result.stdout.splitlines()
        figures = next(
            (k for k, line in enumerate(lines) if line.startswith(("读出 ", "2 figures", "1 figures"))), None
        )
        return lines[:figures]

    read.out = tmp_path / "o.csv"
    return read


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [*csv.DictReader(file)]


OWN = {
    "zh": "（未指明的取自文件；不对请用 --region、--year、--until）",
    "en": "(what was not given is the document's own; else --region, --year, --until)",
}


def test_how_a_document_was_understood_is_said_and_how_to_correct_it(read, lang):
    understood = {
        "zh": "镇江市“十四五”教育发展规划：镇江市，回顾 2020，规划到 2025",
        "en": "镇江市“十四五”教育发展规划: 镇江市, looks back on 2020, plans until 2025",
    }
    assert read(PLAN) == [understood[lang], OWN[lang]]
    given = {
        "zh": "某规划：丹阳市，回顾 2019，规划到 2024",
        "en": "某规划: 丹阳市, looks back on 2019, plans until 2024",
    }
    arguments = ("--region", "丹阳市", "--year", "2019")
    assert read(PLAN, *arguments, "--until", "2024", "--document", "某规划") == [given[lang]]
    assert len(read(PLAN, *arguments)) == 1
    assert read(PLAN, *arguments[:2])[1:] == read(PLAN, *arguments[2:])[1:] == [OWN[lang]]


def test_what_no_text_tells_and_a_region_that_none_is_called_are_said(read, lang):
    name, missing = {
        "zh": (
            "b.txt：?，回顾 ?",
            "从文中看不出标题（--document）、地区（--region）、年份（--year）；靠它的格留空，列为要看的",
        ),
        "en": (
            "b.txt: ?, looks back on ?",
            "the text does not tell the title (--document), the region (--region), the year (--year); "
            "cells that follow from it are empty, and to be looked at",
        ),
    }[lang]
    assert read("本地有幼儿园12所。\n") == [name, OWN[lang], missing]
    assert "--document" not in read("本地有幼儿园12所。\n", "--document", "公报")[-1]
    placed = {
        "zh": "行政区划里没有唯一的“没有县”；请用 --region 写全称，或在数据包 regions 中加上",
        "en": 'no one region is called "没有县": give its full name, or add it to regions',
    }
    assert read(PLAN, "--region", "没有县")[2:] == [placed[lang]]


def test_of_several_documents_in_a_file_each_is_named_without_a_region(read, lang):
    each = {
        "zh": "镇江市人民政府关于印发教育规划的通知：回顾 2020",
        "en": "镇江市人民政府关于印发教育规划的通知: looks back on 2020",
    }
    assert read(TWO)[:2] == [each[lang]] * 2
    refused = " ".join(read(TWO, "--document", "x", status=2))
    told = {"zh": "文件里有 2 份文件，不能都叫这个名字", "en": "the file holds 2: leave --document out"}
    assert told[lang] in refused and "b.txt" in refused and "--document" in refused and " x " in refused


def test_the_year_planned_until_is_not_before_the_one_looked_back_on(read, lang):
    refused = " ".join(read(PLAN, "--year", "2025", "--until", "2024", status=2))
    told = {"zh": "应不早于所回顾的 2025 年", "en": "expected no year before 2025, which is looked back on"}
    assert told[lang] in refused and "--until" in refused and "2024" in refused
    assert "2025" in read(PLAN, "--year", "2025", "--until", "2025")[0]


@pytest.fixture
def terminal(monkeypatch):
    """Somebody sits at a terminal, and answers."""
    ends = SimpleNamespace(
        stdin=SimpleNamespace(isatty=lambda: True), stdout=SimpleNamespace(isatty=lambda: True)
    )
    monkeypatch.setattr(reading, "sys", ends)
    return ends


ASKED = {
    "zh": ["地区 [镇江市]: ", "回顾的年份 [2020]: ", "规划到哪一年 [2025]: "],
    "en": ["Region [镇江市]: ", "The year it looks back on [2020]: ", "The last year it plans [2025]: "],
}


def test_at_a_terminal_what_was_not_given_is_asked_for_with_what_the_text_tells(read, terminal, lang):
    said = read(PLAN, answers=["", "", ""])
    assert [line for line in said if line in ASKED[lang]] == ASKED[lang] and OWN[lang] not in said
    assert "镇江市" in said[-1] and "2020" in said[-1] and "2025" in said[-1]
    changed = read(PLAN, answers=["丹阳市", "2019", "2024"])[-1]
    assert "丹阳市" in changed and "2019" in changed and "2024" in changed
    for given, left in (
        (("--region", "丹阳市"), (1, 2)),
        (("--year", "2019"), (0, 2)),
        (("--until", "2024"), (0, 1)),
    ):
        said = read(PLAN, *given, answers=["", ""])
        asked = [
            k
            for k, part in enumerate(ASKED[lang])
            if any(line.startswith(part.split("[")[0]) for line in said)
        ]
        assert tuple(asked) == left


def test_who_looks_back_on_a_part_of_a_year_is_not_asked_how_far_it_plans(read, terminal, monkeypatch):
    monkeypatch.setenv("LC_ALL", LOCALES["zh"])
    said = read(BULLETIN, answers=["", ""])
    assert "回顾的年份 [2025-01/2025-05]: " in said and said[-1].endswith("镇江市，回顾 2025-01/2025-05")
    assert not any(line.startswith("规划到哪一年") for line in said)
    half = read(BULLETIN, answers=["", "2024年上半年"])
    assert half[-1].endswith("镇江市，回顾 2024H1") and rows(read.out)[0]["region"] == "321100"
    unknown = read("本地有幼儿园12所。\n", answers=["", "2019"])
    assert unknown[:2] == ["地区 []: ", "回顾的年份 []: 2019"] and "回顾 2019" in unknown[2]


@pytest.mark.parametrize("end", ["stdin", "stdout"])
def test_nobody_is_asked_where_one_end_is_no_terminal(read, terminal, end):
    getattr(terminal, end).isatty = lambda: False
    assert "[" not in "".join(read(PLAN))


def test_nobody_is_asked_about_a_file_of_several_documents(read, terminal):
    assert "[" not in "".join(read(TWO))


@pytest.mark.parametrize(
    ("text", "year", "part"),
    [
        *(
            (text, 2020, "")
            for text in ("2020", "2020年", "2020年度", "2020全年", "2020年底", "2020年末", " 2020 ")
        ),
        *(("1999", 1999, ""), ("2020H1", 2020, "H1"), ("2020年h2", 2020, "H2"), ("2020Q4", 2020, "Q4")),
        *(("2020-01", 2020, "-01"), ("2020-12", 2020, "-12"), ("2020年 上半年", 2020, "H1")),
        *(("2020年三季度", 2020, "Q3"), ("2020年1—5月", 2020, "-01/-05")),
        *((None, None, ""), ("", None, "")),
    ],
)
def test_a_year_is_taken_with_the_part_of_it_that_is_named(text, year, part):
    assert reading._year("--year", text) == (year, part)


@pytest.mark.parametrize(
    "text", ["20", "1899", "2100", "2020H3", "2020Q5", "2020-00", "2020-13", "2020年好", "年"]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_no_year_is_told_with_its_option(text, lang):
    with pytest.raises(DataError) as error, language.using(lang):
        reading._year("--until", text)
    (finding,) = error.value.findings
    expected = "，如 2020、2020年上半年、2020Q3" if lang == "zh" else ", such as 2020, 2020H1 or 2020Q3"
    assert (finding.file, finding.value) == ("--until", text) and expected in finding.expected[lang]


@pytest.mark.parametrize(
    ("out", "zh", "en"),
    [
        ("d.txt", "--out 应为 .xlsx 或 .csv 文件：{}", "--out: expected a file in .xlsx or .csv: {}"),
        ("no/d.csv", "没有文件夹 {}", "no folder {}"),
        (
            "b.csv",
            "{} 已经存在，可能有人已在里面做了决定；请另起名或先移走",
            "{} is there already, and somebody may have decided in it: move it away",
        ),
    ],
)
def test_where_a_draft_cannot_go_is_said(read, tmp_path, lang, out, zh, en):
    (tmp_path / "b.csv").write_text("mine")
    read.out, place = tmp_path / "absent", tmp_path / out
    (line,) = read(PLAN, "--out", place, status=2)
    assert line.strip() == {"zh": zh, "en": en}[lang].format(place.parent if "no" in out else place)


def test_an_ending_may_be_in_capitals(read, tmp_path):
    read(PLAN, "--out", tmp_path / "B.CSV")
    assert len(rows(tmp_path / "B.CSV")) == 2


def test_a_promise_in_words_is_of_the_place_that_was_given_or_else_of_the_document(read, tmp_path):
    words = tmp_path / "o-words.csv"
    for given, region in ((("--region", "丹阳市"), "321181"), ((), "321100")):
        read(PLAN, *given)
        (row,) = rows(words)
        assert row["region"] == region and row["meaning"] == "basic"


def test_characters_on_scanned_pages_are_recognised_only_if_asked_for():
    usual = {name: one.default for name, one in inspect.signature(reading.read).parameters.items()}
    assert usual["ocr"] is False
    given = inspect.signature(reading.confirm).parameters
    assert (given["accept_certain"].default, given["write"].default) == (False, False)


@pytest.fixture
def decided(read, folder):
    """A draft of which a target and a figure are accepted for the package; what ``confirm`` says of it."""

    def confirm(*arguments, status=0):
        given = ("confirm", read.out, "--into", folder, *arguments)
        result = CliRunner().invoke(app, [*map(str, given)])
        assert result.exit_code == status, result.output
        return result.stdout.splitlines()

    def decide(decision="yes"):
        read(PLAN)
        drafted = rows(read.out)
        for row in drafted:
            row |= {"decision": decision, "indicator": "巩固率", "region": "532399"}
        with read.out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, drafted[0])
            writer.writeheader()
            writer.writerows(drafted)
        return confirm

    return decide


NEXT = {"zh": "接下来：plan-monitor adopt ", "en": "next: plan-monitor adopt "}


def test_after_figures_were_written_the_next_command_is_named(decided, folder, lang):
    confirm = decided()
    stored = (folder / "observations.csv").read_bytes()
    assert not any(line.startswith(NEXT[lang]) for line in confirm())
    assert (folder / "observations.csv").read_bytes() == stored
    assert confirm("--write")[-1] == f"{NEXT[lang]}{folder}"
    assert (folder / "observations.csv").read_bytes() != stored
    assert not any(line.startswith(NEXT[lang]) for line in confirm("--write"))  # a second time nothing is new


def test_what_needs_no_look_is_accepted_only_if_asked_for(decided, folder, lang):
    confirm = decided("")
    assert not any(line.startswith(NEXT[lang]) for line in confirm("--write"))
    assert confirm("--write", "--accept-certain")[-1] == f"{NEXT[lang]}{folder}"


def test_a_package_knows_the_indicators_and_the_region_that_a_document_names(read, folder):
    text = "2025年某县教育统计公报\n\n2025年，学前毛入园率99.3%。\n"
    for given, known in (((), ("", "某县")), (("--data", folder), ("preschool-rate", "532399"))):
        read(text, "--region", "某县", *given)
        (row,) = rows(read.out)
        assert (row["indicator"], row["region"]) == known


def test_a_package_that_is_none_is_told_with_its_findings(read, tmp_path):
    (tmp_path / "empty").mkdir()
    assert any("datapackage.yaml" in line for line in read(PLAN, "--data", tmp_path / "empty", status=2))
