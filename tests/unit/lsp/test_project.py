"""The sources of a project: checked when they are saved, looked up in the template that they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.own_project import copy_project

from nestforge.lsp.project import OpenProject, project_of
from nestforge.lsp.spot import Position

if TYPE_CHECKING:
    from pathlib import Path

NETWORK = "ros_templates/parts/network.yaml.j2"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> OpenProject:
    opened = OpenProject(copy_project(tmp_path_factory.mktemp("project")))
    assert opened.check() == []
    return opened


def place_of(text: str, words: str, inside: int) -> Position:
    row = next(number for number, line in enumerate(text.split("\n")) if words in line)
    return Position(row, text.split("\n")[row].index(words) + inside)


def test_a_source_is_known_by_its_project(project: OpenProject, tmp_path: Path) -> None:
    assert project_of(project.root / NETWORK) == project.root
    assert project_of(project.root / "build" / "package" / "template.yaml") is None
    assert project_of(tmp_path / "template.yaml") is None


def test_a_ref_in_a_source_leads_to_the_source_that_declares_it(project: OpenProject) -> None:
    text = (project.root / NETWORK).read_text(encoding="utf-8")
    found = project.definition(NETWORK, text, place_of(text, "{Ref: VpcCidrBlock}", 8))
    assert found is not None
    declared = (project.root / found.path).read_text(encoding="utf-8").split("\n")[found.line - 1]
    assert found.path != NETWORK
    assert declared.strip() == "VpcCidrBlock:"


def test_a_source_with_unsaved_lines_is_still_understood_around_them(project: OpenProject) -> None:
    text = (project.root / NETWORK).read_text(encoding="utf-8")
    edited = "# more\n" + text
    found = project.hover(NETWORK, edited, place_of(edited, "{Ref: VpcCidrBlock}", 8))
    assert found is not None
    assert "parameter **VpcCidrBlock**" in found.text
    changed = text.replace("{Ref: VpcCidrBlock}", "{Ref: VpcCidrBlocks}")
    assert project.hover(NETWORK, changed, place_of(changed, "{Ref: VpcCidrBlocks}", 8)) is None


def test_what_is_wrong_is_reported_in_the_source(project: OpenProject) -> None:
    file = project.root / NETWORK
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("{Ref: VpcCidrBlock}", "{Ref: VpcCidrBlocks}", 1), encoding="utf-8")
    try:
        found = project.check()
    finally:
        file.write_text(text, encoding="utf-8")
    row = place_of(text, "{Ref: VpcCidrBlock}", 0).line + 1
    assert ("R3001", NETWORK, row) in {(f.code, f.span.path, f.span.line) for f in found}
