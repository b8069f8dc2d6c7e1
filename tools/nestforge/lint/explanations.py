"""What each code means, for `nestforge explain`, SARIF and the rule pages."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from inspect import cleandoc

from nestforge.lint.registry import load, rows
from nestforge.model.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


class Explanation(NamedTuple):
    """A code, its name, how much it counts, a sentence, and the whole text that begins with it.

    `is_rule` says whether it can be allowed; the others say that something could not be read or made.
    """

    code: str
    name: str
    severity: str
    title: str
    text: str
    is_rule: bool


def explanations() -> list[Explanation]:
    """Return all, ordered by code."""
    return sorted([*_of_rules(), *_of_others()])


def _of_rules() -> Iterator[Explanation]:
    for section, row in rows():
        rule = load(section, row)
        yield Explanation(row.code, row.name, rule.severity, rule.title, cleandoc(rule.documentation), is_rule=True)


def _of_others() -> Iterator[Explanation]:
    table = tomllib.loads(files("nestforge.lint").joinpath("other_findings.toml").read_text(encoding="utf-8"))
    for code, entry in table.items():
        text = entry["text"].strip()
        title = text.partition("\n")[0]
        yield Explanation(code, entry["name"], entry.get("severity", "error"), title, text, is_rule=False)
