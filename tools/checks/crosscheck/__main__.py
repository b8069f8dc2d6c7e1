"""Compare our linter with iac-code's validator: over templates, and over mistakes that are put into them.

What one reports as an error and the other does not must be in differences.toml with its reason.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from checks.crosscheck.differences import Difference, explained
from checks.crosscheck.mistakes import KINDS, rewritten, seeded
from checks.crosscheck.opinions import Said, SecondOpinion, ours
from nestforge.sources.template import load_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOT = Path(__file__).parents[3]
PYTHON = ROOT / ".venv-crosscheck/bin/python"
KEPT = ROOT / "build/crosscheck"
TABLE = Path(__file__).parent / "differences.toml"
SUFFIXES = (".yaml", ".yml", ".json", ".template")
_BASES, _LARGEST_BASE = 100, 8_000
"""How many templates get mistakes, and how many bytes they may have: the other validator takes long for large ones."""


def main(arguments: list[str]) -> int:
    """Say what is not explained, and which explanations are not needed; 1 if there is any."""
    parser = argparse.ArgumentParser(prog="make crosscheck", description=__doc__)
    parser.add_argument("corpus", type=Path, help="a folder of templates")
    parser.add_argument("--mistakes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with SecondOpinion(PYTHON, KEPT) as second:
        templates = list(_templates(options.corpus))
        if not templates:
            sys.exit(f"no ROS templates in {options.corpus}")
        found = Counter[Difference]()
        examples: dict[Difference, str] = {}
        for name, text in templates:
            _note(name, in_template(text, second.about(text), ours(text)), found, examples)
        print(f"{len(templates)} templates, {found.total()} errors that one reports and the other does not", flush=True)
        bases = _clean([text for _, text in templates], second.about, Random(options.seed))
        agreed = Counter[str]()
        for number in range(options.mistakes):
            kind = list(KINDS)[number % len(KINDS)]
            text = _with_mistake(bases, kind, Random(f"{options.seed}/{number}"))
            by = _reported_by(second.about(text), ours(text))
            agreed[by] += 1
            if by != "both":
                _note(text, [Difference(kind=kind, reported_by=by)], found, examples)
        print(
            f"{options.mistakes} mistakes of {len(KINDS)} kinds in {len(bases)} templates, seed {options.seed}: ",
            end="",
        )
        print(", ".join(f"{count} reported by {by}" for by, count in agreed.most_common()))
    known = explained(TABLE)
    missing = [difference for difference in found if difference not in known]
    for difference in missing:
        print(f"not explained: {difference.said()}, {found[difference]} times, first in\n{examples[difference][:2000]}")
    idle = [difference for difference in known if difference not in found]
    for difference in idle:
        print(f"explained, but no longer there: {difference.said()}; take it out of {TABLE.relative_to(ROOT)}")
    print(f"{len(found)} kinds of difference, {len(missing)} not explained, {len(idle)} no longer there")
    return int(bool(missing or idle))


def in_template(text: str, theirs: list[Said], ours: list[Said]) -> Iterator[Difference]:
    """Yield the errors of each that the other says nothing about, at that line or in that entry of a section."""
    template = load_template(text, "template.yaml", [])

    def answered(said: Said, others: Iterable[Said]) -> bool:
        owner = template.owner_at(said.line, 1) if template else None
        return any(
            abs(other.line - said.line) <= 1 or (template and owner and template.owner_at(other.line, 1) == owner)
            for other in others
        )

    for said in theirs:
        if said.is_error and not answered(said, ours):
            yield Difference(theirs=said.code)
    for said in ours:
        if said.is_error and not answered(said, theirs):
            yield Difference(ours=said.code)


def _templates(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the ROS templates below a folder, without those whose content is Terraform's."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in SUFFIXES:
            text = path.read_text(encoding="utf-8-sig", errors="replace")
            template = load_template(text, path.name, []) if "ROSTemplateFormatVersion" in text else None
            if template is not None and not template.is_terraform:
                yield str(path), text


def _clean(texts: list[str], about: Callable[[str], list[Said]], random: Random) -> list[str]:
    """Return templates in which neither finds an error."""
    bases: list[str] = []
    for text in random.sample(texts, len(texts)):
        if len(text) <= _LARGEST_BASE and "Transform" not in text and len(bases) < _BASES:
            base = rewritten(text)
            if _reported_by(about(base), ours(base)) == "none":
                bases.append(base)
    if not bases:
        sys.exit("there is no template in which neither finds an error")
    return bases


def _with_mistake(bases: list[str], kind: str, random: Random) -> str:
    for base in random.sample(bases, len(bases)):
        text = seeded(base, kind, random)
        if text is not None:
            return text
    sys.exit(f"no template has a place for the mistake {kind}")


def _reported_by(theirs: list[Said], ours: list[Said]) -> str:
    reports = any(said.is_error for said in ours), any(said.is_error for said in theirs)
    return {(True, True): "both", (True, False): "ours", (False, True): "theirs"}.get(reports, "none")


def _note(
    where: str, differences: Iterable[Difference], found: Counter[Difference], examples: dict[Difference, str]
) -> None:
    for difference in differences:
        found[difference] += 1
        examples.setdefault(difference, where)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
