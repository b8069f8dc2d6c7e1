"""`nestforge lint` as a supplier, an editor and a CI job start it."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.cli.process import command, environment, run
from tests.own_project import copy_project

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = """\
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties:
      CidrBlok: 10.0.0.0/8
"""
FOUND = "6:7: error[R3102] ALIYUN::ECS::VPC has no property 'CidrBlok'"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "bad.yml").write_text(TEMPLATE)
    (tmp_path / "a" / "b" / "bad.json").write_text(json.dumps({"Resources": {"V": {"Type": "ALIYUN::ECS::VPC "}}}))
    (tmp_path / "a" / "b" / "other.yaml").write_text("# not one: ROSTemplateFormatVersion\nkey: value\n")
    (tmp_path / "a" / "good.yaml").write_text(TEMPLATE.replace("Blok", "Block"))
    (tmp_path / "a" / ".hidden").mkdir()
    (tmp_path / "a" / ".hidden" / "bad.yml").write_text(TEMPLATE)
    return tmp_path


def places(text: str) -> list[str]:
    return [line.partition(" ")[0] for line in text.splitlines() if "[R" in line]


def test_a_folder_is_searched_for_templates_and_paths_are_as_from_here(folder: Path) -> None:
    done = run(folder, "lint", "a")
    assert (done.returncode, done.stderr) == (1, "")
    assert places(done.stdout) == ["a/bad.yml:6:7:"]
    assert done.stdout.endswith("1 error in 2 files\n")


def test_several_paths_are_checked_once_each(folder: Path) -> None:
    done = run(folder, "lint", "a/bad.yml", "./a/bad.yml", "a/good.yaml", "a/b/other.yaml")
    assert places(done.stdout) == ["a/bad.yml:6:7:", "a/b/other.yaml:1:1:"]


def test_standard_input_is_a_template_by_the_name_it_is_given(folder: Path) -> None:
    done = subprocess.run(
        command("lint", "--stdin-filename", "a/new.yaml"),
        cwd=folder,
        env=environment(folder),
        input=TEMPLATE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(f"a/new.yaml:{FOUND}\n  6 |       CidrBlok: 10.0.0.0/8\n")


def test_fix_changes_what_is_safe_and_says_so(folder: Path) -> None:
    done = run(folder, "lint", "--fix", "a/bad.yml")
    assert (done.returncode, done.stdout) == (0, "no findings in 1 file\nmended 1 finding in 1 file\n")
    assert (folder / "a" / "bad.yml").read_text() == TEMPLATE.replace("Blok", "Block")
    again = run(folder, "lint", "--fix", "a/bad.yml")
    assert again.stdout == "no findings in 1 file\nnothing that is safe to change\n"


def test_a_baseline_leaves_only_what_is_new(folder: Path) -> None:
    written = run(folder, "lint", "--baseline", "known.json", "--write-baseline", "a/bad.yml")
    assert (written.returncode, written.stdout) == (0, "no findings in 1 file\n1 more in known.json\n")
    (folder / "a" / "bad.yml").write_text("# moved\n" + TEMPLATE + "      VpcNam: x\n")
    done = run(folder, "lint", "--baseline", "known.json", "a/bad.yml")
    assert places(done.stdout) == ["a/bad.yml:8:7:"]
    (folder / "a" / "bad.yml").write_text(TEMPLATE.replace("Blok", "Block"))
    gone = run(folder, "lint", "--baseline", "known.json", "a/bad.yml")
    assert gone.returncode == 0
    assert "1 in known.json no longer there" in gone.stdout


@pytest.mark.parametrize(
    "content", [None, "{", "[]", '{"schema": 2, "findings": []}', '{"schema": 1, "findings": [1]}']
)
def test_a_baseline_that_is_none_is_refused(folder: Path, content: str | None) -> None:
    if content is not None:
        (folder / "known.json").write_text(content)
    done = run(folder, "lint", "--baseline", "known.json", "a/bad.yml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "error: known.json: " in done.stderr
    assert "--write-baseline" in done.stderr


def test_settings_of_a_project_count_for_what_is_below(folder: Path) -> None:
    (folder / ".nestforge.toml").write_text('[lint]\nallow = ["unknown-property"]\nexclude = ["a/good*"]\n')
    done = run(folder, "lint", "a")
    assert (done.returncode, done.stdout) == (0, "no findings in 1 file\n")
    (folder / ".nestforge.toml").write_text('[lint]\nallow = ["unknown-proprety"]\n')
    done = run(folder, "lint", "a/bad.yml")
    assert places(done.stdout) == [".nestforge.toml:2:11:", "a/bad.yml:6:7:"]
    assert places(run(folder, "lint", "a").stdout) == [".nestforge.toml:2:11:", "a/bad.yml:6:7:"]
    (folder / ".nestforge.toml").write_text('[lint.severity]\nunknown-property = "info"\n')
    done = run(folder, "lint", "a/bad.yml")
    assert (done.returncode, "info[R3102]" in done.stdout) == (0, True)


def test_processes_and_the_cache_change_nothing_about_the_findings(folder: Path) -> None:
    results = [
        run(folder, "lint", "a", *more, XDG_CACHE_HOME=str(folder / "cache")).stdout
        for more in (["--no-cache"], [], [], ["--jobs", "2"], ["--jobs", "2", "--no-cache"])
    ]
    assert len(set(results)) == 1
    assert (folder / "cache" / "nestforge").is_dir()


def test_without_a_cache_nothing_of_a_project_is_kept(tmp_path: Path) -> None:
    project, cache = str(copy_project(tmp_path / "project")), tmp_path / "cache" / "nestforge"
    assert run(tmp_path, "lint", "--no-cache", project, XDG_CACHE_HOME=str(cache.parent)).returncode == 0
    assert not (cache / "steps").exists()
    assert not (cache / "findings").exists()
    assert run(tmp_path, "lint", project, XDG_CACHE_HOME=str(cache.parent)).returncode == 0
    assert (cache / "steps").is_dir()
    assert (cache / "findings").is_dir()


def test_a_cache_that_cannot_be_used_is_not_missed(folder: Path) -> None:
    (folder / "cache").write_text("a file")
    done = run(folder, "lint", "a", XDG_CACHE_HOME=str(folder / "cache"))
    assert (done.returncode, done.stderr) == (1, "")
    damaged = folder / "cache2"
    run(folder, "lint", "a", XDG_CACHE_HOME=str(damaged))
    for entry in damaged.rglob("*"):
        if entry.is_file():
            entry.write_text('[[["x"]]]')
    assert run(folder, "lint", "a", XDG_CACHE_HOME=str(damaged)).stdout == done.stdout


def test_what_was_checked_is_recalled_and_a_change_is_seen(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    cache = str(tmp_path / "cache")
    assert run(project, "lint", XDG_CACHE_HOME=cache).returncode == 0
    strings = project / "i18n" / "en-US" / "strings.yaml"
    strings.write_text(strings.read_text() + "unused: nobody reads this\n")
    changed = run(project, "lint", XDG_CACHE_HOME=cache)
    assert [line for line in places(changed.stdout) if line.startswith("i18n/en-US/strings.yaml:")]
    assert run(project, "lint", XDG_CACHE_HOME=cache).stdout == changed.stdout


def test_watch_checks_again_after_each_change_until_ctrl_c(folder: Path) -> None:
    process = subprocess.Popen(
        command("lint", "--watch", "a/bad.yml"),
        cwd=folder,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        first = [process.stdout.readline()]
        while "waiting" not in first[-1]:
            first.append(process.stdout.readline())
        assert FOUND in first[0]
        (folder / "a" / "bad.yml").write_text(TEMPLATE.replace("Blok: 10.0.0.0/8", "Block: 10.0.0.0/16"))
        assert process.stdout.readline() == "no findings in 1 file\n"
        assert "waiting" in process.stdout.readline()
        process.send_signal(2)
        assert process.wait() == 0
        assert process.communicate() == ("", "")
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.yaml"], "there is no 'nowhere.yaml'"),
        (["-", "a"], "standard input is one template"),
        (["-", "--fix"], "standard input is one template"),
        (["--write-baseline", "a"], "--write-baseline needs to know which file"),
        (["--format", "xml", "a"], "invalid choice"),
        (["--jobs", "0", "a"], "--jobs"),
        ([], "there is no service/service.yaml"),
    ],
)
def test_options_that_mean_nothing_end_with_2(folder: Path, arguments: list[str], said: str) -> None:
    done = run(folder, "lint", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("project/README.md", "project"),
        ("project/catalog/models.yaml", "project"),
        ("project/ros_templates/x.yaml.j2", "project"),
        ("project/ros_templates", "project"),
        ("package/.computenest/config.yaml", "package"),
    ],
)
def test_a_part_of_a_project_leads_to_the_project(folder: Path, path: str, kind: str) -> None:
    (folder / "project/service").mkdir(parents=True)
    (folder / "project/service/service.yaml").write_text("name: x\n")
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    if path.endswith("templates"):
        (folder / path).mkdir()
    else:
        (folder / path).write_text("ROSTemplateFormatVersion: {{ x }}\n" if path.endswith("j2") else "a: b\n")
    done = run(folder, "lint", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"'{path}' is a part of a {kind}" in done.stderr
    assert f"nestforge lint {kind}" in done.stderr


def test_a_template_inside_a_project_is_checked_by_itself(folder: Path) -> None:
    (folder / "service").mkdir()
    (folder / "service/service.yaml").write_text("name: x\n")
    assert places(run(folder, "lint", "a/bad.yml").stdout) == ["a/bad.yml:6:7:"]
    assert places(run(folder, "lint", "a").stdout) == ["a/bad.yml:6:7:"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"\0", b"a: [", b"- 1", b"x" * 2_000_000, b"\x1b[2J: 1"])
def test_no_content_of_a_file_is_a_bug(folder: Path, content: bytes) -> None:
    (folder / "x.yaml").write_bytes(content)
    done = run(folder, "lint", "x.yaml", "--format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    (found,) = json.loads(done.stdout)["findings"]
    assert (found["path"], found["code"][:2]) == ("x.yaml", "R1")


def test_a_pipe_and_a_link_that_leads_nowhere_are_named(folder: Path) -> None:
    os.mkfifo(folder / "pipe.yaml")
    (folder / "gone.yaml").symlink_to("nowhere")
    done = run(folder, "lint", "pipe.yaml", "gone.yaml")
    assert places(done.stdout) == ["pipe.yaml:1:1:", "gone.yaml:1:1:"]
    assert run(folder, "lint", ".").stdout.endswith("1 error in 2 files\n")


def test_a_template_in_a_folder_that_a_link_leads_to_is_read(folder: Path) -> None:
    (folder / "link.yaml").symlink_to("a/bad.yml")
    done = run(folder, "lint", "link.yaml")
    assert places(done.stdout) == ["link.yaml:6:7:"]
