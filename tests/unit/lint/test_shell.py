from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.shell import Fault, syntax_faults

if TYPE_CHECKING:
    from pathlib import Path


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
