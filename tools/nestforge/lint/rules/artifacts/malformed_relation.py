"""R6004."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.placeholders import IMAGES, SECTIONS, kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6004")
def malformed_relation(package: Package) -> Iterator[Finding]:
    """The key of a relation is not of the form that its section is searched for.

    Bad:  FileArtifactRelation: {'kubectl': {ArtifactId: ...}}
    Good: FileArtifactRelation: {'{{ computenest::file::kubectl }}': {ArtifactId: ...}}
    """
    for relation in package.config.relations if package.config else ():
        kind = kind_of(relation.token)
        wanted = next((k for k, section in SECTIONS.items() if section == relation.section), "")
        if kind != wanted and relation.section in (*SECTIONS.values(), IMAGES):
            good = f"{{{{ computenest::{wanted}::NAME }}}}" if wanted else "the ImageId of a template"
            help = f"put it in {SECTIONS[kind]}" if kind in SECTIONS else None
            yield Finding(
                relation.span,
                f"the keys of {relation.section} are {good}, not '{relation.token}'",
                help or "write the placeholder as it stands in the template",
            )
