"""R8009."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.model.diagnostic import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.markdown import Outline
    from nestforge.lint.package import Package


@rule("R8009", severity="warning")
def language_behind(package: Package) -> Iterator[Finding]:
    """The English document has more or fewer headings, tables or blocks of code than the Chinese one.

    One of the two was changed and the other forgotten.

    Bad:  5 headings in index.md, 4 in index-en.md
    Good: 5 headings in index.md, 5 in index-en.md
    """
    for path, document in package.outlines.items():
        other_path = _other_language(path, package)
        if other_path is None:
            continue
        other = package.outlines[other_path]
        for said, here, there in (
            ("headings", [h.line for h in document.headings], [h.line for h in other.headings]),
            ("tables", document.tables, other.tables),
            ("blocks of code", [b.line for b in document.blocks], [b.line for b in other.blocks]),
        ):
            if len(here) != len(there):
                message = f"{len(here)} {said} here, {len(there)} in '{other_path}'"
                yield Finding(Span(path, _where(document, other) if said == "headings" else 1), message)


def _other_language(path: str, package: Package) -> str | None:
    """Return the document in the default language of which this is the English one."""
    stem = path.removesuffix(".md")
    candidates = [f"{stem.removesuffix(end)}.md" for end in ("-en", "_en", ".en") if stem.endswith(end)]
    candidates += [path.replace("/en/", between, 1) for between in ("/", "/zh/", "/cn/") if "/en/" in path]
    return next((other for other in candidates if other in package.outlines), None)


def _where(document: Outline, other: Outline) -> int:
    """Return the line of the first heading whose level differs, the last one's where none does."""
    lines = [
        here.line for here, there in zip(document.headings, other.headings, strict=False) if here.level != there.level
    ]
    return lines[0] if lines else (document.headings[-1].line if document.headings else 1)
