"""Writes what the vLLM of this environment takes and knows; run by the engine's Python, once."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FLAGS = "flags.json"
CLASSES = ("DeepseekV3ForCausalLM",)
"""Models whose class is inspected now: vLLM starts a process of its own for that, at each start."""


def main(arguments: Sequence[str]) -> int:
    """Write into a folder: the names of all flags, and vLLM's own cache about the classes of models."""
    folder = Path(arguments[0])
    os.environ["VLLM_CACHE_ROOT"] = str(folder)
    (folder / FLAGS).write_text(json.dumps(_flags(), indent=0) + "\n", encoding="utf-8")
    _inspect_classes()
    return 0


def _flags() -> list[str]:
    from vllm.entrypoints.launchers.cli_args import make_arg_parser
    from vllm.utils.argparse_utils import FlexibleArgumentParser

    actions = make_arg_parser(FlexibleArgumentParser())._actions
    return sorted({name for action in actions for name in action.option_strings})


def _inspect_classes() -> None:
    from vllm.model_executor.models import ModelRegistry

    for name in CLASSES:
        ModelRegistry.models[name].inspect_model_cls()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
