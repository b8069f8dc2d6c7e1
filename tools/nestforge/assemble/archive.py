"""A tar.gz whose bytes depend on its content alone: sorted, no times, no owners, fixed modes."""

from __future__ import annotations

import io
import struct
import tarfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LARGEST_BLOCK = 0xFFFF


def tar_gz(files: Mapping[str, bytes]) -> bytes:
    """Return the archive of `files`, by path; shell scripts are executable."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path in sorted(files):
            entry = tarfile.TarInfo(path)
            entry.size = len(files[path])
            entry.mode = 0o755 if path.endswith(".sh") else 0o644
            archive.addfile(entry, io.BytesIO(files[path]))
    return gzip_stored(buffer.getvalue())


def gzip_stored(content: bytes) -> bytes:
    """Return `content` in gzip's container without compression.

    zlib and its replacements compress the same input to different bytes, so a compressed archive would
    differ between machines. Stored blocks (RFC 1951, 3.2.4) have one form only.
    """
    blocks = []
    for start in range(0, max(len(content), 1), _LARGEST_BLOCK):
        block = content[start : start + _LARGEST_BLOCK]
        last = start + _LARGEST_BLOCK >= len(content)
        blocks.append(struct.pack("<BHH", last, len(block), len(block) ^ 0xFFFF) + block)
    header = b"\x1f\x8b\x08" + bytes(6) + b"\xff"  # deflate, no flags, no time, unknown system
    return header + b"".join(blocks) + struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)
