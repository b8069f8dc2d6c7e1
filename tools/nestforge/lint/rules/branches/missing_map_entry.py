"""R3405."""

from __future__ import annotations

from nestforge.lint.assignments import Assignments
from nestforge.lint.engine import Finding, rule
from nestforge.lint.placed_calls import placed_calls
from nestforge.sources.nodes import entries, function_of, items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template

_MOST = 100


@rule("R3405")
def missing_map_entry(template: Template) -> Iterator[Finding]:
    """A mapping has no entry for a value that a parameter may have where it is looked up.

    Bad:  {"Fn::FindInMap": [Images, {Ref: Engine}, Tag]} where Engine may be sglang, and Images has vllm only
    Good: {"Fn::FindInMap": [Images, {Ref: Engine}, Tag]} where Images has an entry for each allowed value
    """
    assignments = Assignments(template)
    cells = {
        name: {key: entries(row) for key, row in entries(node).items()} for name, node in template.mappings.items()
    }
    for call in placed_calls(template):
        given = items(call.argument)
        if call.function != "Fn::FindInMap" or len(given) != 3 or call.section == "Locals":
            continue
        mapping = scalar(given[0]) or ""
        rows = cells.get(mapping, {})
        for decided, row, column in _cells(template, given):
            if column in rows.get(row, {}):
                continue
            if rows and decided and (not call.guards or assignments.where(call.guards, decided) is not None):
                where = " and ".join(f"'{name}' is '{value}'" for name, value in decided.items())
                message = f"mapping '{mapping}' has no '{column}' for '{row}', which is looked up when {where}"
                yield Finding(template.span(call.node), message, "add the entry, or take the value away")
                break


def _cells(template: Template, given: list[Node]) -> Iterator[tuple[dict[str, str], str, str]]:
    """Yield the keys that the parameters can give, with the values of the parameters."""
    rows, columns = (_keys(template, node) for node in given[1:])
    for row_decided, row in rows[:_MOST]:
        for column_decided, column in columns[:_MOST]:
            both = {**row_decided, **column_decided}
            if both.items() >= row_decided.items():
                yield both, row, column


def _keys(template: Template, node: Node) -> list[tuple[dict[str, str], str]]:
    called = function_of(node)
    if called is None:
        return [({}, scalar(node) or "")]
    name = scalar(called[1]) or ""
    if called[0] != "Ref" or name not in template.parameters:
        return []
    allowed = items(entries(template.parameters[name]).get("AllowedValues"))
    return [({name: value}, value) for node in allowed if (value := scalar(node))]
