"""What a command loads: an editor and a shell wait for it, so the heavy libraries stay where they are needed."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.own_project import ROOT, copy_project

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = str(ROOT / "tests/snapshots/package/computenest/ros_templates/dual-ecs.yaml")
THIRD_PARTY = (
    "libyaml",
    "yaml",
    "jinja2",
    "markupsafe",
    "jsonschema",
    "referencing",
    "msgspec",
    "aiohttp",
    "requests",
    "Tea",
)
"""Their names as modules; the official SDKs all begin with alibabacloud."""

LIBYAML = ("yaml", "yaml._yaml", "yaml.error", "yaml.events", "yaml.nodes", "yaml.tokens")
"""libyaml's parser and what it needs; the rest of PyYAML takes as long to load as a check of a template."""

HEAVY = ("argparse", "asyncio", "pygls", "lsprotocol", "cattrs", "attrs", "rich")
"""What takes time to load; pygls and what it needs are for `nestforge lsp` alone."""

COSTLY = (
    "typing",
    "json",
    "dataclasses",
    "inspect",
    "pathlib",
    "subprocess",
    "tempfile",
    "difflib",
    "shutil",
    "urllib",
)
"""Modules of Python's own that take as long to load as a check of a template: no template does without mistakes."""

PROBE = """
import json, sys
before = set(sys.modules)
from nestforge.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print()
print(json.dumps(sorted(set(sys.modules) - before)))
"""


def loaded(*arguments: str, among: tuple[str, ...] = (*THIRD_PARTY, *HEAVY)) -> set[str]:
    command = [sys.executable, "-c", PROBE, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    modules: list[str] = json.loads(done.stdout.splitlines()[-1])
    tops = {"libyaml" if name in LIBYAML else name.partition(".")[0] for name in modules}
    return {top for top in tops if top in among or top.startswith("alibabacloud")}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--version"], set()),
        (["--help"], set()),
        (["nonsense"], set()),
        (["lint", "--help"], {"argparse"}),
        (["lsp", "--help"], {"argparse"}),
        (["lint", TEMPLATE], {"libyaml"}),
        (["evaluate", "--help"], {"argparse"}),
        (["preview", "--help"], {"argparse"}),
        (["evaluate", TEMPLATE], {"libyaml"}),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_command_loads_what_it_needs_and_no_more(arguments: list[str], expected: set[str]) -> None:
    assert loaded(*arguments) == expected


def test_a_template_is_checked_without_the_costly_modules_and_again_without_a_parser() -> None:
    assert loaded("lint", TEMPLATE, among=("libyaml", "yaml", *COSTLY)) == {"libyaml"}
    assert loaded("lint", TEMPLATE, among=("libyaml", "yaml", "re", *COSTLY)) <= {"re", "json"}


def test_a_build_of_unchanged_sources_loads_no_parser_and_no_renderer(tmp_path: Path) -> None:
    project = str(copy_project(tmp_path))
    first = loaded("build", "--project", project)
    assert {"yaml", "jinja2", "msgspec"} <= first
    assert "jsonschema" not in first  # it says what is wrong, where something is
    assert not [name for name in first if name.startswith("alibabacloud")]
    assert loaded("build", "--project", project) == set()


def test_a_build_after_a_new_comment_loads_no_renderer(tmp_path: Path) -> None:
    root = copy_project(tmp_path)
    loaded("build", "--project", str(root))
    with (root / "i18n/en-US/strings.yaml").open("a", encoding="utf-8") as strings:
        strings.write("# nothing new\n")
    assert not {"jinja2", "jsonschema", "msgspec"} & loaded("build", "--project", str(root))
