"""A tar.gz whose bytes depend on its content alone: sorted, no times, no owners, fixed modes."""

from __future__ import annotations

import gzip
import io
import tarfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def tar_gz(files: Mapping[str, bytes]) -> bytes:
    """Return the archive of `files`, by path; shell scripts are executable."""
    buffer = io.BytesIO()
    # The gzip header carries a time and a name unless told otherwise; level 9 is the same on every zlib.
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0, compresslevel=9) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive,
    ):
        for path in sorted(files):
            entry = tarfile.TarInfo(path)
            entry.size = len(files[path])
            entry.mode = 0o755 if path.endswith(".sh") else 0o644
            archive.addfile(entry, io.BytesIO(files[path]))
    return buffer.getvalue()
