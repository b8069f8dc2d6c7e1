"""What a script runs as it comes from elsewhere."""

from __future__ import annotations

import pytest

from nestforge.lint.downloads import piped_downloads


def test_a_command_that_goes_on_in_other_lines_is_one() -> None:
    (found,) = piped_downloads("set -e\ncurl -fsSL \\\n  http://get.test/a.sh \\\n  | sudo bash\n")
    assert (found.line, found.column, found.address) == (2, 1, "http://get.test/a.sh")


@pytest.mark.parametrize(
    ("address", "is_plain"),
    [
        ("http://get.test/a.sh", True),
        ("https://get.test/a.sh", False),
        ("http://100.100.100.200/latest/a.sh", False),
        ("http://bucket.oss-cn-hangzhou-internal.aliyuncs.com/a.sh", False),
    ],
)
def test_what_does_not_cross_the_internet_is_not_plain(address: str, is_plain: bool) -> None:
    (found,) = piped_downloads(f"wget -qO- {address} | sh")
    assert found.is_plain == is_plain


@pytest.mark.parametrize(
    "text",
    [
        "curl http://get.test/a.sh -o a.sh && bash a.sh",
        "curl http://get.test/a.sh || sh b.sh",
        "curl http://get.test/a | shuf",
        "# curl http://get.test/a.sh | sh",
        "curl http://get.test/a \\\n# | sh",
    ],
)
def test_what_is_kept_in_a_file_or_read_is_not_run(text: str) -> None:
    assert list(piped_downloads(text)) == []
