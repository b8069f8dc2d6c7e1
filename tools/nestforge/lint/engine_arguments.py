"""What an engine's own argument parser says to the arguments of a command.

vLLM and SGLang use argparse as it is, so that it takes the beginning of a flag for the flag (none of the versions that
have a table sets `allow_abbrev`). vLLM reads `_` in a name as `-`, and a setting inside JSON as `--config.key value`.
Ray's is made with click, which wants every flag in full.
"""

from __future__ import annotations

import json

from nestforge.lint.engine_starts import is_flag
from nestforge.model.named_tuple import NamedTuple
from nestforge.model.near_miss import did_you_mean
from nestforge.model.pattern import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nestforge.lint.engine_flags import Flag, Table
    from nestforge.lint.shell_words import Word

_HELP = ("-h", "--help")
_NEVER_EMPTY = ("--served-model-name",)
"""Flags for several values that need one at least: the tables do not tell."""

_WORDS = frozenset(("1", "true", "t", "yes", "y", "on", "0", "false", "f", "no", "n", "off"))
"""What click reads as true or false."""

_SHORT_NUMBER = pattern(r"\b\d+(?:\.\d+)?[kKmMgGtT]\b")
_SIZE = pattern(r"\d+|\d+(?:\.\d+)?[kKmMgGtT]|-1|auto")


class Fault(NamedTuple):
    """What the parser refuses: `unknown`, `ambiguous`, `no-value`, `stray`, `choice`, `type`; or `short` for a hint."""

    kind: str
    word: Word
    message: str
    help: str


class _Given(NamedTuple):
    """A flag with the values that follow it."""

    flag: Flag
    name: str
    word: Word
    values: tuple[Word, ...]
    is_sure: bool
    """Whether nothing among the values may turn out to be something else."""


def faults_of(arguments: Sequence[Word], positional: int, table: Table) -> Iterator[Fault]:
    """Yield what is wrong with the arguments of an engine, in its own version."""
    names = table.by_name
    title = f"{table.engine} {table.version}"
    left, index = positional, 0
    before: _Given | None = None
    while index < len(arguments):
        word = arguments[index]
        index += 1
        if not is_flag(word):
            left -= 1
            if word.is_open:
                left = len(arguments)  # it may hold flags whose values follow
            if left < 0:
                yield _stray(word, before, title)
                return  # what follows is left over as well
            continue
        name, equals, value = _parted(word, table.engine)
        if not name or (not word.is_known and not equals):
            continue
        found = _resolved(name, names, may_be_short=table.engine != "ray")
        if isinstance(found, str) or found is None:
            yield _unresolved(word, name, found, names, title)
            while index < len(arguments) and not is_flag(arguments[index]):
                index += 1
            continue
        flag, full = found
        if full != name and not _is_attached(name, full):
            message = f"'{name}' is taken for '{full}' because {title} has no other flag that begins so"
            yield Fault("short", word, message, f"write '{full}'")
        if _is_attached(name, full):
            before = None
            continue
        taken = [] if equals else _values(arguments, index, flag)
        index += len(taken)
        values = (word._replace(text=value),) if equals else tuple(taken)
        before = _Given(flag, name, word, values, all(not value.is_open for value in values))
        yield from _about_values(before, bool(equals), title)


def _parted(word: Word, engine: str) -> tuple[str, str, str]:
    """Return the name of a flag, `=` and what follows it; vLLM takes `_` for `-`, up to the first dot."""
    name, equals, value = word.text.partition("=")
    if engine == "vllm" and name.startswith("--"):
        head, dot, rest = name.partition(".")
        name = head.replace("_", "-") + dot + rest
    return name, equals, value


def _resolved(name: str, names: dict[str, Flag], *, may_be_short: bool) -> tuple[Flag, str] | str | None:
    """Return the flag that a name stands for, with its full name; what it could all stand for; or nothing."""
    head = name.partition(".")[0]
    if name in _HELP:
        return _help_flag(), name
    for known in (name, head):
        if known in names:
            return names[known], known if known == name else name
    if name.startswith("--"):
        longer = sorted(known for known in names if may_be_short and known.startswith(name))
        flags = {names[known] for known in longer}
        if len(flags) == 1:
            return flags.pop(), longer[0]
        return ", ".join(longer[:4]) if flags else None
    for known in sorted(names, key=len, reverse=True):
        if not known.startswith("--") and name.startswith(known) and name != known:
            return names[known], known
    return None


