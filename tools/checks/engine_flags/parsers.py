"""The flags that an engine's argument parser is given, from the calls that give them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from checks.engine_flags.click_options import click_flags
from checks.engine_flags.hints import Hint, Keywords, fields_of, sglang_hint, vllm_hint
from checks.engine_flags.literal import Unknown, literals
from nestforge.lint.engine_flags import Flag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.engine_flags.sources import Sources

VLLM = (
    ("vllm.entrypoints.cli.serve", "ServeSubcommand.subparser_init"),
    ("vllm.entrypoints.openai.cli_args", "make_arg_parser"),
    ("vllm.entrypoints.openai.cli_args", "FrontendArgs.add_cli_args"),
    ("vllm.entrypoints.common.cli_args", "make_arg_parser"),
    ("vllm.entrypoints.common.cli_args", "BaseFrontendArgs.add_cli_args"),
    ("vllm.engine.arg_utils", "EngineArgs.add_cli_args"),
    ("vllm.engine.arg_utils", "AsyncEngineArgs.add_cli_args"),
)
SGLANG = (("sglang.srt.server_args", "ServerArgs.add_cli_args"),)
RAY = ("ray.scripts.scripts", "start")

_NO_VALUE = ("store_true", "store_false", "store_const", "append_const", "count")
_KINDS = {"int": "int", "float": "float", "json.loads": "json", "human_readable_int": "size"}
_INVERSES = {"--enable-": "--disable-", "--disable-": "--enable-"}


def flags_of(engine: str, sources: Sources) -> list[Flag]:
    """Return the flags of `vllm serve`, of `sglang.launch_server`, or of `ray start`."""
    if engine == "ray":
        return list(click_flags(*RAY, sources))
    result: dict[str, Flag] = {}
    for module, name in VLLM if engine == "vllm" else SGLANG:
        function = _function(name, module, sources)
        if function is not None:
            found = _Function(function, module, sources)
            result |= {flag.names[0]: flag for flag in (*found.calls(), *found.whole_classes())}
    return [_with_inverses(flag, sources) for flag in result.values()]


def _function(name: str, module: str, sources: Sources) -> ast.FunctionDef | None:
    """Return a function, or a method of a class, which another assignment to its name may hide."""
    node: ast.AST | None = sources.tree(module)
    for part in name.split("."):
        body = node.body if isinstance(node, ast.Module | ast.ClassDef) else []
        defined = (item for item in body if isinstance(item, ast.ClassDef | ast.FunctionDef))
        node = next((item for item in defined if item.name == part), None)
    return node if isinstance(node, ast.FunctionDef) else None


class _Function:
    """A function that fills a parser."""

    def __init__(self, node: ast.FunctionDef, module: str, sources: Sources) -> None:
        self.node = node
        self.module = module
        self.sources = sources
        self.classes = dict(self._configured())

    def _configured(self) -> Iterator[tuple[str, str]]:
        """Yield the names that `get_kwargs(SomeConfig)` is kept under."""
        for statement in ast.walk(self.node):
            match statement:
                case ast.Assign(
                    targets=[ast.Name(id=name)],
                    value=ast.Call(func=ast.Name(id="get_kwargs"), args=[ast.Name(id=configured)]),
                ):
                    yield name, configured
                case _:
                    pass

    def calls(self) -> Iterator[Flag]:
        """Yield the flags that `add_argument` is called with by name."""
        for call in ast.walk(self.node):
            match call:
                case ast.Call(func=ast.Attribute(attr="add_argument"), args=[ast.Constant(), *_] as args):
                    names = tuple(str(arg.value) for arg in args if isinstance(arg, ast.Constant))
                    if names[0].startswith("-"):
                        yield self._flag(names, call)
                case _:
                    pass

    def whole_classes(self) -> Iterator[Flag]:
        """Yield the flags of the classes whose every field is one."""
        for name, configured in self.classes.items():
            if f"in {name}.items()" in ast.unparse(self.node):
                yield from self._fields(name, configured)
        if "get_kwargs(cls)" in ast.unparse(self.node):
            yield from self._fields("frontend_kwargs", "FrontendArgs")
        if "add_cli_args_from_dataclass" in ast.unparse(self.node):
            yield from self._namespaces()

    def _fields(self, kept: str, configured: str) -> Iterator[Flag]:
        tree = self.sources.tree(self.module)
        changes = _changes(kept, tree) if tree else {}
        for field in fields_of(configured, self.module, self.sources).values():
            hint = _changed(vllm_hint(field, self.sources), changes.get(field.name, {}))
            yield _flag_of((f"--{field.name.replace('_', '-')}",), hint)

    def _namespaces(self) -> Iterator[Flag]:
        """Yield the flags of SGLang's `A[…]` fields, which stand in several classes."""
        statements = self.sources.tree(self.module)
        for statement in statements.body if statements else ():
            is_fields = isinstance(statement, ast.ImportFrom) and ".fields." in (statement.module or "")
            for alias in statement.names if isinstance(statement, ast.ImportFrom) and is_fields else ():
                for field in fields_of(alias.name, self.module, self.sources).values():
                    found = sglang_hint(field, self.sources)
                    if found is not None:
                        names, given, hint = found
                        action_keywords = given.get("action_kwargs")
                        yield _flag_of(names, self._with(hint, {**given, **_dictionary(action_keywords)}, field.module))

    def _flag(self, names: tuple[str, ...], call: ast.Call) -> Flag:
        hint, given = Hint("one", "str"), dict[str, ast.AST]()
        for keyword in call.keywords:
            if keyword.arg is not None:
                given[keyword.arg] = keyword.value
            else:
                hint = self._spread(keyword.value) or hint
        return _flag_of(names, self._with(hint, given, self.module))

    def _spread(self, node: ast.expr) -> Hint | None:
        """Return the hint of `**some_kwargs["field"]`, also inside `**{**…, "default": None}`."""
        match node:
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=field)) if name in self.classes:
                fields = fields_of(self.classes[name], self.module, self.sources)
                if field not in fields:
                    return None
                own = vllm_hint(fields[str(field)], self.sources)
                return _changed(own, _changes(name, self.node).get(str(field), {}))
            case ast.Dict(keys=[None, *_], values=[inner, *_]):
                return self._spread(inner)
            case ast.Name(id=name):
                for statement in ast.walk(self.node):
                    match statement:
                        case ast.Assign(targets=[ast.Name(id=kept)], value=value) if kept == name:
                            found = self._spread(value)
                            return _changed(found, _own_changes(name, self.node)) if found else None
                        case _:
                            pass
                return None
            case _:
                return None

    def _with(self, hint: Hint, given: Keywords, module: str) -> Hint:
        """Return the hint with what a call says itself."""
        takes, kind, choices = hint
        if "action" in given:
            takes, kind = self._action(given["action"], module, (takes, kind))
        if "nargs" in given:
            takes = _nargs(given["nargs"], takes)
        if "type" in given or "type_parser" in given:
            kind = _kind(given.get("type", given.get("type_parser")))
        if "choices" in given and takes != "none":
            try:
                choices = tuple(literals(given["choices"], module, self.sources))
            except Unknown:
                choices = ()
        return Hint(takes, kind, choices)

    def _action(self, node: ast.AST, module: str, otherwise: tuple[str, str]) -> tuple[str, str]:
        if isinstance(node, ast.Constant):
            return ("none", "bool") if node.value in _NO_VALUE else otherwise
        written = ast.unparse(node)
        if written.endswith("BooleanOptionalAction"):
            return "pair", "bool"
        if written == "StoreBoolean":
            return "one", "boolean"
        found = self.sources.lookup(written, module)
        for item in found.node.body if found and isinstance(found.node, ast.ClassDef) else ():
            if isinstance(item, ast.FunctionDef) and item.name == "__init__":
                names = [argument.arg for argument in item.args.args]
                defaults = dict(zip(reversed(names), reversed(item.args.defaults), strict=False))
                if "nargs" in defaults:
                    return _nargs(defaults["nargs"], otherwise[0]), otherwise[1]
        return otherwise


