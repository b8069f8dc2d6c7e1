"""What the template's carrier asks of the scripts that travel inside it."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from tests.own_project import ROOT

# Of the 16 KiB that a RunCommand carries in Base64, 12,288 bytes are text; the header and settings take half.
SIZES = {
    "lib/bootstrap.sh": 1900,
    "vllm/master.sh": 2500,
    "vllm/worker.sh": 2500,
    "sglang/master.sh": 2500,
    "sglang/worker.sh": 2500,
    "node/verify.sh": 3500,
    "image/build.sh": 10000,
}
SCRIPTS = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "scripts").rglob("*.sh"))


@pytest.mark.parametrize("path", SIZES)
def test_a_script_that_travels_in_a_command_fits_and_is_no_placeholder(path: str) -> None:
    text = (ROOT / "scripts" / path).read_text(encoding="utf-8")
    assert len(text.encode()) <= SIZES[path]
    assert "{{" not in text
    assert "}}" not in text


@pytest.mark.parametrize("path", SCRIPTS)
def test_a_script_begins_strictly_and_parses(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/env bash\nset -euo pipefail\n")
    assert "set -x" not in text
    bash = shutil.which("bash")
    assert bash is not None
    assert subprocess.run([bash, "-n", ROOT / path], capture_output=True, check=False).returncode == 0
