"""Each check sees the fault that it is there for, and nothing else."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from tests.unit.rehearse.local import Here, ToldHost

from nestforge.model.rehearsal import RehearsalPlan, Sample
from nestforge.rehearse.checks import reboot as reboot_check
from nestforge.rehearse.checks.check import INTERNET, VPC, Deployment, Secret
from nestforge.rehearse.checks.keys import keys
from nestforge.rehearse.checks.open_ports import open_ports
from nestforge.rehearse.checks.outputs import outputs
from nestforge.rehearse.checks.paths import paths
from nestforge.rehearse.checks.reboot import reboot
from nestforge.rehearse.checks.secrets import secrets
from nestforge.rehearse.opened import Opening, openings
from nestforge.sandbox.stacks.records import LogLine, StackEvent

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from nestforge.rehearse.checks.check import Check, Observation

KEY = "Key-of-40-letters"
PLAN = RehearsalPlan(
    parameters={},
    factors=(),
    samples=(Sample("Sample", VPC),),
    endpoints={VPC: "PrivateEndpoint", INTERNET: "PublicEndpoint"},
    key="ApiKey",
    promised_minutes=30,
)


def deployed(endpoint: str = "http://127.0.0.1:8000/v1", **changed: object) -> Deployment:
    host = ToldHost()
    deployment = Deployment(
        plan=PLAN,
        sides={VPC: Here("visitor"), INTERNET: Here("internet")},
        hosts=(host,),
        outputs={"PrivateEndpoint": endpoint, "ApiKey": KEY, "Sample": f"curl -sS {endpoint}/chat/completions"},
        addresses={VPC: {"127.0.0.1": host}, INTERNET: {}},
        openings=(),
        secrets=(Secret("the API key", KEY),),
        events=list,
        log=list,
    )
    return replace(deployment, **changed)  # type: ignore[arg-type]  # a test names fields of many types


def faults(check: Check, deployment: Deployment) -> list[str]:
    """Return what a check did not like, and see to it that it looked at something."""
    seen: list[Observation] = asyncio.run(check(deployment))
    assert seen
    return [each.what for each in seen if not each.holds]


@asynccontextmanager
async def api(answer: Callable[[web.Request], Awaitable[web.Response]]) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    listener = socket.create_server(("127.0.0.1", 0))
    await web.SockSite(runner, listener).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
    await runner.cleanup()


def faults_of_api(check: Check, answer: Callable[[web.Request], Awaitable[web.Response]]) -> list[str]:
    async def look() -> list[Observation]:
        async with api(answer) as endpoint:
            return await check(deployed(endpoint))

    return [each.what for each in asyncio.run(look()) if not each.holds]


async def proxy(request: web.Request) -> web.Response:
    """Answer as the service's proxy must."""
    path = request.raw_path
    if path == "/health" and request.method == "GET":
        return web.Response()
    if not path.startswith("/v1/") or ".." in path or "%2e" in path:
        return web.Response(status=404)
    return web.Response(status=200 if request.headers.get("Authorization") == f"Bearer {KEY}" else 401)


def test_an_api_that_keeps_its_rules_has_no_fault() -> None:
    assert faults_of_api(keys, proxy) == []
    assert faults_of_api(paths, proxy) == []


def test_a_key_that_is_compared_without_case_is_seen() -> None:
    async def careless(request: web.Request) -> web.Response:
        given = request.headers.get("Authorization", "").lower()
        return web.Response(status=200 if given == f"bearer {KEY}".lower() else 401)

    assert faults_of_api(keys, careless) == ["GET /v1/models with the key in other letters, vpc"]


def test_an_open_api_is_seen() -> None:
    async def open_to_all(_: web.Request) -> web.Response:
        return web.Response()

    assert len(faults_of_api(keys, open_to_all)) == 3


@pytest.mark.parametrize("leak", ["/metrics", "//metrics", "/v1/../metrics", "/tokenize"])
def test_a_path_that_is_passed_on_is_seen(leak: str) -> None:
    async def leaking(request: web.Request) -> web.Response:
        return web.Response() if request.raw_path == leak else await proxy(request)

    assert faults_of_api(paths, leaking) == [f"GET {leak}, vpc"]


def test_what_listens_is_heard_only_where_a_group_opens_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        promised, hidden = one.getsockname()[1], other.getsockname()[1]
        listening = "\n".join(f"LISTEN 0 1 0.0.0.0:{port} 0.0.0.0:*" for port in (promised, hidden))
        host = ToldHost(said={"ss -Hltn": listening})
        rule = Opening(promised, promised, "127.0.0.0/8")
        every = Opening(1, 65535, "127.0.0.0/8")
        deployment = deployed(addresses={VPC: {"127.0.0.1": host}})
        (seen,) = asyncio.run(open_ports(replace(deployment, openings=(rule,))))
        assert not seen.holds
        _, _, beyond = seen.got.partition("not promised, but heard from: ")
        assert str(hidden) in beyond.split(", ")
        assert faults(open_ports, replace(deployment, openings=(every,))) == []


