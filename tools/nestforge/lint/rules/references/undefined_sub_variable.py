"""R3006."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.lint.nodes import pairs, scalar
from nestforge.lint.template import sub_variables
from nestforge.model.near_miss import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.template import Template


@rule("R3006")
def undefined_sub_variable(template: Template) -> Iterator[Finding]:
    """`Fn::Sub` is to fill in a variable that nothing gives a value.

    A shell's own `${X}` must be written `$X` or `${!X}`: ROS takes every other one for its own.

    Bad:  {"Fn::Sub": "http://${Adress}:8000/"}
    Good: {"Fn::Sub": "http://${Address}:8000/"}
    """
    for call in template.calls:
        text = scalar(call.parts[0]) if call.function == "Fn::Sub" and call.parts else None
        if text is None:
            continue
        given = {key for part in call.parts[1:2] for _, key, _ in pairs(part)}
        for name in dict.fromkeys(sub_variables(text)):
            target, dot, _ = name.partition(".")
            known = template.resources if dot else given | template.referable
            if target not in known:
                message = f"nothing gives '${{{name}}}' a value"
                help = did_you_mean(target, known) or "a variable of the shell is written $X or ${!X}"
                yield Finding(template.span(call.parts[0], name), message, help, call.under)
