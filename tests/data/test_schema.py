"""The cells of a table held against its schema: what is said of each that does not fit, and rows that are there twice."""

import pandas as pd
import pytest

from plan_monitor.data import schema
from plan_monitor.settle.parts import Part
from reportkit.wrong_cells import Findings, in_columns


def part(columns, *, name="t", table="t", **described):
    """A file of a table, its rows counted from 2; all columns are text."""
    described.setdefault("fields", [{"name": column, "type": "string"} for column in columns])
    rows = len(next(iter(columns.values())))
    frame = pd.DataFrame(columns, range(2, rows + 2), dtype="str")
    return Part(table, f"{name}.csv", frame, described, True)


def found(wrong):
    return [(one.file, one.row, one.value, one.expected["en"]) for one in Findings(in_columns(wrong))]


def of_cells(field, *cells, **described):
    """Rows, values and messages of the cells of one column that do not fit."""
    wrong = schema.typed(part({field["name"]: list(cells)}, fields=[field], **described))[1]
    return [(row, value, message) for _, row, value, message in found(wrong)]


@pytest.mark.parametrize(
    ("field", "fitting", "misfit", "expected"),
    [
        ({"type": "number"}, ("0", "-1.5"), ("x", "1,5"), "a number"),
        ({"type": "integer"}, ("0", "-7"), ("1.5",), "a whole number"),
        ({"type": "number", "constraints": {"minimum": 0}}, ("0",), ("-0.5",), "a number of at least 0"),
        ({"type": "integer", "constraints": {"maximum": 5}}, ("5", "-9"), ("6",), "a whole number of at most 5"),
        (
            {"type": "number", "constraints": {"minimum": 0, "maximum": 100}}, ("0", "100"), ("-1", "100.5", "x"),
            "a number of at least 0 and at most 100",
        ),
        ({"type": "string", "constraints": {"enum": ["A", "B"]}}, ("A", "B"), ("C", "a"), "one of: A, B"),
        ({"type": "string", "constraints": {"pattern": "[a-z]+"}}, ("a",), ("A", "a1"), "the form [a-z]+"),
        (
            {"type": "string", "constraints": {"minLength": 2}}, ("ab",), ("a",),
            "what Table Schema calls string, minLength 2",
        ),
        ({"type": "string", "format": "uri"}, ("https://example.org",), ("x",), "what Table Schema calls string, uri"),
        ({"type": "string"}, ("any", "1"), (), ""),
    ],
)  # fmt: skip
def test_a_cell_that_does_not_fit_is_told_what_would(field, fitting, misfit, expected):
    told = of_cells({"name": "cell", **field}, *fitting, *misfit)
    first = len(fitting) + 2
    assert told == [(row, cell, f"expected {expected}") for row, cell in enumerate(misfit, start=first)]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"constraints": {"pattern": "[0-9]{4}"}}, "2020"),
        ({"constraints": {"pattern": "[0-9]{4}(-[0-9]{2}|Q[1-4])?"}}, "2020, 2020-06, 2020Q3"),
        ({"constraints": {"pattern": "[0-9]{4}"}, "example": "2025"}, "2025"),
    ],
)
def test_a_period_is_told_by_examples_that_would_fit(more, expected):
    told = of_cells({"name": "base_period", "type": "string", **more}, "soon")
    assert told == [(2, "soon", f"expected a period such as {expected}")]


def test_an_id_is_there_and_once():
    twice, empty = (
        "expected a unique id; row 2 has the same",
        "expected a value; this column may not be empty",
    )
    field = {"name": "id", "type": "string"}
    cells = ("a", "b", "a", None, "a")
    assert of_cells(field, *cells, primaryKey="id") == [(4, "a", twice), (5, None, empty), (6, "a", twice)]
    assert of_cells(field, *cells, primaryKey=["id", "year"]) == []
    assert of_cells(field, *cells) == []
    assert of_cells(field | {"constraints": {"unique": True}}, *cells) == [(4, "a", twice), (6, "a", twice)]
    assert of_cells(field | {"constraints": {"required": True}}, *cells) == [(5, None, empty)]


