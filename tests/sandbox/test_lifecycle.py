from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sandbox.official_sdk import Supplier, refused

if TYPE_CHECKING:
    from tests.conftest import SandboxUnderTest


@pytest.fixture
def supplier(sandbox: SandboxUnderTest) -> Supplier:
    return Supplier(sandbox)


def test_a_draft_goes_online_as_version_1_after_its_approval(supplier: Supplier) -> None:
    service_id = supplier.draft(version_name="first")
    assert supplier.status(service_id) == "Draft"
    registration_id = supplier.register_service(service_id=service_id).registration_id
    assert supplier.status(service_id, "draft") == "Approved"
    assert supplier.get_service(service_id=service_id).registration_id == registration_id
    assert supplier.get_service_registration(registration_id=registration_id).status == "Approved"

    launched = supplier.launch_service(service_id=service_id, service_version="draft")

    assert (launched.version, launched.service_launch_result_type) == ("1", "PublishNewVersion")
    service = supplier.get_service(service_id=service_id)
    assert (service.version, service.status, service.version_name) == ("1", "Online", "first")
    assert supplier.get_service_registration(registration_id=registration_id).status == "Executed"
    assert refused(supplier.get_service, service_id=service_id, service_version="draft") == (
        "EntityNotExist.Service",
        404,
    )
