"""Secrets reach no message, no representation and no output."""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING, Any

import pytest

from nestforge.cloud.access import Access, Key
from nestforge.cloud.errors import CloudUnreachable, NoCredentials
from nestforge.cloud.masked import masked
from nestforge.cloud.retry import Retry
from nestforge.cloud.sdk_cloud import open_cloud
from nestforge.cloud.sdk_supplier import SdkSupplier
from nestforge.cloud.sdk_wire import Wire, failure, reason
from nestforge.cloud.traffic import Traffic
from nestforge.model.errors import NestforgeError

if TYPE_CHECKING:
    from tests.publish.desk import Desk

SECRET = "MySecretAccessKeyThatNobodyMaySee"
TOKEN = "CAISabcDEF/+=123"

NOWHERE = "nowhere.invalid"


@pytest.fixture
def no_credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    """Let the default chain of credentials find nothing: no file, no metadata service, nobody at the address given."""
    from alibabacloud_credentials.utils import auth_constant, auth_util

    monkeypatch.setattr(auth_util, "environment_ecs_metadata_disabled", "true")
    monkeypatch.setattr(auth_util, "environment_credentials_file", None)
    monkeypatch.setattr(auth_util, "environment_credentials_uri", "http://127.0.0.1:9/")
    monkeypatch.setattr(auth_constant, "HOME", str(tmp_path))


@pytest.mark.parametrize("action", ["ListServices", "GetUploadCredentials", "PutObject", "LaunchService"])
@pytest.mark.parametrize("kind", ["refuse", "drop"])
def test_no_failure_shows_a_secret(desk: Desk, action: str, kind: str) -> None:
    desk.inject(f"{action}={kind}", times=5)
    with pytest.raises(NestforgeError) as failed:
        desk.publish()
    shown = "".join(traceback.format_exception(failed.value)) + desk.output + "".join(desk.told)
    assert desk.sandbox.access_key_secret not in shown
    assert "Signature" not in shown
    assert "SecurityToken" not in shown


def test_a_refused_signature_repeats_nothing_of_it(desk: Desk) -> None:
    there = desk.sandbox.endpoint
    access = Access("cn-hangzhou", there, there, there, Key("testid", SECRET))
    with pytest.raises(NestforgeError) as refused:
        open_cloud(access, desk.waited.append, desk.told.append).supplier.list_versions({})
    assert SECRET not in "".join(traceback.format_exception(refused.value))
    assert desk.waited == []


def test_keys_and_tickets_do_not_show_their_secret(desk: Desk) -> None:
    ticket = desk.cloud().supplier.upload_ticket("a.png", public=True)
    assert ticket.access_key_secret not in repr(ticket)
    assert ticket.security_token not in repr(ticket)
    assert SECRET not in repr(Key("id", SECRET))


@pytest.mark.parametrize(
    "text",
    [
        f"server CanonicalRequest is [POST\n/\nx-acs-date:2026\nx-acs-security-token:{TOKEN}\nx-acs-version:2021]",
        f"the query was Action=GetService&SecurityToken={TOKEN}&Version=2021",
        f'{{"AccessKeySecret": "{TOKEN}", "RequestId": "7"}}',
    ],
)
def test_a_token_that_the_cloud_repeats_is_masked(text: str) -> None:
    assert TOKEN not in masked(text)
    assert masked(text).count("***") == 1
    assert "2021" in masked(text) or "RequestId" in masked(text)


def test_an_answer_that_repeats_the_request_is_masked() -> None:
    from alibabacloud_tea_openapi.exceptions import ClientException

    answer = {"Message": f"server CanonicalRequest is [x-acs-security-token:{TOKEN}]", "RequestId": "7-7"}
    refused = failure("GetService", "host", ClientException(code="SignatureDoesNotMatch", status_code=400, data=answer))
    assert not refused.passing
    assert TOKEN not in refused.error.message
    assert "SignatureDoesNotMatch: server CanonicalRequest is" in refused.error.message
    assert "request id 7-7" in refused.error.message


def test_ordinary_messages_stay_as_they_are() -> None:
    text = "The security token is malformed: InvalidSecurityToken.Malformed"
    assert masked(text) == text


@pytest.mark.usefixtures("no_credentials")
def test_without_credentials_the_ways_to_give_them_are_listed(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(NoCredentials) as none, caplog.at_level(logging.WARNING):
        open_cloud(Access("cn-hangzhou", NOWHERE, NOWHERE, NOWHERE), lambda seconds: None, lambda line: None)
    assert none.value.exit_code == 4
    assert none.value.help is not None
    for way in ("ALIBABA_CLOUD_ACCESS_KEY_ID", "~/.aliyun/config.json", "credentials.ini", "OIDC", "RAM role", "_URI"):
        assert way in none.value.help
    assert none.value.__cause__ is None
    assert not caplog.records  # the official package logs tracebacks, with what the sources answered


def test_credentials_that_cannot_be_renewed_end_the_run_and_show_nothing() -> None:
    from alibabacloud_credentials.exceptions import CredentialException

    class Expired:
        def get_credential(self) -> Any:
            raise CredentialException(f"the source answered {SECRET}")

        def get_type(self) -> str:
            return "sts"

    waited: list[float] = []
    told: list[str] = []
    access = Access("cn-hangzhou", NOWHERE, NOWHERE, NOWHERE)
    supplier = SdkSupplier(Wire(access, Expired(), Retry(waited.append, told.append), Traffic()))
    with pytest.raises(CloudUnreachable, match="the credentials could not be renewed") as ended:
        supplier.list_versions({})
    assert SECRET not in "".join(traceback.format_exception(ended.value))
    assert not waited
    assert not told


@pytest.mark.parametrize("word", ["credential", "refused", "timed+out", "certificate", "Remote"])
def test_words_of_the_request_are_not_taken_for_the_cause(word: str) -> None:
    text = f"HTTPConnectionPool(host='h', port=1): Max retries exceeded with url: /?Description={word} (Caused by X)"
    assert reason(text) == "the connection failed"
