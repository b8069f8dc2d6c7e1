"""Read the arguments of a command, most of them without argparse, which takes longer to load than many a check.

A command line of known options in full, each with what it wants, and of arguments side by side is read here, and
comes to what argparse would make of it. All others are for argparse: a call for help, a mistake, a short cut.
"""

from __future__ import annotations

from types import SimpleNamespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from typing import Any

_UNDERSTOOD = {"action", "choices", "default", "help", "metavar", "nargs", "type"}


class Arguments:
    """What a command takes, as it says it to argparse."""

    def __init__(self) -> None:
        self.added: list[tuple[tuple[str, ...], dict[str, Any]]] = []

    def add_argument(self, *names: str, **how: Any) -> None:
        """Add an argument; what there is to say is in the manual of `ArgumentParser.add_argument`."""
        self.added.append((names, how))


def read(taken: Arguments, given: list[str], name: str, about: str | None) -> Namespace:
    """Return what is given to the command `name`; argparse ends the process where it is no command line."""
    read_here: Any = _read(taken, given)
    options: Namespace = _parser(taken, name, about).parse_args(given) if read_here is None else read_here
    return options


def _read(taken: Arguments, given: list[str]) -> SimpleNamespace | None:
    options, positionals, values = _sorted(taken)
    together: list[str] = []
    ended = False
    waiting = iter(given)
    for word in waiting:
        if len(word) < 2 or word[0] != "-":
            if ended:
                return None
            together.append(word)
            continue
        ended = bool(together)
        if word not in options:
            return None
        names, how = options[word]
        if how.get("action") == "store_true":
            values[_key(names)] = True
        else:
            value = _converted(next(waiting, "-?"), how)
            if value is None:
                return None
            before: Any = values[_key(names)]
            values[_key(names)] = [*(before or []), value] if how.get("action") == "append" else value
    return SimpleNamespace(**values) if _place(together, positionals, values) else None


def _sorted(taken: Arguments) -> tuple[dict[str, Any], list[Any], dict[str, object]]:
    """Return the options by each of their names, the other arguments, and what all are when nothing is given."""
    options: dict[str, Any] = {}
    positionals = []
    values: dict[str, object] = {}
    for names, how in taken.added:
        assert how.keys() <= _UNDERSTOOD, f"{names[0]} is more than is understood here"
        values[_key(names)] = how.get("default", False if how.get("action") == "store_true" else None)
        if names[0][0] == "-":
            options |= dict.fromkeys(names, (names, how))
        else:
            positionals.append((names, how))
    return options, positionals, values


def _key(names: tuple[str, ...]) -> str:
    return names[-1].lstrip("-").replace("-", "_")


def _converted(word: str, how: dict[str, Any]) -> object:
    """Return the value of an option or an argument, None where argparse has something to say about it."""
    if len(word) > 1 and word[0] == "-":
        return None
    if "type" in how:
        try:
            made: object = how["type"](word)
            return made
        except Exception:  # argparse knows which of them are meant for it
            return None
    return word if word in how.get("choices", (word,)) else None


def _place(together: list[str], positionals: list[Any], values: dict[str, object]) -> bool:
    """Put the words that are no options where they belong; False where there are too few, too many or wrong ones."""
    for names, how in positionals:
        if how.get("nargs") == "*":
            values[_key(names)], together = together, []
        elif together:
            value = _converted(together[0], how)
            if value is None:
                return False
            values[_key(names)], together = value, together[1:]
        elif how.get("nargs") != "?":
            return False
    return not together


def _parser(taken: Arguments, name: str, about: str | None) -> ArgumentParser:
    import os
    from argparse import ArgumentParser, RawDescriptionHelpFormatter

    class Help(RawDescriptionHelpFormatter):
        """argparse's own would load shutil for the width of the terminal, at every argument that is added."""

        def __init__(self, prog: str) -> None:
            try:
                width = int(os.environ.get("COLUMNS") or os.get_terminal_size().columns)
            except (ValueError, OSError):
                width = 80
            super().__init__(prog, width=width - 2)

    parser = ArgumentParser(prog=name, description=about, formatter_class=Help, allow_abbrev=False)
    for names, how in taken.added:
        parser.add_argument(*names, **how)
    return parser
