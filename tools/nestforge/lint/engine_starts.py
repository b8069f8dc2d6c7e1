"""Where a shell text starts vLLM, SGLang or Ray, with which arguments, and which version."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from nestforge.lint.command_text import MASK, shell_scripts_of
from nestforge.lint.line_places import place_in_line
from nestforge.lint.shell_words import simple_commands
from nestforge.model.named_tuple import NamedTuple
from nestforge.model.pattern import pattern
from nestforge.sources.kept import kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nestforge.lint.shell_words import Word
    from nestforge.model.diagnostic import Span
    from nestforge.sources.template import Template

MENTIONS = ("vllm", "sglang", "ray start")
"""A text with none of these starts no engine."""

_VERSION = r"v?(\d+\.\d+\.\d+(?:\.post\d+)?)(?![.\w])"
_WHOLE_VERSION = pattern(_VERSION)
_VARIABLE = pattern(r"(\"?)\$\{?(\w+)\b\}?\1")
_SET = pattern(r"(?m)(?:^|[\s;&|(])(\w+)=(\"[^\"\n]*\"|'[^'\n]*'|[^\s;&|]*)")
_SET_ELSEWHERE = pattern(r"\b(?:read|for|unset)[ \t]+([\w \t-]+)")
_NEGATIVE = pattern(r"-\d+|-\d*\.\d+")
_INSTALLED = {engine: pattern(rf"\b{engine}(?:\[[\w,]*\])?==(?:=)?{_VERSION}") for engine in ("vllm", "sglang", "ray")}
_TAGGED = {
    "vllm": pattern(rf"/vllm(?:-openai)?:{_VERSION}"),
    "sglang": pattern(rf"(?:/sglang:|/vllm:[\w.]*-sglang){_VERSION}"),
    "ray": pattern(rf"rayproject/ray(?:-ml)?:{_VERSION}"),
}
_MODULES = {"vllm.entrypoints.openai.api_server": "vllm", "sglang.launch_server": "sglang"}
_IMAGE = pattern(r"(?:.*/)?vllm-openai(?::.*|@.*)?")
_RUNS_NEXT = pattern(r"-[a-z]*c")
_RUNNERS = ("eval", "ssh")
_TALKERS = ("echo", "printf", "grep", "pgrep", "pkill", "ps", "which")
_DEEPEST = 3


class Start(NamedTuple):
    """A command that starts an engine, or Ray; `positional` is how many words it takes beside its flags.

    `resource` is where the template runs it; `version` is None where the text names none, or several.
    """

    engine: str
    command: Word
    arguments: tuple[Word, ...]
    positional: int
    version: str | None
    resource: str = ""


@lru_cache(maxsize=1)
def starts_of(template: Template) -> tuple[Start, ...]:
    """Return what the scripts of a template start, at the lines of the template."""
    result: dict[Start, None] = {}
    for script in shell_scripts_of(template):
        for text in script.texts:
            lines = text.lines
            if lines and any(mention in text.text for mention in MENTIONS):
                for start in starts_in(text.masked):
                    result[_placed(start, lines, script.resource)] = None
    return tuple(result)


def _placed(start: Start, lines: list[int], resource: str) -> Start:
    def at(word: Word) -> Word:
        return word._replace(line=lines[min(word.line, len(lines)) - 1])

    return start._replace(command=at(start.command), arguments=tuple(map(at, start.arguments)), resource=resource)


@kept
@lru_cache(maxsize=64)  # most choices of the buyer leave a script as it is
def starts_in(text: str) -> tuple[Start, ...]:
    """Return what a shell text starts, also by way of `bash -c '…'`."""
    return tuple(_starts(text, 1, (text,)))


def _starts(text: str, line: int, scopes: tuple[str, ...]) -> Iterator[Start]:
    """Yield the starts; `scopes` are what may name the version, the nearest first."""
    for words in simple_commands(text, line):
        written = " ".join(word.text for word in words)
        start = _start(words, (written, *scopes))
        if start is not None:
            yield start
            continue
        for before, word in pairwise(words) if len(scopes) < _DEEPEST * 2 else ():
            is_script = _RUNS_NEXT.fullmatch(before.text) or words[0].text in _RUNNERS
            if is_script and word.inside and any(mention in word.inside for mention in MENTIONS):
                yield from _starts(word.inside, word.line, (word.inside, written, *scopes))


def _start(words: list[Word], scopes: tuple[str, ...]) -> Start | None:
    if words[0].text in _TALKERS:
        return None
    for index, word in enumerate(words[:-1]):
        following = words[index + 1].text
        name = word.text.rpartition("/")[2]
        rest = tuple(words[index + 2 :])
        if name in ("vllm", "sglang") and following == "serve":
            return Start(name, word, rest, 1, version_in(name, scopes))
        if word.text == "-m" and following in _MODULES:
            engine = _MODULES[following]
            return Start(engine, words[index + 1], rest, 1 if engine == "vllm" else 0, version_in(engine, scopes))
        if name == "ray" and following == "start":
            return Start("ray", word, rest, 0, version_in("ray", scopes))
    return _container(words, scopes)


def _container(words: list[Word], scopes: tuple[str, ...]) -> Start | None:
    """Return the start that vLLM's own image makes of the words behind its name."""
    texts = [word.text for word in words]
    if "run" not in texts or any(text.startswith("--entrypoint") for text in texts):
        return None
    for index, text in enumerate(texts):
        rest = tuple(words[index + 1 :])
        if _IMAGE.fullmatch(text) and rest and rest[0].text.startswith("-"):
            return Start("vllm", words[index], rest, 1, version_in("vllm", scopes))
    return None


