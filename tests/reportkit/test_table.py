"""A table keeps its numbers: what it shows as HTML and Markdown, and what it holds as data."""

import json

import pytest
from bs4 import BeautifulSoup

from reportkit import language
from reportkit.table import TABLE, Column, table, unpack
from reportkit.words import figure, number

NAME = ("县", "County")


def cells(bundle):
    """Rows of the HTML: text and classes of each cell."""
    page = BeautifulSoup(bundle["text/html"], "html.parser")
    return [
        [(cell.get_text(), cell.get("class", [])) for cell in row.find_all("td")]
        for row in page.select("tbody tr")
    ]


def rows(bundle):
    return list(unpack(json.loads(json.dumps(bundle[TABLE]))))


def test_figures_are_numbers_with_format_and_sources(shown):
    table(
        ("人数", "People"),
        [
            Column(NAME, ["甲", "乙"]),
            Column(("人口", "People"), [number(1200.0), "–"], ids=[["o-1"], []]),
            Column(("占比", "Share"), [figure(12.5, "%"), figure(8.0, "%")]),
        ],
        basis=["d-1"],
    )
    (bundle,) = shown
    first, second = rows(bundle)
    assert [tuple(cell) for cell in first] == [
        ("甲", None, None, []),
        ("1,200", 1200.0, "#,##0", ["o-1"]),
        ("12.5 %", 12.5, '0.0" %"', ["o-1", "d-1"]),  # of all that its row names, and of the basis
    ]
    assert [tuple(cell) for cell in second] == [
        ("乙", None, None, []),
        ("–", None, None, []),
        ("8 %", 8.0, '0" %"', ["d-1"]),
    ]
    assert bundle[TABLE]["title"] == "人数" and bundle[TABLE]["headings"] == ["县", "人口", "占比"]
    assert cells(bundle)[0] == [("甲", []), ("1,200", ["number", "short"]), ("12.5 %", ["number", "short"])]
    assert "| 甲   | 1,200  | 12.5 % |" in bundle["text/markdown"]


def test_text_may_be_figures_as_well(shown):
    table(
        ("达标", "Met"), [Column(NAME, ["甲"]), Column(("项", "Items"), ["3/7"], figures=True)], basis=["s-1"]
    )
    ((_, met),) = rows(shown[0])
    assert (met.text, met.value, met.ids) == ("3/7", None, ["s-1"])
    assert cells(shown[0])[0][1] == ("3/7", ["number", "short"])


@pytest.mark.parametrize(
    ("lang", "same"),
    [
        ("zh", "（各行相同：判断 达到；各行均空：说明）"),
        ("en", " (same in all rows – Verdict: met; empty in all rows – Note)"),
    ],
)
def test_what_all_rows_have_alike_is_not_a_column(shown, lang, same):
    language.use(lang)
    columns = [
        Column(NAME, ["甲", "乙", "丙"]),
        Column(("判断", "Verdict"), [{"zh": "达到", "en": "met"}[lang]] * 3),
        Column(("人口", "People"), [number(5.0)] * 3, ids=[["o-1"]] * 3),  # a figure is a figure, also thrice
        Column(("说明", "Note"), ["–"] * 3),
    ]
    table(("表", "Table"), columns)
    assert BeautifulSoup(shown[0]["text/html"], "html.parser").find(class_="same").get_text() == same
    assert len(cells(shown[0])[0]) == 2
    table(("表", "Table"), [column._replace(cells=column.cells[:2], ids=None) for column in columns])
    assert len(cells(shown[1])[0]) == 4  # of two rows each may say it


def test_an_optional_column_needs_something_in_it(shown):
    for noted in ("", "see below"):
        table(("表", "Table"), [Column(NAME, ["甲"]), Column(("说明", "Note"), [noted], optional=True)])
    assert [len(cells(bundle)[0]) for bundle in shown] == [1, 2]


def test_no_rows_are_a_sentence(shown):
    table(("表", "Table"), [Column(NAME, [])])
    assert shown[0]["text/plain"] == "**表**：无数据。" and TABLE not in shown[0]


def test_marks_are_classes_and_text_is_escaped(shown):
    table(
        ("表", "Table"),
        [Column(NAME, ["<甲> | 乙"]), Column(("判断", "Verdict"), ["失守"], marks=["status-lost"])],
    )
    assert cells(shown[0])[0] == [("<甲> | 乙", []), ("失守", ["status-lost", "short"])]
    assert r"<甲> \| 乙" in shown[0]["text/markdown"]


def test_a_third_language_falls_back_to_english(shown):
    language.use("fr")
    people = {"zh": "人口", "en": "People", "fr": "Population"}
    table(("人数", "People"), [Column(NAME, ["A"]), Column(people, [number(5.0)])])
    assert shown[0][TABLE]["headings"] == ["County", "Population"] and shown[0][TABLE]["title"] == "People"
