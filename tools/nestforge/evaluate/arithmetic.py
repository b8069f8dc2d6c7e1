"""The expressions of `Fn::Calculate`: numbers, `{0}`, brackets and `+ - * / %`."""

from __future__ import annotations

import ast
import math
import operator

from nestforge.evaluate.fault import Fault
from nestforge.evaluate.shown import quoted
from nestforge.model.pattern import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    Number = int | float

LONGEST = 1000
"""Characters of an expression; the longest published one has some 30."""

_ALLOWED = pattern(r"[0-9. {}()+\-*/%]*")
_PLACEHOLDER = pattern(r"\{\s*(\d+)\s*\}")
_NODES = (ast.Constant, ast.UnaryOp, ast.BinOp, ast.operator, ast.unaryop)
_OPERATORS: dict[type[ast.operator], Callable[[Number, Number], Number]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
}


def result_of(expression: str, values: list[Number]) -> Number:
    """Return the result; `{0}` is the first of `values`."""
    if not _ALLOWED.fullmatch(expression) or "**" in expression or "//" in expression:
        raise Fault(f"the expression is {quoted(expression)}, expected only digits and . {{ }} ( ) + - * / %")
    if len(expression) > LONGEST:
        raise Fault(f"the expression has more than {LONGEST} characters")

    def value(match: re.Match[str]) -> str:
        place = int(match[1])
        if place >= len(values):
            raise Fault(f"the expression has {match[0]}, but there are {len(values)} values")
        return f"({values[place]!r})"

    filled = _PLACEHOLDER.sub(value, expression)
    try:
        tree = ast.parse(filled.strip(), mode="eval").body
        if not all(isinstance(node, _NODES) for node in ast.walk(tree)):
            raise ValueError
        result = _value(tree)
        if not math.isfinite(result):
            raise OverflowError
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Fault(f"{quoted(expression)} is no arithmetic expression") from None
    except (ZeroDivisionError, OverflowError):
        raise Fault(f"{quoted(expression)} divides by zero or is too large") from None
    return result


def _value(node: ast.expr) -> Number:
    match node:
        case ast.Constant(value=int() | float() as number):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_value(left), _value(right))
    raise ValueError
