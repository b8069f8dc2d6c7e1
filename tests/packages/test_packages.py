"""Packages of Compute Nest that another tool made, in their folders, as `nestforge lint` sees them.

`expect: CODE` marks the lines on which a rule has something to say, and no other line has a finding. The shapes of
the first four are those of published services; the faults of the others have the names of their folders.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
import yaml
from jsonschema import Draft202012Validator
from tests.own_project import own_build

from nestforge.cli import main
from nestforge.lint.config import read_config
from nestforge.lint.config_schema import KIND, MISSING, UNKNOWN, VALUE, faults_of
from nestforge.lint.package import span_in
from nestforge.sources.schemas import schema

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parent
PACKAGES = sorted(path.name for path in FOLDER.iterdir() if (path / ".computenest").exists())
PUBLISHED = ("ecs-image", "managed", "helm", "image-builder")
HELPED = ("R6002", "R8002")
CONFIG = ".computenest/config.yaml"


def expected(package: Path) -> list[tuple[str, int, str]]:
    return sorted(
        (path.relative_to(package).as_posix(), number, code)
        for path in package.rglob("*")
        if path.suffix in (".yaml", ".md")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if "expect: " in line
        for code in line.partition("expect: ")[2].replace("-->", "").replace(",", " ").split()
    )


def findings(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    main(["lint", str(folder), "--format", "json"])
    captured = capsys.readouterr()
    assert not captured.err
    found: list[dict[str, object]] = json.loads(captured.out)["findings"]
    return [{**one, "path": os.path.relpath(str(one["path"]), folder)} for one in found]


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_is_reported_where_it_says_so_and_nowhere_else(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = findings(FOLDER / name, capsys)
    places = sorted((str(f["path"]), int(str(f["line"])), str(f["code"])) for f in found)
    assert places == expected(FOLDER / name), "\n".join(
        f"{f['path']}:{f['line']} {f['code']} {f['message']}" for f in found
    )
    assert all(f["help"] for f in found if f["code"] in HELPED), "such a finding says what to do, near miss or not"
    if name in PUBLISHED:
        assert {f["severity"] for f in found} <= {"info"}


def test_keys_are_spelt_anew_and_numbers_quoted_and_nothing_else_is_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = tmp_path / "package"
    shutil.copytree(FOLDER / "wrong-config", package)
    main(["lint", str(package), "--fix"])
    assert "mended 4 findings in 1 file" in capsys.readouterr().out
    before = (FOLDER / "wrong-config" / CONFIG).read_text(encoding="utf-8").splitlines()
    after = (package / CONFIG).read_text(encoding="utf-8").splitlines()
    assert [(b.split(" #")[0], a.split(" #")[0]) for b, a in zip(before, after, strict=True) if a != b] == [
        ("  DeployTpye: ros", "  DeployType: ros"),
        ("  VersionName: 1.10", "  VersionName: '1.10'"),
        ("      AllowedRegion: [cn-hangzhou]", "      AllowedRegions: [cn-hangzhou]"),
        ("    - name: shop", "    - Name: shop"),
    ]


def test_what_we_build_has_no_finding_in_its_folder_either(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path, content in own_build().files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    assert findings(tmp_path, capsys) == []
    assert findings(tmp_path / ".computenest", capsys) == []


def test_a_package_is_checked_without_what_it_does_not_need() -> None:
    heavy = ("jinja2", "jsonschema", "rich", "asyncio", "aiohttp", "msgspec")
    program = (
        "import sys; from nestforge.cli import main; main(['lint', sys.argv[1]]);"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    command = [sys.executable, "-c", program, str(FOLDER / "ecs-image")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def spoiled(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER / "image-builder", tmp_path / "package")
    return tmp_path / "package"


def test_the_scripts_of_a_package_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scripts = spoiled(tmp_path) / ".computenest" / "files"
    scripts.mkdir()
    (scripts / "cut.sh").write_text("docker run --detach \\ # apart\n  --name one image\n", encoding="utf-8")
    (scripts / "open.sh").write_text("#!/bin/sh\nif true; then\n  echo yes\n", encoding="utf-8")
    (scripts / "other.sh").write_text("#!/usr/bin/env python3\nif True: {\n}\n", encoding="utf-8")
    found = [(str(f["path"]).rpartition("/")[2], f["line"], f["code"]) for f in findings(tmp_path / "package", capsys)]
    assert [one for one in found if str(one[2]).startswith("R7")] == [("cut.sh", 1, "R7017"), ("open.sh", 3, "R7018")]


def link_out(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


def link_to_itself(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def write(content: bytes) -> Callable[[Path], None]:
    return lambda path: cast("None", path.write_bytes(content))


@pytest.mark.parametrize(
    ("path", "spoil", "codes"),
    [
        (CONFIG, Path.unlink, {"R1001"}),
        (CONFIG, link_out, {"R1002"}),
        (CONFIG, link_to_itself, {"R1001"}),
        (CONFIG, pipe, {"R1001"}),
        (CONFIG, folder, {"R1001"}),
        (CONFIG, write(b""), {"R1004"}),
        (CONFIG, write(b"# nothing\n"), {"R1004"}),
        (CONFIG, write(b"\xff\xfe"), {"R1005"}),
        (CONFIG, write(b"a\0b"), {"R1005"}),
        (CONFIG, write(b"# x\n" * 400_000), {"R1003"}),
        (CONFIG, write(b"Service: [\n"), {"R1101"}),
        (CONFIG, write(b"[" * 3000), {"R1101"}),
        (CONFIG, write(b"a: &a [*a, *a]\n"), {"R1101"}),
        (CONFIG, write(b"- 1\n"), {"R6103"}),
        (CONFIG, write(b"? [a, {b: c}]\n: 1\n"), {"R6101", "R6102"}),
        (CONFIG, write(b"Service: 2001-01-01\n"), {"R6103"}),
        (CONFIG, write(b"Service: {ServiceType: 1, DeployMetadata: [.nan, 9e999]}"), {"R6103"}),
        (".computenest/ros_templates/new.yaml", link_out, {"R6110"}),
        (".computenest/ros_templates/new.yaml", link_to_itself, {"R6110"}),
        (".computenest/ros_templates/new.yaml", write(b"\xff"), {"R1005"}),
        (".computenest/ros_templates/new.yaml", write(b"a: b\n"), {"R1204"}),
        (".computenest/ros_templates/new.yaml", pipe, {"R1001"}),
        (".computenest/ros_templates/preset_parameters.yaml", write(b"\0"), {"R1005"}),
        ("docs/operate.md", write(b"\xff"), {"R1005"}),
        ("docs/operate.md", link_out, {"R1002", "R8004"}),
        ("docs/readme.md", write(b"[" * 4000 + b"`" * 4000 + b"<img " * 900), set()),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    path: str, spoil: Callable[[Path], None], codes: set[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = spoiled(tmp_path)
    spoil(package / path)
    found = {str(f["code"]) for f in findings(package, capsys)}
    assert codes <= found
    if not codes:
        assert found == set()


def test_a_folder_that_leads_out_of_the_package_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = spoiled(tmp_path)
    shutil.move(package / "docs", tmp_path / "elsewhere")
    (package / "docs").symlink_to(tmp_path / "elsewhere")
    assert {(f["path"], f["code"]) for f in findings(package, capsys)} >= {("docs", "R1002")}


def test_aliases_that_stand_for_more_than_memory_holds_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = spoiled(tmp_path)
    lines = ["a0: &a0 {TemplateConfigs: [1, 2, 3]}"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 40)]
    (package / CONFIG).write_text("\n".join([*lines, "Service: *a39"]), encoding="utf-8")
    found = [(f["code"], f["path"]) for f in findings(package, capsys)]
    assert found[0] == ("R1101", CONFIG)


def mutations() -> list[str]:
    """Every good configuration, and each with one line left out or one value made another kind."""
    result = []
    for name in PUBLISHED:
        text = (FOLDER / name / CONFIG).read_text(encoding="utf-8")
        lines = text.split("\n")
        result.append(text)
        for number, line in enumerate(lines):
            key, colon, value = line.partition(": ")
            values = (": [1]", ": {x: 1}", ": Wrong", ": ''", ": null", f"x: {value}")
            for made in values if colon else ():
                result.append("\n".join([*lines[:number], key + made, *lines[number + 1 :]]))
    return result


def test_the_schema_says_what_the_check_says() -> None:
    validator = Draft202012Validator(schema("config"))
    Draft202012Validator.check_schema(schema("config"))
    compared = refused = 0
    for text in mutations():
        try:
            data = yaml.safe_load(text)
        except yaml.YAMLError:
            continue
        config = read_config(text, lambda way, node: span_in(CONFIG, node))
        assert config is not None
        ours = [fault.kind for fault in faults_of(config.root) if fault.kind in (UNKNOWN, MISSING, KIND, VALUE)]
        if UNKNOWN in ours and validator.is_valid(data):
            continue  # an open part: only a near miss of a known key is reported
        assert bool(ours) != validator.is_valid(data), text
        compared += 1
        refused += bool(ours)
    assert compared > 300
    assert refused > 100
