"""Rows of tables on a page: by what a browser sorts them, and which cell stands where."""

import pytest
from lxml import html

from reportkit.formats import tables
from reportkit.table import Cell


def cell(text, value=None, shape=None):
    return Cell(text, value, shape, [])


def ranks(cells, states=()):
    """Ranks of the rows of a column, each marked with a state if there is one."""
    marks = [f" class='number status-{state}'" if state else "" for state in states or [""] * len(cells)]
    row = "".join(f"<td{mark}>x</td>" for mark in marks)
    return tables._ranks(tuple(html.fromstring(f"<table><tr>{row}</tr></table>").iter("td")), tuple(cells))


def test_figures_are_ordered_by_unit_and_then_by_value_and_equal_ones_are_equal():
    figures = [cell("9 %", 9.0, '0" %"'), cell("–"), cell("80 %", 80.0, '0" %"'), cell("9 %", 9.0, '0" %"')]
    assert ranks(figures) == "0 - 1 0"
    assert ranks([cell("2 人", 2.0, '0" 人"'), cell("9 %", 9.0, '0" %"')]) == "1 0"
    assert ranks([cell("-1", -1.0, "0"), cell("0", 0.0, "0")]) == "0 1"
    assert ranks([cell("5", 5.0, None), cell("＊")]) == "0 -"


def test_a_column_with_a_word_is_sorted_by_its_text():
    assert ranks([cell("9", 9.0, "0"), cell("无数据")]) == ""
    assert ranks([cell("–"), cell("–")]) == ""
    assert ranks([]) == ""


def test_states_are_ordered_from_the_worst_to_the_best_and_those_of_a_kind_by_their_words():
    words = [cell(word) for word in ("达成", "失守", "无数据", "偏慢", "未到期")]
    assert ranks(words, ["achieved", "lost", "", "slow", "not_due"]) == "4 0 2 1 3"
    assert ranks([cell("乙"), cell("丙")], ["slow", "slow"]) == "1 0"
    assert ranks([cell("甲"), cell("乙")], ["strange", "slow"]) == "1 0"
    assert ranks([cell("甲"), cell("乙")], ["kept", "achieved"]) == "0 1"


@pytest.mark.parametrize(
    ("shape", "unit"),
    [
        ('"≥ "0" %"', "%"),
        ('0.0" 亿元（2020）"', "亿元"),
        ('0" persons (2020)"', "persons"),
        ('+0.0" %";-0.0" %"', "%"),
        ("0.00", ""),
    ],
)
def test_the_unit_of_a_figure_is_read_from_how_a_spreadsheet_prints_it(shape, unit):
    assert tables._unit(shape) == unit


def long(rows, total=False, name="td"):
    """A table of so many rows, sorted; a name stands in front of each of its figures."""
    lines = [f"<tr><{name}>第{row}</{name}><td class='number'>{rows - row}</td></tr>" for row in range(rows)]
    if total:
        lines.append("<tr class='total'><td>合计</td><td class='number'>9</td></tr>")
    head = "<thead><tr><th>县</th><th>数</th></tr></thead>"
    body = html.fromstring(f"<div><table>{head}<tbody>{''.join(lines)}</tbody></table></div>")
    stored = [[f"第{row}", [str(rows - row), float(rows - row), "0", None]] for row in range(rows)]
    stored += [["合计", ["9", 9.0, "0", None]]] if total else []
    tables.frame(body)
    tables.sortable(body, [{"rows": stored, "sets": []}])
    return body


def test_a_table_of_more_than_fifteen_rows_is_long():
    assert not long(15).find_class("long") and not long(15).xpath("//@data-ranks")
    assert not long(15, total=True).find_class("long")
    (figure,) = long(16).find_class("long")
    assert figure.tag == "figure"
    assert figure.xpath(".//@data-ranks") == [" ".join(str(rank) for rank in reversed(range(16)))]
    assert long(16, total=True).xpath("//@data-ranks") == figure.xpath(".//@data-ranks")


def test_the_first_cell_of_a_row_names_it_unless_it_is_a_figure():
    body = long(2, total=True)
    assert [(row[0].tag, row[0].get("scope")) for row in body.iterfind(".//tbody/tr")] == [("th", "row")] * 3
    figures = html.fromstring("<div><table><tbody><tr><td class='number'>1</td></tr></tbody></table></div>")
    tables.frame(figures)
    tables.sortable(figures, [{"rows": [[["1", 1.0, "0", None]]], "sets": []}])
    assert figures.find(".//tbody/tr")[0].tag == "td"
    foreign = html.fromstring("<div><table><tbody><tr><td>a</td></tr></tbody></table></div>")
    tables.frame(foreign)
    tables.sortable(foreign, [None])
    assert foreign.find(".//tbody/tr")[0].tag == "td"


def texts(table):
    grid = tables.grid(html.fromstring(f"<table>{table}</table>"))
    return [[None if part is None else part.text for part in row] for row in grid]


def test_a_cell_over_several_rows_or_columns_is_in_each_of_them():
    assert texts("<tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>") == [["a", "b"], ["c", "d"]]
    spread = "<tr><td rowspan='2'>a</td><td colspan='2'>b</td></tr><tr><td>c</td><td>d</td></tr>"
    assert texts(spread) == [["a", "b", "b"], ["a", "c", "d"]]
    assert texts("<tr><td>a</td></tr><tr><td>b</td><td>c</td></tr>") == [["a", None], ["b", "c"]]
    assert texts("<tr><td rowspan='9'>a</td></tr><tr><td>b</td></tr>") == [["a", None], ["a", "b"]]
    assert texts("<tr><td colspan='0'>a</td><td rowspan='x'>b</td></tr>") == [["a", "b"]]
    assert texts("") == []
    assert [len(row) for row in texts("<tr><td colspan='1001'>a</td></tr>")] == [1000]


def test_a_chart_is_numbered_apart_from_the_tables():
    chart = "<figure class='chart'><figcaption>甲</figcaption></figure>"
    body = html.fromstring(
        f"<div>{chart}<figure class='chart'></figure><div class='brief'>{chart}</div></div>"
    )
    tables.frame(body)
    assert [(figure.get("id"), figure.text_content()) for figure in body.iter("figure")] == [
        ("f1", "图 1　甲"),
        ("f2", "图 2"),
        (None, "甲"),
    ]
