"""The bundled resource types: read one by one, the same bytes for the same content, nothing left of patches."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from tests.own_project import ROOT

from nestforge.lint.check import check_template
from nestforge.rosspec import record
from nestforge.rosspec.blob import Blob, NoSpec, write_blob
from nestforge.rosspec.provenance import provenance_of
from nestforge.rosspec.record import decode, encode
from nestforge.rosspec.resource_type import Property, ResourceType
from nestforge.rosspec.spec import BUNDLED, PROVENANCE, RosSpec, bundled

TEMPLATE = ROOT / "tests/snapshots/package/computenest/ros_templates/dual-ecs.yaml"
MOST_BYTES = 2_000_000


def test_records_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "some.blob"
    records = {"b": b"two" * 1000, "a": b"", "c": "三".encode()}
    write_blob(path, records)
    blob = Blob(path)
    assert blob.names == set(records)
    assert {name: blob.read(name) for name in records} == records
    assert blob.read("d") is None


@pytest.mark.parametrize("hidden", [(), ("_json",)], ids=["in-c", "in-python"])
def test_each_bundled_record_is_read_as_json_reads_it(hidden: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in hidden:
        monkeypatch.setitem(sys.modules, name, None)
    record._scanner.cache_clear()
    blob = Blob(BUNDLED)
    for name in sorted(bundled().types)[:: 1 if not hidden else 50]:
        text = (blob.read(name) or b"").decode()
        assert record._scanner()(text, 0) == (json.loads(text), len(text))
    record._scanner.cache_clear()


def test_equal_records_make_equal_files(tmp_path: Path) -> None:
    write_blob(tmp_path / "one", {"a": b"1", "b": b"2"})
    write_blob(tmp_path / "other", {"b": b"2", "a": b"1"})
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


@pytest.mark.parametrize("content", [b"", b"ROSSPEC", b"something else entirely"])
def test_another_file_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "some.blob"
    path.write_bytes(content)
    with pytest.raises(NoSpec):
        Blob(path)


def test_a_type_comes_back_as_it_was_encoded() -> None:
    written = ResourceType(
        "ALIYUN::Home::Lamp",
        {
            "Colour": Property("string", required=True, allowed=("red", 1, True), pattern="^r", shortest=1, longest=9),
            "Watt": Property("number", minimum=0.5, maximum=60),
            "Old": Property("any", status="alias", alias_of="Colour"),
            "Bulbs": Property("list", items=Property("structure", structure="Bulb")),
        },
        {"Bulb": {"Socket": Property("string")}},
        frozenset({"LampId", "Sockets"}),
        lists=frozenset({"Sockets"}),
    )
    assert decode(written.name, encode(written)) == written
    little = ResourceType("ALIYUN::Home::Candle", {}, {}, attributes=frozenset({"*"}), described=False)
    assert decode(little.name, encode(little)) == little
    assert little.has_any_attribute


def test_opening_the_spec_decodes_nothing_and_asking_decodes_one_type() -> None:
    spec = RosSpec(BUNDLED)
    assert len(spec.types) > 1300
    assert not spec.decoded
    assert spec.properties_of("ALIYUN::ECS::VSwitch")["ZoneId"].required
    assert "VSwitchId" in spec.attributes_of("ALIYUN::ECS::VSwitch")
    assert spec.decoded == {"ALIYUN::ECS::VSwitch"}
    assert spec.type("ALIYUN::ECS::VSwich") is None
    assert spec.type(PROVENANCE) is None
    assert not spec.properties_of("ALIYUN::ECS::VSwich")
    assert not spec.attributes_of("ALIYUN::ECS::VSwich")


def test_linting_a_template_decodes_the_types_that_it_uses_and_no_other() -> None:
    bundled.cache_clear()
    text = TEMPLATE.read_text(encoding="utf-8")
    check_template(text, TEMPLATE.name)
    assert bundled().decoded == set(re.findall(r"Type: '?((?:ALIYUN|DATASOURCE)::\w+::\w+|ALIYUN::RandomString)", text))


def test_every_bundled_type_is_whole() -> None:
    spec = RosSpec(BUNDLED)
    for name in spec.types:
        found = spec.type(name)
        assert found is not None
        for properties in (found.properties, *found.structures.values()):
            for of in properties.values():
                inner = of.items or of
                assert inner.structure is None or inner.structure in found.structures
                assert of.alias_of is None or of.alias_of in properties
                re.compile(of.pattern or "")


def test_the_spec_says_where_it_is_from_and_stays_small() -> None:
    provenance = provenance_of(BUNDLED)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", provenance.date)
    listed = Path(ROOT / "tools/checks/rosspec/packages.txt").read_text(encoding="utf-8").split()
    assert set(provenance.packages) == set(listed)
    assert Path(BUNDLED).stat().st_size < MOST_BYTES
