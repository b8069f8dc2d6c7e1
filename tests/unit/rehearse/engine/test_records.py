"""What was used of the table of differences is found again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nestforge.rehearse.engine import inside
from nestforge.rehearse.engine.mapping import Use
from nestforge.rehearse.engine.records import record, recorded, told
from nestforge.rehearse.standins.programs.docker.containers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FIRST = Use("ray", "--num-cpus", "", "--num-cpus 2", "why")
SECOND = Use("vllm", "$A", "0", "", "why not")


def test_the_uses_of_all_containers_of_a_host_are_found_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for container, use in (("b", FIRST), ("a", SECOND)):
        folder = tmp_path / ROOT.lstrip("/") / container / "kept"
        monkeypatch.setenv(inside.RECORDS_VARIABLE, str(folder / inside.RECORDS.lstrip("/")))
        record([use])
    assert [one.use for one in recorded(tmp_path)] == [FIRST, SECOND]
    said = capsys.readouterr().err.splitlines()
    assert said == [
        "[rehearsal] ray: --num-cpus is added (--num-cpus 2): why",
        "[rehearsal] vllm: $A (0) is taken away: why not",
    ]


def test_a_host_without_containers_used_nothing(tmp_path: Path) -> None:
    assert recorded(tmp_path) == []


@pytest.mark.parametrize(
    ("use", "said"),
    [
        (Use("vllm", "--a", "--a 8", "--a 1", ""), "--a 8 becomes --a 1"),
        (Use("vllm", "--a", "--a", "", ""), "--a is taken away"),
        (Use("vllm", "--a", "", "--a", ""), "--a is added"),
        (Use("vllm", "vllm", "0.8.2", "0.32.0", ""), "0.8.2 becomes 0.32.0"),
    ],
)
def test_a_use_is_told_in_words(use: Use, said: str) -> None:
    assert told(use) == said
