from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
from tests.sandbox.official_sdk import TEMPLATE, Supplier, refused, ros_client

if TYPE_CHECKING:
    from tests.conftest import SandboxUnderTest


class Request:
    """A request to ListServices as the SDK signs it, to be tampered with."""

    def __init__(self, sandbox: SandboxUnderTest) -> None:
        self.sandbox = sandbox
        self.method, self.path, self.body = "POST", "/", b""
        self.query = {"RegionId": "cn-hangzhou", "MaxResults": "5"}
        self.key, self.secret = sandbox.access_key_id, sandbox.access_key_secret
        self.headers = {
            "host": sandbox.endpoint,
            "x-acs-action": "ListServices",
            "x-acs-version": "2021-05-21",
            "x-acs-date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "x-acs-signature-nonce": uuid.uuid4().hex,
        }

    def sign(self) -> Request:
        self.headers["x-acs-content-sha256"] = hashlib.sha256(self.body).hexdigest()
        names = sorted(self.headers)
        query = "&".join(f"{quote(k, safe='~')}={quote(v, safe='~')}" for k, v in sorted(self.query.items()))
        headers = "".join(f"{name}:{self.headers[name]}\n" for name in names)
        digest = self.headers["x-acs-content-sha256"]
        canonical = f"{self.method}\n{self.path}\n{query}\n{headers}\n{';'.join(names)}\n{digest}"
        text = f"ACS3-HMAC-SHA256\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        signature = hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).hexdigest()
        self.headers["Authorization"] = (
            f"ACS3-HMAC-SHA256 Credential={self.key},SignedHeaders={';'.join(names)},Signature={signature}"
        )
        return self

    def send(self) -> tuple[int, str]:
        connection = http.client.HTTPConnection(self.sandbox.endpoint)
        connection.request(self.method, f"{self.path}?{urlencode(self.query)}", self.body or None, self.headers)
        answer = connection.getresponse()
        said = json.loads(answer.read())
        connection.close()
        assert said["RequestId"]
        return answer.status, said.get("Code", "")


@pytest.fixture
def request_(sandbox: SandboxUnderTest) -> Request:
    return Request(sandbox)


def test_a_signed_request_is_answered(request_: Request) -> None:
    assert request_.sign().send() == (200, "")


def test_a_request_is_answered_once(request_: Request) -> None:
    request_.sign()
    assert request_.send() == (200, "")
    assert request_.send() == (400, "SignatureNonceUsed")
    request_.sandbox.restart()
    assert request_.send() == (400, "SignatureNonceUsed")


def test_a_changed_query_is_refused(request_: Request) -> None:
    request_.sign().query["MaxResults"] = "6"
    assert request_.send() == (400, "SignatureDoesNotMatch")


def test_an_added_parameter_is_refused(request_: Request) -> None:
    request_.sign().query["NextToken"] = "0"
    assert request_.send() == (400, "SignatureDoesNotMatch")


def test_a_changed_body_is_refused(request_: Request) -> None:
    request_.body = b"MaxResults=5"
    request_.headers["content-type"] = "application/x-www-form-urlencoded"
    request_.sign().body = b"MaxResults=6"
    assert request_.send() == (400, "SignatureDoesNotMatch")


def test_parameters_may_stand_in_the_body(request_: Request) -> None:
    request_.body = b"MaxResults=0"
    request_.headers["content-type"] = "application/x-www-form-urlencoded"
    del request_.query["MaxResults"]
    assert request_.sign().send() == (400, "InvalidParameter.MaxResults")


@pytest.mark.parametrize("name", ["x-acs-action", "x-acs-version", "x-acs-signature-nonce", "x-acs-content-sha256"])
def test_a_changed_header_is_refused(request_: Request, name: str) -> None:
    changed = {"x-acs-content-sha256": "0" * 64, "x-acs-action": "GetService", "x-acs-version": "2019-09-10"}
    request_.sign().headers[name] = changed.get(name, "0" * 32)
    assert request_.send() == (400, "SignatureDoesNotMatch")


def test_a_header_of_the_gateway_that_is_not_signed_is_refused(request_: Request) -> None:
    request_.sign().headers["x-acs-security-token"] = "smuggled"
    assert request_.send() == (400, "IncompleteSignature")


