"""Run every rule over an assembled project, those apart that would find what they found before."""

from __future__ import annotations

from functools import cache, partial

from nestforge.assemble.layout import template_path
from nestforge.assemble.remembered import AFRESH
from nestforge.lint.check import run_template_rules, settled
from nestforge.lint.form_words import without_words
from nestforge.lint.registry import load, rows_about
from nestforge.lint.settings import Settings
from nestforge.lint.source_map import SourceMap
from nestforge.sources.kept import keeping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.assemble.remembered import Remembered
    from nestforge.lint.built_package import BuiltPackage
    from nestforge.lint.registry import Row
    from nestforge.model.build import Build
    from nestforge.model.diagnostic import Diagnostic
    from nestforge.sources.memo import Memo, Question
    from nestforge.sources.template import Template

_EVERY_RULE = Settings()

Found = tuple[str | None, list["Diagnostic"]]
"""The code of the rule whose findings make these a repetition, and the findings."""


def check_build(build: Build, settings: Settings = _EVERY_RULE, remembered: Remembered = AFRESH) -> list[Diagnostic]:
    """Return what the rules find in an assembled project, at the places that its author edits."""
    report = keeping(remembered.memo, lambda: _found(build, settings, remembered))
    place = SourceMap(build)
    return settled([place.diagnostic(found) for found in report], build.project.files, settings)


def _found(build: Build, settings: Settings, remembered: Remembered) -> list[Diagnostic]:
    report: list[Diagnostic] = []
    for section, row in rows_about("build", settings):
        _add(report, remembered.step(row.code, build, partial(_in_build, section, row)))
    package = cache(partial(_package_of, build))
    for section, row in rows_about("package", settings):
        _add(report, remembered.step_with_notes(row.code, build, partial(_in_package, section, row, package)))
    for edition in build.project.service.editions:
        path = template_path(edition)
        step = f"{path} {settings.words} {sorted({found.code for found in report})}"
        check = partial(_in_template, path, settings, report, package, remembered.memo)
        report += remembered.step_with_notes(step, build, check)
    return report


def _add(report: list[Diagnostic], found: Found) -> None:
    unless, findings = found
    if all(earlier.code != unless for earlier in report):
        report += findings


def _package_of(build: Build) -> BuiltPackage:
    from nestforge.lint.built_package import BuiltPackage  # where no rule asks for the package, it is not made

    return BuiltPackage(build)


def _in_build(section: str, row: Row, build: Build) -> Found:
    rule = load(section, row)
    return rule.unless, rule.check(build)


def _in_package(section: str, row: Row, package: Callable[[], BuiltPackage], notes: set[Question]) -> Found:
    rule = load(section, row)
    with package().noted(notes) as seen:
        return rule.unless, rule.check(seen)


def _in_template(
    path: str,
    settings: Settings,
    earlier: list[Diagnostic],
    package: Callable[[], BuiltPackage],
    memo: Memo,
    notes: set[Question],
) -> list[Diagnostic]:
    report = list(earlier)
    with package().noted(notes) as seen:
        template = seen.templates_by_path.get(path)
        if template is not None and not _is_clean_but_for_words(template, settings, report, memo):
            run_template_rules(template, settings, report)
        elif template is not None:
            run_template_rules(template, settings, report, words=True)
    return report[len(earlier) :]


def _is_clean_but_for_words(template: Template, settings: Settings, report: list[Diagnostic], memo: Memo) -> bool:
    """Return whether the rules that do not look at words have found nothing, as they do whatever the words say."""
    text = without_words(template) if memo.path is not None else None
    if text is None:
        return False

    def is_clean(_: object) -> list[bool]:
        found = list(report)
        run_template_rules(template, settings, found, words=False)
        return [len(found) == len(report)]

    earlier = sorted({found.code for found in report})
    frame = template.path, settings.words, earlier, len(template.lines)  # long templates may be looked at for longer
    return memo.of_values(__name__, [(*frame, text)], is_clean)[0]
