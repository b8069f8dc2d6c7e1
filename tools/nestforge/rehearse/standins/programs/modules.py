"""The programs `lsmod` and `modinfo`: of the kernel's modules, those that the host's hardware needs."""

from __future__ import annotations

import os
import sys
from typing import Any

from nestforge.rehearse.standins.programs.facts import read_facts


def main() -> int:
    """Run the command line of either."""
    present = modules(read_facts()["hardware"])
    if os.path.basename(sys.argv[0]) == "lsmod":
        print("Module                  Size  Used by")
        for name in present:
            print(f"{name:<19}  65536  0")
        return 0
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    for word in words:
        if word not in present:
            print(f"modinfo: ERROR: Module {word} not found.", file=sys.stderr)
            return 1
        print(f"filename:       (a stand-in of the rehearsal)\nname:           {word}\nversion:        {present[word]}")
    return 0 if words else 1


def modules(hardware: dict[str, Any]) -> dict[str, str]:
    """Return the modules that there are, and their versions."""
    gpus = {"nvidia": hardware["driver"], "nvidia_uvm": hardware["driver"]} if hardware["gpu_count"] else {}
    return {
        **gpus,
        **({"erdma": "stand-in", "ib_core": "stand-in", "ib_uverbs": "stand-in"} if hardware["erdma"] else {}),
    }
