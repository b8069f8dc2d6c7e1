"""`nestforge publish` and `nestforge status` as a person and as a script meet them."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.cli.process import command, environment, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Shop

KEYS = [
    "schema",
    "service_id",
    "version",
    "status",
    "calls",
    "uploads",
    "downloads",
    "bytes_sent",
    "changes",
    "console",
]


def last_line(output: str) -> dict[str, Any]:
    """Return the JSON that a command ends with."""
    result: dict[str, Any] = json.loads(output.splitlines()[-1])
    return result


def test_the_first_publish_starts_the_sandbox_and_says_what_it_did_and_where_to_look(shop: Shop) -> None:
    assert (shop.first.returncode, shop.first.stderr) == (0, "")
    result = last_line(shop.first.stdout)
    assert list(result) == KEYS
    assert (result["schema"], result["version"], result["status"], result["downloads"]) == (1, "1", "Online", 0)
    assert result["uploads"] > 0
    assert result["bytes_sent"] > 0
    assert result["changes"] > 0
    said = shop.first.stdout
    assert "the sandbox is started: http://127.0.0.1:" in said
    assert f"online: {result['service_id']} version 1" in said
    assert said.count("uploaded ") == result["uploads"]
    assert f"look at it: {result['console']}" in said
    assert f"/service/instance/create/cn-hangzhou?type=user&ServiceId={result['service_id']}" in said


def test_the_second_publish_makes_two_calls_and_says_that_there_is_nothing_to_do(shop: Shop) -> None:
    again = run(shop.project, "publish", "--json")
    result = last_line(again.stdout)
    assert (again.returncode, again.stderr) == (0, "")
    counts = [result[name] for name in ("calls", "uploads", "downloads", "bytes_sent", "changes")]
    assert counts == [2, 0, 0, 0, 0]
    assert result["service_id"] == last_line(shop.first.stdout)["service_id"]
    assert "nothing to do" in again.stdout
    assert "2 calls, nothing uploaded" in again.stdout


def test_quiet_json_is_one_line(shop: Shop) -> None:
    done = run(shop.project, "publish", "--json", "--quiet")
    assert len(done.stdout.splitlines()) == 1
    assert list(last_line(done.stdout)) == KEYS


def test_status_returns_the_link_and_that_nothing_differs(shop: Shop) -> None:
    done = run(shop.project, "status", "--json")
    result = last_line(done.stdout)
    assert (done.returncode, result["schema"], result["status"], result["differs"]) == (0, 1, "Online", False)
    console, service_id = result["console"].rstrip("/"), result["service_id"]
    assert result["link"] == f"{console}/service/instance/create/cn-hangzhou?type=user&ServiceId={service_id}"
    assert result["link"] in run(shop.project, "status").stdout


def test_status_says_that_the_sources_have_changed_since_the_package_was_built(shop: Shop) -> None:
    told = "the sources have changed since that package was built"
    assert told not in run(shop.project, "status").stdout
    with changed(shop.project / PRESET[0], *PRESET[1:]):
        assert told in run(shop.project, "status").stdout
        assert last_line(run(shop.project, "status", "--json").stdout)["sources_changed"] is True
        run(shop.project, "build")
        assert last_line(run(shop.project, "status", "--json").stdout)["sources_changed"] is False
    run(shop.project, "build")


def test_a_killed_sandbox_is_started_again_and_has_forgotten_nothing(shop: Shop) -> None:
    os.kill(json.loads(run(shop.project, "sandbox", "status", "--json").stdout)["pid"], signal.SIGKILL)
    done = run(shop.project, "publish", "--json")
    assert done.returncode == 0
    assert "the sandbox is started" in done.stdout
    assert last_line(done.stdout)["changes"] == 0


def test_status_without_a_sandbox_says_how_to_get_one(shop: Shop) -> None:
    run(shop.project, "sandbox", "stop")
    done = run(shop.project, "status")
    assert done.returncode == 4
    assert "the sandbox is not running" in done.stderr
    assert "nestforge sandbox start" in done.stderr


PRESET = ("service/service.yaml", "{Model: deepseek-ai/DeepSeek-V3}", "{Model: deepseek-ai/DeepSeek-R1}")


def test_changed_sources_are_published_and_nothing_else(shop: Shop) -> None:
    """A tag, a preset and a script at once: the script stands in the template, the one file that is sent."""
    source = shop.project / "service/service.yaml"
    with (
        changed(source, "product: deepseek", "product: deep"),
        changed(source, *PRESET[1:]),
        changed(shop.project / "scripts/vllm/worker.sh", "\n", "\n# one more line\n"),
    ):
        done = run(shop.project, "publish", "--json")
        result = last_line(done.stdout)
        assert (result["status"], result["uploads"]) == ("Online", 1)
        assert " calls, 1 upload, " in done.stdout
        assert last_line(run(shop.project, "publish", "--json").stdout)["calls"] == 2
    run(shop.project, "publish")


def test_a_project_with_errors_is_not_published(shop: Shop) -> None:
    with changed(shop.project / "service/service.yaml", "version_name:", "version_nam:"):
        done = run(shop.project, "publish", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "service/service.yaml:" in done.stderr
    assert "version_name" in done.stderr


def test_ctrl_c_ends_with_130_and_one_message(shop: Shop) -> None:
    """The process waits for the turn that this test holds, so it is known where Ctrl-C meets it."""
    with (shop.project / ".nestforge/publish.lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with _started(shop.project, "publish") as waiting:
            assert waiting.stdout is not None
            assert "another publish of this project is at work" in waiting.stdout.readline()
            waiting.send_signal(signal.SIGINT)
            output, errors = waiting.communicate()
    assert (waiting.returncode, output) == (130, "")
    assert errors.splitlines() == ["error: interrupted", "  help: nothing is lost: run the same command again"]
    assert last_line(run(shop.project, "publish", "--json").stdout)["status"] == "Online"


def test_two_publishes_at_once_both_end_well_with_one_service(shop: Shop) -> None:
    both = [_started(shop.project, "publish", "--json") for _ in range(2)]
    results = [last_line(process.communicate()[0]) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert results[0]["service_id"] == results[1]["service_id"] == last_line(shop.first.stdout)["service_id"]


def test_a_reader_who_leaves_does_not_end_the_publishing(shop: Shop) -> None:
    with (shop.project / ".nestforge/publish.lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with _started(shop.project, "publish") as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.stdout.close()
            fcntl.flock(lock, fcntl.LOCK_UN)
            assert process.stderr is not None
            assert process.stderr.read() == ""
    assert process.returncode == 0
    assert json.loads(run(shop.project, "status", "--json").stdout)["differs"] is False


def test_a_terminal_without_chinese_stops_nothing(shop: Shop) -> None:
    with changed(shop.project / PRESET[0], *PRESET[1:]):
        run(shop.project, "build")
        shown = run(shop.project, "status", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
        assert (shown.returncode, shown.stderr) == (0, "")
        assert r"ECS\u53cc\u673a\u7248 / Two ECS instances.PredefinedParameters" in shown.stdout
    run(shop.project, "build")


@contextmanager
def changed(source: Path, before: str, after: str) -> Iterator[None]:
    """Change the first `before` in a file, for a while."""
    text = source.read_text(encoding="utf-8")
    assert before in text
    source.write_text(text.replace(before, after, 1), encoding="utf-8")
    try:
        yield
    finally:
        source.write_text(text, encoding="utf-8")


def _started(project: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(*arguments),
        cwd=project,
        env=environment(project),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
