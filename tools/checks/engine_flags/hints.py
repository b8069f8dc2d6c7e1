"""What the fields of a configuration class become on the command line, by the rules of each engine."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from checks.engine_flags.literal import Choice, Unknown, literals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.engine_flags.sources import Found, Sources

Keywords = dict[str, ast.AST]


class Field(NamedTuple):
    """An annotated field of a class, and the module that the annotation is written in."""

    name: str
    annotation: ast.expr
    module: str
    has_default: bool


class Hint(NamedTuple):
    """How many values a flag takes (`none`, `one`, `maybe`, `many`), their kind, and which ones where that is known."""

    takes: str
    kind: str
    choices: tuple[Choice, ...] = ()


def fields_of(name: str, module: str, sources: Sources) -> dict[str, Field]:
    """Return the fields of a class with those of its bases."""
    found = sources.lookup(name, module)
    if found is None or not isinstance(found.node, ast.ClassDef):
        return {}
    result: dict[str, Field] = {}
    for base in reversed(found.node.bases):
        if isinstance(base, ast.Name):
            result |= fields_of(base.id, found.module, sources)
    for statement in found.node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            field = Field(statement.target.id, statement.annotation, found.module, statement.value is not None)
            result[field.name] = field
    return result


_GENERIC = ("Literal", "list", "List", "tuple", "Tuple", "set", "Set", "dict", "Dict", "type", "Type", "Callable")


def vllm_hint(field: Field, sources: Sources) -> Hint:
    """Return what vLLM's `get_kwargs` makes of a field: the first of its types that it has a rule for decides."""
    types = list(_alternatives(field.annotation, field.module, sources))
    names = {_name(kind) for kind, _ in types}
    if "dataclass" in {_class_kind(kind, module, sources) for kind, module in types}:
        return Hint("one", "json")
    if names == {"bool", "str", "None"}:
        return Hint("maybe", "str")
    if "bool" in names:
        return Hint("pair", "bool")
    listed = [(kind, module) for kind, module in types if _name(kind) == "Literal"]
    if listed:  # of several, the engine takes any one: known is what one of them has
        return _literal_hint("one", *listed[0], sources, is_open="str" in names or len(listed) > 1)
    for wanted in ("tuple", "list", "set"):
        for kind, module in types:
            if _name(kind) in (wanted, wanted.capitalize()):
                return _collection_hint(kind, module, sources)
    if "int" in names:
        return Hint("one", "size" if field.name in _SIZES else "int")
    if "float" in names:
        return Hint("one", "float")
    return Hint("one", "json" if names & {"dict", "Dict"} and len(names - {"None"}) == 1 else "str")


_SIZES = frozenset(
    (
        "max_model_len",
        "max_num_batched_tokens",
        "max_num_scheduled_tokens",
        "kv_cache_memory_bytes",
        "safetensors_prefetch_block_size",
        "max_num_queued_tokens",
    )
)
"""The numbers that vLLM takes as `32k` too."""


def sglang_hint(field: Field, sources: Sources) -> tuple[tuple[str, ...], Keywords, Hint] | None:
    """Return the names, the keywords and the hint of an `A[…]` field; None where it is no flag."""
    match field.annotation:
        case ast.Subscript(value=ast.Name(id="A"), slice=ast.Tuple(elts=[kind, *rest])):
            pass
        case _:
            return None
    given: Keywords = {}
    marked = False
    for item in rest:
        if isinstance(item, ast.Call) and isinstance(item.func, ast.Name) and item.func.id == "Arg":
            given = {keyword.arg: keyword.value for keyword in item.keywords if keyword.arg}
            marked = True
        marked = marked or isinstance(item, ast.Constant | ast.JoinedStr | ast.BinOp | ast.Name)
    if not marked or _is_true(given.get("no_cli")):
        return None
    own = given.get("cli_name")
    name = str(own.value) if isinstance(own, ast.Constant) and own.value else "--" + field.name.replace("_", "-")
    aliases = literals(given["aliases"], field.module, sources) if "aliases" in given else []
    return (name, *map(str, aliases)), given, _sglang_kind(kind, given, field.module, sources)


