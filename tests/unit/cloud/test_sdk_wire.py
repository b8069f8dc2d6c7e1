from __future__ import annotations

import os
from typing import Any

import pytest
from alibabacloud_tea_openapi.exceptions import ClientException, ServerException, ThrottlingException
from darabonba.exceptions import UnretryableException
from darabonba.policy.retry import RetryPolicyContext

from nestforge.cloud.errors import CloudBusy, CloudRefused, CloudUnreachable
from nestforge.cloud.sdk_wire import failure, past_proxies, reason

PROXY = "http://proxy.test:3128"


def answered(kind: type[Any], code: str, status: int, **more: Any) -> Any:
    return kind(code=code, status_code=status, data={"Message": "so it is", "RequestId": "7-7"}, **more)


@pytest.mark.parametrize(
    ("error", "kind", "is_passing"),
    [
        (answered(ClientException, "Forbidden.RAM", 403), CloudRefused, False),
        (answered(ClientException, "Throttling.User", 400), CloudBusy, True),
        (answered(ThrottlingException, "Throttling", 429), CloudBusy, True),
        (answered(ServerException, "InternalError", 500), CloudBusy, True),
        (answered(ServerException, "ServiceUnavailable", 503), CloudBusy, True),
        (answered(ServerException, "NotImplemented", 501), CloudRefused, False),
    ],
    ids=lambda value: str(value) if isinstance(value, bool) else None,
)
def test_an_answer_with_a_code_is_a_refusal_that_passes_or_not(error: Any, kind: type, is_passing: bool) -> None:
    failed = failure("GetService", "host", error)
    assert type(failed.error) is kind
    assert failed.passing is is_passing
    assert failed.error.message == f"the cloud refused GetService: {error.code}: so it is (request id 7-7)"


def test_the_pause_that_the_cloud_asks_for_is_in_seconds() -> None:
    error = answered(ThrottlingException, "Throttling", 429, retry_after=2500)
    assert failure("GetService", "host", error).after == 2.5


def test_no_answer_is_out_of_reach_and_passes() -> None:
    error = UnretryableException(RetryPolicyContext(exception=ConnectionError("[Errno 111] Connection refused")))
    failed = failure("GetService", "host:1", error)
    assert isinstance(failed.error, CloudUnreachable)
    assert failed.passing
    assert failed.error.message == "GetService got no answer from host:1: the connection was refused"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('Failed to parse the value as json format, Value: "<html>"', "what answered is not the API"),
        ("HTTPSConnectionPool(host='h', port=443): Read timed out. (read timeout=60)", "it took too long"),
        ("ConnectTimeoutError(<connection>, 'Connection to h')", "it took too long"),
        ("Failed to resolve 'h' ([Errno -2] Name or service not known)", "its name is not known"),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", "its certificate is not trusted"),
        ("('Connection aborted.', RemoteDisconnected('Remote end closed'))", "the connection ended"),
        ("something new", "the connection failed"),
    ],
)
def test_why_there_was_no_answer_is_said_in_plain_words(text: str, why: str) -> None:
    assert reason(text).startswith(why)


@pytest.mark.parametrize("name", ["HTTP_PROXY", "https_proxy", "ALL_PROXY"])
def test_the_sandbox_is_spoken_to_past_the_proxies(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, PROXY)
    with past_proxies(True):
        assert name not in os.environ
    assert os.environ[name] == PROXY
    with past_proxies(False):
        assert os.environ[name] == PROXY


def test_the_proxies_are_back_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", PROXY)
    with pytest.raises(RuntimeError), past_proxies(True):
        raise RuntimeError
    assert os.environ["http_proxy"] == PROXY
