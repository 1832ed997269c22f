"""Whether a package can be read by its descriptor: its shape, and whether its keys name what exists.

Not the whole standard: only fields out of the ordinary are shown to Frictionless, which is slow to import.
"""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import fastjsonschema

from plan_monitor.data.columns import READ
from plan_monitor.data.descriptor import DESCRIPTOR
from reportkit.findings import Finding

# of Table Schema 1 and 2; a cell of those that are no number stays text once it was checked
_TYPES = (
    *("string", "number", "integer", "boolean", "object", "array", "date", "time", "datetime", "year"),
    *("yearmonth", "duration", "geopoint", "geojson", "list", "any"),
)
_NAME, _TITLE = {"type": "string", "minLength": 1}, {"type": "string"}
_NAMES = {"type": "array", "items": _NAME, "minItems": 1}
_LIMIT = {"type": ["number", "string"]}
_CONSTRAINTS = {
    "type": "object",
    "properties": {
        "required": {"type": "boolean"},
        "unique": {"type": "boolean"},
        "enum": {"type": "array", "minItems": 1, "items": {"type": ["string", "number", "boolean"]}},
        "pattern": {"type": "string", "format": "regex"},
        "minimum": _LIMIT,
        "maximum": _LIMIT,
    },
}
_FIELD = {
    "type": "object",
    "required": ["name", "type"],
    "properties": {
        "name": _NAME,
        "type": {"enum": [*_TYPES]},
        "title": _TITLE,
        "constraints": _CONSTRAINTS,
    },
    "allOf": [
        {
            "if": {"properties": {"type": {"enum": ["number", "integer"]}}},
            "then": {
                "properties": {
                    "constraints": {
                        "properties": {"minimum": {"type": "number"}, "maximum": {"type": "number"}}
                    }
                }
            },
        },
        {
            "if": {"properties": {"type": {"enum": ["string"]}}},
            "then": {"properties": {"constraints": {"properties": {"enum": {"items": {"type": "string"}}}}}},
        },
    ],
}
# properties and constraints of ordinary fields, of which the shape says enough
_ORDINARY = {"name", "type", "title", "description", "example", "optional", "constraints"}
_CONSTRAINED = {
    "string": {"required", "unique", "enum", "pattern"},
    "number": {"required", "unique", "minimum", "maximum"},
    "integer": {"required", "unique", "minimum", "maximum"},
}
_REFERENCE = {
    "type": "object",
    "required": ["resource", "fields"],
    "properties": {"resource": _TITLE, "fields": _NAMES},
}
_SCHEMA = {
    "type": "object",
    "required": ["fields"],
    "properties": {
        "fields": {"type": "array", "items": _FIELD, "minItems": 1},
        "primaryKey": {"type": ["string", "array"], "items": _NAME},
        "uniqueKeys": {"type": "array", "items": _NAMES},
        "foreignKeys": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["fields", "reference"],
                "properties": {"fields": _NAMES, "reference": _REFERENCE},
            },
        },
    },
}
_RESOURCE = {
    "type": "object",
    "required": ["name", "path", "schema"],
    "properties": {
        "name": _NAME,
        "path": _NAME,
        "table": _NAME,
        "schema": _SCHEMA,
        "dialect": {"type": "object", "properties": {"sheet": _NAME, "commentChar": _TITLE}},
    },
}
_PACKAGE = {
    "type": "object",
    "required": ["resources"],
    "properties": {"resources": {"type": "array", "items": _RESOURCE}},
}
_SHAPES = {
    "object": ("名称与值的对应（映射）", "a mapping of names to values"),
    "array": ("列表", "a list"),
    "string": ("文字", "text"),
    "number": ("数字", "a number"),
    "boolean": ("true 或 false", "true or false"),
}


def flaws(descriptor: Any) -> list[Finding]:
    """Why a package cannot be read by its descriptor: the first fault of its shape, else every key that names
    no column or no table, and every name that occurs twice."""
    try:
        _shape()(descriptor)
    except fastjsonschema.JsonSchemaValueException as error:
        return [_misshapen(descriptor, error)]
    return [*_misnamed(descriptor["resources"])]


@cache
def _shape():
    return fastjsonschema.compile(_PACKAGE)


def _misshapen(descriptor: Any, error: fastjsonschema.JsonSchemaValueException) -> Finding:
    zh, en = _expectation(error.rule, error.rule_definition, error.value)
    value = error.value
    if not isinstance(value, str):
        value = None if isinstance(value, dict | list) else json.dumps(value, default=str)  # null, true
    return _flaw(_place(descriptor, error.path[1:]), value, f"应为{zh}", f"expected {en}")


