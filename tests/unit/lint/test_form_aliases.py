"""What aliases bring in many times is looked at once: a small form stays small."""

from __future__ import annotations

from nestforge.lint.form_conditions import comparisons_in, faults_of, form_conditions
from nestforge.lint.form_fields import fields_of
from nestforge.sources.template import Template, load_template

LEVELS = 15
TWICE = [f"a{n}: &a{n} {{'Fn::And': [*a{n - 1}, *a{n - 1}]}}" for n in range(1, LEVELS)]
CONDITIONS = f"""
a0: &a0 {{'Fn::Equal': ['${{A}}', x]}}
{chr(10).join(TWICE)}
Parameters:
  A: {{Type: String, Required: *a{LEVELS - 1}}}
"""
FORM = "{Type: Json, AssociationProperty: 'List[Parameters]', AssociationPropertyMetadata: {Parameters: *f0}}"
FIELDS = f"""
f0: &f0 {{X: {{Type: String}}}}
f1: &f1 {{A: {FORM}, B: {FORM}}}
Parameters: {{C: {FORM.replace("f0", "f1")}, D: {FORM.replace("f0", "f1")}}}
"""


def template(text: str) -> Template:
    found = load_template(f"ROSTemplateFormatVersion: '2015-09-01'{text}", "t.yaml", [])
    assert found is not None
    return found


def test_a_condition_made_of_aliases_has_each_fault_once() -> None:
    (condition,) = form_conditions(template(CONDITIONS))
    assert [message for _, message, _ in faults_of(condition, set())] == ["the form does not know 'Fn::Equal'"]
    assert list(comparisons_in(condition, set())) == []


def test_a_form_made_of_aliases_has_each_field_once() -> None:
    assert [field.name for field in fields_of(template(FIELDS))] == ["C", "D", "A", "B", "X"]
