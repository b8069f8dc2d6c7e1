"""Which signs the values of a regular expression may hold, without matching any: that could take for ever."""

from __future__ import annotations

from nestforge.model.pattern import pattern

_ATOM = pattern(r"(?s)\[\^?\]?(?:\\.|[^\]\\])*\]|\\.|\(\?(?:[=!]|<[=!])|\(\?:|\(|\)|\{\d*,?\d*\}|.")
_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")
_NO_SIGN = frozenset("^$|*+?(){}")


def signs_allowed(pattern: str, signs: str) -> str:
    """Return those of `signs` that a value may hold; all where the pattern leaves its end open.

    What a lookahead forbids is not seen.
    """
    if not pattern.endswith(("$", r"\Z", r"\z")) or pattern.endswith(r"\$"):
        return signs
    found: set[str] = set()
    depth, looking = 0, 0
    for atom in _ATOM.findall(pattern):
        if atom.startswith("(") or atom == ")":
            depth += 1 if atom != ")" else -1
            looking = looking or (depth if atom in _LOOKS else 0)
            looking = 0 if depth < looking else looking
        elif not looking and atom not in _NO_SIGN and not atom.startswith("{"):
            found.update(sign for sign in signs if _can_be(atom, sign))
    return "".join(sign for sign in signs if sign in found)


def _can_be(atom: str, sign: str) -> bool:
    import re  # few templates pay for these
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a later Python will not take
            return re.fullmatch(atom, sign) is not None
    except re.error:
        return False
