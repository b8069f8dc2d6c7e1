"""R7041."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.engine_starts import flag_values, place_of, starts_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R7041")
def ray_without_role(template: Template) -> Iterator[Finding]:
    """`ray start` is told neither to be the head nor which head to join.

    It refuses to start.

    Bad:  ray start --num-gpus 8
    Good: ray start --head --num-gpus 8
    """
    for start in starts_of(template):
        is_known = start.engine == "ray" and not any(word.is_open for word in start.arguments)
        values = flag_values(start, {}) if is_known else None
        if values is not None and not values.keys() & {"--head", "--address", "--help"}:
            message = "'ray start' has neither --head nor --address"
            help = "write --head on the first node, and --address=<its address>:6379 on the others"
            yield Finding(place_of(start, template), message, help)
