"""The options that a command of click is decorated with: those of `ray start`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from nestforge.lint.engine_flags import Flag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.engine_flags.sources import Sources

_KINDS = {"int": "int", "float": "float", "bool": "word", "json.loads": "json"}


def click_flags(module: str, command: str, sources: Sources) -> Iterator[Flag]:
    """Yield the flags of a command, also those that a decorator of the wheel's own adds from a list."""
    found = sources.lookup(command, module)
    for decorator in found.node.decorator_list if found and isinstance(found.node, ast.FunctionDef) else ():
        if isinstance(decorator, ast.Name):
            yield from _added_by(decorator.id, module, sources)
        else:
            yield from _option(decorator)


def _added_by(name: str, module: str, sources: Sources) -> Iterator[Flag]:
    """Yield the flags of each list of options that a decorator goes through."""
    decorator = sources.lookup(name, module)
    if decorator is None or not isinstance(decorator.node, ast.FunctionDef):
        return
    for named in ast.walk(decorator.node):
        kept = sources.lookup(named.id, decorator.module) if isinstance(named, ast.Name) else None
        for item in kept.node.elts if kept is not None and isinstance(kept.node, ast.List) else ():
            yield from _option(item)


def _option(node: ast.expr) -> Iterator[Flag]:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="click"), attr="option"), args=args, keywords=keywords):
            given = {keyword.arg: ast.unparse(keyword.value) for keyword in keywords if keyword.arg}
            names = [str(arg.value) for arg in args if isinstance(arg, ast.Constant)]
            flags = tuple(name for name in names if name.startswith("-"))
            if "True" in (given.get("is_flag"), given.get("count")):
                yield Flag(flags, "none", "bool", ())
            else:
                yield Flag(flags, "one", _KINDS.get(given.get("type", ""), "str"), ())
        case _:
            pass
