"""`vllm serve`: answers once the cluster has the GPUs that it needs."""

from __future__ import annotations

import subprocess
import sys

from nestforge.rehearse.dry.engine.api import serve


def main() -> int:
    """Run the command line."""
    if sys.argv[1:2] != ["serve"]:
        print(f"the stand-in for vLLM knows serve, not {sys.argv[1:2]}", file=sys.stderr)
        return 2
    words = sys.argv[2:]
    given = {word: words[index + 1] for index, word in enumerate(words[:-1]) if word.startswith("--")}
    needed = int(given["--tensor-parallel-size"]) * int(given["--pipeline-parallel-size"])
    shown = subprocess.run(["ray", "status"], capture_output=True, text=True, check=True).stdout
    if f"/{float(needed)} GPU" not in shown:
        print(f"{needed} GPUs are needed: {shown}", file=sys.stderr)
        return 1
    serve(given["--host"], int(given["--port"]), given["--served-model-name"])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
