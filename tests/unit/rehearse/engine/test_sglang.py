"""The stand-in for SGLang: two real processes on loopback that must meet before one serves."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from tests.own_project import ROOT
from tests.scripts.node_host import free_port

from nestforge.rehearse.engine import inside
from nestforge.rehearse.engine.command_line import table_of
from nestforge.rehearse.engine.make_model import CHAT_TEMPLATE
from nestforge.rehearse.engine.records import recorded
from nestforge.rehearse.engine.sglang.settings import Refused, read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TABLE = table_of("sglang", "0.4.3")
LIMIT = 30.0
# The engine's environment has the real one; a token is a word here.
TOKENIZERS = """
class Tokenizer:
    @classmethod
    def from_file(cls, path):
        open(path).close()
        return cls()
    def __init__(self):
        self.words = []
    def encode(self, text):
        self.words += text.split()
        count = len(text.split())
        ids = list(range(len(self.words) - count, len(self.words)))
        return type("Encoding", (), {"ids": ids})()
    def decode(self, ids):
        return " ".join(self.words[id] for id in ids)
"""


class Ranks:
    """Starts ranks of one server, each with what a container has."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ports = folder, {rank: free_port() for rank in (0, 1)}
        self.meeting_point = f"127.0.0.1:{free_port()}"
        self.processes: list[subprocess.Popen[str]] = []
        (folder / "tokenizers.py").write_text(TOKENIZERS, encoding="utf-8")
        (folder / "tokenizer.json").touch()
        (folder / "chat_template.jinja").write_text(CHAT_TEMPLATE, encoding="utf-8")
        (folder / "image.json").write_text(inside.ImageFacts("sglang", {"sglang": "0.4.3"}).text(), encoding="utf-8")
        smi = folder / "bin" / "nvidia-smi"
        smi.parent.mkdir()
        smi.write_text("#!/bin/sh\nfor gpu in 0 1 2 3 4 5 6 7; do echo $gpu; done\n", encoding="utf-8")
        smi.chmod(0o755)

    def start(self, rank: int, *more: str) -> subprocess.Popen[str]:
        """Start a rank; flags in `more` win."""
        flags = ["--model-path", str(self.folder), "--served-model-name", "a/b", "--host", "127.0.0.1"]
        flags += ["--port", str(self.ports[rank]), "--tp-size", "16", "--nnodes", "2", "--node-rank", str(rank)]
        flags += ["--dist-init-addr", self.meeting_point, "--context-length", "4096", *more]
        variables = {
            inside.FACTS_VARIABLE: str(self.folder / "image.json"),
            inside.RECORDS_VARIABLE: str(self.folder / inside.RECORDS.lstrip("/")),
            "PATH": f"{self.folder}/bin:/usr/bin:/bin",
            "PYTHONPATH": os.pathsep.join([str(self.folder), str(ROOT / "tools")]),
        }
        command = [sys.executable, "-m", "nestforge.rehearse.engine.sglang.launch_server", *flags]
        process = subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.processes.append(process)
        return process

    def ask(self, rank: int, path: str, body: object = None, key: str = "") -> tuple[int, bytes]:
        """Return the answer to a request, once the rank answers."""
        end = time.monotonic() + LIMIT
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.ports[rank], timeout=LIMIT)
            try:
                method, data = ("GET", None) if body is None else ("POST", json.dumps(body))
                connection.request(method, path, data, {"Authorization": f"Bearer {key}"} if key else {})
                response = connection.getresponse()
                return response.status, response.read()
            except ConnectionRefusedError:
                assert time.monotonic() < end, "the rank does not answer"
            finally:
                connection.close()

    def answers(self, rank: int) -> bool:
        """Return whether anything listens on the rank's port."""
        connection = http.client.HTTPConnection("127.0.0.1", self.ports[rank], timeout=LIMIT)
        try:
            connection.connect()
        except ConnectionRefusedError:
            return False
        finally:
            connection.close()
        return True


@pytest.fixture
def ranks(tmp_path: Path) -> Iterator[Ranks]:
    ranks = Ranks(tmp_path)
    yield ranks
    for process in ranks.processes:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


def chat(**more: object) -> dict[str, object]:
    return {"model": "a/b", "messages": [{"role": "user", "content": "one two three"}], **more}


def test_the_api_opens_when_both_ranks_have_met(ranks: Ranks) -> None:
    head = ranks.start(0)
    assert head.stdout
    assert "stand-in" in head.stdout.readline()
    assert not ranks.answers(0)
    ranks.start(1)
    assert ranks.ask(0, "/health")[0] == 200
    assert ranks.ask(0, "/health_generate")[0] == 200
    assert ranks.ask(1, "/health")[0] == 200
    listed = json.loads(ranks.ask(0, "/v1/models")[1])
    assert [one["id"] for one in listed["data"]] == ["a/b"]
    assert [one.use.after for one in recorded(ranks.folder)] == ["stand-in", "stand-in"]


