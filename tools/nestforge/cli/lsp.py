"""Answer an editor over standard input and output: findings, hover, completion, definitions of ROS templates.

An editor starts this by itself. It speaks the Language Server Protocol 3.17, for YAML and JSON templates and for
the sources of a project, which are checked when one of them is saved.

example:
  nestforge lsp
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from nestforge.cli.command_line import Arguments


def configure(parser: Arguments) -> None:
    """Add the command's own arguments: none; editors pass `--stdio` to say which way to talk."""
    parser.add_argument(
        "--stdio", action="store_true", help="talk over standard input and output, which is the only way"
    )


def execute(options: Namespace) -> int:
    """Talk to the editor until it ends the session."""
    from nestforge.lsp.server import serve

    return serve()
