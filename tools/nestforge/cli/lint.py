"""Check projects, packages and ROS templates, and show every finding at the line to change.

PATH is a project of nestforge, a folder with .computenest/, one ROS template, or a folder to search for them;
without it, the project here. Errors keep `publish` from publishing. `nestforge explain CODE` says more about
a finding; a comment `# nestforge: allow NAME reason` on its line allows it.

example:
  nestforge lint --format sarif > findings.sarif
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

from nestforge.cli.formats import FORMATS, write
from nestforge.cli.formats.report import Report
from nestforge.cli.here import here
from nestforge.lint.check_subject import Checked, check_subject, check_text
from nestforge.lint.settings import settings_for
from nestforge.lint.subjects import subjects, whole_of
from nestforge.model.errors import NestforgeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from nestforge.cli.command_line import Arguments
    from nestforge.lint.findings_cache import FindingsCache
    from nestforge.lint.subjects import Subject
    from nestforge.model.diagnostic import Diagnostic

_WORTH_A_PROCESS = 50
"""Subjects for each process: starting one takes as long as checking some twenty templates."""
_ROUNDS = 5
"""How often `--fix` looks again at what it changed: one mended mistake can show another."""


class NothingToLint(NestforgeError):
    """A path leads nowhere or to a part of something, or options contradict each other."""

    exit_code = 2


def configure(parser: Arguments) -> None:
    """Add the command's own arguments."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="what to check; - is a template from standard input")
    parser.add_argument("--format", choices=FORMATS, default="text", help=f"{', '.join(FORMATS)} (default: text)")
    parser.add_argument("--fix", action="store_true", help="change what is safe to change, and nothing else")
    parser.add_argument("--baseline", metavar="FILE", help="leave out the findings that FILE lists")
    parser.add_argument("--write-baseline", action="store_true", help="write the findings to the baseline")
    parser.add_argument("--stdin-filename", metavar="NAME", help="how to call what standard input has")
    parser.add_argument("--jobs", type=int, metavar="N", help="processes to use (default: by the number of files)")
    parser.add_argument("--no-cache", action="store_true", help="neither use nor keep the findings of earlier runs")
    parser.add_argument("--watch", action="store_true", help="check again whenever a file changes, until Ctrl-C")


def execute(options: Namespace) -> int:
    """Print every finding; errors and warnings make the exit code 1."""
    if options.stdin_filename is not None or "-" in options.paths:
        return _check_standard_input(options)
    if options.write_baseline and options.baseline is None:
        raise NothingToLint("--write-baseline needs to know which file", help="name it: --baseline FILE")
    paths = options.paths or [here(options.project)]
    for path in paths:
        if not os.path.lexists(path):
            raise NothingToLint(f"there is no '{path}'", help="name a folder or the file of a ROS template")
        if (whole := whole_of(path)) is not None:
            kind, folder = whole
            help = f"check the whole {kind}: nestforge lint {os.path.relpath(folder)}"
            raise NothingToLint(f"'{path}' is a part of a {kind}, and checked with it alone", help=help)
    if options.watch:
        from nestforge.cli.watch import watch

        return watch(paths, lambda: _run(paths, options))
    gc.disable()  # what a check makes it also drops, and the process ends with it
    code = _run(paths, options)
    gc.freeze()  # or Python would look through all of it once more before it ends
    return code


def _run(paths: list[str], options: Namespace) -> int:
    searched = settings_for(paths[0] if os.path.isdir(paths[0]) else os.path.dirname(paths[0]), [])
    found = subjects(paths, searched.excludes)
    cache = None if options.no_cache else _cache()
    checked = _check(found, cache, options.jobs)
    remarks = []
    if options.fix:
        checked, remark = _fix(found, checked, cache)
        remarks.append(remark)
    if cache is not None:
        cache.forget_most()
    report = Report(checked)
    report.remarks += remarks
    _compare(report, options)
    return _show(report, options)


def _cache() -> FindingsCache:
    from nestforge.lint.findings_cache import open_cache

    return open_cache()


def _check(found: list[Subject], cache: FindingsCache | None, jobs: int | None) -> list[Checked]:
    if jobs is not None and jobs < 1:
        raise NothingToLint(f"--jobs {jobs} does no work", help="give 1 or more")
    if jobs is None:
        jobs = min(os.cpu_count() or 1, 1 + len(found) // _WORTH_A_PROCESS)
    if jobs <= 1:
        return [check_subject(subject, cache) for subject in found]
    from concurrent.futures import ProcessPoolExecutor
    from itertools import repeat

    import_module("nestforge.lint.check")  # once, and not in each process

    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(check_subject, found, repeat(cache), chunksize=1 + len(found) // (4 * jobs)))


def _fix(found: list[Subject], checked: list[Checked], cache: FindingsCache | None) -> tuple[list[Checked], str]:
    """Change the files, and check them again; return what is found now, and a sentence about what was done."""
    from nestforge.lint.apply_fixes import apply_fixes

    files: set[str] = set()
    count = 0
    for _ in range(_ROUNDS):
        changed = False
        for index, (subject, before) in enumerate(zip(found, checked, strict=True)):
            try:
                mended = apply_fixes(before.root, before.findings)
            except OSError as error:
                raise NothingToLint(f"cannot change {error.filename}: {error.strerror}") from error
            if mended:
                changed = True
                count += sum(mended.values())
                files |= {os.path.join(before.root, path) for path in mended}
                checked[index] = check_subject(subject, cache)
        if not changed:
            break
    if not count:
        return checked, "nothing that is safe to change"
    return checked, f"mended {count} finding{'s' * (count != 1)} in {len(files)} file{'s' * (len(files) != 1)}"


def _compare(report: Report, options: Namespace) -> None:
    """Leave out of the report what the baseline knows, or write the baseline anew."""
    if options.baseline is None:
        return
    from pathlib import Path

    from nestforge.lint.baseline import without_known, write_baseline

    path = Path(options.baseline)
    if options.write_baseline:
        write_baseline(path, report.findings)
    before = len(report.findings)
    report.findings, gone = without_known(path, report.findings)
    report.remarks.append(f"{before - len(report.findings)} more in {path}")
    if gone:
        report.remarks.append(f"{gone} in {path} no longer there: take them out with --write-baseline")


def _check_standard_input(options: Namespace) -> int:
    name = options.stdin_filename or "standard-input.yaml"
    if set(options.paths) - {"-"} or options.fix or options.watch:
        help = "name files instead of -, or leave out --fix, --watch and the other paths"
        raise NothingToLint("standard input is one template, checked once, and never changed", help=help)
    from nestforge.sources.text_file import LARGEST, text_of

    findings: list[Diagnostic] = []
    text = text_of(sys.stdin.buffer.read(LARGEST + 1), os.path.basename(name), findings)
    if text is not None:
        findings = check_text(text, name)
    report = Report([Checked(os.path.dirname(name), findings, _lines(text or "", findings), 1)])
    _compare(report, options)
    return _show(report, options)


def _lines(text: str, findings: list[Diagnostic]) -> dict[str, str]:
    lines = text.split("\n")
    places = {(found.span.path, found.span.line) for found in findings if found.span.line <= len(lines)}
    return {f"{path}:{line}": lines[line - 1] for path, line in places}


def _show(report: Report, options: Namespace) -> int:
    text = write(report, options.format)
    if options.format != "text" or report.findings or not options.quiet:
        print(text)
    return int(any(found.severity != "info" for found in report.findings))