def test_a_chat_counts_its_tokens(ranks: Ranks) -> None:
    for rank in (1, 0):
        ranks.start(rank)
    status, body = ranks.ask(0, "/v1/chat/completions", chat(max_tokens=5))
    answer = json.loads(body)
    assert status == 200
    assert answer["usage"]["completion_tokens"] == 5 == len(answer["choices"][0]["message"]["content"].split())
    assert answer["usage"]["prompt_tokens"] == 3
    assert answer["usage"]["total_tokens"] == 8
    assert answer["choices"][0]["finish_reason"] == "length"


def test_a_stream_comes_token_by_token(ranks: Ranks) -> None:
    for rank in (0, 1):
        ranks.start(rank)
    asked = chat(max_tokens=4, stream=True, stream_options={"include_usage": True})
    _, body = ranks.ask(0, "/v1/chat/completions", asked)
    events = [line.removeprefix("data: ") for line in body.decode().splitlines() if line]
    assert events[-1] == "[DONE]"
    chunks = [json.loads(event) for event in events[:-1]]
    pieces = [chunk["choices"][0]["delta"].get("content") for chunk in chunks if chunk["choices"]]
    assert len([piece for piece in pieces if piece]) == 4
    assert chunks[-1]["usage"]["completion_tokens"] == 4
    assert chunks[-2]["choices"][0]["finish_reason"] == "length"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (chat(max_tokens=0), "max_tokens"),
        (chat(max_tokens=5000), "more than the context of 4096"),
        ({"messages": []}, "no list of messages"),
        ([], "no JSON object"),
    ],
)
def test_a_bad_request_is_refused(ranks: Ranks, body: object, said: str) -> None:
    ranks.start(0, "--nnodes", "1", "--tp-size", "8")
    status, answer = ranks.ask(0, "/v1/chat/completions", body)
    assert status == 400
    assert said in answer.decode()


def test_a_key_is_asked_for_where_one_is_set(ranks: Ranks) -> None:
    ranks.start(0, "--nnodes", "1", "--tp-size", "8", "--api-key", "right")
    assert ranks.ask(0, "/health")[0] == 200
    assert ranks.ask(0, "/v1/models")[0] == 401
    assert ranks.ask(0, "/v1/models", key="wrong")[0] == 401
    assert ranks.ask(0, "/v1/models", key="right")[0] == 200


@pytest.mark.parametrize("dies", [0, 1])
def test_a_rank_that_dies_takes_the_other_along(ranks: Ranks, dies: int) -> None:
    processes = [ranks.start(rank) for rank in (0, 1)]
    ranks.ask(0, "/health")
    processes[dies].kill()
    output, _ = processes[1 - dies].communicate(timeout=LIMIT)
    assert processes[1 - dies].returncode == 137
    assert f"rank {dies} has gone" in output


def test_a_rank_that_does_not_answer_ends_the_server(ranks: Ranks) -> None:
    head, other = ranks.start(0, "--watchdog-timeout", "0.2"), ranks.start(1)
    ranks.ask(0, "/health")
    other.send_signal(signal.SIGSTOP)
    ranks.ask(0, "/v1/chat/completions", chat(max_tokens=1))
    output, _ = head.communicate(timeout=LIMIT)
    assert head.returncode == 137
    assert "a rank did not answer for 0.2 s" in output


def test_a_rank_may_come_again_before_the_world_is_complete(ranks: Ranks) -> None:
    head = ranks.start(0, "--nnodes", "4")
    first = ranks.start(1, "--nnodes", "4")
    assert head.stdout
    while "rank 1 has joined" not in head.stdout.readline():
        assert head.poll() is None
    first.kill()
    first.wait()
    ranks.start(1, "--nnodes", "4")
    assert "rank 1 has joined: 2 of 4" in head.stdout.readline()


def test_ranks_that_do_not_fit_together_say_so(ranks: Ranks) -> None:
    ranks.start(0)
    wrong = ranks.start(1, "--tp-size", "8")
    output, _ = wrong.communicate(timeout=LIMIT)
    assert wrong.returncode == 137
    assert "'tp_size': 16" in output
    assert "'tp_size': 8" in output


def test_too_few_gpus_are_refused(ranks: Ranks) -> None:
    process = ranks.start(0, "--tp-size", "32")
    output, _ = process.communicate(timeout=LIMIT)
    assert process.returncode == 2
    assert "8 GPUs, 16 are needed" in output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--tp-size", "8"], "required: --model-path"),
        (["--model-path", "/m", "--pp-size", "2"], "no flag '--pp-size'"),
        (["--model-path", "/m", "--tp-size", "3", "--nnodes", "2"], "divisible"),
        (["--model-path", "/m", "--tp-size", "16", "--nnodes", "2"], "--dist-init-addr is needed"),
    ],
)
def test_what_sglang_refuses_is_refused(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Refused) as caught:
        read_settings(arguments, TABLE)
    assert caught.value.code == 2
    assert said in capsys.readouterr().err


def test_the_flags_of_the_service_are_read() -> None:
    settings = read_settings(
        ["--model-path", "/m", "--tp", "16", "--nnodes", "2", "--node-rank", "1", "--dist-init-addr", "10.0.0.1:20000"],
        TABLE,
    )
    assert (settings.gpus_of_node, settings.rank, settings.meeting_point) == (8, 1, "10.0.0.1:20000")
    assert settings.model == "/m"
