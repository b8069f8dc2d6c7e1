from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tests.scripts.node_host import KEY

if TYPE_CHECKING:
    from tests.scripts.node_host import Host

SCRIPT = "vllm/master.sh"


def signalled(host: Host, script: str = SCRIPT) -> str:
    """Run the script, which must fail and say so once; return the reason."""
    done = host.run(script)
    assert done.returncode != 0
    (signal,) = host.signals()
    assert set(signal) == {"status", "reason", "data"}
    assert (signal["status"], signal["data"]) == ("FAILURE", "master")
    assert KEY not in signal["reason"] + done.stdout + done.stderr + host.said()
    return signal["reason"]


@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [
        ("cards", "97871, 550.90.07\n", "1 GPUs, expected 2"),
        ("cards", "81559, 550.90.07\n81559, 550.90.07\n", "GPU 0 has 81559 MiB"),
        ("cards", "97871, 550.9\n97871, 550.9\n", "the driver is 550.9"),
        ("cards", "97871, 535.161.08\n97871, 535.161.08\n", "the driver is 535.161.08"),
        ("route", "127.0.0.2 dev eth1 src 10.9.9.9\n", "the stack knows it as 127.0.0.1"),
        ("image_id", "sha256:other\n", "is not the container image that was built"),
        ("etc/image.json", '{"image_build": "old", "model": "a/b"}', "the ECS image is of build 'old'"),
        ("etc/image.json", '{"model": "c/d"}', "the ECS image holds 'c/d', not a/b"),
        ("etc/model.manifest", "8 0 w.bin\n", "w.bin is missing or not of 8 bytes"),
        ("etc/model.manifest", "", "names no file"),
        ("listening", "sport = :6379", "port 6379 (RAY_GCS_PORT) is taken"),
        ("state", "exited 0\n", "is exited"),
        ("state", "restarting 3\n", "restarted 3 times"),
        ("bin/docker", "exit 7\n", "is missing"),
        ("bin/df", "printf 'Avail\\n 3G\\n'\n", "3 GiB are free"),
        ("bin/nginx", "exit 1\n", "nginx refuses its configuration"),
        ("bin/systemctl", "exit 5\n", "systemctl enable"),
    ],
)  # fmt: skip
def test_the_cause_of_a_failure_is_signalled(host: Host, file: str, text: str, reason: str) -> None:
    host.set(file, text)
    assert reason in signalled(host)


def test_a_head_that_does_not_answer_is_signalled_with_the_end_of_its_log(host: Host) -> None:
    docker = (host.root / "bin/docker").read_text(encoding="utf-8")
    host.set("bin/docker", docker.replace('"exec "*)', '"exec "*) exit 1;;\n"never "*)'))
    assert "the Ray head did not come within 0 s" in signalled(host)
    said = host.said()
    order = [said.index(word) for word in ("failed: ", "| the engine's log", "what to do: ", "ended: ")]
    assert order == sorted(order)


def test_any_text_makes_a_valid_signal_of_at_most_300_signs_without_the_key(host: Host) -> None:
    weird = "\\\"quote\" 'single' $(id) `id` \t\n é中 " + KEY + " x" * 400
    host.values["MODEL"] = weird
    host.set("etc/image.json", '{"model": "c/d"}')
    reason = signalled(host)
    assert len(reason) <= 300
    assert "***" in reason
    assert "$(id)" in reason


def test_tools_with_another_checksum_are_refused(host: Host) -> None:
    host.values["NODE_TOOLS_SHA256"] = "0" * 64
    assert "wrong sha256" in signalled(host)
    assert not (host.root / "home" / ("0" * 64)).exists()


def test_tools_that_cannot_be_fetched_are_signalled(host: Host) -> None:
    host.values["NODE_TOOLS_URL"] = "file:///nowhere"
    assert "could not be fetched" in signalled(host)


def test_an_unexpected_end_names_the_command(host: Host) -> None:
    shutil.rmtree(host.root / "nginx")
    assert "nginx_conf" in signalled(host)
    assert "ended: line " in host.said()


@pytest.mark.parametrize("key", ["", "two words", "naïve"])
def test_a_key_that_a_header_cannot_carry_is_refused(host: Host, key: str) -> None:
    host.engine = host.values["ENGINE"] = "sglang-0.4.3"  # its master serves
    host.values["API_KEY"] = key
    done = host.run("sglang/master.sh")
    assert done.returncode == 1
    assert "the API key" in host.signals()[0]["reason"]


@pytest.mark.parametrize(("failures", "attempts"), [(2, 3), (9, 3)])
def test_a_signal_that_is_lost_is_sent_again(host: Host, failures: int, attempts: int) -> None:
    host.set("cards", "")
    notify = (host.root / "bin/notify").read_text(encoding="utf-8")
    count = f'echo x >>"$HOST/tries"\n(($(wc -l <"$HOST/tries") > {failures}))\n'
    host.set("bin/notify", notify + count)
    done = host.run(SCRIPT)
    assert done.returncode == 1
    assert len(host.signals()) == attempts
    assert ("the stack could not be told" in done.stderr) == (failures >= attempts)


@pytest.mark.parametrize("length", ["0", "4096.5", "1e5", "", "-1"])
def test_a_context_that_is_no_whole_number_is_refused(host: Host, length: str) -> None:
    host.values["MAX_MODEL_LEN"] = length
    assert "not a whole number of tokens" in signalled(host)


def test_a_refused_signal_is_no_success(host: Host) -> None:
    host.set("cards", "")
    host.run(SCRIPT)
    (words,) = host.calls("notify")
    assert words[:2] == ["-H", "a b"]
    assert "-fsS" in words


def test_a_failed_check_says_what_the_engine_said(host: Host) -> None:
    host.set("container", "running 9\n")
    host.set("engine.log", "CUDA out of memory\n")
    host.values["ENGINE_PORT"] = host.values["API_PORT"]
    assert "restarted 9 times" in signalled(host, "node/verify.sh")
    assert "| CUDA out of memory" in host.said()
