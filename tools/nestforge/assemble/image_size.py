"""Read from an image's first bytes what it is and how large, without decoding it."""

from __future__ import annotations

from nestforge.model.dataclass import dataclass

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FRAME_HEADERS = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
"""JPEG markers whose segment holds the size; the ones left out are tables."""


@dataclass(frozen=True, slots=True)
class ImageSize:
    """`kind` is how the file's name should end."""

    kind: str
    width: int
    height: int


def image_size(content: bytes) -> ImageSize | None:
    """Return the kind and size of a PNG or JPEG image, or None where `content` is neither."""
    if content.startswith(_PNG):
        return _png(content)
    return _jpeg(content) if content.startswith(_JPEG) else None


def _png(content: bytes) -> ImageSize | None:
    if content[12:16] != b"IHDR" or len(content) < 24:
        return None
    return ImageSize("png", int.from_bytes(content[16:20]), int.from_bytes(content[20:24]))


def _jpeg(content: bytes) -> ImageSize | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if marker in _FRAME_HEADERS:
            height, width = int.from_bytes(content[at + 5 : at + 7]), int.from_bytes(content[at + 7 : at + 9])
            return ImageSize("jpg", width, height)
        at += 2 + length
    return None