def test_numbers_become_numbers_and_what_is_empty_none():
    fields = [{"name": "value", "type": "number"}, {"name": "id", "type": "string"}]
    typed, wrong = schema.typed(part({"value": ["1.5", None, "-2"], "id": ["1", "2", None]}, fields=fields))
    assert wrong == [] and typed.frame["value"].fillna(-99).tolist() == [1.5, -99, -2]
    assert typed.frame["id"].fillna("").tolist() == ["1", "2", ""]


def test_rows_of_one_key_are_told_over_all_files_of_a_table():
    one = part({"region": ["甲", "乙"], "year": ["2020", "2020"]}, primaryKey=["region", "year"])
    other = part(
        {"region": ["甲", "乙", "丙"], "year": ["2021", "2020", None]},
        name="u",
        primaryKey=["region", "year"],
    )
    expected = "expected one row for each region · year; row 3 of t.csv has the same"
    assert found(schema.keys({"t": one, "u": other})) == [("u.csv", 3, "乙 · 2020", expected)]
    assert schema.keys({"t": one}) == []
    own = part({"region": ["甲", "甲"], "year": ["2020", "2020"]}, primaryKey=["region", "year"])
    assert [row for _, row, *_ in found(schema.keys({"t": own}))] == [3]
    gaps = part({"region": ["甲", "甲"], "year": [None, None]}, primaryKey=["region", "year"])
    assert schema.keys({"t": gaps}) == []


def test_rows_that_others_quote_by_their_id_alone_have_ids_of_their_own():
    """Where they stand in a document, whatever their table; other tables count for themselves."""
    targets = part({"id": ["a", "b"], "document": ["d", "d"]}, name="targets", table="targets")
    actuals = part({"id": ["c", "a"], "document": ["d", "d"]}, name="actuals", table="actuals")
    regions = part({"id": ["a"], "name": ["甲"]}, name="regions", table="regions")
    documents = part({"id": ["d", "b"]}, name="documents", table="documents")
    parts = {one.table: one for one in (targets, actuals, regions)}
    assert [(file, row, value) for file, row, value, _ in found(schema.keys(parts))] == [
        ("actuals.csv", 3, "a")
    ]
    quoted = found(schema.keys({"documents": documents, "targets": targets}))
    assert [(file, row, value) for file, row, value, _ in quoted] == [("targets.csv", 3, "b")]


def test_a_cell_that_names_a_row_names_one_that_is_there():
    reference = [{"fields": ["above"], "reference": {"resource": "", "fields": ["id"]}}]
    own = part({"id": ["a", "b", "c"], "above": [None, "a", "z"]}, foreignKeys=reference)
    expected = "expected an id listed in t.csv"
    assert found(schema.keys({"t": own})) == [("t.csv", 4, "z", expected)]
    unread = own._replace(readable=False)
    assert schema.keys({"t": unread}) == []


@pytest.mark.parametrize(
    ("field", "fitting", "misfit"),
    [
        # what a quick test refuses is looked at more closely
        ({"type": "number", "constraints": {"enum": [1.5, 2]}}, ("1.5", "2", "2.0"), ("3",)),
        ({"type": "number"}, ("1", "+5", "1e3"), ("x",)),
        ({"type": "number", "constraints": {"minimum": 0, "maximum": 10}}, ("0", "10", "+5"), ("+11", "-1")),
        ({"type": "string", "constraints": {"enum": ["A"]}, "missingValues": ["-"]}, ("A", "-"), ("C",)),
        (
            {"type": "string", "constraints": {"pattern": "[a-z]+"}, "missingValues": ["-"]},
            ("a", "-"),
            ("A", "="),
        ),
        ({"type": "string", "constraints": {"pattern": "[a-z]+", "maxLength": 2}}, ("a", "ab"), ("abc", "A")),
    ],
)
def test_a_cell_that_is_written_out_of_the_ordinary_fits_where_table_schema_lets_it(field, fitting, misfit):
    told = of_cells({"name": "cell", **field}, *fitting, *misfit)
    assert [(row, value) for row, value, _ in told] == [*enumerate(misfit, start=len(fitting) + 2)]


