"""Every argument of the source document's four scripts is in the catalogs: emitted, changed or left out.

What is changed or left out has its reason there. The lists are the scripts,
argument by argument, as the document writes them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.own_project import ROOT

from nestforge.model.catalog import Argument, Variable
from nestforge.sources.project import load_project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.model.catalog import Dropped, OfferedEngine
    from nestforge.model.project import Project

IMAGE = "egs-registry.cn-hangzhou.cr.aliyuncs.com/egs/vllm:0.7.2-sglang0.4.3.post2-pytorch2.5-cuda12.4-20250224"
NCCL = (
    "NCCL_IB_DISABLE=0",
    "NCCL_DEBUG=INFO",
    "NCCL_NET_GDR_LEVEL=5",
    "NCCL_P2P_LEVEL=5",
    "NCCL_IB_GID_INDEX=1",
    "GLOO_SOCKET_IFNAME=eth0",
    "NCCL_SOCKET_IFNAME=eth0",
)
VLLM_RUN = (
    "-t",
    "-d",
    "--entrypoint /bin/bash",
    "--name=vllm",
    "--ipc=host",
    "--cap-add=SYS_PTRACE",
    "--network=host",
    "--gpus all",
    "--privileged",
    "--ulimit memlock=-1",
    "--ulimit stack=67108864",
    "-v /root:/root",
    IMAGE,
    "pip install --upgrade vllm==0.8.2",
)
SGLANG_RUN = (
    "-d",
    "-t",
    "--net=host",
    "--gpus all",
    "--entrypoint /bin/bash",
    "--privileged",
    "--ipc=host",
    "--name llm-server",
    "-v /root:/root",
    IMAGE,
    "pip install sglang==0.4.3",
)
SGLANG_LAUNCH = (
    "python3 -m sglang.launch_server",
    "--model-path /root/llm-model/${ModelName}",
    "--served-model-name ${ModelName}",
    "--tp 16",
    "--dist-init-addr ${HEAD_NODE_ADDRESS}:20000",
    "--nnodes 2",
    "--trust-remote-code",
    "--host 0.0.0.0",
    "--port 8000",
    "--mem-fraction-static 0.9",
)
SCRIPTS = {
    ("vllm", "master"): (
        *VLLM_RUN,
        *NCCL,
        "ray start",
        "--head",
        "--dashboard-host 0.0.0.0",
        "--port=6379",
        "tail -f /dev/null",
    ),
    ("vllm", "worker"): (
        *VLLM_RUN,
        *NCCL,
        "ray start",
        "--address='${HEAD_NODE_ADDRESS}:6379'",
        "vllm serve",
        "/root/llm-model/${ModelName}",
        "--served-model-name ${ModelName}",
        "--gpu-memory-utilization 0.98",
        "--max-model-len ${MaxModelLen}",
        "--enable-chunked-prefill",
        "--host=0.0.0.0",
        "--port 8000",
        "--trust-remote-code",
        '--api-key "${VLLM_API_KEY}"',
        "--tensor-parallel-size $(nvidia-smi ...)",
        "--pipeline-parallel-size 2",
    ),
    ("sglang", "master"): (*SGLANG_RUN, *NCCL, *SGLANG_LAUNCH, "--node-rank 0"),
    ("sglang", "worker"): (*SGLANG_RUN, *NCCL, *SGLANG_LAUNCH, "--node-rank 1"),
}
# One way of writing an argument for another of the same meaning.
SPELLINGS = {"--net host": "--network host", "-t": "-t -d", "-d": "-t -d"}
# What takes the place of a value that is written out there.
FILLED_IN = {
    "$MODEL": "${ModelName}",
    "$MODEL_DIR": "/root/llm-model/${ModelName}",
    "$MAX_MODEL_LEN": "${MaxModelLen}",
    "$MASTER_IP:$RAY_GCS_PORT": "${HEAD_NODE_ADDRESS}:6379",
    "$MASTER_IP:$DIST_INIT_PORT": "${HEAD_NODE_ADDRESS}:20000",
    "$RAY_GCS_PORT": "6379",
    "$NODE_COUNT": "2",
    "$PIPELINE_PARALLEL": "2",
}


@pytest.fixture(scope="module")
def project() -> Project:
    return load_project(ROOT)


def one_spelling(argument: str) -> str:
    """Write `--flag=value` as `--flag value`, without quotes around the value.

    >>> one_spelling("--address='x:1'")
    '--address x:1'
    """
    spaced = re.sub(r"^(--?[a-z-]+)=", r"\1 ", argument).replace("'", "")
    return SPELLINGS.get(spaced, spaced)


def own_arguments(offered: OfferedEngine, role: str) -> tuple[Argument, ...]:
    return offered.engine.head_arguments if role == "master" else offered.engine.join_arguments


def entries(project: Project, offered: OfferedEngine, role: str) -> Iterator[Argument | Variable | Dropped]:
    """Yield what the catalogs say of the arguments of one node."""
    engine, container = offered.engine, project.service.container
    yield from container.arguments
    yield from container.dropped
    yield from (*project.catalog.machine.fabric.environment, *engine.environment)
    yield from own_arguments(offered, role)
    yield from engine.serve_arguments
    yield from (*engine.dropped, *offered.release.dropped)


def written_otherwise(project: Project, offered: OfferedEngine, role: str) -> dict[str, bool]:
    """Return the arguments that are a field of their own, and whether that field still says the same."""
    container, engine = project.service.container, offered.engine
    script = (ROOT / f"scripts/{engine.id}/{role}.sh").read_text(encoding="utf-8")
    return {
        IMAGE: engine.source_image == IMAGE,
        "--entrypoint /bin/bash": container.entrypoint == "/bin/bash",
        "--name vllm": f"--name {container.name}" == "--name llm-server",
        "--name llm-server": container.name == "llm-server",
        "-t -d": "docker run --detach" in script and any(entry.argument == "-t" for entry in container.dropped),
        "ray start": "ray start" in script,
        "vllm serve": "vllm serve" in script,
        "/root/llm-model/${ModelName}": container.model_root == "/root/llm-model" and '"$MODEL_DIR"' in script,
        "python3 -m sglang.launch_server": "python3 -m sglang.launch_server" in script,
    }


@pytest.mark.parametrize(("kind", "role"), SCRIPTS)
def test_every_argument_of_the_source_is_accounted_for(project: Project, kind: str, role: str) -> None:
    for offered in project.catalog.engines:
        if offered.engine.id != kind:
            continue
        known = {one_spelling(entry.source) for entry in entries(project, offered, role) if entry.source}
        fields = written_otherwise(project, offered, role)
        missing = [
            argument
            for argument in SCRIPTS[kind, role]
            if one_spelling(argument) not in known and not fields.get(one_spelling(argument))
        ]
        assert missing == [], offered.id


@pytest.mark.parametrize(("kind", "role"), SCRIPTS)
def test_the_catalogs_quote_nothing_that_the_source_does_not_have(project: Project, kind: str, role: str) -> None:
    there = {one_spelling(argument) for argument in SCRIPTS[kind, role]}
    both = there | {one_spelling(argument) for script in SCRIPTS.values() for argument in script}
    for offered in project.catalog.engines:
        if offered.engine.id != kind:
            continue
        # The container and its serve arguments are of both nodes, the head's and the joiner's of one.
        own = own_arguments(offered, role)
        assert [entry.source for entry in own if entry.source and one_spelling(entry.source) not in there] == []
        quoted = [entry.source for entry in entries(project, offered, role) if entry.source]
        assert [source for source in quoted if one_spelling(source) not in both] == []


@pytest.mark.parametrize(("kind", "role"), SCRIPTS)
def test_a_change_has_its_reason(project: Project, kind: str, role: str) -> None:
    for offered in project.catalog.engines:
        if offered.engine.id != kind:
            continue
        for entry in entries(project, offered, role):
            if entry.source is None or entry.reason:
                continue
            emitted = " ".join(str(word) for word in words(entry))
            assert emitted == one_spelling(entry.source), "a changed argument without a reason"


def words(entry: Argument | Variable | Dropped) -> Iterator[str]:
    """Yield the entry as it is emitted, with the values that the source writes out."""
    if isinstance(entry, Argument):
        yield entry.flag
        if entry.value is not None:
            yield FILLED_IN.get(entry.value, entry.value)
    elif isinstance(entry, Variable):
        yield f"{entry.name}={entry.value}"


CHANGED_OR_DROPPED = (
    "--host",
    "--port",
    "--api-key",
    "--privileged",
    "--include-dashboard",
    "--gpu-memory-utilization",
    "NCCL_DEBUG",
    "pip install",
    "--tp-size",
    "--trust-remote-code",
)


@pytest.mark.parametrize("name", CHANGED_OR_DROPPED)
def test_what_is_known_to_be_wrong_there_is_explained(project: Project, name: str) -> None:
    found = [
        entry
        for offered in project.catalog.engines
        for role in ("master", "worker")
        for entry in entries(project, offered, role)
        if name in {getattr(entry, "flag", None), getattr(entry, "name", None), getattr(entry, "argument", None)}
        and entry.source
        and not one_spelling(entry.source).startswith("--port 6379")
    ]
    assert found
    assert all(entry.reason for entry in found)


def test_the_engine_listens_where_only_the_proxy_reaches_it(project: Project) -> None:
    for offered in project.catalog.engines:
        emitted = {entry.flag: entry.value for entry in offered.engine.serve_arguments}
        assert emitted["--host"] == "127.0.0.1"
        assert emitted["--port"] == "$ENGINE_PORT"
        assert "--api-key" not in emitted
