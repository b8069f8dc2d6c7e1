"""The preview from the command line: what it writes, what it says, what it refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.cli.process import run

from nestforge.sources.text_file import LARGEST

if TYPE_CHECKING:
    from pathlib import Path

GOOD = (
    "ROSTemplateFormatVersion: '2015-09-01'\nResources: {Net: {Type: 'ALIYUN::ECS::VPC', Properties: {VpcName: a}}}\n"
)


def test_a_project_has_its_page_in_its_build_folder(untouched: Path) -> None:
    done = run(untouched, "preview", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    page = (untouched / "build/preview.html").read_bytes()
    assert said == {
        "schema": 1,
        "page": str(untouched / "build/preview.html"),
        "bytes": len(page),
        "editions": 1,
        "documents": 2,
        "findings": {"error": 0, "warning": 0, "info": 0},
    }
    assert b"default-src 'none'" in page.replace(b"&#x27;", b"'")


def test_a_template_has_its_page_where_it_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(GOOD, encoding="utf-8")
    done = run(tmp_path, "preview", "t.yaml", "--output", "new/page.html")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "new/page.html").is_file()
    assert done.stdout.startswith("new/page.html: 1 template")


def test_errors_are_shown_and_counted(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(GOOD.replace("VpcName", "VpcNam"), encoding="utf-8")
    done = run(tmp_path, "preview", "t.yaml")
    assert done.returncode == 1
    assert "1 error" in done.stdout
    assert "VpcNam" in (tmp_path / "preview.html").read_text(encoding="utf-8")


def test_a_template_larger_than_any_text_of_a_service_is_shown_with_its_findings(tmp_path: Path) -> None:
    resources = {
        f"Net{number}": {"Type": "ALIYUN::ECS::VPC", "Properties": {"VpcName": "a" * 200}} for number in range(5000)
    }
    text = json.dumps({"ROSTemplateFormatVersion": "2015-09-01", "Resources": resources})
    assert len(text) > LARGEST
    (tmp_path / "large.json").write_text(text, encoding="utf-8")
    done = run(tmp_path, "preview", "large.json", "--json")
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["editions"] == 1
    page = (tmp_path / "preview.html").read_text(encoding="utf-8")
    assert "Net4999" in page
    assert "template-too-large" in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "there is no 'nowhere'"),
        (["."], "'.' has several to choose from"),
        (["empty"], "'empty' has nothing to show"),
        (["a.yaml", "--output", "a.yaml/x.html"], "cannot be written"),
        (["a.yaml", "--serve", "--port", "70000"], "there is no port 70000"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_shown_is_said(tmp_path: Path, arguments: list[str], message: str) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    done = run(tmp_path, "preview", *arguments)
    assert done.returncode == 2
    assert message in done.stderr
