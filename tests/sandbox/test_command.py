"""`nestforge sandbox` as a person and as a script meet it: a process that starts another one."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from shutil import rmtree
from typing import TYPE_CHECKING, Any

import pytest
from tests.sandbox.official_sdk import Supplier
from tests.sandbox.test_state import garbage, of_the_future

from nestforge.sandbox.account import ADDRESS
from nestforge.sandbox.store import FILE, SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STATUS_KEYS = ["schema", "running", "endpoint", "console", "access_key_id", "access_key_secret", "pid", "faults"]


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with as much of a project as the command looks for."""

    root: Path

    @property
    def folder(self) -> Path:
        """Where the sandbox keeps its state."""
        return self.root / ".nestforge" / "sandbox"

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        """Start the command."""
        return subprocess.Popen(
            [sys.executable, "-m", "nestforge", "sandbox", *arguments],
            cwd=self.root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Return exit code, output and errors of the command."""
        process = self.begin(*arguments)
        output, errors = process.communicate()
        return process.returncode, output, errors

    def said(self, *arguments: str) -> dict[str, Any]:
        """Return the JSON that the command prints; it must end well."""
        code, output, errors = self.run(*arguments, "--json")
        assert (code, errors) == (0, "")
        result: dict[str, Any] = json.loads(output)
        return result

    def refused(self, *arguments: str) -> str:
        """Return what a command says that cannot do it: a sentence, and what to do next."""
        code, output, errors = self.run(*arguments)
        assert (code, output) == (4, "")
        first, second = errors.splitlines()
        assert first.startswith("error: ")
        assert second.startswith("  help: ")
        return errors


@dataclass(frozen=True, slots=True)
class Running:
    """What the SDK needs to know of a sandbox."""

    endpoint: str
    access_key_id: str
    access_key_secret: str


def supplier_of(said: dict[str, Any]) -> Supplier:
    """Return the SDK, pointed at the sandbox that a start has said."""
    found: Any = Running(said["endpoint"], said["access_key_id"], said["access_key_secret"])
    return Supplier(found)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    (tmp_path / "service").mkdir()
    (tmp_path / "service" / "service.yaml").write_text("{}\n", encoding="utf-8")
    yield Project(tmp_path)
    if (tmp_path / ".nestforge").is_dir():
        Project(tmp_path).run("stop")


def test_it_is_started_found_and_stopped(project: Project) -> None:
    assert project.said("status") == dict.fromkeys(STATUS_KEYS) | {"schema": 1, "running": False}
    assert project.run("stop")[:2] == (0, "no sandbox was running\n")
    started = project.said("start")
    assert list(started) == STATUS_KEYS
    assert project.said("start") == project.said("status") == started
    assert project.run("status")[1] == f"running at http://{started['endpoint']}/, process {started['pid']}\n"
    assert project.run("stop")[:2] == (0, "stopped\n")
    assert project.run("status")[:2] == (0, "not running\n")


@pytest.mark.parametrize("end", ["stop", "kill -9"])
def test_state_and_port_stay(project: Project, end: str) -> None:
    before = project.said("start")
    service_id = supplier_of(before).draft(version_name="kept")
    if end == "stop":
        project.run("stop")
    else:
        os.kill(before["pid"], signal.SIGKILL)
    again = project.said("start")
    assert again["endpoint"] == before["endpoint"]
    assert supplier_of(again).get_service(service_id=service_id).version_name == "kept"


def test_starts_at_once_end_with_one_server(project: Project) -> None:
    starts = [project.begin("start", "--json") for _ in range(4)]
    answers = [json.loads(start.communicate()[0]) for start in starts]
    assert [start.returncode for start in starts] == [0] * 4
    assert len({answer["pid"] for answer in answers}) == 1
    assert answers[0] == project.said("status")


def test_a_start_waits_for_the_server_of_one_that_was_killed(project: Project) -> None:
    starter = (
        "import os, pathlib, sys; from nestforge.sandbox import process\n"
        "os.fdopen = lambda *_, **__: os._exit(9)  # where it would read the server's answer\n"
        "process.start(pathlib.Path(sys.argv[1]))"
    )
    killed = subprocess.run([sys.executable, "-c", starter, project.folder], check=False)
    assert killed.returncode == 9
    started = project.said("start")
    assert started["running"]
    assert started == project.said("status")


def test_reset_forgets_a_running_sandbox(project: Project) -> None:
    started = project.said("start")
    supplier_of(started).draft()
    assert project.said("reset") == {"schema": 1, "reset": True}
    assert not project.said("status")["running"]
    assert supplier_of(project.said("start")).list_services().total_count == 0
    project.run("stop")
    assert project.said("reset") == {"schema": 1, "reset": True}
    assert [path.name for path in project.folder.iterdir()] == ["changing.lock"]


def test_a_taken_port_is_named_and_nothing_runs(project: Project) -> None:
    with socket.create_server((ADDRESS, 0)) as other:
        port = other.getsockname()[1]
        errors = project.refused("start", "--port", str(port))
        assert f"port {port} of {ADDRESS} cannot be had: Address already in use" in errors
        assert "--port" in errors.splitlines()[1]
    assert not project.said("status")["running"]
    assert project.said("start", "--port", str(port))["endpoint"] == f"{ADDRESS}:{port}"


def test_the_port_of_the_last_time_is_given_up_when_somebody_else_has_it(project: Project) -> None:
    endpoint = project.said("start")["endpoint"]
    project.run("stop")
    with socket.create_server((ADDRESS, int(endpoint.rpartition(":")[2]))):
        assert project.said("start")["endpoint"] != endpoint


def test_another_port_than_that_of_the_running_one_is_refused(project: Project) -> None:
    started = project.said("start")
    port = 1 + int(started["endpoint"].rpartition(":")[2]) % 60000
    assert f"it runs at {started['endpoint']} already" in project.refused("start", "--port", str(port))
    assert project.said("status") == started


def test_a_server_ends_when_its_folder_is_removed(project: Project) -> None:
    server = os.pidfd_open(project.said("start")["pid"])
    rmtree(project.folder)
    ended, _, _ = select.select([server], [], [], 60)
    os.close(server)
    assert ended
    assert project.said("start")["running"]


@pytest.mark.parametrize(
    ("spoil", "what"), [(garbage, "is damaged"), (of_the_future, f"is of version {SCHEMA_VERSION + 1}")]
)
def test_a_state_that_cannot_be_used_is_named_until_it_is_reset(project: Project, spoil: Any, what: str) -> None:
    project.run("start")
    project.run("stop")
    spoil(project.folder / FILE)
    before = (project.folder / FILE).read_bytes()
    for arguments in (["start"], ["start", "--review", "manual"], ["log"], ["approve"]):
        errors = project.refused(*arguments)
        assert f"{project.folder / FILE} {what}" in errors
        assert "nestforge sandbox reset" in errors
    assert (project.folder / FILE).read_bytes() == before
    assert not project.said("status")["running"]
    project.said("reset")
    assert project.said("start")["running"]


def test_a_locked_state_is_named_and_nothing_is_lost(project: Project) -> None:
    service_id = supplier_of(project.said("start")).draft()
    project.run("stop")
    other = sqlite3.connect(project.folder / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    errors = project.refused("start")
    assert f"{project.folder / FILE} is locked by another program" in errors
    assert "fuser" in errors
    other.close()
    assert supplier_of(project.said("start")).status(service_id) == "Draft"


def test_a_file_where_the_folder_should_be_is_named(project: Project) -> None:
    (project.root / ".nestforge").write_text("", encoding="utf-8")
    errors = project.refused("start")
    assert f"the sandbox's folder {project.folder} cannot be written" in errors
    assert project.run("stop")[0] == 0
    (project.root / ".nestforge").unlink()


def test_a_person_decides_the_registrations_when_asked_to(project: Project) -> None:
    supplier = supplier_of(project.said("start", "--review", "manual"))
    first, second = supplier.draft(), supplier.draft()
    waiting = [supplier.register_service(service_id=service).registration_id for service in (first, second)]
    assert project.said("reject", waiting[0], "--comment", "the icon is missing") == {
        "schema": 1,
        "status": "Rejected",
        "registrations": [waiting[0]],
    }
    answer = supplier.get_service_registration(registration_id=waiting[0])
    assert (answer.status, answer.comment) == ("Rejected", "the icon is missing")
    assert (supplier.status(first), supplier.status(second)) == ("Draft", "Submitted")
    code, _, errors = project.run("approve", waiting[0])
    assert code == 1
    assert f"the registration '{waiting[0]}' is Rejected, expected Submitted" in errors
    assert f"waiting: {waiting[1]}" in errors
    assert f"waiting: {waiting[1]}" in project.run("approve", "sr-nobody")[2]
    assert project.run("approve")[:2] == (0, f"approved: {waiting[1]}\n")
    assert supplier.status(second) == "Approved"
    nothing = project.run("approve")[2]
    assert "no registration waits for a decision" in nothing
    assert "none waits now; hand one in: nestforge publish" in nothing
    assert project.run("approve", "sr-nobody")[2].splitlines() == [
        "error: there is no registration 'sr-nobody'",
        "  help: none waits now; hand one in: nestforge publish",
    ]
    project.said("start", "--review", "automatic")
    assert "nestforge sandbox start --review manual" in project.run("approve", "sr-nobody")[2]
    supplier.register_service(service_id=first)
    assert supplier.status(first) == "Approved"


def test_the_log_shows_each_call_and_no_secret(project: Project) -> None:
    supplier = supplier_of(project.said("start", "--fault", "ListServices=throttle"))
    service_id = supplier.draft()
    with pytest.raises(Exception, match="Throttling"):
        supplier.list_services()
    lines = project.run("log")[1].splitlines()
    assert [line.split()[1:3] for line in lines] == [
        ["200", "GetUploadCredentials"],
        ["200", "PutObject"],
        ["200", "CreateService"],
        ["429", "ListServices"],
    ]
    assert "Throttling.User" in lines[-1]
    calls = [json.loads(line) for line in project.run("log", "--json")[1].splitlines()]
    assert calls[2]["reply"]["ServiceId"] == service_id
    assert calls[0]["reply"]["Data"]["AccessKeySecret"] == "***"


def test_faults_add_up_until_they_are_met_or_taken_away(project: Project) -> None:
    specs = ["ListServices=throttle", "GetService=latency:0.5@2"]
    supplier = supplier_of(project.said("start", "--fault", specs[0]))
    assert project.said("start", "--fault", specs[1])["faults"] == specs
    assert f"faults still to come: {', '.join(specs)}; " in project.run("status")[1]
    with pytest.raises(Exception, match="Throttling"):
        supplier.list_services()
    assert project.said("status")["faults"] == specs[1:]
    assert project.said("start")["faults"] == specs[1:]
    project.run("stop")
    assert project.said("status")["faults"] == specs[1:]
    assert project.said("start", "--fault", "none", "--fault", specs[0])["faults"] == specs[:1]
    assert project.said("start", "--fault", "none")["faults"] == []
    assert "faults" not in project.run("status")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fly"], "invalid choice: 'fly'"),
        (["start", "--port", "80000"], "'80000' is not a whole number from 1 to 65535"),
        (["start", "--port", "http"], "'http' is not a whole number from 1 to 65535"),
        (["start", "--pending-reads", "-1"], "'-1' is not a whole number from 0 to"),
        (["start", "--fault", "GetService=explode"], "'GetService=explode' is no fault"),
        (["stop", "--port", "8000"], "`sandbox stop` takes no port"),
        (["status", "sr-1"], "`sandbox status` takes no registration"),
    ],
)
def test_what_the_command_does_not_take_is_a_usage_error(project: Project, arguments: list[str], said: str) -> None:
    code, output, errors = project.run(*arguments)
    assert (code, output) == (2, "")
    assert said in errors
    assert not project.folder.exists()
