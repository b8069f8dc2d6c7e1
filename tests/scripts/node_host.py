"""A host for the node scripts: stand-ins for its programs on PATH, its folders in a temporary one."""

from __future__ import annotations

import io
import json
import os
import shlex
import socket
import subprocess
import tarfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.own_project import ROOT

from nestforge.assemble.shell_settings import engine_settings

if TYPE_CHECKING:
    from pathlib import Path

    from nestforge.model.project import Project

KEY = 'sk-Secret_Key.+$1"\\{0123456789'  # every sign that a shell, a regex or nginx might read its own way
MASTER_IP, WORKER_IP = "127.0.0.1", "127.0.0.2"
IMAGE_ID = "sha256:" + "a" * 64

# Each stand-in writes its arguments, ended by NUL, to a file of its own call.
RECORD = """#!/usr/bin/env bash
set -euo pipefail
name=${0##*/}
printf '%s\\0' "$name" "$@" >"$(mktemp "$HOST/calls/$(date +%s%N).XXXXXX")"
"""
STANDINS = {
    "docker": """
case "$1 $2" in
  "image inspect") cat "$HOST/image_id" ;;
  "container inspect")
    [[ -e $HOST/container ]] || exit 1
    [[ $3 != --format ]] || cat "$HOST/container" ;;
  "rm --force") rm "$HOST/container" ;;
  "run --detach") cp "$HOST/state" "$HOST/container" ;;
  "logs "*) cat "$HOST/engine.log" ;;
  "exec "*) cat "$HOST/ray_status" ;;
esac
""",
    "nvidia-smi": 'cat "$HOST/cards"\n',
    "ip": 'cat "$HOST/route"\n',
    "ss": 'if [[ $* == *"$(cat "$HOST/listening")"* ]]; then echo LISTEN; fi\n',
    "systemctl": "",
    "nginx": "",
    "df": "printf 'Avail\\n 500G\\n'\n",
    "sleep": "",
    # The ports that the master's engine opens, whatever this machine has on them.
    "timeout": """
if [[ $* == *"/dev/tcp/127.0.0.1/6379" || $* == *"/dev/tcp/127.0.0.1/20000" ]]; then
  grep -q open "$HOST/head"
  exit
fi
exec "$(PATH=${PATH#*:} type -P timeout)" "$@"
""",
    "notify": "",
}


def free_port(address: str = "127.0.0.1") -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((address, 0))
        return int(probe.getsockname()[1])


def node_tools() -> bytes:
    """Return the archive that nodes fetch."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for folder in ("lib", "node"):
            archive.add(ROOT / "scripts" / folder, folder)
    return buffer.getvalue()


@dataclass
class Host:
    """A node as its scripts see it."""

    root: Path
    project: Project
    engine: str = "vllm-0.8.5.post1"
    values: dict[str, str] = field(default_factory=dict)

    def set(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, encoding="utf-8")

    def calls(self, program: str) -> list[list[str]]:
        found = [path.read_bytes().decode().split("\0")[:-1] for path in sorted((self.root / "calls").iterdir())]
        return [words[1:] for words in found if words[0] == program]

    def signals(self) -> list[dict[str, str]]:
        return [json.loads(words[words.index("-d") + 1]) for words in self.calls("notify")]

    def said(self) -> str:
        logs = sorted((self.root / "log").glob("*")) if (self.root / "log").exists() else []
        return "".join(path.read_text(encoding="utf-8") for path in logs)

    def text(self, script: str) -> str:
        offered = next(one for one in self.project.catalog.engines if one.id == self.engine)
        settings = engine_settings(offered, self.project.catalog.machine, self.project.service.container)
        header = "".join(f"{name}={shlex.quote(value)}\n" for name, value in self.values.items())
        parts = [(ROOT / "scripts" / path).read_text(encoding="utf-8") for path in ("lib/bootstrap.sh", script)]
        return "#!/usr/bin/env bash\nset -euo pipefail\n" + header + settings + "\n".join(parts)

    def environment(self) -> dict[str, str]:
        folders = {name: str(self.root / name.lower()) for name in ("HOME", "LOG", "ETC", "NGINX", "RUN", "SYS")}
        return {
            **{f"LLM_{name}": folder for name, folder in folders.items()},
            "LLM_NGINX_LOGS": str(self.root / "log"),
            "HOST": str(self.root),
            "PATH": f"{self.root}/bin:{os.environ['PATH']}",
            "POLL_SECONDS": "0",
        }

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-s"], input=self.text(script), capture_output=True, text=True, check=False,
            env=self.environment(), timeout=60,
        )  # fmt: skip

    def as_role(self, role: str) -> None:
        peer, own = (WORKER_IP, MASTER_IP) if role == "master" else (MASTER_IP, WORKER_IP)
        self.values["NODE_ROLE"] = role
        self.set("route", f"{peer} dev eth7 src {own} uid 0 \\    cache \n")
