"""The whole of what a supplier writes, read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.model.errors import NestforgeError

if TYPE_CHECKING:
    from nestforge.model.catalog import Catalog
    from nestforge.model.diagnostic import Diagnostic, Span
    from nestforge.model.service import Service


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one locale: by dotted key, `parameters.Model.label`, each with its place."""

    locale: str
    path: str
    entries: dict[str, str]
    spans: dict[str, Span]


@dataclass(frozen=True, slots=True)
class Project:
    """The checked sources. `files` holds every other text of the project by its path: templates, scripts."""

    root: str
    service: Service
    catalog: Catalog
    texts: dict[str, Texts]
    files: dict[str, str]
    binaries: dict[str, bytes]


class ProjectFaulty(NestforgeError):
    """The sources, or what they make, have faults; all that were found are in `details`."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        errors = sum(d.severity == "error" for d in diagnostics)
        super().__init__(f"{errors} {'error' if errors == 1 else 'errors'} in the project")
        self.details = tuple(diagnostics)
