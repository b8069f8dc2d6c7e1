"""The process behind a machine: `python -m nestforge.rehearse.namespaces.supervisor`, its plan on standard input.

It builds the machine's file system and namespaces, starts its first process, and says so on standard output;
each further line on standard input restarts the machine. It stays outside: nothing in the machine can see or
touch it. The kernel ends it with the process that started it, and the machine with it.

Mounts are made while it is this machine's root, then copied into the new machine's namespaces, which are
owned by a user namespace: by that the kernel keeps them, and their being read-only, from being undone there.
"""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.rehearse.namespaces import syscalls
from nestforge.rehearse.namespaces.plan import IDS, MachinePlan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import NoReturn

SYSTEM_FOLDERS = ("usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32")
"""What a machine has of this one, as far as it is a folder here and not a link into /usr."""

_SEEN_OF_SYS = ("devices/system/cpu", "devices/system/node", "devices/system/memory")
_DEVICES = {"null": (1, 3), "zero": (1, 5), "full": (1, 7), "random": (1, 8), "urandom": (1, 9), "tty": (5, 0)}
"""Major and minor numbers."""


def main() -> None:
    """Build the machine and run it until standard input ends."""
    plan = MachinePlan(**json.loads(sys.stdin.readline()))
    syscalls.die_with_parent()
    if os.getppid() != plan.parent:
        raise SystemExit("whoever wanted this machine has ended")
    for group in plan.cgroups:
        Path(group).write_text("0", encoding="ascii")
    user, network = new_namespaces(plan.owner)
    syscalls.unshare(syscalls.NEWNS)
    syscalls.keep_mounts_private()
    build(plan, user)
    while True:
        init, waiting = boot(plan, user, network)
        sys.stdout.write(json.dumps({"init": init}) + "\n")
        sys.stdout.flush()
        told = sys.stdin.readline()
        os.kill(init, signal.SIGKILL)
        os.waitpid(waiting, 0)
        if not told:
            return


def new_namespaces(owner: int) -> tuple[int, int]:
    """Return the descriptors of a user namespace whose root is `owner`, and of a network that belongs to it."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        with dying():
            syscalls.unshare(syscalls.NEWUSER | syscalls.NEWNET)
            os.write(writer, b"!")
            signal.pause()
    os.close(writer)
    made = os.read(reader, 1)
    os.close(reader)
    if not made:
        raise SystemExit("the kernel gives no user namespace: see sysctl user.max_user_namespaces")
    for name in ("uid_map", "gid_map"):
        Path(f"/proc/{child}/{name}").write_text(f"0 {owner} {IDS}\n", encoding="ascii")
    found = [os.open(f"/proc/{child}/ns/{kind}", os.O_RDONLY) for kind in ("user", "net")]
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return found[0], found[1]


# The file system


def build(plan: MachinePlan, user: int) -> None:
    """Mount the machine's root, and make it this process's."""
    folder = Path(plan.folder)
    disk, lower, root = folder / "mounted", folder / "lower", folder / "root"
    for made in (disk, lower, root):
        made.mkdir()
    subprocess.run(["mount", "-o", "loop,nodev", str(folder / "disk"), str(disk)], check=True)
    own = lower / "layer"
    own.mkdir()
    syscalls.attach(syscalls.detached(str(folder / "layer"), user, read_only=True), str(own))
    overlay(plan, [own], disk / "root", root)
    for name in SYSTEM_FOLDERS:
        system = Path("/") / name
        if system.is_dir() and not system.is_symlink():
            theirs = lower / name
            theirs.mkdir()
            syscalls.attach(syscalls.detached(str(system), user, read_only=True), str(theirs))
            layers = [own / name] if (own / name).is_dir() else []
            (root / name).mkdir(exist_ok=True)
            overlay(plan, [*layers, theirs], disk / name, root / name)
    devices(plan, root / "dev")
    hardware(plan, root / "sys")
    for target, source in plan.binds.items():
        show(plan, source, root / target.lstrip("/"), user)
    empty_processes(root / "proc")
    syscalls.change_root(str(root))


def overlay(plan: MachinePlan, lower: list[Path], upper: Path, target: Path) -> None:
    """Show the layers as one folder; what is written goes to the disk."""
    changes, work = upper / "changes", upper / "work"
    for made in (changes, work):
        made.mkdir(parents=True)
    os.chown(changes, plan.owner, plan.owner)
    changes.chmod(0o755)
    layers = ":".join(map(str, lower))
    options = f"lowerdir={layers},upperdir={changes},workdir={work}"
    syscalls.mount("overlay", str(target), "overlay", syscalls.NODEV, options)


def devices(plan: MachinePlan, target: Path) -> None:
    """Make /dev: the devices that are nobody's; a machine's root cannot make any."""
    options = f"mode=755,uid={plan.owner},gid={plan.owner},size=16m"
    layer = {path.name: path for path in target.iterdir()}
    kept = {name: syscalls.detached(str(path)) for name, path in layer.items() if path.is_dir()}
    syscalls.mount("tmpfs", str(target), "tmpfs", syscalls.NOSUID, options)
    for name, numbers in _DEVICES.items():
        path = target / name
        os.mknod(path, stat.S_IFCHR, os.makedev(*numbers))
        path.chmod(0o666)
        os.chown(path, plan.owner, plan.owner)
    for name in ("pts", "shm", "mqueue", *kept):
        folder(plan, target / name)
    for name, tree in kept.items():
        syscalls.attach(tree, str(target / name))
    links = {"fd": "/proc/self/fd", "stdin": "fd/0", "stdout": "fd/1", "stderr": "fd/2", "ptmx": "pts/ptmx"}
    for name, aim in links.items():
        (target / name).symlink_to(aim)
        os.lchown(target / name, plan.owner, plan.owner)


def hardware(plan: MachinePlan, target: Path) -> None:
    """Show what engines ask of /sys: processors and memory; the rest is what the layer has there."""
    for name in _SEEN_OF_SYS:
        source = Path("/sys") / name
        if source.is_dir():
            show(plan, str(source), target / name, None)


def show(plan: MachinePlan, source: str, target: Path, owners: int | None) -> None:
    """Show a folder or file of this machine at a place of the new one, read-only."""
    if Path(source).is_dir():
        folder(plan, target)
    else:
        folder(plan, target.parent)
        target.touch()
    syscalls.attach(syscalls.detached(source, owners, read_only=True), str(target))


def folder(plan: MachinePlan, path: Path) -> None:
    """Make a folder of the new machine's root, and those above it."""
    if path.is_dir():
        return
    folder(plan, path.parent)
    path.mkdir()
    os.chown(path, plan.owner, plan.owner)


