"""Where a template uses a name: in which entry, and under which conditions."""

from __future__ import annotations

from functools import lru_cache

from nestforge.model.named_tuple import NamedTuple
from nestforge.sources.nodes import entries, function_of, items, key_text, scalar, text
from nestforge.sources.substitution import attribute_in, parts_of, variables_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yaml.nodes import Node

    from nestforge.model.diagnostic import Span
    from nestforge.sources.calls import Call, Guards
    from nestforge.sources.template import Template


_NONE: frozenset[str] = frozenset()
_NAMING = frozenset({"Ref", "Fn::GetAtt", "Fn::Sub"})


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


@lru_cache(maxsize=1)  # each rule asks for those of the same template
def uses_of(template: Template) -> tuple[Use, ...]:
    """Return the uses of parameters, resources and locals."""
    groups = [calls for calls in template.calls_by_entry if calls[0].section != "Mappings"]
    with_dots = frozenset(name for name in template.resources if "." in name)
    found = [_in_calls(of, with_dots) if with_dots else template.recalled(_in_calls, of) for of in groups]
    return tuple(use for uses in (*found, _dependencies(template)) for use in uses)


def _in_calls(calls: tuple[Call, ...], with_dots: frozenset[str] = _NONE) -> list[Use]:
    return [use for call in calls if call.function in _NAMING for use in _in_call(call, with_dots)]


def _dependencies(template: Template) -> Iterator[Use]:
    for key, resource in template.looked_at("Resources"):
        owner, fields = key_text(key), entries(resource)
        node = fields.get("DependsOn")
        if node is not None and function_of(node) is None:
            own = text(fields.get("Condition"))
            for target in items(node) or [node]:
                if name := text(target):
                    yield Use("Resources", owner, "DependsOn", "DependsOn", name, target, ((own, True),) if own else ())


def _in_call(call: Call, with_dots: frozenset[str]) -> list[Use]:
    return [
        Use(call.section, call.owner, call.part, call.function, name, node, call.guards, written)
        for name, node, written in _names(call.function, call.argument, with_dots)
    ]


def _names(function: str, argument: Node, with_dots: frozenset[str]) -> Iterable[tuple[str, Node, str | None]]:
    if function == "Ref":
        name = scalar(argument)
        return ((name, argument, None),) if name is not None else ()
    return _names_in_text(function, argument, with_dots)


def _names_in_text(function: str, argument: Node, with_dots: frozenset[str]) -> Iterator[tuple[str, Node, str | None]]:
    if function == "Fn::GetAtt":
        given = items(argument)
        target = given[0] if given else argument
        if (name := scalar(target)) is not None:
            yield name if given else attribute_in(name, with_dots)[0], target, None
    elif (parts := parts_of(argument)) is not None:
        written_in, own = parts
        for variable, written in variables_in(scalar(written_in) or "").items():
            if "." in variable or variable not in own:
                yield attribute_in(variable, with_dots)[0], written_in, written
