"""Change the bytes of a template without understanding them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.fuzz.odd_values import FRAGMENTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Mutation = Callable[[bytes, bytes, Random], bytes]


def mutate_bytes(content: bytes, donor: bytes, random: Random) -> bytes:
    """Return `content` with one to four changes; `donor` is another template."""
    for _ in range(random.randint(1, 4)):
        content = random.choice(_MUTATIONS)(content, donor, random)
    return content


def _flip(content: bytes, donor: bytes, random: Random) -> bytes:
    at = random.randrange(len(content) + 1)
    return content[:at] + bytes([random.randrange(256)]) + content[at + 1 :]


def _insert(content: bytes, donor: bytes, random: Random) -> bytes:
    at = random.randrange(len(content) + 1)
    return content[:at] + random.choice(FRAGMENTS) * random.choice((1, 1, 1, 1, 2, 300)) + content[at:]


def _delete(content: bytes, donor: bytes, random: Random) -> bytes:
    start, end = _slice(content, random)
    return content[:start] + content[end:]


def _repeat(content: bytes, donor: bytes, random: Random) -> bytes:
    start, end = _slice(content, random)
    return content[:end] + content[start:end] * random.choice((1, 1, 1, 5)) + content[end:]


def _swap(content: bytes, donor: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _splice(content: bytes, donor: bytes, random: Random) -> bytes:
    start, end = _slice(donor, random)
    at = random.randrange(len(content) + 1)
    return content[:at] + donor[start:end] + content[at:]


def _join(content: bytes, donor: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content) + 1)] + donor[random.randrange(len(donor) + 1) :]


def _cut(content: bytes, donor: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content) + 1)]


def _reindent(content: bytes, donor: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    start = random.randrange(len(lines))
    for index in range(start, min(len(lines), start + random.randint(1, 20))):
        lines[index] = b" " * random.choice((1, 2, 4, 60)) + lines[index]
    return b"\n".join(lines)


def _line_ends(content: bytes, donor: bytes, random: Random) -> bytes:
    return content.replace(b"\n", random.choice((b"\r\n", b"\r", b"\xc2\x85", b"\xe2\x80\xa8", b"\n\n", b"\r\r\n")))


def _mark(content: bytes, donor: bytes, random: Random) -> bytes:
    return b"\xef\xbb\xbf" * random.choice((1, 1, 2)) + content


def _slice(content: bytes, random: Random) -> tuple[int, int]:
    start = random.randrange(len(content) + 1)
    return start, min(len(content), start + int(2 ** random.uniform(0, 11)))


_MUTATIONS: tuple[Mutation, ...] = (
    _flip,
    _flip,
    _insert,
    _insert,
    _delete,
    _delete,
    _repeat,
    _swap,
    _splice,
    _join,
    _cut,
    _reindent,
    _line_ends,
    _mark,
)
