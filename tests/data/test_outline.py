"""A descriptor that somebody edited: the first thing that is wrong with it is said, with its place."""

import json
from copy import deepcopy

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from examples import up_to
from plan_monitor import check
from plan_monitor.cli import app
from plan_monitor.data.descriptor import read_descriptor
from plan_monitor.data.outline import flaws
from reportkit.language import using

FIELD = ("schema", "fields", 2)  # of targets: indicator
KEY = ("schema", "foreignKeys", 0)
GONE = object()
# where in the resource ``targets``, what stands there instead, and what is said of it
EDITED = [
    ((), "x", '4: "x" – expected a mapping of names to values'),
    (("name",), GONE, "4: – expected an entry that has name"),
    (("name",), "documents", 'documents: "documents" – expected a name of its own'),
    (("path",), GONE, "targets: – expected an entry that has path"),
    (("path",), ["a.csv"], "targets › path: – expected text"),
    (("path",), "", 'targets › path: "" – expected something; it is empty'),
    (("table",), ["targets"], "targets › table: – expected text"),
    (("schema",), "targets.json", 'targets › schema: "targets.json" – expected a mapping'),
    (("schema", "fields"), GONE, "targets › schema: – expected an entry that has fields"),
    (("schema", "fields"), None, 'targets › schema › fields: "null" – expected a list'),
    (("schema", "fields"), [], "targets › schema › fields: – expected something; it is empty"),
    (FIELD, "indicator", 'targets › schema › fields › 3: "indicator" – expected a mapping'),
    (FIELD, {"name": "id", "type": "string"}, 'targets › schema › fields: "id" – expected a name of its own'),
    ((*FIELD, "name"), GONE, "targets › schema › fields › 3: – expected an entry that has name"),
    ((*FIELD, "name"), 2020, 'targets › schema › fields › 3 › name: "2020" – expected text'),
    ((*FIELD, "type"), GONE, "targets › schema › fields › indicator: – expected an entry that has type"),
    ((*FIELD, "type"), "datum", 'indicator › type: "datum" – expected one of: string, number'),
    ((*FIELD, "title"), 2020, 'indicator › title: "2020" – expected text'),
    ((*FIELD, "constraints"), ["required"], "indicator › constraints: – expected a mapping"),
    ((*FIELD, "constraints"), {"required": "no"}, 'constraints › required: "no" – expected true or false'),
    ((*FIELD, "constraints"), {"enum": "a, b"}, 'constraints › enum: "a, b" – expected a list'),
    ((*FIELD, "constraints"), {"pattern": "("}, 'pattern: "(" – expected a regular expression'),
    ((*FIELD, "constraints"), {"minimum": True}, 'minimum: "true" – expected a number or text'),
    (FIELD, {"name": "n", "type": "number", "constraints": {"minimum": "a"}}, 'minimum: "a" – expected a n'),
    ((*FIELD, "constraints"), {"minimum": 3}, 'fields › indicator: – expected a field of Table Schema: constraint'),
    ((*FIELD, "constraints"), {"minLength": "a"}, "fields › indicator: – expected a field of Table Schema: 'a' is"),
    ((*FIELD, "constraints"), {"enum": [2020]}, 'enum › 1: "2020" – expected text'),
    ((*FIELD, "constraints"), {"enum": [["a"]]}, "enum › 1: – expected text"),
    ((*FIELD, "format"), "shouted", "fields › indicator: – expected a field of Table Schema: 'shouted' is not"),
    (("schema", "primaryKey"), "nr", 'targets › schema › primaryKey: "nr" – expected a field of the table: id,'),
    (("schema", "uniqueKeys"), [["id", "nr"]], 'targets › schema › uniqueKeys: "nr" – expected a field'),
    ((*KEY, "fields"), "document", "targets › schema › foreignKeys › 1 › fields: \"document\" – expected a list"),
    ((*KEY, "fields"), ["nr"], 'targets › schema › foreignKeys: "nr" – expected a field of the table'),
    ((*KEY, "reference"), GONE, "foreignKeys › 1: – expected an entry that has reference"),
    ((*KEY, "reference", "fields"), ["nr"], 'foreignKeys: "nr" – expected a field of the table'),
    ((*KEY, "reference", "resource"), "papers", 'foreignKeys: "papers" – expected a resource of the package'),
    (("dialect",), "xlsx", 'targets › dialect: "xlsx" – expected a mapping'),
    (("dialect",), {"sheet": 3}, 'targets › dialect › sheet: "3" – expected text'),
]  # fmt: skip


