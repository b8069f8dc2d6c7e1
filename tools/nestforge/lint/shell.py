"""Ask bash whether it can read scripts, without running any.

What it said about a text is kept: an editor asks again with every key, and most texts are as they were. The
modules that start programs elsewhere cost more to load than bash takes to answer: `os` alone does here.
"""

from __future__ import annotations

import os
from functools import cache

from nestforge.model.named_tuple import NamedTuple
from nestforge.model.pattern import pattern
from nestforge.sources.kept import kept_each

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# Each text begins with `set -n`: from there on bash reads and does not run. One process reads them all.
# What a text would switch on must be on before, as nothing in it is run: with `extglob`, `!(a|b)` is a pattern.
_READ = "set -n\n"
_READ_PATTERNS = "shopt -s extglob; set -n\n"
_READ_ALL = 'cd "$0" && for text; do ( . "./$text" ); done'
_MESSAGE = pattern(r"^\./(\d+): (?:eval: )?line (\d+): (.*)$")
_QUOTED_LINE = pattern(r"^`.*'$")
_OUTPUT = "messages"
_KEPT = 512

_said: dict[str, tuple[tuple[int, str], ...]] = {}
"""The lines and messages for each text that bash has read."""


class Fault(NamedTuple):
    """What bash says about one of the texts, and the line it names."""

    text: int
    line: int
    message: str


def has_bash() -> bool:
    """Return whether there is a bash to ask."""
    return _bash() is not None


def syntax_faults(texts: Sequence[str]) -> list[Fault]:
    """Return what keeps bash from reading each of `texts`; nothing where there is no bash."""
    answers = _answers(texts) if has_bash() else ()
    return [Fault(number, *said) for number, answer in enumerate(answers) for said in answer]


@kept_each
def _answers(texts: Sequence[str]) -> list[tuple[tuple[int, str], ...]]:
    """Return the lines and messages for each of `texts`, from bash, which is there."""
    bash = _bash()
    new = [text for text in dict.fromkeys(texts) if text not in _said]
    if new and bash is not None:
        if len(_said) > _KEPT:
            _said.clear()
            new = list(dict.fromkeys(texts))
        _said.update(_ask(bash, new))
    return [_said[text] for text in texts]


def _bash() -> str | None:
    return _bash_in(os.environ.get("PATH", os.defpath)) if hasattr(os, "posix_spawn") else None


@cache
def _bash_in(folders: str) -> str | None:
    paths = (os.path.join(folder, "bash") for folder in folders.split(os.pathsep))
    return next((path for path in paths if os.access(path, os.X_OK)), None)


def _ask(bash: str, texts: Sequence[str]) -> dict[str, tuple[tuple[int, str], ...]]:
    """Return what bash says about each of `texts`."""
    folder = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"nestforge-{os.urandom(8).hex()}")
    os.mkdir(folder, mode=0o700)
    names = [str(number) for number in range(len(texts))]
    try:
        for name, text in zip(names, texts, strict=True):
            with open(os.path.join(folder, name), "w", encoding="utf-8", errors="replace") as file:
                file.write((_READ_PATTERNS if "extglob" in text else _READ) + text)
        command = [bash, "--noprofile", "--norc", "-c", _READ_ALL, folder, *names]
        os.waitpid(os.posix_spawn(bash, command, {"LC_ALL": "C"}, file_actions=_redirected(folder)), 0)
        with open(os.path.join(folder, _OUTPUT), encoding="utf-8", errors="replace") as file:
            faults = _faults(file.read(), texts)
    finally:
        for name in os.listdir(folder):
            os.unlink(os.path.join(folder, name))
        os.rmdir(folder)
    by_text: dict[int, list[tuple[int, str]]] = {}
    for fault in dict.fromkeys(faults):
        by_text.setdefault(fault.text, []).append((fault.line, fault.message))
    return {text: tuple(by_text.get(number, ())) for number, text in enumerate(texts)}


def _redirected(folder: str) -> list[tuple[int, int, str, int, int]]:
    """Return how the files of the new process are opened: no input, no output, messages to a file."""
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    return [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, os.path.join(folder, _OUTPUT), write, 0o600),
    ]


def _faults(output: str, texts: Sequence[str]) -> list[Fault]:
    result = []
    for line in output.splitlines():
        found = _MESSAGE.match(line)
        if not found or _QUOTED_LINE.match(found[3]):
            continue
        text = int(found[1])
        last = len(texts[text].splitlines())
        result.append(Fault(text, max(1, min(int(found[2]) - 1, last)), found[3].removeprefix("warning: ")))
    return result