def _help_flag() -> Flag:
    from nestforge.lint.engine_flags import Flag

    return Flag(_HELP, "none", "bool", ())


def _is_attached(name: str, full: str) -> bool:
    """Return whether a value stands right behind a short flag: `-tp8`."""
    return not full.startswith("--") and name != full


def _unresolved(word: Word, name: str, found: str | None, names: dict[str, Flag], title: str) -> Fault:
    if found is not None:
        return Fault("ambiguous", word, f"'{name}' can be each of {found} in {title}", "write the flag in full")
    return Fault("unknown", word, f"{title} has no flag '{name}'", did_you_mean(name, names) or "take it away")


def _values(arguments: Sequence[Word], index: int, flag: Flag) -> list[Word]:
    """Return the words that a flag takes: as many as it wants, up to the next flag."""
    most = {"none": 0, "one": 1, "maybe": 1}.get(flag.takes, len(arguments))
    taken: list[Word] = []
    while len(taken) < most and index < len(arguments) and not is_flag(arguments[index]):
        taken.append(arguments[index])
        index += 1
    return taken


def _stray(word: Word, before: _Given | None, title: str) -> Fault:
    if before is not None and before.flag.takes == "none":
        message = f"'{before.name}' of {title} is a switch and takes no value, '{word.text}' is left over"
        return Fault("stray", word, message, f"take '{word.text}' away{_other_form(before.flag)}")
    return Fault("stray", word, f"{title} takes no argument '{word.text}' here", "check the flag before it")


def _other_form(flag: Flag) -> str:
    off = next((name for name in flag.names if name.startswith("--no-")), None)
    return f", or write '{off}' to turn it off" if off else ""


def _about_values(given: _Given, is_attached: bool, title: str) -> Iterator[Fault]:
    flag = given.flag
    if flag.takes == "none":
        if is_attached:
            message = f"'{given.name}' of {title} is a switch and takes no value"
            yield Fault("stray", given.word, message, f"write '{given.name}' alone{_other_form(flag)}")
        return
    if not given.values and (flag.takes == "one" or given.name in _NEVER_EMPTY):
        yield Fault("no-value", given.word, f"'{given.name}' of {title} needs a value", "write one behind it")
    for value in given.values if given.is_sure else ():
        fault = _about_value(given, value, title)
        if fault is not None:
            yield fault


def _about_value(given: _Given, value: Word, title: str) -> Fault | None:
    flag, text = given.flag, value.text
    if not value.is_known or text in ("", "None") or "." in given.name:
        return None
    if not _reads_as(flag.kind, text):
        wanted = {"int": "a whole number", "float": "a number", "size": "a whole number, or one like 32k"}
        expected = wanted.get(flag.kind, "JSON" if flag.kind == "json" else "true or false")
        return Fault("type", value, f"'{given.name}' of {title} is '{text}', expected {expected}", f"write {expected}")
    if flag.choices and text not in flag.choices:
        expected = ", ".join(flag.choices[:8]) + (", …" if len(flag.choices) > 8 else "")
        message = f"'{given.name}' of {title} is '{text}', expected one of {expected}"
        return Fault("choice", value, message, did_you_mean(text, flag.choices) or "write one of them")
    return None


def _reads_as(kind: str, text: str) -> bool:
    if kind == "size":
        return _SIZE.fullmatch(text) is not None
    if kind == "boolean":
        return text.lower() in ("true", "false")
    if kind == "word":
        return text.strip().lower() in _WORDS
    if kind == "json":
        return _reads_as_json(text)
    reads: dict[str, Callable[[str], object]] = {"int": int, "float": float}
    try:
        return kind not in reads or reads[kind](text) is not None
    except ValueError:
        return False


def _reads_as_json(text: str) -> bool:
    """Return whether vLLM can read a setting: JSON, where newer versions take `80m` for a number, or `name=1,…`."""
    if not text.startswith(("{", "[")):
        return "=" in text or not text.isalpha() or text in ("true", "false", "null")
    try:
        json.loads(_SHORT_NUMBER.sub("0", text))
    except (ValueError, RecursionError):
        return False
    return True
