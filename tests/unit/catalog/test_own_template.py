"""What ROS and ECS refuse although each property by itself is right, asked of this repository's template."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import pytest
from tests.own_project import own_build, own_template

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_VALUE = {"Ref": "ALIYUN::NoValue"}
Section = dict[str, dict[str, object]]
Choice = dict[str, tuple[str, list[dict[str, object]], list[object]]]


def section(name: str) -> Section:
    return cast("Section", own_template()[name])


def nodes(value: object, in_list: bool = False) -> Iterator[tuple[object, bool]]:
    """Yield every node of `value`, and whether it is an item of a list that no function takes as arguments."""
    yield value, in_list
    if isinstance(value, dict):
        for name, inner in value.items():
            if str(name).startswith("Fn::") and isinstance(inner, list):
                for item in inner:
                    yield from nodes(item, in_list and name == "Fn::If")
            else:
                yield from nodes(inner)
    elif isinstance(value, list):
        for item in value:
            yield from nodes(item, in_list=True)


def test_no_item_of_a_list_is_no_value() -> None:
    """ALIYUN::NoValue removes a property; that it removes an item of a list, no page says and no template tries."""
    assert [value for value, in_list in nodes(own_template()) if in_list and value == NO_VALUE] == []


@pytest.mark.parametrize("group", ["MasterInstanceGroup", "WorkerInstanceGroup"])
def test_no_primary_interface_beside_a_vswitch(group: str) -> None:
    """ECS: "If NetworkInterface.N.InstanceType is set to Primary, you cannot specify VSwitchId"."""
    properties = cast("dict[str, object]", section("Resources")[group]["Properties"])
    assert {"VSwitchId", "SecurityGroupId"} <= set(properties)
    _, two, one = cast("dict[str, list[list[dict[str, object]]]]", properties["EniMappings"])["Fn::If"]
    assert [interface["NetworkCardIndex"] for interface in two] == [0, 1]
    assert len(one) == 1
    for interface in (*two, *one):
        assert interface["InstanceType"] == "Secondary"
        assert interface["NetworkInterfaceTrafficMode"] == "HighPerformance"


def truth(value: object, given: dict[str, object]) -> object:
    """Return what a condition is for the parameters `given`: True, False, or None when it is open."""
    if not isinstance(value, dict):
        return value
    ((name, inner),) = value.items()
    if name == "Ref":
        return given.get(inner)
    if name == "Fn::Not":
        known = truth(inner, given)
        return None if known is None else not known
    known_all = [truth(item, given) for item in inner]
    if name == "Fn::Equals":
        return None if None in known_all else known_all[0] == known_all[1]
    assert name == "Fn::Or"
    return True if True in known_all else None if None in known_all else False


def rules_broken(given: dict[str, object]) -> list[str]:
    return [
        name
        for name, rule in section("Rules").items()
        if truth(rule.get("RuleCondition", True), given) is not False
        for assertion in cast("list[dict[str, object]]", rule["Assertions"])
        if truth(assertion["Assert"], given) is False
    ]


def defaults() -> dict[str, object]:
    return {name: known["Default"] for name, known in section("Parameters").items() if "Default" in known}


def test_no_rule_is_broken_by_the_defaults_alone() -> None:
    """ROS evaluates the rules when it validates a template, and refuses the template if one is false."""
    assert rules_broken(defaults()) == []


@pytest.mark.parametrize(
    ("choice", "broken"),
    [
        ({"KeyPairName": "mine"}, []),
        ({}, ["KeyPairGiven"]),
        ({"KeyPairName": "mine", "WhitelistConfirmation": False}, ["WhitelistConfirmed"]),
        ({"LoginMethod": "Password"}, ["PasswordGiven"]),
        ({"LoginMethod": "Password", "InstancePassword": "x"}, []),
        ({"KeyPairName": "mine", "VpcOption": "ExistingVPC"}, ["VpcGiven", "VSwitchGiven"]),
        ({"KeyPairName": "mine", "SupportPublicAccess": True}, ["AllowedCidrGiven"]),
    ],
)
def test_rules_demand_what_a_choice_needs(choice: dict[str, object], broken: list[str]) -> None:
    given = {**defaults(), "ZoneId": "cn-hangzhou-i", "WhitelistConfirmation": True, **choice}
    assert rules_broken(given) == broken


@pytest.mark.parametrize(
    ("parameter", "good", "bad"),
    [
        ("ApiKey", ["", "a" * 16, "sk-_" * 16], ["a" * 15, "a" * 65, "with a blank 012345", 'quote"0123456789abc']),
        ("InstancePassword", ["", "Abcdef12", "abc_1234!"], ["abcdefgh", "/Abcdef12", "Ab1", "Abc def12", "Äbcdef12"]),
        ("AllowedCidr", ["203.0.113.7/32", "0.0.0.0/0"], ["203.0.113.7", "203.0.113.256/32", "::/0", "1.2.3.4/33"]),
        ("SshCidr", ["", "203.0.113.7/32", "10.0.0.0/8"], ["203.0.113.7", "any", "0.0.0.0/0", "203.0.113.7/0"]),
        ("VpcCidrBlock", ["192.168.0.0/16", "172.16.0.0/12", "10.0.0.0/8"], ["0.0.0.0/0", "172.32.0.0/16"]),
        ("VSwitchCidrBlock", ["192.168.1.0/24", "10.1.2.0/24"], ["1.1.1.0/24", ""]),
    ],
)  # fmt: skip
def test_patterns_take_what_they_should(parameter: str, good: list[str], bad: list[str]) -> None:
    pattern = str(section("Parameters")[parameter]["AllowedPattern"])
    assert all(re.search(pattern, text) for text in good)
    assert not any(re.search(pattern, text) for text in bad)


def test_secrets_are_not_echoed_and_have_no_default_that_opens_anything() -> None:
    for name in ("ApiKey", "InstancePassword"):
        assert section("Parameters")[name]["NoEcho"] is True
    for name in ("ApiKey", "InstancePassword", "AllowedCidr", "SshCidr"):
        assert section("Parameters")[name]["Default"] == ""
        assert {"Description", "ConstraintDescription", "AllowedPattern"} <= set(section("Parameters")[name])


def test_nothing_is_open_but_the_api_and_ssh_to_those_who_are_named() -> None:
    ingress = cast("dict[str, object]", section("Resources")["EcsSecurityGroup"]["Properties"])["SecurityGroupIngress"]
    always, public, ssh = cast("dict[str, list[object]]", ingress)["Fn::ListMerge"]
    (api,) = cast("list[dict[str, object]]", always)
    if_public, (from_outside,), nothing = cast("Choice", public)["Fn::If"]
    if_ssh, (login,), none = cast("Choice", ssh)["Fn::If"]
    assert (if_public, if_ssh) == ("EnablePublicAccess", "EnableSsh")
    assert nothing == none == []
    assert api["PortRange"] == from_outside["PortRange"] == "8000/8000"
    assert (from_outside["SourceCidrIp"], login["SourceCidrIp"]) == ({"Ref": "AllowedCidr"}, {"Ref": "SshCidr"})
    assert login["PortRange"] == "22/22"
    peer = cast("dict[str, object]", section("Resources")["PeerIngress"]["Properties"])
    assert peer["SourceGroupId"] == peer["SecurityGroupId"] == {"Ref": "EcsSecurityGroup"}
    assert "SourceCidrIp" not in peer


def test_every_command_fails_the_stack_in_time() -> None:
    resources = section("Resources")
    commands = [
        cast("dict[str, object]", made["Properties"])
        for made in resources.values()
        if "RunCommand" in str(made["Type"])
    ]
    ready = cast("dict[str, object]", resources["Ready"]["Properties"])
    assert len(commands) == 3
    assert all(command["Sync"] is True for command in commands)
    deploy = own_build().project.service.cluster.timeouts.deploy
    assert sum(cast("int", command["Timeout"]) for command in commands) < cast("int", ready["Timeout"]) < deploy
    assert (ready["Count"], ready["Handle"]) == (1, {"Ref": "ReadyHandle"})


def test_samples_have_no_comment_which_the_shell_of_macos_would_run() -> None:
    for name, output in section("Outputs").items():
        if name.endswith(("APIUserInstructions", "PythonSample")):
            (text, _) = cast("dict[str, list[str]]", output["Value"])["Fn::Sub"]
            assert not [line for line in text.splitlines() if line.startswith("#")], name


def test_every_field_of_the_form_is_explained_in_every_language() -> None:
    for name, parameter in section("Parameters").items():
        for part in ("Label", "Description"):
            assert set(cast("dict[str, str]", parameter[part])) == {"zh-cn", "en"}, name


def test_a_constraint_on_a_number_names_its_figures() -> None:
    ranged = {name: known for name, known in section("Parameters").items() if "MinValue" in known}
    assert len(ranged) == 4
    for name, known in ranged.items():
        for words in cast("dict[str, str]", known["ConstraintDescription"]).values():
            assert all(str(known[bound]) in words for bound in ("MinValue", "MaxValue")), name


def test_the_engines_are_marked_as_recommended_or_older() -> None:
    metadata = section("Parameters")["InferenceEngine"]["AssociationPropertyMetadata"]
    labels = cast("dict[str, dict[str, dict[str, str]]]", metadata)["ValueLabelMapping"]
    assert [label["en"] for label in labels.values()] == [
        "vLLM 0.8.5.post1 (recommended)",
        "vLLM 0.8.2 (older release)",
        "SGLang 0.4.3",
    ]
