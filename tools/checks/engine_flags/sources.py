"""The modules of a wheel, read without importing one, and what their names stand for."""

from __future__ import annotations

import ast
import hashlib
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DEEPEST = 12
"""Imports that lead from one module to the next."""


class Found(NamedTuple):
    """What a name stands for, and the module that says so."""

    node: ast.AST
    module: str


class Sources:
    """The Python files of a wheel by module name, parsed when they are asked for."""

    def __init__(self, wheel: Path) -> None:
        self.file = wheel.name
        self.digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        with ZipFile(wheel) as archive:
            names = {name for name in archive.namelist() if name.endswith(".py")}
            self._texts = {_module(name): archive.read(name) for name in names}
        self._packages = {_module(name) for name in names if name.endswith("/__init__.py")}
        self._trees: dict[str, ast.Module] = {}

    def tree(self, module: str) -> ast.Module | None:
        """Return the syntax tree of a module of this wheel."""
        if module not in self._trees and module in self._texts:
            self._trees[module] = ast.parse(self._texts[module])
        return self._trees.get(module)

    def lookup(self, name: str, module: str, depth: int = 0) -> Found | None:
        """Return the class, function or value that `name` is in `module`, through the imports of this wheel."""
        tree = self.tree(module)
        if tree is None or depth > _DEEPEST:
            return None
        for statement in reversed(list(_statements(tree.body))):
            match statement:
                case ast.ClassDef(name=defined) | ast.FunctionDef(name=defined) if defined == name:
                    return Found(statement, module)
                case ast.Assign(targets=[ast.Name(id=defined)], value=value) if defined == name:
                    return Found(value, module)
                case ast.AnnAssign(target=ast.Name(id=defined), value=ast.expr() as value) if defined == name:
                    return Found(value, module)
                case ast.ImportFrom(names=aliases):
                    for alias in aliases:
                        if (alias.asname or alias.name) == name:
                            found = self.lookup(alias.name, self._target(statement, module), depth + 1)
                            if found is not None:
                                return found
                case _:
                    pass
        return None

    def _target(self, statement: ast.ImportFrom, module: str) -> str:
        if not statement.level:
            return statement.module or ""
        parts = module.split(".")
        package = parts if module in self._packages else parts[:-1]
        base = package[: len(package) - statement.level + 1]
        return ".".join([*base, *([statement.module] if statement.module else [])])


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a module; of `if TYPE_CHECKING: … else: …`, those for the type checker last."""
    for statement in body:
        if isinstance(statement, ast.If):
            yield from _statements(statement.orelse)
            yield from _statements(statement.body)
        elif isinstance(statement, ast.Try):
            yield from _statements(statement.body)
        else:
            yield statement
