"""Ranges of IPv4 addresses, as a first address and a number of bits: `10.0.0.0/8`."""

from __future__ import annotations

from nestforge.model.pattern import pattern

_WRITTEN = pattern(r"([0-9.]+)(?:/([0-9]+))?")
_PARTS, _BITS, _MOST = 4, 32, 255


def looks_like_addresses(text: str) -> bool:
    """Return whether a text means IPv4 addresses, rightly written or not.

    >>> looks_like_addresses("10.0.0.0/33"), looks_like_addresses("::/0"), looks_like_addresses("8080")
    (True, False, False)
    """
    found = _WRITTEN.fullmatch(text.strip())
    return found is not None and "." in found[1]


def address_range(text: str) -> tuple[int, int] | None:
    """Return the first and the last address of a range, or of one address; None where it is neither.

    >>> address_range("0.0.1.0/24"), address_range("10.0.0.0/33"), address_range("300.1.1.1/8")
    ((256, 511), None, None)
    """
    found = _WRITTEN.fullmatch(text.strip())
    parts = found[1].split(".") if found else []
    bits = int(found[2]) if found and found[2] and len(found[2]) <= 2 else _BITS if found and not found[2] else -1
    if len(parts) != _PARTS or not 0 <= bits <= _BITS or not all(0 < len(part) <= 3 for part in parts):
        return None
    numbers = [int(part) for part in parts]
    if max(numbers) > _MOST:
        return None
    size = 1 << (_BITS - bits)
    first = int.from_bytes(bytes(numbers), "big") // size * size
    return first, first + size - 1