def empty_processes(target: Path) -> None:
    """Mount a /proc that shows no process, for its pid namespace has ended.

    The kernel lets a user namespace mount a /proc of its own only where one is to be seen already.
    """
    child = os.fork()
    if child == 0:
        with dying():
            syscalls.unshare(syscalls.NEWPID)
            first = os.fork()
            if first == 0:
                with dying():
                    syscalls.mount("proc", str(target), "proc", syscalls.NOSUID | syscalls.NODEV | syscalls.NOEXEC)
                    os._exit(0)
            os._exit(os.waitstatus_to_exitcode(os.waitpid(first, 0)[1]))
    if os.waitpid(child, 0)[1] != 0:
        raise SystemExit("the kernel gives no pid namespace")


# The processes


def boot(plan: MachinePlan, user: int, network: int) -> tuple[int, int]:
    """Start the machine; return the ids of its first process, and of the one that waits for that."""
    reader, writer = os.pipe()
    me, waiting = os.getpid(), os.fork()
    if waiting == 0:
        with dying():
            become_root(user, network)
            syscalls.die_with_parent()
            if os.getppid() == me:
                start_init(plan, writer)
    os.close(writer)
    with os.fdopen(reader, encoding="ascii") as said:
        found = said.read()
    if not found.endswith("up\n"):
        raise SystemExit("the machine's first process did not start")
    return int(found.split()[0]), waiting


def become_root(user: int, network: int) -> None:
    """Become the new machine's root, with namespaces that belong to it."""
    syscalls.enter(user)
    syscalls.enter(network)
    os.setgroups([])
    os.setresgid(0, 0, 0)
    os.setresuid(0, 0, 0)
    own = syscalls.NEWNS | syscalls.NEWPID | syscalls.NEWUTS | syscalls.NEWIPC | syscalls.NEWCGROUP
    syscalls.unshare(own)


def start_init(plan: MachinePlan, said: int) -> NoReturn:
    """Start the first process, say its id, and end when it ends."""
    reader, writer = os.pipe()
    init = os.fork()
    if init == 0:
        with dying():
            os.close(writer)
            syscalls.die_with_parent()
            if os.read(reader, 1) == b"!":  # else the parent ended before it could be told of
                initialize(plan)
                os.write(said, b"up\n")
                close_all()
                reap()
        os._exit(1)
    os.write(said, f"{init}\n".encode())
    os.close(said)
    os.write(writer, b"!")
    os.waitpid(init, 0)
    os._exit(0)


def initialize(plan: MachinePlan) -> None:
    """Mount what belongs to the running machine alone."""
    plain = syscalls.NOSUID | syscalls.NODEV | syscalls.NOEXEC
    syscalls.name_process("init")
    syscalls.mount("proc", "/proc", "proc", plain)
    syscalls.mount("devpts", "/dev/pts", "devpts", syscalls.NOSUID | syscalls.NOEXEC, "newinstance,ptmxmode=0666")
    syscalls.mount("tmpfs", "/dev/shm", "tmpfs", syscalls.NOSUID | syscalls.NODEV, f"mode=1777,size={plan.memory // 2}")
    syscalls.mount("mqueue", "/dev/mqueue", "mqueue", plain)
    facts = syscalls.detached("/run/nestforge")
    syscalls.mount("tmpfs", "/run", "tmpfs", syscalls.NOSUID | syscalls.NODEV, f"mode=755,size={plan.memory // 8}")
    for name in ("nestforge", "lock"):
        os.mkdir(f"/run/{name}")  # noqa: PTH102
    syscalls.attach(facts, "/run/nestforge")
    syscalls.set_hostname(plan.hostname)


def close_all() -> None:
    """Let go of everything that was inherited from this machine."""
    nothing = os.open("/dev/null", os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.closerange(3, 1 << 16)


def reap() -> NoReturn:
    """Be a first process: take note of every orphan's end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    while True:
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        signal.sigwait({signal.SIGCHLD})


@contextmanager
def dying() -> Iterator[None]:
    """In a forked child: say what went wrong, and never return to what the parent was doing."""
    try:
        yield
    except BaseException as error:  # whatever it is, this is the process's end
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        sys.stderr.flush()
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
