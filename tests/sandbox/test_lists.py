from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.sandbox.official_sdk import Supplier, filters, info, refused, tag

if TYPE_CHECKING:
    from tests.conftest import SandboxUnderTest


@pytest.fixture
def supplier(sandbox: SandboxUnderTest) -> Supplier:
    return Supplier(sandbox)


def found(supplier: Supplier, **fields: object) -> list[str]:
    return [service.service_id for service in supplier.list_services(**fields).services]


def test_services_are_found_by_exact_tags(supplier: Supplier) -> None:
    first = supplier.draft(tag=tag("CreateService", identity="service", owner="a"))
    second = supplier.draft(tag=tag("CreateService", identity="service-2", owner="a"))
    assert found(supplier, tag=tag("ListServices", identity="service")) == [first]
    assert found(supplier, tag=tag("ListServices", owner="a")) == [first, second]
    assert found(supplier, tag=tag("ListServices", owner="a", identity="service-2")) == [second]
    assert found(supplier, tag=tag("ListServices", identity="serv")) == []


def test_services_are_found_by_filters(supplier: Supplier) -> None:
    draft = supplier.draft(service_info=[info("en-US", "Deep"), info("zh-CN", "深度求索")])
    online = supplier.online(service_info=[info("en-US", "Deeper")])
    assert found(supplier, filter=filters("ListServices", Name=["Deep"])) == [draft]
    assert found(supplier, filter=filters("ListServices", Name=["深度求索"])) == [draft]
    assert found(supplier, filter=filters("ListServices", Status=["Online"])) == [online]
    assert found(supplier, filter=filters("ListServices", ServiceId=[online, draft])) == [draft, online]
    assert found(supplier, filter=filters("ListServices", Version=["draft"]), all_versions=True) == [draft]
    assert found(supplier, filter=filters("ListServices", Name=["Deep"], Status=["Online"])) == []
    assert refused(supplier.list_services, filter=filters("ListServices", Colour=["red"])) == (
        "InvalidParameter.Filter",
        400,
    )


def test_the_default_version_is_listed_or_all(supplier: Supplier) -> None:
    service_id = supplier.online()
    supplier.create_service(**supplier.service_fields(service_id=service_id))
    (only,) = supplier.list_services().services
    assert (only.version, only.status, only.default_version, only.has_draft) == ("1", "Online", True, True)
    listed = supplier.list_services(all_versions=True).services
    assert [(s.version, s.status) for s in listed] == [("1", "Online"), ("draft", "Draft")]


def test_pages_follow_one_another_without_a_gap(supplier: Supplier) -> None:
    everything = [supplier.draft() for _ in range(5)]
    pages, token = [], None
    while True:
        answer = supplier.list_services(max_results=2, next_token=token)
        assert (answer.total_count, answer.max_results) == (5, 2)
        pages.append([service.service_id for service in answer.services])
        token = answer.next_token
        if token is None:
            break
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [service_id for page in pages for service_id in page] == everything
    assert refused(supplier.list_services, max_results=101) == ("InvalidParameter.MaxResults", 400)
    assert refused(supplier.list_services, next_token="x") == ("InvalidParameter.NextToken", 400)


def test_tags_are_added_changed_and_removed(supplier: Supplier) -> None:
    service_id = supplier.draft(tag=tag("CreateService", a="1"))
    named = {"resource_type": "service", "resource_id": [service_id]}
    supplier.tag_resources(**named, tag=tag("TagResources", a="2", b="3"))
    listed = supplier.list_tag_resources(**named).tag_resources
    assert [(t.resource_id, t.tag_key, t.tag_value) for t in listed] == [(service_id, "a", "2"), (service_id, "b", "3")]
    assert found(supplier, tag=tag("ListServices", a="2")) == [service_id]
    supplier.un_tag_resources(**named, tag_key=["a"])
    assert found(supplier, tag=tag("ListServices", a="2")) == []
    supplier.un_tag_resources(**named, all=True)
    assert supplier.list_tag_resources(resource_type="service").tag_resources == []
    absent = {"resource_type": "service", "resource_id": ["service-0"]}
    assert refused(supplier.tag_resources, **absent, tag=tag("TagResources", a="1")) == ("EntityNotExist.Service", 404)


def test_tags_go_with_the_service(supplier: Supplier) -> None:
    service_id = supplier.draft(tag=tag("CreateService", a="1"))
    supplier.delete_service(service_id=service_id, service_version="draft")
    assert supplier.list_tag_resources(resource_type="service").tag_resources == []
