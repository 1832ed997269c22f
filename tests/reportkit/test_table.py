"""A table keeps its numbers: what it shows as HTML and Markdown, and what it holds as data."""

import json

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from reportkit import language
from reportkit.decimals import rounded
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
    table(("表", "Table"), [column._replace(cells=column.cells[:2], ids=()) for column in columns])
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


def of_column(bundle):
    return [row[1] for row in rows(bundle)]


def test_figures_to_be_compared_have_one_number_of_decimals_and_stay_what_they_are(shown):
    """Monthly income as three reports of a county printed it."""
    heading, values = ("收入（万元）", "Income"), [1900.31, 1524.38, 2373.247]
    table(("表", "Table"), [Column(NAME, ["甲", "乙", "丙"]), Column(heading, [number(v) for v in values])])
    assert [(cell.text, cell.value, cell.shape) for cell in of_column(shown[0])] == [
        ("1,900.31", 1900.31, "#,##0.00"),
        ("1,524.38", 1524.38, "#,##0.00"),
        ("2,373.25", 2373.247, "#,##0.00"),
    ]
    page = BeautifulSoup(shown[0]["text/html"], "html.parser")
    assert [cell.get("title") for cell in page.select("td")] == [None] * 5 + ["2,373.247"]


@pytest.mark.parametrize(
    ("cells", "mixed"),
    [
        ([figure(98.88, "%"), figure(98.0, "%")], False),  # quoted: the unit is in the cell
        ([number(98.88), number(98.0)], True),  # of two units: it stands in the row
        ([number(98.88).followed("（2020）"), number(98.0)], False),  # the time is in the cell
    ],
)
def test_a_quoted_figure_stays_as_its_source_prints_it(shown, cells, mixed):
    table(("表", "Table"), [Column(NAME, ["甲", "乙"]), Column(("数", "Figure"), cells, mixed=mixed)])
    assert [cell.text for cell in of_column(shown[0])] == cells


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([8.1, 7.0, 0.4], ["8.1", "7", "0.4"]),  # a growth of 0.4 % is not none
        ([-0.4, 12.0], ["-0.4", "12"]),
        ([100.9, 12.0], ["101", "12"]),  # 0.1 %
        ([50.5, 12.0], ["51", "12"]),  # 0.99 %
        ([49.5, 12.0], ["49.5", "12"]),  # 1.01 %
    ],
)
def test_no_figure_is_lost_to_its_column(shown, values, texts):
    names = list("甲乙丙")[: len(values)]
    table(("表", "Table"), [Column(NAME, names), Column(("数", "Figure"), list(map(number, values)))])
    assert [(cell.text, cell.value) for cell in of_column(shown[0])] == list(zip(texts, values, strict=True))


@given(st.lists(st.integers(-(10**7), 10**7), min_size=1, max_size=6), st.data())
def test_no_column_pads_a_figure_or_mixes_decimals_unless_one_would_be_lost(digits, data):
    places = [data.draw(st.integers(0, 4)) for _ in digits]
    values = [n / 10.0**p for n, p in zip(digits, places, strict=True)]
    bundles = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reportkit.table.display", lambda bundle, raw: bundles.append(bundle))
        cells = [number(v) for v in values]
        table(("表", "Table"), [Column(NAME, list(map(str, digits))), Column(("数", "Figure"), cells)])
    told = of_column(bundles[0])
    fewest = min(len(was.partition(".")[2]) for was in cells)
    if any(abs(rounded(value, fewest) - value) > 0.01 * abs(value) for value in values):
        assert [cell.text for cell in told] == cells
        return
    assert len({len(cell.text.partition(".")[2]) for cell in told}) == 1
    unit = 10.0 ** -len(told[0].text.partition(".")[2])
    for cell, was, value in zip(told, cells, values, strict=True):
        assert cell.value == value and len(cell.text) <= len(was)
        assert abs(float(cell.text.replace(",", "")) - value) <= unit / 2 * (1 + 1e-9)


