"""R6120."""

from __future__ import annotations

import re

from nestforge.lint.config import scalars_below
from nestforge.lint.engine import Finding, rule
from nestforge.lint.hints import Hints
from nestforge.model.diagnostic import Span
from nestforge.model.near_miss import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package
    from nestforge.sources.config_part import Part

_REFERENCE = re.compile(r"\$\{(\w+)\.([\w-]+)(?:\.(\w+)[^}]*)?\}")
_FIELDS = {
    "Artifact": {"ArtifactId", "ArtifactVersion", "ArtifactProperty"},
    "ImageBuilder": {"ImageId"},
    "AcrImageBuilder": {"RepoName", "Tag"},
    "HelmChartBuilder": {"RepoName", "Tag"},
}
"""What a section gives besides what is written in it."""


@rule("R6120")
def unknown_placeholder(package: Package) -> Iterator[Finding]:
    """A placeholder of config.yaml stands for nothing.

    It is left as it is, and Compute Nest is asked for an artifact of that name, or bash stops at the dots.

    Bad:  ImageId: ${ImageBuilder.EcsImages.ImageId}, and no such ImageBuilder
    Good: ImageId: ${ImageBuilder.EcsImage.ImageId}, and ImageBuilder: {EcsImage: ...}
    """
    if package.config is None:
        return
    written = {section: {part.name: part for part in package.config.entries(section)} for section in _FIELDS}
    hints = Hints()
    for part in scalars_below(package.config.root):
        is_relation, is_script = "Relation" in str(part.way[-3:-2]), part.name == "CommandContent"
        for section, name, field, span in _references(part, package.config.path):
            if section not in _FIELDS:
                if field and not is_script and (help := did_you_mean(section, _FIELDS)):
                    yield Finding(span, f"'${{{section}.{name}.{field}}}' names no section", help)
                continue
            known = written[section]
            if name not in known:
                if is_relation and section == "Artifact":
                    continue  # R6003
                yield Finding(
                    span,
                    f"there is no {section} '{name}'",
                    hints.near(name, known) or f"describe it under {section}",
                )
            elif not field:
                good = next(iter(sorted(_FIELDS[section])))
                help = f"write ${{{section}.{name}.{good}}}"
                yield Finding(span, f"'${{{section}.{name}}}' does not say what of it is meant", help)
            elif field not in (fields := _FIELDS[section] | {entry.name for entry in known[name].entries}):
                yield Finding(
                    span,
                    f"{section} '{name}' gives no '{field}'",
                    did_you_mean(field, fields) or f"it has {', '.join(sorted(fields))}",
                )


def _references(part: Part, path: str) -> Iterator[tuple[str, str, str, Span]]:
    """Yield the different references of a scalar, each with its place: of a block of text, where it stands in it."""
    written, whole = part.text, part.span
    is_block = getattr(part.node, "style", None) == "|" and whole.path == path
    seen: set[str] = set()
    line, at = part.node.start_mark.line + 2, 0
    for match in _REFERENCE.finditer(written):
        line, at = line + written.count("\n", at, match.start()), match.start()
        if match.group() not in seen:
            seen.add(match.group())
            yield match[1], match[2], match[3] or "", Span(path, line) if is_block else whole
