"""Run every rule over a build, or over a template by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.registry import rules_for
from nestforge.sources.template import load_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nestforge.lint.engine import Rule, S
    from nestforge.model.build import Build
    from nestforge.model.diagnostic import Diagnostic, Span
    from nestforge.sources.template import Template


def check_build(build: Build) -> list[Diagnostic]:
    """Return what the rules find in an assembled project, at the places that its author edits."""
    from nestforge.lint.package import package_of
    from nestforge.lint.source_map import SourceMap

    place = SourceMap(build).span
    report: list[Diagnostic] = []
    _run(rules_for("build"), build, report, place)
    package = package_of(build)
    _run(rules_for("package"), package, report, place)
    for template in package.templates:
        _run_template(template, report, place)
    return _each_once(report)


def check_template(text: str, path: str) -> list[Diagnostic]:
    """Return what the rules find in one ROS template, whoever wrote it."""
    report: list[Diagnostic] = []
    template = load_template(text, path, report)
    return check_loaded(template) if template is not None else report


def check_loaded(template: Template, *, typing: bool = False) -> list[Diagnostic]:
    """Return what the rules find in a template; `typing` leaves out those that are run on saving only."""
    report: list[Diagnostic] = []
    _run_template(template, report, lambda span: span, typing=typing)
    return _each_once(report)


def _run_template(
    template: Template, report: list[Diagnostic], place: Callable[[Span], Span], *, typing: bool = False
) -> None:
    """Report what is wrong with a template; what Terraform declares is not ours to know."""
    if not template.is_terraform:
        rules = rules_for("template", template.text, typing=typing)
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


def _each_once(report: list[Diagnostic]) -> list[Diagnostic]:
    """Return the findings in order; a source line that is rendered several times is reported once."""
    once = {(d.span, d.code, d.message): d for d in sorted(report, reverse=True, key=_order)}
    return sorted(once.values(), key=_order)


def _order(diagnostic: Diagnostic) -> tuple[Span, str, str, str]:
    return diagnostic.span, diagnostic.code, diagnostic.message, diagnostic.under or ""
