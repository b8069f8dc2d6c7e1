"""Where a container of an image finds what belongs to the engine, and what it knows of its image."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = "/opt/nestforge"
ENGINE = f"{ROOT}/engine"
"""The environment with the engine."""
PACKAGES = f"{ROOT}/packages"
"""The package `nestforge`."""
PLUGIN = f"{ROOT}/plugin"
"""The metadata by which vLLM finds the plug-in, and its own version."""
CACHE = f"{ROOT}/cache"
"""What vLLM found out about itself when it was inspected."""
IMAGE = f"{ROOT}/image"
"""What is of one image: its programs, its metadata and its facts."""
FACTS = f"{IMAGE}/image.json"
RECORDS = "/run/nestforge/engine.jsonl"
"""Every use of the table of differences on this host."""

RECORDS_VARIABLE = "NESTFORGE_ENGINE_RECORDS"
FACTS_VARIABLE = "NESTFORGE_ENGINE_IMAGE"


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """An image: the versions that it is to have, those that run here, and the flags that vLLM takes here."""

    engine: str
    pinned: Mapping[str, str]
    rehearsed: Mapping[str, str] = field(default_factory=dict)
    known_flags: tuple[str, ...] = ()

    def text(self) -> str:
        """Return what its file holds."""
        return json.dumps(asdict(self), indent=1, sort_keys=True) + "\n"


def read_facts() -> ImageFacts:
    """Return the facts of the image that this program is in. Raises SystemExit outside of one."""
    path = Path(os.environ.get(FACTS_VARIABLE, FACTS))
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SystemExit(f"{path} is missing: this is no container of a rehearsal") from None
    return ImageFacts(facts["engine"], facts["pinned"], facts["rehearsed"], tuple(facts["known_flags"]))
