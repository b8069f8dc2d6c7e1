"""The whole of what a supplier writes, read and checked."""

from __future__ import annotations

from nestforge.model.dataclass import dataclass, field
from nestforge.model.diagnostic import Span
from nestforge.model.errors import NestforgeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.model.catalog import Catalog
    from nestforge.model.diagnostic import Diagnostic
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
    """The checked sources. `files` holds every other text of the project by its path: templates, scripts.

    `spans` has the place of each value of the YAML sources, by its way from `service`, or from `model`,
    `engine` or `instance` and the entry's id: `("model", "deepseek-ai/DeepSeek-R1", "image", "token")`.
    """

    root: str
    service: Service
    catalog: Catalog
    texts: dict[str, Texts]
    files: dict[str, str]
    binaries: dict[str, bytes]
    spans: dict[tuple[str | int, ...], Span] = field(default_factory=dict)

    def span(self, *way: str | int) -> Span:
        """Return the place of the value that `way` leads to, or of the nearest value around it."""
        while way not in self.spans and way:
            way = way[:-1]
        return self.spans.get(way, Span("service/service.yaml", 1))


class ProjectFaulty(NestforgeError):
    """The sources, or what they make, have faults; all that were found are in `details`."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        errors = sum(d.severity == "error" for d in diagnostics)
        super().__init__(f"{errors} {'error' if errors == 1 else 'errors'} in the project")
        self.diagnostics = diagnostics
        self.details = tuple(diagnostics)
