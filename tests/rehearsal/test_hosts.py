"""What a host is like from inside, and that commands in it end as they should."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.rehearsal.conftest import Scene

    from nestforge.rehearse.instance import Instance

_PASSWORD = "Gpu-Host-2026"


@pytest.fixture(scope="module")
def host(scene: Scene) -> Instance:
    scene.group("sg-own")
    return scene.host("master", "sg-own", password=_PASSWORD)


def test_it_is_a_machine_of_its_own(scene: Scene, host: Instance) -> None:
    said = scene.shell(host, "hostname; id -u; pwd; echo $HOME; cat /etc/of-the-image; ls /home /srv; hostname -i")
    assert said.stdout.split() == ["master", "0", "/root", "/root", "here", "/home:", "/srv:", host.address]


def test_its_root_has_the_password_of_the_order(scene: Scene, host: Instance) -> None:
    said = scene.shell(host, "stat -c %a /etc/shadow; grep ^root: /etc/shadow").stdout
    mode, hashed = said.partition(":")[0].split()[0], said.split(":")[1]
    again = scene.do(host.run(["perl", "-e", "print crypt($ARGV[0], $ARGV[1])", _PASSWORD, hashed])).stdout
    assert (mode, again) == ("640", hashed)


def test_its_disk_is_as_large_as_the_order_says_and_can_be_full(scene: Scene, host: Instance) -> None:
    assert int(scene.shell(host, "df --output=size -BG / | tail -n 1").stdout.strip(" G\n")) in (19, 20)
    full = scene.shell(host, "fallocate -l 40G /var/x; rm /var/x; fallocate -l 1G /var/enough && rm /var/enough")
    assert (full.returncode, "No space left" in full.stderr) == (0, True)


def test_what_it_writes_stays_with_it(scene: Scene, host: Instance) -> None:
    assert scene.shell(host, "echo here >/usr/bin/of-the-host && cat /usr/bin/of-the-host").stdout == "here\n"
    assert shutil.which("of-the-host") is None


def test_streams_and_exit_codes_come_back_whole(scene: Scene, host: Instance) -> None:
    done = scene.do(host.run(["bash", "-c", "cat; echo no >/dev/stderr; exit 7"], input="käse\n"))
    assert (done.stdout, done.stderr, done.returncode, done.timed_out) == ("käse\n", "no\n", 7, False)


def test_time_over_ends_all_that_a_command_began(scene: Scene, host: Instance) -> None:
    done = scene.shell(host, "sleep 1001 & (sleep 1002 & wait) & wait", timeout=1)
    assert done.timed_out
    assert not [line for _, line in scene.do(host.processes()) if "sleep 100" in line]


def test_cancelled_it_ends_all_that_a_command_began(scene: Scene, host: Instance) -> None:
    async def cancelled() -> list[str]:
        command = asyncio.create_task(host.run(["bash", "-c", "sleep 1003 & wait"]))
        while not [line for _, line in await host.processes() if "sleep 1003" in line]:
            await asyncio.sleep(0.05)
        command.cancel()
        await asyncio.gather(command, return_exceptions=True)
        return [line for _, line in await host.processes() if "sleep 1003" in line]

    assert scene.do(cancelled()) == []


def test_a_service_outlives_its_command_and_ends_with_a_reboot(scene: Scene, host: Instance) -> None:
    began = scene.shell(host, "sleep 1004 & touch /var/kept /run/gone", timeout=20)
    assert (began.returncode, began.timed_out) == (0, False)
    assert "sleep 1004" in [line for _, line in scene.do(host.processes())]
    scene.do(host.reboot())
    assert [number for number, _ in scene.do(host.processes())] == [1]
    assert scene.shell(host, "ls /var/kept /run/gone; ip -br address show eth0").stdout.split()[:1] == ["/var/kept"]


def test_it_can_make_namespaces_of_its_own(scene: Scene, host: Instance) -> None:
    done = scene.shell(host, "unshare --pid --fork --mount-proc --mount --ipc sh -c 'echo $$; ls -d /proc/[0-9]*'")
    assert done.stdout.split()[:2] == ["1", "/proc/1"], done.stderr


def test_metadata_is_told_with_and_without_a_token(scene: Scene, host: Instance) -> None:
    base = "http://100.100.100.200/latest"
    script = f"""
        token=$(curl -fsS -X PUT -H 'X-aliyun-ecs-metadata-token-ttl-seconds: 60' {base}/api/token)
        curl -fsS -H "X-aliyun-ecs-metadata-token: $token" {base}/meta-data/instance-id; echo
        for item in private-ipv4 hostname region-id zone-id vpc-id instance/instance-type \
          network/interfaces/macs/$(cat /sys/class/net/eth0/address 2>/dev/null || ip -br link show eth0 |
            tr -s ' ' | cut -d' ' -f3)/vswitch-id; do
          curl -fsS {base}/meta-data/$item; echo
        done
        curl -s -o /dev/null -w '%{{http_code}} ' {base}/meta-data/no-such-item {base}/meta-data/eipv4
        curl -s -o /dev/null -w '%{{http_code}}' -H 'X-aliyun-ecs-metadata-token: no' {base}/meta-data/hostname
    """
    said = scene.shell(host, script).stdout.split()
    facts = [host.address, "master", "cn-hangzhou", "cn-hangzhou-b", "vpc-test", "ecs.test", "vsw-test"]
    assert said == [host.instance_id, *facts, "404", "404", "403"]
