"""R8009."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

from nestforge.lint.engine import Finding, rule
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.markdown import Outline
    from nestforge.lint.package import Package

_HELP = "bring the two to the same state"


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
        if len(document.headings) != len(other.headings):
            message = f"{len(document.headings)} headings here, {len(other.headings)} in '{other_path}'"
            yield Finding(Span(path, _first_other_level(document, other)), message, _HELP)
            continue
        for said, here, there in (
            ("tables", document.tables, other.tables),
            ("blocks of code", [b.line for b in document.blocks], [b.line for b in other.blocks]),
        ):
            for line, count, wanted in _sections(document, other, here, there):
                yield Finding(Span(path, line), f"{count} {said} in this section, {wanted} in '{other_path}'", _HELP)


def _other_language(path: str, package: Package) -> str | None:
    """Return the document in the default language of which this is the English one."""
    stem = path.removesuffix(".md")
    candidates = [f"{stem.removesuffix(end)}.md" for end in ("-en", "_en", ".en") if stem.endswith(end)]
    candidates += [path.replace("/en/", between, 1) for between in ("/", "/zh/", "/cn/") if "/en/" in path]
    return next((other for other in candidates if other in package.outlines), None)


def _first_other_level(document: Outline, other: Outline) -> int:
    """Return the line of the first heading whose level differs, the last one's where none does."""
    for here, there in zip(document.headings, other.headings, strict=False):
        if here.level != there.level:
            return here.line
    return document.headings[-1].line if document.headings else 1


def _sections(document: Outline, other: Outline, here: list[int], there: list[int]) -> Iterator[tuple[int, int, int]]:
    """Yield the line of each section that has not as many of something as the other document's."""
    lines = [1, *(heading.line for heading in document.headings)]
    others = [1, *(heading.line for heading in other.headings)]
    counts = Counter(bisect_right(lines, line) for line in here)
    wanted = Counter(bisect_right(others, line) for line in there)
    for index, line in enumerate(lines, 1):
        if counts[index] != wanted[index]:
            yield line, counts[index], wanted[index]
