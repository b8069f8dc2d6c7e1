"""What passes between hosts, visitors and the internet, tried with real connections."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from nestforge.rehearse.network.security_group import read_rule
from nestforge.rehearse.world import OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.rehearsal.conftest import Scene

    from nestforge.rehearse.host import Vantage
    from nestforge.rehearse.instance import Instance

_SERVER = "cd /tmp && setsid -f python3 -m http.server --bind 0.0.0.0 {port} >/tmp/{port}.log 2>&1 </dev/null"
_UP = "until ss -Hltn 'sport = :{port}' | grep -q .; do sleep 0.1; done"


@pytest.fixture(scope="module")
def serving(scene: Scene) -> Instance:
    """Give a host that answers on two ports."""
    scene.group("sg-serving", enterprise=True)
    host = scene.host("serving", "sg-serving")
    for port in (8000, 8001):
        assert scene.shell(host, f"{_SERVER}; {_UP}".format(port=port)).returncode == 0
    return host


@pytest.fixture(scope="module")
def asking(scene: Scene) -> Instance:
    scene.group("sg-asking")
    return scene.host("asking", "sg-asking")


@pytest.fixture(autouse=True)
def no_rules(scene: Scene, serving: Instance, asking: Instance) -> Iterator[None]:
    yield
    for name in ("sg-serving", "sg-asking"):
        scene.world.groups[name].ingress.clear()
        scene.world.groups[name].egress.clear()
    scene.do(scene.world.apply_groups())


def _rule(scene: Scene, group: str, **entry: object) -> None:
    entry = {"IpProtocol": "tcp", "PortRange": "8000/8000", **entry}
    inward = "SourceCidrIp" in entry or "SourceGroupId" in entry
    rules = scene.world.groups[group].ingress if inward else scene.world.groups[group].egress
    rules[str(len(rules))] = [read_rule(entry, "Source" if inward else "Dest")]
    scene.do(scene.world.apply_groups())


def _reaches(scene: Scene, place: Vantage, address: str, port: int = 8000, source: str = "") -> bool:
    interface = ["--interface", source] if source else []
    url = f"http://{address}:{port}/"
    return scene.do(place.run(["curl", "-s", "-m", "1", "-o", "/dev/null", *interface, url])).returncode == 0


def test_nothing_comes_in_that_no_rule_accepts(scene: Scene, serving: Instance, asking: Instance) -> None:
    assert not _reaches(scene, asking, serving.address)
    _rule(scene, "sg-serving", SourceCidrIp="192.168.0.0/16")
    assert _reaches(scene, asking, serving.address)
    assert not _reaches(scene, asking, serving.address, 8001)


def test_a_rule_may_name_a_group(scene: Scene, serving: Instance, asking: Instance) -> None:
    visitor = scene.do(scene.world.visitor("vsw-test"))
    _rule(scene, "sg-serving", SourceGroupId="sg-asking", IpProtocol="all", PortRange="-1/-1")
    assert _reaches(scene, asking, serving.address, 8001)
    assert not _reaches(scene, visitor, serving.address, 8001)


def test_members_of_a_basic_group_reach_each_other_those_of_an_enterprise_group_do_not(
    scene: Scene, serving: Instance, asking: Instance
) -> None:
    scene.group("sg-basic")
    first, second = scene.host("first", "sg-basic"), scene.host("second", "sg-basic")
    scene.shell(second, f"{_SERVER}; {_UP}".format(port=8000))
    _rule(scene, "sg-basic", SourceCidrIp="0.0.0.0/0", Policy="drop")
    assert _reaches(scene, first, second.address)
    third = scene.host("third", "sg-serving")
    _rule(scene, "sg-serving", DestCidrIp="0.0.0.0/0", IpProtocol="all", PortRange="-1/-1")
    assert not _reaches(scene, third, serving.address)
    for host in (first, second, third):
        scene.do(scene.world.remove_instance(host.instance_id))


def test_priority_decides_and_among_equals_what_drops(scene: Scene, serving: Instance, asking: Instance) -> None:
    _rule(scene, "sg-serving", SourceCidrIp="0.0.0.0/0", Priority=1)
    _rule(scene, "sg-serving", SourceCidrIp=f"{asking.address}/32", Priority=2, Policy="drop")
    assert _reaches(scene, asking, serving.address)
    _rule(scene, "sg-serving", SourceCidrIp=f"{asking.address}/32", Priority=1, Policy="drop")
    assert not _reaches(scene, asking, serving.address)


def test_what_goes_out_is_filtered_too(scene: Scene, serving: Instance, asking: Instance) -> None:
    _rule(scene, "sg-serving", SourceCidrIp="0.0.0.0/0")
    _rule(scene, "sg-asking", DestCidrIp=f"{serving.address}/32", Policy="drop")
    assert not _reaches(scene, asking, serving.address)


def test_icmp_has_its_own_rules(scene: Scene, serving: Instance, asking: Instance) -> None:
    echo = (
        "import socket, sys; s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP); s.settimeout(1); "
        "s.sendto(bytes([8, 0, 0xf7, 0xff, 0, 0, 0, 0]), (sys.argv[1], 0)); s.recv(99)"
    )
    ping = ["python3", "-c", echo, serving.address]
    _rule(scene, "sg-serving", SourceCidrIp="0.0.0.0/0")
    assert scene.do(asking.run(ping)).returncode != 0
    _rule(scene, "sg-serving", SourceCidrIp="0.0.0.0/0", IpProtocol="icmp", PortRange="-1/-1")
    assert scene.do(asking.run(ping)).returncode == 0


def test_the_root_of_a_host_cannot_open_it(scene: Scene, serving: Instance, asking: Instance) -> None:
    scene.shell(serving, "nft flush ruleset; ip link set eth0 promisc on")
    assert not _reaches(scene, asking, serving.address)


def test_a_host_cannot_send_from_the_address_of_another(scene: Scene, serving: Instance, asking: Instance) -> None:
    visitor = scene.do(scene.world.visitor("vsw-test"))
    _rule(scene, "sg-serving", SourceCidrIp=f"{asking.address}/32")
    scene.shell(visitor, f"ip address add {asking.address}/24 dev eth0")
    assert not _reaches(scene, visitor, serving.address, source=asking.address)
    assert _reaches(scene, asking, serving.address)


def test_the_internet_reaches_a_public_address_alone(scene: Scene, serving: Instance) -> None:
    world, internet = scene.world, scene.world.internet()
    _rule(scene, "sg-serving", SourceCidrIp=f"{OUTSIDE[0]}/32")
    assert not _reaches(scene, internet, serving.address)
    public = world.take_public()
    scene.do(world.publish(serving, public))
    assert _reaches(scene, internet, public)
    assert not _reaches(scene, internet, public, 8001)
    assert not _reaches(scene, internet, public, source=OUTSIDE[1])
    assert scene.shell(internet, f"ip route add {serving.address} dev vpc1").returncode == 0
    assert not _reaches(scene, internet, serving.address)
    assert f"{public}/" not in scene.shell(serving, "ip address").stdout
    told = scene.shell(serving, "curl -fsS http://100.100.100.200/latest/meta-data/eipv4").stdout
    assert told == public
    scene.do(world.withdraw(serving))
    assert not _reaches(scene, internet, public)


def test_only_a_public_address_leads_to_the_internet(scene: Scene, asking: Instance) -> None:
    world, internet = scene.world, scene.world.internet()
    scene.shell(internet, f"{_SERVER}; {_UP}".format(port=80))
    assert not _reaches(scene, asking, OUTSIDE[0], 80)
    public = world.take_public()
    scene.do(world.publish(asking, public))
    assert _reaches(scene, asking, OUTSIDE[0], 80)
    assert public in scene.shell(internet, "cat /tmp/80.log").stdout
    scene.do(world.withdraw(asking))


@pytest.mark.parametrize("turns", [0, 1, 20])
def test_publishing_that_is_given_up_leaves_nothing(scene: Scene, serving: Instance, turns: int) -> None:
    world, internet = scene.world, scene.world.internet()
    public = world.take_public()
    _rule(scene, "sg-serving", SourceCidrIp="0.0.0.0/0")

    async def give_up() -> None:
        publishing = asyncio.create_task(world.publish(serving, public))
        for _ in range(turns):
            await asyncio.sleep(0)
        publishing.cancel()
        await asyncio.gather(publishing, return_exceptions=True)

    scene.do(give_up())
    assert not serving.public
    assert not _reaches(scene, internet, public)
    scene.do(world.publish(serving, public))
    assert _reaches(scene, internet, public)
    scene.do(world.withdraw(serving))


def test_a_cut_link_heals(scene: Scene, serving: Instance, asking: Instance) -> None:
    _rule(scene, "sg-serving", SourceCidrIp="0.0.0.0/0")
    scene.world.cut(serving.instance_id)
    assert not _reaches(scene, asking, serving.address)
    scene.world.heal(serving.instance_id)
    assert _reaches(scene, asking, serving.address)


def test_names_of_the_internet_are_unknown_at_once(scene: Scene, asking: Instance) -> None:
    done = scene.do(asking.run(["curl", "-sS", "-m", "5", "https://example.com/"]))
    assert (done.returncode, done.timed_out) == (6, False)
