"""How often each rule speaks about a folder of templates: the counts of docs/rules, and what to look at by hand.

`python -m checks.corpus FOLDER` prints a table; `--sample CODE N` prints N findings of a rule with their lines.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.lint.check_subject import check_subject
from nestforge.lint.subjects import subjects

if TYPE_CHECKING:
    from nestforge.model.diagnostic import Diagnostic

SEED = 20261124
_AROUND = 2


def main(arguments: list[str]) -> int:
    """Print the table, or a sample."""
    folder, *more = arguments
    files = 0
    by_code: dict[str, list[tuple[str, Diagnostic]]] = defaultdict(list)
    for subject in subjects([folder], lambda path: False):
        checked = check_subject(subject, None)
        files += checked.files
        for found in checked.findings:
            by_code[found.code].append((checked.root, found))
    if more:
        _sample(by_code[more[1]], int(more[2]))
        return 0
    print(f"{files} files\n\n| rule | severity | findings | files |\n|---|---|---|---|")
    for code, findings in sorted(by_code.items()):
        first = findings[0][1]
        places = {(root, found.span.path) for root, found in findings}
        print(f"| {code} {first.name} | {first.severity} | {len(findings)} | {len(places)} |")
    return 0


def _sample(findings: list[tuple[str, Diagnostic]], count: int) -> None:
    for root, found in random.Random(SEED).sample(findings, min(count, len(findings))):
        lines = Path(root, found.span.path).read_text(encoding="utf-8-sig", errors="replace").splitlines()
        line = found.span.line
        print(found)
        print(*(f"    {text}" for text in lines[max(line - _AROUND, 0) : line + _AROUND]), sep="\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
