"""R4003."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.lint.nodes import child, pairs, scalar, strings
from nestforge.lint.template import FORM_KEYS, SUB_VARIABLE
from nestforge.model.near_miss import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node, ScalarNode

    from nestforge.lint.template import Template

_PSEUDO = re.compile(r"\$\{ALIYUN::\w+\}")  # accepted as a whole value, not inside a condition


@rule("R4003", severity="warning")
def unknown_form_reference(template: Template) -> Iterator[Finding]:
    """`${X}` in what the form evaluates names no parameter.

    The form then shows or demands the wrong fields. A bare name, as in `VpcCidrBlock: VpcCidrBlock`, is
    another way to name a parameter and is not looked at; nor are forms inside a list parameter, whose
    names are their own.

    Bad:  AssociationPropertyMetadata: {VpcId: "${Vpc}"}
    Good: AssociationPropertyMetadata: {VpcId: "${VpcId}"}
    """
    for parameter, node in template.parameters.items():
        for key in FORM_KEYS:
            for text in _of_this_form(child(node, key)):
                value = scalar(text) or ""
                for name in SUB_VARIABLE.findall(value):
                    if name not in template.parameters and not _PSEUDO.fullmatch(value):
                        message = f"'${{{name}}}' names no parameter"
                        help = did_you_mean(name, template.parameters)
                        yield Finding(template.span(text, name), message, help, parameter)


def _of_this_form(node: Node | None) -> Iterator[ScalarNode]:
    entries = list(pairs(node))
    if not entries:
        yield from strings(node)
    for _, key, value in entries:
        if key not in ("Parameter", "Parameters"):
            yield from _of_this_form(value)
