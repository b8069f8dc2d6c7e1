from __future__ import annotations

import os
from typing import TYPE_CHECKING

from nestforge.lint.shell import Fault, syntax_faults

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_each_text_is_read_by_itself_and_its_lines_are_its_own() -> None:
    faults = syntax_faults(["echo 1\n", "echo 1\nfi\n", 'echo "a\nb\n', "cat <<EOF\nx\n", "echo 2\n"])
    assert [(fault.text, fault.line) for fault in faults] == [(1, 2), (2, 1), (3, 2)]
    assert faults[0].message == "syntax error near unexpected token `fi'"
    assert "here-document" in faults[2].message


def test_nothing_of_a_text_runs(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    texts = [
        f"touch {mark}\n",
        f"set +n\ntouch {mark}\n",
        f"x() {{ :; }}; touch {mark}\nfi\n",
        f"exit 0\ntouch {mark}\n",
    ]
    assert syntax_faults(texts) == [Fault(2, 2, "syntax error near unexpected token `fi'")]
    assert not mark.exists()


def test_text_that_the_shell_would_take_for_options_is_text() -> None:
    assert syntax_faults(["-n\n", "", "\n", "#!/bin/sh\n密钥=1\n"]) == []


def test_bash_is_asked_once_about_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    spawn = os.posix_spawn

    def counted(path: str, argv: list[str], env: dict[str, str], **more: object) -> int:
        asked.append(argv[6:])
        return spawn(path, argv, env, **more)  # type: ignore[arg-type]  # as it was given

    monkeypatch.setattr(os, "posix_spawn", counted)
    first, second = "echo never read before\n", "fi # never read before\n"
    assert syntax_faults([first]) == []
    assert [fault.text for fault in syntax_faults([second, first, second])] == [0, 2]
    assert asked == [["0"], ["0"]]
