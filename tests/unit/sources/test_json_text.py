from __future__ import annotations

from nestforge.lint.check import check_template
from nestforge.sources.json_text import as_yaml, fault_in_json


def test_what_is_neither_yaml_nor_json_is_told_by_what_json_says() -> None:
    text = '{"ROSTemplateFormatVersion": "2015-09-01",\n // none\n"Resources": {"A": {}}}'
    assert [(d.code, d.span.line, d.span.column) for d in check_template(text, "a.json")] == [("R1101", 2, 2)]
    assert [d.span.line for d in check_template(text, "a.yaml")] == [3]


def test_a_comma_is_found_before_the_bracket_that_it_stands_before() -> None:
    for text, at in (('{"a": [1,\n ]}', 8), ('{"a": 1, }', 7)):
        fault = fault_in_json(text)
        assert fault is not None
        assert fault[0] == at
    assert fault_in_json('{"a": ","}') is None


def test_escapes_that_are_one_character_stay_as_long_as_they_are() -> None:
    assert as_yaml('"\\ud83d\\ude00 \\u4e2d"') == '"\\ufffd\\ufffd \\u4e2d"'
