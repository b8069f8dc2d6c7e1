"""The files of a machine that are not this machine's: who it is, what its image has, and few settings from here."""

from __future__ import annotations

import ctypes
import secrets
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.rehearse.namespaces.supervisor import SYSTEM_FOLDERS

if TYPE_CHECKING:
    from collections.abc import Mapping

_SETTINGS = (
    "alternatives",
    "bash.bashrc",
    "ca-certificates",
    "ca-certificates.conf",
    "crypto-policies",
    "debian_version",
    "gai.conf",
    "inputrc",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "login.defs",
    "magic",
    "mime.types",
    "nginx/fastcgi_params",
    "nginx/mime.types",
    "nsswitch.conf",
    "os-release",
    "pam.conf",
    "pam.d",
    "pki/ca-trust/extracted",
    "pki/tls/certs",
    "profile",
    "protocols",
    "redhat-release",
    "rpc",
    "security",
    "services",
    "shells",
    "ssl/certs",
    "ssl/openssl.cnf",
    "terminfo",
    "timezone",
)
"""What of /etc programs need, and nothing that could hold a secret of this machine."""

_FOLDERS = {
    "boot": 0o755, "dev": 0o755, "etc": 0o755, "home": 0o755, "media": 0o755, "mnt": 0o755, "opt": 0o755,
    "proc": 0o555, "root": 0o700, "run/nestforge": 0o755, "srv": 0o755, "sys": 0o755, "tmp": 0o1777,
    "var/cache": 0o755, "var/lib": 0o755, "var/log/nginx": 0o755, "var/spool": 0o755, "var/tmp": 0o1777,
    "var/lib/nginx": 0o755,
}  # fmt: skip


_FIRST_PERSON, _NOBODY = 1000, 65534


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a machine is: `names` has addresses of further names, for /etc/hosts; no password means no login by one."""

    hostname: str
    address: str
    password: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


def write_layer(folder: Path, who: Identity, files: Mapping[str, tuple[bytes, int]]) -> None:
    """Write the layer of a machine: its own files, then `files`, content and mode by path."""
    folder.mkdir()
    folder.chmod(0o755)
    for name, mode in _FOLDERS.items():
        (folder / name).mkdir(parents=True)
        (folder / name).chmod(mode)
    for name in SYSTEM_FOLDERS:
        here = Path("/") / name
        if here.is_symlink():
            (folder / name).symlink_to(here.readlink())
            (folder / here.readlink()).mkdir(parents=True, exist_ok=True)
    for name in _SETTINGS:
        _copy(Path("/etc") / name, folder / "etc" / name)
    for path, (content, mode) in {**_own(who), **files}.items():
        _write(folder, path, content, mode)


def _own(who: Identity) -> dict[str, tuple[bytes, int]]:
    names = {"localhost": "127.0.0.1", who.hostname: who.address, **who.names}
    hosts = "".join(f"{address}\t{name}\n" for name, address in names.items())
    return {
        "/etc/hostname": (f"{who.hostname}\n".encode(), 0o644),
        "/etc/hosts": (hosts.encode(), 0o644),
        # No name server: what /etc/hosts does not have is unknown at once, for nothing is fetched from the internet.
        "/etc/resolv.conf": (b"# names are in /etc/hosts\n", 0o644),
        "/etc/machine-id": (f"{secrets.token_hex(16)}\n".encode(), 0o444),
        "/etc/shadow": (_shadow(who.password).encode(), 0o640),
        "/etc/passwd": (_system_accounts("passwd").encode(), 0o644),
        "/etc/group": (_system_accounts("group").encode(), 0o644),
    }


def _system_accounts(name: str) -> str:
    """Return the accounts of programs, and root's: those of persons are not the machine's business."""
    lines = Path("/etc", name).read_text(encoding="utf-8").splitlines()
    return "".join(f"{line}\n" for line in lines if not _FIRST_PERSON <= int(line.split(":")[2]) < _NOBODY)


def _shadow(password: str) -> str:
    accounts = (line.partition(":")[0] for line in _system_accounts("passwd").splitlines())
    hashed = {"root": _hashed(password)} if password else {}
    return "".join(f"{name}:{hashed.get(name, '*')}:20000:0:99999:7:::\n" for name in accounts)


def _hashed(password: str) -> str:
    """Return what /etc/shadow has of a password. The C library's own, which Python 3.13 no longer wraps."""
    crypt = ctypes.CDLL("libcrypt.so.1").crypt
    crypt.restype = ctypes.c_char_p
    hashed: bytes = crypt(password.encode(), f"$6${secrets.token_hex(8)}".encode())
    return hashed.decode()


def _copy(source: Path, target: Path) -> None:
    """Copy a file or folder of settings, as far as it is there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
    elif source.exists():
        shutil.copy2(source, target)  # what a link such as os-release leads to


def _write(folder: Path, path: str, content: bytes, mode: int) -> None:
    parts = Path(path).parts[1:]
    if path[:1] != "/" or not parts or ".." in parts:
        raise ValueError(f"'{path}' is no path of a file in a machine")
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    if folder.resolve() not in target.parent.resolve().parents:
        raise ValueError(f"'{path}' leads out of the machine")
    target.unlink(missing_ok=True)
    target.write_bytes(content)
    target.chmod(mode)
