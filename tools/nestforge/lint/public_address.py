"""Whether the instances of a resource get a public address of their own, as far as the template decides it."""

from __future__ import annotations

from nestforge.lint.scalars import number, truth
from nestforge.sources.nodes import entries, function_of, items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.sources.calls import Guards
    from nestforge.sources.template import Template

INSTANCES = ("ALIYUN::ECS::Instance", "ALIYUN::ECS::InstanceGroup")
"""The types of one instance, and of several."""

_ALLOCATED, _BANDWIDTH = "AllocatePublicIP", "InternetMaxBandwidthOut"
_DEEPEST = 6
"""Choices inside each other; an alias can make two of each."""


def why_no_address(name: str, template: Template) -> str | None:
    """Return what keeps the instances without a public address, whatever the buyer chooses."""
    allocated, bandwidth = _allocation(name, template, ())
    if allocated == {False}:
        return f"{_ALLOCATED} is false"
    return f"{_BANDWIDTH} is 0" if bandwidth == {0} else None


def has_address(name: str, template: Template, guards: Guards) -> bool:
    """Return whether nothing keeps the instances without a public address where `guards` hold."""
    allocated, bandwidth = _allocation(name, template, guards)
    return allocated <= {True} and not bandwidth & {0, None}


def _allocation(name: str, template: Template, guards: Guards) -> tuple[set[bool | None], set[float | None]]:
    """Return the values of the two properties: none for one that is not given, None for one that is open."""
    own = scalar(entries(template.resources.get(name)).get("Condition"))
    properties, guards = template.properties_of(name), (*guards, *(((own, True),) if own else ()))
    given = properties.get("<<")  # what an anchor brings in is not written here
    return (
        {truth(value or "") for value in _written(properties.get(_ALLOCATED, given), guards)},
        {number(value or "") for value in _written(properties.get(_BANDWIDTH, given), guards)},
    )


def _written(node: Node | None, guards: Guards, depth: int = 0) -> set[str | None]:
    """Return the values that a property can have, None among them where one is not written out."""
    if node is None:
        return set()
    called = function_of(node)
    if called is None:
        return {scalar(node)}
    given = items(called[1])
    if called[0] != "Fn::If" or len(given) != 3 or depth > _DEEPEST:
        return {None}
    condition = scalar(given[0]) or ""
    found: set[str | None] = set()
    for holds, chosen in ((True, given[1]), (False, given[2])):
        if (condition, not holds) not in guards:
            found |= _written(chosen, (*guards, (condition, holds)), depth + 1)
    return found
