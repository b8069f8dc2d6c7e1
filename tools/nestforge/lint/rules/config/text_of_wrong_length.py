"""R6171."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package

_LENGTHS = {"Name": (3, 200), "ShortDescription": (10, 500)}


@rule("R6171", severity="warning")
def text_of_wrong_length(package: Package) -> Iterator[Finding]:
    """The name or the description of the service is shorter or longer than Compute Nest takes.

    Bad:  ShortDescription: demo
    Good: ShortDescription: An online shop on one ECS instance
    """
    for information in package.config.information if package.config else ():
        for key, (least, most) in _LENGTHS.items():
            part = information.at(key)
            if part and part.text and not part.is_open and not least <= len(part.text) <= most:
                yield Finding(
                    part.span,
                    f"{key} has {len(part.text)} characters, expected {least} to {most}",
                    "write it shorter or longer",
                )
