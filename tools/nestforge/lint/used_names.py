"""The names that a template uses, wherever it does."""

from __future__ import annotations

from functools import lru_cache

from nestforge.lint.form_references import form_references
from nestforge.lint.uses import uses_of
from nestforge.sources.libyaml import ScalarNode
from nestforge.sources.nodes import children, entries, function_of, pairs, scalar
from nestforge.sources.substitution import VARIABLE, parts_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml.nodes import Node

    from nestforge.sources.template import Template


@lru_cache(maxsize=1)  # two rules ask for those of the same template
def used_names(template: Template) -> frozenset[str] | None:
    """Return what functions and forms refer to; None where a function says what another one refers to."""
    if any(scalar(call.argument) is None for call in template.calls("Ref")):
        return None
    if any(parts_of(call.argument) is None for call in template.calls("Fn::Sub")):
        return None
    names = {use.base for use in uses_of(template)}
    for reference in form_references(template):
        names.update((reference.name, reference.name.partition(".")[0]))
    for section in ("Parameters", "Metadata") if template.says("${") else ():
        for _, node in pairs(template.sections.get(section)):
            names |= template.recalled(_variables_below, node)
    for parameter in template.parameters.values():
        names |= template.recalled(_texts_in_metadata, parameter)
    return frozenset(names)


def _variables_below(node: Node) -> set[str]:
    texts = [text for text in _texts_below(node) if "$" in text]
    return {variable.strip().partition(".")[0] for text in texts for variable in VARIABLE.findall(text)}


def _texts_in_metadata(parameter: Node) -> set[str]:
    """Return what may be names: some keys of the form take one without `${}`, and authors write others so as well."""
    return set(_texts_below(entries(parameter).get("AssociationPropertyMetadata")))


def condition_names(root: Node) -> list[str]:
    """Return the texts that stand where a condition is named: bare, or as `{Condition: name}`."""
    return _texts_below(root, _may_name_conditions)


_OF_CONDITIONS = ("Fn::And", "Fn::Or", "Fn::Not", "Condition", "Fn::If", "Fn::TransformNamespace")


def _may_name_conditions(node: Node) -> bool:
    called = function_of(node)
    return called is None or called[0] in _OF_CONDITIONS


def mapping_names_of_forms(template: Template) -> frozenset[str]:
    """Return the mappings from which the form takes what it suggests."""
    found = set()
    for parameter in template.parameters.values():
        metadata = entries(entries(parameter).get("AssociationPropertyMetadata"))
        found.add(scalar(entries(metadata.get("MappingMetadata")).get("MappingName")) or "")
    return frozenset(found)


def _texts_below(root: Node | None, enters: Callable[[Node], bool] = lambda node: True) -> list[str]:
    """Return the scalars below a node; `enters` says which collections are looked into."""
    waiting = [root] if root is not None else []
    found: list[str] = []
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, ScalarNode):
            found.append(str(node.value))
        elif id(node) not in seen:
            seen.add(id(node))
            if enters(node):
                waiting += children(node)
    return found
