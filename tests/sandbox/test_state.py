"""What the sandbox does when its state file is locked, damaged, of another version, or simply old."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

import alibabacloud_oss_v2 as oss
import pytest
from alibabacloud_computenestsupplier20210521 import models
from Tea.exceptions import TeaException
from tests.sandbox.official_sdk import Supplier, deploy_metadata, oss_client, oss_refused, refused, tag

from nestforge.sandbox.store import FILE, SCHEMA_VERSION, StateUnusable, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import SandboxUnderTest


@contextmanager
def locked(state: Path) -> Iterator[None]:
    """Hold the state as a program does that writes to it and does not end."""
    with closing_connection(state) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def closing_connection(state: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(state, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def written(folder: Path) -> Path:
    """Return a state file with something in it."""
    store = Store(folder)
    with store.transaction():
        store.set_tags("service", "service-1", {f"name-{number}": "x" * 500 for number in range(200)})
    store.close()
    return folder / FILE


def garbage(state: Path) -> None:
    state.write_bytes(b"this is no database at all")


def a_hole(state: Path) -> None:
    content = bytearray(state.read_bytes())
    content[8192:40960] = b"\xff" * (40960 - 8192)
    state.write_bytes(content)


def half(state: Path) -> None:
    content = state.read_bytes()
    state.write_bytes(content[: len(content) // 2])


def another_database(state: Path) -> None:
    state.unlink()
    with closing_connection(state) as other:
        other.execute("CREATE TABLE something_else (x)")


def of_the_future(state: Path) -> None:
    with closing_connection(state) as other:
        other.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (garbage, "is damaged: file is not a database"),
        (a_hole, "is damaged: "),
        (half, "is damaged: "),
        (another_database, "is damaged: it is not a sandbox's state"),
        (of_the_future, f"is of version {SCHEMA_VERSION + 1}, this nestforge knows {SCHEMA_VERSION}"),
    ],
)
def test_a_state_that_cannot_be_read_is_named_and_left_as_it_is(
    tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    state = written(tmp_path)
    spoil(state)
    before = state.read_bytes()
    with pytest.raises(StateUnusable) as caught:
        Store(tmp_path)
    assert caught.value.message.startswith(f"the sandbox's state {state} {said}")
    assert "nestforge sandbox reset" in str(caught.value.help)
    assert caught.value.exit_code == 4
    assert state.read_bytes() == before


def test_a_locked_state_is_not_called_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nestforge.sandbox.store.PATIENCE", 0)
    state = written(tmp_path)
    with locked(state), pytest.raises(StateUnusable) as caught:
        Store(tmp_path)
    assert caught.value.message == f"the sandbox's state {state} is locked by another program"
    assert f"fuser {state}" in str(caught.value.help)
    store = Store(tmp_path)
    assert len(store.tags("service", "service-1")) == 200
    store.close()


def test_a_folder_in_the_way_is_an_error(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(StateUnusable, match="cannot be used: unable to open database file"):
        Store(tmp_path)


def test_a_full_disk_keeps_what_was_there_and_the_store_goes_on(tmp_path: Path) -> None:
    written(tmp_path)
    store = Store(tmp_path)
    pages = store.db.execute("PRAGMA page_count").fetchone()[0]
    store.db.execute(f"PRAGMA max_page_count={pages}")  # SQLite answers as on a full disk
    with pytest.raises(sqlite3.OperationalError, match="full"), store.transaction():
        store.set_tags("service", "service-2", {"name": "x" * 100_000})
    assert store.tags("service", "service-2") == {}
    store.db.execute(f"PRAGMA max_page_count={pages + 1000}")
    with store.transaction():
        store.set_tags("service", "service-2", {"name": "x" * 100_000})
    assert len(store.tags("service", "service-1")) == 200
    store.close()


def test_while_the_state_is_locked_each_answer_says_so_in_the_form_of_its_api(sandbox: SandboxUnderTest) -> None:
    supplier = Supplier(sandbox)
    service_id = supplier.draft()
    data = supplier.get_upload_credentials(file_name="x").data
    request = oss.PutObjectRequest(bucket=data.bucket_name, key=data.key, body=b"x")
    sandbox.in_server(lambda store: store.db.execute("PRAGMA busy_timeout=0").fetchall())
    with locked(sandbox.state_dir / FILE):
        with pytest.raises(TeaException) as caught:
            supplier.update_service(service_id=service_id, version_name="x")
        assert (caught.value.code, caught.value.status_code) == ("InternalError", 500)
        assert f"{sandbox.state_dir / FILE} is locked by another program" in caught.value.message
        assert oss_refused(oss_client(sandbox, data).put_object, request) == ("InternalError", 500)
    assert supplier.get_service(service_id=service_id).version_name is None
    oss_client(sandbox, data).put_object(request)


def test_everything_survives_a_restart(sandbox: SandboxUnderTest) -> None:
    supplier = Supplier(sandbox)
    sandbox.review("manual")
    url = supplier.upload(b"archive", "node-tools.tar.gz")
    artifact_id = supplier.create_artifact(
        artifact_type="Script",
        name="tools",
        version_name="1",
        artifact_property=models.CreateArtifactRequestArtifactProperty(url=url),
    ).artifact_id
    supplier.release_artifact(artifact_id=artifact_id)
    relation = {"{{ computenest::file::tools }}": {"ArtifactId": artifact_id, "ArtifactVersion": "1"}}
    service_id = supplier.draft(
        deploy_metadata=deploy_metadata(url, FileArtifactRelation=relation),
        tag=tag("CreateService", identity="x"),
        client_token="once",
    )
    registration_id = supplier.register_service(service_id=service_id).registration_id
    pending = supplier.get_upload_credentials(file_name="later").data

    def seen() -> list[object]:
        answers = [
            supplier.get_service(service_id=service_id),
            supplier.list_services(tag=tag("ListServices", identity="x")),
            supplier.get_artifact(artifact_id=artifact_id),
            supplier.get_service_registration(registration_id=registration_id),
        ]
        return [{**answer.to_map(), "RequestId": ""} for answer in answers]

    before, endpoint, calls = seen(), sandbox.endpoint, len(sandbox.log)
    sandbox.restart()
    assert (sandbox.endpoint, len(sandbox.log)) == (endpoint, calls)
    assert seen() == before
    oss_client(sandbox, pending).put_object(
        oss.PutObjectRequest(bucket=pending.bucket_name, key=pending.key, body=b"x")
    )
    assert refused(supplier.register_service, service_id=service_id) == ("OperationDenied.ServiceStatus", 409)
    sandbox.decide("Approved")
    assert supplier.launch_service(service_id=service_id, service_version="draft").version == "1"
