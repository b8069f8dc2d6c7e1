"""What is said where no hosts can be made."""

from __future__ import annotations

import os
import shutil

import pytest

from nestforge.rehearse.namespaces.errors import CannotRehearse
from nestforge.rehearse.namespaces.requirements import missing, need


def test_without_root_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(CannotRehearse, match="need root") as raised:
        need()
    assert raised.value.help == "run it as root, or nestforge rehearse --dry"
    assert raised.value.exit_code == 4


def test_absent_programs_are_named_with_their_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name, path: None if name in ("nft", "ip") else f"/usr/bin/{name}")
    found = missing()
    assert found is not None
    assert found.message == "no hosts can be made on this machine: it has no nft, ip"
    assert found.help == "install it: apt-get install nftables iproute2"
