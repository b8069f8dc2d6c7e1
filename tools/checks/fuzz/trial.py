"""Lint one mutant as a file is linted, and say how it went."""

from __future__ import annotations

import signal
import time
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from nestforge.cli.formats import FORMATS, write
from nestforge.cli.formats.report import Report
from nestforge.lint.check import check_template
from nestforge.lint.check_subject import Checked
from nestforge.sources.text_file import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from nestforge.model.diagnostic import Diagnostic

NAME = "mutant.yaml"
AT_LEAST, A_BYTE = 1.0, 50e-6
"""Seconds of processor time that a mutant may take, some ten times what the slowest template takes."""
_OUTCOMES = {"R1004": "empty", "R1005": "no text", "R1101": "no YAML", "R1204": "no template"}


class TooSlow(BaseException):
    """A mutant takes more time than its size explains; no handler for errors may catch it."""


class Misplaced(Exception):
    """A finding has no place in the text."""


class Trial(NamedTuple):
    """The outcome in words; the seconds it took; what failed, with the traceback."""

    outcome: str
    seconds: float
    fault: str | None = None


def try_out(content: bytes) -> Trial:
    """Lint `content` and write the findings in one of the formats."""
    start = time.process_time()
    fault = None
    outcome = "failed"
    try:
        with _no_longer_than(AT_LEAST + A_BYTE * len(content)):
            outcome = _lint(content)
    except (Exception, TooSlow):
        fault = traceback.format_exc()
    return Trial(outcome, time.process_time() - start, fault)


def _lint(content: bytes) -> str:
    findings: list[Diagnostic] = []
    text = text_of(content, NAME, findings)
    if text is not None:
        findings = check_template(text, NAME)
    lines = (text or content.decode(errors="replace")).split("\n")
    _check_places(findings, len(lines))
    shown = {f"{NAME}:{f.span.line}": lines[f.span.line - 1] for f in findings if f.span.line <= len(lines)}
    write(Report([Checked("", findings, shown, 1)]), FORMATS[len(content) % len(FORMATS)])
    for code, outcome in _OUTCOMES.items():
        if any(found.code == code for found in findings):
            return outcome
    return "findings" if findings else "clean"


def _check_places(findings: list[Diagnostic], lines: int) -> None:
    for found in findings:
        span = found.span
        if span.path != NAME or not 1 <= span.line <= lines or span.column < 1:
            raise Misplaced(f"{found} in a text of {lines} lines")


@contextmanager
def _no_longer_than(seconds: float) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlow(f"more than {seconds:.1f} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
