"""The file system that a container sees, and the change of its first process into the command that was asked for.

An image's own files are not here. Its container sees the host's /usr, without the stand-ins and with what it writes
there in memory, the folders of the image's stand-in environment, and folders of its own that last until `docker rm`.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import signal
import stat
from typing import TYPE_CHECKING, Any, NoReturn

from nestforge.rehearse.standins.programs import namespaces as kernel
from nestforge.rehearse.standins.programs.docker.errors import DaemonError
from nestforge.rehearse.standins.programs.docker.options import CAPABILITIES, LIMITS
from nestforge.rehearse.standins.programs.facts import HOST_FACTS, read_facts

if TYPE_CHECKING:
    from nestforge.rehearse.standins.programs.docker.requested import Config

OWN_FOLDERS = {
    "etc": 0o755, "home": 0o755, "media": 0o755, "mnt": 0o755, "opt": 0o755, "root": 0o700, "run": 0o755,
    "srv": 0o755, "tmp": 0o1777, "var": 0o755,
}  # fmt: skip
"""What a container keeps while it exists, and their modes."""

COPIED = (
    "alternatives", "bash.bashrc", "ca-certificates", "debconf.conf", "default", "group", "host.conf", "ld.so.cache",
    "ld.so.conf", "ld.so.conf.d", "localtime", "mime.types", "nsswitch.conf", "os-release", "passwd", "profile",
    "protocols", "python3", "python3.11", "python3.12", "python3.13", "resolv.conf", "services", "ssl", "timezone",
)  # fmt: skip
"""What of the host's /etc a container begins with: nothing that is secret, nothing of the deployment."""

NODES = ("full", "null", "random", "tty", "urandom", "zero")
MASKED = ("acpi", "kcore", "keys", "latency_stats", "sched_debug", "scsi", "timer_list", "timer_stats")
FIXED = ("bus", "fs", "irq", "sys", "sysrq-trigger")
"""Parts of /proc that a container cannot write. Source: moby, oci/defaults.go."""

OCI = "failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: "
SECURE = kernel.NOSUID | kernel.NODEV | kernel.NOEXEC


def prepare(config: Config, folder: str) -> None:
    """Make what the container keeps, once, when it is created."""
    for name, mode in OWN_FOLDERS.items():
        os.makedirs(f"{folder}/kept/{name}")
        os.chmod(f"{folder}/kept/{name}", mode)
    for name in ("run/lock", "var/log", "var/lib", "var/cache", "run/nestforge"):
        os.makedirs(f"{folder}/kept/{name}")
    os.makedirs(f"{folder}/kept/var/tmp")
    os.chmod(f"{folder}/kept/var/tmp", 0o1777)
    os.symlink("/run", f"{folder}/kept/var/run")
    for name in COPIED:
        _copy(f"/etc/{name}", f"{folder}/kept/etc/{name}")
    with open("/etc/hosts", encoding="utf-8") as file:
        hosts = file.read() if config["network"] == "host" else "127.0.0.1\tlocalhost\n"
    added = "".join(f"{address}\t{name}\n" for name, _, address in (text.partition(":") for text in config["hosts"]))
    for name, text in {"hosts": hosts + added, "hostname": f"{config['hostname']}\n", "mtab": ""}.items():
        with open(f"{folder}/kept/etc/{name}", "w", encoding="utf-8") as file:
            file.write(text)
    hardware = {**read_facts()["hardware"], "gpu_count": len(config["gpus"]), "gpus": config["gpus"]}
    with open(f"{folder}/kept{HOST_FACTS}", "w", encoding="utf-8") as file:
        json.dump({"hardware": hardware}, file)
    for name in ("root", "layers"):
        os.mkdir(f"{folder}/{name}")


def _copy(source: str, target: str) -> None:
    if os.path.islink(source):
        os.symlink(os.readlink(source), target)
    elif os.path.isdir(source):
        shutil.copytree(source, target, symlinks=True, ignore=lambda *_: ["private"])
    elif os.path.exists(source):
        shutil.copy(source, target)


def find_devices(config: Config) -> list[tuple[str, str]]:
    """Return the device nodes and where the container sees them. Raises DaemonError as docker does."""
    found = []
    for device in config["devices"]:
        source = os.path.realpath(device["source"])
        begin = f'error gathering device information while adding custom device "{device["source"]}": '
        if not os.path.exists(source):
            raise DaemonError(f"{begin}no such file or directory", code=127)
        nodes = [source] if _is_device(source) else []
        for folder, _, names in os.walk(source):
            nodes += [f"{folder}/{name}" for name in sorted(names) if _is_device(f"{folder}/{name}")]
        if not nodes:
            raise DaemonError(f"{begin}not a device node", code=125)
        found += [(node, device["target"] + node[len(source) :]) for node in nodes]
    return found


