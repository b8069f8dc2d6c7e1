"""Whatever the bytes: no exception, a place in the text for each finding, and no more work than the size explains."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.fuzz.__main__ import OURS
from checks.fuzz.mutants import mutant, templates_below
from checks.fuzz.odd_values import KEYS, SCALARS
from checks.fuzz.trial import try_out
from nestforge.lint.check import check_template
from nestforge.sources.text_file import LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTILE = sorted((Path(__file__).parent / "hostile").glob("*.yaml"))
HEAD = "ROSTemplateFormatVersion: '2015-09-01'\n"
COMMAND = HEAD + (
    "Parameters:\n  Word: {Type: String, NoEcho: true}\nResources:\n  Runner:\n    Type: ALIYUN::ECS::RunCommand\n"
    "    Properties:\n      Type: RunShellScript\n      InstanceIds: [i-1]\n      CommandContent:\n"
    '        Fn::Sub: |\n\n          #!/bin/bash\n          echo "${Word}"\n          if then\n'
)
SAMPLE = 300


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_hostile_template_has_findings_and_no_fault(path: Path) -> None:
    trial = try_out(path.read_bytes())
    assert (trial.outcome, trial.fault) == ("findings", None)


@pytest.mark.parametrize("name", ["cyclic_alias", "alias_bomb"])
def test_aliases_without_end_are_all_that_is_reported(name: str) -> None:
    text = (Path(__file__).parent / "hostile" / f"{name}.yaml").read_text(encoding="utf-8")
    assert [found.code for found in check_template(text, "t.yaml")] == ["R3228"]


def test_a_chain_of_aliases_may_not_be_deeper_than_a_text() -> None:
    links = "".join(f"  A{n}: &a{n} [{'[' * 50}*a{n - 1}{']' * 50}]\n" for n in range(1, 9))
    text = f"{HEAD}Metadata:\n  A0: &a0 [a]\n{links}Resources: {{}}\n"
    assert "R3228" in [found.code for found in check_template(text, "t.yaml")]


@pytest.mark.parametrize("end", ["\r", "\r\n", "\x85", "\u2028", "\u2029"])
def test_only_a_line_feed_ends_a_line(end: str) -> None:
    assert try_out(COMMAND.replace("\n", end).encode()).fault is None
    text = f"{HEAD}Description: 'a{end}b'\nResources: {{Vpc: {{Type: ALIYUN::ECS::VPC, DependsOn: Gone}}}}\n"
    places = [found.span.line for found in check_template(text, "t.yaml") if found.code == "R3004"]
    assert places == [text[: text.index("Gone")].count("\n") + 1]


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xef\xbb\xbf\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0"])
def test_marks_before_the_text(mark: bytes) -> None:
    assert try_out(mark + COMMAND.encode()).fault is None


@pytest.mark.parametrize(
    "nested",
    [
        "[" * 100_000,
        "{a: " * 100_000,
        "[" * 150 + "]" * 150,
        "{Fn::Join: ['', [" * 60 + "a" + "]]}" * 60,
        "\n" + "".join(f"{' ' * depth}a:\n" for depth in range(4, 1200)),
        "- " * 50_000,
    ],
    ids=["brackets", "braces", "closed", "functions", "block", "dashes"],
)
def test_deep_nesting(nested: str) -> None:
    text = f"{HEAD}Resources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n    Properties: {nested}\n"
    assert try_out(text.encode()).fault is None


def test_mutants_of_our_fixtures() -> None:
    templates = templates_below(OURS)
    faults = {run: fault for run in range(SAMPLE) if (fault := try_out(mutant(templates, 1, run)).fault)}
    assert faults == {}


SCALAR = st.one_of(
    st.sampled_from(SCALARS), st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.text()
)
KEY = st.one_of(st.sampled_from(KEYS), st.none(), st.integers(), st.text())
TREE = st.recursive(SCALAR, lambda below: st.one_of(st.lists(below), st.dictionaries(KEY, below)), max_leaves=30)


@given(st.binary())
@settings(derandomize=True, max_examples=100)
def test_any_bytes(content: bytes) -> None:
    assert try_out(content).fault is None


@given(st.dictionaries(st.sampled_from([*KEYS, "ROSTemplateFormatVersion"]), TREE))
@settings(derandomize=True, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_any_values(values: dict[str, object]) -> None:
    assert try_out(yaml.safe_dump({"Resources": {}, **values}, allow_unicode=True).encode()).fault is None


@pytest.mark.parametrize("way", ["file", "standard input", "folder"])
def test_fifty_megabytes_need_no_memory(way: str, tmp_path: Path) -> None:
    big = tmp_path / "big.yaml"
    with big.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for _ in range(50):
            file.write("# a line of text\n" * 61_681)
    limit = "import resource as r; r.setrlimit(r.RLIMIT_AS, (2**28, 2**28))"
    limited = f"{limit}; from nestforge.cli import main; raise SystemExit(main())"
    paths = {"file": [str(big)], "standard input": ["-"], "folder": [str(tmp_path)]}[way]
    with big.open("rb") as file:
        command = [sys.executable, "-c", limited, "lint", "--no-cache", *paths]
        done = subprocess.run(command, stdin=file, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 1
    assert "R1003" in done.stdout
    assert done.stderr == ""


def test_as_much_as_is_read_at_most() -> None:
    trial = try_out((HEAD + "Description: " + "x " * LARGEST)[:LARGEST].encode())
    assert trial.fault is None


def _entries(section: str, entry: str) -> Callable[[int], str]:
    def text(count: int) -> str:
        return HEAD + f"{section}:\n" + "".join(f"  N{n}: {entry % {'n': n, 'next': n + 1}}\n" for n in range(count))

    return text


def _shared(count: int) -> str:
    shared = ", ".join(f"k{n}: {{Ref: Gone}}" for n in range(count))
    return (
        f"{HEAD}Metadata: {{A: &a {{{shared}}}}}\nResources:\n" + "  V: {Type: ALIYUN::ECS::VPC, Metadata: *a}\n" * 10
    )


def _script(count: int) -> str:
    return COMMAND + '          echo "${Word}" ${Gone}\n' * count


SHAPES: dict[str, Callable[[int], str]] = {
    "resources": _entries(
        "Resources", "{Type: ALIYUN::ECS::VPC, DependsOn: N%(next)d, Properties: {VpcName: !Ref N%(next)d, Nam: a}}"
    ),
    "parameters": _entries("Parameters", "{Type: String, Default: a, AllowedValues: [b], Lable: {en: a}}"),
    "conditions": _entries("Conditions", "{'Fn::And': [N%(next)d, {Condition: N%(next)d}]}"),
    "locals": _entries("Locals", "{Value: {Ref: N%(next)d}}"),
    "outputs": _entries("Outputs", "{Value: {'Fn::Sub': 'a-${Gone}-${N%(n)d.Id}'}, Labl: a}"),
    "shared": _shared,
    "script": _script,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_work_and_memory_follow_the_size(shape: str) -> None:
    text = SHAPES[shape]
    small, large = text(150), text(300)
    check_template(large, "t.yaml")  # loads the rules and the resource types
    ratio = len(large) / len(small)
    assert _calls(large) < 1.25 * ratio * _calls(small)
    assert _peak(large) < 1.5 * ratio * _peak(small)


def _calls(text: str) -> int:
    count = 0

    def counted(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(counted)
    try:
        check_template(text, "t.yaml")
    finally:
        sys.setprofile(None)
    return count


def _peak(text: str) -> int:
    tracemalloc.start()
    try:
        check_template(text, "t.yaml")
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
