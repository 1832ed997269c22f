"""Which rows, columns, tables and sentences of two reports are the same, whatever else changed."""

from reportkit.compare import matching, pairs
from reportkit.compare.content import Table, Text
from reportkit.table import Cell


def rows(*texts):
    """Rows of texts; what is a digit is a figure."""
    return [[Cell(text, float(text) if text.isdigit() else None, None, []) for text in row] for row in texts]


def test_rows_are_matched_by_their_name_and_of_one_name_by_what_they_have_in_common():
    assert matching.rows(rows("甲1", "乙2"), rows("乙3", "丙1", "甲1")) == [(1, 0), (None, 1), (0, 2)]
    assert matching.rows(rows("甲1", "甲2"), rows("甲2", "甲1")) == [(1, 0), (0, 1)]
    assert matching.rows(rows("甲x1", "甲y2"), rows("甲y3", "甲x4")) == [(1, 0), (0, 1)]
    assert matching.rows(rows("甲1x", "甲2y"), rows("甲2z", "甲1w")) == [(1, 0), (0, 1)]  # the second cell
    assert matching.rows(rows("甲1", "乙1"), rows()) == [(0, None), (1, None)]


def test_columns_are_matched_by_heading_and_several_of_one_in_their_order():
    assert matching.columns(["a", "b", "a"], ["a", "a", "c"]) == [(0, 0), (2, 1), (None, 2), (1, None)]


def test_tables_are_matched_by_section_title_and_headings_without_their_figures():
    def table(section, title, *headings):
        return Table(section, "", title, "", [*headings], [], False)

    def of(old, new):
        return matching.tables([old], [new])

    same = [(0, 0)]
    assert of(table("一", "2024 年", "a"), table("一", "2025.5 年", "b")) == same
    assert of(table("一", "进度", "a"), table("二", "进度", "b")) == same
    assert of(table("一", "进度", "a"), table("一", "目标", "a")) == same
    assert of(table("一", "进度", "a"), table("二", "目标", "a")) == [(None, 0), (0, None)]
    assert of(table("一", "进度", "a"), table("一", "目标", "b")) == [(None, 0), (0, None)]
    first, second = table("一", "进度", "a"), table("二", "进度", "a")
    assert matching.tables([first, second], [second, first]) == [(1, 0), (0, 1)]


def test_sentences_are_matched_where_they_are_alike_and_else_in_their_order():
    def text(section, words, source="", kind="sentence"):
        return Text(section, source, kind, words)

    old = [text("一", "共 3 项。"), text("一", "另有一项。")]
    assert matching.texts(old, [old[1], old[0]]) == [(1, 0), (0, 1)]
    assert matching.texts(old, [text("一", "新的。"), text("一", "共 4 项。")]) == [(1, 0), (0, 1)]
    assert matching.texts(old[:1], [text("二", "共 3 项。")]) == [(0, 0)]
    assert matching.texts(old[:1], [text("二", "共 4 项。")]) == [(None, 0), (0, None)]
    assert matching.texts(old[:1], [text("一", "共 3 项。", kind="answer")]) == [(None, 0), (0, None)]
    cells = [text("一", "甲。", "a"), text("一", "乙。", "b")]
    assert matching.texts(cells, [text("一", "丙。", "b"), text("一", "丁。", "a")]) == [(1, 0), (0, 1)]


def test_notebooks_of_a_folder_are_those_of_its_reports_and_of_no_earlier_edition(tmp_path):
    names = ("a.ipynb", "b/c.ipynb", "a.failed.ipynb", ".hidden/d.ipynb", "1.0/a.ipynb", "1.0/x/a.ipynb")
    for name in (*names, "1.0/manifest.json", "manifest.json", "a.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text('{"cells": [], "metadata": {}}')
    assert [*pairs.below(tmp_path)] == ["a.ipynb", "b/c.ipynb"]
    (tmp_path / "other").mkdir()
    (tmp_path / "other/a.ipynb").write_text('{"cells": [], "metadata": {}}')
    both = pairs.of_paths(tmp_path / "other", tmp_path / "b")
    assert [[content and content.name for content in pair] for pair in both] == [["a", None], [None, "c"]]
    (files,) = pairs.of_paths(tmp_path / "a.ipynb", tmp_path / "b/c.ipynb")
    assert [content.name for content in files] == ["a", "c"]
