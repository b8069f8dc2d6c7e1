from __future__ import annotations

import base64
import hashlib
import http.client
import re
import socket
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import alibabacloud_oss_v2 as oss
import pytest
from tests.sandbox.official_sdk import Supplier, oss_client, oss_refused

from nestforge.sandbox.account import ADDRESS

if TYPE_CHECKING:
    from tests.conftest import SandboxUnderTest

CLOUD = "oss-cn-hangzhou.aliyuncs.com"


@pytest.fixture
def supplier(sandbox: SandboxUnderTest) -> Supplier:
    return Supplier(sandbox)


def credentials(supplier: Supplier, name: str = "file.bin", visibility: str = "private") -> Any:
    return supplier.get_upload_credentials(file_name=name, visibility=visibility).data


def put(data: Any, **fields: Any) -> Any:
    return oss.PutObjectRequest(**{"bucket": data.bucket_name, "key": data.key, "body": b"content", **fields})


def get(data: Any, **fields: Any) -> Any:
    return oss.GetObjectRequest(**{"bucket": data.bucket_name, "key": data.key, **fields})


def raw(
    sandbox: SandboxUnderTest, method: str, path: str, headers: dict[str, str], body: bytes = b""
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(sandbox.endpoint)
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


def test_an_upload_is_read_back_as_it_was(supplier: Supplier) -> None:
    content = bytes(range(256)) * 4000
    data = credentials(supplier, "Bild ä&+%20.bin")
    client = oss_client(supplier.sandbox, data)
    stored = client.put_object(put(data, body=content, content_type="image/png"))
    assert stored.etag == f'"{hashlib.md5(content).hexdigest().upper()}"'
    assert stored.request_id
    read = client.get_object(get(data))
    assert (read.body.content, read.content_type, read.etag) == (content, "image/png", stored.etag)
    head = client.head_object(oss.HeadObjectRequest(bucket=data.bucket_name, key=data.key))
    assert (head.content_length, head.content_type) == (len(content), "image/png")
    assert supplier.sandbox.uploads == 1


@pytest.fixture(params=["path", "virtual host"])
def endpoint(request: pytest.FixtureRequest, sandbox: SandboxUnderTest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address by which the SDK puts the bucket into the path, or into the host's name as on Alibaba Cloud."""
    if request.param == "path":
        return sandbox.endpoint
    real = socket.getaddrinfo

    def resolved(host: str, *more: Any, **options: Any) -> Any:
        return real(ADDRESS if host.endswith(f".{CLOUD}") else host, *more, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    return f"{CLOUD}:{sandbox.endpoint.rpartition(':')[2]}"


@pytest.mark.parametrize("version", ["v1", "v4"])
def test_each_signature_works_in_each_style(supplier: Supplier, endpoint: str, version: str) -> None:
    data = credentials(supplier, "ä b+%20.bin")
    client = oss_client(supplier.sandbox, data, version=version, endpoint=endpoint)
    client.put_object(put(data, content_type="text/plain", metadata={"made-by": "test"}))
    assert client.get_object(get(data)).body.content == b"content"
    head = client.head_object(oss.HeadObjectRequest(bucket=data.bucket_name, key=data.key))
    assert (head.content_length, head.content_type) == (7, "text/plain")
    data.access_key_secret = "wrong"
    wrong = oss_client(supplier.sandbox, data, version=version, endpoint=endpoint)
    assert oss_refused(wrong.put_object, put(data, body=b"other")) == ("SignatureDoesNotMatch", 403)
    assert oss_refused(wrong.get_object, get(data)) == ("SignatureDoesNotMatch", 403)
    assert client.get_object(get(data)).body.content == b"content"


def test_a_public_object_is_for_everyone_in_each_style(supplier: Supplier) -> None:
    data = credentials(supplier, visibility="public")
    oss_client(supplier.sandbox, data).put_object(put(data))
    for host in (CLOUD, supplier.sandbox.endpoint, "localhost:1"):
        answer = raw(supplier.sandbox, "GET", f"/{data.key}", {"Host": f"{data.bucket_name}.{host}"})
        assert answer == (200, b"content")
    assert raw(supplier.sandbox, "GET", f"/{data.bucket_name}/{data.key}", {}) == (200, b"content")


@pytest.mark.parametrize("version", ["v1", "v4"])
def test_a_changed_upload_is_refused(supplier: Supplier, version: str) -> None:
    data = credentials(supplier)
    url = oss_client(supplier.sandbox, data, version=version).presign(put(data, content_type="text/plain")).url
    path = url.removeprefix(f"http://{supplier.sandbox.endpoint}")
    typed = {"Content-Type": "text/plain"}
    assert raw(supplier.sandbox, "PUT", path, {"Content-Type": "text/html"}, b"content")[0] == 403
    assert raw(supplier.sandbox, "PUT", path.replace("/file.bin", "/other.bin"), typed, b"content")[0] == 403
    assert raw(supplier.sandbox, "PUT", path, {**typed, "x-oss-meta-a": "b"}, b"content")[0] == 403
    assert raw(supplier.sandbox, "PUT", path, typed, b"content")[0] == 200


@pytest.mark.parametrize(("version", "lifetime"), [("v1", "Expires"), ("v4", "x-oss-expires")])
def test_a_presigned_address_works_until_it_expires(supplier: Supplier, version: str, lifetime: str) -> None:
    data = credentials(supplier)
    client = oss_client(supplier.sandbox, data, version=version)
    client.put_object(put(data))
    url = client.presign(get(data), expires=timedelta(minutes=5)).url
    path = url.removeprefix(f"http://{supplier.sandbox.endpoint}")
    assert raw(supplier.sandbox, "GET", path, {}) == (200, b"content")
    longer = re.sub(rf"\b{lifetime}=(\d+)", rf"{lifetime}=\g<1>0", path)
    assert raw(supplier.sandbox, "GET", longer, {})[0] == 403
    for other in ("", "x", "9" * 30):
        odd = re.sub(rf"\b{lifetime}=\d+", f"{lifetime}={other}", path)
        assert raw(supplier.sandbox, "GET", odd, {})[0] == 403
    supplier.sandbox.now = datetime.now(UTC) + timedelta(minutes=6)
    assert raw(supplier.sandbox, "GET", path, {})[0] == 403


def test_credentials_are_good_for_the_object_that_they_were_given_for(supplier: Supplier) -> None:
    mine, other = credentials(supplier), credentials(supplier)
    client = oss_client(supplier.sandbox, mine)
    assert oss_refused(client.put_object, put(other)) == ("AccessDenied", 403)
    assert oss_refused(client.get_object, get(mine)) == ("NoSuchKey", 404)
    assert oss_refused(client.put_object, put(mine, bucket="another-bucket")) == ("NoSuchBucket", 404)


def test_credentials_must_be_right_in_every_part(supplier: Supplier) -> None:
    def attempt(**changed: str) -> tuple[str, int]:
        data = credentials(supplier)
        for name, value in changed.items():
            setattr(data, name, value)
        return oss_refused(oss_client(supplier.sandbox, data).put_object, put(data))

    assert attempt(access_key_secret="wrong") == ("SignatureDoesNotMatch", 403)
    assert attempt(access_key_id="STS.wrong") == ("InvalidAccessKeyId", 403)
    assert attempt(security_token="wrong") == ("InvalidSecurityToken", 403)
    assert supplier.sandbox.uploads == 0


def test_credentials_expire(supplier: Supplier) -> None:
    data = credentials(supplier)
    client = oss_client(supplier.sandbox, data)
    path = client.presign(put(data), expires=timedelta(hours=2)).url.removeprefix(f"http://{supplier.sandbox.endpoint}")
    supplier.sandbox.now = datetime.now(UTC) + timedelta(minutes=61)
    status, answer = raw(supplier.sandbox, "PUT", path, {}, b"content")
    assert (status, b"SecurityTokenExpired" in answer) == (403, True)


def test_a_stale_upload_is_refused(supplier: Supplier) -> None:
    data = credentials(supplier)
    supplier.sandbox.now = datetime.now(UTC) + timedelta(minutes=20)
    assert oss_refused(oss_client(supplier.sandbox, data).put_object, put(data)) == ("RequestTimeTooSkewed", 403)


def test_the_account_itself_reads_and_does_not_write(supplier: Supplier) -> None:
    data = credentials(supplier)
    oss_client(supplier.sandbox, data).put_object(put(data))
    data.access_key_id, data.access_key_secret = supplier.sandbox.access_key_id, supplier.sandbox.access_key_secret
    data.security_token = None
    client = oss_client(supplier.sandbox, data)
    assert client.get_object(get(data)).body.content == b"content"
    assert oss_client(supplier.sandbox, data, version="v1").get_object(get(data)).body.content == b"content"
    assert oss_refused(client.put_object, put(data)) == ("AccessDenied", 403)


def test_a_private_object_is_not_for_everyone(supplier: Supplier) -> None:
    data = credentials(supplier)
    oss_client(supplier.sandbox, data).put_object(put(data))
    assert raw(supplier.sandbox, "GET", f"/{data.bucket_name}/{data.key}", {})[0] == 403
    assert raw(supplier.sandbox, "PUT", f"/{data.bucket_name}/{data.key}", {}, b"x")[0] == 403
    assert raw(supplier.sandbox, "DELETE", f"/{data.bucket_name}/{data.key}", {})[0] == 405


def test_a_damaged_upload_is_refused(supplier: Supplier) -> None:
    data = credentials(supplier)
    wrong = base64.b64encode(hashlib.md5(b"other").digest()).decode()
    client = oss_client(supplier.sandbox, data)
    assert oss_refused(client.put_object, put(data, content_md5=wrong)) == ("InvalidDigest", 400)
    client.put_object(put(data))
    again = put(data, forbid_overwrite=True)
    assert oss_refused(client.put_object, again) == ("FileAlreadyExists", 409)


def test_a_failed_upload_stores_nothing(supplier: Supplier) -> None:
    data = credentials(supplier)
    client = oss_client(supplier.sandbox, data)
    supplier.sandbox.inject("PutObject=unavailable")
    assert oss_refused(client.put_object, put(data)) == ("ServiceUnavailable", 503)
    assert oss_refused(client.get_object, get(data)) == ("NoSuchKey", 404)
    client.put_object(put(data))
    assert supplier.sandbox.uploads == 1
