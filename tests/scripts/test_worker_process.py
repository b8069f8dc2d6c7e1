"""What runs inside the vLLM worker's container, and what the final check makes of the cluster."""

from __future__ import annotations

import subprocess
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest
from tests.scripts.node_host import KEY, MASTER_IP, RECORD, Host
from tests.scripts.test_roles import become, facts_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Serve = Callable[[type[BaseHTTPRequestHandler], str], int]

# The cluster has half of its GPUs at the first look.
RAY = """
if [[ $1 == status ]]; then
  echo look >>"$HOST/looks"
  (($(wc -l <"$HOST/looks") > 1)) || { echo " 0.0/2.0 GPU"; exit; }
  cat "$HOST/ray_status"
fi
"""


def in_container(host: Host, web: Serve, limit: str) -> subprocess.CompletedProcess[str]:
    """Run the container's main process with the arguments that `docker run` got."""
    script = become(host, "vllm-0.8.5.post1", "worker", web)
    host.values["START_TIMEOUT"] = limit
    assert host.run(script).returncode == 0
    (arguments,) = [words for words in host.calls("docker") if words[0] == "run"]
    for name, body in (("ray", RAY), ("vllm", "")):
        host.set(f"bin/{name}", RECORD + body)
        (host.root / "bin" / name).chmod(0o755)
    command = ["bash", *arguments[arguments.index("-c") :]]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=host.environment(), timeout=60
    )  # fmt: skip


@pytest.mark.parametrize(
    "status", [" 0.0/4.0 GPU\n", "Usage:\n 1.0/128.0 CPU\n 4.0/4.0 GPU (4.0 used of 4.0 reserved)\n"]
)  # fmt: skip
def test_the_worker_serves_when_all_gpus_are_there(host: Host, web: Serve, status: str) -> None:
    host.set("ray_status", status)
    done = in_container(host, web, "60")
    assert done.returncode == 0, done.stderr
    first, *looks = host.calls("ray")
    assert first[:3] == ["start", "--address", "127.0.0.1:6379"]
    assert looks == [["status"], ["status"]]
    (served,) = host.calls("vllm")
    assert served[:4] == ["serve", f"{host.root}/model/a/b", "--served-model-name", "a/b"]
    assert served[-1] == "--disable-log-requests"


def test_the_worker_ends_when_the_gpus_do_not_come(host: Host, web: Serve) -> None:
    done = in_container(host, web, "0")
    assert done.returncode == 1
    assert "has not reached 4 GPUs within 0 s" in done.stderr
    assert host.calls("vllm") == []


def ready_worker(host: Host, web: Serve, serves: str = "a/b") -> None:
    """Make the host a vLLM worker whose proxy is a plain server that answers as it should."""

    class Api(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b'{"data": [{"id": "%s"}], "usage": {"completion_tokens": 1}}' % serves.encode()
            allowed = self.path == "/health" or self.headers["Authorization"] == f"Bearer {KEY}"
            self.send_response(404 if self.path == "/metrics" else 200 if allowed else 401)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:
            pass

    become(host, "vllm-0.8.5.post1", "worker", web)
    host.set("container", "running 0\n")
    host.values["API_PORT"] = str(web(Api, MASTER_IP))


def test_a_cluster_that_is_whole_is_ready_each_time_it_is_checked(host: Host, web: Serve) -> None:
    ready_worker(host, web)
    for _ in range(2):
        done = host.run("node/verify.sh")
        assert done.returncode == 0, done.stdout + done.stderr
    assert [signal["status"] for signal in host.signals()] == ["SUCCESS", "SUCCESS"]
    assert host.signals()[0]["reason"] == "a/b answers"


@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [
        ("ray_status", " 0.0/2.0 GPU\n", "2 GPUs in the cluster, expected 4"),
        ("ray_status", "", "0 GPUs in the cluster, expected 4"),
        ("container", "exited 1\n", "is exited"),
        ("container", "running 9\n", "restarted 9 times"),
    ],
)
def test_a_cluster_that_is_not_whole_is_not_ready(host: Host, web: Serve, file: str, text: str, reason: str) -> None:
    ready_worker(host, web)
    host.set(file, text)
    assert host.run("node/verify.sh").returncode == 1
    assert reason in host.signals()[0]["reason"]


def test_another_model_is_not_ready(host: Host, web: Serve) -> None:
    ready_worker(host, web, serves="a/b-base")
    assert host.run("node/verify.sh").returncode == 1
    assert "serves 'a/b-base', not a/b" in host.signals()[0]["reason"]


def test_an_engine_that_never_gets_healthy_is_not_ready(host: Host, web: Serve) -> None:
    ready_worker(host, web)
    host.values["API_PORT"] = host.values["ENGINE_PORT"]  # nothing listens there
    assert host.run("node/verify.sh").returncode == 1
    assert "the engine did not come within 0 s" in host.signals()[0]["reason"]


def test_a_peer_with_other_facts_is_not_ready(host: Host, web: Serve) -> None:
    ready_worker(host, web)
    host.values["PEER_PORT"] = str(web(facts_of("vllm-0.8.5.post1", image_id="sha256:other"), MASTER_IP))
    assert host.run("node/verify.sh").returncode == 1
    assert "the nodes differ in image_id" in host.signals()[0]["reason"]
