"""Print the JSON Schema (2020-12) of a kind of source file, of config.yaml, or of what a command writes as JSON.

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
    from nestforge.sources.schemas import KINDS, OUTPUTS

    help = f"{', '.join(KINDS)}; of the output of a command: {', '.join(OUTPUTS)}"
    parser.add_argument("kind", choices=(*KINDS, *OUTPUTS), metavar="KIND", help=help)


def execute(options: Namespace) -> int:
    """Print it."""
    from nestforge.sources.schemas import schema_text

    print(schema_text(options.kind), end="")
    return 0
