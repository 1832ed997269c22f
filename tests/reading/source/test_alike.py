"""One document in several formats says the same."""

import pytest
from made_documents import BULLETIN, INDICATORS, PLAN, to_docx, to_html, to_pdf
from shown import alike, tables, texts

from plan_monitor.reading.source import read


@pytest.fixture(scope="module")
def formats(tmp_path_factory):
    folder = tmp_path_factory.mktemp("formats")
    made = {}
    for name, parts, columns, size in (("plan", PLAN, 1, 14), ("bulletin", BULLETIN, 2, 12)):
        page = folder / f"{name}.html"
        page.write_text(to_html(parts), encoding="utf-8")
        made[name] = [
            read(to_docx(folder / f"{name}.docx", parts)),
            read(page),
            read(to_pdf(folder / f"{name}.pdf", parts, columns, size)),
        ]
    return made


@pytest.mark.parametrize("name", ["plan", "bulletin"])
def test_the_same_passages_and_tables(formats, name):
    word, page, pdf = map(alike, formats[name])
    assert page == word
    assert pdf == word


def test_a_table_over_two_pages_is_one_and_its_labels_hold_for_all_their_rows(formats):
    (table,) = tables(formats["plan"][2])
    assert table[:2] == [
        ["领域", "指标", "单位", "年份", "", "属性"],
        ["", "", "", "2020年", "2025年目标", ""],
    ]
    assert [row[0][2:] for row in table[2:]] == [field for field, *_ in INDICATORS] * 4
    assert [row[1] for row in table[2:]] == [name for _, name, *_ in INDICATORS] * 4


def test_columns_are_read_one_after_the_other(formats):
    read_as = "".join(texts(formats["bulletin"][2]))
    assert read_as == "".join(part.text.replace(" ", "") for part in BULLETIN)
