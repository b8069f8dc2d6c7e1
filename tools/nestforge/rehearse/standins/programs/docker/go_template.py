"""Go's templates, as far as `--format` needs them: fields, `range`, `if`, `with`, pipes and docker's functions.

Anything else is refused with a message. Source: the manuals of text/template and of docker's formatting.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nestforge.rehearse.standins.programs.docker.errors import DockerError

if TYPE_CHECKING:
    from collections.abc import Callable

OPTIONAL = ("Health",)
"""Fields that Go's structures have and docker's JSON leaves out when they are empty."""

_ACTION = re.compile(r"\{\{(-\s)?\s*(.*?)\s*(\s-)?\}\}", re.DOTALL)
_TOKEN = re.compile(
    r"\s*(?:(?P<text>\"(?:[^\"\\]|\\.)*\"|`[^`]*`)|(?P<number>-?\d+(?:\.\d+)?)|(?P<variable>\$\w*)|"
    r"(?P<field>(?:\.\w+)+|\.)|(?P<word>\w+)|(?P<sign>:=|[|(),=]))"
)
_MISSING = object()


class TemplateError(DockerError):
    """A template that docker would refuse, or that this stand-in cannot evaluate."""

    def __init__(self, message: str) -> None:
        super().__init__(f"template parsing error: {message}")


def render(template: str, data: object) -> str:
    """Return the template filled in from `data`. Raises TemplateError."""
    pieces = _pieces(template)
    out: list[str] = []
    rest = _render(pieces, 0, data, {"$": data}, out, nested=False)
    if rest != len(pieces):
        raise TemplateError(f"unexpected {{{{{pieces[rest][1]}}}}}")
    return "".join(out)


def _pieces(template: str) -> list[tuple[bool, str]]:
    """Return texts (False) and actions (True), white space trimmed where `-` says so."""
    pieces: list[tuple[bool, str]] = []
    at, trims = 0, False
    for found in _ACTION.finditer(template):
        text = template[at : found.start()]
        text = text.lstrip() if trims else text
        pieces += [(False, text.rstrip() if found[1] else text), (True, found[2])]
        at, trims = found.end(), bool(found[3])
    if "{{" in template[at:]:
        raise TemplateError("unclosed action")
    rest = template[at:]
    return [*pieces, (False, rest.lstrip() if trims else rest)]


def _render(
    pieces: list[tuple[bool, str]], at: int, dot: object, names: dict[str, object], out: list[str], *, nested: bool
) -> int:
    """Write pieces from `at` on until `end` or `else` of what encloses them; return where that is."""
    while at < len(pieces):
        is_action, text = pieces[at]
        word = text.split(maxsplit=1)[0] if is_action and text else ""
        if not is_action:
            out.append(text)
        elif word in ("end", "else"):
            if not nested:
                raise TemplateError(f"unexpected {{{{{text}}}}}")
            return at
        elif word in ("if", "with", "range"):
            at = _block(pieces, at, dot, names, out)
        elif word in ("define", "template", "block", "break", "continue"):
            raise TemplateError(f"the rehearsal's docker does not evaluate {{{{{word}}}}}")
        elif not text.startswith("/*"):
            assigned, expression = _assignment(text)
            value = _evaluate(expression, dot, names)
            if assigned:
                names[assigned[0]] = value
            else:
                out.append(_shown(value))
        at += 1
    if nested:
        raise TemplateError("unexpected EOF")
    return at


def _block(pieces: list[tuple[bool, str]], at: int, dot: object, names: dict[str, object], out: list[str]) -> int:
    """Render the block that begins at `at`; return where its `end` is."""
    word, _, condition = pieces[at][1].partition(" ")
    assigned, expression = _assignment(condition)
    value = _evaluate(expression, dot, names)
    turns: list[tuple[object, dict[str, object]]] = []
    if word == "range":
        for index, item in _items(value):
            bound = dict(zip(reversed(assigned), (item, index), strict=False))
            turns.append((item, bound))
    elif _is_true(value):
        turns.append((value if word == "with" else dot, {assigned[0]: value} if assigned else {}))
    body, ended = at + 1, -1
    for inner, bound in turns:
        ended = _render(pieces, body, inner, {**names, **bound}, out, nested=True)
    if not turns:
        ended = _skip(pieces, body)
        if pieces[ended][1] != "end":
            return _otherwise(pieces, ended, dot, names, out)
    while pieces[ended][1] != "end":
        ended = _skip(pieces, ended + 1)
    return ended


def _otherwise(pieces: list[tuple[bool, str]], at: int, dot: object, names: dict[str, object], out: list[str]) -> int:
    rest = pieces[at][1].removeprefix("else").strip()
    if rest:
        return _block([*pieces[:at], (True, rest), *pieces[at + 1 :]], at, dot, names, out)
    return _render(pieces, at + 1, dot, names, out, nested=True)


def _skip(pieces: list[tuple[bool, str]], at: int) -> int:
    """Return where the `end` or `else` of this level is."""
    depth = 0
    while at < len(pieces):
        is_action, text = pieces[at]
        word = text.split(maxsplit=1)[0] if is_action and text else ""
        if word in ("if", "with", "range"):
            depth += 1
        elif word in ("end", "else"):
            if depth == 0:
                return at
            depth -= word == "end"
        at += 1
    raise TemplateError("unexpected EOF")


def _assignment(text: str) -> tuple[list[str], str]:
    found = re.match(r"\s*(\$\w+)(?:\s*,\s*(\$\w+))?\s*:?=\s*(.*)", text, re.DOTALL)
    return ([name for name in found.group(1, 2) if name], found[3]) if found else ([], text)


def _items(value: object) -> list[tuple[object, object]]:
    if isinstance(value, dict):
        return [(name, value[name]) for name in sorted(value)]
    if isinstance(value, list):
        return list(enumerate(value))
    if value is None:
        return []
    raise TemplateError(f"range can't iterate over {_shown(value)}")


def _evaluate(expression: str, dot: object, names: dict[str, object]) -> object:
    tokens = _tokens(expression)
    value = _pipeline(tokens, dot, names)
    if tokens:
        raise TemplateError(f"unexpected {tokens[0][1]!r} in {expression!r}")
    return value


def _tokens(expression: str) -> list[tuple[str, str]]:
    tokens, at = [], 0
    while expression[at:].strip():
        found = _TOKEN.match(expression, at)
        if found is None:
            raise TemplateError(f"unexpected {expression[at:].strip()[0]!r} in {expression!r}")
        tokens.append((str(found.lastgroup), found[str(found.lastgroup)]))
        at = found.end()
    if not tokens:
        raise TemplateError("missing value for command")
    return tokens


def _pipeline(tokens: list[tuple[str, str]], dot: object, names: dict[str, object]) -> object:
    value: object = _MISSING
    while True:
        value = _command(tokens, dot, names, value)
        if not tokens or tokens[0][1] != "|":
            return value
        tokens.pop(0)


def _command(tokens: list[tuple[str, str]], dot: object, names: dict[str, object], piped: object) -> object:
    function = None
    if tokens and tokens[0][0] == "word" and tokens[0][1] not in ("true", "false", "nil"):
        function = _function(tokens.pop(0)[1])
    values = []
    while tokens and tokens[0][1] not in ("|", ")"):
        values.append(_operand(tokens, dot, names))
    if piped is not _MISSING:
        values.append(piped)
    if function is not None:
        try:
            return function(*values)
        except (TypeError, KeyError, IndexError, ValueError) as error:
            raise TemplateError(f"error calling a function: {error}") from None
    if len(values) != 1:
        raise TemplateError("one value was expected" if values else "missing value for command")
    return values[0]


def _operand(tokens: list[tuple[str, str]], dot: object, names: dict[str, object]) -> object:
    kind, text = tokens.pop(0)
    if text == "(":
        value = _pipeline(tokens, dot, names)
        if not tokens or tokens.pop(0)[1] != ")":
            raise TemplateError("unclosed left paren")
    elif kind == "field":
        return _field(dot, text)
    elif kind == "variable":
        if text not in names:
            raise TemplateError(f"undefined variable {text!r}")
        value = names[text]
    elif kind == "text":
        return text[1:-1] if text[0] == "`" else json.loads(text)
    elif kind == "number":
        return float(text) if "." in text else int(text)
    elif text in ("true", "false", "nil"):
        return {"true": True, "false": False, "nil": None}[text]
    else:
        raise TemplateError(f"unexpected {text!r}")
    if tokens and tokens[0][0] == "field" and tokens[0][1] != ".":
        return _field(value, tokens.pop(0)[1])
    return value


def _field(value: object, path: str) -> object:
    for name in path.strip(".").split("."):
        if not name:
            return value
        if value is None:
            raise TemplateError(f"nil pointer evaluating <.{name}>")
        if not isinstance(value, dict):
            raise TemplateError(f"can't evaluate field {name} in {_shown(value)}")
        if name not in value and name not in OPTIONAL:
            raise TemplateError(f'executing "" at <{path}>: map has no entry for key "{name}"')
        value = value.get(name)
    return value


def _function(name: str) -> Callable[..., object]:
    if name not in FUNCTIONS:
        raise TemplateError(f'function "{name}" not defined')
    return FUNCTIONS[name]


def _index(value: Any, *keys: Any) -> object:
    for key in keys:
        value = value.get(key, "") if isinstance(value, dict) else value[key]
    return value


def _and(*values: object) -> object:
    return next((value for value in values if not _is_true(value)), values[-1])


def _or(*values: object) -> object:
    return next((value for value in values if _is_true(value)), values[-1])


def _is_true(value: object) -> bool:
    return bool(value)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "<nil>"
    if isinstance(value, dict):
        return f"map[{' '.join(f'{name}:{_shown(value[name])}' for name in sorted(value))}]"
    if isinstance(value, list):
        return f"[{' '.join(map(_shown, value))}]"
    return str(value)


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


FUNCTIONS: dict[str, Callable[..., object]] = {
    "and": _and,
    "eq": lambda first, *others: first in others,
    "ge": lambda one, other: one >= other,
    "gt": lambda one, other: one > other,
    "index": _index,
    "join": lambda values, separator: separator.join(values),
    "json": _json,
    "le": lambda one, other: one <= other,
    "len": len,
    "lower": str.lower,
    "lt": lambda one, other: one < other,
    "ne": lambda one, other: one != other,
    "not": lambda value: not _is_true(value),
    "or": _or,
    "print": lambda *values: "".join(map(_shown, values)),
    "printf": lambda form, *values: re.sub(r"%v", "%s", form) % tuple(
        _shown(value) if isinstance(value, (bool, dict, list)) or value is None else value for value in values
    ),
    "println": lambda *values: " ".join(map(_shown, values)) + "\n",
    "slice": lambda value, *ends: value[slice(*ends) if len(ends) > 1 else slice(ends[0], None)],
    "split": str.split,
    "title": str.title,
    "truncate": lambda text, length: text[:length],
    "upper": str.upper,
}  # fmt: skip
