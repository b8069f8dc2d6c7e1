"""Stacks inside a stack: what they are given and asked for, beside what their own templates take and give."""

from __future__ import annotations

from functools import lru_cache

from nestforge.lint.attributes import asked_attributes
from nestforge.lint.kinds import NULL, kind_of
from nestforge.lint.nested_templates import body_of
from nestforge.model.named_tuple import NamedTuple
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.nodes import entries, function_of, key_text, pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.lint.attributes import Asked
    from nestforge.model.diagnostic import Span
    from nestforge.sources.template import Template

NESTED_STACK = "ALIYUN::ROS::Stack"
_PARAMETERS = "Parameters"
_OUTPUT = "Outputs."
_SHOWN = 8


class NestedStack(NamedTuple):
    """A resource of `outer` that is a stack, and the template that it is made of."""

    outer: Template
    name: str
    inner: Template

    @property
    def given(self) -> dict[str, Node] | None:
        """The keys of the parameters that it is given; None where a function decides."""
        node = self.outer.properties_of(self.name).get(_PARAMETERS)
        if node is not None and (function_of(node) is not None or scalar(node) is not None):
            return None
        keys = {key_text(key): key for key, _ in pairs(node)}
        return None if "<<" in keys else keys


@lru_cache(maxsize=1)  # each rule asks for those of the same template
def written_stacks(template: Template) -> tuple[NestedStack, ...]:
    """Return the nested stacks whose templates are written out where they are, with no choice of several."""
    found = ((name, body_of(template, name)) for name in template.resources if template.type_of(name) == NESTED_STACK)
    return tuple(NestedStack(template, name, inner) for name, inner in found if inner and not inner.has_transform)


def unknown_parameters(stack: NestedStack) -> Iterator[tuple[Span, str, str]]:
    """Yield the parameters that its template does not have: the place, the sentence, the remedy."""
    own = stack.inner.parameters
    for name, key in (stack.given or {}).items():
        if name not in own:
            said = f"the template of '{stack.name}' has no parameter '{name}'"
            yield stack.outer.span(key), said, did_you_mean(name, own) or _listed("parameters", own)


def missing_parameters(stack: NestedStack) -> Iterator[tuple[Span, str, str]]:
    """Yield the parameters without a default that it is not given."""
    given = stack.given
    if given is None:
        return
    for name, parameter in stack.inner.parameters.items():
        default = entries(parameter).get("Default")
        if name not in given and (default is None or kind_of(default) == NULL):
            place = stack.outer.span_of_key("Resources", stack.name)
            said = f"'{stack.name}' is not given '{name}', for which its template has no default"
            yield place, said, "give it among its Parameters, or write a Default there"


def unknown_outputs(stack: NestedStack) -> Iterator[tuple[Span, str, str]]:
    """Yield where an output is asked for that its template does not have."""
    own = entries(stack.inner.sections.get("Outputs"))
    for asked in _asked_of(stack):
        name = asked.attribute.removeprefix(_OUTPUT)
        if name not in own:
            said = f"the template of '{stack.name}' has no output '{name}'"
            yield asked.span(stack.outer), said, did_you_mean(name, own) or _listed("outputs", own)


def _asked_of(stack: NestedStack) -> Iterator[Asked]:
    for asked in asked_attributes(stack.outer):
        if asked.resource == stack.name and asked.attribute.startswith(_OUTPUT):
            yield asked


def _listed(what: str, names: dict[str, Node]) -> str:
    shown = list(names)[:_SHOWN] + ["…"] * (len(names) > _SHOWN)
    return f"its {what} are {', '.join(shown)}" if names else f"it has no {what}"
