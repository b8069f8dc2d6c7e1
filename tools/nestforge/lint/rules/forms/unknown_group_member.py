"""R4002."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.lint.parameter_groups import grouped_parameters
from nestforge.model.near_miss import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.template import Template


@rule("R4002")
def unknown_group_member(template: Template) -> Iterator[Finding]:
    """A group of the form names a parameter that is not there.

    Bad:  ParameterGroups: [{Parameters: [Modle]}]
    Good: ParameterGroups: [{Parameters: [Model]}]
    """
    for node, name in grouped_parameters(template):
        if name not in template.parameters:
            message = f"there is no parameter '{name}'"
            yield Finding(template.span(node), message, did_you_mean(name, template.parameters), name)
