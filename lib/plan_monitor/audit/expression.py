"""The small language of the checks: arithmetic over stored figures, and nothing else.

``([edu-145-094] - [edu-145-039]) * 2`` reads the values of two stored rows. Beside them there are numbers,
``+ - * / **``, parentheses and the functions of ``FUNCTIONS``. Python's parser reads it, and whatever is
not on this list is refused, so that a table of checks can never run code.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

_REFERENCE = re.compile(r"\[([a-z0-9]+(?:-[a-z0-9]+)*)\]")
_OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
# what a function reads of a row: itself; most take one row, these any number of expressions or rows
FUNCTIONS = ("printed", "start", "end", "years", "count", "min")
_LONGEST = 2000  # characters; the longest check of the shipped ones has a fifth of it


@dataclass(frozen=True)
class Expression:
    """A parsed expression.

    rows : tuple of str
        Ids of the rows it names, in order, each once.
    """

    rows: tuple[str, ...]
    _tree: ast.expr
    _ids: Mapping[str, str]

    def evaluate(self, read: Callable[[str, str], float]) -> float:
        """Value of the expression.

        Parameters
        ----------
        read : callable
            Given what to read of a row ("value", "printed", "start", "end" or "years") and its id, a number;
            NaN where the row has none.

        Returns
        -------
        float
            NaN where a figure is missing or the arithmetic has no result (a division by zero).
        """
        try:
            result = self._value(self._tree, read)
        except (ZeroDivisionError, OverflowError):
            return float("nan")
        return float("nan") if isinstance(result, complex) else result

    def _value(self, node: ast.expr, read: Callable[[str, str], float]) -> float:
        if isinstance(node, ast.Constant):
            return float(node.value)
        if isinstance(node, ast.Name):
            return read("value", self._ids[node.id])
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
        return read(name, self._ids[arguments[0].id])


@cache
def parse(text: str) -> Expression:
    """Parse an expression.

    Raises
    ------
    ValueError
        If it is not in the language; the message says what was expected.

    Examples
    --------
    >>> share = parse("[part-1] / [whole-1] * 100")
    >>> share.rows, share.evaluate(lambda what, row: {"part-1": 3.0, "whole-1": 4.0}[row])
    (('part-1', 'whole-1'), 75.0)
    """
    if len(text) > _LONGEST:
        raise ValueError(f"expected at most {_LONGEST} characters")
    ids: dict[str, str] = {}

    def named(match: re.Match) -> str:
        ids.setdefault(match[1], f"_{len(ids)}")
        return ids[match[1]]

    source = _REFERENCE.sub(named, text)
    names = {name: row for row, name in ids.items()}
    try:
        tree = ast.parse(source.strip(), mode="eval").body
        _allow(tree, names)
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError("expected arithmetic over row ids in square brackets") from None
    return Expression(tuple(ids), tree, names)


def _allow(node: ast.expr, names: Mapping[str, str]) -> None:
    """Refuse whatever is not part of the language."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return
    if isinstance(node, ast.Name) and node.id in names:
        return
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return _allow(node.operand, names)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        _allow(node.left, names)
        return _allow(node.right, names)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        return _allow_call(node.func.id, node.args, names)
    raise ValueError("expected numbers, row ids in square brackets, + - * / ** and functions only")


def _allow_call(name: str, arguments: list[ast.expr], names: Mapping[str, str]) -> None:
    rows = all(isinstance(argument, ast.Name) and argument.id in names for argument in arguments)
    if name not in FUNCTIONS:
        raise ValueError(f"unknown function {name}; expected one of: {', '.join(FUNCTIONS)}")
    if name == "min" and arguments:
        for argument in arguments:
            _allow(argument, names)
    elif not (rows and arguments and (name == "count" or len(arguments) == 1)):
        raise ValueError(f"expected {name} of {'row ids' if name == 'count' else 'one row id'}")
