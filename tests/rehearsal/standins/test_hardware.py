"""The programs that show hardware, those that refuse, and those that end the host."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.rehearsal.standins.host import StandInHost


@pytest.mark.parametrize(
    ("query", "form", "lines"),
    [
        ("memory.total,driver_version", "csv,noheader,nounits", ["97871, 550.90.07"] * 8),
        ("driver_version", "csv,noheader", ["550.90.07"] * 8),
        ("index,name,memory.total", "csv", ["index, name, memory.total [MiB]", *(
            f"{index}, NVIDIA H20, 97871 MiB" for index in range(8))]),
    ],
)  # fmt: skip
def test_the_gpus_that_the_instance_type_promises(host: StandInHost, query: str, form: str, lines: list[str]) -> None:
    assert host.says("nvidia-smi", f"--query-gpu={query}", f"--format={form}").splitlines() == lines


def test_other_looks_at_gpus(host: StandInHost) -> None:
    assert host.says("nvidia-smi", "--list-gpus").splitlines()[7].startswith("GPU 7: NVIDIA H20 (UUID: GPU-")
    assert host.says("nvidia-smi", "-i", "3", "--query-gpu=index", "--format=csv,noheader") == "3"
    assert "Driver Version: 550.90.07" in host.says("nvidia-smi")
    for wrong in (("--query-gpu=nonsense", "--format=csv"), ("--query-gpu=name", "--format=xml"), ("--reset",)):
        assert host.run("nvidia-smi", *wrong).returncode == 2


def test_the_rdma_device_is_active(host: StandInHost) -> None:
    assert host.says("cat", "/sys/class/infiniband/erdma_0/ports/1/state") == "4: ACTIVE"
    assert "PORT_ACTIVE (4)" in host.says("ibv_devinfo", "-d", "erdma_0")
    assert "erdma_0" in host.says("ibv_devices")
    assert "state ACTIVE" in host.says("rdma", "link", "show")
    assert "erdma_0" in host.says("eadm", "info")
    host.says("modinfo", "erdma")
    assert host.run("modinfo", "mlx5_core").returncode == 1


@pytest.mark.parametrize(
    ("program", "code"),
    [("apt-get", 100), ("apt", 100), ("yum", 1), ("dnf", 1), ("pip", 1), ("pip3", 1), ("conda", 1), ("npm", 1)],
)
def test_nothing_is_installed(host: StandInHost, program: str, code: int) -> None:
    done = host.run(program, "install", "thing")
    assert done.returncode == code
    assert "a deployment must not depend on the internet" in done.stderr


@pytest.mark.parametrize(
    ("command", "asked"),
    [("reboot", "reboot"), ("poweroff", "poweroff"), ("shutdown -r now", "reboot"), ("systemctl reboot", "reboot")],
)
def test_a_reboot_is_asked_of_who_made_the_host(host: StandInHost, command: str, asked: str) -> None:
    assert host.bash(command).returncode == 0
    assert host.says("cat", "/run/nestforge/power") == asked
    host.says("shutdown", "-c")
    assert host.run("cat", "/run/nestforge/power").returncode == 1
    assert host.run("shutdown", "+5").returncode == 1