def _is_device(path: str) -> bool:
    mode = os.stat(path).st_mode
    return stat.S_ISCHR(mode) or stat.S_ISBLK(mode) or path in read_facts()["devices"]


def enter(config: Config, folder: str) -> None:
    """Make the container's root that of this process, the first one of new pid and mount namespaces. Raises OSError."""
    root = f"{folder}/root"
    kernel.mount("", "/", flags=kernel.RECURSIVE | kernel.PRIVATE)
    kernel.mount("tmpfs", root, "tmpfs", data="mode=755")
    _programs(config, root, f"{folder}/layers")
    for name in OWN_FOLDERS:
        os.mkdir(f"{root}/{name}")
        kernel.bind(f"{folder}/kept/{name}", f"{root}/{name}")
    _system(config, root)
    for target, source in config["image_binds"].items():
        _bind(source, root + target, read_only=True)
    for mount in config["mounts"]:
        _volume(mount, root)
    kernel.change_root(root)


def _programs(config: Config, root: str, layers: str) -> None:
    """Show the host's programs but for its stand-ins, and let the container write over them."""
    kernel.mount("tmpfs", layers, "tmpfs")
    for name in ("hidden", "upper", "work"):
        os.mkdir(f"{layers}/{name}")
    facts = read_facts()
    seen = {"usr/bin/nvidia-smi", facts["programs"].lstrip("/")} if config["gpus"] else set()
    for path in [*facts["standins"], facts["programs"]]:
        below = path.lstrip("/")
        if below.startswith("usr/") and below not in seen:
            hidden = f"{layers}/hidden/{below[4:]}"
            os.makedirs(os.path.dirname(hidden), exist_ok=True)
            os.mknod(hidden, stat.S_IFCHR, 0)  # what overlayfs takes for a file that is gone
    os.mkdir(f"{root}/usr")
    data = f"lowerdir={layers}/hidden:/usr,upperdir={layers}/upper,workdir={layers}/work,userxattr"
    kernel.mount("overlay", f"{root}/usr", "overlay", data=data)
    for name in ("bin", "lib", "lib32", "lib64", "libx32", "sbin"):
        if os.path.islink(f"/{name}"):
            os.symlink(os.readlink(f"/{name}"), f"{root}/{name}")
        elif os.path.isdir(f"/{name}"):
            _bind(f"/{name}", f"{root}/{name}", read_only=True)


def _system(config: Config, root: str) -> None:
    for name in ("proc", "sys", "dev"):
        os.mkdir(f"{root}/{name}")
    kernel.mount("proc", f"{root}/proc", "proc", SECURE)
    _bind("/sys", f"{root}/sys", read_only=True)
    kernel.mount("tmpfs", f"{root}/dev", "tmpfs", kernel.NOSUID, "mode=755,size=65536k")
    for name in NODES:
        _bind(f"/dev/{name}", f"{root}/dev/{name}")
    for name, target in {"fd": "/proc/self/fd", "stdin": "fd/0", "stdout": "fd/1", "stderr": "fd/2"}.items():
        os.symlink(target, f"{root}/dev/{name}")
    os.mkdir(f"{root}/dev/pts")
    kernel.mount("devpts", f"{root}/dev/pts", "devpts", kernel.NOSUID, "newinstance,ptmxmode=0666,mode=0620")
    os.symlink("pts/ptmx", f"{root}/dev/ptmx")
    os.mkdir(f"{root}/dev/shm")
    if config["ipc"] == "host":
        kernel.bind("/dev/shm", f"{root}/dev/shm")
    elif config["ipc"] != "none":
        kernel.mount("shm", f"{root}/dev/shm", "tmpfs", SECURE, f"mode=1777,size={config['shm_size']}")
    nodes = find_devices(config)
    if config["privileged"]:
        nodes += [(path, path) for path in _nodes_below("/dev") if not os.path.exists(root + path)]
    for source, target in nodes:
        _bind(source, root + target)
    if not config["privileged"]:
        for name in MASKED:
            if os.path.isfile(f"{root}/proc/{name}"):
                kernel.bind("/dev/null", f"{root}/proc/{name}")
        for name in FIXED:
            if os.path.exists(f"{root}/proc/{name}"):
                kernel.bind(f"{root}/proc/{name}", f"{root}/proc/{name}", read_only=True)


