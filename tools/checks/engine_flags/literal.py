"""The lists of choices that a source writes out, evaluated without running it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.engine_flags.sources import Sources

Choice = str | int | float | bool | None
_COPIES = ("list", "set", "tuple", "sorted", "get_args", "frozenset")


class Unknown(Exception):
    """The value is known only to the program that runs."""


def literals(node: ast.AST, module: str, sources: Sources) -> list[Choice]:
    """Return the values that an expression lists; raise Unknown where it does not write them out."""
    return list(dict.fromkeys(_values(node, module, sources, 0)))


def _values(node: ast.AST, module: str, sources: Sources, depth: int) -> Iterator[Choice]:
    if depth > 20:
        raise Unknown
    match node:
        case ast.Constant(value=str() | int() | float() | None as value):
            yield value
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            for item in items:
                inner = item.value if isinstance(item, ast.Starred) else item
                yield from _values(inner, module, sources, depth + 1)
        case ast.BinOp(left=left, op=ast.Add() | ast.BitOr(), right=right):
            yield from _values(left, module, sources, depth + 1)
            yield from _values(right, module, sources, depth + 1)
        case ast.Subscript(value=ast.Name(id="Literal"), slice=inner):
            yield from _values(inner, module, sources, depth + 1)
        case ast.Call(func=ast.Name(id=name), args=[inner]) if name in _COPIES:
            yield from _values(inner, module, sources, depth + 1)
        case ast.ListComp(
            elt=ast.Attribute(attr="value", value=ast.Name(id=element)),
            generators=[ast.comprehension(target=ast.Name(id=target), iter=ast.Name() as members, ifs=[])],
        ) if element == target:
            yield from _members(members, module, sources, depth)
        case ast.Name(id=name):
            found = sources.lookup(name, module)
            if found is None or isinstance(found.node, ast.ClassDef | ast.FunctionDef):
                raise Unknown
            yield from _values(found.node, found.module, sources, depth + 1)
        case _:
            raise Unknown


def _members(name: ast.Name, module: str, sources: Sources, depth: int) -> Iterator[Choice]:
    """Yield the values of an Enum."""
    found = sources.lookup(name.id, module)
    if found is None or not isinstance(found.node, ast.ClassDef):
        raise Unknown
    for statement in found.node.body:
        if isinstance(statement, ast.Assign):
            yield from _values(statement.value, found.module, sources, depth + 1)
