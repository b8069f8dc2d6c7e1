from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nestforge.sources.text_file import LARGEST, read_text

if TYPE_CHECKING:
    from pathlib import Path

    from nestforge.model.diagnostic import Diagnostic


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"ok\r\nok\n", "ok\nok\n"),
        (b"\xef\xbb\xbfwith a mark\n", "with a mark\n"),
        (b"", (1, "R1004")),
        (b" \n\n", (1, "R1004")),
        (b"a\nb\0c\n", (2, "R1005")),
        (b"a\n\n\xff\n", (3, "R1005")),
        (b"x" * (LARGEST + 1), (1, "R1003")),
    ],
)
def test_text_or_the_reason_why_not(tmp_path: Path, content: bytes, expected: object) -> None:
    (tmp_path / "f.sh").write_bytes(content)
    report: list[Diagnostic] = []
    text = read_text(tmp_path, "f.sh", report)
    assert (text if not report else (report[0].span.line, report[0].code)) == expected


def test_a_missing_file_names_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "master.sh").write_text("x")
    report: list[Diagnostic] = []
    assert read_text(tmp_path, "mastr.sh", report) is None
    assert (report[0].code, report[0].help) == ("R1001", "did you mean 'master.sh'?")


def test_a_file_below_the_root_folder_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("text")
    report: list[Diagnostic] = []
    assert read_text("/", str(tmp_path / "f").lstrip("/"), report) == "text"
    assert not report


def test_no_way_leads_out_of_the_project(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "secret").write_text("secret")
    (project / "link").symlink_to(tmp_path / "secret")
    report: list[Diagnostic] = []
    assert read_text(project, "link", report) is None
    assert read_text(project, "../secret", report) is None
    assert [d.code for d in report] == ["R1002", "R1002"]
