"""R8003."""

from __future__ import annotations

import re

from nestforge.lint.engine import Finding, rule
from nestforge.lint.shell import syntax_faults
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package

_LANGUAGES = ("bash", "sh", "shell")
_BLANK = re.compile(r"(?<![<\w])<(?![<(&=\d/])(?:[^<>\n|&;$()\"'`]{1,60}|[^<>\s&;$()\"'`]{1,60})>")
_PROMPT = re.compile(r"^\s*(?:\([\w.-]+\)\s*)?(?:\$|(?:\[[^\]]*@[^\]]*\]|\w+@[\w.-]+:\S*)[#$])\s+")


@rule("R8003", severity="warning", unless="R7010")
def shell_block_syntax(package: Package) -> Iterator[Finding]:
    """bash cannot read a block of shell code in a document, and neither can who copies it.

    Bad:  a block of bash with: for file in a b; do echo "$file"
    Good: a block of bash with: for file in a b; do echo "$file"; done
    """
    blocks = [
        (path, block)
        for path, document in package.outlines.items()
        for block in document.blocks
        if block.language in _LANGUAGES
    ]
    for fault in syntax_faults([_filled_in(block.text) for _, block in blocks]):
        path, block = blocks[fault.text]
        yield Finding(
            Span(path, block.line + fault.line - 1),
            f"bash cannot read this block: {fault.message}",
            "mend the command, or give the block another language",
        )


def _filled_in(text: str) -> str:
    """Return the block as a reader would run it: with words where it says <your address>, without a shell's answers."""
    lines = _BLANK.sub("X", text).split("\n")
    if any(_PROMPT.match(line) for line in lines):
        lines = list(_commands(lines))
    return "\n".join(lines)


def _commands(lines: list[str]) -> Iterator[str]:
    """Yield what follows a prompt, with what it is continued by, and nothing for the other lines."""
    continued = False
    for line in lines:
        prompt = _PROMPT.match(line)
        command = line[prompt.end() :] if prompt else line if continued else ""
        continued = command.endswith("\\")
        yield command
