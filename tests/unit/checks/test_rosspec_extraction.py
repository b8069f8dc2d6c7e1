"""The resource spec is read out of a package as it is published, corrected, and stops at what it cannot read."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from checks.rosspec.distribution import Package, read_distribution
from checks.rosspec.patches import PatchDoesNotApply, apply_patches
from checks.rosspec.validators import NotUnderstood, resource_types
from nestforge.rosspec.resource_type import Property, ResourceType

if TYPE_CHECKING:
    from pathlib import Path

MODULE = r"""
function RosLampPropsValidator(properties) {
    if (!ros.canInspect(properties)) {
        return ros.VALIDATION_SUCCESS;
    }
    const errors = new ros.ValidationResults();
    errors.collect(ros.propertyValidator('colour', ros.requiredValidator)(properties.colour));
    if (properties.colour && (typeof properties.colour) !== 'object') {
        errors.collect(ros.propertyValidator('colour', ros.validateAllowedValues)({
            data: properties.colour,
            allowedValues: ["red", "green"],
        }));
    }
    errors.collect(ros.propertyValidator('colour', ros.validateString)(properties.colour));
    if (properties.watt && (typeof properties.watt) !== 'object') {
        errors.collect(ros.propertyValidator('watt', ros.validateRange)({
            data: properties.watt,
            min: 1,
            max: undefined,
        }));
    }
    errors.collect(ros.propertyValidator('watt', ros.validateNumber)(properties.watt));
    if (properties.bulbs && (Array.isArray(properties.bulbs) || (typeof properties.bulbs) === 'string')) {
        errors.collect(ros.propertyValidator('bulbs', ros.validateLength)({
            data: properties.bulbs.length,
            min: undefined,
            max: 4,
        }));
    }
    errors.collect(ros.propertyValidator('bulbs', ros.listValidator(RosLamp_BulbsPropertyValidator))(properties.bulbs));
    errors.collect(ros.propertyValidator('labels', ros.hashValidator(ros.validateAny))(properties.labels));
    return errors.wrap('supplied properties not correct for "RosLampProps"');
}
function rosLampPropsToRosTemplate(properties, enableResourcePropertyConstraint) {
    if (!ros.canInspect(properties)) {
        return properties;
    }
    return {
        'Colour': ros.stringToRosTemplate(properties.colour),
        'Bulbs': ros.listMapper(rosLampBulbsPropertyToRosTemplate)(properties.bulbs),
        'Labels': ros.hashMapper(ros.objectToRosTemplate)(properties.labels),
        Watt: ros.numberToRosTemplate(properties.watt),
    };
}
class RosLamp extends ros.RosResource {
    constructor(scope, id, props, enableResourcePropertyConstraint) {
        this.attrLampId = this.getAtt('LampId');
    }
}
exports.RosLamp = RosLamp;
RosLamp.ROS_RESOURCE_TYPE_NAME = "ALIYUN::Home::Lamp";
function RosLamp_BulbsPropertyValidator(properties) {
    if (!ros.canInspect(properties)) {
        return ros.VALIDATION_SUCCESS;
    }
    const errors = new ros.ValidationResults();
    if (properties.socket && (typeof properties.socket) !== 'object') {
        errors.collect(ros.propertyValidator('socket', ros.validateAllowedPattern)({
            data: properties.socket,
            reg: /^E\d+$/
        }));
    }
    errors.collect(ros.propertyValidator('socket', ros.validateString)(properties.socket));
    return errors.wrap('supplied properties not correct for "BulbsProperty"');
}
function rosLampBulbsPropertyToRosTemplate(properties) {
    return {
        'Socket': ros.stringToRosTemplate(properties.socket),
    };
}
"""

LAMP = ResourceType(
    "ALIYUN::Home::Lamp",
    {
        "Colour": Property("string", required=True, allowed=("red", "green")),
        "Watt": Property("number", minimum=1),
        "Bulbs": Property("list", longest=4, items=Property("structure", structure="RosLamp_Bulbs")),
        "Labels": Property("map"),
    },
    {"RosLamp_Bulbs": {"Socket": Property("string", pattern=r"^E\d+$")}},
    frozenset({"LampId"}),
)


def tarball(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return written.getvalue()


def patched(folder: Path, *changes: dict[str, object], reason: str = "seen") -> ResourceType:
    folder.mkdir()
    text = json.dumps({"reason": reason, "source": "a test", "changes": changes})
    (folder / "some.json").write_text(text, encoding="utf-8")
    types = apply_patches({LAMP.name: LAMP}, folder)
    return types[str(changes[0]["type"])]


def test_a_wheel_and_a_source_distribution_are_read_alike(tmp_path: Path) -> None:
    bundle = tarball({"package/lib/home.generated.js": MODULE.encode(), "package/lib/lamp.js": b"other"})
    wheel, source = tmp_path / "ros_cdk_home-1.2.0-py3-none-any.whl", tmp_path / "ros-cdk-home-1.2.0.tar.gz"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("ros_cdk_home/_jsii/ros-cdk-home@1.2.0.jsii.tgz", bundle)
    source.write_bytes(tarball({"ros-cdk-home-1.2.0/src/ros-cdk-home@1.2.0.jsii.tgz": bundle}))
    expected = Package("ros-cdk-home", "1.2.0", (MODULE,))
    assert read_distribution(wheel) == expected
    assert read_distribution(source) == expected


def test_a_type_is_read_with_all_that_its_validators_say() -> None:
    assert list(resource_types(MODULE)) == [LAMP]


@pytest.mark.parametrize(
    ("known", "strange"),
    [
        ("ros.validateNumber", "ros.validateColour"),
        ("ros.validateRange", "ros.validateParity"),
        ("    errors.collect(ros.propertyValidator('labels'", "    errors.add(ros.propertyValidator('labels'"),
        ("        Watt: ", "        Watt = "),
        ("'Colour': ros.stringToRosTemplate(properties.colour)", "'Colour': ros.stringToRosTemplate(properties.hue)"),
        (r"/^E\d+$/", r"/^E\d+$/i"),
    ],
)
def test_what_is_not_understood_is_not_left_out(known: str, strange: str) -> None:
    assert known in MODULE
    with pytest.raises(NotUnderstood):
        list(resource_types(MODULE.replace(known, strange)))


def test_patches_add_and_correct(tmp_path: Path) -> None:
    name = LAMP.name
    found = patched(
        tmp_path / "patches",
        {"add": "attributes", "type": name, "attributes": ["Url"]},
        {"add": "lists", "type": name, "attributes": ["LampId"]},
        {"add": "property", "type": name, "path": "Dim", "status": "hidden"},
        {"add": "property", "type": name, "path": "Bulbs[].socket", "status": "alias", "alias_of": "Socket"},
        {"add": "values", "type": name, "path": "Colour", "values": ["blue"]},
        {"set": "Watt", "type": name, "from": {"minimum": 1}, "to": {"maximum": 60}},
    )
    assert found.attributes == {"LampId", "Url"}
    assert found.lists == {"LampId"}
    assert found.properties["Dim"] == Property("any", status="hidden")
    assert found.structures["RosLamp_Bulbs"]["socket"].alias_of == "Socket"
    assert found.properties["Colour"].allowed == ("red", "green", "blue")
    assert found.properties["Watt"] == Property("number", minimum=1, maximum=60)


def test_a_patch_adds_a_type_of_which_little_is_known(tmp_path: Path) -> None:
    found = patched(tmp_path / "patches", {"add": "type", "type": "ALIYUN::Home::Candle", "attributes": ["Id"]})
    assert not found.described
    assert found.attributes == {"Id"}


@pytest.mark.parametrize(
    "change",
    [
        {"add": "type", "attributes": []},
        {"add": "attributes", "attributes": ["LampId"]},
        {"add": "lists", "attributes": ["Colours"]},
        {"add": "property", "path": "Colour", "status": "hidden"},
        {"add": "property", "path": "Labels.Colour", "status": "hidden"},
        {"add": "property", "path": "Shade.Colour", "status": "hidden"},
        {"add": "values", "path": "Colour", "values": ["red"]},
        {"set": "Watt", "from": {"minimum": 2}, "to": {"minimum": 1}},
        {"set": "Shade", "from": {}, "to": {"minimum": 1}},
        {"type": "ALIYUN::Home::Candle", "add": "attributes", "attributes": ["Id"]},
    ],
    ids=json.dumps,
)
def test_a_patch_that_no_longer_applies_stops_the_run(change: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(PatchDoesNotApply):
        patched(tmp_path / "patches", {"type": LAMP.name} | change)


def test_a_patch_without_a_reason_stops_the_run(tmp_path: Path) -> None:
    change: dict[str, object] = {"type": LAMP.name, "add": "attributes", "attributes": ["Url"]}
    with pytest.raises(PatchDoesNotApply):
        patched(tmp_path / "patches", change, reason=" ")
