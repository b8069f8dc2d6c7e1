"""Every rule against its fixtures: `# expect: CODE` marks the lines that it must report, and no other line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nestforge.lint import registry
from nestforge.lint.check import check_template
from nestforge.lint.registry import load, rows

if TYPE_CHECKING:
    from nestforge.lint.engine import Rule

FOLDER = Path(__file__).parent
FIXTURES = sorted((*FOLDER.glob("*/*.yaml"), *FOLDER.glob("*/*.json")))
LIMITS = FOLDER.parent / "unit" / "lint" / "test_limits.py"
BY_HAND = FOLDER.parent / "unit" / "lint" / "test_package_rules.py"
PROJECTS = FOLDER.parent / "projects"
PACKAGES = FOLDER.parent / "packages"
SECTIONS = {
    "references": "R30",
    "resources": "R31",
    "language": "R32",
    "functions": "R33",
    "branches": "R34",
    "forms": "R4",
    "texts": "R5",
    "artifacts": "R60",
    "config": "R61",
    "scripts": "R7",
    "documents": "R8",
    "security": "R90",
}
ROWS = list(rows())
RULES: list[Rule] = [load(section, row) for section, row in ROWS]
MARK = re.compile(r"# expect: ([R0-9, ]+)")


def expected(text: str) -> list[tuple[int, str]]:
    return [
        (number, code)
        for number, line in enumerate(text.splitlines(), 1)
        if (mark := MARK.search(line))
        for code in mark[1].replace(",", " ").split()
    ]


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_fixture_is_reported_where_it_says_so_and_nowhere_else(fixture: Path) -> None:
    text = fixture.read_text(encoding="utf-8")
    found = check_template(text, fixture.name)
    assert [(d.span.line, d.code) for d in found] == expected(text), "\n".join(map(str, found))
    assert all(d.help for d in found), "a finding says what to do, near miss or not"
    assert bool(found) == fixture.stem.startswith("bad")


def test_no_rule_is_left_out_that_would_find_something(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {f"{path.parent.name}/{path.name}": path.read_text(encoding="utf-8") for path in FIXTURES}
    chosen = {name: check_template(text, name) for name, text in texts.items()}
    everything = tuple((section, row._replace(when=(), keys=())) for section, row in ROWS)
    monkeypatch.setattr(registry, "rows", lambda: everything)
    for name, text in texts.items():
        assert check_template(text, name) == chosen[name], name


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_what_is_wrong_and_shows_it(rule: Rule) -> None:
    documentation, first = rule.documentation, rule.title
    assert first.endswith(".")
    assert len(first) < 100
    assert re.search(r"^ *Bad:  \S", documentation, re.MULTILINE)
    assert re.search(r"^ *Good: \S", documentation, re.MULTILINE)


def test_every_code_is_unique_and_in_the_range_of_its_section() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    for (section, row), rule in zip(ROWS, RULES, strict=True):
        assert (row.code, row.name) == (rule.code, rule.name)
        assert rule.code.startswith(SECTIONS[section]), rule.code
        assert re.fullmatch(r"R\d{4}", rule.code)


def test_every_rule_file_is_in_the_table_of_its_section() -> None:
    import nestforge.lint.rules

    files = Path(nestforge.lint.rules.__file__).parent.glob("*/*.py")
    named = {(path.parent.name, path.stem) for path in files if path.stem != "__init__"}
    assert named == {(section, row.name.replace("-", "_")) for section, row in ROWS}


def test_every_rule_has_a_bad_and_a_good_example() -> None:
    made = LIMITS.read_text(encoding="utf-8")  # what is too large is made there, not kept
    for row in (row for _, row in ROWS if row.subject == "template"):
        folder = FOLDER / f"{row.code}_{row.name}"
        if row.code in made:
            continue
        assert list(folder.glob("bad*")), folder
        assert list(folder.glob("good*")), folder
    # What no fault of the sources brings about, because the configuration is made from them, is built by hand.
    elsewhere = [*PROJECTS.glob("*/expect.txt"), PROJECTS / "test_projects.py", BY_HAND, *PACKAGES.rglob("*.md")]
    elsewhere += PACKAGES.rglob("*.yaml")
    shown = "".join(path.read_text(encoding="utf-8") for path in elsewhere)
    for code in {row.code for _, row in ROWS if row.subject != "template"}:
        assert code in shown, f"no project in tests/projects shows {code}"


def test_no_folder_is_left_of_a_rule_that_is_gone() -> None:
    names = {f"{row.code}_{row.name}" for _, row in ROWS if row.subject == "template"}
    assert {path.name for path in FOLDER.iterdir() if re.match(r"R\d", path.name)} <= names
