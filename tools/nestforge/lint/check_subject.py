"""Check what a path names: read it, or recall what was found in the same content before."""

from __future__ import annotations

import os

from nestforge.lint.settings import Settings, settings_for
from nestforge.model.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.lint.findings_cache import FindingsCache
    from nestforge.lint.subjects import Subject
    from nestforge.model.diagnostic import Diagnostic

Found = tuple[list["Diagnostic"], dict[str, str], int]
"""Findings; the lines that no source has, by `path:line`; how many files were looked at."""


class Checked(NamedTuple):
    """What was found in a subject. Paths of findings are relative to `root`, a folder.

    `made` holds the lines of findings about files that exist only in the package, by `path:line`.
    """

    root: str
    findings: list[Diagnostic]
    made: dict[str, str]
    files: int


def check_subject(subject: Subject, cache: FindingsCache | None) -> Checked:
    """Return what is wrong with a project, a package or a template."""
    if subject.kind == "template":
        return _check_template(subject, cache)
    found: list[Diagnostic] = []
    settings = settings_for(subject.path, found)
    check = _CHECKS[subject.kind]
    findings, made, files = check(subject.path, settings, cache)
    return Checked(subject.path, [*_beside(found, subject.path), *findings], made, files)


def check_text(text: str, path: str) -> list[Diagnostic]:
    """Return what is wrong with the template `text`, which is to stand at `path`; its findings name the file alone."""
    from nestforge.lint.check import check_template

    folder, name = os.path.split(path)
    found: list[Diagnostic] = []
    settings = settings_for(folder, found)
    return [*_beside(found, folder), *check_template(text, name, settings)]


def _check_template(subject: Subject, cache: FindingsCache | None) -> Checked:
    from nestforge.sources.text_file import read_text

    folder, name = os.path.split(subject.path)
    found: list[Diagnostic] = []
    text = read_text(folder, name, found)
    if text is None:
        return Checked(folder, found, {}, 1)
    settings = settings_for(folder, found)

    def check() -> Found:
        from nestforge.lint.check import check_template

        return check_template(text, name, settings), {}, 1

    findings, made, files = _recalled(cache, ("template", name, text, settings.words), check)
    if subject.found and any(finding.code == "R1204" for finding in findings):
        return Checked(folder, [], {}, 0)
    return Checked(folder, [*_beside(found, folder), *findings], made, files)


def _check_project(root: str, settings: Settings, cache: FindingsCache | None) -> Found:
    from nestforge.assemble.inputs import inputs_hash
    from nestforge.sources.targets import TARGETS

    inputs = inputs_hash(root)
    from pathlib import Path

    targets = Path(root, TARGETS)
    content = targets.read_bytes() if targets.is_file() else b""

    known = ("project", inputs, content, settings.words)
    return _recalled(cache, known, lambda: _assemble_and_check(root, settings, is_remembered=cache is not None))


def _assemble_and_check(root: str, settings: Settings, *, is_remembered: bool) -> Found:
    from nestforge.assemble.remembered import AFRESH, remembered_of
    from nestforge.assemble.source_files import source_files
    from nestforge.lint.project import check_project
    from nestforge.sources.targets import TARGETS

    files = len({TARGETS, *source_files(root)})
    checked = check_project(root, settings, remembered_of(root) if is_remembered else AFRESH)
    made = {}
    contents = checked.build.files if checked.build is not None else {}
    for span in (found.span for found in checked.findings if found.span.path in contents):
        lines = contents[span.path].split(b"\n")
        if span.line <= len(lines):
            made[f"{span.path}:{span.line}"] = lines[span.line - 1].decode("utf-8", "replace")
    return checked.findings, made, files


def _check_package(root: str, settings: Settings, cache: FindingsCache | None) -> Found:
    from pathlib import Path

    from nestforge.lint.check import check_package

    findings, files = check_package(Path(root), settings)
    return findings, {}, files


_CHECKS: dict[str, Callable[[str, Settings, FindingsCache | None], Found]] = {
    "project": _check_project,
    "package": _check_package,
}


def _recalled(cache: FindingsCache | None, parts: tuple[str | bytes, ...], check: Callable[[], Found]) -> Found:
    if cache is None:
        return check()
    from nestforge.lint.findings_cache import key_of

    key = key_of(*parts)
    known = cache.get(key)
    if known is None:
        known = check()
        cache.put(key, *known)
    return known


def _beside(findings: list[Diagnostic], folder: str) -> list[Diagnostic]:
    """Return findings about the settings with their paths relative to the folder of the others."""
    return [f._replace(span=f.span._replace(path=os.path.relpath(f.span.path, folder or "."))) for f in findings]
