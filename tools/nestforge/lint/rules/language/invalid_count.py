"""R3212."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.kinds import NUMBER, SAID, TEXT, kind_of
from nestforge.sources.nodes import entries, function_of, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3212")
def invalid_count(template: Template) -> Iterator[Finding]:
    """The `Count` of a resource is no whole number from 0 on.

    Bad:  Count: -1
    Good: Count: 2
    """
    for name, resource in template.resources.items():
        node = entries(resource).get("Count")
        if node is None or function_of(node) is not None:
            continue
        count = scalar(node) or ""
        if kind_of(node) not in (NUMBER, TEXT) or not count.isdecimal():
            found = f"'{count}'" if count else SAID[kind_of(node)]
            message = f"the Count of '{name}' is {found}, expected a whole number from 0 on"
            yield Finding(template.span(node), message, "write a number, or a function of parameters that gives one")
