from __future__ import annotations

import json
import shutil
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest
from tests.scripts.node_host import IMAGE_ID, KEY, MASTER_IP, Host

if TYPE_CHECKING:
    from collections.abc import Callable

    Serve = Callable[[type[BaseHTTPRequestHandler], str], int]

DOCKER = """run --detach --name llm-server --entrypoint /bin/bash --network host --ipc host --gpus all
 --cap-add SYS_PTRACE --cap-add IPC_LOCK --device /dev/infiniband --ulimit memlock=-1:-1 --ulimit stack=67108864
 --volume {models}:{models}:ro --restart unless-stopped --log-opt max-size=100m --log-opt max-file=5
 --env NCCL_IB_DISABLE=0 --env NCCL_DEBUG=WARN --env NCCL_NET_GDR_LEVEL=5 --env NCCL_P2P_LEVEL=5
 --env NCCL_IB_GID_INDEX=1 --env NCCL_IB_HCA=erdma --env NCCL_IB_QPS_PER_CONNECTION=8 --env NCCL_MIN_NCHANNELS=16
 --env NCCL_NET_PLUGIN=none --env NCCL_SOCKET_IFNAME==eth7 --env GLOO_SOCKET_IFNAME=eth7"""
VLLM = """ --env VLLM_HOST_IP={own} --env VLLM_USE_V1=0 --env HF_HUB_OFFLINE=1 --env RAY_USAGE_STATS_ENABLED=0
 llm/vllm:0.8.5.post1 -c"""
RAY = """ --node-ip-address {own} {port}--node-manager-port 6380 --object-manager-port 6381 --min-worker-port 10002
 --max-worker-port 10999"""
SGLANG = """ --env SGLANG_HOST_IP={own} --env HF_HUB_OFFLINE=1 llm/sglang:0.4.3 -c SCRIPT sglang
 --model-path {models}/a/b --served-model-name a/b --host 127.0.0.1 --port {engine_port} --tp-size 16
 --dist-init-addr 127.0.0.1:20000 --nnodes 2 --mem-fraction-static 0.9 --context-length 65536
 --trust-remote-code --node-rank """
ARGUMENTS = {
    ("vllm-0.8.5.post1", "master"): DOCKER + VLLM + " SCRIPT ray --head" + RAY + " --include-dashboard false"
    " --num-gpus 2 --block",
    ("vllm-0.8.5.post1", "worker"): DOCKER + VLLM + " SCRIPT worker {models}/a/b 4 0 14 0"
    " --address 127.0.0.1:6379" + RAY + " --num-gpus 2"
    " --served-model-name a/b --host 127.0.0.1 --port {engine_port} --distributed-executor-backend ray"
    " --tensor-parallel-size 8 --pipeline-parallel-size 2 --gpu-memory-utilization 0.9 --max-model-len 65536"
    " --max-num-seqs 128 --enable-chunked-prefill --max-num-batched-tokens 8192 --disable-log-requests",
    ("sglang-0.4.3", "master"): DOCKER + SGLANG + "0",
    ("sglang-0.4.3", "worker"): DOCKER + SGLANG + "1",
}  # fmt: skip


