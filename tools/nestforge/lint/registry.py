"""Which rules there are, without loading one: most templates give most rules nothing to look at."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from nestforge.model.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.engine import Rule
    from nestforge.lint.settings import Settings
    from nestforge.sources.template import Template

_RULES = "nestforge.lint.rules"
_FIRST = ("R3228", "R3230")
_ABOUT_TERRAFORM = ("R3227",)
_SECTIONS = (
    "references",
    "resources",
    "language",
    "functions",
    "branches",
    "forms",
    "texts",
    "artifacts",
    "config",
    "scripts",
    "documents",
    "security",
)


class Row(NamedTuple):
    """A rule: its code, what it looks at (a `build`, a `package` or a `template`), and its name: `undefined-ref`.

    The rule itself is the function of that name, in the module of that name, in the folder of its section.
    A template gives the rule nothing to look at without one of `keys`: keys of mappings, functions however they are
    called, types of resources and their first parts, as `MODULE::`; or without one of `when`, which are stretches of
    its text, each on one line, and take longer to look for. None: always.
    `on_save`: it starts a process, or puts together every command for every choice of the buyer: an editor has it
    run when a file is opened or saved, and not at each keystroke. `ending`: only files whose names end so.
    `reads`: it looks at these sections of a template and at nothing else, so that what it found stays while they do.
    `each`: it looks at one entry of a section after the other, and of the others at no more than their names, what
    decides between values (`choices_of`), and the mappings that the entry looks up. What it finds is in the entry.
    `words`: it looks at what people read, as labels and descriptions; what others find stays whatever these say.
    """

    code: str
    subject: str
    name: str
    when: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    on_save: bool = False
    ending: str = ""
    reads: tuple[str, ...] = ()
    each: bool = False
    words: bool = False


@cache
def rows() -> tuple[tuple[str, Row], ...]:
    """Return every rule with its section, in the order in which they are run."""
    return tuple((section, row) for section in _SECTIONS for row in import_module(f"{_RULES}.{section}").ROWS)


@cache
def _rows_about(subject: str) -> tuple[tuple[str, Row], ...]:
    """Return the rules about a subject, without the first ones."""
    return tuple((section, row) for section, row in rows() if row.subject == subject and row.code not in _FIRST)


@cache
def load(section: str, row: Row) -> Rule:
    """Return a rule."""
    name = row.name.replace("-", "_")
    found: Rule = getattr(import_module(f"{_RULES}.{section}.{name}"), name)
    return found


@cache
def first_rules() -> tuple[tuple[Row, Rule], ...]:
    """Return the rules whose findings leave a tree that no other rule may walk through, whatever the settings say."""
    return tuple((row, load(section, row)) for section, row in rows() if row.code in _FIRST)


@cache
def terraform_rules() -> tuple[tuple[Row, Rule], ...]:
    """Return the rules about what a template says of the files of Terraform in it."""
    return tuple((row, load(section, row)) for section, row in rows() if row.code in _ABOUT_TERRAFORM)


def rows_about(subject: str, settings: Settings) -> Iterator[tuple[str, Row]]:
    """Yield the rows of the rules about a subject that are to be run, with their sections; not of the first rules."""
    every = not settings.only and not settings.allow
    for section, row in _rows_about(subject):
        if every or settings.wants(row):
            yield section, row


def rules_for(
    subject: str,
    settings: Settings,
    template: Template | None = None,
    *,
    typing: bool = False,
    words: bool | None = None,
) -> Iterator[tuple[Row, Rule]]:
    """Yield the rules about a subject, with their rows; of those about templates, what `template` has something for.

    `typing` leaves out what is run on saving only; `words` asks for those that look at words, or for the others.
    The first rules are left out.
    """
    every = not settings.only and not settings.allow
    keys = template.words if template is not None else frozenset()
    met: dict[tuple[str, ...], bool] = {(): True}
    for section, row in _rows_about(subject):
        if row.ending and template is not None and not template.path.endswith(row.ending):
            continue
        if (row.keys and keys.isdisjoint(row.keys)) or words not in (None, row.words):
            continue
        if (typing and row.on_save) or not (every or settings.wants(row)):
            continue
        if row.when not in met:
            met[row.when] = template is not None and any(map(template.says, row.when))
        if met[row.when]:
            yield row, load(section, row)


def names_of_rules(settings: Settings) -> dict[str, str]:
    """Return the names of the rules that are to be run, by code."""
    return {row.code: row.name for _, row in rows() if settings.wants(row)}


def run_on_save() -> frozenset[str]:
    """Return the codes of the rules that are not run while somebody types."""
    return frozenset(row.code for _, row in rows() if row.on_save)
