"""R5002."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package
    from nestforge.model.service import Service


@rule("R5002", severity="warning")
def unused_text(package: Package) -> Iterator[Finding]:
    """A text is asked for by no template, document or configuration.

    Often it is a key misspelled: the optional description of a parameter is then silently left out.
    Nothing is said while a template cannot be rendered, since its texts are not known.

    Bad:  parameters.Model.descripton
    Good: parameters.Model.description
    """
    build = package.build
    if build.diagnostics:
        return
    used = build.texts_used.union(_configured(build.project.service))
    for texts in build.project.texts.values():
        for key, span in texts.spans.items():
            if key not in used:
                near = did_you_mean(key, used - set(texts.entries))
                yield Finding(span, f"nothing uses the text '{key}'", near or "remove it", key)


def _configured(service: Service) -> Iterator[str]:
    """Yield what config.yaml shows."""
    yield from ("service.name", "service.description")
    for edition in service.editions:
        for package in edition.packages:
            yield from (f"packages.{package.id}.name", f"packages.{package.id}.description")
