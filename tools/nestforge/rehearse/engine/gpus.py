"""The GPUs that a container sees."""

from __future__ import annotations

import subprocess


def gpus() -> int:
    """Return how many GPUs there are, by nvidia-smi. Raises SystemExit for none: no engine starts then."""
    try:
        asked = ["nvidia-smi", "--query-gpu=index", "--format=csv,noheader"]
        found = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    except (OSError, subprocess.CalledProcessError):
        found = []
    if not found:
        raise SystemExit("RuntimeError: Failed to infer device type: this container sees no GPU (docker run --gpus)")
    return len(found)
