"""A document is read and put on a desk; what was decided before is taken up; the widget passes on."""

from pathlib import Path

import pytest

from plan_monitor.reading import confirm as confirming
from plan_monitor.reading import panel
from plan_monitor.reading.panel import opening
from plan_monitor.reading.panel.fields import EDITABLE
from reportkit import language
from reportkit.findings import DataError

TEXT = """示例县“十四五”教育规划（虚构）

到2020年，学前毛入园率达到89.5%，比2015年提高12.3个百分点。

到2025年，学前毛入园率达到95%以上，巩固率保持在98%，投资1.2亿元。
"""


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_document_is_on_the_desk_and_goes_on_where_it_was_left(document, folder):
    opened = panel.opened(document, data=folder, region="532399")
    desk = opened.desk
    shown = {TEXT[place : place + 2]: entry.row for place, entry in desk.entries.items()}
    assert list(shown) == ["89", "12", "95", "98", "1."]
    assert (shown["95"].indicator, shown["95"].period, shown["95"].role) == (
        "preschool-rate",
        "2025",
        "target",
    )
    first = desk.at
    desk.do("decide", first, decision="yes")
    desk.do("edit", desk.at, field="value", value="12.4")
    again = panel.opened(document, data=folder, region="532399").desk
    assert again.entries == desk.entries and again.at == desk.at != first
    assert again.ledger.path == document.with_name("plan-decisions.csv")


def test_what_was_decided_is_what_the_command_reads(document, folder, tmp_path):
    desk = panel.opened(document, tmp_path / "mine.csv", folder, region="532399").desk
    desk.do("accept", count=len(desk.certain()))
    desk.do("decide", desk.at, decision="no")
    read = {one.start: one for one in confirming.read(tmp_path / "mine.csv")}
    assert {place: one.decision for place, one in read.items()} == {
        place: entry.decision for place, entry in desk.entries.items()
    }


def test_a_draft_that_the_command_wrote_can_be_gone_on_with(document, folder, tmp_path):
    source, tables = opening.source.read(document), opening._tables(folder)
    drafted = confirming.draft(source, confirming.Given(region="532399"), tables)
    confirming.write(tmp_path / "draft.csv", drafted, drafted.rows.iloc[:0])
    desk = panel.opened(document, tmp_path / "draft.csv", folder).desk
    assert len(desk.entries) == len(drafted.rows)
    assert {entry.row.region for entry in desk.entries.values()} == {"532399"}  # as it was drafted there


def test_decisions_on_another_text_are_refused(document, folder):
    desk = panel.opened(document, data=folder).desk
    desk.do("decide", desk.at, decision="yes")
    document.write_text(TEXT.replace("到2020年", "截至2020年"), encoding="utf-8")
    with pytest.raises(DataError, match=r"plan-decisions\.csv"):
        panel.opened(document, data=folder)


@pytest.mark.parametrize(
    ("content", "said"), [(None, "没有这个文件"), (b"", "——"), (b"PK\x03\x04broken", "——")]
)
def test_what_is_no_document_is_refused_in_the_readers_language(tmp_path, folder, content, said):
    file = tmp_path / "plan.docx"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(DataError) as error:
        panel.opened(file, data=folder)
    (finding,) = error.value.findings
    assert said in finding.text() and finding.text().startswith(("plan.docx", str(file)))


def test_the_headline_counts_what_needs_a_look(document, folder, shown):
    opened = panel.opened(document, data=folder)
    panel.headline(opened)
    assert shown[-1]["text/plain"].startswith("**读出 5 个数字，")
    language.use("en")
    panel.headline(opened)
    assert shown[-1]["text/plain"].startswith("**5 figures were read; ")


def test_there_is_no_panel_where_nobody_is(document, folder, monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    panel.confirm(document, data=folder)
    assert shown == []
    monkeypatch.setenv("JPY_SESSION_NAME", "/home/somebody/confirm.ipynb")
    panel.confirm(document, data=folder)
    panel.confirm(panel.opened(document, data=folder))
    assert [type(one).__name__ for one in shown] == ["Panel", "Panel"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_widget_does_what_it_hears_and_shows_it(document, folder, lang):
    from plan_monitor.reading.panel.widget import Panel

    with language.using(lang):
        opened = panel.opened(document, data=folder)
        widget = Panel(opened)
    before = widget.view
    widget._handle_custom_msg({"do": "decide", "at": before["at"], "decision": "yes"}, [])
    assert widget.view["number"] > before["number"] and widget.view["at"] != before["at"]
    widget._handle_custom_msg({"do": "show", "at": before["at"], "order": "look"}, [])
    assert widget.view["shown"]["order"] == "look"
    texts = [*widget.words["texts"].values(), *widget.words["fields"].values()]
    assert any("\u4e00" <= letter <= "\u9fff" for text in texts for letter in text) == (lang == "zh")
    assert set(widget.words["fields"]) == set(EDITABLE)
    assert widget.words["lang"] == {"zh": "zh-CN", "en": "en"}[lang]


def test_the_browser_loads_nothing_from_elsewhere():
    for path in Path(opening.__file__).parent.glob("*.[jc]s*"):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text and "import(" not in text and "@import" not in text, path.name


UNDATED = "示例县“十四五”教育规划（虚构）\n\n一、发展基础\n\n小学12所。\n\n二、发展目标\n\n小学达到15所。\n"


@pytest.mark.parametrize(
    ("given", "periods"),
    [
        ({}, ["2020", "2021-2025"]),
        ({"year": 2022}, ["2022", "2021-2025"]),
        ({"until": 2024}, ["2020", "2021-2024"]),
    ],
)
def test_figures_without_a_time_are_of_the_years_given_or_of_those_of_the_title(
    document, folder, given, periods
):
    document.write_text(UNDATED, encoding="utf-8")
    opened = panel.opened(document, data=folder, **given)
    assert [entry.row.period for entry in opened.drafted] == periods


def test_a_decision_on_a_figure_that_is_not_drafted_any_more_stays(document, folder, tmp_path):
    first = panel.opened(document, tmp_path / "mine.csv", folder).desk
    for place in list(first.entries)[:2]:
        first.do("decide", place, decision="no")
    path = tmp_path / "mine.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    for at, place in ((1, "1"), (3, "2")):  # a decided one and one that is not, elsewhere
        lines[at] = f"{place},{lines[at].partition(',')[2]}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    entries = panel.opened(document, path, folder).desk.entries
    assert 1 in entries and 2 not in entries and list(entries) == sorted(entries)


def test_the_line_of_a_decision_on_another_text_is_told(document, folder, tmp_path):
    desk = panel.opened(document, tmp_path / "mine.csv", folder).desk
    desk.do("decide", desk.at, decision="yes")
    document.write_text(TEXT.replace("到2020年", "截至2020年"), encoding="utf-8")
    with pytest.raises(DataError) as error:
        panel.opened(document, tmp_path / "mine.csv", folder)
    (finding,) = error.value.findings
    assert (finding.file, finding.row, finding.column) == ("mine.csv", 2, "digest")
    assert len(finding.value) == 12


def test_the_headline_tells_figures_certain_ones_and_others(document, folder, shown):
    opened = panel.opened(document, data=folder)
    certain = len(opened.desk.certain())
    assert 0 < certain < 5
    panel.headline(opened)
    assert shown[-1]["text/plain"] == f"**读出 5 个数字，{certain} 个有把握，{5 - certain} 个有要看的栏。**"
