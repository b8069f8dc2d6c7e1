"""The process that nodes of a dry rehearsal stand on: `python -m nestforge.rehearse.dry.ground`, in a user namespace.

It is root there and nobody elsewhere: what it mounts, it mounts for itself, and its network has no way out. Each line
on standard input is an order, each line on standard output the answer. When standard input ends, it ends, and as it
is the first process of a pid namespace, everything that it started ends with it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, NoReturn

from nestforge.rehearse.standins.files import BOOT
from nestforge.rehearse.standins.programs import namespaces as kernel
from nestforge.rehearse.standins.programs.docker.root import COPIED, NODES, SECURE

if TYPE_CHECKING:
    from collections.abc import Callable

SERVICES = "100.100.100.200"
"""Where the nodes find what the cloud serves: the address of its metadata server."""

_FOLDERS = {"etc": 0o755, "home": 0o755, "mnt": 0o755, "opt": 0o755, "root": 0o700, "run": 0o755, "srv": 0o755,
            "tmp": 0o1777, "var": 0o755, "var/lib": 0o755, "var/lib/nginx": 0o755, "var/log": 0o755,
            "var/log/nginx": 0o755, "run/lock": 0o755, "etc/nginx": 0o755}  # fmt: skip
_NGINX = """#!/bin/sh
# The worker processes of nginx change their user where they are root, which one user alone cannot.
exec unshare --user --map-user=1 --map-group=1 -- {nginx} "$@"
"""
_LINKS = {"fd": "/proc/self/fd", "stdin": "fd/0", "stdout": "fd/1", "stderr": "fd/2", "ptmx": "pts/ptmx"}
_SIZE = "64g"
"""What `df` shows; the memory is taken as it is written."""

_ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
}


class Ground:
    """The nodes and the network between them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.nodes: dict[str, int] = {}
        self.signals: list[str] = []
        kernel.raise_loopback()
        _run("ip", "link", "add", "ground", "type", "bridge")
        _run("ip", "address", "add", f"{SERVICES}/32", "dev", "ground")
        _run("ip", "link", "set", "ground", "up")
        self.server = ThreadingHTTPServer((SERVICES, 80), _handler(folder / "served", self.signals))
        Thread(target=self.server.serve_forever, daemon=True).start()

    def add(self, name: str, address: str, files: str, binds: dict[str, str]) -> dict[str, object]:
        """Start a node; `files` is a folder with the files that are its own."""
        reader, writer = os.pipe()
        waiting = os.fork()
        if waiting == 0:
            kernel.die_with_parent(signal.SIGKILL)
            kernel.unshare(kernel.NEWPID | kernel.NEWNET | kernel.NEWIPC | kernel.NEWUTS)
            first = os.fork()
            if first == 0:
                _be_first_process(self.folder / "roots" / name, Path(files), binds, name, writer)
            os.write(writer, f"{first}\n".encode())
            os.close(writer)
            os.waitpid(first, 0)
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader, encoding="utf-8") as said:
            told = said.read().splitlines()
        if "up" not in told:
            return {"error": f"the node {name} did not start: {' '.join(told)}"}
        pid = next(int(line) for line in told if line.isdigit())
        self.nodes[name] = pid
        self._plug(len(self.nodes), pid, address)
        return self.run(name, [BOOT], "", 60)

    def _plug(self, number: int, pid: int, address: str) -> None:
        _run("ip", "link", "add", f"node{number}", "type", "veth", "peer", "name", "eth0", "netns", str(pid))
        _run("ip", "link", "set", f"node{number}", "master", "ground", "up")
        _run("ip", "route", "add", f"{address}/32", "dev", "ground")
        inside = ("nsenter", "--target", str(pid), "--net", "ip")
        for words in (
            "link set lo up",
            f"address add {address}/32 dev eth0",
            "link set eth0 up",
            "route add default dev eth0",
        ):
            _run(*inside, *words.split())

    def run(self, name: str, command: list[str], input: str, timeout: float) -> dict[str, object]:
        """Run a command on a node, for at most `timeout` seconds."""
        begun = time.monotonic()
        process = subprocess.Popen(
            ["nsenter", "--target", str(self.nodes[name]), "--mount", "--uts", "--ipc", "--net", "--pid", *command],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
            start_new_session=True, env=_ENVIRONMENT,
        )  # fmt: skip
        try:
            output, _ = process.communicate(input, timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, _ = process.communicate()
            output += f"\nended: {timeout:g} s were over\n"
        return {"returncode": process.returncode, "output": output, "seconds": time.monotonic() - begun}


def main() -> int:
    """Do what is ordered until nothing more is."""
    kernel.mount("", "/", flags=kernel.RECURSIVE | kernel.PRIVATE)
    answer({"up": True})
    ground = Ground(Path(sys.argv[1]))
    orders: dict[str, Callable[..., dict[str, object]]] = {
        "add": ground.add,
        "run": ground.run,
        "signals": lambda: {"signals": list(ground.signals)},
    }
    for line in sys.stdin:
        order: dict[str, Any] = json.loads(line)
        answer(orders[order.pop("order")](**order))
    return 0


def answer(message: object) -> None:
    """Say a line."""
    sys.stdout.write(f"{json.dumps(message)}\n")
    sys.stdout.flush()


def _handler(served: Path, signals: list[str]) -> type[BaseHTTPRequestHandler]:
    class Services(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            file = served / Path(self.path).name
            self.send_response(200 if file.is_file() else 404)
            self.end_headers()
            if file.is_file():
                self.wfile.write(file.read_bytes())

        def do_POST(self) -> None:
            signals.append(self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode(errors="replace"))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Services


def _be_first_process(root: Path, files: Path, binds: dict[str, str], name: str, said: int) -> NoReturn:
    try:
        kernel.die_with_parent(signal.SIGKILL)
        os.setsid()
        kernel.unshare(kernel.NEWNS)
        _build(root, files, binds)
        kernel.set_hostname(name)
        kernel.name_process("init")
        kernel.change_root(str(root))
        os.write(said, b"up\n")
        nothing = os.open("/dev/null", os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nothing, descriptor)
        os.closerange(3, 1 << 16)
        _reap()
    except OSError as error:
        os.write(said, f"{error}\n".encode())
        os._exit(1)


def _reap() -> NoReturn:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    while True:
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            pass
        signal.sigwait({signal.SIGCHLD})


def _build(root: Path, files: Path, binds: dict[str, str]) -> None:
    """Make a root in memory: the machine's programs, the node's own files, and nothing of anybody's home."""
    root.mkdir(parents=True)
    kernel.mount("tmpfs", str(root), "tmpfs", data=f"mode=755,size={_SIZE}")
    for name, mode in _FOLDERS.items():
        (root / name).mkdir(exist_ok=True)
        (root / name).chmod(mode)
    for name in COPIED:
        _copy(Path("/etc", name), root / "etc" / name)
    for name in ("nginx/mime.types", "nginx/fastcgi_params"):
        _copy(Path("/etc", name), root / "etc" / name)
    (root / "etc/passwd").write_text("root:x:0:0:root:/root:/bin/bash\n", encoding="utf-8")
    (root / "etc/group").write_text("root:x:0:\n", encoding="utf-8")
    (root / "etc/hosts").write_text("127.0.0.1\tlocalhost\n", encoding="utf-8")
    shutil.copytree(files, root, dirs_exist_ok=True)
    _programs(root)
    _system(root)
    for target, source in binds.items():
        place = root / target.lstrip("/")
        place.mkdir(parents=True, exist_ok=True)
        kernel.bind(source, str(place), read_only=True)


def _programs(root: Path) -> None:
    layer, (nginx, own) = root / ".usr", (shutil.which("nginx"), root / ".usr/sbin/nginx")
    (root / "usr").rename(layer)
    if nginx is not None:
        own.parent.mkdir(exist_ok=True)
        own.write_text(_NGINX.format(nginx="/opt/nginx"), encoding="utf-8")
        own.chmod(0o755)
        (root / "opt/nginx").write_bytes(Path(nginx).read_bytes())
        (root / "opt/nginx").chmod(0o755)
    for name in ("usr", ".upper", ".work"):
        (root / name).mkdir()
    data = f"lowerdir={layer}:/usr,upperdir={root}/.upper,workdir={root}/.work,userxattr"
    kernel.mount("overlay", str(root / "usr"), "overlay", data=data)
    for name in ("bin", "lib", "lib32", "lib64", "libx32", "sbin"):
        here = Path("/") / name
        if here.is_symlink():
            (root / name).symlink_to(here.readlink())
        elif here.is_dir():
            (root / name).mkdir()
            kernel.bind(str(here), str(root / name), read_only=True)


def _system(root: Path) -> None:
    for name in ("proc", "sys", "dev", "dev/pts", "dev/shm"):
        (root / name).mkdir(exist_ok=True)
    kernel.mount("proc", str(root / "proc"), "proc", SECURE)
    for name in NODES:
        (root / "dev" / name).touch()
        kernel.bind(f"/dev/{name}", str(root / "dev" / name))
    for name, aim in {
        "fd": "/proc/self/fd",
        "stdin": "fd/0",
        "stdout": "fd/1",
        "stderr": "fd/2",
        "ptmx": "pts/ptmx",
    }.items():
        (root / "dev" / name).symlink_to(aim)
    kernel.mount("devpts", str(root / "dev/pts"), "devpts", kernel.NOSUID, "newinstance,ptmxmode=0666")
    kernel.mount("tmpfs", str(root / "dev/shm"), "tmpfs", kernel.NOSUID | kernel.NODEV, "mode=1777")


def _copy(source: Path, target: Path) -> None:
    try:
        if source.is_symlink():
            target.symlink_to(source.readlink())
        elif source.is_dir():
            shutil.copytree(source, target, symlinks=True, ignore=lambda *_: ["private"])
        elif source.exists():
            shutil.copyfile(source, target)
    except (shutil.Error, PermissionError):  # what this user cannot read, a node does not have
        pass


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"{' '.join(command)}: {done.stderr.strip()}")


if __name__ == "__main__":
    raise SystemExit(main())
