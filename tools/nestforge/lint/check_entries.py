"""Check a template as it is edited: what rules found in an entry stays, where nothing changes that they look at."""

from __future__ import annotations

from itertools import chain

from nestforge.lint.conditions import choices_of, mappings_for
from nestforge.sources.nodes import pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from nestforge.lint.engine import Rule
    from nestforge.model.diagnostic import Diagnostic
    from nestforge.sources.memory import Memory
    from nestforge.sources.template import Template

SECTIONS = ("Parameters", "Mappings", "Conditions", "Rules", "Locals", "Resources", "Outputs")
"""The sections whose entries are looked at one by one."""


def check_entries(
    template: Template, memory: Memory, rules: Sequence[Rule], under: Callable[[int, int], str | None]
) -> list[Diagnostic]:
    """Return what the rules find; each looks at one entry after the other, and at what the others are to it."""
    entries = {
        f"{section}.{scalar(key)}": (key, entry)
        for section in SECTIONS
        for key, entry in pairs(template.sections.get(section))
    }
    if len(entries) < sum(len(pairs(template.sections.get(section))) for section in SECTIONS):
        return [found for rule in rules for found in rule.check(template, under)]
    names = list(entries)
    frame = choices_of(template), f"{template.has_transform} {' '.join(template.mappings)}"
    codes = " ".join(rule.code for rule in rules)

    def found_in(unknown: list[int]) -> Iterable[list[Diagnostic]]:
        found: dict[str | None, list[Diagnostic]] = {names[index]: [] for index in unknown}
        part = template.about(entries[names[index]][1] for index in unknown)
        for each in (each for rule in rules for each in rule.check(part, under)):
            found[each.under].append(each)
        return found.values()

    every = [
        (
            (codes, key, entry, *frame, *mappings_for(template.calls_of(entry), template)),
            key.start_mark.line,
        )
        for key, entry in entries.values()
    ]
    return list(chain.from_iterable(memory.recall_findings(every, found_in)))
