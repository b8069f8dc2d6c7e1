"""R3401."""

from __future__ import annotations

from nestforge.lint.absent import absent_uses
from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3401", severity="warning")
def reference_to_absent_resource(template: Template) -> Iterator[Finding]:
    """Something refers to a resource that is not created where it is needed.

    The resource has a condition, and there are values of the parameters for which the condition is false
    while what refers to the resource is there. Deployment then fails, or comes out with an empty value.
    A warning, since published templates are deployed so: where a null does no harm, ROS evidently gives one.

    Bad:  Eip with `Condition: Public`, and an output of its address without
    Good: Eip with `Condition: Public`, and an output of its address with `Condition: Public`
    """
    for absent in absent_uses(template):
        if absent.use.function != "DependsOn":
            message = f"'{absent.use.base}' is not created {absent.when}"
            help = f"refer to it under the condition '{absent.condition}' only"
            yield Finding(absent.use.span(template), message, help)
