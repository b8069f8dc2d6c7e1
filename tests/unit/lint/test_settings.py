from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nestforge.lint.registry import names_of_rules
from nestforge.lint.settings import Settings, settings_for

if TYPE_CHECKING:
    from pathlib import Path

    from nestforge.model.diagnostic import Diagnostic


def read(folder: Path, text: str, name: str = ".nestforge.toml") -> tuple[Settings, list[str]]:
    (folder / name).write_text(text, encoding="utf-8")
    found: list[Diagnostic] = []
    return settings_for(str(folder), found), [f"{d.span.line}:{d.span.column} {d.code} {d.message}" for d in found]


def test_rules_are_chosen_by_name_and_by_the_beginning_of_their_codes(tmp_path: Path) -> None:
    settings, faults = read(tmp_path, '[lint]\nonly = ["R30", "unknown-property"]\nallow = ["R3001"]\n')
    assert faults == []
    names = names_of_rules(settings)
    assert "R3002" in names
    assert "R3102" in names
    assert "R3001" not in names
    assert "R3103" not in names


def test_severity_is_by_the_whole_name_or_code(tmp_path: Path) -> None:
    settings, faults = read(tmp_path, '[lint.severity]\nundefined-ref = "info"\nR3002 = "warning"\n')
    assert faults == []
    assert settings.severity_of("R3001", "undefined-ref", "error") == "info"
    assert settings.severity_of("R3002", "undefined-get-att-target", "error") == "warning"
    assert settings.severity_of("R3003", "undefined-condition", "error") == "error"


def test_pyproject_is_read_where_it_speaks_of_nestforge(tmp_path: Path) -> None:
    settings, faults = read(tmp_path, '[tool.nestforge.lint]\nallow = ["R8"]\n', "pyproject.toml")
    assert (settings.allow, faults) == (("R8",), [])


def test_settings_beside_their_table_in_pyproject_are_reported(tmp_path: Path) -> None:
    text = '[tool.ruff.lint]\nallow = 1\n[tool.nestforge]\nallow = ["R8"]\n'
    settings, faults = read(tmp_path, text, "pyproject.toml")
    assert (settings.allow, faults) == ((), ["4:1 R1401 'allow' does nothing outside of [tool.nestforge.lint]"])


def test_the_nearest_settings_count_and_a_repository_ends_the_search(tmp_path: Path) -> None:
    (tmp_path / ".nestforge.toml").write_text('[lint]\nallow = ["R8"]\n')
    inner = tmp_path / "repository" / "folder"
    inner.mkdir(parents=True)
    assert settings_for(str(inner), []).allow == ("R8",)
    (tmp_path / "repository" / ".git").mkdir()
    assert settings_for(str(inner), []) == Settings()


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("[lint]\nalow = []\n", ["2:1 R1401 there is no setting 'alow'"]),
        ("[lint]\nallow = 'R8'\n", ["2:1 R1401 'allow' must be a list of strings"]),
        ("[lint]\nallow = ['undefined-rf']\n", ["2:11 R1402 there is no rule 'undefined-rf'"]),
        ("[lint]\nonly = ['R99']\n", ["2:10 R1402 there is no rule 'R99'"]),
        ("[lint]\nallow = ['R1101']\n", ["2:11 R1402 there is no rule 'R1101'"]),
        ("[lint.severity]\nR30 = 'info'\n", ["2:1 R1402 there is no rule 'R30'"]),
        (
            "[lint.severity]\nR3001 = 'fatal'\n",
            ["1:7 R1401 'severity' must give each rule one of error, warning, info"],
        ),
        ("allow = ['R8']\n", ["1:1 R1401 'allow' does nothing outside of [lint]"]),
        ("[lnt]\nallow = ['R8']\n", ["1:2 R1401 'lnt' is not read"]),
        ("lint = 1\n", ["1:1 R1401 'lint' must be a table"]),
        (
            "[lint\n",
            ["1:1 R1401 this is no TOML: Expected ']' at the end of a table declaration (at line 1, column 6)"],
        ),
    ],
)
def test_what_is_wrong_with_the_settings_is_said_at_its_place(tmp_path: Path, text: str, faults: list[str]) -> None:
    assert read(tmp_path, text)[1] == faults


def test_excluded_are_the_paths_that_a_pattern_means_and_what_is_below(tmp_path: Path) -> None:
    settings, _ = read(tmp_path, '[lint]\nexclude = ["examples/*/old", "*.tf.yml"]\n')
    excluded = [
        settings.excludes(str(tmp_path / path)) for path in ("examples/a/old/x.yml", "b.tf.yml", "examples/a.yml")
    ]
    assert excluded == [True, True, False]
