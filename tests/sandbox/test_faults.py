"""Faults on demand: what the SDK meets, and what was done nevertheless."""

from __future__ import annotations

from typing import TYPE_CHECKING

import alibabacloud_oss_v2 as oss
import pytest
from alibabacloud_tea_openapi.exceptions import ThrottlingException
from darabonba.exceptions import UnretryableException
from tests.sandbox.official_sdk import Supplier, oss_client, refused

from nestforge.sandbox.faults import NoSuchFault, parse_fault

if TYPE_CHECKING:
    from tests.conftest import SandboxUnderTest


@pytest.fixture
def supplier(sandbox: SandboxUnderTest) -> Supplier:
    return Supplier(sandbox)


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("unavailable", ("ServiceUnavailable", 503)),
        ("internal-error", ("InternalError", 500)),
        ("refuse", ("Forbidden.RAM", 403)),
        ("throttle", ("Throttling.User", 429)),
    ],
)
def test_a_refusal_is_met_once_and_nothing_is_done(supplier: Supplier, kind: str, answer: tuple[str, int]) -> None:
    service_id = supplier.draft()
    supplier.sandbox.inject(f"DeleteService={kind}")
    assert refused(supplier.delete_service, service_id=service_id, service_version="draft") == answer
    assert supplier.status(service_id) == "Draft"
    supplier.delete_service(service_id=service_id, service_version="draft")


def test_a_throttled_call_is_told_when_to_come_again(supplier: Supplier) -> None:
    supplier.sandbox.inject("ListServices=throttle")
    with pytest.raises(ThrottlingException) as caught:
        supplier.list_services()
    assert caught.value.retry_after == 1000


def test_a_fault_waits_for_the_call_that_it_is_for(supplier: Supplier) -> None:
    supplier.sandbox.inject("ListServices=refuse@3")
    supplier.list_artifacts()
    supplier.list_services()
    supplier.list_services()
    assert refused(supplier.list_services) == ("Forbidden.RAM", 403)
    supplier.list_services()


@pytest.mark.parametrize(("kind", "done"), [("drop", False), ("lose-reply", True)])
def test_a_connection_that_ends_leaves_open_whether_it_was_done(supplier: Supplier, kind: str, done: bool) -> None:
    service_id = supplier.draft()
    supplier.sandbox.inject(f"DeleteService={kind}")
    with pytest.raises(UnretryableException):
        supplier.delete_service(service_id=service_id, service_version="draft")
    assert supplier.list_services().total_count == (0 if done else 1)


@pytest.mark.parametrize(("kind", "stored"), [("drop", 0), ("lose-reply", 1)])
def test_an_upload_meets_faults_too(supplier: Supplier, kind: str, stored: int) -> None:
    data = supplier.get_upload_credentials(file_name="x").data
    client = oss_client(supplier.sandbox, data)
    supplier.sandbox.inject(f"PutObject={kind}")
    with pytest.raises(oss.exceptions.OperationError):
        client.put_object(oss.PutObjectRequest(bucket=data.bucket_name, key=data.key, body=b"x"))
    assert supplier.sandbox.uploads == stored


def test_a_slow_call_is_answered(supplier: Supplier) -> None:
    supplier.sandbox.inject("ListServices=latency:0.001")
    assert supplier.list_services().total_count == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ListServices",
        "ListServices=explode",
        "ListServices=latency",
        "ListServices=drop:1",
        "ListServices=drop@0",
        "ListServce=drop",
    ],
)
def test_what_is_no_fault_is_refused(text: str) -> None:
    with pytest.raises(NoSuchFault, match="is no fault"):
        parse_fault(text)
