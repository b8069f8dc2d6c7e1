"""The templates inside a template: each fault is found once, at its place in the file around it."""

from __future__ import annotations

from nestforge.lint.check import check_template
from nestforge.lint.nested_templates import nested_templates
from nestforge.sources.template import load_template

HEAD = "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n"


def stack(name: str, body: str) -> str:
    """Return a resource; `body` is what stands behind `TemplateBody:`."""
    return f"  {name}:\n    Type: ALIYUN::ROS::Stack\n    Properties:\n      TemplateBody: {body}\n"


def found(text: str) -> list[tuple[str, str]]:
    """Return code and the text at the beginning of the place of each finding, without what is said of the body."""
    lines = text.split("\n")
    return [
        (finding.code, lines[finding.span.line - 1][finding.span.column - 1 :].strip())
        for finding in check_template(text, "ros_templates/a.yaml")
        if finding.code != "R3104"  # a body that is a text in YAML
    ]


MAP = """
        ROSTemplateFormatVersion: '2015-09-01'
        Resources:
          Vpc: {Type: ALIYUN::ECS::VPC, Properties: {CidrBlok: 10.0.0.0/8}}"""


def test_a_map_has_names_of_its_own() -> None:
    assert found(HEAD + stack("A", MAP)) == [("R3102", "CidrBlok: 10.0.0.0/8}}")]
    inner = MAP.replace("CidrBlok: 10.0.0.0/8", "CidrBlock: {Ref: Outer}")
    outer = f"Parameters: {{Outer: {{Type: String}}}}\n{HEAD}{stack('A', inner)}  B: {{Type: ALIYUN::ECS::VPC}}\n"
    assert ("R3001", "Outer}}}") in found(outer)


def test_a_block_of_text_has_the_lines_and_columns_of_the_file() -> None:
    assert found(HEAD + stack("A", "|" + MAP)) == [("R3102", "CidrBlok: 10.0.0.0/8}}")]
    assert found(HEAD + stack("A", "|2-" + MAP)) == [("R3102", "CidrBlok: 10.0.0.0/8}}")]


JSON = '{"ROSTemplateFormatVersion": "2015-09-01", "Resources": {"Vpc": {"Type": "ALIYUN::ECS::VPCs"}}}'


def test_json_in_single_quotes_has_its_places_and_with_escapes_that_of_the_text() -> None:
    assert found(HEAD + stack("A", f"'{JSON}'")) == [("R3101", '"ALIYUN::ECS::VPCs"}}}\'')]
    escaped = JSON.replace('"', '\\"')
    assert found(HEAD + stack("A", f'"{escaped}"')) == [("R3101", f'"{escaped}"')]


def test_a_fault_in_the_yaml_and_what_is_no_template_are_reported_in_their_place() -> None:
    assert found(HEAD + stack("A", "|\n        Resources: {Vpc: [}\n")) == [("R1101", "}")]
    assert found(HEAD + stack("A", "|\n        a: b\n        c: d\n")) == [("R1204", "|")]


def test_what_a_function_makes_is_checked_as_far_as_it_is_known() -> None:
    sub = "\n        Fn::Sub: |" + MAP.replace("\n", "\n  ")
    assert found(HEAD + stack("A", sub)) == [("R3102", "CidrBlok: 10.0.0.0/8}}")]
    assert found(HEAD + stack("A", sub.replace("CidrBlok", "${ALIYUN::StackId}"))) == []
    before = "\n        Fn::Sub: |\n          Outputs: [}\n          ${ALIYUN::StackId}\n"
    assert [code for code, _ in found(HEAD + stack("A", before))] == ["R1101"]
    behind = "\n        Fn::Sub: |\n          ${ALIYUN::StackId}\n          Outputs: [}\n"
    assert found(HEAD + stack("A", behind)) == []


def test_each_branch_of_a_choice_is_a_template() -> None:
    chosen = f"\n        Fn::If: [Big, '{JSON}', '{JSON.replace('VPCs', 'VPCz')}']\n"
    conditions = "Conditions: {Big: {'Fn::Equals': [{Ref: 'ALIYUN::Region'}, cn-hangzhou]}}\n"
    assert [code for code, _ in found(conditions + HEAD + stack("A", chosen))] == ["R3101", "R3101"]


def test_the_languages_of_texts_that_nobody_reads_do_not_matter() -> None:
    parameter = (
        "\n        Parameters: {A: {Type: String, Label: {en: A}}}\n        ROSTemplateFormatVersion: '2015-09-01'\n"
    )
    assert not [code for code, _ in found(HEAD + stack("A", parameter)) if code.startswith("R406")]


def inside_each_other(depth: int) -> str:
    body = "{ROSTemplateFormatVersion: '2015-09-01', Resources: {Vpc: {Type: ALIYUN::ECS::VPC}}}"
    for _ in range(depth):
        resource = f"{{Type: ALIYUN::ROS::Stack, Properties: {{TemplateBody: {body}}}}}"
        body = f"{{ROSTemplateFormatVersion: '2015-09-01', Resources: {{Inner: {resource}}}}}"
    return body


def test_five_levels_are_looked_at_and_fifty_templates_and_one_that_is_its_own_ends() -> None:
    def count(text: str) -> int:
        template = load_template(text, "a.yaml", [])
        assert template is not None
        return len(list(nested_templates(template, [])))

    assert count(inside_each_other(3)) == 3
    assert count(inside_each_other(9)) == 5
    assert count(HEAD + "".join(stack(f"S{number}", MAP) for number in range(80))) == 50
    itself = "&itself\n        ROSTemplateFormatVersion: '2015-09-01'\n        Resources:\n  "
    itself += stack("B", "*itself").replace("\n", "\n        ")
    assert count(HEAD + stack("A", itself)) == 1