def _expectation(rule: str | None, definition: Any, value: Any) -> tuple[str, str]:
    if rule == "required":
        missing = [name for name in definition if name not in value]
        return f"带有 {'、'.join(missing)} 的条目", f"an entry that has {' and '.join(missing)}"
    if rule == "enum":
        return f"以下之一：{'、'.join(definition)}", f"one of: {', '.join(definition)}"
    if rule == "format":
        return "正则表达式", "a regular expression"
    if rule == "type":
        chinese, english = zip(
            *(_SHAPES[kind] for kind in ([definition] if isinstance(definition, str) else definition)),
            strict=True,
        )
        return "或".join(chinese), " or ".join(english)
    return "非空", "something; it is empty"


def _place(node: Any, path: list[str]) -> str:
    """Where something stands in a descriptor: ``targets › schema › fields › value``, or the number of what
    has no name."""
    steps = []
    for step in path:
        if isinstance(node, list):
            node = node[int(step)]
            name = node.get("name") if isinstance(node, dict) else None
            step = name if isinstance(name, str) and name else str(int(step) + 1)
        else:
            node = node[step]
        steps.append(step)
    return " › ".join(steps[1:] if steps[1:] else steps)


def _misnamed(resources: list[dict]) -> Iterator[Finding]:
    columns = {
        resource["name"]: [field["name"] for field in resource["schema"]["fields"]] for resource in resources
    }
    for name in _duplicates([resource["name"] for resource in resources]):
        yield _flaw(
            name,
            name,
            "应为不同的名称；另一资源也叫此名",
            "expected a name of its own; another resource has it",
        )
    for resource in resources:
        name, schema = resource["name"], resource["schema"]
        for field in schema["fields"]:
            if problem := _objection(field):
                place = f"{name} › schema › fields › {field['name']}"
                zh, en = f"应为 Table Schema 的列：{problem}", f"expected a field of Table Schema: {problem}"
                yield _flaw(place, None, zh, en)
        for column in _duplicates(columns[name]):
            zh, en = "应为不同的名称；另一列也叫此名", "expected a name of its own; another field has it"
            yield _flaw(f"{name} › schema › fields", column, zh, en)
        primary = schema.get("primaryKey", [])
        keys = [("primaryKey", [primary] if isinstance(primary, str) else primary)]
        keys += [("uniqueKeys", key) for key in schema.get("uniqueKeys", [])]
        keys += [("foreignKeys", key["fields"]) for key in schema.get("foreignKeys", [])]
        for key, names in keys:
            yield from _unknown(f"{name} › schema › {key}", names, columns[name])
        for key in schema.get("foreignKeys", []):
            reference, place = key["reference"], f"{name} › schema › foreignKeys"
            target = reference["resource"] or name
            if target in columns:
                yield from _unknown(place, reference["fields"], columns[target])
            else:
                resource_names = ", ".join(columns)
                zh, en = (
                    f"应为数据包中的资源：{resource_names}",
                    f"expected a resource of the package: {resource_names}",
                )
                yield _flaw(place, target, zh, en)
        required = READ.get(resource.get("table", name), "").split()
        if missing := ", ".join(column for column in required if column not in columns[name]):
            zh, en = f"还应有库所读的列：{missing}", f"expected, too, what the library reads: {missing}"
            yield _flaw(f"{name} › schema › fields", None, zh, en)


def _objection(field: dict) -> str:
    """Why Frictionless, which reads the cells of unusual fields, refuses a field; empty where it does not."""
    ordinary = _CONSTRAINED.get(field["type"], set())
    if _ORDINARY.issuperset(field) and ordinary.issuperset(field.get("constraints", {})):
        return ""
    from frictionless import Field, FrictionlessException  # a second to import

    try:
        Field.from_descriptor(field)
    except FrictionlessException as error:
        first, *_ = error.reasons or [error.error]
        return first.note
    return ""


def _unknown(place: str, names: list[str], columns: list[str]) -> Iterator[Finding]:
    listed = ", ".join(columns)
    for name in [name for name in names if name not in columns]:
        yield _flaw(place, name, f"应为表中的列：{listed}", f"expected a field of the table: {listed}")


def _duplicates(names: list[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _flaw(place: str, value: str | None, zh: str, en: str) -> Finding:
    location = f"{DESCRIPTOR} · {place}" if place else DESCRIPTOR
    return Finding(location, None, None, value, {"zh": zh, "en": en})
