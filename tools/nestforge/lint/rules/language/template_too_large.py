"""R3226."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_MOST = 512 * 1024


@rule("R3226")
def template_too_large(template: Template) -> Iterator[Finding]:
    """The template has more than 512 KB; ROS takes no larger one.

    Bad:  a script of 600 KB in UserData
    Good: a script of 2 KB in UserData, which fetches the rest
    """
    size = len(template.text)
    if size * 4 > _MOST and (size := len(template.text.encode("utf-8", "surrogatepass"))) > _MOST:
        yield Finding(
            Span(template.path, 1),
            f"the template has {size:,} bytes, expected at most {_MOST:,}",
            "move parts into nested stacks, and scripts into files that are downloaded",
        )
