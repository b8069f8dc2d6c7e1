"""Run every rule over a build, over a package in its folder, or over a template by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.allow_comments import MARK, without_allowed
from nestforge.lint.registry import first_rules, names_of_rules, rules_for
from nestforge.lint.settings import Settings
from nestforge.sources.template import load_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from nestforge.lint.engine import Rule, S
    from nestforge.model.build import Build
    from nestforge.model.diagnostic import Diagnostic, Span
    from nestforge.sources.template import Template

_EVERY_RULE = Settings()


def check_build(build: Build, settings: Settings = _EVERY_RULE) -> list[Diagnostic]:
    """Return what the rules find in an assembled project, at the places that its author edits."""
    from nestforge.lint.package import package_of
    from nestforge.lint.source_map import SourceMap

    place = SourceMap(build).span
    report: list[Diagnostic] = []
    _run(rules_for("build", settings), build, report, place)
    package = package_of(build)
    _run(rules_for("package", settings), package, report, place)
    for template in package.templates:
        _run_template(template, settings, report, place)
    return _settled(report, build.project.files, settings)


def check_package(root: Path, settings: Settings = _EVERY_RULE) -> tuple[list[Diagnostic], int]:
    """Return what the rules find in the package in the folder `root`, and how many of its files were read."""
    from nestforge.lint.package_folder import read_package

    report: list[Diagnostic] = []
    package, files = read_package(root, report)
    _run(rules_for("package", settings), package, report, _as_it_is)
    for template in package.templates:
        _run_template(template, settings, report, _as_it_is)
    return _settled(report, dict(package.files.texts()), settings), files


def check_template(text: str, path: str, settings: Settings = _EVERY_RULE) -> list[Diagnostic]:
    """Return what the rules find in one ROS template, whoever wrote it."""
    report: list[Diagnostic] = []
    template = load_template(text, path, report)
    return check_loaded(template, settings) if template is not None else report


def check_loaded(template: Template, settings: Settings = _EVERY_RULE, *, typing: bool = False) -> list[Diagnostic]:
    """Return what the rules find in a template; `typing` leaves out those that are run on saving only."""
    report: list[Diagnostic] = []
    _run_template(template, settings, report, _as_it_is, typing=typing)
    return _settled(report, {template.path: template.text}, settings)


def _run_template(
    template: Template,
    settings: Settings,
    report: list[Diagnostic],
    place: Callable[[Span], Span],
    *,
    typing: bool = False,
) -> None:
    """Report what is wrong with a template; what Terraform declares is not ours to know."""
    if template.is_terraform:
        return
    for row, rule in first_rules():
        if found := rule.check(template, place, template.owner_at):
            report += found if settings.wants(row) else []
            return
    rules = rules_for("template", settings, template, typing=typing)
    _run(rules, template, report, place, template.owner_at)


def _run(
    rules: Iterable[Rule[S]],
    subject: S,
    report: list[Diagnostic],
    place: Callable[[Span], Span],
    under: Callable[[int], str | None] = lambda line: None,
) -> None:
    for rule in rules:
        if rule.unless is None or all(found.code != rule.unless for found in report):
            report += rule.check(subject, place, under)


def _as_it_is(span: Span) -> Span:
    """Return the place: the file that was checked is the one that its author edits."""
    return span


def _settled(report: list[Diagnostic], texts: Mapping[str, str], settings: Settings) -> list[Diagnostic]:
    """Return what remains of the findings by the author's comments and settings, in order.

    A source line that is rendered several times is reported once.
    """
    once = {(d.span, d.code, d.message): d for d in sorted(report, reverse=True, key=_order)}
    findings: Iterable[Diagnostic] = once.values()
    if any(MARK in text for text in texts.values()):
        findings = without_allowed(findings, texts, names_of_rules(settings))
    if settings.severity:
        findings = [d._replace(severity=settings.severity_of(d.code, d.name, d.severity)) for d in findings]
    return sorted(findings, key=_order)


def _order(diagnostic: Diagnostic) -> tuple[Span, str, str, str]:
    return diagnostic.span, diagnostic.code, diagnostic.message, diagnostic.under or ""
