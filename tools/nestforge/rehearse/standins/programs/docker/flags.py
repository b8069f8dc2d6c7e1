"""Reads command lines as docker's do: long and short flags, joined short ones, values after `=` or a space."""

from __future__ import annotations

from nestforge.rehearse.standins.programs.docker.errors import DockerError

SWITCH, VALUE, LIST = "switch", "value", "list"
Flags = dict[str, tuple[str, str]]
"""Long name -> (short name or nothing, kind)."""


class Parsed:
    """The flags that were given, by their long names, and the words after them."""

    def __init__(self, given: dict[str, list[str]], words: list[str]) -> None:
        self.given, self.words = given, words

    def has(self, name: str) -> bool:
        """Return whether a switch is on: `--rm=false` turns it off."""
        return self.given.get(name, ["false"])[-1] not in ("false", "0", "f", "F", "FALSE", "False")

    def value(self, name: str, default: str = "") -> str:
        """Return the last value of a flag."""
        return self.given.get(name, [default])[-1]

    def values(self, name: str) -> list[str]:
        """Return every value of a flag, in order."""
        return self.given.get(name, [])


def parse(command: str, arguments: list[str], flags: Flags, *, stop_at_word: bool = False) -> Parsed:
    """Return what was given. `stop_at_word`: what follows the first word that is no flag is not looked at."""
    shorts = {short: name for name, (short, _) in flags.items() if short}
    given: dict[str, list[str]] = {}
    words: list[str] = []
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word == "--":
            words += rest
            break
        if word == "-" or not word.startswith("-"):
            words.append(word)
            if stop_at_word:
                words += rest
                break
        elif word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            if name not in flags:
                raise _bad(command, f"unknown flag: --{name}")
            if not equals:
                value = _next(command, rest, flags[name][1], f"flag needs an argument: --{name}")
            given.setdefault(name, []).append(value)
        else:
            _parse_shorts(command, word, rest, flags, shorts, given)
    return Parsed(given, words)


def _parse_shorts(
    command: str, word: str, rest: list[str], flags: Flags, shorts: dict[str, str], given: dict[str, list[str]]
) -> None:
    letters = word[1:]
    while letters:
        letter, letters = letters[0], letters[1:]
        if letter not in shorts:
            raise _bad(command, f"unknown shorthand flag: {letter!r} in {word}")
        name = shorts[letter]
        if letters.startswith("="):
            value, letters = letters[1:], ""
        elif flags[name][1] == SWITCH:
            value = "true"
        elif letters:
            value, letters = letters, ""
        else:
            value = _next(command, rest, flags[name][1], f"flag needs an argument: {letter!r} in {word}")
        given.setdefault(name, []).append(value)


def _next(command: str, rest: list[str], kind: str, lacking: str) -> str:
    if kind == SWITCH:
        return "true"
    if not rest:
        raise _bad(command, lacking)
    return rest.pop(0)


def _bad(command: str, message: str) -> DockerError:
    return DockerError(f"{message}\nSee 'docker {command} --help'.", code=125)


def need(command: str, words: list[str], least: int) -> None:
    """Raise as docker does when there are fewer words than a command needs."""
    if len(words) < least:
        plural = "argument" if least == 1 else "arguments"
        raise DockerError(
            f"\"docker {command}\" requires at least {least} {plural}.\nSee 'docker {command} --help'.", code=1
        )
