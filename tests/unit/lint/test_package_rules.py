"""Rules about packages that the assembler would not make: R6003, R7012, R7018, R9026, R9033.

The hints R7013, R7051, R7052 too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from tests.own_project import build_at, copy_project

from nestforge.lint.config import read_config
from nestforge.lint.package import MadeFiles, Package
from nestforge.lint.rules.artifacts.relation_without_artifact import relation_without_artifact
from nestforge.lint.rules.artifacts.token_without_relation import token_without_relation
from nestforge.lint.rules.artifacts.unused_relation import unused_relation
from nestforge.lint.rules.scripts.doubtful_engine_flag_in_catalog import doubtful_engine_flag_in_catalog
from nestforge.lint.rules.scripts.image_build_syntax import image_build_syntax
from nestforge.lint.rules.scripts.no_bash import no_bash
from nestforge.lint.rules.scripts.release_without_flag_table import release_without_flag_table
from nestforge.lint.rules.scripts.script_syntax import script_syntax
from nestforge.lint.rules.scripts.script_syntax_in_package import script_syntax_in_package
from nestforge.lint.rules.security.credential_in_file import credential_in_file
from nestforge.lint.rules.security.piped_plain_download_in_file import piped_plain_download_in_file
from nestforge.model.build import Build
from nestforge.model.diagnostic import Span
from nestforge.model.project import Project
from nestforge.sources.template import Template

if TYPE_CHECKING:
    from pathlib import Path

    from yaml.nodes import Node

    from nestforge.lint.engine import Rule
    from nestforge.sources.config_part import Way

from nestforge.sources.compose import compose

CONFIG = """\
Service:
  DeployMetadata:
    SupplierDeployMetadata:
      ArtifactRelation:
        ecs_image_r1: {ArtifactId: '${Artifact.EcsImage.ArtifactId}', ArtifactVersion: draft}
      FileArtifactRelation:
        '{{ computenest::file::tools }}': {ArtifactId: '${Artifact.Tools.ArtifactId}', ArtifactVersion: draft}
        '{{computenest::file::bought}}': {ArtifactId: artifact-123, ArtifactVersion: 2}
Artifact:
  EcsImage:
    ArtifactBuildProperty:
      CommandContent: |
        set -e
        if true; then
          echo yes
"""

TEMPLATE = """\
Parameters:
  Os: {Type: String, AllowedValues: [ecs_image_os, centos_7]}
Resources:
  A: {Properties: {ImageId: {"Fn::If": [X, ecs_image_r1, m-123abc]}}}
  B: {Properties: {ImageId: ecs_image_r2}}
  C: {Properties: {ImageId: {Ref: Os}}}
  D: {Properties: {ImageId: "{{resolve:oos:aliyun/services/computenest/images/x}}"}}
  E: {Properties: {ImageId: aliyun_3_x64_20G_alibase_20250629.vhd}}
  F: {Properties: {Text: "{{ computenest::file::bought }} {{computenest::acrimage::app}}"}}
  G: {Properties: {Text: "{{ computenest::helm::dockerconfigjson }} {{ computenest::acr::dockerconfigjson }}"}}
