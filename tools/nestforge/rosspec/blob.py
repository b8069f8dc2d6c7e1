"""Named records in one file, each compressed by itself behind an index: reading one reads no other.

The file is `ROSSPEC1`, the length of the index in 4 bytes, the index, the records. The index is compressed
text, a line `name<TAB>length` for each record in their order.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from nestforge.model.errors import NestforgeError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MAGIC = b"ROSSPEC1"
_LEVEL = 9


class NoSpec(NestforgeError):
    """The file is not what `make rosspec` writes."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is no resource spec: install nestforge again")


class Blob:
    """The records of a file by name; opening it reads the index."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            head = file.read(len(_MAGIC) + 4)
            if head[: len(_MAGIC)] != _MAGIC:
                raise NoSpec(path)
            index = file.read(int.from_bytes(head[len(_MAGIC) :], "big"))
        place = len(head) + len(index)
        self._places: dict[str, tuple[int, int]] = {}
        for line in zlib.decompress(index).decode().splitlines():
            name, _, length = line.partition("\t")
            self._places[name] = (place, int(length))
            place += int(length)

    @property
    def names(self) -> frozenset[str]:
        """The names of the records."""
        return frozenset(self._places)

    def read(self, name: str) -> bytes | None:
        """Return a record, or None where there is none of this name."""
        if name not in self._places:
            return None
        start, length = self._places[name]
        with self._path.open("rb", buffering=0) as file:
            file.seek(start)
            return zlib.decompress(file.read(length))


def write_blob(path: Path, records: Mapping[str, bytes]) -> None:
    """Write the records in the order of their names; equal records make equal files."""
    packed = {name: zlib.compress(records[name], _LEVEL) for name in sorted(records)}
    index = zlib.compress("\n".join(f"{name}\t{len(packed[name])}" for name in packed).encode(), _LEVEL)
    path.write_bytes(_MAGIC + len(index).to_bytes(4, "big") + index + b"".join(packed.values()))
