"""Print the JSON Schema (2020-12) of a kind of source file, or of config.yaml, for an editor or another tool.

example:
  nestforge schema engine > engine.json
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from nestforge.cli.command_line import Arguments


def configure(parser: Arguments) -> None:
    """Add the command's own arguments."""
    from nestforge.sources.schemas import KINDS

    parser.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))


def execute(options: Namespace) -> int:
    """Print it."""
    from nestforge.sources.schemas import schema_text

    print(schema_text(options.kind), end="")
    return 0