def _sglang_kind(kind: ast.expr, given: Keywords, module: str, sources: Sources) -> Hint:
    types = [(one, where) for one, where in _alternatives(kind, module, sources) if _name(one) != "None"]
    inner, where = types[0]
    names = {_name(one) for one, _ in types}
    if names == {"bool"}:
        return Hint("none", "bool")
    if len(types) > 1:
        return Hint("one", "str")
    if _name(inner) == "Literal":
        return _literal_hint("one", inner, where, sources, is_open=False)
    if _name(inner) in ("list", "List") and "type_parser" not in given:
        return _collection_hint(inner, where, sources)
    return Hint("one", _scalar(_name(inner)) if "type_parser" not in given else "str")


def _literal_hint(takes: str, node: ast.expr, module: str, sources: Sources, *, is_open: bool) -> Hint:
    try:
        choices = tuple(literals(node, module, sources))
    except Unknown:
        return Hint(takes, "str")
    kind = type(choices[0]).__name__
    return Hint(takes, kind if kind in ("int", "float") else "str", () if is_open else choices)


def _collection_hint(node: ast.expr, module: str, sources: Sources) -> Hint:
    inner = node.slice if isinstance(node, ast.Subscript) else ast.Name("str")
    first = inner.elts[0] if isinstance(inner, ast.Tuple) else inner
    elements = list(_alternatives(first, module, sources))
    if len(elements) == 1 and _name(elements[0][0]) == "Literal":
        return _literal_hint("many", *elements[0], sources, is_open=False)
    return Hint("many", _scalar(_name(elements[0][0])) if len(elements) == 1 else "str")


def _scalar(name: str) -> str:
    return name if name in ("int", "float") else "str"


def _alternatives(node: ast.expr, module: str, sources: Sources) -> Iterator[tuple[ast.expr, str]]:
    """Yield the types of a union, through aliases, each with the module that names it."""
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from _alternatives(left, module, sources)
            yield from _alternatives(right, module, sources)
        case ast.Subscript(value=ast.Name(id="Optional"), slice=inner):
            yield from _alternatives(inner, module, sources)
            yield ast.Constant(None), module
        case ast.Subscript(value=ast.Name(id="Union"), slice=ast.Tuple(elts=items)):
            for item in items:
                yield from _alternatives(item, module, sources)
        case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[inner, *_])):
            yield from _alternatives(inner, module, sources)
        case ast.Subscript(value=ast.Name(id="SkipValidation" | "ClassVar"), slice=inner):
            yield from _alternatives(inner, module, sources)
        case ast.Subscript(value=ast.Name(id=name)) if name not in _GENERIC:
            raise ValueError(f"{module}: {ast.unparse(node)} is a type that is not understood")
        case ast.Constant(value=str(quoted)):
            yield from _alternatives(ast.parse(quoted, mode="eval").body, module, sources)
        case ast.Name(id=name) if (found := _alias(name, module, sources)) is not None:
            yield from _alternatives(found[0], found[1], sources)
        case _:
            yield node, module


def _alias(name: str, module: str, sources: Sources) -> tuple[ast.expr, str] | None:
    found = sources.lookup(name, module)
    if found is None or not isinstance(found.node, ast.Subscript | ast.BinOp | ast.Name):
        return None
    return found.node, found.module


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Constant(value=None):
            return "None"
        case ast.Subscript(value=ast.Name(id=name)):
            return name
        case _:
            return ""


def _class_kind(node: ast.expr, module: str, sources: Sources) -> str:
    """Return `dataclass` for a class that is decorated as one or as vLLM's `config`."""
    found: Found | None = sources.lookup(node.id, module) if isinstance(node, ast.Name) else None
    if found is None or not isinstance(found.node, ast.ClassDef):
        return ""
    written = {ast.unparse(decorator).partition("(")[0] for decorator in found.node.decorator_list}
    return "dataclass" if written & {"dataclass", "config", "dataclasses.dataclass"} else ""


def _is_true(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True
