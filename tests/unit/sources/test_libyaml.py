"""libyaml is loaded by itself, and whoever asks for PyYAML gets all of it."""

from __future__ import annotations

import subprocess
import sys

import pytest

SMALL = {"yaml", "yaml._yaml", "yaml.error", "yaml.events", "yaml.nodes", "yaml.tokens"}


def result_of(code: str) -> str:
    """Return what a fresh Python prints for `code`."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_parser_alone_is_loaded() -> None:
    code = """
import sys
from nestforge.sources.compose import compose
compose("a: [1, yes, 2015-09-01, {b: null}]")
print(*[name for name in sys.modules if name.partition(".")[0] == "yaml"])
"""
    assert set(result_of(code).split()) == {*SMALL, "yaml.resolver"}  # for the date


@pytest.mark.parametrize(
    "use",
    [
        'print(yaml.load("a: [1]", Loader=yaml.CSafeLoader))',
        "from yaml import *; print(load('a: [1]', Loader=SafeLoader))",
        "from yaml.loader import FullLoader; print(yaml.load('a: [1]', FullLoader))",
        "print({'a': yaml.safe_load(yaml.safe_dump([1]))})",
        "import yaml.constructor; print(yaml.constructor.SafeConstructor and yaml.safe_load('a: [1]'))",
    ],
)
def test_all_of_pyyaml_is_there_when_it_is_asked_for(use: str) -> None:
    assert result_of(f"import nestforge.sources.libyaml\nimport yaml\n{use}") == "{'a': [1]}"


def test_it_is_the_same_pyyaml() -> None:
    names = "{name: getattr(getattr(yaml, name), '__module__', None) for name in dir(yaml) if name[:2] != '__'}"
    told = f"import yaml\nyaml.dump\nprint({names}, yaml.__version__, yaml.__file__, yaml.__with_libyaml__, type(yaml))"
    assert result_of(f"import nestforge.sources.libyaml\n{told}") == result_of(told)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("a: [", "parser.ParserError"),
        ("a: 'b", "scanner.ScannerError"),
        ("a: \x01", "reader.ReaderError"),
        ("*a", "composer.ComposerError"),
    ],
)
def test_errors_are_those_of_pyyaml(text: str, error: str) -> None:
    code = f"""
from nestforge.sources.compose import compose
import yaml
try:
    compose({text!r})
except yaml.YAMLError as error:
    print(type(error) is yaml.{error}, error)
"""
    plain = f"""
import yaml
try:
    yaml.compose({text!r}, Loader=yaml.CSafeLoader)
except yaml.{error} as error:
    print(True, error)
"""
    assert [line.split(",")[0] for line in result_of(code).splitlines()] == [
        line.split(",")[0] for line in result_of(plain).splitlines()
    ]


@pytest.mark.parametrize("refused", ["yaml._yaml", "yaml.events"])
def test_where_the_parser_alone_cannot_be_loaded_pyyaml_is_loaded_as_usual(refused: str) -> None:
    code = f"""
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name == {refused!r} and not met:
            met.append(name)
            raise ImportError(name)

met = []
sys.meta_path.insert(0, Refuse())
from nestforge.sources.compose import compose
from nestforge.sources.libyaml import ScalarNode
import yaml
print(type(yaml).__name__, yaml.nodes.ScalarNode is ScalarNode, compose("1").tag, yaml.safe_load("[1]"))
"""
    assert result_of(code) == "module True tag:yaml.org,2002:int [1]"