def test_an_empty_cell_is_missed_by_the_title_of_its_column():
    field = {"name": "id", "title": "编号", "type": "string", "constraints": {"required": True}}
    for one, title in ((field, "编号"), ({**field, "title": "id"}, "id")):
        (finding,) = Findings(in_columns(schema.typed(part({"id": ["a", None]}, fields=[one]))[1]))
        assert finding.expected["zh"] == f"必填（{title}）"
    del field["title"]
    (finding,) = Findings(in_columns(schema.typed(part({"id": ["a", None]}, fields=[field]))[1]))
    assert finding.expected["zh"] == "必填（id）"


def test_messages_are_in_chinese_too():
    def chinese(field, cell):
        field = {"name": "cell", **field}
        (finding,) = Findings(in_columns(schema.typed(part({"cell": [cell]}, fields=[field]))[1]))
        return finding.expected["zh"]

    assert chinese({"type": "integer"}, "x") == "应为整数"
    bounds = {"minimum": 0, "maximum": 9}
    assert chinese({"type": "number", "constraints": bounds}, "10") == "应为不小于 0、不大于 9 的数字"
    assert chinese({"type": "string", "constraints": {"enum": ["A", "B"]}}, "C") == "应为以下之一：A, B"
    assert chinese({"type": "string", "constraints": {"pattern": "a+"}}, "b") == "应符合格式 a+"
    assert chinese({"type": "string", "format": "uri"}, "b") == "应符合 Table Schema 的规定：string, uri"
    required = {"required": True, "minLength": 2}
    assert chinese({"type": "string", "constraints": required}, "b").endswith("的规定：string, minLength 2")


def test_a_key_of_one_column_is_checked_with_its_file_and_over_several_files():
    one, other = (part({"id": ["a", "b"]}, name=name, primaryKey="id") for name in ("t", "u"))
    twice = part({"id": ["a", "a"]}, primaryKey="id")
    assert schema.keys({"t": twice}) == []  # as it is told when its types are
    expected = "expected one row for each id; row 2 of t.csv has the same"
    assert found(schema.keys({"t": one, "u": other}))[0] == ("u.csv", 2, "a", expected)
    assert len(schema.keys({"t": one, "u": other})) == 2


def test_the_first_file_of_a_table_says_which_columns_are_its_key():
    own = part({"region": ["甲"], "year": ["2020"]}, primaryKey=["region", "year"])
    sheet = part({"region": ["甲"], "year": ["2020"]}, name="u")
    assert [row for _, row, *_ in found(schema.keys({"t": own, "u": sheet}))] == [2]
    assert schema.keys({"u": sheet, "t": own}) == []


def test_a_repeated_row_is_told_at_the_last_column_of_its_key():
    cells = {"region": ["乙", "甲", "甲", None, None], "year": ["2020"] * 5, "type": ["x"] * 5}
    wrong = schema.keys({"t": part(cells, uniqueKeys=[["region", "year", "type"]])})
    (finding,) = Findings(in_columns(wrong))
    assert (finding.row, finding.column, finding.value) == (4, "type", "甲 · 2020 · x")
    key = "region · year · type"
    assert finding.expected["zh"] == f"同一 {key} 只应有一行，与 t.csv 第 3 行重复"


def test_every_column_of_a_reference_names_what_is_there():
    reference = {"fields": ["region", "year"], "reference": {"resource": "p", "fields": ["code", "period"]}}
    parents = part({"code": ["1"], "period": ["2020"]}, name="p", table="p")
    own = part({"region": ["1", "2"], "year": ["2021", "2020"]}, foreignKeys=[reference])
    assert [(row, value) for _, row, value, _ in found(schema.keys({"p": parents, "t": own}))] == [
        *((2, "2021"), (3, "2")),
    ]


@pytest.mark.parametrize(
    ("named", "rows"), [(["z", "z"], [2, 3]), (["a", "z"], [3]), (["a", "b"], []), ([None, "z"], [3])]
)
def test_each_id_that_is_not_there_is_told_whether_others_are_or_not(named, rows):
    reference = [{"fields": ["above"], "reference": {"resource": "t", "fields": ["id"]}}]
    own = part({"id": ["a", "b"], "above": named}, foreignKeys=reference)
    assert [row for _, row, *_ in found(schema.keys({"t": own}))] == rows
