"""`Fn::FindInMap`: an entry of Mappings."""

from __future__ import annotations

from nestforge.evaluate.arguments import as_text
from nestforge.evaluate.data import ANY, MASK, SecretText, Unknown, first_unknown
from nestforge.evaluate.fault import Fault, Kind
from nestforge.evaluate.shown import quoted
from nestforge.evaluate.value import Origin, Value
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.nodes import entries, items

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.evaluate.function import Scope


def find_in_map(argument: Node, scope: Scope) -> Value:
    """Look up `[mapping, key, key]`; each may be the result of a function."""
    given = items(argument)
    if len(given) != 3:
        raise Fault(f"expected a mapping and two keys, not {len(given) or 'a single value'}")
    keys = [scope.value_of(node) for node in given]
    steps = [step for key in keys for step in key.steps]
    unknown = first_unknown([key.data for key in keys])
    if unknown is not None:
        origin = Origin(scope.template.span(argument)).after(*steps)
        return Value(Unknown(ANY, unknown.of, faulty=unknown.faulty), origin)
    known = scope.template.mappings
    way: list[str] = []
    for key in keys[:-1]:
        known = entries(_entry(known, key, way))
    found = scope.literal(_entry(known, keys[-1], way))
    return Value(found.content, found.origin.after(f"mapping {'.'.join(way)}", *steps))


def _entry(known: dict[str, Node], key: Value, way: list[str]) -> Node:
    name = as_text(key.data)
    secret = isinstance(name, SecretText)
    if name not in known:
        where = f"mapping '{'.'.join(way)}'" if way else "Mappings"
        hint = None if secret else did_you_mean(name, known) or f"its keys are {', '.join(list(known)[:10])}"
        raise Fault(f"{where} has no {quoted(key.data)}", hint if known else None, Kind.MISSING_ENTRY)
    way.append(MASK if secret else name)
    return known[name]
