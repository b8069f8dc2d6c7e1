"""A tar.gz whose bytes depend on its content alone: sorted, no times, no owners, fixed modes."""

from __future__ import annotations

import struct
import zlib

from nestforge.model.errors import NestforgeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_BLOCK = 512
_RECORD = 20 * _BLOCK
"""Bytes that the length of a tar is a multiple of."""
_LARGEST_NAME, _LARGEST_FOLDER = 100, 155
_LARGEST_STORED = 0xFFFF


class PathTooLong(NestforgeError):
    """A path has no place in a tar."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"'{path}' is too long for an archive",
            help=f"its name can have {_LARGEST_NAME} bytes, and the folders before it {_LARGEST_FOLDER}",
        )


def tar_gz(files: Mapping[str, bytes]) -> bytes:
    """Return the archive of `files`, by path; shell scripts are executable.

    It is written here because `tarfile` takes as long to load as the rest of a build that changes little. Raises
    PathTooLong.
    """
    parts = []
    for path in sorted(files):
        content = files[path]
        mode = 0o755 if path.endswith(".sh") else 0o644
        parts += [_header(path, len(content), mode), content, bytes(-len(content) % _BLOCK)]
    length = sum(map(len, parts)) + 2 * _BLOCK
    return gzip_stored(b"".join([*parts, bytes(2 * _BLOCK + -length % _RECORD)]))


def _header(path: str, size: int, mode: int) -> bytes:
    """Return what stands before a file (POSIX.1-1988, ustar)."""
    folder, name = _split(path.encode())
    fields = (name, b"%07o\0" % mode, b"%07o\0" % 0, b"%07o\0" % 0, b"%011o\0" % size, b"%011o\0" % 0)
    tail = (b"0", b"", b"ustar\x0000", b"", b"", b"", b"", folder)
    checksum = sum(_packed(*fields, b" " * 8, *tail))
    return _packed(*fields, b"%06o\0 " % checksum, *tail)


def _packed(*fields: bytes) -> bytes:
    return struct.pack("100s8s8s8s12s12s8s1s100s8s32s32s8s8s155s12x", *fields)


def _split(path: bytes) -> tuple[bytes, bytes]:
    """Return folder and name of a path; the folder is empty where the whole path has place as a name."""
    if len(path) <= _LARGEST_NAME:
        return b"", path
    at = path.find(b"/", len(path) - _LARGEST_NAME - 1)
    folder, name = path[: max(at, 0)], path[at + 1 :]
    if at < 0 or len(folder) > _LARGEST_FOLDER:
        raise PathTooLong(path.decode())
    return folder, name


def gzip_stored(content: bytes) -> bytes:
    """Return `content` in gzip's container without compression.

    zlib and its replacements compress the same input to different bytes, so a compressed archive would
    differ between machines. Stored blocks (RFC 1951, 3.2.4) have one form only.
    """
    blocks = []
    for start in range(0, max(len(content), 1), _LARGEST_STORED):
        block = content[start : start + _LARGEST_STORED]
        last = start + _LARGEST_STORED >= len(content)
        blocks += [struct.pack("<BHH", last, len(block), len(block) ^ 0xFFFF), block]
    header = b"\x1f\x8b\x08" + bytes(6) + b"\xff"  # deflate, no flags, no time, unknown system
    return b"".join([header, *blocks, struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)])
