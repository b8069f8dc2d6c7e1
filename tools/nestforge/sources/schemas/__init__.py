"""The JSON Schemas (2020-12) of the source files, of config.yaml, and of what commands write, one file per kind.

Editors use the first as well.
"""

from __future__ import annotations

import json
import os
from functools import cache

KINDS = ("service", "targets", "model", "engine", "instance", "strings", "rehearsal", "config")
OUTPUTS = ("evaluate", "capacity")
"""Commands, by their names: what each writes with `--json`."""

_FOLDER = os.path.dirname(__file__)


def schema_text(kind: str) -> str:
    """Return the schema of `kind`, one of `KINDS` or `OUTPUTS`, as it is published."""
    with open(os.path.join(_FOLDER, f"{kind}.json"), encoding="utf-8") as file:
        return file.read()


@cache
def schema(kind: str) -> dict[str, object]:
    """Return the parsed schema of `kind`, one of `KINDS` or `OUTPUTS`."""
    parsed: dict[str, object] = json.loads(schema_text(kind))
    return parsed