def edited(folder, place, value):
    """Let something stand at a place of the descriptor, or nothing."""
    path, descriptor = folder / "datapackage.yaml", deepcopy(read_descriptor(folder))
    at = descriptor["resources"]
    place = ([one["name"] for one in at].index("targets"), *place)
    for step in place[:-1]:
        at = at[step]
    if value is GONE:
        del at[place[-1]]
    else:
        at[place[-1]] = value
    path.write_text(json.dumps(descriptor), encoding="utf-8")  # which is YAML too


@pytest.mark.parametrize(("place", "value", "said"), EDITED)
def test_what_is_wrong_with_a_descriptor_is_said_with_its_place(folder, place, value, said):
    edited(folder, place, value)
    findings = check(folder)
    with using("en"):
        assert said in findings[0].text()
        assert findings[0].text().startswith("datapackage.yaml · ")
    with using("zh"):
        assert "应为" in findings[0].text()


@pytest.mark.parametrize(
    ("table", "column"), [("regions", "level"), ("targets", "kind"), ("observations", "comparator")]
)
def test_a_column_that_the_library_reads_is_missed(folder, table, column):
    """Where a descriptor and the file that it describes both leave it out."""
    path, descriptor = folder / f"{table}.csv", deepcopy(read_descriptor(folder))
    schema = next(one["schema"] for one in descriptor["resources"] if one["name"] == table)
    schema["fields"] = [field for field in schema["fields"] if field["name"] != column]
    (folder / "datapackage.yaml").write_text(json.dumps(descriptor), encoding="utf-8")
    pd.read_csv(path, dtype="str").drop(columns=column).to_csv(path, index=False)
    for code, said in (("zh", "还应有库所读的列"), ("en", "expected, too, what the library reads")):
        result = CliRunner().invoke(app, ["check", str(folder), "--lang", code])
        assert result.exit_code == 2
        line = " ".join(result.output.split())
        assert f"datapackage.yaml · {table} › schema › fields" in line
        assert said in line and column in line
    assert len(check(folder)) == 1


@pytest.mark.parametrize("text", ["", "3", "[]", "targets", "resources:", "resources: targets.csv"])
def test_what_is_no_descriptor_at_all(folder, text):
    (folder / "datapackage.yaml").write_text(text, encoding="utf-8")
    assert [finding.file.split(" · ")[0] for finding in check(folder)] == ["datapackage.yaml"]


def test_the_command_ends_with_2_and_names_the_place(folder):
    edited(folder, (*FIELD, "name"), GONE)
    result = CliRunner().invoke(app, ["check", str(folder)])
    assert result.exit_code == 2
    assert "datapackage.yaml · targets › schema › fields › 3" in " ".join(result.output.split())


def test_a_field_needs_no_title(folder):
    """Nor where a cell of it is empty that may not be."""
    edited(folder, FIELD, {"name": "indicator", "type": "string", "constraints": {"required": True}})
    path = folder / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("preschool-rate", "", 1), encoding="utf-8")
    assert [(finding.row, finding.column) for finding in check(folder)] == [(2, "indicator")]


