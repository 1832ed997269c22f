"""Small faults that could stand in a source file, each one place of it changed."""

import ast
from collections.abc import Iterator
from copy import copy
from typing import NamedTuple

_OTHER: dict[type[ast.AST], type[ast.AST]] = {
    **{
        ast.Lt: ast.LtE,
        ast.LtE: ast.Lt,
        ast.Gt: ast.GtE,
        ast.GtE: ast.Gt,
        ast.Eq: ast.NotEq,
        ast.NotEq: ast.Eq,
    },
    **{ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or},
    **{ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult},
    **{
        ast.FloorDiv: ast.Div,
        ast.Mod: ast.Mult,
        ast.Pow: ast.Mult,
        ast.BitAnd: ast.BitOr,
        ast.BitOr: ast.BitAnd,
    },
}
_TURNED = {"min": "max", "max": "min", "any": "all", "all": "any", "minimum": "maximum", "maximum": "minimum"}
_TURNED |= {"idxmin": "idxmax", "idxmax": "idxmin", "argmin": "argmax", "argmax": "argmin"}
# what users see no figure of: types, what a decorator keeps, words of messages; text is no arithmetic
_LEFT_OUT = ("annotation", "returns", "decorator_list", "exc", "msg")
# a call with it tells of lists that are not as long as each other; of ours none are, with it or without
_KEYWORD = "strict"
_TEXT = (ast.JoinedStr, ast.List, ast.Tuple, ast.Dict, ast.Set)


class Fault(NamedTuple):
    """One change of a file: its line and place, what stands there, and what would."""

    line: int
    start: int  # in bytes
    before: str
    after: str

    def within(self, text: str) -> str:
        """The text of the file with the fault."""
        code = text.encode()
        end = self.start + len(self.before.encode())
        return (code[: self.start] + self.after.encode() + code[end:]).decode()


def faults(text: str) -> list[Fault]:
    """Every fault that a Python file could have, in the order of its lines."""
    starts = [0]
    for line in text.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found, code = [], text.encode()
    for node, changed in _changes(ast.parse(text)):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        before, after = code[start:end].decode(), ast.unparse(changed)
        if isinstance(node, ast.expr) and not isinstance(node, ast.Constant):
            after = f"({after})"
        found.append(Fault(node.lineno, start, before, after))
    return sorted(found)


def _changes(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Nodes of a tree, each with what could stand in its place."""
    yield from ((node, changed) for changed in _instead(node))
    if isinstance(node, ast.If | ast.IfExp) and not isinstance(node.test, ast.Compare):  # which has its own
        yield node.test, ast.UnaryOp(ast.Not(), node.test)
    for field, value in ast.iter_fields(node):
        if field not in _LEFT_OUT:
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, ast.AST) and not _is_left_alone(part):
                    yield from _changes(part)


def _is_left_alone(node: ast.AST) -> bool:
    # parts of an f-string have no place of their own before Python 3.12
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.keyword) and node.arg == _KEYWORD)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _instead(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(ops=ops):
            for place, one in enumerate(ops):
                yield _with(node, ops=[*ops[:place], _OTHER[type(one)](), *ops[place + 1 :]])
        case ast.BinOp(left=left, right=right) if any(_is_text(side) for side in (left, right)):
            pass
        case ast.BinOp(op=op) | ast.BoolOp(op=op) | ast.AugAssign(op=op) if type(op) in _OTHER:
            yield _with(node, op=_OTHER[type(op)]())
        case ast.UnaryOp(operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value) | float(value)):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Name(id=name) if name in _TURNED:
            yield ast.Name(_TURNED[name])
        case ast.Attribute(attr=name) if name in _TURNED:
            yield _with(node, attr=_TURNED[name])
        case ast.Call(func=ast.Name(id="min" | "max")):
            pass  # of no order
        case ast.Call(args=[first, second, *rest]) if _differ(first, second):
            yield _with(node, args=[second, first, *rest])
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield ast.Return(None)
        case ast.Expr(value=ast.Call()) | ast.Raise() | ast.Continue() | ast.Break():
            yield ast.Pass()


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, _TEXT) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _differ(first: ast.expr, second: ast.expr) -> bool:
    """Whether two arguments can change places, and it matters."""
    return not isinstance(second, ast.Starred) and ast.dump(first) != ast.dump(second)
