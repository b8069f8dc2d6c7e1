"""Run every rule over a package in its folder, or over a template by itself."""

from __future__ import annotations

from nestforge.lint.allow_comments import MARK, without_allowed
from nestforge.lint.registry import first_rules, names_of_rules, rules_for, terraform_rules
from nestforge.lint.settings import Settings
from nestforge.sources.template import load_template

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from nestforge.lint.engine import Rule
    from nestforge.lint.registry import Row
    from nestforge.model.diagnostic import Diagnostic, Span
    from nestforge.sources.template import Template

_EVERY_RULE = Settings()
NESTED = "TemplateBody"
_OF_READERS = "R406"
"""Rules about the languages of texts: nobody reads those of a template inside another one."""


def check_package(root: Path, settings: Settings = _EVERY_RULE) -> tuple[list[Diagnostic], int]:
    """Return what the rules find in the package in the folder `root`, and how many of its files were read."""
    from nestforge.lint.package_folder import read_package

    report: list[Diagnostic] = []
    package, files = read_package(root, report)
    for _, rule in rules_for("package", settings):
        if not _repeats(rule, report):
            report += rule.check(package)
    for template in package.templates:
        run_template_rules(template, settings, report)
    return settled(report, dict(package.files.texts()), settings), files


def check_template(text: str, path: str, settings: Settings = _EVERY_RULE) -> list[Diagnostic]:
    """Return what the rules find in one ROS template, whoever wrote it."""
    report: list[Diagnostic] = []
    template = load_template(text, path, report)
    return check_loaded(template, settings) if template is not None else report


def check_loaded(template: Template, settings: Settings = _EVERY_RULE, *, typing: bool = False) -> list[Diagnostic]:
    """Return what the rules find in a template; `typing` leaves out those that are run on saving only."""
    report: list[Diagnostic] = []
    run_template_rules(template, settings, report, typing=typing)
    return settled(report, {template.path: template.text}, settings)


def run_template_rules(
    template: Template,
    settings: Settings,
    report: list[Diagnostic],
    *,
    typing: bool = False,
    words: bool | None = None,
) -> None:
    """Report what is wrong with a template and those inside it; what Terraform declares is not ours to know.

    `words` asks for the rules that look at what people read in the template, or for the others.
    """
    _run_over(template, settings, report, template.owner_at, typing=typing, words=words)
    if template.is_terraform or NESTED not in template.words:
        return
    from nestforge.lint.nested_templates import nested_templates

    for inner in nested_templates(template, report):
        found: list[Diagnostic] = []
        _run_over(inner, settings, found, template.owner_at, typing=typing, words=words)
        report += [one for one in found if not one.code.startswith(_OF_READERS)]


def _run_over(
    template: Template,
    settings: Settings,
    report: list[Diagnostic],
    under: Callable[[int, int], str | None],
    *,
    typing: bool,
    words: bool | None,
) -> None:
    if template.is_terraform:
        for row, rule in terraform_rules():
            report += rule.check(template, under) if settings.wants(row) else []
        return
    for row, rule in first_rules():
        if found := rule.check(template, under):
            report += found if settings.wants(row) else []
            return
    rules = list(rules_for("template", settings, template, typing=typing, words=words))
    if template.memory is not None:
        from nestforge.lint.check_entries import check_entries

        report += check_entries(template, template.memory, [rule for row, rule in rules if row.each], under)
        rules = [(row, rule) for row, rule in rules if not row.each]
    for row, rule in rules:
        if not _repeats(rule, report):
            report += _found(row, rule, template, under)


def _repeats(rule: Rule, report: list[Diagnostic]) -> bool:
    """Return whether the rule's fault is in the report under another name."""
    return rule.unless is not None and any(found.code == rule.unless for found in report)


def _found(row: Row, rule: Rule, template: Template, under: Callable[[int, int], str | None]) -> list[Diagnostic]:
    if template.memory is None or not row.reads:
        return rule.check(template, under)
    sections = [template.sections.get(name) for name in row.reads]
    places = [node and node.start_mark.line for node in sections]
    return template.memory.recall_findings([((row.code, *sections), places)], lambda _: [rule.check(template, under)])[
        0
    ]


def settled(report: list[Diagnostic], texts: Mapping[str, str], settings: Settings) -> list[Diagnostic]:
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
