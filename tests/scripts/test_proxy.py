"""The proxy as a real nginx runs it, in front of an engine that records what reaches it."""

from __future__ import annotations

import http.client
import json
import shutil
import subprocess
from http.server import BaseHTTPRequestHandler
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.programs import need
from tests.scripts.node_host import KEY, MASTER_IP, WORKER_IP, Host
from tests.scripts.test_roles import facts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Serve = Callable[[type[BaseHTTPRequestHandler], str], int]

BEARER = {"Authorization": f"Bearer {KEY}"}


class Reply(NamedTuple):
    status: int
    headers: dict[str, str]
    body: str


class Proxy(NamedTuple):
    host: Host
    seen: list[tuple[str, str, dict[str, str]]]
    go_on: Event

    def ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes | None = None,
        port: str = "API_PORT", source: str = MASTER_IP,
    ) -> Reply:  # fmt: skip
        connection = http.client.HTTPConnection(
            MASTER_IP, int(self.host.values[port]), timeout=20, source_address=(source, 0)
        )
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        reply = Reply(response.status, dict(response.getheaders()), response.read().decode())
        connection.close()
        return reply


@pytest.fixture
def nginx() -> str:
    """Return where nginx is, before `host` has put a stand-in for it on PATH."""
    need("nginx", root=True)
    return shutil.which("nginx") or ""


