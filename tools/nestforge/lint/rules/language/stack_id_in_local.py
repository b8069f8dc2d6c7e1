"""R3233."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.uses import uses_of
from nestforge.sources.nodes import entries, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3233")
def stack_id_in_local(template: Template) -> Iterator[Finding]:
    """A local of type `Eval` refers to `ALIYUN::StackId`; it is evaluated before there is a stack.

    Bad:  {Type: Eval, Value: {Ref: ALIYUN::StackId}}
    Good: {Type: Macro, Value: {Ref: ALIYUN::StackId}}
    """
    for use in uses_of(template):
        if use.section != "Locals" or use.name != "ALIYUN::StackId":
            continue
        if scalar(entries(template.locals[use.owner]).get("Type")) == "Eval":
            yield Finding(use.span(template), "a local of type Eval has no ALIYUN::StackId", "use type Macro")
