"""What the hosts find on their disk is what the image build would have left there."""

from __future__ import annotations

import json
import subprocess
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from tests.own_project import ROOT, own_build
from tests.programs import need

from nestforge.assemble.image_build import image_build_command, image_build_stamp
from nestforge.rehearse.engine.built_image import CONFIG, FACTS, MANIFEST, NoImageBuild, image_builds, read_build
from nestforge.rehearse.engine.tiny_model import manifest
from nestforge.sources.project import load_project

if TYPE_CHECKING:
    from pathlib import Path

    from nestforge.model.project import Project
    from nestforge.rehearse.engine.built_image import ImageBuild

COMMAND = """#!/usr/bin/env bash
set -euo pipefail
IMAGE_BUILD=0123
MODEL=a/b
REVISION=master
MODEL_ROOT=/root/llm-model
ENGINES=(
  'vllm-1|1|vllm|registry/vllm:base|llm/vllm:1|vllm==1 ray==2'
)
#!/usr/bin/env bash
IMAGE_BUILD=not this one
"""


@pytest.fixture(scope="module")
def project() -> Project:
    return load_project(ROOT)


@pytest.fixture
def build(project: Project) -> ImageBuild:
    return read_build("image", image_build_command(project, project.catalog.models[0]))


def test_the_header_of_the_build_is_read(project: Project, build: ImageBuild) -> None:
    model = project.catalog.models[0]
    assert (build.image_build, build.model) == (image_build_stamp(project, model), model.id)
    assert build.model_root == project.service.container.model_root
    assert [(one.release, one.version, one.image) for one in build.engines] == [
        (offered.id, offered.release.version, offered.release.image) for offered in project.catalog.engines
    ]


def test_a_package_has_a_build_for_each_of_its_images(project: Project, tmp_path: Path) -> None:
    (tmp_path / CONFIG).parent.mkdir()
    (tmp_path / CONFIG).write_bytes(own_build().files[CONFIG])
    builds = image_builds(tmp_path)
    assert [one.model for one in builds.values()] == [model.id for model in project.catalog.models]
    assert all(name.startswith(project.service.id) for name in builds)


def test_the_scripts_of_a_node_accept_the_record(build: ImageBuild, project: Project, tmp_path: Path) -> None:
    need("jq")
    model = tmp_path / "model" / build.model
    (model / "sub folder").mkdir(parents=True)
    (model / "config.json").write_text("{}", encoding="utf-8")
    (model / "sub folder" / "weights").write_bytes(b"1234")
    etc = tmp_path / "etc"
    etc.mkdir()
    for path, content in build.files(manifest(model)).items():
        (etc / path.rpartition("/")[2]).write_bytes(content)
    for engine in build.engines:
        values = {
            "LLM_ETC": str(etc), "LLM_LOG": str(tmp_path), "NODE_ROLE": "master", "API_KEY": "the-key",
            "MODEL": build.model, "MODEL_DIR": str(model), "IMAGE_BUILD": build.image_build, "ENGINE": engine.release,
            "IMAGE": engine.image, "ID": engine.image_id, "PATH": "/usr/bin:/bin:/usr/local/bin",
        }  # fmt: skip
        script = 'docker() { echo "$ID"; }; source lib/log.sh; source lib/preflight.sh; check_image; check_model'
        done = subprocess.run(
            ["bash", "-c", script], cwd=ROOT / "scripts", env=values, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert f"{engine.image}, {engine.image_id}" in done.stdout
        assert f"2 files of {build.model}" in done.stdout


def test_the_record_has_what_the_build_script_records(build: ImageBuild) -> None:
    files = build.files("4 0000 weights\n")
    facts = json.loads(files[FACTS])
    script = (ROOT / "scripts/image/build.sh").read_text(encoding="utf-8")
    assert "{$image_build, $model, $revision, $commit, $manifest_sha256, engines: add}" in script
    assert list(facts) == ["image_build", "model", "revision", "commit", "manifest_sha256", "engines"]
    assert "{($release): {$version, $image, $image_id, $source} }" in script
    assert {tuple(one) for one in facts["engines"].values()} == {("version", "image", "image_id", "source")}
    assert facts["manifest_sha256"] == sha256(files[MANIFEST]).hexdigest()


def test_other_packages_make_another_image() -> None:
    before, after = read_build("image", COMMAND), read_build("image", COMMAND.replace("ray==2", "ray==3"))
    assert before.engines[0].image_id.startswith("sha256:")
    assert before.engines[0].image_id != after.engines[0].image_id
    assert before.engines[0].source_digest == after.engines[0].source_digest


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("", "sets no IMAGE_BUILD, MODEL, REVISION, MODEL_ROOT"),
        (COMMAND.replace("MODEL=a/b\n", ""), "sets no MODEL"),
        (COMMAND.replace("|vllm==1 ray==2", ""), "six fields"),
        ("#!/bin/sh\necho 'unclosed\n#!/bin/sh\n", "no header"),
    ],
)
def test_another_build_is_refused_with_the_reason(command: str, said: str) -> None:
    with pytest.raises(NoImageBuild, match=said):
        read_build("image", command)
