"""Match the regular expressions of a template, which may take longer than anyone waits."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache

from nestforge.evaluate.data import SecretText
from nestforge.evaluate.fault import Fault
from nestforge.evaluate.shown import quoted
from nestforge.model.pattern import pattern

PATIENCE = 1.0
"""Seconds for one match; a sane pattern takes microseconds."""

_SHORT = 12
_KEPT = 256
_REPEATED_GROUP = pattern(r"\)[*+{]|[*+}]\??[^|)]*[*+{]")
_SINGLE = pattern(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]")
_OPENING = pattern(r"\(\?(?:[:=!>]|<[=!]|P<\w+>)")
_WITHOUT_END = pattern(r"[*+]|\{\d*,\}")
_BRACES = pattern(r"(\)?)\{(\d{1,4})(?:,(\d{1,4}))?\}")
_FEW_WAYS = 100_000
_MATCH = """
import re, sys
pattern, whole, text = sys.stdin.read().split("\\0", 2)
match = re.fullmatch if whole else re.match
print(match(pattern, text) is not None)
"""


def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern compiled; a Fault says why it cannot be. Nothing keeps a secret one."""
    if not isinstance(pattern, SecretText):
        return _compiled_once(pattern)
    try:
        return _compile(pattern)
    finally:
        re.purge()  # `re` keeps the text of what it compiles


@lru_cache(maxsize=_KEPT)
def _compiled_once(pattern: str) -> re.Pattern[str]:
    return _compile(pattern)


def _compile(pattern: str) -> re.Pattern[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a later Python will not take
            return re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        why = "" if isinstance(pattern, SecretText) else f": {error}"
        raise Fault(f"{quoted(pattern)} is no regular expression{why}") from None


def matches(pattern: str, text: str, *, whole: bool = False) -> bool | None:
    """Return whether the text matches from its start, or as a whole; None where that takes too long.

    Python cannot be interrupted while it matches. A pattern that repeats what repeats is therefore
    matched in a process that can, unless the text is so short, or the ways to match so few, that nothing
    can take long.
    """
    expression = compiled(pattern)
    if len(text) <= _SHORT or not _may_take_long(pattern):
        return (expression.fullmatch(text) if whole else expression.match(text)) is not None
    if isinstance(pattern, SecretText) or isinstance(text, SecretText):
        return _matches_apart(pattern, text, whole=whole)
    return _matched_once(pattern, text, whole=whole)


@lru_cache(maxsize=_KEPT)  # a process costs as much as some templates
def _matched_once(pattern: str, text: str, *, whole: bool) -> bool | None:
    return _matches_apart(pattern, text, whole=whole)


def _matches_apart(pattern: str, text: str, *, whole: bool) -> bool | None:
    """Match in a process of its own."""
    import subprocess  # few patterns pay for these
    import sys

    try:
        answer = subprocess.run(
            [sys.executable, "-I", "-S", "-X", "utf8", "-c", _MATCH],
            input=f"{pattern}\0{'1' if whole else ''}\0{text}".encode("utf-8", "surrogatepass"),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return answer.stdout.strip() == b"True"


def _may_take_long(pattern: str) -> bool:
    """Return whether there may be more ways to match than anyone waits for.

    >>> _may_take_long("(a+)+b"), _may_take_long(r"(a|b){3}c+")
    (True, True)
    >>> _may_take_long(r"((25[0-5]|1?[0-9]?[0-9])\\.){3}[0-9]{1,3}/[0-9]{1,2}")
    False
    """
    if not _REPEATED_GROUP.search(pattern):
        return False
    bare = _OPENING.sub("(", _SINGLE.sub("x", pattern))
    if _WITHOUT_END.search(bare):
        return True
    ways, repeats = 1 + bare.count("|") + bare.count("?"), 1
    for group, least, most in _BRACES.findall(bare):
        if group:
            repeats *= max(int(most or least), 1)
        else:
            ways += int(most or least) - int(least)
    return bool(repeats > len(pattern) or ways ** (repeats + 1) > _FEW_WAYS)
