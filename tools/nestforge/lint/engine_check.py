"""What the engines that a text starts say to their arguments: by the table of the version, or of another patch
of it, or else by all of them.
"""

from __future__ import annotations

from functools import lru_cache

from nestforge.lint.engine import Finding
from nestforge.lint.engine_starts import starts_of
from nestforge.model.diagnostic import Span
from nestforge.sources.kept import kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nestforge.lint.engine_arguments import Fault
    from nestforge.lint.engine_flags import Table
    from nestforge.lint.engine_starts import Start
    from nestforge.lint.shell_words import Word
    from nestforge.sources.template import Template


def faults_among(starts: Iterable[Start]) -> Iterator[Fault]:
    """Yield the faults in the arguments of what is started."""
    for start in starts:
        yield from _faults_of(start)


@kept
def _faults_of(start: Start) -> tuple[Fault, ...]:
    return tuple(_faults(start))


def _faults(start: Start) -> Iterator[Fault]:
    from nestforge.lint.engine_arguments import faults_of
    from nestforge.lint.engine_flags import tables

    known = tables(start.engine)
    own = [table for table in known if table.version == start.version]
    if own:
        yield from faults_of(start.arguments, start.positional, own[0])
        return
    nearest = [index for index, table in enumerate(known) if _release(table.version) == _release(start.version or "")]
    if nearest:
        yield from _by_patch(start, known[: nearest[-1] + 1])
        return
    by_table = [list(faults_of(start.arguments, start.positional, table)) for table in known]
    elsewhere = [{fault.word for fault in faults if fault.kind == "unknown"} for faults in by_table[:-1]]
    versions = ", ".join(table.version for table in known)
    for fault in by_table[-1]:
        if fault.kind == "unknown" and all(fault.word in words for words in elsewhere):
            flag = fault.word.text.partition("=")[0]
            message = f"'{flag}' is a flag of none of the versions of {start.engine} that are known: {versions}"
            yield fault._replace(kind="nowhere", message=message)


def _release(version: str) -> str:
    return version.partition(".post")[0]


def _by_patch(start: Start, known: Sequence[Table]) -> Iterator[Fault]:
    """Yield what another patch of the release says, but no flag that the release before it knows."""
    from nestforge.lint.engine_arguments import faults_of

    before = known[-2].by_name if len(known) > 1 else {}
    for fault in faults_of(start.arguments, start.positional, known[-1]):
        if fault.kind != "unknown" or fault.word.text.partition("=")[0] not in before:
            yield fault


@lru_cache(maxsize=1)
def _faults_in(template: Template) -> tuple[Fault, ...]:
    return tuple(dict.fromkeys(faults_among(starts_of(template))))


def engine_findings(template: Template, *kinds: str) -> Iterator[Finding]:
    """Yield the findings of some kinds in the scripts of a template."""
    for fault in _faults_in(template):
        if fault.kind in kinds:
            yield Finding(_span(template, fault.word), fault.message, fault.help)


def _span(template: Template, word: Word) -> Span:
    """Return the place of a word in the line that it is on, or of the line."""
    written, line = word.text.partition("=")[0], word.line
    column = template.lines[line - 1].find(written) + 1 if written.strip() else 0
    return Span(template.path, line, column, line, column + len(written)) if column else Span(template.path, line)
