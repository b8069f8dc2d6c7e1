"""R3006."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean
from nestforge.model.pattern import pattern
from nestforge.sources.nodes import scalar
from nestforge.sources.substitution import parts_of, variables_in
from nestforge.sources.template import PSEUDO_PARAMETERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_EXPANSION = pattern(r"[^\w.:-]|:-|-$|^-")
"""What a shell does more than to put in the value of a variable."""


@rule("R3006")
def undefined_substitution(template: Template) -> Iterator[Finding]:
    """`Fn::Sub` has a variable that is none of its own, no parameter and no resource.

    A shell's `${name}` inside `Fn::Sub` is one to ROS: write `$name`, or `${!name}`.

    Bad:  {"Fn::Sub": "http://${Adress}:8000"}
    Good: {"Fn::Sub": ["http://${Address}:8000", {Address: 10.0.0.1}]}
    """
    if template.has_transform:
        return
    everywhere = {*template.parameters, *template.resources, *PSEUDO_PARAMETERS}
    for call in template.calls("Fn::Sub"):
        parts = parts_of(call.argument)
        if parts is None:
            continue
        node, own = parts
        for name, written in variables_in(scalar(node) or "").items():
            base, _ = template.attribute_in(name)
            if name in own or name in everywhere or template.has_resource(base) or base in template.locals:
                continue
            span = template.span_of_text(node, written)
            message = f"'${{{name}}}' is no variable of this Fn::Sub, no parameter and no resource"
            yield Finding(span, message, _help(name, everywhere | own.keys()))


def _help(name: str, known: set[str]) -> str:
    escaped = f"'${{!{name}}}'"
    if not name or _EXPANSION.search(name):
        return f"for a shell, write {escaped}"
    return did_you_mean(name.partition(".")[0], known) or f"for a shell, write '${name}' or {escaped}"
