"""Where a template uses a name: in which entry, and under which conditions."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nestforge.sources.nodes import entries, function_of, items, scalar, text
from nestforge.sources.substitution import parts_of, variables_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.model.diagnostic import Span
    from nestforge.sources.calls import Guards
    from nestforge.sources.template import Template


class Use(NamedTuple):
    """One use of a name: by the attribute `part` of the entry `owner` of a section.

    `function` is `Ref`, `Fn::GetAtt`, `Fn::Sub` or `DependsOn`. `written` is how a variable stands in a text.
    `guards` are what the entry's own condition and each `Fn::If` around the use decide.
    """

    section: str
    owner: str
    part: str
    function: str
    name: str
    node: Node
    guards: Guards = ()
    written: str | None = None

    @property
    def base(self) -> str:
        """The resource that a Count makes `Web[1]` of."""
        return self.name.partition("[")[0]

    def span(self, template: Template) -> Span:
        """Return the place of the name."""
        return template.span(self.node) if self.written is None else template.span_of_text(self.node, self.written)


_LOOKUP = "Fn::FindInMap"


@lru_cache(maxsize=1)  # each rule asks for those of the same template
def uses_of(template: Template) -> tuple[Use, ...]:
    """Return the uses of parameters, resources and locals, section by section; dependencies come last."""
    return tuple(use for use in _all_uses(template) if use.function != _LOOKUP)


def lookups_of(template: Template) -> tuple[Use, ...]:
    """Return the uses of mappings; the node of each is the argument of `Fn::FindInMap`."""
    return tuple(use for use in _all_uses(template) if use.function == _LOOKUP)


@lru_cache(maxsize=1)
def _all_uses(template: Template) -> tuple[Use, ...]:
    return tuple(_uses(template))


def _uses(template: Template) -> Iterator[Use]:
    for call in template.all_calls:
        if call.section != "Mappings":
            for name, place, written in _names(call.function, call.argument):
                yield Use(call.section, call.owner, call.part, call.function, name, place, call.guards, written)
    for owner, resource in template.resources.items():
        fields = entries(resource)
        target = fields.get("DependsOn")
        if target is not None and function_of(target) is None:
            condition = scalar(fields.get("Condition"))
            guards: Guards = ((condition, True),) if condition else ()
            for named in items(target) or [target]:
                if needed := text(named):
                    yield Use("Resources", owner, "DependsOn", "DependsOn", needed, named, guards)


def _names(function: str, argument: Node) -> Iterator[tuple[str, Node, str | None]]:
    if function == "Ref":
        if (name := scalar(argument)) is not None:
            yield name, argument, None
    elif function == _LOOKUP:
        if (name := scalar(next(iter(items(argument)), None))) is not None:
            yield name, argument, None
    elif function == "Fn::GetAtt":
        given = items(argument)
        target = given[0] if given else argument
        if (name := scalar(target)) is not None:
            yield name if given else name.partition(".")[0], target, None
    elif function == "Fn::Sub" and (parts := parts_of(argument)) is not None:
        written_in, own = parts
        for variable, written in variables_in(scalar(written_in) or "").items():
            base, dot, _ = variable.partition(".")
            if dot or variable not in own:
                yield base, written_in, written
