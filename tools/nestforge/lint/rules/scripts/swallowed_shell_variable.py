"""R7008."""

from __future__ import annotations

from nestforge.lint.command_text import shell_scripts_of
from nestforge.lint.engine import Finding, rule
from nestforge.model.pattern import pattern
from nestforge.sources.calls import calls_below
from nestforge.sources.nodes import scalar
from nestforge.sources.substitution import parts_of, variables_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


_VALUED = pattern(r"(?:^|[\s;(&|])(?:(\w+)=(\S*)|for (\w+) in\b|read ((?:-\S+ )*(?:\w+ ?)+))")


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
            valued = _valued(text)
            for name, written in variables_in(text).items():
                if name in valued and name not in own and (name in template.parameters or name in template.resources):
                    message = f"'{written}' is the template's '{name}', not the variable that the script sets"
                    help = f"write '${{!{name}}}' for the shell's own, or give it another name"
                    yield Finding(template.span_of_text(node, written), message, help)


def _valued(text: str) -> set[str]:
    """Return the names that a script gives a value other than the template's own of that name."""
    result: set[str] = set()
    for name, value, loop, read in _VALUED.findall(text):
        if name and "${" + name + "}" not in value:
            result.add(name)
        result.update(word for word in (loop, *read.split()) if word)
    return result