def _flag_of(names: tuple[str, ...], hint: Hint) -> Flag:
    choices = tuple("None" if choice is None else str(choice) for choice in hint.choices)
    return Flag(names, hint.takes, hint.kind, choices)


def _with_inverses(flag: Flag, sources: Sources) -> Flag:
    """Add what turns a flag off: `--no-x`, and from the release on that pairs them, `--disable-x` for `--enable-x`."""
    if flag.takes != "pair":
        return flag
    names = [*flag.names, *(f"--no-{name[2:]}" for name in flag.names if name.startswith("--"))]
    if sources.lookup("EnableDisableAction", "vllm.utils.argparse_utils") is not None:
        for prefix, inverse in _INVERSES.items():
            names += [inverse + name.removeprefix(prefix) for name in flag.names if name.startswith(prefix)]
    return Flag(tuple(dict.fromkeys(names)), "none", "bool", ())


def _nargs(node: ast.AST, otherwise: str) -> str:
    match node:
        case ast.Constant(value="?"):
            return "maybe"
        case ast.Constant(value="+" | "*"):
            return "many"
        case ast.Constant(value=None):
            return "one"
        case ast.Constant(value=0):
            return "none"
        case ast.Constant(value=int()):
            return "many"
        case _:
            return otherwise


def _kind(node: ast.AST | None) -> str:
    """Return the kind of value that a `type=` function reads; `str` where it may take anything."""
    written = ast.unparse(node) if node is not None else ""
    for wrapper in ("optional_type(", "parse_type("):
        if written.startswith(wrapper):
            written = written.removeprefix(wrapper).removesuffix(")")
    return _KINDS.get(written, "str")


