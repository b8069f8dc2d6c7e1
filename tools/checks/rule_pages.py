"""The pages about the rules, made from their documentation and their fixtures."""

from __future__ import annotations

import re
from pathlib import Path

from nestforge.cli.formats import write
from nestforge.cli.formats.report import Report
from nestforge.lint.check import check_template
from nestforge.lint.check_subject import Checked
from nestforge.lint.explanations import Explanation, explanations
from nestforge.lint.registry import rows

ROOT = Path(__file__).parent.parent.parent
PAGES = ROOT / "docs" / "rules"
FIXTURES = ROOT / "tests" / "rules"
REVIEW = ROOT / "tests" / "rules" / "review.md"
_MARK = re.compile(r" *# expect: .*")
_EXAMPLE = re.compile(r"^(Bad|Good): +(.*)$", re.MULTILINE)


def rule_pages() -> dict[Path, str]:
    """Return every page by its path."""
    every = explanations()
    pages = {PAGES / f"{one.code}.md": _page(one) for one in every if one.is_rule}
    return pages | {PAGES / "README.md": _index(every)}


def _page(explained: Explanation) -> str:
    text = _EXAMPLE.sub("", explained.text).strip()
    lines = [f"# {explained.name} ({explained.code})", "", f"Severity: {explained.severity}.", "", text, ""]
    for verdict, example in _EXAMPLE.findall(explained.text):
        lines += [f"{verdict}:", "", "```yaml", example, "```", ""]
    lines += _shown(explained)
    lines += [
        "Where it is meant so, a comment at the end of the line or on the line above says why:",
        "",
        "```yaml",
        f"# nestforge: allow {explained.name} the reason",
        "```",
        "",
    ]
    return "\n".join(lines)


def _shown(explained: Explanation) -> list[str]:
    """Return the rule's first bad fixture and what nestforge prints about it."""
    fixture = FIXTURES / f"{explained.code}_{explained.name}" / "bad.yaml"
    if not fixture.exists():
        return []
    text = "\n".join(_MARK.sub("", line) for line in fixture.read_text(encoding="utf-8").splitlines()) + "\n"
    findings = [found for found in check_template(text, "template.yaml") if found.code == explained.code]
    lines = {f"template.yaml:{n}": line for n, line in enumerate(text.split("\n"), 1)}
    report = write(Report([Checked("", findings, lines, 1)]), "text").rpartition("\n")[0]
    return ["For example", "", "```yaml", text.rstrip(), "```", "", "gives", "", "```text", report, "```", ""]


def _index(every: list[Explanation]) -> str:
    sections = {row.code: section for section, row in rows()}
    lines = [
        "# Rules of `nestforge lint`",
        "",
        "`nestforge explain CODE` prints what the page of a rule says. Made by `make generate` from the rules.",
        "",
    ]
    titles = dict.fromkeys(sections.values())
    for section in titles:
        lines += [f"## {section.capitalize()}", "", "| code | name | severity | what is wrong |", "|---|---|---|---|"]
        for one in every:
            if sections.get(one.code) == section:
                lines.append(f"| [{one.code}]({one.code}.md) | {one.name} | {one.severity} | {_cell(one.title)} |")
        lines.append("")
    lines += [
        "## What could not be read, rendered or evaluated",
        "",
        "These are no rules and cannot be allowed: the rules saw nothing of what they are about.",
        "",
        "| code | name | severity | what is wrong |",
        "|---|---|---|---|",
    ]
    lines += [f"| {o.code} | {o.name} | {o.severity} | {_cell(o.title)} |" for o in every if not o.is_rule]
    return "\n".join([*lines, "", REVIEW.read_text(encoding="utf-8")])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
