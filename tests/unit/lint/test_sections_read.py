"""What a rule found is kept while the sections that it reads are the same: it may look at no other one."""

from __future__ import annotations

from pathlib import Path

import pytest

from nestforge.lint.registry import Row, load, rows
from nestforge.sources.libyaml import MappingNode
from nestforge.sources.nodes import key_text, pairs
from nestforge.sources.template import Template, load_template

RULES = Path(__file__).parents[2] / "rules"
READING = [(section, row) for section, row in rows() if row.reads]


def of_sections(template: Template, names: tuple[str, ...]) -> Template:
    """Return the template as if it had these sections alone, and no text."""
    kept = [pair for pair in pairs(template.root) if key_text(pair[0]) in names]
    root = MappingNode(template.root.tag, kept, template.root.start_mark, template.root.end_mark)
    return Template(template.path, "", root)


@pytest.mark.parametrize(("section", "row"), READING, ids=[row.code for _, row in READING])
def test_a_rule_finds_the_same_in_the_sections_that_it_reads(section: str, row: Row) -> None:
    rule, found = load(section, row), 0
    own = RULES / f"{row.code}_{row.name}"
    for path in [*sorted(own.glob("*.yaml")), *sorted(RULES.glob("R[349]*/bad.yaml"))]:
        template = load_template(path.read_text(encoding="utf-8"), path.name, [])
        if template is not None and not template.has_aliases:
            whole = rule.check(template)
            assert rule.check(of_sections(template, row.reads)) == whole
            found += len(whole)
    assert found
