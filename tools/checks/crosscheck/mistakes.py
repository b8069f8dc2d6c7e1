"""Put one mistake into a template, of a kind that has a name: `undefined-ref`, `dropped-required`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from nestforge.rosspec.spec import bundled
from nestforge.sources.calls import calls_below
from nestforge.sources.compose import compose
from nestforge.sources.nodes import entries, function_of, pairs, scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from yaml.nodes import Node

    from nestforge.rosspec.resource_type import Property

    Data = str | int | float | bool | list["Data"] | dict[str, "Data"] | None
    Mistake = Callable[["Subject"], bool]

_TEXT = "tag:yaml.org,2002:str"
_OF_ENTRIES = ("Resources", "Outputs", "Mappings", "Locals", "Rules")

EXPRESSIONS: dict[str, Data] = {
    "undefined-ref": {"Ref": "Nowhere"},
    "misspelt-pseudo-parameter": {"Ref": "ALIYUN::Regoin"},
    "ref-of-a-map": {"Ref": {"a": "b"}},
    "index-without-count": {"Ref": "ALIYUN::Index"},
    "undefined-get-att-target": {"Fn::GetAtt": ["Nowhere", "InstanceId"]},
    "get-att-with-one-argument": {"Fn::GetAtt": ["Nowhere"]},
    "undefined-condition-in-if": {"Fn::If": ["Nowhere", "a", "b"]},
    "inline-condition-in-if": {"Fn::If": [{"Fn::Equals": ["a", "a"]}, "a", "b"]},
    "if-with-two-arguments": {"Fn::If": ["Nowhere", "a"]},
    "undefined-mapping": {"Fn::FindInMap": ["Nowhere", "a", "b"]},
    "find-in-map-with-two-arguments": {"Fn::FindInMap": ["Nowhere", "a"]},
    "undefined-substitution": {"Fn::Sub": "a-${Nowhere}"},
    "undefined-attribute-substitution": {"Fn::Sub": "a-${Nowhere.InstanceId}"},
    "sub-of-a-list": {"Fn::Sub": ["a", "b", "c"]},
    "unknown-function": {"Fn::Nothing": "a"},
    "function-of-another-cloud": {"Fn::ImportValue": "a"},
    "function-in-lower-case": {"Fn::join": ["", ["a", "b"]]},
    "join-with-one-argument": {"Fn::Join": [["a", "b"]]},
    "join-of-text": {"Fn::Join": ["-", "a"]},
    "join-of-a-map": {"Fn::Join": ["-", ["a", {"b": "c"}]]},
    "join-of-a-fraction": {"Fn::Join": ["-", ["a", 1.5]]},
    "select-with-one-argument": {"Fn::Select": [["a", "b"]]},
    "select-from-text": {"Fn::Select": [0, "a"]},
    "select-with-a-word-for-an-index": {"Fn::Select": ["first", ["a", "b"]]},
    "select-with-step-zero": {"Fn::Select": ["0:2:0", ["a", "b"]]},
    "select-beyond-the-end": {"Fn::Select": [5, ["a", "b"]]},
    "split-by-nothing": {"Fn::Split": ["", "a,b"]},
    "replace-in-wrong-order": {"Fn::Replace": ["text", {"a": "b"}]},
    "undecodable-base64": {"Fn::Base64Decode": "#?#"},
    "too-many-subnets": {"Fn::Cidr": ["10.0.0.0/8", 300, 8]},
    "address-that-is-none": {"Fn::Cidr": ["10.0.0.999/8", 2, 8]},
    "unknown-time-zone": {"Fn::FormatTime": ["%Y", "Mars/Base"]},
    "pattern-that-does-not-compile": {"Fn::MatchPattern": ["[", "a"]},
    "letters-in-calculation": {"Fn::Calculate": ["1+a", 0]},
    "indented-too-far": {"Fn::Indent": ["a", 30]},
    "add-of-a-text-and-a-number": {"Fn::Add": [1, "a"]},
    "average-of-nothing": {"Fn::Avg": [1, []]},
    "jq-with-unknown-kind": {"Fn::Jq": ["Some", ".a", '{"a": 1}']},
    "merge-of-texts": {"Fn::MergeMap": ["a", "b"]},
    "facade-outside-a-nested-stack": {"Fn::ResourceFacade": "Metadata"},
    "equals-outside-conditions": {"Fn::Equals": ["a", "b"]},
}
"""Each is put where a text is expected: into an output, or a property."""

CONDITIONS: dict[str, Data] = {
    "condition-that-is-no-condition": {"Fn::Join": ["", ["a", "b"]]},
    "get-att-in-a-condition": {"Fn::Equals": [{"Fn::GetAtt": ["Nowhere", "InstanceId"]}, "a"]},
    "sub-in-a-condition": {"Fn::Equals": [{"Fn::Sub": "a"}, "a"]},
    "undefined-ref-in-a-condition": {"Fn::Equals": [{"Ref": "Nowhere"}, "a"]},
    "undefined-condition-in-a-condition": {"Fn::And": ["Nowhere", {"Fn::Equals": ["a", "a"]}]},
    "and-of-one": {"Fn::And": [{"Fn::Equals": ["a", "a"]}]},
    "equals-with-three-arguments": {"Fn::Equals": ["a", "b", "c"]},
    "condition-of-itself": {"Fn::Not": {"Condition": "Seeded"}},
    "text-for-a-condition": "yes",
}

PARAMETERS: dict[str, Data] = {
    "default-that-is-no-number": {"Type": "Number", "Default": "many"},
    "default-that-is-no-boolean": {"Type": "Boolean", "Default": "perhaps"},
    "default-that-is-no-json": {"Type": "Json", "Default": "{a"},
    "default-that-is-not-allowed": {"Type": "String", "Default": "c", "AllowedValues": ["a", "b"]},
    "default-that-is-too-long": {"Type": "String", "Default": "abc", "MaxLength": 2},
    "default-that-is-too-large": {"Type": "Number", "Default": 5, "MaxValue": 2},
    "default-against-its-pattern": {"Type": "String", "Default": "abc", "AllowedPattern": "^[0-9]+$"},
    "function-for-a-default": {"Type": "String", "Default": {"Ref": "ALIYUN::Region"}},
    "unknown-parameter-type": {"Type": "Text"},
    "parameter-without-type": {"Default": "a"},
    "unknown-parameter-attribute": {"Type": "String", "Lable": "a"},
    "pattern-of-a-parameter-that-does-not-compile": {"Type": "String", "AllowedPattern": "["},
    "allowed-values-that-are-no-list": {"Type": "String", "AllowedValues": "a"},
    "unknown-association-property": {"Type": "String", "AssociationProperty": "ALIYUN::ECS::Nothing"},
    "undefined-name-in-the-form": {
        "Type": "String",
        "AssociationPropertyMetadata": {"Visible": {"Condition": {"Fn::Equals": ["${Nowhere}", "a"]}}},
    },
    "not-of-a-list-in-the-form": {
        "Type": "String",
        "AssociationPropertyMetadata": {"Visible": {"Condition": {"Fn::Not": [{"Fn::Equals": ["a", "b"]}]}}},
    },
    "visible-without-condition": {"Type": "String", "AssociationPropertyMetadata": {"Visible": True}},
}

RESOURCES: dict[str, Data] = {
    "missing-type": {"Properties": {}},
    "type-that-is-a-list": {"Type": ["ALIYUN::ROS::Sleep"]},
    "unknown-resource-type": {"Type": "ALIYUN::ROS::Slepp"},
    "vpc-of-the-wrong-product": {"Type": "ALIYUN::VPC::VPC"},
    "properties-that-are-a-list": {"Type": "ALIYUN::ROS::Sleep", "Properties": ["a"]},
    "undefined-dependency": {"Type": "ALIYUN::ROS::Sleep", "DependsOn": "Nowhere"},
    "dependency-on-itself": {"Type": "ALIYUN::ROS::Sleep", "DependsOn": "Seeded"},
    "dependency-that-is-a-map": {"Type": "ALIYUN::ROS::Sleep", "DependsOn": {"a": "b"}},
    "undefined-condition": {"Type": "ALIYUN::ROS::Sleep", "Condition": "Nowhere"},
    "unknown-resource-key": {"Type": "ALIYUN::ROS::Sleep", "DependOn": "Seeded"},
    "snapshot-for-a-deletion-policy": {"Type": "ALIYUN::ROS::Sleep", "DeletionPolicy": "Snapshot"},
    "negative-count": {"Type": "ALIYUN::ROS::Sleep", "Count": -1},
    "word-for-a-count": {"Type": "ALIYUN::ROS::Sleep", "Count": "many"},
    "get-att-in-a-count": {"Type": "ALIYUN::ROS::Sleep", "Count": {"Fn::GetAtt": ["Nowhere", "InstanceId"]}},
    "text-for-a-resource": "ALIYUN::ROS::Sleep",
}

SECTIONS: dict[str, dict[str, Data]] = {
    "unknown-section": {"Resource": {"a": "b"}},
    "wrong-version": {"ROSTemplateFormatVersion": "2015-09-02"},
    "resources-that-are-a-list": {"Resources": ["a"]},
    "outputs-that-are-text": {"Outputs": "a"},
    "output-without-value": {"Outputs": {"Seeded": {"Description": "a"}}},
    "undefined-condition-of-an-output": {"Outputs": {"Seeded": {"Value": "a", "Condition": "Nowhere"}}},
    "function-in-a-mapping": {"Mappings": {"Seeded": {"a": {"b": {"Ref": "ALIYUN::Region"}}}}},
    "mapping-of-one-level": {"Mappings": {"Seeded": {"a": "b"}}},
    "missed-mapping-key": {
        "Mappings": {"Seeded": {"a": {"b": "c"}}},
        "Outputs": {"Seeded": {"Value": {"Fn::FindInMap": ["Seeded", "x", "b"]}}},
    },
    "copy-beyond-the-count": {
        "Resources": {"Seeded": {"Type": "ALIYUN::ROS::Sleep", "Count": 2}},
        "Outputs": {"Seeded": {"Value": {"Ref": "Seeded[2]"}}},
    },
    "dependencies-in-a-circle": {
        "Resources": {
            "Seeded": {"Type": "ALIYUN::ROS::Sleep", "DependsOn": "SeededToo"},
            "SeededToo": {"Type": "ALIYUN::ROS::Sleep", "DependsOn": ["Seeded"]},
        }
    },
    "references-in-a-circle": {
        "Resources": {
            "Seeded": {"Type": "ALIYUN::ROS::Sleep", "Properties": {"Triggers": [{"Ref": "SeededToo"}]}},
            "SeededToo": {"Type": "ALIYUN::ROS::Sleep", "Properties": {"Triggers": [{"Ref": "Seeded"}]}},
        }
    },
    "locals-in-a-circle": {"Locals": {"Seeded": {"Value": {"Ref": "Two"}}, "Two": {"Value": {"Ref": "Seeded"}}}},
    "local-of-unknown-type": {"Locals": {"Seeded": {"Type": "Text", "Value": "a"}}},
    "local-in-a-substitution": {
        "Locals": {"Seeded": {"Value": "a"}},
        "Outputs": {"Seeded": {"Value": {"Fn::Sub": "a-${Seeded}"}}},
    },
    "rule-about-a-resource": {
        "Resources": {"Seeded": {"Type": "ALIYUN::ROS::Sleep"}},
        "Rules": {"Seeded": {"Assertions": [{"Assert": {"Fn::Equals": [{"Ref": "Seeded"}, "a"]}}]}},
    },
    "rule-without-assertions": {"Rules": {"Seeded": {"RuleCondition": {"Fn::Equals": ["a", "a"]}}}},
    "unused-variable-of-sub": {"Outputs": {"Seeded": {"Value": {"Fn::Sub": ["a", {"b": "c"}]}}}},
    "list-in-a-description": {"Description": ["a"]},
}


class Subject:
    """A template to put a mistake into."""

    def __init__(self, root: Node, random: Random) -> None:
        self.root = root
        self.random = random
        self.sections = entries(root)
        self.resources = entries(self.sections.get("Resources"))

    def put(self, way: tuple[str, ...], data: Data) -> bool:
        """Write a value; what is not there on the way is made."""
        node = self.root
        for key in way[:-1]:
            found = entries(node).get(key)
            if not isinstance(found, yaml.MappingNode):
                found = yaml.MappingNode("tag:yaml.org,2002:map", [])
                _set(node, key, found)
            node = found
        _set(node, way[-1], node_of(data))
        return True

    def properties(self) -> Iterator[tuple[Node, str, Node, Property]]:
        """Yield the properties that the spec describes, shuffled: the map they are in, name, value and description."""
        every = [
            (properties, str(key.value), value, described[str(key.value)])
            for resource in self.resources.values()
            if isinstance(properties := entries(resource).get("Properties"), yaml.MappingNode)
            for described in [bundled().properties_of(scalar(entries(resource).get("Type")) or "")]
            for key, value in pairs(properties)
            if str(key.value) in described
        ]
        self.random.shuffle(every)
        yield from every


def rewritten(text: str) -> str:
    """Return a template as `seeded` writes it."""
    root = compose(text)
    return written(root) if root is not None else text


def seeded(text: str, kind: str, random: Random) -> str | None:
    """Return the template with a mistake of this kind; None where it has no place for one."""
    root = compose(text)
    if root is None or not KINDS[kind](Subject(root, random)):
        return None
    return written(root)


def written(root: Node) -> str:
    """Return the text of a tree."""
    text: str = yaml.serialize(root, Dumper=yaml.CSafeDumper, allow_unicode=True)
    return text


def node_of(data: Data) -> Node:
    """Return the tree of plain data."""
    node = yaml.compose(yaml.safe_dump(data, sort_keys=False), Loader=yaml.CSafeLoader)
    assert node is not None
    return node


def _set(node: Node, key: str, value: Node) -> None:
    if isinstance(node, yaml.MappingNode):
        node.value = [pair for pair in node.value if pair[0].value != key]
        node.value.append((yaml.ScalarNode(_TEXT, key), value))


def _expression(data: Data) -> Mistake:
    def put(subject: Subject) -> bool:
        if subject.random.random() < 0.5:
            return subject.put(("Outputs", "Seeded"), {"Value": data})
        for properties, name, value, described in subject.properties():
            if described.kind == "string" and isinstance(value, yaml.ScalarNode):
                _set(properties, name, node_of(data))
                return True
        return False

    return put


def _entry(section: str, data: Data) -> Mistake:
    return lambda subject: subject.put((section, "Seeded"), data)


def _several(sections: dict[str, Data]) -> Mistake:
    def put(subject: Subject) -> bool:
        for section, content in sections.items():
            if isinstance(content, dict) and section in _OF_ENTRIES:
                for name, entry in content.items():
                    subject.put((section, name), entry)
            else:
                subject.put((section,), content)
        return True

    return put


def _property_typo(subject: Subject) -> bool:
    for properties, name, value, described in subject.properties():
        if not described.required:
            _set(properties, name + "x", value)
            properties.value = [pair for pair in properties.value if pair[0].value != name]
            return True
    return False


def _dropped_required(subject: Subject) -> bool:
    for properties, name, _, described in subject.properties():
        if described.required:
            properties.value = [pair for pair in properties.value if pair[0].value != name]
            return True
    return False


def _changed(wanted: Callable[[Property, Node], bool], data: Data) -> Mistake:
    def put(subject: Subject) -> bool:
        for properties, name, value, described in subject.properties():
            if function_of(value) is None and wanted(described, value):
                _set(properties, name, node_of(data))
                return True
        return False

    return put


def _unknown_attribute(subject: Subject) -> bool:
    types = {name: scalar(entries(resource).get("Type")) or "" for name, resource in subject.resources.items()}
    spec = {name: bundled().type(of) for name, of in types.items()}
    known = [name for name, of in spec.items() if of and not of.has_any_attribute and of.properties]
    if not known:
        return False
    return subject.put(("Outputs", "Seeded"), {"Value": {"Fn::GetAtt": [subject.random.choice(known), "Nothing"]}})


def _get_att_of_a_parameter(subject: Subject) -> bool:
    parameters = list(entries(subject.sections.get("Parameters")))
    if not parameters:
        return False
    return subject.put(("Outputs", "Seeded"), {"Value": {"Fn::GetAtt": [subject.random.choice(parameters), "Value"]}})


def _repeated_name(subject: Subject) -> bool:
    parameters = list(entries(subject.sections.get("Parameters")))
    if not parameters:
        return False
    return subject.put(("Resources", subject.random.choice(parameters)), {"Type": "ALIYUN::ROS::Sleep"})


def _mistyped_ref(subject: Subject) -> bool:
    calls = [c for c in calls_below(subject.sections.get("Resources")) if c.function == "Ref" and scalar(c.argument)]
    if not calls:
        return False
    call = subject.random.choice(calls)
    changed = str(call.argument.value) + "x"
    if isinstance(call.node, yaml.ScalarNode):
        call.node.value = changed
    else:
        call.argument.value = changed
    return True


def _deep(subject: Subject) -> bool:
    data: Data = "a"
    for _ in range(25):
        data = {"Fn::Join": ["", [data]]}
    return subject.put(("Outputs", "Seeded"), {"Value": data})


def _ref_of_a_resource_in_a_condition(subject: Subject) -> bool:
    name = subject.random.choice(list(subject.resources) or ["Nowhere"])
    return subject.put(("Conditions", "Seeded"), {"Fn::Equals": [{"Ref": name}, "a"]})


def _doubled_key(subject: Subject) -> bool:
    for properties, _, _, _ in subject.properties():
        properties.value.append(subject.random.choice(properties.value))
        return True
    return False


KINDS: dict[str, Mistake] = {
    **{kind: _expression(data) for kind, data in EXPRESSIONS.items()},
    **{kind: _entry("Conditions", data) for kind, data in CONDITIONS.items()},
    **{kind: _entry("Parameters", data) for kind, data in PARAMETERS.items()},
    **{kind: _entry("Resources", data) for kind, data in RESOURCES.items()},
    **{kind: _several(data) for kind, data in SECTIONS.items()},
    "property-typo": _property_typo,
    "dropped-required": _dropped_required,
    "map-for-a-scalar": _changed(lambda of, node: of.kind in ("string", "number", "boolean"), {"a": "b"}),
    "text-for-a-list": _changed(lambda of, node: of.kind == "list", "a"),
    "list-for-a-structure": _changed(lambda of, node: of.kind == "structure", ["a"]),
    "word-for-a-number": _changed(lambda of, node: of.kind == "number", "many"),
    "word-for-a-boolean": _changed(lambda of, node: of.kind == "boolean", "perhaps"),
    "disallowed-value": _changed(lambda of, node: bool(of.allowed), "Nothing"),
    "number-below-the-least": _changed(lambda of, node: of.minimum is not None and of.minimum > -9, -9),
    "unknown-attribute": _unknown_attribute,
    "get-att-of-a-parameter": _get_att_of_a_parameter,
    "repeated-name": _repeated_name,
    "mistyped-ref": _mistyped_ref,
    "functions-too-deep": _deep,
    "ref-of-a-resource-in-a-condition": _ref_of_a_resource_in_a_condition,
    "doubled-key": _doubled_key,
}