def version_in(engine: str, scopes: Sequence[str]) -> str | None:
    """Return the version of an engine that the nearest scope installs, or that the image has which it runs."""
    known = _versions_by_variable(scopes[-1]) if "$" in scopes[-1] else {}
    for written in scopes:
        text = _VARIABLE.sub(lambda found: known.get(found[2], found[0]), written) if known else written
        for version in (_INSTALLED[engine], _TAGGED[engine]):
            found = set(version.findall(text))
            if found:
                return found.pop() if len(found) == 1 else None
    return None


def _versions_by_variable(text: str) -> dict[str, str]:
    """Return the variables of a shell text that can only be one version: what is set once, and by nothing else."""
    values: dict[str, set[str]] = {}
    for found in _SET.finditer(text):
        values.setdefault(found[1], set()).add(found[2].strip("\"'"))
    elsewhere = {name for found in _SET_ELSEWHERE.finditer(text) for name in found[1].split()}
    once = {name: of.pop() for name, of in values.items() if len(of) == 1 and name not in elsewhere}
    return {name: value for name, value in once.items() if _WHOLE_VERSION.fullmatch(value)}


def place_of(start: Start, template: Template) -> Span:
    """Return the place in the template of the command that starts an engine."""
    line = start.command.line
    written = "ray start" if start.engine == "ray" else start.command.text
    return place_in_line(template.path, line, template.lines[line - 1], written)


def flag_values(start: Start, aliases: Mapping[str, str]) -> dict[str, str | None] | None:
    """Return the flags of a start, each with its value, None where that is not known; None where more may be given."""
    result: dict[str, str | None] = {}
    for index, word in enumerate(start.arguments):
        if word.is_open and (index == 0 or not is_flag(start.arguments[index - 1]) or word.inside is not None):
            return None
        if is_flag(word):
            name, equals, value = word.text.partition("=")
            following = start.arguments[index + 1] if index + 1 < len(start.arguments) else None
            if not equals and following is not None and not is_flag(following):
                value = following.text
            result[aliases.get(name, name)] = None if MASK in value else value
    return result


def is_flag(word: Word) -> bool:
    """Return whether argparse takes a word for an option: a negative number is none, nor is what has a blank."""
    text = word.text
    return text.startswith("-") and len(text) > 1 and text[1] != MASK and " " not in text and not _is_number(text)


def _is_number(text: str) -> bool:
    return _NEGATIVE.fullmatch(text) is not None
