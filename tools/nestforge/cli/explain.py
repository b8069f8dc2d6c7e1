"""Say what a finding means: why it matters, what is wrong and what is right.

Without CODE, list the rules. CODE may be a rule's name too.

example:
  nestforge explain R3001
"""

from __future__ import annotations

import json

from nestforge.lint.explanations import explanations
from nestforge.model.errors import NestforgeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from nestforge.cli.command_line import Arguments
    from nestforge.lint.explanations import Explanation


class NoSuchCode(NestforgeError):
    """Nestforge reports nothing by this code or name."""

    exit_code = 2

    def __init__(self, wanted: str, known: list[str]) -> None:
        from nestforge.model.near_miss import did_you_mean

        hint = did_you_mean(wanted, known) or "`nestforge explain` lists them"
        super().__init__(f"there is no finding '{wanted}'", help=hint)


def configure(parser: Arguments) -> None:
    """Add the command's own arguments."""
    parser.add_argument("code", nargs="?", metavar="CODE", help="R3001, or undefined-ref")
    parser.add_argument("--json", action="store_true", help="write JSON")


def execute(options: Namespace) -> int:
    """Print the explanation, or a line for each."""
    every = explanations()
    chosen = every
    if options.code is not None:
        chosen = [one for one in every if options.code in (one.code, one.name)]
        if not chosen:
            raise NoSuchCode(options.code, [word for one in every for word in (one.code, one.name)])
    if options.json:
        print(json.dumps({"schema": 1, "findings": [_facts(one) for one in chosen]}, ensure_ascii=False))
    elif options.code is None:
        print("\n".join(f"{one.code}  {one.severity:<7}  {one.name:<38} {one.title}" for one in every))
    else:
        print("\n\n".join(map(_page, chosen)))
    return 0


def _facts(explained: Explanation) -> dict[str, object]:
    return {key: value for key, value in explained._asdict().items() if key != "is_rule"}


def _page(explained: Explanation) -> str:
    lines = [f"{explained.severity}[{explained.code}] {explained.name}", "", explained.text]
    if explained.is_rule:
        lines += ["", f"Where it is meant so: # nestforge: allow {explained.name} because ..."]
    return "\n".join(lines)
