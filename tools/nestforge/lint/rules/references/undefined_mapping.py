"""R3005."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.nodes import entries, items, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template

_SHOWN = 8


@rule("R3005")
def undefined_mapping(template: Template) -> Iterator[Finding]:
    """`Fn::FindInMap` looks in a mapping, or under a key, that is not there.

    Keys that a function gives are known at deployment only; the keys that are written out are checked.

    Bad:  {"Fn::FindInMap": [Engine, vllm, Settings]}
    Good: {"Fn::FindInMap": [Engines, vllm, Settings]}
    """
    mappings = {
        name: {key: entries(row) for key, row in entries(mapping).items()}
        for name, mapping in template.mappings.items()
    }
    for call in template.calls("Fn::FindInMap"):
        given = items(call.argument)
        name = text(given[0]) if given else None
        if name is None or len(given) < 3:
            continue
        if name not in template.mappings:
            help = did_you_mean(name, template.mappings) or "write it under Mappings, or name one that is there"
            yield Finding(template.span(given[0]), f"there is no mapping '{name}'", help)
            continue
        yield from _keys(template, name, mappings[name], given[1], given[2])


def _keys(
    template: Template, mapping: str, rows: dict[str, dict[str, Node]], first: Node, second: Node
) -> Iterator[Finding]:
    row = text(first)
    if row is not None and row not in rows:
        help = did_you_mean(row, rows) or _keys_are(rows)
        yield Finding(template.span(first), f"mapping '{mapping}' has no key '{row}'", help)
        return
    cell = text(second)
    where = f"mapping '{mapping}'" if row is None else f"'{row}' in mapping '{mapping}'"
    columns = [rows[row]] if row is not None else list(rows.values())
    if cell is not None and not any(cell in column for column in columns):
        known = list(dict.fromkeys(key for column in columns for key in column))
        help = did_you_mean(cell, known) or _keys_are(known)
        yield Finding(template.span(second), f"{where} has no key '{cell}'", help)


def _keys_are(known: Collection[str]) -> str:
    shown = list(known)[:_SHOWN] + ["…"] * (len(known) > _SHOWN)
    return f"known keys: {', '.join(shown)}" if shown else "add the key: there is none yet"