@pytest.mark.parametrize("name", ["x-acs-date", "x-acs-signature-nonce", "host", "x-acs-version"])
def test_a_header_that_must_be_signed_is_missed(request_: Request, name: str) -> None:
    value = request_.headers.pop(name)
    request_.sign().headers[name] = value
    assert request_.send() == (400, "IncompleteSignature")


@pytest.mark.parametrize(
    "authorization", ["", "Basic x", "ACS3-HMAC-SHA256 Credential=a", "ACS3-RSA-SHA256 Credential=a"]
)
def test_an_unsigned_request_is_refused(request_: Request, authorization: str) -> None:
    request_.sign().headers["Authorization"] = authorization
    assert request_.send() == (400, "IncompleteSignature")


def test_an_action_that_no_sdk_knows_is_refused(request_: Request) -> None:
    request_.headers["x-acs-action"] = "ListEverything"
    assert request_.sign().send() == (404, "InvalidAction.NotFound")


@pytest.mark.parametrize("name", ["Authorization", "x-acs-action", "user-agent"])
def test_bytes_that_are_no_text_are_refused(request_: Request, name: str) -> None:
    request_.headers["user-agent"] = "x"
    request_.sign().headers[name] += "\xff"  # http.client sends it as one byte
    wanted = "IncompleteSignature" if name == "Authorization" else "SignatureDoesNotMatch"
    assert request_.send() == (400, wanted)


def test_a_wrong_secret_is_refused(request_: Request) -> None:
    request_.secret = "wrong"
    assert request_.sign().send() == (400, "SignatureDoesNotMatch")


@pytest.mark.parametrize("minutes", [-16, 16])
def test_a_date_far_from_the_clock_is_refused(request_: Request, minutes: int) -> None:
    request_.sandbox.now = datetime.now(UTC) + timedelta(minutes=minutes)
    assert request_.sign().send() == (400, "InvalidTimeStamp.Expired")


def test_a_date_in_another_form_is_refused(request_: Request) -> None:
    request_.headers["x-acs-date"] = "Mon, 23 Nov 2026 20:06:42 GMT"
    assert request_.sign().send() == (400, "InvalidTimeStamp.Format")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "nestforge-sandbox-public.evil.example", ""]
)
def test_a_foreign_host_name_is_refused(sandbox: SandboxUnderTest, host: str) -> None:
    for path in ("/", "/health"):
        connection = http.client.HTTPConnection(sandbox.endpoint)
        connection.request("GET", path, headers={"Host": host})
        assert connection.getresponse().status == 421
        connection.close()


def test_a_wrong_key_is_refused_through_the_sdk(sandbox: SandboxUnderTest) -> None:
    unknown = Supplier(sandbox, access_key_id="LTAI-unknown")
    assert refused(unknown.list_services) == ("InvalidAccessKeyId.NotFound", 404)
    wrong = Supplier(sandbox, access_key_secret="wrong")
    assert refused(wrong.list_services) == ("SignatureDoesNotMatch", 400)


def test_credentials_for_an_upload_do_not_open_the_api(sandbox: SandboxUnderTest) -> None:
    data = Supplier(sandbox).get_upload_credentials(file_name="x").data
    temporary = Supplier(
        sandbox,
        access_key_id=data.access_key_id,
        access_key_secret=data.access_key_secret,
        security_token=data.security_token,
    )
    assert refused(temporary.list_services) == ("InvalidAccessKeyId.NotFound", 404)


def test_any_text_survives_the_way(sandbox: SandboxUnderTest) -> None:
    supplier = Supplier(sandbox)
    text = "a b+c%20&=;/?~*'()!\t\n\"\\ äöü 模型 😀 ${X} {{ y }}"
    service_id = supplier.draft(version_name=text)
    assert supplier.get_service(service_id=service_id).version_name == text


def test_a_template_in_the_form_body_survives_the_way(sandbox: SandboxUnderTest) -> None:
    from alibabacloud_ros20190910.models import ValidateTemplateRequest

    body = TEMPLATE + "Description: a+b & c=d 模型 😀 %20\n"
    answer = ros_client(sandbox).validate_template(ValidateTemplateRequest(template_body=body)).body
    assert answer.description == "a+b & c=d 模型 😀 %20"
