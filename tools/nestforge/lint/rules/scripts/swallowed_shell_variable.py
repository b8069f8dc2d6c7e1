"""R7008."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nestforge.lint.command_text import shell_scripts_of
from nestforge.lint.engine import Finding, rule
from nestforge.sources.calls import calls_below
from nestforge.sources.nodes import scalar
from nestforge.sources.substitution import parts_of, variables_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


_VALUED = r"(?:^|[\s;(&|])(?:{name}=(?!\S*\$\{{{name}\}})|for {name} in\b|read (?:-\S+ )*(?:\w+ )*{name}\b)"


@rule("R7008", severity="warning")
def swallowed_shell_variable(template: Template) -> Iterator[Finding]:
    """`Fn::Sub` fills in a `${name}` that the script gives a value itself.

    The name is a parameter or a resource as well, so ROS writes its value there, and the one of the script is
    never seen.

    Bad:  {"Fn::Sub": "for Host in a b; do ping ${Host}; done"}, where Host is a parameter
    Good: {"Fn::Sub": "for Host in a b; do ping ${!Host}; done"}
    """
    for script in shell_scripts_of(template):
        for call in calls_below(script.content):
            parts = parts_of(call.argument) if call.function == "Fn::Sub" else None
            if parts is None:
                continue
            node, own = parts
            text = scalar(node) or ""
            for name, written in variables_in(text).items():
                if name in own or not (name in template.parameters or name in template.resources):
                    continue
                if re.search(_VALUED.format(name=re.escape(name)), text):
                    message = f"'{written}' is the template's '{name}', not the variable that the script sets"
                    help = f"write '${{!{name}}}' for the shell's own, or give it another name"
                    yield Finding(template.span_of_text(node, written), message, help)
