"""What a notebook's ``parameters`` cell declares, and what does not fit it."""

import ast
from collections.abc import Iterator
from typing import Any

from plan_monitor import periods

LANGUAGES = ("zh", "en")
_TYPES = {"str": str, "int": int, "float": (int, float), "bool": bool, "list": list, "dict": dict}

# a finding before it knows its line: key, value, expected in Chinese and English
Problem = tuple[str | None, Any, str, str]


def misfits(key: str, values: list, declared: dict | None = None) -> Iterator[Problem]:
    """Values of another type than the notebook declares for the parameter, or without meaning."""
    wanted = kind(declared) if declared else ""
    for value in values:
        if wanted and not _fits(value, wanted):
            quote = "（数字代码请加引号）" if wanted == "str" else ""
            hint = " (put digits in quotes)" if wanted == "str" else ""
            yield (key, value, f"应为 {wanted} 类型{quote}", f"expected {wanted}{hint}")
        elif key == "lang" and value not in LANGUAGES:
            yield (key, value, "应为 zh 或 en", "expected zh or en")
        elif key == "as_of":
            try:
                periods.end(value)
            except ValueError:
                yield (key, value, "应为时期，如 2025 或 2025-06", "expected a period: 2025, 2025-06")


def kind(parameter: dict) -> str:
    """Type a parameter declares, or that of its default; empty where neither is a plain type."""
    declared = parameter["inferred_type_name"].split("[")[0].strip().lower()
    if declared == "none":
        try:
            declared = type(ast.literal_eval(parameter["default"])).__name__
        except (ValueError, SyntaxError):
            return ""
    return declared if declared in _TYPES else ""


def _fits(value: Any, wanted: str) -> bool:
    # True is an int to Python, but no count to a reader
    return isinstance(value, _TYPES[wanted]) and isinstance(value, bool) == (wanted == "bool")


def defaults(cell: dict[str, dict]) -> dict[str, Any]:
    """Defaults of the parameters cell that are plain literals."""
    plain = {}
    for key, parameter in cell.items():
        try:
            plain[key] = ast.literal_eval(parameter["default"])
        except (ValueError, SyntaxError):
            continue
    return plain