@settings(max_examples=up_to(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_stands_at_any_place_is_read_or_said(folder, data):
    """Nothing that YAML can say in a descriptor's place ends in anything but findings."""
    path = folder / "datapackage.yaml"
    before = path.read_bytes()
    descriptor = at = deepcopy(read_descriptor(folder))
    for _ in range(data.draw(st.integers(1, 8))):
        step = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        within, at = at, at[step]
        if not isinstance(at, dict | list) or not at:
            break
    within[step] = data.draw(
        st.sampled_from([None, 3, 2.5, True, "", "x", [], ["x"], [3], {}, {"x": 1}, [{}], [[]]])
    )
    path.write_text(json.dumps(descriptor), encoding="utf-8")  # which is YAML too
    try:
        findings = check(folder)
    finally:
        path.write_bytes(before)
    assert all(finding.text() for finding in findings)


def small(**changed):
    """A descriptor of one table with one column, its names as short as names can be; ``t`` is no table of ours."""
    field = {"name": "a", "type": "string", "constraints": {"enum": ["x"]}}
    key = {"fields": ["a"], "reference": {"resource": "", "fields": ["a"]}}
    schema = {"fields": [field], "primaryKey": "a", "uniqueKeys": [["a"]], "foreignKeys": [key]}
    return {"resources": [{"name": "t", "path": "t", "schema": schema | changed}]}


def told(descriptor):
    return [(one.file, one.value, one.expected["zh"], one.expected["en"]) for one in flaws(descriptor)]


def test_the_smallest_package_has_no_flaw():
    assert told(small()) == []


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"fields": []}, "fields"),
        ({"fields": [{"name": "", "type": "string"}]}, "fields › 1 › name"),
        (
            {"fields": [{"name": "a", "type": "string", "constraints": {"enum": []}}]},
            "fields › a › constraints › enum",
        ),
        ({"uniqueKeys": [[]]}, "uniqueKeys › 1"),
        ({"primaryKey": [""]}, "primaryKey › 1"),
    ],
)
def test_what_must_not_be_empty_is_told_at_its_place(changed, place):
    value = "" if place.endswith(("name", "primaryKey › 1")) else None
    empty = ("应为非空", "expected something; it is empty")
    assert told(small(**changed)) == [(f"datapackage.yaml · t › schema › {place}", value, *empty)]


def test_places_begin_with_the_table_and_what_has_no_name_has_a_number():
    unnamed = {"path": "a.csv", "schema": small()["resources"][0]["schema"]}
    missing = ("应为带有 name 的条目", "expected an entry that has name")
    second = {"resources": [*small()["resources"], unnamed]}
    assert told(second) == [("datapackage.yaml · 2", None, *missing)]
    numbered = {"resources": [unnamed | {"name": 2020}]}
    assert told(numbered) == [("datapackage.yaml · 1 › name", "2020", "应为文字", "expected text")]
    assert told({"resources": "t"}) == [("datapackage.yaml · resources", "t", "应为列表", "expected a list")]
    assert told("t") == [
        ("datapackage.yaml", "t", "应为名称与值的对应（映射）", "expected a mapping of names to values")
    ]


def test_keys_that_name_nothing_are_told_in_both_languages():
    key = {"fields": ["a"], "reference": {"resource": "none", "fields": ["a"]}}
    place = "datapackage.yaml · t › schema › "
    assert told(small(foreignKeys=[key])) == [
        (f"{place}foreignKeys", "none", "应为数据包中的资源：t", "expected a resource of the package: t")
    ]
    unknown = ("应为表中的列：a", "expected a field of the table: a")
    assert told(small(primaryKey=["a", "b"])) == [(f"{place}primaryKey", "b", *unknown)]
    assert told(small(uniqueKeys=[["a"], ["c"]])) == [(f"{place}uniqueKeys", "c", *unknown)]
    twice = [{"name": "a", "type": "string"}] * 2
    assert told(small(fields=twice)) == [
        (
            f"{place}fields",
            "a",
            "应为不同的名称；另一列也叫此名",
            "expected a name of its own; another field has it",
        )
    ]
    resources = small()["resources"] * 2
    assert told({"resources": resources})[0] == (
        *("datapackage.yaml · t", "t", "应为不同的名称；另一资源也叫此名"),
        "expected a name of its own; another resource has it",
    )