def _nodes_below(folder: str) -> list[str]:
    skipped = (f"{folder}/pts", f"{folder}/shm")
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if f"{place}/{name}" not in skipped]
        found += [f"{place}/{name}" for name in names if _is_device(f"{place}/{name}")]
    return found


def _volume(mount: dict[str, Any], root: str) -> None:
    target = root + mount["target"]
    if mount["kind"] == "tmpfs":
        os.makedirs(target, exist_ok=True)
        kernel.mount("tmpfs", target, "tmpfs", SECURE, mount["options"])
        return
    if not os.path.exists(mount["source"]):
        os.makedirs(mount["source"])
    _bind(mount["source"], target, read_only=mount["read_only"])


def _bind(source: str, target: str, *, read_only: bool = False) -> None:
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    elif not os.path.exists(target):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "x", encoding="utf-8"):
            pass
    kernel.bind(source, target, read_only=read_only)


def set_limits(config: Config) -> list[str]:
    """Set what the command may use; return what this machine gives less of than was asked for."""
    lowered = []
    for name, (soft, hard) in config["limits"].items():
        number = getattr(resource, LIMITS[name])
        try:
            resource.setrlimit(number, (soft, hard))
        except (ValueError, OSError):
            most = resource.getrlimit(number)[1]
            given = most if soft == resource.RLIM_INFINITY else min(soft, most)
            resource.setrlimit(number, (given, most))
            lowered.append(f"--ulimit {name}={soft}:{hard} became {given}:{most}: this machine gives no more")
    if config["cpuset"]:
        os.sched_setaffinity(0, config["cpuset"])
    return lowered


def become(config: Config, user: str, *, privileged: bool = False) -> dict[str, str]:
    """Give up capabilities, become the user; return the user's HOME. Raises DaemonError for one that is unknown."""
    uid, gid, groups, home = _account(user, config["groups"])
    if "no-new-privileges" in config["security"]:
        kernel.forbid_new_privileges()
    if not privileged:
        for name, number in CAPABILITIES.items():
            if name not in config["capabilities"]:
                try:
                    kernel.drop_capability(number)
                except OSError as error:
                    if error.errno != errno.EINVAL:
                        raise
    if (uid, gid) != (0, 0) or groups:
        os.setgroups(groups)
        os.setgid(gid)
        os.setuid(uid)
    return {"HOME": home}


def _account(user: str, added: list[str]) -> tuple[int, int, list[int], str]:
    name, _, group = user.partition(":")
    people = _fields("/etc/passwd")
    gangs = _fields("/etc/group")
    entry = next((one for one in people if (name or "0") in (one[0], one[2])), None)
    if entry is None and not name.isdigit():
        raise DaemonError(f"unable to find user {name}: no matching entries in passwd file", code=125)
    uid, gid, home = (int(entry[2]), int(entry[3]), entry[5]) if entry else (int(name), 0, "/")
    if group:
        gid = _group(group, gangs)
    member = [int(gang[2]) for gang in gangs if entry and entry[0] in gang[3].split(",")]
    return uid, gid, [*member, *(_group(one, gangs) for one in added)], home


def _group(text: str, gangs: list[list[str]]) -> int:
    gang = next((one for one in gangs if text in (one[0], one[2])), None)
    if gang is None and not text.isdigit():
        raise DaemonError(f"unable to find group {text}: no matching entries in group file", code=125)
    return int(gang[2]) if gang else int(text)


def _fields(path: str) -> list[list[str]]:
    try:
        with open(path, encoding="utf-8") as file:
            return [line.split(":") for line in file.read().splitlines() if line.count(":") >= 3]
    except FileNotFoundError:
        return []


def execute(command: list[str], environment: dict[str, str]) -> NoReturn:
    """Become the command. Raises DaemonError with docker's words and code when that cannot be."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    word = command[0]
    begin = f'{OCI}unable to start container process: exec: "{word}": '
    if "/" in word:
        places = [word]
    else:
        folders = environment.get("PATH", "").split(":")
        places = [path for folder in folders if os.path.isfile(path := f"{folder}/{word}") and os.access(path, os.X_OK)]
    if not places:
        raise DaemonError(f"{begin}executable file not found in $PATH: unknown", code=127)
    try:
        os.execve(places[0], command, environment)
    except FileNotFoundError:
        raise DaemonError(f"{begin}stat {word}: no such file or directory: unknown", code=127) from None
    except PermissionError:
        what = "is a directory" if os.path.isdir(places[0]) else "permission denied"
        raise DaemonError(f"{begin}{what}: unknown", code=126) from None
    except OSError as error:
        os.write(2, f"exec {places[0]}: {str(error.strerror).lower()}\n".encode())
        os._exit(255)
