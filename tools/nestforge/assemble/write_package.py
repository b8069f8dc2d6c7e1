"""Put a package on the disk, whole or not at all."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager

from nestforge.model.errors import NestforgeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from os import PathLike

    Folder = str | PathLike[str]

PACKAGE = "package"
_FRESH = ".package-"
_BEFORE = "before"


class CannotWrite(NestforgeError):
    """The package could not be written: the disk is full, or the folder is not ours."""

    def __init__(self, folder: Folder, error: OSError) -> None:
        is_in_the_way = isinstance(error, FileExistsError)
        remedy = f"this must be a folder: move {folder} away" if is_in_the_way else "make room or mend the rights"
        before = "the package from before is untouched; " if os.path.isdir(os.path.join(folder, PACKAGE)) else ""
        super().__init__(
            f"cannot write the package below {folder}: {error.strerror or error}",
            help=f"{before}{remedy}, then build again",
        )


@contextmanager
def building(build_folder: Folder) -> Iterator[None]:
    """Hold the build folder for this process; a second build waits for the first."""
    try:
        os.makedirs(build_folder, exist_ok=True)
        lock = open(os.path.join(build_folder, ".lock"), "wb")  # noqa: SIM115  it is closed below
    except OSError as error:
        raise CannotWrite(build_folder, error) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write_package(build_folder: Folder, files: Mapping[str, bytes], archive_name: str, archive: bytes) -> None:
    """Replace `build_folder/package` by `files` and write the archive beside it.

    Everything is written to a new folder first; only then the folders change places. Raises CannotWrite,
    after which the package is as it was. Call it while `building` holds the folder.
    """
    fresh = os.path.join(build_folder, f"{_FRESH}{os.getpid()}")
    try:
        for name in os.listdir(build_folder):
            if name.startswith(_FRESH):  # by a build that was killed
                _remove(os.path.join(build_folder, name))
        os.mkdir(fresh, 0o700)
    except OSError as error:
        raise CannotWrite(build_folder, error) from error
    try:
        _write(os.path.join(fresh, PACKAGE), files)
        with open(os.path.join(fresh, archive_name), "wb") as file:
            file.write(archive)
        _swap(fresh, build_folder, archive_name)
    except OSError as error:
        raise CannotWrite(build_folder, error) from error
    finally:
        _restore(fresh, build_folder)
        _remove(fresh)


def _write(folder: str, files: Mapping[str, bytes]) -> None:
    """Write files, and the folders that they are in, which everybody may read whatever umask says."""
    folders: set[str] = set()
    for path, content in files.items():
        inside = os.path.join(folder, os.path.dirname(path)).rstrip("/")
        while inside not in folders and inside.startswith(folder):
            folders.add(inside)
            os.makedirs(inside, exist_ok=True)
            inside = os.path.dirname(inside)
        with open(os.path.join(folder, path), "wb") as file:
            file.write(content)
            os.fchmod(file.fileno(), 0o644)
    for inside in folders:
        os.chmod(inside, 0o755)


def _swap(fresh: str, build_folder: Folder, archive_name: str) -> None:
    package = os.path.join(build_folder, PACKAGE)
    if os.path.exists(package):
        os.rename(package, os.path.join(fresh, _BEFORE))
    os.rename(os.path.join(fresh, PACKAGE), package)
    for name in os.listdir(build_folder):
        if name.endswith(".tar.gz") and name != archive_name:
            os.unlink(os.path.join(build_folder, name))
    os.replace(os.path.join(fresh, archive_name), os.path.join(build_folder, archive_name))


def _restore(fresh: str, build_folder: Folder) -> None:
    """Put the package from before back where the folders were caught while changing places."""
    package, before = os.path.join(build_folder, PACKAGE), os.path.join(fresh, _BEFORE)
    if os.path.exists(before) and not os.path.exists(package):
        os.rename(before, package)


def _remove(folder: str) -> None:
    """Remove a folder with all that is in it; what cannot be removed stays until the next build."""
    try:
        for entry in os.scandir(folder):
            if entry.is_dir(follow_symlinks=False):
                _remove(entry.path)
            else:
                os.unlink(entry.path)
        os.rmdir(folder)
    except OSError:
        return