def _dictionary(node: ast.AST | None) -> Keywords:
    if not isinstance(node, ast.Dict):
        return {}
    return {
        key.value: value
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }


def _changes(kept: str, tree: ast.AST) -> dict[str, Keywords]:
    """Return what a function changes in the keywords of single fields: `kwargs["field"]["type"] = …`."""
    result: dict[str, Keywords] = {}
    for statement in ast.walk(tree):
        match statement:
            case ast.Assign(
                targets=[
                    ast.Subscript(
                        value=ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(field))),
                        slice=ast.Constant(value=str(key)),
                    )
                ],
                value=value,
            ) if name == kept:
                result.setdefault(field, {})[key] = value
            case ast.Delete(
                targets=[
                    ast.Subscript(
                        value=ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(field))),
                        slice=ast.Constant(value="nargs"),
                    )
                ]
            ) if name == kept:
                result.setdefault(field, {})["nargs"] = ast.Constant(None)
            case ast.Call(
                func=ast.Attribute(
                    value=ast.Subscript(
                        value=ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(field))),
                        slice=ast.Constant(value="choices"),
                    )
                )
            ) if name == kept:
                result.setdefault(field, {})["choices"] = ast.Constant(None)
            case _:
                pass
    return result


def _own_changes(kept: str, tree: ast.AST) -> Keywords:
    """Return the same for one field's keywords: `kwargs["type"] = …`."""
    result: Keywords = {}
    for statement in ast.walk(tree):
        match statement:
            case ast.Assign(
                targets=[ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(key)))], value=value
            ) if name == kept:
                result[key] = value
            case _:
                pass
    return result


def _changed(hint: Hint, changes: Keywords) -> Hint:
    takes, kind, choices = hint
    if "nargs" in changes:
        takes = _nargs(changes["nargs"], takes)
    if "type" in changes:
        kind = _kind(changes["type"])
        choices = ()  # what is compared with them has gone through that function
    if "choices" in changes:
        choices = ()
    return Hint(takes, kind, choices)
