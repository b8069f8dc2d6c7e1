"""The bundled table of form components."""

from __future__ import annotations

from nestforge.rosspec.association_properties import association_property, common_keys, names


def test_a_component_is_known_with_its_keys() -> None:
    found = association_property("AutoCompleteInput")
    assert found is not None
    assert found.closed
    assert "Min" in found.keys["CharacterClasses"]
    assert "InstanceType" in (association_property("ALIYUN::ECS::ZoneId") or found).keys


def test_what_is_no_component_is_none() -> None:
    for name in ("", "*x", "ALIYUN::ECS", "ALIYUN::ECS::ZoneId\t", "ALIYUN::ECS::ZoneId\n"):
        assert association_property(name) is None


def test_a_successor_is_a_component_that_is_not_deprecated_and_takes_as_much() -> None:
    for name in ("ALIYUN::ECS::Instance::ZoneId", "ALIYUN::ECS::VSwitch::VSwitchId"):
        found = association_property(name)
        assert found is not None
        assert found.deprecated
        successor = association_property(found.successor)
        assert successor is not None
        assert not successor.deprecated
        assert found.keys == successor.keys


def test_names_are_those_to_choose_from() -> None:
    found = names()
    assert "ALIYUN::ECS::ZoneId" in found
    assert not {"*", "TimeTrigger", "ALIYUN::ECS::Instance::ZoneId"} & set(found)


def test_every_parameter_may_be_hidden() -> None:
    assert common_keys()["Visible"] == {"Condition"}