"""


def place(way: Way, node: Node) -> Span:
    return Span("config.yaml", node.start_mark.line + 1)


def package(template: str = TEMPLATE) -> Package:
    root = compose(template)
    assert root is not None
    return Package(MadeFiles({}), {}, (Template("t.yaml", template, root),), read_config(CONFIG, place), complete=True)


def found(rule: Rule) -> list[tuple[int, str]]:
    return [(finding.span.line, finding.message) for finding in rule.find(package())]


def test_a_relation_names_an_artifact_that_is_described() -> None:
    tools = "{{ computenest::file::tools }}"
    assert found(relation_without_artifact) == [(7, f"'{tools}' stands for the artifact 'Tools', which is none")]


def test_a_token_is_related_unless_it_is_no_artifact_s() -> None:
    assert sorted(found(token_without_relation)) == [
        (2, "'ecs_image_os' is not in ArtifactRelation of config.yaml"),
        (5, "'ecs_image_r2' is not in ArtifactRelation of config.yaml"),
        (9, "'{{ computenest::acrimage::app }}' is not in AcrImageArtifactRelation of config.yaml"),
    ]


def test_a_relation_is_used_whatever_the_blanks_in_its_braces() -> None:
    message = "no template uses '{{ computenest::file::tools }}' of FileArtifactRelation"
    assert found(unused_relation) == [(7, message)]


@pytest.mark.parametrize(
    ("section", "token", "near"),
    [
        ("ArtifactRelation", "ecs_image_r3", "ecs_image_r2"),
        ("ArtifactRelation", "computenest::file::baught", None),
        ("FileArtifactRelation", "{{ computenest::file::baught }}", "{{ computenest::file::bought }}"),
        ("FileArtifactRelation", "ecs_image_r3", None),
        ("ArtifactRelation", "Tokenn", None),
    ],
)
def test_what_an_unused_relation_may_mean_is_a_token_of_its_kind(section: str, token: str, near: str | None) -> None:
    config = (
        f"Service: {{DeployMetadata: {{SupplierDeployMetadata: {{{section}: {{'{token}': {{ArtifactId: a-1}}}}}}}}}}"
    )
    root = compose(TEMPLATE + "Mappings: {Token: {Token: {Token: Token}}}\n")
    assert root is not None
    templates = (Template("t.yaml", TEMPLATE, root),)
    unused = Package(MadeFiles({}), {}, templates, read_config(config, place), complete=True)
    (finding,) = unused_relation.find(unused)
    otherwise = "put the token into a template, or take the relation and its artifact out"
    assert finding.help == (f"did you mean '{near}'?" if near else otherwise)


def test_nothing_is_unused_in_a_template_that_could_not_be_read() -> None:
    whole = package()
    assert list(unused_relation.find(Package(MadeFiles({}), {}, (), whole.config, complete=False))) == []


def test_the_build_of_an_image_is_read_by_bash() -> None:
    assert found(image_build_syntax) == [
        (12, "line 3 of the build of 'EcsImage': syntax error: unexpected end of file")
    ]


def test_a_script_is_read_by_bash_unless_it_names_another_reader() -> None:
    files = {"a.sh": b"fi\n", "b.sh": b"#!/usr/bin/env python3\nfi\n", "c.txt": b"fi\n"}
    found = script_syntax_in_package.find(Package(MadeFiles(files), {}, (), None, complete=True))
    assert [finding.span for finding in found] == [Span("a.sh", 1)]


def project(files: dict[str, str]) -> Build:
    nothing = cast("object", None)
    return Build(Project("", nothing, nothing, {}, files, {}), "")  # type: ignore[arg-type]  # only the files matter


def test_a_machine_without_bash_is_told_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    build = project({"scripts/a.sh": "fi\n", "scripts/b.sh": "echo\n"})
    assert [finding.span for finding in script_syntax.find(build)] == [Span("scripts/a.sh", 1)]
    assert list(no_bash.find(build)) == []
    monkeypatch.setenv("PATH", str(tmp_path))
    assert list(script_syntax.find(build)) == []
    assert [finding.message for finding in no_bash.find(build)] == [
        "the syntax of 2 scripts and of the commands was not checked: there is no bash"
    ]


DOCUMENT = b"""\
# How to
curl https://get.example.com/install.sh | sh
curl http://get.example.com/install.sh | sh
export KEY=LTAI5tQnotAnyKeyOf9mine
"""


def in_files(rule: Rule) -> list[tuple[str, int, str]]:
    files = {"docs/index.md": DOCUMENT, "icons/a.png": b"\0" + DOCUMENT, "t.yaml": DOCUMENT}
    whole = package()
    found = rule.find(Package(MadeFiles(files), {}, whole.templates, whole.config, complete=True))
    return [(finding.span.path, finding.span.line, finding.message) for finding in found]


def test_a_credential_is_found_in_any_text_and_not_shown() -> None:
    assert in_files(credential_in_file) == [("docs/index.md", 4, "here is the id of an AccessKey: LTAI…")]


def test_a_download_that_anyone_can_exchange_is_not_run() -> None:
    message = "what http://get.example.com/install.sh answers is run, whoever answers"
    assert in_files(piped_plain_download_in_file) == [("docs/index.md", 3, message)]


def test_a_catalog_s_abbreviated_flag_and_a_release_without_a_table_are_hints(tmp_path: Path) -> None:
    catalog = copy_project(tmp_path) / "service" / "catalog" / "engines" / "sglang.yaml"
    catalog.write_text(catalog.read_text(encoding="utf-8").replace("flag: --tp-size", "flag: --tp"), encoding="utf-8")
    assert {finding.message for finding in doubtful_engine_flag_in_catalog.find(build_at(tmp_path))} == {
        "'--tp' is taken for '--tp-size' because sglang 0.4.3 has no other flag that begins so"
    }
    for path in (catalog, tmp_path / "service" / "service.yaml"):
        text = path.read_text(encoding="utf-8")
        text = text.replace("version: 0.4.3", "version: 0.4.4").replace("sglang-0.4.3", "sglang-0.4.4")
        path.write_text(text.replace("flag: --nnodes", "flag: --nodes"), encoding="utf-8")
    build = build_at(tmp_path)
    (missing,) = {finding.message for finding in release_without_flag_table.find(build)}
    assert missing.startswith("there is no table of the flags of sglang 0.4.4, only of 0.4.3, ")
    (doubtful,) = {finding.message for finding in doubtful_engine_flag_in_catalog.find(build)}
    assert doubtful.startswith("'--nodes' is a flag of none of the versions of sglang that are known: 0.4.3, ")
