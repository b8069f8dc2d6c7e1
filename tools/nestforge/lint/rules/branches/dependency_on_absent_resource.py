"""R3402."""

from __future__ import annotations

from nestforge.lint.absent import absent_uses
from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3402", severity="info")
def dependency_on_absent_resource(template: Template) -> Iterator[Finding]:
    """A resource depends on one that is not created in some cases in which itself is.

    There is nothing to wait for then; it is worth a look whether that is meant.

    Bad:  {Type: ALIYUN::ROS::Sleep, DependsOn: Eip} where only Eip has a condition
    Good: {Type: ALIYUN::ROS::Sleep, DependsOn: Eip, Condition: Public} where Eip has the same condition
    """
    for absent in absent_uses(template):
        if absent.use.function == "DependsOn":
            message = f"'{absent.use.base}' is not created {absent.when}"
            yield Finding(
                absent.use.span(template),
                message,
                "give both the same condition, or choose what to depend on with Fn::If",
            )
