"""The JSON Schemas (2020-12) of the source files and of config.yaml, one file per kind; editors use them as well."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

KINDS = ("service", "targets", "model", "engine", "instance", "strings", "config")

_FOLDER = Path(__file__).parent


def schema_text(kind: str) -> str:
    """Return the schema of `kind`, one of `KINDS`, as it is published."""
    return (_FOLDER / f"{kind}.json").read_text(encoding="utf-8")


@cache
def schema(kind: str) -> dict[str, object]:
    """Return the parsed schema of `kind`, one of `KINDS`."""
    parsed: dict[str, object] = json.loads(schema_text(kind))
    return parsed
