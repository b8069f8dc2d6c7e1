"""Whole projects with one fault each, named after it, as `nestforge lint` sees them.

A folder here is this repository's own service with that fault. Files in it replace the service's own;
`change.yaml` lists smaller changes: `{in, replace, by}`, `{in, add}` at the end, `{remove}`. `expect.txt` has
each finding: `CODE path: text of the line`; without a text it is line 1.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from tests.own_project import build_at, copy_project

from nestforge.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parent
HELPED = ("R10", "R11", "R12", "R20")
"""Codes of files, YAML, schemas and rendering: where their findings stand, no rule explains them."""
FAULTS = sorted(path.parent.name for path in FOLDER.glob("*/expect.txt"))


def apply(change: dict[str, str], project: Path) -> None:
    if "remove" in change:
        path = project / change["remove"]
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        return
    path = project / change["in"]
    text = path.read_text(encoding="utf-8")
    if "add" in change:
        path.write_text(text + change["add"], encoding="utf-8")
        return
    assert change["replace"] in text, f"{change['in']} has changed: {change['replace']!r} is not in it"
    path.write_text(text.replace(change["replace"], change["by"], 1), encoding="utf-8")


def faulty(name: str, project: Path) -> Path:
    fault = FOLDER / name
    copy_project(project)
    for path in fault.rglob("*"):
        if path.is_file() and path.parent != fault:
            shutil.copy(path, project / path.relative_to(fault))
    changes = fault / "change.yaml"
    for change in yaml.safe_load(changes.read_text(encoding="utf-8")) if changes.exists() else []:
        apply(change, project)
    return project


def expected(name: str, project: Path) -> list[tuple[str, str, int]]:
    result = []
    for entry in (FOLDER / name / "expect.txt").read_text(encoding="utf-8").splitlines():
        code, _, place = entry.partition(" ")
        path, _, words = place.partition(":")
        words = words.strip().strip('"')
        line = 1
        if words:
            lines = (project / path).read_text(encoding="utf-8").splitlines()
            line = next(number for number, text in enumerate(lines, 1) if words in text)
        result.append((path, code, line))
    return sorted(result)


def findings(project: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    code = main(["lint", str(project), "--format", "json"])
    captured = capsys.readouterr()
    assert not captured.err
    found: list[dict[str, object]] = json.loads(captured.out)["findings"]
    assert code == bool(found)
    return [{**one, "path": str(one["path"]).removeprefix(f"{project}/")} for one in found]


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_reported_where_it_is_and_nothing_else(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = faulty(name, tmp_path)
    found = findings(project, capsys)
    places = sorted((str(f["path"]), str(f["code"]), int(str(f["line"]))) for f in found)
    assert places == expected(name, project), "\n".join(
        f"{f['path']}:{f['line']} {f['code']} {f['message']}" for f in found
    )
    assert all(f["help"] for f in found if str(f["code"])[:3] in HELPED), "such a finding says what to do"


def test_the_repository_s_own_service_has_no_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert findings(copy_project(tmp_path), capsys) == []


def test_images_may_be_built_in_any_region_and_the_service_is_kept_in_one_of_compute_nest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service = copy_project(tmp_path) / "service" / "service.yaml"
    text = service.read_text(encoding="utf-8")
    elsewhere = text.replace("\n  region: cn-hangzhou # where the images", "\n  region: cn-beijing # where the images")
    assert elsewhere != text
    service.write_text(elsewhere, encoding="utf-8")
    assert findings(tmp_path, capsys) == []
    config = yaml.safe_load(build_at(tmp_path).files[".computenest/config.yaml"])
    built, tools = config["Artifact"]["EcsImageDeepSeekR1"], config["Artifact"]["NodeTools"]
    assert built["ArtifactBuildProperty"]["RegionId"] == "cn-beijing"
    assert (config["Service"]["RegionId"], tools["ArtifactProperty"]["RegionId"]) == ("cn-hangzhou", "cn-hangzhou")


def test_a_region_without_compute_nest_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    service = copy_project(tmp_path) / "service" / "service.yaml"
    text = service.read_text(encoding="utf-8")
    service.write_text(text.replace("\n  region: cn-hangzhou # of", "\n  region: cn-beijing # of"), encoding="utf-8")
    (found,) = findings(tmp_path, capsys)
    assert (found["path"], found["line"]) == ("service/service.yaml", 11)
    assert found["message"] == "'release.region' is 'cn-beijing', expected one of cn-hangzhou, ap-southeast-1"
    assert "a region of Compute Nest" in str(found["help"])


@pytest.mark.parametrize(
    "package",
    ["vllm==0.8.5.post1' ; x", "vllm==1 && x", "vllm==1|x", 'vllm=="1"', "vllm==$(x)", "vllm", "--pre==1", "vllm==1\n"],
)
def test_a_package_is_a_pinned_requirement_and_nothing_of_the_shell(
    package: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog = copy_project(tmp_path) / "service" / "catalog" / "engines" / "sglang.yaml"
    text = catalog.read_text(encoding="utf-8")
    catalog.write_text(text.replace("- sglang==0.4.3", f"- {json.dumps(package)}"), encoding="utf-8")
    assert [(f["code"], f["path"]) for f in findings(tmp_path, capsys)] == [
        ("R1203", "service/catalog/engines/sglang.yaml")
    ]


@pytest.mark.parametrize("package", ["sglang[all]==0.4.3", "a.b_c-d[x,y]==1!2.0rc1+cu12.4"])
def test_a_package_may_have_extras_and_any_version(
    package: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog = copy_project(tmp_path) / "service" / "catalog" / "engines" / "sglang.yaml"
    text = catalog.read_text(encoding="utf-8")
    catalog.write_text(text.replace("- sglang==0.4.3", f"- {package}"), encoding="utf-8")
    assert findings(tmp_path, capsys) == []


def test_an_empty_catalog_is_told_what_to_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = findings(faulty("missing-catalog", tmp_path), capsys)
    assert found["message"] == "there is no file 'service/catalog/engines/*.yaml', so the service has no engine"
    assert "write the first one, service/catalog/engines/NAME.yaml: `nestforge schema engine`" in str(found["help"])


def binary(path: Path) -> None:
    path.write_bytes(b"#!/usr/bin/env bash\n\x7fELF\0\0")


def latin_1(path: Path) -> None:
    path.write_bytes(path.read_bytes() + "# caf\xe9\n".encode("latin-1"))


def ten_megabytes(path: Path) -> None:
    path.write_bytes(b"# filler\n" * (10 * 1024 * 1024 // 9))


def link_out(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


def link_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere.sh")


def link_to_itself(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def link_to_a_device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("path", "spoil", "code"),
    [
        ("scripts/lib/log.sh", binary, "R1005"),
        ("scripts/lib/log.sh", latin_1, "R1005"),
        ("scripts/lib/log.sh", ten_megabytes, "R1003"),
        ("scripts/lib/log.sh", link_out, "R1002"),
        ("scripts/lib/log.sh", link_nowhere, "R1001"),
        ("scripts/lib/log.sh", link_to_itself, "R1001"),
        ("scripts/lib/log.sh", link_to_a_device, "R1002"),
        ("service/targets.yaml", link_to_a_device, "R1002"),
        ("service/catalog/models/deepseek-r1.yaml", pipe, "R1001"),
        ("service/targets.yaml", folder, "R1001"),
        ("service/service.yaml", binary, "R1005"),
        ("service/catalog/models/deepseek-r1.yaml", latin_1, "R1005"),
        ("service/targets.yaml", ten_megabytes, "R1003"),
        ("service/icons/deepseek.png", ten_megabytes, "R1003"),
        ("i18n/zh-CN/strings.yaml", latin_1, "R1005"),
        ("ros_templates/dual-ecs.yaml.j2", binary, "R1005"),
    ],
)
def test_a_file_that_is_no_text_is_named(
    path: str, spoil: Callable[[Path], None], code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(copy_project(tmp_path) / path)
    found = findings(tmp_path, capsys)
    assert [(f["path"], f["code"]) for f in found] == [(path, code)]


def test_a_folder_that_leads_out_of_the_project_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = copy_project(tmp_path / "project")
    shutil.move(project / "scripts" / "vllm", tmp_path / "elsewhere")
    (project / "scripts" / "vllm").symlink_to(tmp_path / "elsewhere")
    found = findings(project, capsys)
    assert [(f["path"], f["code"]) for f in found] == [("scripts/vllm", "R1002")]


def test_a_script_that_makes_a_command_too_large_is_named_as_its_largest_part(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = copy_project(tmp_path) / "scripts" / "vllm" / "worker.sh"
    script.write_text(script.read_text(encoding="utf-8") + "# filler\n" * 1000, encoding="utf-8")
    found = findings(tmp_path, capsys)
    assert [(f["path"], f["code"], f["under"]) for f in found] == [
        ("ros_templates/parts/commands.yaml.j2", "R7001", "Resources.WorkerCommand")
    ]
    assert "scripts/vllm/worker.sh" in str(found[0]["help"])


def test_an_image_build_that_is_too_large_is_reported_for_each_model(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = copy_project(tmp_path) / "scripts" / "image" / "build.sh"
    script.write_text(script.read_text(encoding="utf-8") + "# filler\n" * 1000, encoding="utf-8")
    found = findings(tmp_path, capsys)
    assert [(f["path"], f["code"]) for f in found] == [("scripts/image/build.sh", "R7003")] * 2


def test_mistyped_keys_of_the_sources_are_spelt_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right, wrong = copy_project(tmp_path / "right"), faulty("mistyped-key", tmp_path / "wrong")
    assert main(["lint", str(wrong), "--fix"]) == 0
    assert "mended 2 findings in 2 files" in capsys.readouterr().out
    for path in ("service/catalog/models/deepseek-r1.yaml", "service/targets.yaml"):
        assert (wrong / path).read_bytes() == (right / path).read_bytes()
