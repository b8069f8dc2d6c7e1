"""The programs that some tests need besides Python: absent ones skip these tests, visibly."""

from __future__ import annotations

import os
import shutil

import pytest

from nestforge.rehearse.namespaces.requirements import missing

_DEBIAN_PACKAGES = {"chromium": "chromium", "curl": "curl", "jq": "jq", "nginx": "nginx-light"}


def need(*programs: str, root: bool = False) -> None:
    """Skip the test where one of `programs` is absent, or fail it where nothing may be skipped.

    `NESTFORGE_TESTS=all` says that: `.ci/run` has installed what is needed.
    """
    if absent := [name for name in programs if shutil.which(name) is None]:
        packages = " ".join(_DEBIAN_PACKAGES[name] for name in absent)
        _do_without(f"needs {' and '.join(absent)}: apt-get install {packages}")
    if root and os.geteuid() != 0:
        _do_without("needs root, whose folders are compiled into nginx: run it in a container")


def need_machines() -> None:
    """Skip the test, or fail it, where no hosts can be made of namespaces."""
    found = missing()
    if found is not None:
        _do_without(f"{found.message}; {found.help}")


def is_everything_to_be_tested() -> bool:
    """Return whether nothing may be skipped, nor drawn from what there is."""
    return os.environ.get("NESTFORGE_TESTS") == "all"


def _do_without(reason: str) -> None:
    if is_everything_to_be_tested():
        pytest.fail(reason)
    pytest.skip(reason)
