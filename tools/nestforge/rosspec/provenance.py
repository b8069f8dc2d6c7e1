"""Where the bundled spec is from."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from nestforge.rosspec.blob import Blob
from nestforge.rosspec.spec import PROVENANCE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike


@dataclass(frozen=True, slots=True)
class Provenance:
    """The packages that the spec was made of, each with its version, and the day they were first read."""

    date: str
    packages: dict[str, str]

    def record(self) -> bytes:
        """Return it as the file holds it."""
        return json.dumps(asdict(self), separators=(",", ":")).encode()


def provenance_of(path: str | PathLike[str]) -> Provenance:
    """Return where the spec in a file is from."""
    return Provenance(**json.loads(Blob(path).read(PROVENANCE) or b""))
