"""What is read without argparse comes to what argparse makes of it, and what it makes nothing of is left to it."""

from __future__ import annotations

from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nestforge.cli import COMMANDS
from nestforge.cli.command_line import Arguments, _parser, _read

WORDS = "- x 1 -1 0 text json manual zh-cn approve -- -z --jo --json=1"
VALUES = [*WORDS.split(" "), "", "a b"]


def taken_by(name: str) -> Arguments:
    taken = Arguments()
    import_module(f"nestforge.cli.{name}").configure(taken)
    taken.add_argument("-q", "--quiet", action="store_true")
    return taken


def argparse_reads(taken: Arguments, given: list[str]) -> dict[str, object] | None:
    """Return what argparse reads, None where it ends the process."""
    with redirect_stderr(StringIO()), redirect_stdout(StringIO()):
        try:
            return vars(_parser(taken, "nestforge", None).parse_args(given))
        except SystemExit:
            return None


@settings(deadline=None)  # the first to draw a command imports it
@given(st.data())
def test_what_is_read_here_is_what_argparse_reads(data: st.DataObject) -> None:
    taken = taken_by(data.draw(st.sampled_from(sorted(COMMANDS))))
    names = [name for names, _ in taken.added for name in names if name[0] == "-"]
    given = data.draw(st.lists(st.sampled_from([*names, *VALUES]) | st.text("-=ab ", max_size=4), max_size=7))
    found = _read(taken, given)
    if found is not None:
        assert vars(found) == argparse_reads(taken, given)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("lint", []),
        ("lint", ["a.yaml", "b.yaml", "--no-cache", "--format", "json", "--jobs", "2", "-q"]),
        ("lint", ["--stdin-filename", "a.yaml", "-"]),
        ("explain", ["R3001", "--json"]),
        ("evaluate", ["-p", "A=1", "--parameter", "B=2", "a.yaml", "--locale", "zh-cn"]),
        ("sandbox", ["start", "--port", "8000"]),
        ("build", ["--json"]),
    ],
)
def test_usual_command_lines_are_read_here(name: str, given: list[str]) -> None:
    taken = taken_by(name)
    found = _read(taken, given)
    assert found is not None
    assert vars(found) == argparse_reads(taken, given)


@pytest.mark.parametrize(
    "given", [["--help"], ["--form", "json"], ["--format", "yaml"], ["--jobs", "two"], ["a", "-q", "b"], ["--format"]]
)
def test_help_and_mistakes_are_left_to_argparse(given: list[str]) -> None:
    taken = taken_by("lint")
    assert _read(taken, given) is None
    assert argparse_reads(taken, given) is None
