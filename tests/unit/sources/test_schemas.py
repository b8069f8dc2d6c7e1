"""The schemas of the sources, as an editor shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from nestforge.sources.schemas import KINDS, OUTPUTS, schema

if TYPE_CHECKING:
    from collections.abc import Iterator

Node = dict[str, object]


def described(node: Node, way: str, whole: Node, seen: frozenset[str] = frozenset()) -> Iterator[tuple[str, bool]]:
    """Yield every key, and every mapping in a list or under a free key, and whether an editor can explain it."""
    if "$ref" in node:
        name = str(node["$ref"]).rpartition("/")[2]
        if name not in seen:
            yield from described(cast("dict[str, Node]", whole["$defs"])[name], way, whole, seen | {name})
    for name, inner in cast("dict[str, Node]", node.get("properties", {})).items():
        yield f"{way}.{name}", "description" in inner
        yield from described(inner, f"{way}.{name}", whole, seen)
    for below in ("items", "additionalProperties"):
        inner = cast("Node", node.get(below))
        if isinstance(inner, dict):
            if "properties" in inner:
                yield f"{way}.{below}", "description" in inner
            yield from described(inner, f"{way}.{below}", whole, seen)
    for branch in (one for key in ("oneOf", "anyOf") for one in cast("list[Node]", node.get(key, []))):
        yield from described(branch, way, whole, seen)


# config.yaml is described by those who read it: its schema says what they accept.
@pytest.mark.parametrize("kind", [kind for kind in (*KINDS, *OUTPUTS) if kind != "config"])
def test_every_key_has_a_description(kind: str) -> None:
    found = list(described(schema(kind), kind, schema(kind)))
    assert len(found) > 5
    assert [way for way, is_described in found if not is_described] == []
