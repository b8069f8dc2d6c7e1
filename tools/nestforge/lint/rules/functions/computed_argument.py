"""R3304."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.placed_calls import placed_calls
from nestforge.lint.signatures import SIGNATURES
from nestforge.sources.nodes import function_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


_WITH_WRITTEN = frozenset(
    name for name, signature in SIGNATURES.items() if any(argument.written for argument in signature.arguments)
)


@rule("R3304")
def computed_argument(template: Template) -> Iterator[Finding]:
    """A function gives an argument that must be written out.

    ROS takes it as it stands there, and what stands there is a map.

    Bad:  {"Fn::Split": [{Ref: Delimiter}, {Ref: Names}]}
    Good: {"Fn::Split": [",", {Ref: Names}]}
    """
    for placed in placed_calls(template):
        signature = placed.signature
        if signature is None or placed.function not in _WITH_WRITTEN:
            continue
        for index, node in enumerate(placed.given or ()):
            argument = signature.argument(index)
            if argument is not None and argument.written and (called := function_of(node)) is not None:
                found = f"must be written out, and is what {called[0]} returns"
                message = f"{placed.function}: {argument.what} {found}"
                yield Finding(
                    template.span(node), message, "write it out, or choose between two whole calls with Fn::If"
                )
