"""What a notebook's ``parameters`` cell declares, values read as that, and what does not fit it."""

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from typing import Any

from reportkit import language, periods
from reportkit.findings import reader_language

LANGUAGES = ("zh", "en")  # that every text is given in
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
# a finding before it knows its line: key, value, expected in Chinese and English
Problem = tuple[str | None, Any, str, str]


def parameters(module: str) -> None:
    """Read a notebook's parameters, in place, as the types that its first cell declares; set its language.

    papermill's command line guesses: ``-p region 321100`` injects a number, ``-r years 3`` a text. A notebook
    says ``parameters(__name__)`` first. ValueError where a value is not of its type, or means nothing.
    """
    space = vars(sys.modules[module])
    for key, declared in inspect.get_annotations(sys.modules[module]).items():
        wanted = declared.__name__
        space[key] = value = as_declared(space[key], wanted)
        if wanted in _NEEDED and not _fits(value, wanted):
            wrong = _NEEDED[wanted]
        else:
            wrong = next(((zh, en) for _, _, zh, en in misfits(key, [value])), None)
        if wrong:
            with language.using(reader_language()):
                message = language.tr(f"参数 {key} 为 {value!r}：", f"parameter {key} is {value!r}: ")
                raise ValueError(message + language.chosen(wrong))
    language.use(space.get("lang", "zh"))


def as_declared(value: Any, wanted: str) -> Any:
    """A value as the type declared for it, where it is that beyond doubt; else the value itself.

    >>> as_declared(321100, "str"), as_declared("5", "int"), as_declared("20", "float")
    ('321100', 5, 20.0)
    >>> as_declared(2025.1, "str"), as_declared(2.5, "int"), as_declared("many", "int")
    (2025.1, 2.5, 'many')
    """
    if wanted == "str" and _fits(value, "int"):
        return str(value)  # no fraction: of 2025.10 nobody could tell the month any more
    if wanted == "bool" and value in ("true", "false"):
        return value == "true"
    if wanted not in ("int", "float") or not (_fits(value, "float") or isinstance(value, str)):
        return value
    try:
        return int(value) if wanted == "int" and not isinstance(value, float) else float(value)
    except ValueError:
        return value


def misfits(key: str, values: list, declared: dict | None = None) -> Iterator[Problem]:
    """Values of another type than the notebook declares for the parameter, or without meaning."""
    wanted = kind(declared) if declared else ""
    for value in values:
        if wanted and not _fits(value, wanted):
            zh, en = ("（数字代码请加引号）", " (put digits in quotes)") if wanted == "str" else ("", "")
            yield (key, value, f"应为 {wanted} 类型{zh}", f"expected {wanted}{en}")
        elif key == "lang" and not _LANGUAGE.fullmatch(str(value)):
            yield (key, value, "应为语言代码，如 zh、en", "expected the code of a language: zh, en")
        elif key == "as_of":
            try:
                periods.end(value)
            except ValueError:
                yield (key, value, "应为时期，如 2025 或 2025-06", "expected a period: 2025, 2025-06")


def kind(parameter: dict) -> str:
    """Type a parameter declares, or that of its default; empty where neither is a plain type."""
    declared = parameter["inferred_type_name"].split("[")[0].strip().lower()
    if declared == "none":
        declared = type(literal(parameter["default"])).__name__
    return declared if declared in _TYPES else ""


def _fits(value: Any, wanted: str) -> bool:
    # True is an int to Python, but no count to a reader
    return isinstance(value, _TYPES[wanted]) and isinstance(value, bool) == (wanted == "bool")


def defaults(cell: dict[str, dict]) -> dict[str, Any]:
    """Defaults of the parameters cell that are plain literals."""
    values = {key: literal(parameter["default"], _NO_LITERAL) for key, parameter in cell.items()}
    return {key: value for key, value in values.items() if value is not _NO_LITERAL}


def literal(text: str, otherwise: Any = None) -> Any:
    """What a text stands for in Python; something else where it is no plain literal."""
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return otherwise
