"""Which service on the target is meant: the one whose tag is the same, character for character."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nestforge.cloud.sdk_supplier import SdkSupplier
from nestforge.cloud.supplier import VersionSummary
from nestforge.publish.errors import AmbiguousIdentity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.publish.desk import Desk


@pytest.mark.parametrize("resembling", ["small2", "Small", "smal", "small "])
def test_a_service_whose_tag_resembles_it_is_another_one(online: Desk, resembling: str) -> None:
    online.service["Tags"]["nestforge:service"] = resembling
    for artifact in online.config["Artifact"].values():
        artifact["ArtifactName"] += "-of-another"
    done = online.publish()
    assert (done.version, done.status) == ("1", "Online")
    assert online.count("CreateService") == 1
    assert online.versions() == {"1": "Online"}
    online.service["Tags"]["nestforge:service"] = "small"
    online.config["Artifact"]["Image"]["ArtifactName"] = "small-image"
    online.config["Artifact"]["Tools"]["ArtifactName"] = "small-tools"
    assert online.publish().changes == ()


def test_a_new_name_is_the_same_service(online: Desk) -> None:
    before = online.publish().service_id
    for info in online.service["ServiceInfo"]:
        info["Name"] += " 2"
    assert online.publish().service_id == before


def test_two_services_with_the_tag_are_told_and_left_alone(online: Desk) -> None:
    supplier = online.cloud().supplier
    service = supplier.get_service(online.publish().service_id, "1")
    wanted = {n: service.definition[n] for n in ("ServiceInfo", "DeployMetadata", "DeployType", "ServiceType")}
    other = supplier.create_service(wanted, {"nestforge:service": "small"}, None, "token")
    with pytest.raises(AmbiguousIdentity, match="nestforge:service=small") as told:
        online.publish()
    assert told.value.exit_code == 4
    assert other in told.value.message
    assert service.service_id in told.value.message
    assert online.sandbox.calls == ["ListServices"]


def test_a_target_that_finds_tags_by_resemblance_is_not_believed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Compute Nest's filter compares is not documented; another's service must never be updated."""
    others = VersionSummary("service-of-another", "1", "Online", "1.0.0", {"nestforge:service": "small-2"})
    exact = SdkSupplier.list_versions

    def fuzzy(supplier: SdkSupplier, tags: Mapping[str, str]) -> tuple[VersionSummary, ...]:
        return (others, *exact(supplier, tags))

    monkeypatch.setattr(SdkSupplier, "list_versions", fuzzy)
    assert desk.publish().service_id != "service-of-another"
    assert desk.publish().changes == ()
