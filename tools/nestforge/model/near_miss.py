"""The nearest known name to one that is not known."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice

from nestforge.model.diagnostic import Edit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from nestforge.model.diagnostic import Span

_SHORTEST = 4
_LEAST_ALIKE = 0.6
_SEPARATOR = "::"
_MOST, _MANY = 2_000, 300
"""How many names are looked through at all, and how many are compared: those that begin or end the most alike."""


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """Return `did you mean '…'?` for the closest of `known`, or None where nothing is close.

    A name that was begun and not ended is the nearest: `vllm-0.8.5` means `vllm-0.8.5.post1`, not `vllm-0.8.2`.
    """
    names = list(islice(known, _MOST + 1))
    if len(names) > _MOST:
        return None
    if len(names) > _MANY:
        folded = name.casefold()
        names.sort(key=lambda known: (-_alike_ends(folded, known.casefold()), known))
    return _nearest(name, tuple(sorted(names[:_MANY])))


@lru_cache(maxsize=256)  # an editor asks again with every key, and templates share their mistakes
def _nearest(name: str, known: tuple[str, ...]) -> str | None:
    alike = sorted(known, key=lambda candidate: candidate[:1] == name[:1])
    by_folded = {candidate.casefold(): candidate for candidate in alike}  # of PayPal and paypal, the one as in `name`
    if _SEPARATOR in name:
        nearest = _nearest_within(name.casefold(), by_folded)
        return f"did you mean '{by_folded[nearest]}'?" if nearest else None
    begun = [candidate for candidate in by_folded if len(name) > 2 and candidate.startswith(name.casefold())]
    close = _closest(name.casefold(), begun) or _closest(name.casefold(), by_folded)
    return f"did you mean '{by_folded[close]}'?" if close else None


def _closest(name: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that is most like `name`, if one is enough.

    Those that begin alike are compared first: the better the best one so far, the fewer others need comparing.
    """
    from difflib import SequenceMatcher  # only a mistake pays for this import

    best, close = _LEAST_ALIKE, None
    matcher = SequenceMatcher(b=name)
    for candidate in sorted(candidates, key=lambda each: _alike_start(each, name), reverse=True):
        matcher.set_seq1(candidate)
        if matcher.real_quick_ratio() >= best and matcher.quick_ratio() >= best:
            alike = matcher.ratio()
            if alike >= best and (close is None or (alike, candidate) > (best, close)):
                best, close = alike, candidate
    return close


def _nearest_within(name: str, known: Iterable[str]) -> str | None:
    """Return the nearest of the names that are alike both in their namespaces and in what follows those.

    Where there is none, it is the only one that is the same but for its namespace.
    """
    names = list(known)
    likely = ((_likeness_within(name, candidate), _is_slip(name, candidate), candidate) for candidate in names)
    found = [(slip, likeness, candidate) for likeness, slip, candidate in likely if likeness is not None]
    last = _SEPARATOR + name.rpartition(_SEPARATOR)[2]
    elsewhere = [candidate for candidate in names if candidate.endswith(last)]
    return max(found)[2] if found else elsewhere[0] if len(elsewhere) == 1 else None


def _likeness_within(one: str, other: str) -> float | None:
    from difflib import SequenceMatcher

    (space, _, last), (other_space, separator, other_last) = one.rpartition(_SEPARATOR), other.rpartition(_SEPARATOR)
    likeness = SequenceMatcher(None, last, other_last).ratio()
    if not separator:
        return likeness if _is_slip(last, other) else None
    if space == other_space and len(last) > 2 and other_last.startswith(last):
        return 1 + likeness
    if likeness < _LEAST_ALIKE or space == other_space:
        return likeness + 1 if likeness >= _LEAST_ALIKE else None
    shared = one[: _alike_start(space + _SEPARATOR, other_space + _SEPARATOR)].rpartition(_SEPARATOR)
    start = len(shared[0] + shared[1])
    of_spaces = SequenceMatcher(None, space[start:], other_space[start:]).ratio()
    return likeness + of_spaces if of_spaces >= _LEAST_ALIKE else None


def _alike_ends(one: str, other: str) -> int:
    return _alike_start(one, other) + _alike_start(one[::-1], other[::-1])


def _alike_start(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def slip_of(name: str, known: Iterable[str]) -> str | None:
    """Return the only one of `known` that `name` differs from by case, or by one slip of a finger; None otherwise.

    A slip adds, drops or changes one character, or swaps two neighbours. Short names have too many neighbours.
    """
    folded = name.casefold()
    by_folded = [(candidate, candidate.casefold()) for candidate in known]
    near = {candidate for candidate, other in by_folded if other == folded}
    if not near and len(name) >= _SHORTEST:
        near = {candidate for candidate, other in by_folded if _is_slip(folded, other)}
    return near.pop() if len(near) == 1 else None


def respelt(span: Span, name: str, known: Collection[str], written: Collection[str]) -> tuple[Edit, ...]:
    """Return the edit that mends a slip of a finger in a key; none where it is not sure which key was meant.

    `written` are all the keys of the same map: of two that may mean the same one, neither is changed.
    """
    meant = slip_of(name, [key for key in known if key not in written])
    if meant is None:
        return ()
    folded = meant.casefold()
    rivals = (key for key in written if key != name and key not in known and _is_slip(key.casefold(), folded))
    return () if next(rivals, None) else (Edit(span, name, meant),)


def _is_slip(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    start = _alike_start(one, other)
    a, b = one[start:], other[start:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped
