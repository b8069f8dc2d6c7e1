"""R7021."""

from __future__ import annotations

from nestforge.lint.command_size import MOST_PARAMETERS
from nestforge.lint.command_text import RUN_COMMAND
from nestforge.lint.engine import Finding, rule
from nestforge.sources.nodes import function_of, pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R7021")
def too_many_command_parameters(template: Template) -> Iterator[Finding]:
    """A RunCommand has more parameters than Cloud Assistant accepts.

    Bad:  Parameters: with eleven names
    Good: Parameters: with ten names
    """
    for name in template.resources:
        given = template.properties_of(name).get("Parameters") if template.type_of(name) == RUN_COMMAND else None
        if given is None or function_of(given) is not None:
            continue
        keys = [key for key, _ in pairs(given)]
        if len(keys) > MOST_PARAMETERS:
            message = f"'{name}' has {len(keys)} parameters, expected at most {MOST_PARAMETERS}"
            yield Finding(template.span(keys[MOST_PARAMETERS]), message, "put several values into one")
