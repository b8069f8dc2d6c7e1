"""Compare over a folder of templates: each with its defaults, and with values drawn from what its parameters allow.

`python -m checks.page_evaluator FOLDER` prints what differs, and how many evaluations were compared.
"""

from __future__ import annotations

import random
import shutil
import sys
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from checks.page_evaluator.compare import Case, in_python, in_the_page, open_evaluator
from nestforge.sources.nodes import entries, items, scalar
from nestforge.sources.template import load_template
from nestforge.sources.text_file import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.evaluate.data import Data
    from nestforge.sources.template import Template

SEED = 20261124
_DRAWS = 3
_AT_ONCE = 100
_AROUND = 100
_ANYTHING = ("ab", "Abc123!x", "3", "0.5", "true", "192.168.0.0/16", "密码Aa1!aaaa", "", "x" * 40)


def main(folder: str) -> int:
    """Print what differs; return 1 where anything does."""
    chosen = random.Random(SEED)
    cases = [
        Case(template, [{}, *(_drawn(template, chosen) for _ in range(_DRAWS))]) for template in _templates(folder)
    ]
    different = 0
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        open_evaluator(page)
        for start in range(0, len(cases), _AT_ONCE):
            batch = cases[start : start + _AT_ONCE]
            for case, wanted, found in zip(batch, in_python(batch), in_the_page(page, batch), strict=True):
                for given, one, other in zip(case.given, wanted, found, strict=True):
                    if one != other:
                        different += 1
                        print(f"{case.template.path} {given}\n  {_first_difference(one, other)}")
        browser.close()
    print(f"{sum(len(case.given) for case in cases)} evaluations of {len(cases)} templates, {different} differ")
    return int(different > 0)


def _templates(folder: str) -> Iterator[Template]:
    for path in sorted(Path(folder).rglob("*")):
        if path.suffix in (".yml", ".yaml", ".json"):
            text = read_text(path.parent, path.name, [])
            template = load_template(text, str(path), []) if text is not None else None
            if template is not None:
                yield template


def _drawn(template: Template, chosen: random.Random) -> dict[str, Data]:
    """Return values for the parameters: mostly allowed ones, sometimes anything, sometimes the default."""
    given: dict[str, Data] = {}
    for name, node in template.parameters.items():
        attributes = entries(node)
        allowed = [value for each in items(attributes.get("AllowedValues")) if (value := scalar(each)) is not None]
        if attributes.get("Default") is None or chosen.random() < 0.5:
            given[name] = chosen.choice(allowed if allowed and chosen.random() < 0.8 else _ANYTHING)
    return given


def _first_difference(one: str, other: str) -> str:
    place = next(at for at, (a, b) in enumerate(zip_longest(one, other)) if a != b)
    cut = slice(max(place - _AROUND, 0), place + _AROUND)
    return f"{one[cut]}\n  {other[cut]}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
