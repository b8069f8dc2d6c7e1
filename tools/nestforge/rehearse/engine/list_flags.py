"""Prints every flag that the vLLM of this environment takes; run by the engine's Python."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> int:
    """Write the names, sorted, as JSON to the file that is named."""
    from vllm.entrypoints.launchers.cli_args import make_arg_parser
    from vllm.utils.argparse_utils import FlexibleArgumentParser

    actions = make_arg_parser(FlexibleArgumentParser())._actions
    names = sorted({name for action in actions for name in action.option_strings})
    Path(sys.argv[1]).write_text(json.dumps(names, indent=0) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
