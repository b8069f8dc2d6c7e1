"""R3206."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.sections import ENTRIES, REQUIRED
from nestforge.model.near_miss import slip_of
from nestforge.sources.libyaml import MappingNode
from nestforge.sources.nodes import entries, items, pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3206")
def incomplete_entry(template: Template) -> Iterator[Finding]:
    """A resource has no Type, an output no Value, a rule no Assertions, a local no Value.

    Bad:  Outputs: {Address: {Description: where the service listens}}
    Good: Outputs: {Address: {Description: where the service listens, Value: 10.0.0.1}}
    """
    for section, wanted in REQUIRED.items():
        for key, entry in pairs(template.sections.get(section)):
            keys = entries(entry)
            if isinstance(entry, MappingNode) and wanted not in keys and "<<" not in keys:
                meant = slip_of(wanted, [name for name in keys if name not in ENTRIES[section]])
                message = f"{section}.{scalar(key)} has no {wanted}"
                help = f"rename '{meant}' to {wanted}" if meant else f"add {wanted}"
                yield Finding(template.span(key), message, help)
            for assertion in items(keys.get("Assertions")):
                if isinstance(assertion, MappingNode) and "Assert" not in entries(assertion):
                    yield Finding(
                        template.span(assertion),
                        f"this assertion of {scalar(key)} has no Assert",
                        "add Assert, a condition that must hold",
                    )
    for key, entry in pairs(template.sections.get("Locals")):
        keys = entries(entry)
        is_data_source = (scalar(keys.get("Type")) or "").startswith("DATASOURCE::")
        if isinstance(entry, MappingNode) and not is_data_source and not keys.keys() & {"Value", "<<"}:
            yield Finding(template.span(key), f"Locals.{scalar(key)} has no Value", "add Value")