def facts_of(release: str, **other: str) -> type[BaseHTTPRequestHandler]:
    facts = {"role": "master", "image_build": "b" * 64, "model": "a/b", "engine": release, "image_id": IMAGE_ID}
    facts["fabric"] = "erdma"

    class Facts(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            version = release.partition("-")[2]
            self.wfile.write(json.dumps({**facts, "engine_version": version, **other}).encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Facts


def become(host: Host, engine: str, role: str, web: Serve) -> str:
    """Make the host a node of that engine and role, its peer there; return the path of its script."""
    host.engine = host.values["ENGINE"] = engine
    host.as_role(role)
    if role == "worker":
        host.values["PEER_PORT"] = str(web(facts_of(engine), MASTER_IP))
    elif engine.startswith("sglang"):
        # The port is free before the container runs, and listens afterwards.
        (host.root / "bin/ss").write_text(
            '#!/usr/bin/env bash\nif [[ -e $HOST/container && $* == *"= :20000" ]]; then echo LISTEN; fi\n', "utf-8"
        )
    return f"{engine.partition('-')[0]}/{role}.sh"


@pytest.mark.parametrize(("engine", "role"), ARGUMENTS)
def test_the_container_starts_with_exactly_these_arguments(host: Host, web: Serve, engine: str, role: str) -> None:
    script = become(host, engine, role, web)
    done = host.run(script)
    assert done.returncode == 0, done.stdout + done.stderr
    (arguments,) = [words for words in host.calls("docker") if words[0] == "run"]
    at = arguments.index("-c") + 1
    in_container, arguments[at] = arguments[at], "SCRIPT"
    own = host.values["MASTER_IP" if role == "master" else "WORKER_IP"]
    port = "--port 6379 " if role == "master" else ""
    models, engine_port = host.values["MODEL_ROOT"], host.values["ENGINE_PORT"]
    expected = ARGUMENTS[engine, role].format(own=own, port=port, models=models, engine_port=engine_port)
    assert arguments == expected.split()
    assert ("vllm serve" in in_container) == (script == "vllm/worker.sh")
    assert host.signals() == []
    everything = [
        word for program in ("docker", "nginx", "systemctl", "ip") for words in host.calls(program) for word in words
    ]
    assert KEY not in " ".join(everything) + host.said() + done.stdout + done.stderr


@pytest.mark.parametrize(("engine", "role"), ARGUMENTS)
def test_a_second_run_replaces_the_container(host: Host, web: Serve, engine: str, role: str) -> None:
    script = become(host, engine, role, web)
    assert host.run(script).returncode == 0
    host.values["NODE_TOOLS_URL"] = "file:///nowhere"  # already there
    done = host.run(script)
    assert done.returncode == 0, done.stdout + done.stderr
    verbs = [words[:2] for words in host.calls("docker") if words[0] in ("run", "rm")]
    assert verbs == [["run", "--detach"], ["rm", "--force"], ["run", "--detach"]]


@pytest.mark.parametrize("there", [True, False])
def test_without_an_active_device_the_nodes_use_tcp(host: Host, there: bool) -> None:
    state = host.root / "sys/class/infiniband/erdma_0/ports/1/state"
    if there:
        state.write_text("1: DOWN\n", encoding="utf-8")
    else:
        shutil.rmtree(host.root / "sys/class/infiniband")
    assert host.run("vllm/master.sh").returncode == 0
    (arguments,) = [words for words in host.calls("docker") if words[0] == "run"]
    assert "NCCL_IB_DISABLE=1" in arguments
    assert "/dev/infiniband" not in arguments
    assert "--device" not in arguments
    assert "the nodes use TCP" in host.said()


@pytest.mark.parametrize("fact", ["image_build", "model", "engine", "engine_version", "image_id", "fabric"])
def test_nodes_that_differ_do_not_join(host: Host, web: Serve, fact: str) -> None:
    become(host, "vllm-0.8.5.post1", "worker", web)
    host.values["PEER_PORT"] = str(web(facts_of("vllm-0.8.5.post1", **{fact: "another"}), MASTER_IP))
    assert host.run("vllm/worker.sh").returncode == 1
    assert f"the nodes differ in {fact}" in host.signals()[0]["reason"]
    assert not [words for words in host.calls("docker") if words[0] == "run"]


@pytest.mark.parametrize(("engine", "port"), [("vllm-0.8.5.post1", "6379"), ("sglang-0.4.3", "20000")])
def test_a_worker_does_not_start_before_the_head_answers(host: Host, web: Serve, engine: str, port: str) -> None:
    script = become(host, engine, "worker", web)
    host.set("head", "closed")
    assert host.run(script).returncode == 1
    assert f"nothing answers on the master's port {port}" in host.signals()[0]["reason"]
    assert not [words for words in host.calls("docker") if words[0] == "run"]


@pytest.mark.parametrize(("given", "taken"), [("65536.0", "65536"), ("4096", "4096")])
def test_a_number_reaches_the_engine_whole(host: Host, web: Serve, given: str, taken: str) -> None:
    script = become(host, "vllm-0.8.5.post1", "worker", web)
    host.values["MAX_MODEL_LEN"] = given
    assert host.run(script).returncode == 0
    (arguments,) = [words for words in host.calls("docker") if words[0] == "run"]
    assert arguments[arguments.index("--max-model-len") + 1] == taken
