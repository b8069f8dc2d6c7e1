"""R3322."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.lint.signatures import SIGNATURES
from nestforge.sources.nodes import children, pairs, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


_FUNCTIONS = frozenset(name for name in SIGNATURES if "::" in name)


@rule("R3322", severity="warning")
def function_beside_keys(template: Template) -> Iterator[Finding]:
    """A map has a function and other keys beside it: it is then no call.

    Mostly the function belongs to the key above it, and is not indented far enough.

    Bad:  {"Fn::Sub": "${Name}", Name: {Ref: WebName}}
    Good: {"Fn::Sub": ["${Name}", {Name: {Ref: WebName}}]}
    """
    if all(len(names) == 1 or _FUNCTIONS.isdisjoint(names) for _, names in template.maps):
        return  # as in nearly every template
    for section in ("Conditions", "Locals", "Resources", "Outputs"):
        waiting = [node] if (node := template.sections.get(section)) is not None else []
        seen: set[int] = set()
        while waiting:
            node = waiting.pop()
            keys = [key for key, _ in pairs(node)]
            if id(node) in seen or any(key.value == "ROSTemplateFormatVersion" for key in keys):
                continue
            seen.add(id(node))
            waiting += children(node)
            for key in keys if len(keys) > 1 else ():
                if scalar(key) in _FUNCTIONS:
                    message = f"{scalar(key)} stands beside {len(keys) - 1} other keys, and is not called"
                    yield Finding(template.span(key), message, "give the function a map of its own")
