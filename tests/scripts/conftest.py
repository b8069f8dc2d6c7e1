"""Fixtures of the tests of the node scripts."""

from __future__ import annotations

import json
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from tests.own_project import ROOT
from tests.programs import need
from tests.scripts.node_host import (
    IMAGE_ID,
    KEY,
    MASTER_IP,
    RECORD,
    STANDINS,
    WORKER_IP,
    Host,
    free_port,
    node_tools,
)

from nestforge.sources.project import load_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from nestforge.model.project import Project


@pytest.fixture(scope="session")
def project() -> Project:
    return load_project(ROOT)


@pytest.fixture
def host(tmp_path: Path, project: Project) -> Host:
    """Return a healthy master of two GPUs with the model and the image of the template."""
    need("curl", "jq")
    for folder in ("bin", "calls", "home", "etc", "nginx", "run", "sys/class/infiniband/erdma_0/ports/1", "model/a/b"):
        (tmp_path / folder).mkdir(parents=True)
    for name, body in STANDINS.items():
        (tmp_path / "bin" / name).write_text(RECORD + body, encoding="utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    tools = node_tools()
    (tmp_path / "tools.tgz").write_bytes(tools)
    host = Host(tmp_path, project)
    host.values = {
        "NODE_ROLE": "master", "MODEL": "a/b", "ENGINE": host.engine, "MAX_MODEL_LEN": "65536",
        "GPU_MEMORY_UTILIZATION": "0.9", "API_KEY": KEY, "MASTER_IP": MASTER_IP, "WORKER_IP": WORKER_IP,
        "NOTIFY": "notify -H 'a b'", "NODE_TOOLS_URL": f"file://{tmp_path}/tools.tgz", "IMAGE_BUILD": "b" * 64,
        "NODE_COUNT": "2", "GPUS_PER_NODE": "2", "GPU_MEMORY_MIB": "97871", "MINIMUM_DRIVER": "550.54",
        "FABRIC_DEVICE": "erdma", "API_PORT": str(free_port()), "ENGINE_PORT": str(free_port()),
        "PEER_PORT": str(free_port()), "MODEL_ROOT": f"{tmp_path}/model", "CONTAINER": "llm-server",
        "ENTRYPOINT": "/bin/bash",
        "START_TIMEOUT": "0", "READY_TIMEOUT": "0", "NODE_TOOLS_SHA256": sha256(tools).hexdigest(),
    }  # fmt: skip
    host.as_role("master")
    weights = b"weights"
    (tmp_path / "model/a/b/w.bin").write_bytes(weights)
    host.set("etc/model.manifest", f"{len(weights)} {sha256(weights).hexdigest()} w.bin\n")
    engines = {one.id: {"version": one.release.version, "image_id": IMAGE_ID} for one in project.catalog.engines}
    host.set("etc/image.json", json.dumps({"image_build": "b" * 64, "model": "a/b", "engines": engines}))
    host.set("image_id", IMAGE_ID + "\n")
    host.set("cards", "97871, 550.90.07\n97871, 550.90.07\n")
    host.set("listening", "sport = :none")
    host.set("state", "running 0\n")
    host.set("head", "open")
    host.set("sys/class/infiniband/erdma_0/ports/1/state", "4: ACTIVE\n")
    host.set("engine.log", "the engine's log\n")
    host.set("ray_status", " 0.0/4.0 GPU\n")
    return host


@pytest.fixture
def web() -> Iterator[Callable[[type[BaseHTTPRequestHandler], str], int]]:
    """Return a function that serves with a handler on an address and returns the port."""
    servers = []

    def serve(handler: type[BaseHTTPRequestHandler], address: str) -> int:
        server = ThreadingHTTPServer((address, 0), handler)
        servers.append(server)
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return server.server_port

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()
