from __future__ import annotations

import gzip
import io
import tarfile

from hypothesis import given
from hypothesis import strategies as st

from nestforge.assemble.archive import gzip_stored, tar_gz


@given(st.binary(max_size=300) | st.sampled_from([b"x" * 65535, b"x" * 65536, b"y" * 200_000]))
def test_any_content_comes_back_from_gzip(content: bytes) -> None:
    assert gzip.decompress(gzip_stored(content)) == content


def test_the_archive_depends_on_content_alone() -> None:
    one = tar_gz({"b": b"2", "a/run.sh": b"1"})
    assert one == tar_gz({"a/run.sh": b"1", "b": b"2"})
    with tarfile.open(fileobj=io.BytesIO(one)) as archive:
        entries = [(e.name, e.mode, e.mtime, e.uid, e.uname) for e in archive.getmembers()]
    assert entries == [("a/run.sh", 0o755, 0, 0, ""), ("b", 0o644, 0, 0, "")]
