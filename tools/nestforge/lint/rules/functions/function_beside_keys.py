"""R3322."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.signatures import SIGNATURES
from nestforge.sources.nodes import key_text, pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3322", severity="warning")
def function_beside_keys(template: Template) -> Iterator[Finding]:
    """A map has a function and other keys beside it: it is then no call.

    Mostly the function belongs to the key above it, and is not indented far enough.

    Bad:  {"Fn::Sub": "${Name}", Name: {Ref: WebName}}
    Good: {"Fn::Sub": ["${Name}", {Name: {Ref: WebName}}]}
    """
    for node in template.with_functions:
        start = node.start_mark
        if (template.owner_at(start.line + 1, start.column + 1) or "").startswith("Parameters"):
            continue  # of a condition of the form, the first key counts
        for key, _ in pairs(node):
            if scalar(key) in SIGNATURES and "::" in key_text(key):
                others = "another key" if len(node.value) == 2 else f"{len(node.value) - 1} other keys"
                message = f"{scalar(key)} stands beside {others}, and is not called"
                yield Finding(template.span(key), message, "give the function a map of its own")
