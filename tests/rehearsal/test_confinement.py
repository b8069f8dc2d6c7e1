"""What a hostile command tries from inside of a host, as its root. What is not confined: namespaces/confinement.py."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nestforge.rehearse.namespaces.cgroups import Limits, make_groups, remove_groups
from nestforge.rehearse.namespaces.layer import Identity
from nestforge.rehearse.namespaces.machine import Blueprint, Machine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.rehearsal.conftest import Scene

_MIB = 1 << 20


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of this machine that the host sees."""
    shown = tmp_path_factory.mktemp("shown")
    (shown / "file").write_text("as it was\n")
    return shown


@pytest.fixture(scope="module")
def machine(scene: Scene, shown: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    folder = tmp_path_factory.mktemp("confined") / "machine"
    limits = Limits(memory=256 * _MIB, tasks=100)
    plan = Blueprint("confined", Identity("hostile", "192.0.2.1"), 1 << 30, 4, limits, {}, {"/opt/shown": shown})
    machine = Machine(folder, plan)
    scene.do(machine.start())
    yield machine
    scene.do(machine.remove())


def _try(scene: Scene, machine: Machine, script: str, timeout: float = 60) -> str:
    done = scene.do(machine.run(["bash", "-c", script], timeout=timeout))
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    "script",
    [
        "mknod /tmp/disk b 254 0",
        "mknod /dev/mem2 c 1 1",
        "mount -o remount,rw,bind /opt/shown && echo x >/opt/shown/file",
        "echo x >/opt/shown/file",
        "umount /opt/shown",
        "mount --bind /tmp /opt/shown && umount /opt/shown && umount /opt/shown",
        "echo '|/tmp/x' >/proc/sys/kernel/core_pattern",
        "echo 1 >/proc/sys/kernel/panic",
        "echo b >/proc/sysrq-trigger",
        "head -c 1 /proc/kcore",
        "echo 1 >/sys/devices/system/cpu/cpu1/online",
        "mount -t sysfs sysfs /mnt",
        "mount -t cgroup cgroup /mnt -o memory && echo 8G >/mnt/memory.limit_in_bytes",
        "mount -t cgroup cgroup /mnt -o memory && mkdir /mnt/out && echo 8G >/mnt/out/memory.limit_in_bytes",
        "mount -t cgroup2 cgroup2 /mnt && echo max >/mnt/pids.max",
        "mount -t debugfs debugfs /mnt",
        "mount -t ext4 /dev/vda /mnt",
        "losetup -f",
        "insmod /tmp/x.ko",
        "chroot /proc/1/root/../../.. ls /work",
        "nsenter --target 1 --mount ls /work",
        "date -s 2000-01-01",
        "swapoff -a && swapon /tmp/x",
        "echo -1000 >/proc/self/oom_score_adj",
        "renice -20 $$",
    ],
)
def test_refused(scene: Scene, machine: Machine, shown: Path, script: str) -> None:
    done = scene.do(machine.run(["bash", "-c", script]))
    assert done.returncode != 0, done
    assert (shown / "file").read_text() == "as it was\n"


def test_files_of_this_machine_are_not_in_the_view(scene: Scene, machine: Machine, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("of this machine")
    assert _try(scene, machine, f"cat {secret}; ls {Path.cwd()} /root /home").count("No such file") == 2
    places = f"/proc/1/root{secret} /proc/1/cwd{secret} /proc/self/root{secret} /proc/1/fd/*{secret}"
    assert "of this machine" not in _try(scene, machine, f"cat {places}; cat /proc/[0-9]*/environ | tr '\\0' '\\n'")


def test_programs_of_this_machine_keep_their_content(scene: Scene, machine: Machine) -> None:
    before = Path("/usr/bin/true").read_bytes()
    assert _try(scene, machine, "echo mine >/usr/bin/true; cat /usr/bin/true") == "mine\n"
    assert Path("/usr/bin/true").read_bytes() == before
    said = _try(scene, machine, "python3 -c 'import os; os.open(\"/proc/1/exe\", os.O_WRONLY)'")
    assert "Error" in said


def test_processes_of_this_machine_are_out_of_reach(scene: Scene, machine: Machine) -> None:
    with subprocess.Popen(["sleep", "1000"]) as outside:
        try:
            said = _try(scene, machine, f"kill -9 {outside.pid}; kill -9 -1; pkill -9 sleep; ls -d /proc/[0-9]*")
            assert outside.poll() is None
            assert f"/proc/{outside.pid}" not in said.split()
        finally:
            outside.kill()


def test_what_is_below_proc_shows_nothing(scene: Scene, machine: Machine) -> None:
    assert "/proc/1" not in _try(scene, machine, "unshare -m sh -c 'umount /proc; ls -d /proc/[0-9]*'").split()


def test_the_first_process_stays(scene: Scene, machine: Machine) -> None:
    _try(scene, machine, "kill -9 1; kill -INT 1; kill -STOP 1; kill -TERM 1")
    assert _try(scene, machine, "echo there") == "there\n"


def test_services_of_this_machine_are_out_of_reach(scene: Scene, machine: Machine) -> None:
    with socket.socket() as own, socket.socket(socket.AF_UNIX) as abstract:
        own.bind(("127.0.0.1", 0))
        own.listen()
        abstract.bind("\0nestforge-test")
        abstract.listen()
        script = f"curl -sS -m 2 http://127.0.0.1:{own.getsockname()[1]}/; cat /proc/net/unix; ip -br link"
        said = _try(scene, machine, script)
    assert "Couldn't connect" in said
    assert "nestforge-test" not in said
    assert [line.split()[0] for line in said.splitlines() if "LOOPBACK" in line or "BROADCAST" in line] == ["lo"]


@pytest.fixture
def limited() -> None:
    groups = make_groups("nestforge-test-probe", Limits(1 << 30, 100))
    remove_groups(groups)
    if not groups:
        pytest.skip("this machine lets us make no control groups")


@pytest.mark.usefixtures("limited")
def test_a_fork_bomb_ends_at_the_limit(scene: Scene, machine: Machine) -> None:
    bomb = "import os, time\nn = 0\ntry:\n  while os.fork(): n += 1\n  time.sleep(60)\nexcept OSError: print(n)"
    done = scene.do(machine.run(["python3", "-c", bomb], timeout=30))
    assert 50 < int(done.stdout) < 100
    scene.do(machine.reboot())
    assert _try(scene, machine, "echo there") == "there\n"


@pytest.mark.usefixtures("limited")
def test_memory_ends_at_the_limit(scene: Scene, machine: Machine) -> None:
    done = scene.do(machine.run(["python3", "-c", f"x = b'x' * {512 * _MIB}"]))
    assert done.returncode == -9 or done.returncode == 137, done
    assert "No space left" in _try(scene, machine, "head -c 1G /dev/zero >/dev/shm/x; rm /dev/shm/x")
    assert _try(scene, machine, "echo there") == "there\n"
