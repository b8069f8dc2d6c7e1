"""Named records in one file, each compressed by itself behind an index: reading one reads no other.

The file is `ROSSPEC1`, the length of the index in 4 bytes, the index, the records. The index is compressed
text: a line `name<TAB>start<TAB>length` for each record, with a line break before and after each. It is searched
as it is, for a template asks for a dozen of a thousand names.
"""

from __future__ import annotations

import zlib

from nestforge.model.errors import NestforgeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike
    from pathlib import Path

_MAGIC = b"ROSSPEC1"
_LEVEL = 9


class NoSpec(NestforgeError):
    """The file is not what `make rosspec` writes."""

    def __init__(self, path: str | PathLike[str]) -> None:
        super().__init__(f"{path} is no resource spec: install nestforge again")


class Blob:
    """The records of a file by name; opening it reads the index."""

    def __init__(self, path: str | PathLike[str]) -> None:
        self._path = path
        with open(path, "rb") as file:
            head = file.read(len(_MAGIC) + 4)
            if head[: len(_MAGIC)] != _MAGIC:
                raise NoSpec(path)
            index = file.read(int.from_bytes(head[len(_MAGIC) :], "big"))
        self._records = len(head) + len(index)
        self._index = zlib.decompress(index)

    @property
    def names(self) -> frozenset[str]:
        """The names of the records."""
        return frozenset(line.partition("\t")[0] for line in self._index.decode().split("\n") if line)

    def read(self, name: str) -> bytes | None:
        """Return a record, or None where there is none of this name."""
        key = f"\n{name}\t".encode()
        found = self._index.find(key)
        if found < 0 or "\n" in name or "\t" in name:
            return None
        line = self._index[found + len(key) : self._index.index(b"\n", found + len(key))]
        start, _, length = line.partition(b"\t")
        with open(self._path, "rb", buffering=0) as file:
            file.seek(self._records + int(start))
            return zlib.decompress(file.read(int(length)))


def write_blob(path: Path, records: Mapping[str, bytes]) -> None:
    """Write the records in the order of their names; equal records make equal files."""
    packed = {name: zlib.compress(records[name], _LEVEL) for name in sorted(records)}
    lines, start = [], 0
    for name, record in packed.items():
        lines.append(f"\n{name}\t{start}\t{len(record)}")
        start += len(record)
    index = zlib.compress(f"{''.join(lines)}\n".encode(), _LEVEL)
    path.write_bytes(_MAGIC + len(index).to_bytes(4, "big") + index + b"".join(packed.values()))
