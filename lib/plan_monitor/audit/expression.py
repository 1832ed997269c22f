"""The small language of the checks: arithmetic over stored figures, and nothing else.

``([edu-145-094] - [edu-145-039]) * 2`` reads the values of two stored rows. It also has numbers, ``+ - * /
**``, parentheses and the functions of ``FUNCTIONS``. Python's parser reads it; everything else is refused, so
that a table of checks can never run code.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

_REFERENCE = re.compile(r"\[([a-z0-9]+(?:-[a-z0-9]+)*)\]")
_OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
# each reads the thing of a row that it is named after; count and min take several rows or expressions
FUNCTIONS = ("printed", "start", "end", "years", "count", "min")
_LONGEST = 2000  # characters; the longest check of the shipped ones has a fifth of it


class Expression(NamedTuple):
    """A parsed expression."""

    rows: tuple[str, ...]  # ids of the rows it names, in order, each once
    tree: ast.expr
    ids: Mapping[str, str]  # of rows, by what the tree calls them

    def evaluate(self, read: Callable[[str, str], float]) -> float:
        """Its value; NaN where a figure is missing or the arithmetic has no result (a division by zero).

        `read` takes what to read of a row ("value", "printed", "start", "end" or "years") and the row's id,
        and returns a number, NaN if the row has none.
        """
        try:
            result = self._value(self.tree, read)
        except (ZeroDivisionError, OverflowError):
            return float("nan")
        return float("nan") if isinstance(result, complex) else result

    def _value(self, node: ast.expr, read: Callable[[str, str], float]) -> float:
        if isinstance(node, ast.Constant):
            return float(node.value)
        if isinstance(node, ast.Name):
            return read("value", self.ids[node.id])
        if isinstance(node, ast.UnaryOp):
            return -self._value(node.operand, read)
        if isinstance(node, ast.BinOp):
            left, right = self._value(node.left, read), self._value(node.right, read)
            return _OPERATORS[type(node.op)](left, right)
        name, arguments = node.func.id, node.args
        if name == "count":
            return float(len(arguments))
        if name == "min":
            values = [self._value(argument, read) for argument in arguments]
            return min(values) if all(value == value for value in values) else float("nan")
        [row] = arguments
        return read(name, self.ids[row.id])


@cache
def parse(text: str) -> Expression:
    """Parse an expression; ValueError if it is not in the language, with what was expected.

    >>> share = parse("[part-1] / [whole-1] * 100")
    >>> share.rows, share.evaluate(lambda what, row: {"part-1": 3.0, "whole-1": 4.0}[row])
    (('part-1', 'whole-1'), 75.0)
    """
    if len(text) > _LONGEST:
        raise ValueError(f"expected at most {_LONGEST} characters")
    names = {row: f"_{number}" for number, row in enumerate(dict.fromkeys(_REFERENCE.findall(text)))}
    ids = {name: row for row, name in names.items()}
    source = _REFERENCE.sub(lambda match: names[match[1]], text)
    try:
        tree = ast.parse(source.strip(), mode="eval").body
        _allow(tree, ids)
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError("expected arithmetic over row ids in square brackets") from None
    return Expression(tuple(names), tree, ids)


def _allow(node: ast.expr, ids: Mapping[str, str]) -> None:
    """Refuse everything that is not part of the language."""
    if _is_row(node, ids) or (isinstance(node, ast.Constant) and type(node.value) in (int, float)):
        return
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        parts = [node.operand]
    elif isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        parts = [node.left, node.right]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        name, parts = node.func.id, node.args
        if name not in FUNCTIONS:
            raise ValueError(f"unknown function {name}; expected one of: {', '.join(FUNCTIONS)}")
        rows = name == "min" or all(_is_row(argument, ids) for argument in parts)
        if not (rows and parts and (name in ("min", "count") or len(parts) == 1)):
            raise ValueError(f"expected {name} of {'row ids' if name == 'count' else 'one row id'}")
    else:
        raise ValueError("expected numbers, row ids in square brackets, + - * / ** and functions only")
    for part in parts:
        _allow(part, ids)


def _is_row(node: ast.expr, ids: Mapping[str, str]) -> bool:
    return isinstance(node, ast.Name) and node.id in ids
