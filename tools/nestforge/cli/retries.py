"""Say on the terminal why a command that speaks to a cloud takes longer."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable


def tell_of_retries(options: Namespace) -> Callable[[str], None]:
    """Return what is told of each call that is made once more: nothing to a script, which asked for JSON."""

    def tell(line: str) -> None:
        if not (options.quiet or options.json):
            print(line, file=sys.stderr, flush=True)

    return tell
