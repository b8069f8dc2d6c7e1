"""Put a package on the disk, whole or not at all."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.model.errors import NestforgeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PACKAGE = "package"
_FRESH = ".package-"
_BEFORE = "before"


class CannotWrite(NestforgeError):
    """The package could not be written: the disk is full, or the folder is not ours."""

    def __init__(self, folder: Path, error: OSError) -> None:
        is_in_the_way = isinstance(error, FileExistsError)
        remedy = f"this must be a folder: move {folder} away" if is_in_the_way else "make room or mend the rights"
        before = "the package from before is untouched; " if (folder / PACKAGE).is_dir() else ""
        super().__init__(
            f"cannot write the package below {folder}: {error.strerror or error}",
            help=f"{before}{remedy}, then build again",
        )


@contextmanager
def building(build_folder: Path) -> Iterator[None]:
    """Hold the build folder for this process; a second build waits for the first."""
    try:
        build_folder.mkdir(parents=True, exist_ok=True)
        lock = (build_folder / ".lock").open("w")
    except OSError as error:
        raise CannotWrite(build_folder, error) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write_package(build_folder: Path, files: Mapping[str, bytes], archive_name: str, archive: bytes) -> None:
    """Replace `build_folder/package` by `files` and write the archive beside it.

    Everything is written to a new folder first; only then the folders change places. Raises CannotWrite,
    after which the package is as it was. Call it while `building` holds the folder.
    """
    try:
        for left in build_folder.glob(f"{_FRESH}*"):  # by a build that was killed
            shutil.rmtree(left)
        fresh = Path(tempfile.mkdtemp(prefix=_FRESH, dir=build_folder))
    except OSError as error:
        raise CannotWrite(build_folder, error) from error
    try:
        for path, content in files.items():
            target = fresh / PACKAGE / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            target.chmod(0o644)
        (fresh / archive_name).write_bytes(archive)
        for folder in (fresh / PACKAGE, *(p for p in (fresh / PACKAGE).rglob("*") if p.is_dir())):
            folder.chmod(0o755)
        _swap(fresh, build_folder, archive_name)
    except OSError as error:
        raise CannotWrite(build_folder, error) from error
    finally:
        _restore(fresh, build_folder)
        shutil.rmtree(fresh, ignore_errors=True)


def _swap(fresh: Path, build_folder: Path, archive_name: str) -> None:
    package = build_folder / PACKAGE
    if package.exists():
        package.rename(fresh / _BEFORE)
    (fresh / PACKAGE).rename(package)
    for old in build_folder.glob("*.tar.gz"):
        if old.name != archive_name:
            old.unlink()
    (fresh / archive_name).replace(build_folder / archive_name)


def _restore(fresh: Path, build_folder: Path) -> None:
    """Put the package from before back where the folders were caught while changing places."""
    package, before = build_folder / PACKAGE, fresh / _BEFORE
    if before.exists() and not package.exists():
        before.rename(package)
