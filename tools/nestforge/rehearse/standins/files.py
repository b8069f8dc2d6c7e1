"""The files that make a host answer as the real one would: programs, units, devices, and the facts they go by."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.rehearse.standins.programs.facts import HOST_FACTS, PROGRAMS
from nestforge.rehearse.standins.programs.rdma import CLASS
from nestforge.rehearse.standins.programs.rdma import PROGRAMS as RDMA_PROGRAMS
from nestforge.rehearse.standins.programs.refused import EXIT_CODES
from nestforge.rehearse.standins.programs.systemd.boot import PRESET

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.rehearse.image import ContainerImage, EcsImage, Hardware

BOOT = "/run/nestforge/boot"
"""What a host runs at each start: it starts what is enabled."""

IMAGE_FOLDERS = "/opt/nestforge-images"
"""Where a host has the folders that only its containers are to see."""

MODULES = {
    "docker": "docker.command_line",
    "journalctl": "systemd.journalctl",
    "lsmod": "modules",
    "modinfo": "modules",
    "nvidia-smi": "nvidia_smi",
    "systemctl": "systemd.systemctl",
    **dict.fromkeys(("halt", "poweroff", "reboot", "shutdown"), "power"),
    **dict.fromkeys(RDMA_PROGRAMS, "rdma"),
    **dict.fromkeys(EXIT_CODES, "refused"),
}
"""Each stand-in, and the module of `programs` that it is."""

_FOLDERS = ("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin")
"""Before whatever the machine has of that name in any of them."""

_INTERNAL = {
    "docker-daemon": "docker_daemon",
    "docker-supervisor": "docker.supervisor",
    "unit-supervisor": "systemd.supervisor",
}

_PACKAGE = "nestforge/rehearse/standins"

_LAUNCHER = """#!/usr/bin/python3 -IS
import sys
sys.path.insert(0, "{folder}")
from nestforge.rehearse.standins.programs.{module} import main
sys.exit(main())
"""

_DOCKER_UNIT = f"""[Unit]
Description=Docker Application Container Engine (a stand-in)

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart={PROGRAMS}/docker-daemon up
ExecReload=/bin/true
ExecStop={PROGRAMS}/docker-daemon down
TimeoutStartSec=infinity
KillMode=process

[Install]
WantedBy=multi-user.target
"""

_NGINX_UNIT = """[Unit]
Description=The nginx HTTP and reverse proxy server

[Service]
Type=forking
PIDFile=/run/nginx.pid
ExecStartPre=/usr/bin/rm -f /run/nginx.pid
ExecStartPre=/usr/sbin/nginx -t
ExecStart=/usr/sbin/nginx
ExecReload=/usr/sbin/nginx -s reload
KillSignal=SIGQUIT
TimeoutStopSec=5
KillMode=mixed

[Install]
WantedBy=multi-user.target
"""
"""As the package of Alibaba Cloud Linux has it."""


def files(image: EcsImage) -> Mapping[str, tuple[bytes, int]]:
    """Return content and mode of each file, by its path in a host that is made of `image`."""
    launched = {f"{folder}/{name}": module for name, module in MODULES.items() for folder in _FOLDERS}
    launched |= {f"{PROGRAMS}/{name}": module for name, module in _INTERNAL.items()}
    found = {path: (_launcher(module), 0o755) for path, module in launched.items()}
    found[BOOT] = (_launcher("systemd.boot"), 0o755)
    here = Path(__file__).parent
    for source in sorted((here / "programs").rglob("*.py")):
        found[f"{PROGRAMS}/{_PACKAGE}/{source.relative_to(here).as_posix()}"] = (source.read_bytes(), 0o644)
    for depth in range(1, _PACKAGE.count("/") + 2):
        found[f"{PROGRAMS}/{'/'.join(_PACKAGE.split('/')[:depth])}/__init__.py"] = (b"", 0o644)
    found["/usr/lib/systemd/system/docker.service"] = (_DOCKER_UNIT.encode(), 0o644)
    found["/usr/lib/systemd/system/nginx.service"] = (_NGINX_UNIT.encode(), 0o644)
    found[PRESET] = (b"enable docker.service\n", 0o644)
    found |= _rdma(image.hardware)
    found[HOST_FACTS] = (json.dumps(_facts(image), indent=1).encode(), 0o644)
    return found


def binds(image: EcsImage) -> Mapping[str, Path]:
    """Return the folders of this machine that the host must have, read-only, for its containers."""
    return {
        place: container.binds[target] for container in image.containers for target, place in _places(container).items()
    }


def _places(container: ContainerImage) -> dict[str, str]:
    """Return where the host has each folder that the container sees; no place lies in another."""
    folder = f"{IMAGE_FOLDERS}/{container.id.removeprefix('sha256:')[:12]}"
    return {target: f"{folder}/{index}" for index, target in enumerate(container.binds)}


def _launcher(module: str) -> bytes:
    return _LAUNCHER.format(folder=PROGRAMS, module=module).encode()


def _facts(image: EcsImage) -> dict[str, object]:
    containers = [
        {
            "tag": container.tag,
            "id": container.id,
            "path": container.path,
            "environment": dict(container.environment),
            "binds": _places(container),
        }
        for container in image.containers
    ]
    return {
        "hardware": asdict(image.hardware),
        "images": containers,
        "devices": sorted(path for path in _rdma(image.hardware) if path.startswith("/dev/")),
        "standins": [f"{folder}/{name}" for name in MODULES for folder in _FOLDERS],
        "programs": PROGRAMS,
    }


def _rdma(hardware: Hardware) -> dict[str, tuple[bytes, int]]:
    """Return what an active adapter shows. Its device is a file: whatever opens it finds nothing to talk to."""
    if not hardware.erdma:
        return {}
    adapter = f"{CLASS}/erdma_0"
    shown = {
        f"{adapter}/node_guid": "0000:0000:0000:0001",
        f"{adapter}/node_type": "4: RNIC",
        f"{adapter}/fw_ver": "0.2.0",
        f"{adapter}/ports/1/state": "4: ACTIVE",
        f"{adapter}/ports/1/phys_state": "5: LinkUp",
        f"{adapter}/ports/1/link_layer": "Ethernet",
    }
    return {
        **{path: (f"{text}\n".encode(), 0o444) for path, text in shown.items()},
        "/dev/infiniband/uverbs0": (b"", 0o666),
        "/dev/infiniband/rdma_cm": (b"", 0o666),
    }
