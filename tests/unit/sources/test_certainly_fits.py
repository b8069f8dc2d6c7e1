"""What is taken for fitting without jsonschema fits for jsonschema as well."""

from __future__ import annotations

import subprocess
import sys
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from tests.own_project import ROOT

from nestforge.sources.certainly_fits import certainly_fits
from nestforge.sources.schemas import schema
from nestforge.sources.yaml_file import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = {
    "service": "service/service.yaml",
    "model": "service/catalog/models/deepseek-r1.yaml",
    "engine": "service/catalog/engines/vllm.yaml",
    "instance": "service/catalog/instances/h20.yaml",
    "strings": "i18n/en-US/strings.yaml",
    "targets": "service/targets.yaml",
}
VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    1,
    2,
    -1,
    2.0,
    1e300,
    float("nan"),
    "",
    "x",
    "X y\n",
    [],
    [1, True],
    {},
    {"": 0},
)


def ways(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to every value."""
    yield way
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in below:
        yield from ways(item, (*way, key))


def mutants(data: Any) -> Iterator[Any]:
    """Yield the data with each value replaced in turn, taken out, doubled, and with a key more."""
    for number, (*head, last) in enumerate(filter(None, ways(data))):
        for change in (*VALUES[number % 3 :: 3], "remove", "again", "add"):
            mutant = deepcopy(data)
            holder: Any = mutant
            for key in head:
                holder = holder[key]
            if change == "remove":
                del holder[last]
            elif change == "again" and isinstance(last, int):
                holder.append(holder[last])
            elif change == "add" and isinstance(holder[last], dict):
                holder[last]["another"] = "x"
            else:
                holder[last] = change
            yield mutant


@pytest.mark.parametrize("kind", FILES)
def test_what_certainly_fits_is_accepted(kind: str) -> None:
    report: list[Any] = []
    file = parse_yaml((ROOT / FILES[kind]).read_text(encoding="utf-8"), FILES[kind], report)
    assert file is not None
    assert certainly_fits(file.data, schema(kind)) == (kind != "targets")  # has `oneOf`, and is never built from
    validator = Draft202012Validator(schema(kind))
    fitting = [mutant for mutant in mutants(file.data) if certainly_fits(mutant, schema(kind))]
    assert [mutant for mutant in fitting if not validator.is_valid(mutant)] == []
    assert bool(fitting) == (kind != "targets")


def test_a_right_project_is_read_without_jsonschema() -> None:
    """It takes longer to load than the rest of a project to read."""
    code = (
        "import sys; from pathlib import Path; from nestforge.sources.project import load_project;"
        f"load_project(Path({str(ROOT)!r})); sys.exit('jsonschema' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