def test_what_adds_up_has_a_last_row_with_its_sum(shown):
    columns = [
        Column(NAME, ["甲", "乙", "丙"]),
        Column(("年份", "Year"), ["2021", "2022", "2023"], figures=True),
        Column(
            ("投资", "Money"),
            [number(v) for v in (1.25, 2.5, 4.0)],
            ids=[["o-1"], ["o-2"], ["o-1"]],
            total=True,
        ),
        Column(("学校", "Schools"), [number(3.0), "–", number(4.0)], total=True),
    ]
    table(("表", "Table"), columns, basis=["d-1"])
    name, year, money, schools = rows(shown[0])[-1]
    assert (name.text, year.text, schools.text) == (
        "合计",
        "",
        "–",
    )  # one figure is missing, and so is the sum
    assert (money.text, money.value, money.shape, money.ids) == ("8", 7.75, "0", ["o-1", "o-2"])
    page = BeautifulSoup(shown[0]["text/html"], "html.parser")
    assert [row.get("class") for row in page.select("tbody tr")] == [None, None, None, ["total"]]
    assert cells(shown[0])[-1][2] == ("8", ["number", "short"])


def test_figures_with_their_units_have_no_sum(shown):
    columns = [
        Column(NAME, ["甲", "乙"]),
        Column(("数", "Figure"), [figure(1.0, "%"), figure(2.0, "人")], total=True),
    ]
    with pytest.raises(ValueError, match="do not add up"):
        table(("表", "Table"), columns)


def test_a_single_row_needs_no_sum(shown):
    table(("表", "Table"), [Column(NAME, ["甲"]), Column(("数", "Figure"), [number(1.0)], total=True)])
    assert [cell.text for cell in rows(shown[0])[-1]] == ["甲", "1"]


@pytest.mark.parametrize(("length", "classes"), [(16, ["short"]), (17, [])])
def test_texts_of_a_column_stay_on_one_line_if_none_is_longer_than_sixteen_characters(shown, length, classes):
    table(("表", "Table"), [Column(NAME, ["甲", "乙"]), Column(("注", "Note"), ["x", "y" * length])])
    assert [row[1][1] for row in cells(shown[0])] == [classes] * 2


def test_a_column_of_figures_may_have_gaps_and_hidden_figures_and_one_with_a_word_is_of_texts(shown):
    for other, figures in (("–", True), ("＊", True), ("", False), ("无数据", False)):
        table(("表", "Table"), [Column(NAME, ["甲", "乙"]), Column(("数", "Figure"), [number(5.0), other])])
        assert [("number" in row[1][1]) for row in cells(shown[-1])] == [figures] * 2


def test_columns_of_several_units_are_named_by_their_number(shown):
    columns = [Column(NAME, ["甲", "乙"]), Column(("数", "Figure"), [number(5.0), number(6.0)])]
    table(("表", "Table"), [*columns, columns[1]._replace(mixed=True)])
    assert shown[0][TABLE]["mixed"] == [2]
    table(("表", "Table"), columns)
    assert "mixed" not in shown[1][TABLE]


def test_rows_that_many_figures_come_from_are_stored_once(shown):
    figures = Column(
        ("数", "Figure"), [number(5.0), number(6.0), number(7.0)], [["b", "a"], ["c"], ["b", "a"]]
    )
    table(("表", "Table"), [Column(NAME, ["甲", "乙", "丙"]), figures])
    assert shown[0][TABLE]["sets"] == [["b", "a"], ["c"]]
    assert [row[1][3] for row in shown[0][TABLE]["rows"]] == [0, 1, 0]


def same(shown, *columns):
    table(("表", "Table"), [Column(NAME, ["甲", "乙", "丙"]), *columns])
    return BeautifulSoup(shown[-1]["text/html"], "html.parser").select_one("caption .same")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "（各行相同：判断 达到；级别 县；各行均空：说明、备注）"),
        ("en", " (same in all rows – Verdict: 达到; Level: 县; empty in all rows – Note, Remark)"),
    ],
)
def test_several_columns_of_which_each_is_alike_are_listed(shown, lang, text):
    language.use(lang)
    alike = [("判断", "Verdict"), ("级别", "Level"), ("说明", "Note"), ("备注", "Remark")]
    cells = (["达到"] * 3, ["县"] * 3, ["–"] * 3, [""] * 3)
    made = same(shown, *(Column(heading, texts) for heading, texts in zip(alike, cells, strict=True)))
    assert made.get_text() == text


def test_a_column_stays_where_one_row_differs_or_has_rows_of_its_own(shown):
    heading = ("判断", "Verdict")
    assert same(shown, Column(heading, ["达到", "达到", "不足"])) is None
    assert same(shown, Column(heading, ["达到"] * 3, ids=[["o-1"], [], []])) is None
    assert same(shown, Column(heading, ["–"] * 3, ids=[["o-1"], [], []])) is not None
    assert same(shown, Column(heading, ["达到"] * 3)) is not None
