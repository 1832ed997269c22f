"""Types declared in a notebook's ``parameters`` cell, conversion of values to them, and misfits."""

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from typing import Any

from reportkit import language, periods
from reportkit.findings import reader_language

LANGUAGES = ("zh", "en")  # in which every text is given
_NO_LITERAL = object()
_LANGUAGE = re.compile("[a-z]{2,3}")
_TYPES = {"str": str, "int": int, "float": (int, float), "bool": bool, "list": list, "dict": dict}
_NEEDED = {
    "str": (
        "应为文字；papermill 命令行请用 -r 代替 -p",
        "expected text; on papermill's command line use -r in place of -p",
    ),
    "int": ("应为整数", "expected a whole number"),
    "float": ("应为数字", "expected a number"),
    "bool": ("应为 True 或 False", "expected True or False"),
}
# a finding without its line: key, value, what was expected in Chinese and English
Problem = tuple[str | None, Any, str, str]


def parameters(module: str) -> None:
    """Read a notebook's parameters, in place, as the types that its first cell declares; set its language.

    papermill's command line guesses: ``-p region 321100`` injects a number, ``-r years 3`` a text. A notebook
    calls ``parameters(__name__)`` first. ValueError if a value does not fit its type, or has no meaning.
    """
    namespace = vars(sys.modules[module])
    for key, declared in inspect.get_annotations(sys.modules[module]).items():
        type_name = declared.__name__
        namespace[key] = value = as_declared(namespace[key], type_name)
        if type_name in _NEEDED and not _fits(value, type_name):
            expected = _NEEDED[type_name]
        else:
            expected = next(((zh, en) for _, _, zh, en in misfits(key, [value])), None)
        if expected:
            with language.using(reader_language()):
                message = language.tr(f"参数 {key} 为 {value!r}：", f"parameter {key} is {value!r}: ")
                raise ValueError(message + language.chosen(expected))
    language.use(namespace.get("lang", "zh"))


def as_declared(value: Any, type_name: str) -> Any:
    """A value converted to the type declared for it if that is unambiguous; else the value itself.

    >>> as_declared(321100, "str"), as_declared("5", "int"), as_declared("20", "float")
    ('321100', 5, 20.0)
    >>> as_declared(2025.1, "str"), as_declared(2.5, "int"), as_declared("many", "int")
    (2025.1, 2.5, 'many')
    """
    if type_name == "str" and _fits(value, "int"):
        return str(value)  # but no fraction: 2025.10 has become 2025.1, another month
    if type_name == "bool" and value in ("true", "false"):
        return value == "true"
    if type_name not in ("int", "float") or not (_fits(value, "float") or isinstance(value, str)):
        return value
    try:
        return int(value) if type_name == "int" and not isinstance(value, float) else float(value)
    except ValueError:
        return value


def misfits(key: str, values: list, declared: dict | None = None) -> Iterator[Problem]:
    """Values that do not fit the type that the notebook declares for the parameter, or have no meaning."""
    type_name = kind(declared) if declared else ""
    for value in values:
        if type_name and not _fits(value, type_name):
            zh, en = ("（数字代码请加引号）", " (put digits in quotes)") if type_name == "str" else ("", "")
            yield (key, value, f"应为 {type_name} 类型{zh}", f"expected {type_name}{en}")
        elif key == "lang" and not _LANGUAGE.fullmatch(str(value)):
            yield (key, value, "应为语言代码，如 zh、en", "expected the code of a language: zh, en")
        elif key == "as_of":
            try:
                periods.end(value)
            except ValueError:
                yield (key, value, "应为时期，如 2025 或 2025-06", "expected a period: 2025, 2025-06")


def kind(parameter: dict) -> str:
    """The declared type of a parameter, or the type of its default; empty if neither is a plain type."""
    declared = parameter["inferred_type_name"].split("[")[0].strip().lower()
    if declared == "none":
        declared = type(literal(parameter["default"])).__name__
    return declared if declared in _TYPES else ""


def _fits(value: Any, type_name: str) -> bool:
    # True is an int to Python, but no count to a reader
    return isinstance(value, _TYPES[type_name]) and isinstance(value, bool) == (type_name == "bool")


def defaults(cell: dict[str, dict]) -> dict[str, Any]:
    """Defaults in the parameters cell, as far as they are plain literals."""
    values = {key: literal(parameter["default"], _NO_LITERAL) for key, parameter in cell.items()}
    return {key: value for key, value in values.items() if value is not _NO_LITERAL}


def literal(text: str, default: Any = None) -> Any:
    """The value of a Python literal; ``default`` if the text is none."""
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return default
