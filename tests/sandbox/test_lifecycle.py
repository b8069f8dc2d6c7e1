from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.sandbox.official_sdk import Supplier, filters, refused

if TYPE_CHECKING:
    from tests.conftest import SandboxUnderTest

WRONG_STATUS = ("OperationDenied.ServiceStatus", 409)
NO_SERVICE = ("EntityNotExist.Service", 404)


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
    assert refused(supplier.get_service, service_id=service_id, service_version="draft") == NO_SERVICE


def test_a_second_draft_becomes_version_2_and_the_default(supplier: Supplier) -> None:
    service_id = supplier.online(version_name="first")
    created = supplier.create_service(**supplier.service_fields(service_id=service_id, version_name="second"))
    assert (created.service_id, created.version) == (service_id, "draft")
    assert supplier.get_service(service_id=service_id).version == "1"  # the draft is no default
    supplier.register_service(service_id=service_id)
    assert supplier.launch_service(service_id=service_id, service_version="draft").version == "2"
    service = supplier.get_service(service_id=service_id)
    assert (service.version, service.status, service.version_name) == ("2", "Online", "second")
    assert supplier.status(service_id, "1") == "Online"


def test_a_service_has_one_draft_at_a_time(supplier: Supplier) -> None:
    service_id = supplier.draft()
    assert refused(supplier.create_service, **supplier.service_fields(service_id=service_id)) == (
        "EntityAlreadyExists.ServiceVersion",
        409,
    )
    assert refused(supplier.create_service, **supplier.service_fields(service_id="service-0")) == NO_SERVICE


def test_an_offline_version_can_be_launched_again(supplier: Supplier) -> None:
    service_id = supplier.online()
    supplier.create_service(**supplier.service_fields(service_id=service_id))
    supplier.register_service(service_id=service_id)
    supplier.launch_service(service_id=service_id, service_version="draft")
    supplier.withdraw_service(service_id=service_id, service_version="1")
    assert supplier.status(service_id, "1") == "Offline"
    assert refused(supplier.withdraw_service, service_id=service_id, service_version="1") == WRONG_STATUS

    again = supplier.launch_service(service_id=service_id, service_version="1")

    assert (again.version, again.service_launch_result_type) == ("1", "PublishOfflineVersion")
    assert supplier.get_service(service_id=service_id).version == "1"  # launched last, so the default
    assert refused(supplier.launch_service, service_id=service_id, service_version="1") == WRONG_STATUS


def test_a_draft_is_not_launched_without_approval(supplier: Supplier) -> None:
    service_id = supplier.draft()
    assert refused(supplier.launch_service, service_id=service_id, service_version="draft") == WRONG_STATUS
    supplier.pre_launch_service(service_id=service_id)
    assert refused(supplier.launch_service, service_id=service_id, service_version="draft") == WRONG_STATUS
    assert supplier.status(service_id) == "Beta"


def test_what_is_submitted_approved_or_online_is_not_changed(supplier: Supplier) -> None:
    supplier.sandbox.review("manual")
    service_id = supplier.draft()
    supplier.register_service(service_id=service_id)
    assert refused(supplier.update_service, service_id=service_id, version_name="x") == WRONG_STATUS  # Submitted
    supplier.sandbox.decide("Approved")
    assert refused(supplier.update_service, service_id=service_id, version_name="x") == WRONG_STATUS  # Approved
    supplier.launch_service(service_id=service_id, service_version="draft")
    assert refused(supplier.update_service, service_id=service_id, service_version="1") == WRONG_STATUS  # Online
    assert refused(supplier.update_service, service_id=service_id) == NO_SERVICE  # no draft left


def test_a_rejected_draft_can_be_changed_and_submitted_again(supplier: Supplier) -> None:
    supplier.sandbox.review("manual")
    service_id = supplier.draft()
    first = supplier.register_service(service_id=service_id).registration_id
    assert refused(supplier.register_service, service_id=service_id) == WRONG_STATUS
    supplier.sandbox.decide("Rejected", "the icon is missing")
    answer = supplier.get_service_registration(registration_id=first)
    assert (answer.status, answer.comment) == ("Rejected", "the icon is missing")
    supplier.update_service(service_id=service_id, version_name="better")
    supplier.register_service(service_id=service_id)
    supplier.sandbox.decide("Approved")
    assert supplier.status(service_id) == "Approved"
    listed = supplier.list_service_registrations(
        filter=filters("ListServiceRegistrations", ServiceId=[service_id], Status=["Rejected"])
    )
    assert [r.registration_id for r in listed.service_registrations] == [first]


def test_a_registration_can_be_taken_back_while_it_waits(supplier: Supplier) -> None:
    supplier.sandbox.review("manual")
    service_id = supplier.draft()
    registration_id = supplier.register_service(service_id=service_id).registration_id
    supplier.cancel_service_registration(registration_id=registration_id)
    assert supplier.status(service_id) == "Draft"
    assert supplier.get_service_registration(registration_id=registration_id).status == "Canceled"
    assert refused(supplier.cancel_service_registration, registration_id=registration_id) == (
        "OperationDenied.ServiceRegistrationStatus",
        409,
    )


def test_what_is_online_or_in_review_is_not_deleted(supplier: Supplier) -> None:
    service_id = supplier.online()
    assert refused(supplier.delete_service, service_id=service_id, service_version="1") == WRONG_STATUS
    supplier.withdraw_service(service_id=service_id, service_version="1")
    supplier.delete_service(service_id=service_id, service_version="1")
    assert refused(supplier.get_service, service_id=service_id) == NO_SERVICE
    assert refused(supplier.delete_service, service_id=service_id, service_version="1") == NO_SERVICE


def test_passing_states_are_shown_to_those_who_poll(supplier: Supplier) -> None:
    supplier.sandbox.show_passing_states(reads=2)
    service_id = supplier.draft()
    assert refused(supplier.update_service, service_id=service_id) == WRONG_STATUS
    assert [supplier.status(service_id) for _ in range(4)] == ["Creating", "Creating", "Draft", "Draft"]
    supplier.update_service(service_id=service_id, version_name="x")
    assert [supplier.status(service_id) for _ in range(3)] == ["Updating", "Updating", "Draft"]
    registration_id = supplier.register_service(service_id=service_id).registration_id
    assert refused(supplier.launch_service, service_id=service_id, service_version="draft") == WRONG_STATUS
    assert [supplier.status(service_id) for _ in range(3)] == ["Submitted", "Submitted", "Approved"]
    reviews = [supplier.get_service_registration(registration_id=registration_id).status for _ in range(3)]
    assert reviews == ["Submitted", "Submitted", "Approved"]
    supplier.launch_service(service_id=service_id, service_version="draft")
    assert [supplier.status(service_id) for _ in range(3)] == ["Launching", "Launching", "Online"]


def test_a_list_shows_passing_states_too(supplier: Supplier) -> None:
    supplier.sandbox.show_passing_states(reads=1)
    supplier.draft()
    assert [supplier.list_services().services[0].status for _ in range(2)] == ["Creating", "Draft"]