@pytest.fixture
def proxy(nginx: str, host: Host, web: Serve) -> Iterator[Proxy]:
    """Return nginx as the master of SGLang sets it up, running."""
    seen: list[tuple[str, str, dict[str, str]]] = []
    go_on = Event()

    class Engine(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append((self.command, self.path, dict(self.headers.items())))
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            self.send_response(200)
            self.end_headers()
            if self.path == "/v1/stream":
                self.wfile.write(b"first")
                assert go_on.wait(20)
                self.wfile.write(b"second")
            elif self.path == "/v1/models":
                self.wfile.write(json.dumps({"data": [{"id": "a/b"}]}).encode())
            else:
                tokens = 0 if b"none" in body else 3
                self.wfile.write(json.dumps({"choices": [], "usage": {"completion_tokens": tokens}}).encode())

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:
            pass

    host.engine = host.values["ENGINE"] = "sglang-0.4.3"
    host.values["ENGINE_PORT"] = str(web(Engine, MASTER_IP))
    (host.root / "bin/nginx").unlink()
    # The container's port listens as soon as there is a container.
    host.set("bin/ss", '#!/usr/bin/env bash\nif [[ -e $HOST/container && $* == *"= :20000" ]]; then echo LISTEN; fi\n')
    done = host.run("sglang/master.sh")
    assert done.returncode == 0, done.stdout + done.stderr
    conf = host.root / "nginx/nginx.conf"
    command = [nginx, "-c", str(conf), "-g", "daemon off; error_log stderr notice;"]
    with subprocess.Popen(command, env=host.environment(), stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        # It says so once it listens; if it ends before, so does what it says.
        assert any("start worker processes" in line for line in running.stderr)
        yield Proxy(host, seen, go_on)
        running.terminate()


OTHER_KEYS = (
    KEY.swapcase(),
    KEY.lower(),
    KEY + "x",
    KEY[:-1],
    " " + KEY,
    KEY.replace(".", "x"),  # a regex would take it
    ".*",
)


@pytest.mark.parametrize(
    "authorization",
    [None, "", KEY, f"xBearer {KEY}", f"Basic {KEY}", *(f"Bearer {key}" for key in OTHER_KEYS)],
)
def test_another_key_is_refused_as_openai_refuses_it(proxy: Proxy, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    reply = proxy.ask("GET", "/v1/models", headers)
    assert reply.status == 401
    assert json.loads(reply.body)["error"]["code"] == "invalid_api_key"
    assert reply.headers["Content-Type"] == "application/json"
    assert proxy.seen == []


def test_the_key_opens_the_api_and_stays_in_the_proxy(proxy: Proxy) -> None:
    assert proxy.ask("GET", "/v1/models?api_key=in-the-query", BEARER).status == 200
    ((_, path, headers),) = proxy.seen
    assert path == "/v1/models?api_key=in-the-query"
    assert "authorization" not in {name.lower() for name in headers}
    assert KEY not in proxy.host.said()
    assert "in-the-query" not in proxy.host.said()
    key_file = proxy.host.root / "etc/api-key.conf"
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert KEY not in (proxy.host.root / "nginx/nginx.conf").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path",
    ["/", "/metrics", "/v1", "/V1/models", "/v1x/models", "/v1/../metrics", "/v1/%2e%2e/metrics", "/v1/..%2fmetrics",
     "/v1/x/../../metrics", "//metrics", "/v1/./../metrics", "/health/", "/healthz", "/HEALTH", "/health/../metrics",
     "/facts", "/flush_cache", "/v1%2f..%2fmetrics", "/update_weights_from_disk"],
)  # fmt: skip
def test_no_other_path_reaches_the_engine(proxy: Proxy, path: str) -> None:
    assert proxy.ask("GET", path, BEARER).status == 404
    assert proxy.seen == []


@pytest.mark.parametrize("path", ["/metrics/../v1/models", "/v1//models", "/v1/%6dodels", "/%76%31/models"])
def test_the_engine_gets_the_path_that_was_checked(proxy: Proxy, path: str) -> None:
    assert proxy.ask("GET", path).status == 401
    assert proxy.ask("GET", path, BEARER).status == 200
    assert [seen[1] for seen in proxy.seen] == ["/v1/models"]


def test_an_encoded_line_end_stays_encoded(proxy: Proxy) -> None:
    proxy.ask("GET", "/v1/x%0d%0aX-Injected:%201", BEARER)
    assert [seen[1] for seen in proxy.seen] == ["/v1/x%0D%0AX-Injected:%201"]


def test_health_is_read_without_the_key(proxy: Proxy) -> None:
    assert proxy.ask("GET", "/health").status == 200
    assert proxy.ask("POST", "/health").status == 404
    assert [seen[:2] for seen in proxy.seen] == [("GET", "/health")]


def test_a_stream_is_passed_as_it_comes(proxy: Proxy) -> None:
    connection = http.client.HTTPConnection(MASTER_IP, int(proxy.host.values["API_PORT"]), timeout=20)
    connection.request("GET", "/v1/stream", headers=BEARER)
    response = connection.getresponse()
    assert response.read(5) == b"first"  # the engine has not sent the rest
    proxy.go_on.set()
    assert response.read() == b"second"
    assert response.getheader("Server") == "nginx"
    connection.close()


def test_a_request_has_a_limit_of_32_mib(proxy: Proxy) -> None:
    assert proxy.ask("POST", "/v1/completions", BEARER, b"x" * (32 << 20)).status == 200
    head = {**BEARER, "Content-Length": str((32 << 20) + 1), "Expect": "100-continue"}
    assert proxy.ask("POST", "/v1/completions", head).status == 413


def test_facts_are_for_the_other_node_only(proxy: Proxy) -> None:
    assert proxy.ask("GET", "/facts", port="PEER_PORT").status == 403
    facts = json.loads(proxy.ask("GET", "/facts", port="PEER_PORT", source=WORKER_IP).body)
    assert set(facts) == {"role", "image_build", "model", "engine", "engine_version", "image_id", "fabric"}
    assert proxy.ask("GET", "/v1/models", BEARER, port="PEER_PORT", source=WORKER_IP).status == 404


def test_the_final_check_asks_the_model_and_reports_success(proxy: Proxy, web: Serve) -> None:
    host = proxy.host
    peer_port = web(facts_of(host.engine), WORKER_IP)
    host.values["PEER_PORT"] = str(peer_port)
    host.set("engine.log", "INFO Falling back to V0\nNCCL INFO Using network NET/Socket\n")
    done = host.run("node/verify.sh")
    assert done.returncode == 0, done.stdout + done.stderr
    (signal,) = host.signals()
    assert signal["status"] == "SUCCESS"
    assert "over TCP" in signal["reason"]
    assert "the engine fell back to V0" in host.said()
    assert KEY not in host.said() + done.stdout + done.stderr


def test_the_final_check_fails_when_the_model_says_nothing(proxy: Proxy, web: Serve) -> None:
    host = proxy.host
    host.values["PEER_PORT"] = str(web(facts_of(host.engine), WORKER_IP))
    host.set("bin/curl", f'#!/usr/bin/env bash\nexec {shutil.which("curl")} "${{@/Say hello./none}}"\n')
    (host.root / "bin/curl").chmod(0o755)
    assert host.run("node/verify.sh").returncode == 1
    assert "the model did not answer" in host.signals()[0]["reason"]
