"""Uses of resources that are not created where they are used."""

from __future__ import annotations

from functools import lru_cache

from nestforge.lint.assignments import Assignments
from nestforge.lint.uses import uses_of
from nestforge.model.named_tuple import NamedTuple
from nestforge.sources.nodes import entries, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.uses import Use
    from nestforge.sources.template import Template

_MOST = 3
"""How many values a sentence lists."""


class Absent(NamedTuple):
    """A use, the condition that the resource is created under, and values for which it is not."""

    use: Use
    condition: str
    values: dict[str, str]

    @property
    def when(self) -> str:
        """`when 'Public' is 'false'`, as the sentence goes on."""
        listed = [f"'{name}' is '{value}'" for name, value in self.values.items()]
        more = [f"{len(listed) - _MOST} more are as needed"] if len(listed) > _MOST else []
        return f"when {', '.join([*listed[:_MOST], *more])}"


@lru_cache(maxsize=1)  # two rules ask for those of the same template
def absent_uses(template: Template) -> tuple[Absent, ...]:
    """Return the uses for which values of the parameters are found that leave the resource out."""
    return tuple(_found(template))


def _found(template: Template) -> Iterator[Absent]:
    conditions = {
        name: condition
        for name, resource in template.resources.items()
        if (condition := text(entries(resource).get("Condition"))) is not None
    }
    assignments = Assignments(template)
    for use in uses_of(template) if conditions else ():
        condition = conditions.get(use.base)
        if condition is None or use.section not in ("Resources", "Outputs") or (condition, True) in use.guards:
            continue
        values = assignments.where((*use.guards, (condition, False)))
        if values is not None:
            yield Absent(use, condition, values)
