from __future__ import annotations

from tests.own_project import ROOT

from nestforge.cloud.access import Access, alibaba_cloud_access, sandbox_access
from nestforge.cloud.retry import Retry
from nestforge.cloud.sdk_wire import Wire
from nestforge.cloud.traffic import Traffic
from nestforge.sources.targets import load_targets

TARGETS = load_targets(ROOT)


def wire(access: Access, credentials: object | None) -> Wire:
    return Wire(access, credentials, Retry(lambda seconds: None, lambda line: None), Traffic())


def test_the_sandbox_is_one_loopback_address_without_tls_and_with_its_own_key() -> None:
    access = sandbox_access(TARGETS.choose("sandbox"), "127.0.0.1:1", "id", "secret")
    assert (access.supplier_endpoint, access.user_endpoint, access.ros_endpoint) == ("127.0.0.1:1",) * 3
    config = wire(access, None).config(access.supplier_endpoint)
    assert (config.protocol, config.access_key_id, config.access_key_secret) == ("HTTP", "id", "secret")
    assert config.credential is None


def test_alibaba_cloud_is_spoken_to_over_tls_with_the_credentials_that_were_found() -> None:
    access = alibaba_cloud_access(TARGETS.choose("aliyun-cn"))
    assert not access.is_sandbox
    found = object()
    config = wire(access, found).config(access.supplier_endpoint)
    assert (config.protocol, config.access_key_id, config.endpoint) == ("HTTPS", None, access.supplier_endpoint)
    assert config.credential is found


def test_no_call_waits_for_ever() -> None:
    access = alibaba_cloud_access(TARGETS.choose("aliyun-intl"))
    config = wire(access, object()).config(access.ros_endpoint)
    assert 0 < config.connect_timeout < config.read_timeout <= 60_000