def test_a_promised_port_that_is_silent_is_seen() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # nobody listens
        port = closed.getsockname()[1]
        host = ToldHost(said={"ss -Hltn": f"LISTEN 0 1 0.0.0.0:{port} 0.0.0.0:*"})
        everything = Opening(1, 65535, "127.0.0.0/8")
        deployment = deployed(addresses={VPC: {"127.0.0.1": host}}, openings=(everything,))
        (seen,) = asyncio.run(open_ports(deployment))
        assert f"promised, but silent: {port}" in seen.got
        only_inside = ToldHost(said={"ss -Hltn": f"LISTEN 0 1 127.0.0.1:{port} 0.0.0.0:*"})
        assert faults(open_ports, replace(deployment, addresses={VPC: {"127.0.0.1": only_inside}})) == []


def test_openings_are_those_for_addresses() -> None:
    group = {
        "SecurityGroupIngress": [
            {"IpProtocol": "tcp", "PortRange": "8000/8000", "SourceCidrIp": "10.0.0.0/8"},
            {"IpProtocol": "udp", "PortRange": "53/53", "SourceCidrIp": "0.0.0.0/0"},
            {"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "0.0.0.0/0", "Policy": "drop"},
        ]
    }
    peers = {"IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-1"}
    anybody = {"IpProtocol": "all", "PortRange": "-1/-1", "SourceCidrIp": "192.168.0.0/16"}
    found = openings(
        [
            ("ALIYUN::ECS::SecurityGroup", group),
            ("ALIYUN::ECS::SecurityGroupIngress", peers),
            ("ALIYUN::ECS::SecurityGroupIngress", anybody),
            ("ALIYUN::ECS::VPC", {}),
        ]
    )
    assert found == (Opening(8000, 8000, "10.0.0.0/8"), Opening(1, 65535, "192.168.0.0/16"))
    assert found[0].lets("10.1.2.3", 8000)
    assert not found[0].lets("11.1.2.3", 8000)
    assert not found[0].lets("10.1.2.3", 8001)


def searched(tmp_path: Path, **changed: str) -> Deployment:
    """Return a deployment whose host says in each place what it is told, and nothing else."""
    (tmp_path / "var/log/llm").mkdir(parents=True)
    (tmp_path / "var/log/llm/start.log").write_text(changed.get("log", "fine"))
    said = {"docker inspect": changed.get("inspect", "[]"), "docker logs": changed.get("docker", "")}
    host = ToldHost(said=said, lines=[(1, changed.get("process", "init"))], root=tmp_path)
    event = StackEvent("e", "s", "Master", "t", "p", "CREATE_FAILED", changed.get("event", ""), "2026-01-01T00:00:00")
    line = LogLine("s", "Master", "2026-01-01T00:00:00", changed.get("said", ""))
    return deployed(hosts=(host,), events=lambda: [event], log=lambda: [line])


@pytest.mark.parametrize(
    ("place", "named"),
    [
        ("log", "the log files of llm-master"),
        ("inspect", "docker inspect on llm-master"),
        ("docker", "docker logs on llm-master"),
        ("process", "the process list of llm-master"),
        ("event", "the events of the stack"),
        ("said", "what the resources said"),
    ],
)
def test_a_secret_is_found_where_it_must_not_be(tmp_path: Path, place: str, named: str) -> None:
    assert faults(secrets, searched(tmp_path, **{place: f"--api-key {KEY} --port"})) == [f"the API key in {named}"]


def test_where_no_secret_is_none_is_found(tmp_path: Path) -> None:
    assert faults(secrets, searched(tmp_path)) == []


def test_a_host_that_cannot_be_looked_into_is_no_pass(tmp_path: Path) -> None:
    (tmp_path / "var/log").mkdir(parents=True)
    with pytest.raises(RuntimeError, match="docker inspect"):
        faults(secrets, deployed(hosts=(ToldHost(root=tmp_path),)))


def test_outputs_are_there_for_the_sides_that_there_are() -> None:
    assert faults(outputs, deployed()) == []
    public = {VPC: {"127.0.0.1": ToldHost()}, INTERNET: {"203.0.113.7": ToldHost()}}
    assert faults(outputs, deployed(addresses=public)) == ["output PublicEndpoint"]
    without = {"PrivateEndpoint": "http://10.9.9.9:8000/v1", "ApiKey": "", "Sample": "curl"}
    assert faults(outputs, deployed(outputs=without)) == ["ApiKey", "address of the API, vpc"]


def test_after_a_restart_the_sample_is_asked_until_it_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    async def comes_up(_: web.Request) -> web.Response:
        asked.append(1)
        answer = {"usage": {"completion_tokens": 3}, "choices": []} if len(asked) > 2 else {"error": "loading"}
        return web.json_response(answer)

    async def look() -> tuple[list[Observation], ToldHost]:
        async with api(comes_up) as endpoint:
            deployment = deployed(endpoint)
            (host,) = deployment.hosts
            assert isinstance(host, ToldHost)
            return await reboot(deployment), host

    monkeypatch.setattr(reboot_check, "PAUSE", 0)
    seen, host = asyncio.run(look())
    assert [each.holds for each in seen] == [True]
    assert (host.reboots, len(asked)) == (1, 3)
    monkeypatch.setattr(reboot_check, "LIMIT", 0)
    seen, _ = asyncio.run(look())
    assert [each.holds for each in seen] == [False]
