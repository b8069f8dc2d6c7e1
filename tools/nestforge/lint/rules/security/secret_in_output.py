"""R9027."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import parameters_of
from nestforge.lint.scalars import truth
from nestforge.model.pattern import pattern
from nestforge.sources.calls import calls_below
from nestforge.sources.libyaml import SequenceNode
from nestforge.sources.nodes import entries, pairs, scalar
from nestforge.sources.substitution import parts_of, variables_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template

_KEY = "ALIYUN::RAM::AccessKey"
_SECRET = ".AccessKeySecret"
_FOR_CALLS = pattern(r"(?i)(?:api[_-]?key|token)$")


@rule("R9027", severity="warning")
def secret_in_output(template: Template) -> Iterator[Finding]:
    """An output shows the value of a `NoEcho` parameter or a new AccessKey, and is not `NoEcho` itself.

    What the buyer typed into a hidden field, or a key that was made, is then in the list of outputs for everyone who
    sees the stack. The key or token of an API is left out: a sample of a call shows it by custom.

    Bad:  Password: {Value: {Ref: InstancePassword}}
    Good: Password: {Value: {Ref: InstancePassword}, NoEcho: true}
    """
    secrets = {field.name for field in parameters_of(template) if field.is_secret and not _FOR_CALLS.search(field.name)}
    for key, output in pairs(template.sections.get("Outputs")):
        attributes = entries(output)
        if truth(scalar(attributes.get("NoEcho")) or "") or "Value" not in attributes:
            continue
        names, attributes_of_resources = template.recalled(_shown_by, attributes["Value"])
        for name in sorted(secrets & names):
            message = f"the output '{key.value}' shows the secret '{name}'"
            yield Finding(template.span(key), message, "add `NoEcho: true`, or leave the secret out")
        keys = [asked.removesuffix(_SECRET) for asked in attributes_of_resources if asked.endswith(_SECRET)]
        for name in dict.fromkeys(name for name in keys if template.type_of(name) == _KEY):
            message = f"the output '{key.value}' shows the secret of the AccessKey '{name}'"
            yield Finding(template.span(key), message, "add `NoEcho: true`")


def _shown_by(value: Node) -> tuple[set[str], list[str]]:
    """Return what a Ref or an Fn::Sub fills in, and what `Fn::GetAtt` asks for, as `Resource.Attribute`."""
    found: set[str] = set()
    asked: list[str] = []
    for call in calls_below(value):
        if call.function == "Ref":
            found.add(scalar(call.argument) or "")
        elif call.function == "Fn::Sub" and (parts := parts_of(call.argument)) is not None:
            text, own = parts
            found |= variables_in(scalar(text) or "").keys() - own.keys()
        elif call.function == "Fn::GetAtt":
            asked.append(".".join(_words(call.argument)))
    return found, asked


def _words(argument: Node) -> list[str]:
    items = argument.value if isinstance(argument, SequenceNode) else [argument]
    return [scalar(item) or "" for item in items]
